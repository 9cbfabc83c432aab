"""Many files -> documents, in processes that may hang, crash or eat memory without harm. Owns those processes and nothing else.

A thread per process moves the answers, so that documents pile up (within bounds) while the caller is busy with one. The caller's
main module is never imported again, as multiprocessing would: the workers are programs of their own.
"""

import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

from reader.errors import Unreadable
from reader.ingest import worker as _worker
from reader.model import Document, FileStamp

MOST_WORKERS = 4
FILES_IN_FLIGHT = 32
BYTES_IN_FLIGHT = 64 * 2**20
"""Of files handed out and not yet taken by the caller. A document takes about twenty times its file while it waits."""
FILES_A_WORKER = 12
"""A process costs some 100 ms to start, which is a dozen articles: so many must wait before another one pays."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one path: a document and the stamp of the file it was read from, or an error."""

    path: str
    stamp: FileStamp | None
    document: Document | None
    error: Unreadable | None


@dataclass(slots=True)
class _Job:
    path: str
    size: int
    done: threading.Event = field(default_factory=threading.Event)
    result: Result | None = None
    started: float | None = None
    process: "_Process | None" = None


class _Process:
    """One worker process, used by one thread; `kill` may come from another."""

    def __init__(self) -> None:
        self.running = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-P", os.path.abspath(_worker.__file__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.overdue = False

    def ask(self, path: str, seconds: float) -> tuple[FileStamp | None, Document | None, Unreadable | None]:
        assert self.running.stdin
        assert self.running.stdout
        _worker.send(self.running.stdin, (path, seconds))
        answer: tuple[FileStamp | None, Document | None, Unreadable | None] = _worker.receive(self.running.stdout)
        return answer

    def kill(self) -> None:
        with suppress(OSError):
            self.running.kill()

    def bury(self) -> None:
        """Kill it, wait for it, close its pipes."""
        self.kill()
        self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            with suppress(OSError):  # what could not be flushed into a broken pipe
                if pipe:
                    pipe.close()


class _Pool:
    """Threads with a process each, started as the queue grows."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self.queue: SimpleQueue[_Job | None] = SimpleQueue()
        self.threads: list[threading.Thread] = []
        self.processes: set[_Process] = set()
        self.closing = False

    def submit(self, job: _Job) -> None:
        self.queue.put(job)
        if len(self.threads) < self.most and (not self.threads or self.queue.qsize() >= FILES_A_WORKER):
            thread = threading.Thread(target=self._serve, name="pullquote-read", daemon=True)
            self.threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        process: _Process | None = None
        while (job := self.queue.get()) is not None and not self.closing:
            try:
                if process is None:
                    process = _Process()
                    self.processes.add(process)
                job.process, job.started = process, time.monotonic()
                job.result = Result(job.path, *process.ask(job.path, self.seconds))
            except (EOFError, OSError, ValueError, MemoryError) as trouble:  # a broken pipe, half an answer, no process to be had
                job.result = Result(job.path, None, None, self._obituary(job, trouble))
                if process is not None:
                    self.processes.discard(process)
                    process.bury()
                    process = None
            finally:
                job.done.set()
        if process is not None:
            process.bury()

    def _obituary(self, job: _Job, trouble: Exception) -> Unreadable:
        if job.process is None:
            return Unreadable("add", job.path, f"no process to read it in: {trouble}")
        return Unreadable("add", job.path, f"took longer than {self.seconds:g} s" if job.process.overdue else "the reader crashed")

    def wait(self, job: _Job) -> Result:
        """The job's result; ends its process when it is over time."""
        while not job.done.wait(self._patience(job)):
            if job.process and job.started is not None and time.monotonic() - job.started > self.seconds:
                job.process.overdue = True
                job.process.kill()
        return job.result or Result(job.path, None, None, Unreadable("add", job.path, "the reader crashed"))

    def _patience(self, job: _Job) -> float:
        if job.started is None:
            return 0.05  # not begun: its time does not run yet
        return min(max(job.started + self.seconds - time.monotonic(), 0.01), 3600)

    def close(self) -> None:
        self.closing = True
        for _ in self.threads:
            self.queue.put(None)
        for process in tuple(self.processes):
            process.kill()
        for thread in self.threads:
            thread.join()


def read_files(paths: Iterable[str], workers: int | None = None, seconds: float = 40) -> Iterator[Result]:
    """Read every file of `paths`, in their order, in up to `workers` processes (default: one a processor, at most four).

    `paths` is consumed lazily, a bounded number ahead. Never raises for a file: what cannot be read, takes longer than `seconds` or
    crashes its process comes back with `error`. Closing the iterator ends the processes at once.
    """
    pool = _Pool(max(1, workers or min(MOST_WORKERS, os.cpu_count() or 1)), seconds)
    flying: deque[_Job] = deque()
    weight = 0
    try:
        for path in paths:
            job = _Job(os.path.abspath(path), _size(path))
            while flying and (len(flying) >= FILES_IN_FLIGHT or weight + job.size > BYTES_IN_FLIGHT):
                weight -= flying[0].size
                yield pool.wait(flying.popleft())
            flying.append(job)
            weight += job.size
            pool.submit(job)
        while flying:
            yield pool.wait(flying.popleft())
    finally:
        pool.close()


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0
