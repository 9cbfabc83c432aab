"""What every document gets, whatever its format, and which files are opened at all."""

import os
import socket
from pathlib import Path

import pytest

from reader.errors import Skipped, Unreadable
from reader.ingest.read import formats, read, read_file
from reader.model import Role


def test_formats_are_found_by_their_presence() -> None:
    assert formats()[".txt"].NAME == "text"
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in formats())


def test_a_document_carries_its_version_and_its_size() -> None:
    one = read("/somewhere/Talk.TXT", "A short talk.\r\nIt ends here.".encode("utf-16"))
    other = read("/elsewhere/talk.text", b"A short talk.\nIt ends here.")
    assert one.text == other.text == "A short talk.\nIt ends here."
    assert one.version.text == other.version.text
    assert one.version.content != other.version.content
    assert (one.version.format, one.words) == ("text", 6)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF", "no reader for .pdf files yet"),
        ("README", b"words", "no reader for files without a suffix yet"),
        ("a.txt", b"", "empty"),
        ("a.txt", "\ufeff \u00a0\n".encode(), "empty"),
    ],
)
def test_what_is_left_out_says_why(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Skipped) as caught:
        read(name, data)
    assert (caught.value.reason, caught.value.thing) == (reason, name)


def test_an_unreadable_file_is_named() -> None:
    with pytest.raises(Unreadable, match=r"^add: /x/noise\.txt: looks like a binary file$"):
        read("/x/noise.txt", bytes(range(32)) * 20)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "ELLERY, Maine (KQZX) — Bakers walked out before dawn on Friday. They want Sundays off.",
            "Bakers walked out before dawn on Friday.",
        ),
        ("it had no capital and went on without any full stop " * 6, "it had no capital and went on without any full stop"),
        ("***\n\n???", "notes-of-may"),
    ],
)
def test_there_is_always_a_title_to_show(text: str, title: str) -> None:
    document = read("/x/notes-of-may.txt", text.encode())
    assert document.metadata.title is None
    assert document.display_title.startswith(title)
    assert len(document.display_title) <= 120


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    shown = read("a.txt", ("the harbour " * 40).encode()).display_title
    assert shown.endswith((" harbour…", " the…"))


def test_reading_a_file_gives_its_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words")
    stamp, data = read_file(str(path))
    status = path.stat()
    assert data == b"words"
    assert (stamp.size, stamp.mtime_ns) == (5, status.st_mtime_ns)


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.txt"))
        for path in (tmp_path / "pipe.txt", tmp_path / "s.txt", Path("/dev/zero"), tmp_path):
            with pytest.raises(Unreadable, match="not a regular file"):
                read_file(str(path))


def test_the_systems_reason_is_given(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for name, reason in (("gone.txt", "no such file"), ("loop.txt", "leads nowhere"), ("a\0b.txt", "not a possible file name")):
        with pytest.raises(Unreadable, match=reason):
            read_file(f"{tmp_path}/{name}")


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(513 * 2**20)  # a hole: no space, no time
    with pytest.raises(Unreadable, match="larger than 512 MiB"):
        read_file(str(path))


def test_every_block_has_a_role() -> None:
    assert {block.role for block in read("a.txt", b"One line.\n\nAnother line of it.").blocks} <= set(Role)


def test_a_page_that_calls_all_of_itself_its_title_gets_a_title_that_fits():
    page = read("page.html", b"<title>" + b"word " * 100_000 + b"</title><p>Some text of its own.</p>")
    assert page.metadata.title is not None
    assert len(page.metadata.title) == 2000
    assert page.metadata.title.endswith("…")
