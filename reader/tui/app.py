"""The window: opens the library, shows the one screen, ends cleanly on every signal."""

import asyncio
import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence

from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from reader.library import Library
from reader.tui.actions import ACTIONS
from reader.tui.reading_screen import ReadingScreen
from reader.tui.safety import SAFETY


class ReadingRoom(App[None]):
    """The application. Holds nothing but the screen; the library is opened and closed by `run`."""

    CSS_PATH = "window.tcss"
    TITLE = "pullquote"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 4

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__()
        self.reading = ReadingScreen(library, view)

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return self.reading

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line passes the safety filter last."""
        return [*super().get_line_filters(), SAFETY]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the reading screen, by name, and the library's own (theme, screenshot)."""
        yield from super().get_system_commands(screen)
        if screen is self.reading:
            for action in ACTIONS:
                yield SystemCommand(action.about, f"key: {action.key}", lambda name=action.name: self._act(name))

    async def _act(self, name: str) -> None:
        await self.reading.run_action(name)

    def on_mount(self) -> None:
        """End like `q` when the terminal goes away or somebody asks the process to end."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(getattr(signal, name), self.exit)


def run(folder: str | None, view: Sequence[str]) -> int:
    """Open the window on a library folder, or on exactly these files and folders; returns the exit code when it is closed."""
    with Library.open(folder) as library:
        app = ReadingRoom(library, [os.path.abspath(path) for path in view])
        try:
            app.run()
        except OSError:  # the terminal went away while the last frame was written
            return 1
        if app.return_code:
            return _report(library, app)
    return 0


def _report(library: Library, app: ReadingRoom) -> int:
    """Textual caught an error of ours and left the screen: the traceback goes to the log, one line to the terminal."""
    error = app._exception  # noqa: SLF001 - textual keeps it nowhere else
    lines = traceback.format_exception(error) if error else ["unknown\n"]
    with contextlib.suppress(OSError), library.paths.log.open("a", encoding="utf-8") as log:
        log.writelines(lines)
    print(f"pullquote: window: {lines[-1].strip()[:200]}: the details are in {library.paths.log}", file=sys.stderr)
    return 2
