"""Nothing that stands in a document reaches the terminal as anything but text."""

import os
import pty
import select
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.text import safe_line
from reader.tui.safety import SAFETY, clean, safe_target

HOSTILE = "\x1b]52;c;cHduZWQ=\x07 \x1b[2J \x9b31m \u202eRLO \u2066LRI \x08\x7f \x1b]52;c;cHduZWQ=\x1b\\"


@given(st.text())
def test_clean_is_safe_line_and_leaves_clean_text_alone(text):
    assert clean(text) == safe_line(text)
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("character", [chr(code) for code in range(0x3100) if safe_line(chr(code)) != chr(code)])
def test_no_hostile_character_slips_through_the_quick_look(character):
    assert clean(f"a{character}b") != f"a{character}b"


@pytest.mark.parametrize("target", ["http://example.org/a?b=c", "https://example.org", "mailto:a@example.org", "file:///saved/a.txt"])
def test_addresses_that_a_terminal_may_have(target):
    assert safe_target(target)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "example.org",
        "",
        "https://example.org/\x1b]52;c;eA==\x07",
        "https://example.org/\x9b",
        "data:text/html,x",
        "http://[x",
        "https://ex\u202eample.org",
        "HTTPS://a b\n",
    ],
)
def test_addresses_that_it_may_not_have(target):
    assert not safe_target(target)


def test_the_filter_replaces_text_and_drops_links_but_keeps_looks():
    look = Style(bold=True, link="javascript:x")
    made = SAFETY.apply([Segment(HOSTILE, look), Segment("plain", Style(link="https://example.org"))], Color(0, 0, 0))
    assert made[0].text == safe_line(HOSTILE)
    assert made[0].style is not None
    assert made[0].style.bold
    assert made[0].style.link is None
    assert made[1].style is not None
    assert made[1].style.link == "https://example.org"


APP = """
    from rich.style import Style
    from rich.text import Text
    from textual.app import App
    from textual.content import Content
    from textual.widgets import Input, Static
    from reader.model import Role
    from reader.tui.page import PageView
    from reader.tui.rows import RowList
    from reader.tui.safety import SAFETY
    from tests.tui.documents import FERRY, link, page_of
    from tests.tui.test_safety import HOSTILE

    class Rows:
        height = 1
        def __len__(self):
            return 3
        def row(self, index):
            return [[(HOSTILE, "title")]]

    class Evil(App):
        def get_line_filters(self):
            return [*super().get_line_filters(), SAFETY]
        def compose(self):
            yield Static(Content(HOSTILE))
            yield Static(Text(HOSTILE, style=Style(link="https://example.org/\\x1b]52;c;cHduZWQ=\\x07")))
            yield Input(HOSTILE)
            yield RowList()
            yield PageView()
        def on_mount(self):
            for widget in self.query("Static, Input, RowList"):
                widget.styles.height = 3
            self.query_one(RowList).set_source(Rows())
            page = page_of(FERRY)
            raw = page.text.replace("laughed", "l" + HOSTILE[:6])
            self.query_one(PageView).show(type(page)(page.entry, page.version, raw, page.blocks, (link(page, "Crews", HOSTILE),)))
            self.notify(HOSTILE, markup=False)
            self.set_timer(0.5, self.exit)

    Evil().run()
    print("DONE-MARK")
"""


def test_hostile_text_through_a_real_terminal():
    terminal, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100", "LINES": "40"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-c", textwrap.dedent(APP)]
    child = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, env=environment, start_new_session=True)
    os.close(other)
    raw = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            got = os.read(terminal, 65536)
        except OSError:
            break
        if not got:
            break
        raw += got
    child.wait(60)
    os.close(terminal)
    assert b"DONE-MARK" in raw, raw[-2000:]
    text = raw.decode("utf-8", "replace")
    assert "RLO" in text
    assert "LRI" in text
    assert "]52;c;cHduZWQ=" in text, "the letters are there, the escape is not"
    for payload in ("\x1b]52", "\x1b[2J\x20", "\u202e", "\u2066", "\x9b", "\x7f"):
        assert payload not in text
