"""Bytes -> text. Owns the guess which encoding a file is in, and making line ends and control characters harmless.

Order: byte order mark, UTF-16 without one, strict UTF-8, what the document declares, UTF-8 with a few foreign bytes, a detector,
Windows-1252. Refuses binary files, and to repair wording: mojibake that stands in a file stays.
"""

import codecs
from functools import partial

from reader.errors import Unreadable
from reader.text import safe

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control bytes that text files do not have. Left out: tab to carriage return, backspace (overstrike in manual pages), escape
# (terminal logs), Ctrl+Z (the end of old DOS files).
_CONTROLS = bytes(sorted(set(range(32)) - set(range(8, 14)) - {0x1A, 0x1B} | {0x7F}))
_LINE_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_NOT_FOR_DOCUMENTS = frozenset({"utf_7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
_MOST_FOREIGN_BYTES = 10_000
"""More bytes than these that are no UTF-8 are not "a few" (and every one costs a Python call)."""


def decode(data: bytes, declared: str | None = None) -> str:
    r"""The text of `data`, safe to show, with newlines as \n and without a byte order mark.

    `declared` is the encoding that the document names for itself. It is tried strictly after byte order marks and UTF-8, because
    pages lie about it more often than bytes happen to be valid UTF-8. Raises Unreadable for what looks like a binary file.
    """
    return _clean(decoded(data, declared))


def _clean(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(mark in text for mark in _BREAKS):
        text = text.translate(_LINE_BREAKS)  # form feeds and the like: line ends to Unicode, one for one
    return safe_text(text)


def safe_text(text: str) -> str:
    """`reader.text.safe`, which looks at every character, only where that can change something: five times faster on most texts."""
    plain = text.replace("\n", "").replace("\t", "").replace("\u00a0", "")
    return text if plain.isprintable() else safe(text)


def decoded(data: bytes, declared: str | None) -> str:
    """`decode` without making it safe: for what must see control characters. Raises Unreadable."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide(data)
    if wide is not None:
        return wide
    if _binary(data):
        raise Unreadable("add", "", "looks like a binary file")
    if b"\x1b$" in data and data.isascii():  # ISO-2022-JP: seven-bit, so it would pass for UTF-8
        japanese = _strictly(data, "iso2022_jp")
        if japanese is not None:
            return japanese
    text = _strictly(data, "utf-8")
    if text is None and declared:
        text = _strictly(data, declared)
    if text is None:
        text = _mostly_utf8(data)
    if text is None:
        text = _detected(data)
    return data.decode("cp1252", "replace") if text is None else text


def _strictly(data: bytes, name: str) -> str | None:
    """`data` in the encoding `name`, None when it is not or when no such encoding of texts exists."""
    try:
        codec = codecs.lookup(name.strip()).name
        if codec.replace("-", "_") in _NOT_FOR_DOCUMENTS:
            return None
        if codec in ("iso8859-1", "ascii"):
            codec = "cp1252"  # as browsers do: WHATWG Encoding Standard, section 4.2
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def _binary(data: bytes) -> bool:
    """More than two control characters in a hundred bytes. Random or compressed bytes have ten, text with a stray NUL next to none."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls * 50 > len(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: where European text has a NUL in every other byte.

    A NUL at even places only is big-endian, at odd places only little-endian. The decoded characters must look like text, because
    ASCII with a NUL after every field has that parity as well and would come out as rare ideographs.
    """
    if 0 not in data or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    few, many = sorted((even, odd))
    if many * 100 < len(data) or few * 10 > many:
        return None
    text = _strictly(data, "utf-16-be" if even > odd else "utf-16-le")
    if text is None:
        return None
    sample = text[:4096]
    plain = sum(1 for c in sample if (c < "\u0250" and (c.isprintable() or c.isspace())) or (c < "\u2000" and c.isalpha()))
    if plain * 10 >= len(sample) * 8:
        return text
    wide = sum(1 for c in sample if "\u3000" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or "\uff00" <= c <= "\uffef" or c.isascii())
    return text if wide * 10 >= len(sample) * 9 and sum(byte >= 128 for byte in data[:8192]) * 8 > min(len(data), 8192) else None


def _as_windows(places: list[int], error: UnicodeError) -> tuple[str, int]:
    """An error handler that reads what is no UTF-8 as Windows-1252 and counts it."""
    if not isinstance(error, UnicodeDecodeError) or len(places) >= _MOST_FOREIGN_BYTES:
        raise error
    places.append(error.start)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 into which a few bytes of Windows-1252 were pasted, or None when its other characters do not outweigh them two to one.

    Per byte and not per line: a whole article may stand on one line, and one bad byte must not spoil its quotation marks.
    """
    places: list[int] = []
    # The registry of error handlers is global, so the name is only ours, and each call puts its own counter behind it.
    codecs.register_error("reader.ingest.windows", partial(_as_windows, places))
    try:
        text = data.decode("utf-8", "reader.ingest.windows")
    except UnicodeDecodeError:
        return None
    others = sum(1 for c in text if c > "\x7f") - len(places) if not text.isascii() else 0
    return text if others >= 2 * len(places) else None


def _detected(data: bytes) -> str | None:
    """What chardet makes of the bytes around the first that is no ASCII.

    Below a confidence of .3 its guesses on Western text were mostly wrong (a dozen bytes of Windows-1252 came out as Mac Latin 2 at
    .02), and Windows-1252 is the better bet.
    """
    import chardet  # 65 ms, and few files come this far

    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    guess = chardet.detect(data[max(0, first - 2000) : first + 200_000])
    name, confidence = guess["encoding"], guess["confidence"]
    return _strictly(data, name) if name and confidence and confidence > 0.3 else None
