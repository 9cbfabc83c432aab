"""Keys wait for each other, however long what they set in motion takes, and go on when who had them is gone."""

import asyncio

from textual import events
from textual.widget import Widget

from reader.tui.in_order import KeysInOrder
from tests.tui.windows import settled


class Part(Widget, can_focus=True):
    """Notes its keys; Enter hands the keys on, after a while; `x` takes the part away."""

    def on_key(self, event: events.Key) -> None:
        assert isinstance(self.app, Two)
        self.app.got.append((self.id, event.key))
        if event.key == "enter":
            self.call_next(self.hand_on)
        elif event.key == "x":
            self.remove()

    async def hand_on(self) -> None:
        await asyncio.sleep(0.7)
        self.app.query_one("#second").focus()


class Two(KeysInOrder):
    """An application of two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[str | None, str]] = []

    def compose(self):
        yield Part(id="first")
        yield Part(id="second")


async def pressed(*keys):
    app = Two()
    async with app.run_test() as pilot:
        app.query_one("#first").focus()
        await pilot.pause()
        for key in keys:
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await settled(pilot, lambda: len(app.got) == len(keys))
        return app.got


async def test_keys_wait_for_an_action_that_takes_long():
    assert await pressed("enter", "a", "b") == [("first", "enter"), ("second", "a"), ("second", "b")]


async def test_keys_go_on_when_the_part_that_had_the_last_one_is_gone():
    assert await pressed("x", "a") == [("first", "x"), ("second", "a")]
