"""Work in processes of their own, so that each core works and no page can harm the program.

A page that takes too long, too much memory, or kills its process costs that page alone: another
process takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker, util
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from provenance.errors import StoreError
from provenance.model.audit import WorkerFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection

# Seconds a process gets to come up, beside those it gets for a piece of work.
_START_SECONDS = 60.0
# Without it modules would be imported from the working directory, which anybody may have written.
_SAFE_PATH = "PYTHONSAFEPATH"
_OBJECTS_OF_A_PAGE = 50_000
# In the folder of a program's sockets: the number of its process.
_MARK = "provenance-"
_DIED = "the process that worked on it ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one piece of work may take: ``seconds`` of the clock, ``memory`` in bytes of data.

    A process ends after ``pieces`` of work: the library that parses HTML never forgets a name that
    it met, so that a process would grow with every page.
    """

    seconds: float = 60.0
    memory: int = 2 << 30
    pieces: int = 4_000


def cores() -> int:
    """How many processors this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """Worker processes, safe under threads; ``begin`` is called in each, and gives what works.

    ``begin`` must be importable, and what it is bound to picklable; ``modules`` are imported once
    for all of them. Every process ends with the program, however that ends: it reads its work from
    a pipe that closes then.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[Callable[[Any], Any]]],
        count: int,
        *,
        bounds: Bounds | None = None,
        modules: Sequence[str] = (),
    ) -> None:
        self.count = max(count, 1)
        self._begin = begin
        self._bounds = bounds or Bounds()
        self._context = _context(modules)
        self._alive = set[_Worker]()
        self._closed = threading.Event()
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        for _ in range(self.count):
            self._idle.put(None)

    def run(self, tasks: Sequence[Any]) -> list[Any]:
        """What came of each task, in their order; WorkerFailure for one that ended its process.

        StoreError when a process cannot begin, or when the pool is closed meanwhile.
        """
        worker = self._idle.get()
        done: list[Any] = []
        try:
            while len(done) < len(tasks):
                if worker is None or not worker.is_fit:
                    self._end(worker)
                    worker = _Worker(self._context, self._begin, self._bounds)
                    self._alive.add(worker)
                self._refuse_closed()
                done += worker.run(tasks[len(done) :])
                self._refuse_closed()
                if isinstance(done[-1], WorkerFailure):
                    self._end(worker)
                    worker = None
        finally:
            self._idle.put(worker)
        return done

    def close(self) -> None:
        """Ends the processes at once; the work in hand is nobody's failure and comes to nothing."""
        self._closed.set()
        for worker in tuple(self._alive):
            worker.kill()
        for _ in range(self.count):
            self._end(self._idle.get())

    def _refuse_closed(self) -> None:
        if self._closed.is_set():
            raise StoreError("the worker processes were ended")

    def _end(self, worker: _Worker | None) -> None:
        if worker is not None:
            self._alive.discard(worker)
            worker.end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, context: Any, begin: Callable[[], Any], bounds: Bounds) -> None:
        self._seconds, self._left = bounds.seconds, bounds.pieces
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, begin, bounds.memory), daemon=True
        )
        self._process.start()
        theirs.close()
        why = self._answer(_START_SECONDS)
        if why is not None:
            self.end()
            raise StoreError(why.why if isinstance(why, WorkerFailure) else why)

    @property
    def is_fit(self) -> bool:
        """Whether the process is there and may be given more work."""
        return self._left > 0 and bool(self._process.is_alive())

    def run(self, tasks: Sequence[Any]) -> list[Any]:
        """What came of the tasks, up to and with the first WorkerFailure."""
        done: list[Any] = []
        self._left -= len(tasks)
        try:
            self._pipe.send(tuple(tasks))
        except OSError:
            return [WorkerFailure(why=_DIED)]
        for _ in tasks:
            done.append(self._answer(self._seconds))
            if isinstance(done[-1], WorkerFailure):
                break
        return done

    def _answer(self, seconds: float) -> Any:
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError):
            return WorkerFailure(why=_DIED)
        return WorkerFailure(why=f"it took more than {seconds:g} s to be worked on")

    def kill(self) -> None:
        """Ends the process; whoever waits for an answer of it has a WorkerFailure."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process at once, and the pipe to it."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, begin: Callable[[], Any], memory: int) -> None:
    """A worker's life: work is read and answered until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound(memory)
    # What the program itself holds is no garbage, and a page alone makes this many objects.
    gc.freeze()
    gc.set_threshold(_OBJECTS_OF_A_PAGE)
    with suppress(EOFError, OSError), ExitStack() as stack:
        try:
            do = stack.enter_context(begin())
        except StoreError as error:
            pipe.send(str(error))
            return
        pipe.send(None)
        while True:
            for task in pipe.recv():
                pipe.send(_run(do, task, memory))


def _run(do: Callable[[Any], Any], task: Any, memory: int) -> Any:
    try:
        return do(task)
    except MemoryError:
        return WorkerFailure(why=f"it took more than {memory >> 20:,} MB of memory")


def _bound(memory: int) -> None:
    """Bounds what the process may allocate, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _sweep(temporary: Path) -> None:
    """Removes the folders of programs that were killed, which could not do so themselves."""
    for mark in temporary.glob(f"pymp-*/{_MARK}*"):
        owner = mark.name.removeprefix(_MARK)
        if owner.isdecimal() and not _is_alive(int(owner)):
            shutil.rmtree(mark.parent, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _context(modules: Sequence[str]) -> Any:
    """Processes split off one that has read the program and has no threads; else begun anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    _sweep(Path(tempfile.gettempdir()))
    (Path(util.get_temp_dir()) / f"{_MARK}{os.getpid()}").touch()
    context.set_forkserver_preload([__name__, *modules])
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    # Ctrl-C is for the program: while it starts, the forkserver would end with a traceback. The
    # tracker, begun by it otherwise, would lift the mask.
    resource_tracker.ensure_running()
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before
    return context


def is_dead(owner: str) -> bool:
    """Whether the process that claimed addresses is gone; this one has none when it begins."""
    if not owner.isdecimal() or int(owner) == os.getpid():
        return True
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
