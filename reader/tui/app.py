"""The window: opens the library, shows the one screen, ends cleanly on every signal."""

import sys

if "ssl" not in sys.modules:  # asyncio asks for it, which takes 16 ms; a window speaks to nobody
    sys.modules["ssl"] = None  # type: ignore[assignment]  # means: there is none
import asyncio

if sys.modules.get("ssl", sys) is None:
    del sys.modules["ssl"]
import contextlib
import os
import signal
import threading
import time
import traceback
from collections.abc import Sequence
from types import FrameType

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from reader.errors import PullquoteError
from reader.library import Library
from reader.text import one_line
from reader.tui.in_order import KeysInOrder
from reader.tui.reading_screen import ReadingScreen
from reader.tui.safety import SAFETY
from reader.tui.themes import ANSI, OURS, first_theme, inks, no_colour

_PRESSED = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What a reader does that may make a message in the line below an old one."""


class ReadingRoom(KeysInOrder, whole=True):
    """The application. Holds nothing but the screen; the library is opened and closed by `run`."""

    CSS_PATH = "window.tcss"
    TITLE = "pullquote"
    ENABLE_COMMAND_PALETTE = False  # ours is a dialog like the others, and not upset by keys typed ahead
    NOTIFICATION_TIMEOUT = 4
    _theme_now: tuple[str, Theme] | None = None

    def __init__(self, library: Library, view: Sequence[str] = (), theme: str = "") -> None:
        self.no_color = False  # asked for while the library's part is made
        super().__init__()
        self.no_color = no_colour()  # the library heeds an empty NO_COLOR too
        for ours in OURS.values():
            self.register_theme(ours)
        self.reading = ReadingScreen(library, view)
        self.reading.load_settings()
        theme = theme or self.reading.chosen_theme()
        self.set_reactive(App.theme, theme if theme in self.available_themes else first_theme())
        # What a change of theme would do, while nothing has been parsed yet: it costs no second time.
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)
        for dark in (True, False):
            self.set_class(self.current_theme.dark is dark, "-dark-mode" if dark else "-light-mode", update=False)
        self._hung_up = False
        self._ready_for_keys = False
        self._to_end = False
        self._running_on: asyncio.AbstractEventLoop | None = None
        self._resume: object = None

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return self.reading

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line passes the safety filter and then, where there are few colours or none, the one that sees to that."""
        kept = (known for known in super().get_line_filters() if not isinstance(known, Monochrome | NoColor))
        return [*kept, SAFETY, *inks(self.theme, colourless=self.no_color)]

    @property
    def current_theme(self) -> Theme:
        """The theme whose rules hold: whichever was chosen, without colours those that need none.

        Asked for hundreds of times a frame, and Textual looks through all themes each time: the last one is kept.
        """
        if self.no_color:
            return ANSI
        if self._theme_now is None or self._theme_now[0] != self.theme:
            self._theme_now = self.theme, super().current_theme
        return self._theme_now[1]

    def heed(self, event: events.Event) -> None:
        """What was told before a key or the mouse was pressed is old."""
        if isinstance(event, _PRESSED):
            self.reading.heed(event.character if isinstance(event, events.Key) else None)

    def takes_keys(self) -> bool:
        """Not before the first frame, and not while a dialog is on its way: letters meant for it would run as commands."""
        screen = self.screen if self._ready_for_keys else None
        if screen is not None and screen is not self.reading:  # a dialog; others of the library's own are not used
            return bool(getattr(screen, "ready", True)) and not getattr(screen, "over", False)
        return screen is not None and not self.reading.on_its_way

    async def on_reading_screen_ready(self) -> None:
        """The screen takes keys now."""
        self._ready_for_keys = True
        if self._to_end:
            self.leave()
        await self._next()

    def on_mount(self) -> None:
        """End like `q` when somebody asks the process to end or the terminal goes away."""
        self._running_on = asyncio.get_running_loop()
        if threading.current_thread() is not threading.main_thread():
            return  # only the main thread may have signal handlers; a test may run elsewhere
        self.mind_signals()
        if hasattr(signal, "SIGHUP"):
            self._resume = signal.getsignal(signal.SIGCONT)
            signal.signal(signal.SIGCONT, self._continued)

    def mind_signals(self) -> None:
        """Have the process end well when it is asked to: at once where the window is up, else as soon as it is."""
        signal.signal(signal.SIGTERM, self._asked_to_end)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._hang_up)

    def _print_error_renderables(self) -> None:
        """Textual would print the whole traceback; `run` writes it to the log and says one line."""

    async def action_quit(self) -> None:
        """Quit; a note that is being written asks first."""
        if getattr(self.screen, "unsaved", None):
            await self.screen.run_action("give_up")
        else:
            self.leave()

    def leave(self) -> None:
        """Store where the reader was, and end. What stands in a note editor goes to a rescue file."""
        for screen in self.screen_stack:
            unsaved = getattr(screen, "unsaved", None)
            if unsaved and not getattr(screen, "over", False):
                self.reading.rescue(*unsaved)
        with contextlib.suppress(PullquoteError):
            self.reading.save_state()
        self.reading.adding.cancel()
        self._keys.clear()  # what was typed ahead is for a window that is no more, and so is what comes from now on
        self._ready_for_keys = False
        self.exit()

    def _asked_to_end(self, *_: object) -> None:
        self._to_end = True
        if self._running_on is not None and self._ready_for_keys and not self._running_on.is_closed():
            self._running_on.call_soon_threadsafe(self.leave)

    def _hang_up(self, *_: object) -> None:
        """The terminal may be gone: writing to it would end the driver's writing thread, and then fill its queue and block the way out."""
        self._hung_up = True
        driver = self._driver
        if driver is not None:
            write = driver.write

            def write_while_possible(data: str) -> None:
                thread = getattr(driver, "_writer_thread", None)
                if thread is not None and thread.is_alive():
                    write(data)

            driver.write = write_while_possible  # type: ignore[method-assign]  # textual has no other way to tell it
            threading.Thread(target=_drain, args=(driver,), daemon=True).start()
        self._asked_to_end()

    def _continued(self, number: int, frame: FrameType | None) -> None:
        """Back from a stop. The kernel sends this after a hang-up too, and then the driver must not open the terminal again."""
        if not self._hung_up and callable(self._resume):
            self._resume(number, frame)
            if self._running_on is not None:
                self._running_on.call_soon_threadsafe(self._repaint)

    def _repaint(self) -> None:
        """Draw everything: what was on the screen before a stop is not there any more."""
        if not self.is_running:
            return
        self.screen.refresh(layout=True)
        self.refresh(layout=True)


def _drain(driver: Driver) -> None:
    """Empty what waits for a writing thread that has ended: the window may be waiting for room in it, and would for ever."""
    import queue

    thread = getattr(driver, "_writer_thread", None)
    waiting = getattr(thread, "_queue", None)
    for _ in range(200):  # as long as the way out may take
        if thread is not None and waiting is not None and not thread.is_alive():
            with contextlib.suppress(queue.Empty):
                while True:
                    waiting.get_nowait()
        time.sleep(0.05)


SWITCH = 0.001
"""Seconds after which a thread that searches gives way to a key (Python's own choice is 0.005). Costs a search 2 % at most."""


def run(folder: str | None, view: Sequence[str], *, touring: bool = False) -> int:
    """Open the window on a library folder, or on exactly these files and folders; returns the exit code when it is closed.

    With `touring`, the tour begins at once.
    """
    sys.setswitchinterval(SWITCH)
    with Library.open(folder) as library:
        app = ReadingRoom(library, [os.path.abspath(path) for path in view])
        app.reading.touring = touring
        app.mind_signals()
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
    print(f"pullquote: window: {one_line(lines[-1])[:200]}: the details are in {library.paths.log}", file=sys.stderr)
    return 2
