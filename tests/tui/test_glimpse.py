"""A large file named on the command line: its beginning is there before all of it has been read."""

import pytest

from reader.library import Library
from reader.tui.glimpsing import WAITS, same_place
from tests.tui.windows import frame, settled, window

PARAGRAPH = "The harbour board met the crew of boat {} and nobody asked who pays for “rope”. They were not told."


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text("\n\n".join(["The Log of Port Example", *(PARAGRAPH.format(n) for n in range(12_000))]), encoding="utf-8")
    return path


async def test_the_beginning_is_shown_at_once_and_the_whole_takes_its_place_where_it_was_being_read(tmp_path, large):
    with Library.open(tmp_path / "library") as library:
        async with window(library, [str(large)]) as (screen, pilot):
            assert "boat 0 and" in frame(pilot)
            assert screen.page is None
            await pilot.press("space", "space")
            at = screen.page_view.position
            assert at > 0
            await pilot.press("a")
            await pilot.pause()
            assert WAITS[:30] in frame(pilot)
            assert not screen.asking
            screen.start_adding(screen.view, keep=False)
            await settled(pilot, lambda: screen.page is not None)
            assert screen.page_view.position == at
            assert screen.page_view.has_focus
            await pilot.press("G")
            await pilot.pause()
            assert "boat 11999" in frame(pilot)
            await pilot.press("g", "space", "v", "h")
            await settled(pilot, library.notes)
            note = library.notes()[0]
            assert library.read(note.document).text[note.start : note.end] == note.exact


async def test_a_large_file_that_was_read_before_opens_where_it_was_left(tmp_path, large):
    with Library.open(tmp_path / "library") as library:
        (outcome,) = library.add([large], keep=False)
        assert outcome.document is not None
        library.left_at(outcome.document, 500_000)
        async with window(library, [str(large)]) as (screen, pilot):
            await settled(pilot, lambda: screen.page is not None)
            assert screen.page_view.position >= 499_000
            assert screen.glimpsed is None


@pytest.mark.parametrize(
    "data",
    [
        ("Füße und Boote. " * 100_000).encode(),
        ("Boats and crews.\n" * 90_000).encode("utf-16"),
        b"Boats \xff\xe9 and crews.\r\n" * 90_000,
        ("漕" * 500_000).encode(),
    ],
)
def test_what_a_glimpse_shows_stands_at_the_same_offsets_in_the_whole(tmp_path, data):
    from reader.ingest.read import read

    path = tmp_path / "large.txt"
    path.write_bytes(data)
    page = Library.glimpse(str(path))
    whole = read(str(path), data).text
    assert page is not None
    assert page.id == ""
    assert len(page.text) > 10_000
    assert whole.startswith(page.text.rstrip("\n"))


def test_only_large_plain_texts_are_glimpsed_at(tmp_path):
    for name, data in (
        ("small.txt", b"Boats.\n" * 100),
        ("large.html", b"<p>Boats.</p>\n" * 100_000),
        ("binary.txt", bytes(range(256)) * 5000),
    ):
        (tmp_path / name).write_bytes(data)
        assert Library.glimpse(str(tmp_path / name)) is None
    assert Library.glimpse(str(tmp_path / "absent.txt")) is None
    assert Library.glimpse(str(tmp_path)) is None


def test_a_place_is_found_again_when_the_whole_was_decoded_otherwise():
    seen = "x" * 300 + "The crew met." + "y" * 300
    assert same_place(seen, seen + "more", 300) == 300
    assert same_place(seen, "zz" + seen, 300) == 302
    assert same_place(seen, "another text", 300) == 0
