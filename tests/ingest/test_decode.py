"""Bytes become the words that their author saw, or one clear refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import Unreadable
from reader.ingest.decode import decode
from reader.text import REPLACEMENT, safe

PROSE = "The ferry crews said “no” twice – once in Málaga, once in Łódź. Nobody went back to work. "
CYRILLIC = "Рабочие порта объявили забастовку в понедельник утром. Они требуют нового договора и безопасной смены. " * 4


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).map(safe))
def test_utf8_round_trips(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_give_safe_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    assert text == safe(text)
    assert "\r" not in text


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marks_and_wide_encodings(name: str) -> None:
    assert decode(PROSE.encode(name)) == PROSE


def test_wide_without_a_mark_in_other_scripts() -> None:
    assert decode(CYRILLIC.encode("utf-16-le")) == CYRILLIC
    japanese = "港の労働者たちは月曜の朝、\n新しい契約を求めて立ち上がった。\n" * 10
    assert decode(japanese.encode("utf-16-be")) == japanese


def test_a_detector_finds_single_byte_cyrillic() -> None:
    assert decode(CYRILLIC.encode("cp1251")) == CYRILLIC


def test_seven_bit_japanese_is_not_taken_for_ascii() -> None:
    assert decode("港の労働者\n".encode("iso2022_jp")) == "港の労働者\n"


def test_a_few_foreign_bytes_do_not_spoil_the_rest_of_their_line() -> None:
    data = (PROSE * 5).encode() + b"caf\xe9 \x93open\x94 " + PROSE.encode()
    assert decode(data) == PROSE * 5 + "café “open” " + PROSE


def test_one_late_byte_in_ascii_is_windows() -> None:
    assert decode(b"plain words " * 5000 + b"\x97 end") == "plain words " * 5000 + "— end"


def test_what_the_document_declares_counts_only_when_it_is_true() -> None:
    assert decode("Ελλάδα".encode("iso8859-7"), "iso-8859-7") == "Ελλάδα"
    assert decode(PROSE.encode(), "shift_jis") == PROSE
    assert decode(b"caf\xe9", "no-such-encoding") == "café"
    assert decode(b"\x93so\x94", "iso-8859-1") == "“so”"
    assert decode(b"caf\xe9\\n", "unicode_escape") == "café\\n"


def test_line_ends_and_controls_keep_offsets() -> None:
    assert decode(b"one\r\ntwo\rthree\x0cfour") == "one\ntwo\nthree\nfour"
    assert decode("a\x1b]52;b\u202ec".encode()) == f"a{REPLACEMENT}]52;b{REPLACEMENT}c"
    assert decode(b"words " * 50 + b"\x00" + b" and more words") == "words " * 50 + REPLACEMENT + " and more words"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"field\x00other\x00" * 30])
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data)
