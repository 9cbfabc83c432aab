"""Keys one after the other: a key is looked at once all that the key before it set in motion has been done.

Textual hands every key to the widget that has the keys when it arrives, so of keys pressed in a burst (by a fast typist, a paste without
brackets, a terminal over a slow line) later ones overtake an action that opens a dialog, moves the focus or ends typing. Here they wait.
Owns the order; refuses to know what keys mean.
"""

from collections import deque

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from reader.tui.layers import Layered

_PATIENCE = 0.5
"""Seconds after which the next key goes on though the one before was never heard of again, when its widget is gone."""
_TIMES = 6
"""So many times as long when it is there: it is at work still, or the machine is."""
_LOOK_AGAIN = 0.01
"""Seconds between two looks whether a dialog that is on its way has come."""


class Passed(Message):
    """Follows a key through the widgets: when it comes back, so has everything the key caused there. Another round for what that caused."""

    def __init__(self, target: MessagePump, rounds: int, number: int) -> None:
        super().__init__()
        self.target, self.rounds, self.number = target, rounds, number


class KeysInOrder(Layered, App[None]):
    """An application whose keys wait for each other."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: deque[events.Key] = deque()
        self._number = 0
        self._underway = False
        self._looking = False
        self._patient = 0
        self._target: MessagePump | None = None

    def takes_keys(self) -> bool:
        """Whether there is somebody for the next key: no dialog is on its way to the screen or from it."""
        return True

    def heed(self, event: events.Event) -> None:
        """Called before a key or the mouse is acted on."""

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for their turn, everything else goes its way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._keys.append(event)
            await self._next()
        else:
            if not event.is_forwarded:
                self.heed(event)
            await super().on_event(event)

    async def _next(self) -> None:
        while self._keys and not self._underway:
            if not self.is_running:  # the window is being closed: there may be no screen any more
                self._keys.clear()
                return
            if not self.takes_keys():
                if not self._looking:
                    self._looking = True
                    self.set_timer(_LOOK_AGAIN, self._look)
                return
            event = self._keys.popleft()
            target: MessagePump = self.focused or self.screen
            self._underway, self._number, self._target = True, self._number + 1, target
            self.heed(event)
            await super().on_event(event)
            # A letter typed into a field causes nothing that another key could overtake; Enter there is told about in three steps.
            if not target.post_message(Passed(target, 1 if event.is_printable else 3, self._number)):
                self._underway = False
        if self._keys and self._underway and self._patient != self._number:  # one timer a key that others wait for
            self._patient = self._number
            self._be_patient(_TIMES)

    async def on_passed(self, event: Passed) -> None:
        """All that the key caused on its way has been done."""
        if event.number != self._number:
            return
        if event.rounds > 1 and event.target.is_running and event.target.post_message(Passed(event.target, event.rounds - 1, event.number)):
            return
        self._underway = False
        await self._next()

    async def _look(self) -> None:
        self._looking = False
        await self._next()

    def _be_patient(self, times: int) -> None:
        self.set_timer(_PATIENCE, lambda number=self._number: self._give_up(number, times - 1))

    async def _give_up(self, number: int, times: int) -> None:
        if not self._underway or number != self._number:
            return
        if times and self._target is not None and self._target.is_running and self._target.is_attached:
            self._be_patient(times)
        else:
            self._underway = False
            await self._next()
