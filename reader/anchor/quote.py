"""How a note holds on to its words, and how it finds them again in another text.

Describing keeps the words and 32 characters on both sides (as Hypothesis and the W3C's TextQuoteSelector do). Finding is strict: the
same words, once, or once with the same surroundings; anything else is ambiguous or an orphan. Hypothesis takes the best candidate
whatever it is, and put 42% of notes whose words were deleted onto other words; a note here says instead that it has no place.
"""

from collections.abc import Sequence

from reader.model import Anchor, Resolution, Span
from reader.text import Folded, fold, occurrences

CONTEXT = 32
"""Characters kept on each side."""


def describe(text: str, version: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`. Raises ValueError when that is no stretch of the text or holds nothing but white space."""
    if not (0 <= start < end <= len(text)) or not text[start:end].strip():
        raise ValueError(f"{start}-{end} is no stretch of a text of {len(text)} characters")
    return Anchor(version, start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def resolve_all(anchors: Sequence[Anchor], version: str, text: str, old: str | None) -> list[Resolution]:
    """Where each anchor's words lie in `text`, whose hash is `version`. `old` is the text the anchors were made on, where it is known.

    All anchors must come from the same old text. Folds the new text once.
    """
    if all(anchor.version == version for anchor in anchors):
        return [Resolution("anchored", anchor.start, anchor.end) for anchor in anchors]
    folded = fold(text)
    before = fold(old) if old is not None else None
    return [_resolve(anchor, version, text, folded, before) for anchor in anchors]


def _resolve(anchor: Anchor, version: str, text: str, folded: Folded, before: Folded | None) -> Resolution:
    if anchor.version == version:
        return Resolution("anchored", anchor.start, anchor.end)
    places = [span for span in occurrences(folded, anchor.exact) if _whole_words(text, span)]
    kept = [span for span in places if _same_surroundings(text, span, anchor)]
    if len(kept) == 1:
        return Resolution("anchored", *kept[0])
    # Words that stood in several places before may have lost theirs while a look-alike stayed: being unique now proves nothing.
    unique_before = before is None or len(occurrences(before, anchor.exact)) == 1
    if len(places) == 1 and unique_before:
        return Resolution("anchored", *places[0])
    if len(places) > 1 and (kept or unique_before):
        return Resolution("ambiguous")
    return Resolution("orphan")


def _whole_words(text: str, span: Span) -> bool:
    """Whether the span cuts no word in two: "Linus" must not be found in "machinus"."""
    start, end = span
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cut_before or cut_after)


def _same_surroundings(text: str, span: Span, anchor: Anchor) -> bool:
    """Whether both sides are as they were, as far as they were kept."""
    start, end = span
    before, after = fold(text[max(0, start - 2 * CONTEXT) : start]).text, fold(text[end : end + 2 * CONTEXT]).text
    return before.endswith(fold(anchor.prefix).text.lstrip()) and after.startswith(fold(anchor.suffix).text.rstrip())
