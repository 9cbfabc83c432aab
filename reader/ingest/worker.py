"""The worker process: paths in on standard input, documents out on standard output, as pickles with their length before them.

Owns the limits that a parser cannot be trusted to keep. Started by `reader.ingest.workers` as a program of its own, by its file
name and with `-P`, so that neither the caller's main module nor anything in the folder where the user happens to be is imported.
Dies with its parent: at the end of standard input, even in the middle of a file.
"""

import os
import pickle
import struct
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any

MEMORY = 4 * 2**30
"""Bytes of address space for one worker; above, a parser gets a MemoryError. Only where the system offers such a limit."""
GRACE = 10
"""Seconds after its time when a worker kills itself, should its parent be gone."""
LENGTH = struct.Struct("<Q")


def send(pipe: IO[bytes], value: object) -> None:
    """Write one value; the reader at the other end gets it whole or not at all."""
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next value. Raises EOFError when the other end is gone, in the middle of a value or between two."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (size,) = LENGTH.unpack(head)
    packed = pipe.read(size)
    if len(packed) < size:
        raise EOFError
    return pickle.loads(packed)  # noqa: S301 - both ends are ours, and one started the other


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such module, macOS no such limit
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))


def _answer(path: str) -> tuple[Any, Any, Any]:
    from reader.errors import Unreadable
    from reader.ingest.read import read, read_file

    stamp = None
    try:
        stamp, data = read_file(path)
        return stamp, read(path, data), None
    except Unreadable as error:
        return stamp, None, error
    except MemoryError:
        return stamp, None, Unreadable("add", path, "needs too much memory")


def _listen(pipe: IO[bytes], jobs: "SimpleQueue[tuple[str, float]]") -> None:
    with suppress(EOFError, OSError):
        while True:
            jobs.put(receive(pipe))
    os._exit(0)  # whatever the main thread is parsing: nobody waits for it any more


def main() -> None:
    """Serve until standard input ends."""
    import signal

    from reader.errors import Unreadable

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # a library that prints must not print into the answers
    _limit()
    jobs: SimpleQueue[tuple[str, float]] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs), daemon=True).start()
    alarm = getattr(signal, "alarm", lambda _seconds: None)
    while True:
        path, seconds = jobs.get()
        alarm(int(seconds) + GRACE)  # nobody handles it, so the kernel ends us even while a parser holds the interpreter lock
        answer = _answer(path)
        alarm(0)
        try:
            send(answers, answer)
        except MemoryError:
            send(answers, (answer[0], None, Unreadable("add", path, "needs too much memory")))


if __name__ == "__main__":
    _root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if _root not in sys.path:
        sys.path.append(_root)  # a checkout that is not installed
    main()
