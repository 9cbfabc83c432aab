"""Adding beside the window: `pullquote add --json` as a child process, its lines the progress, ending it the cancel.

No parsing shares the window's interpreter lock this way, and a parser that dies takes nothing with it.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from textual.message import Message
from textual.widget import Widget

import reader
from reader.values import dataclass

_CHILD = (
    "import os, sys; getattr(os, 'nice', abs)(15); own = getattr(os, 'sched_getaffinity', lambda _: ())(0); "
    "len(own) > 1 and os.sched_setaffinity(0, sorted(own)[1:]); "
    "sys.path.append(sys.argv.pop(1)); from reader.cli.main import main; sys.exit(main())"
)
"""What the child runs. Not `-m reader`: that would look for modules in the folder the user happens to be in, and run what lies there.

It and its workers are nice, and leave one processor to the window: where there are as many of them as processors, a key would wait for them
(85 ms at the 99th percentile where 20 will do).
"""
_ROOT = str(Path(reader.__file__).resolve().parent.parent)
REPORT_EVERY = 0.3
"""Seconds between two reports."""


class Adding:
    """One child at a time; a second request waits for the first. Posts to `listener`."""

    @dataclass
    class Progress(Message):
        """So many files are done; `total` is None until the folders have been counted. `fresh` are documents added or changed since."""

        done: int
        total: int | None
        fresh: list[str]

    @dataclass
    class Finished(Message):
        """The child ended. `failed` are (path, reason); `error` is what it said when it could not run at all; `counts` by status.

        `fresh` are documents added or changed since the last report.
        """

        counts: dict[str, int]
        failed: list[tuple[str, str]]
        error: str
        cancelled: bool
        fresh: list[str]

    def __init__(self, library: str, listener: Widget) -> None:
        self._library, self._listener = library, listener
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._cancelled = False
        self.total: int | None = None

    @property
    def running(self) -> bool:
        """Whether a child is at work."""
        return self._process is not None

    async def run(self, paths: Sequence[str], *, keep: bool) -> None:
        """Add paths (none: look through the remembered folders again), and report until the child has ended."""
        async with self._turn:
            self._cancelled, self.total = False, None
            words = ["add", "--json", *([] if keep else ["--view"]), "--library", self._library, "--", *paths]
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-c", _CHILD, _ROOT, *words),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=2**26,
                start_new_session=True,
            )
            try:
                await self._report(self._process)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    self._process.kill()
                self._process = None

    async def _report(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        counts: dict[str, int] = {}
        failed: list[tuple[str, str]] = []
        loop = asyncio.get_running_loop()
        told = 0.0
        fresh: list[str] = []
        complaints = asyncio.create_task(process.stderr.read())
        async for line in process.stdout:
            outcome = json.loads(line)
            status = outcome["status"]
            counts[status] = counts.get(status, 0) + 1
            if status not in ("unchanged", "skipped", "failed") and outcome["document"]:
                fresh.append(outcome["document"])
            if status in ("failed", "skipped") and outcome["error"]:
                failed.append((outcome["path"], outcome["error"]))
            if loop.time() - told > REPORT_EVERY:
                told = loop.time()
                self._listener.post_message(self.Progress(sum(counts.values()), self.total, fresh))
                fresh = []
        error = (await complaints).decode("utf-8", "replace").strip()
        await process.wait()
        self._listener.post_message(self.Finished(counts, failed, error, self._cancelled, fresh))

    def cancel(self) -> None:
        """End the child; what it has committed stays."""
        if self._process is not None:
            self._cancelled = True
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
