"""Work in processes of their own: a piece that goes wrong costs itself alone."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import StoreError
from provenance.model.audit import WorkerFailure
from provenance.world import process_pool
from provenance.world.process_pool import Bounds, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


def do(task: Any) -> Any:
    """Does as it is told."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "stand still":
        signal.pause()
    if task == "swell":
        return len(bytearray(1 << 30))
    return os.getpid() if task == "who" else task


@contextmanager
def ready() -> Iterator[Callable[[Any], Any]]:
    yield do


@contextmanager
def broken(why: str) -> Iterator[Callable[[Any], Any]]:
    raise StoreError(why)
    yield do


def test_work_is_done_elsewhere_and_in_order() -> None:
    with closing(WorkerPool(ready, 2)) as pool:
        assert pool.run([1, "two", (3,)]) == [1, "two", (3,)]
        [who] = pool.run(["who"])
        assert who != os.getpid()


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("die", "the process that worked on it ended"),
        ("stand still", "it took more than 0.3 s to be worked on"),
        ("swell", "it took more than 512 MB of memory"),
    ],
)
def test_what_ends_its_process_is_lost_and_the_rest_is_done(task: str, why: str) -> None:
    with closing(WorkerPool(ready, 1, bounds=Bounds(seconds=0.3, memory=512 << 20))) as pool:
        assert pool.run([1, task, 2]) == [1, WorkerFailure(why=why), 2]


def test_a_process_that_died_at_rest_is_replaced() -> None:
    with closing(WorkerPool(ready, 1)) as pool:
        [first] = pool.run(["who"])
        os.kill(first, signal.SIGKILL)
        [second] = pool.run(["who"])
        assert isinstance(second, WorkerFailure) or second != first
        assert pool.run([1]) == [1]


def test_a_pool_that_is_closed_waits_for_no_work_and_blames_none() -> None:
    pool = WorkerPool(ready, 1)
    assert pool.run([1]) == [1]
    with ThreadPoolExecutor(1) as threads:
        begun = threads.submit(pool.run, [2, "stand still"])
        while not pool._idle.empty():
            pass
        pool.close()
        with pytest.raises(StoreError, match="were ended"):
            begun.result(timeout=30)


def test_a_process_that_has_done_its_share_is_replaced() -> None:
    with closing(WorkerPool(ready, 1, bounds=Bounds(pieces=3))) as pool:
        pids = [pool.run(["who", 1])[0] for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_one_that_cannot_begin_says_why() -> None:
    pool = WorkerPool(partial(broken, "a.db: is damaged"), 1)
    with closing(pool), pytest.raises(StoreError) as error:
        pool.run([1])
    assert str(error.value) == "a.db: is damaged"


def test_the_folder_of_a_program_that_was_killed_is_removed(tmp_path: Path) -> None:
    import subprocess
    import sys

    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name, owner in (("pymp-dead", ended.pid), ("pymp-alive", os.getpid())):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{process_pool._MARK}{owner}").touch()
    (tmp_path / "pymp-of-another-program").mkdir()
    process_pool._sweep(tmp_path)
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"pymp-alive", "pymp-of-another-program"}
