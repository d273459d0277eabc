"""A command with all the processes that it begins: its output, then what it took as JSON.

    python -m tests.bench.whole COMMAND...

Linux only. Processes that outlive their parent are given to this one, so that none is missed.
"""

from __future__ import annotations

import compileall
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_PACKAGE = Path(__file__).parents[2] / "provenance"
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Run:
    """Seconds of the clock and of the CPU, and the most memory of one of its processes in MB."""

    wall: float
    cpu: float
    memory: float

    def line(self, name: str, pages: int) -> str:
        return (
            f"{name:<30}{pages / self.wall:>8.1f} pages/s {pages / self.cpu:>8.1f} pages/CPU s"
            f" {self.wall:>7.1f} s {self.cpu:>7.1f} CPU s {self.memory:>5.0f} MB"
        )


def measured(command: list[str]) -> tuple[Run, str]:
    """Runs a command to the end of its last process; what it took and what it printed.

    The package is compiled beforehand, as it is where it is installed.
    """
    whole = [sys.executable, "-m", "tests.bench.whole", *command]
    compileall.compile_dir(_PACKAGE, quiet=1)
    kept = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    done = subprocess.run(whole, capture_output=True, text=True, check=False, env=kept)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    told, _, figures = done.stdout.rstrip().rpartition("\n")
    return Run(**json.loads(figures)), told


def main() -> int:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begun = time.perf_counter()
    status = subprocess.run(sys.argv[1:], check=False).returncode
    wall = time.perf_counter() - begun
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print("\n" + json.dumps({"wall": wall, "cpu": cpu, "memory": used.ru_maxrss / 1024}))
    return status


if __name__ == "__main__":
    sys.exit(main())
