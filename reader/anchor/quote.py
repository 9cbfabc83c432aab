"""How a note holds on to its words, and how it finds them again in another text.

Describing keeps the words and 32 characters on both sides (as Hypothesis and the W3C's TextQuoteSelector do). With the text they were
taken from, they are carried over along a map of both texts (`anchor.carry`). Without it, as for a note that came from elsewhere, finding
is strict: the same words, once, or once with the same surroundings, or nearly the same words in one place alone. Anything else is
ambiguous or an orphan: taking the best candidate whatever it is, as Hypothesis does, put 42% of notes whose words were deleted onto others.
"""

from collections.abc import Callable, Sequence

from reader.model import Anchor, Resolution, Span
from reader.text import Folded, fold, occurrences, whole_words

VERSION = 3
"""Goes up when anchors are found in another way, so that what was found before is looked for again."""
CONTEXT = 32
"""Characters kept on each side."""
LONG = 24
"""Characters from which words are telling enough to be followed without anything around them that stayed."""


def describe(text: str, version: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`. Raises ValueError when that is no stretch of the text or holds nothing but white space."""
    if not (0 <= start < end <= len(text)) or not text[start:end].strip():
        raise ValueError(f"{start}-{end} is no stretch of a text of {len(text)} characters")
    return Anchor(version, start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def resolve_all(anchors: Sequence[Anchor], version: str, text: str, old: str | None) -> list[Resolution]:
    """Where each anchor's words lie in `text`, whose hash is `version`. `old` is the text the anchors were made on, where it is known.

    All anchors must come from the same old text. Compares the texts once, however many anchors there are: 2 s CPU for 1 MB.
    """
    find: Callable[[Anchor], Resolution] | None = None
    found: list[Resolution] = []
    for anchor in anchors:
        if anchor.version == version:
            found.append(Resolution("anchored", anchor.start, anchor.end))
            continue
        find = find or _finder(text, old)
        found.append(find(anchor))
    return found


def _finder(text: str, old: str | None) -> Callable[[Anchor], Resolution]:
    if old is not None:
        from reader.anchor.carry import Passage, carry

        passage = Passage(old, text)
        return lambda anchor: carry(anchor, passage)
    folded = fold(text)
    return lambda anchor: _alone(anchor, text, folded)


def _alone(anchor: Anchor, text: str, folded: Folded) -> Resolution:
    """Where the words lie in a text of which nothing else is known."""
    places = [span for span in occurrences(folded, anchor.exact) if whole_words(text, span) and _joined_alike(text, span, anchor)]
    kept = [span for span in places if _same_surroundings(text, span, anchor)]
    if len(kept) == 1:
        return Resolution("anchored", *kept[0])
    if len(places) == 1 and (len(anchor.exact) >= LONG or _same_on_one_side(text, places[0], anchor)):
        return Resolution("anchored", *places[0])
    if places:
        return Resolution("ambiguous" if len(places) > 1 else "orphan")
    from reader.anchor.nearest import alike

    return alike(anchor, text)


def _joined_alike(text: str, span: Span, anchor: Anchor) -> bool:
    """Whether a few words are joined to what stands right before and after them as they were: "5%" is not part of "0.5%"."""
    if len(anchor.exact) >= LONG:
        return True
    start, end = span
    before, after = _joint(text[max(0, start - 2) : start], -1), _joint(text[end : end + 2], 1)
    return (before, after) == (_joint(anchor.prefix[-2:], -1), _joint(anchor.suffix[:2], 1))


def _joint(beside: str, step: int) -> str:
    """The character that joins to the words, folded; "" for white space, quotation marks, brackets, and stops that end something."""
    nearest, further = (beside[:1], beside[1:2]) if step > 0 else (beside[-1:], beside[-2:-1])
    if not nearest or nearest.isspace() or nearest in '"“”„«»()[]{}':
        return ""
    if nearest in ".,;:!?…'’‘—–" and not further.isalnum():
        return ""
    return fold(nearest).text


def _same_on_one_side(text: str, span: Span, anchor: Anchor) -> bool:
    """Whether the nearest characters on one side are as they were: half of what was kept."""
    start, end = span
    prefix, suffix = fold(anchor.prefix[-CONTEXT // 2 :]).text, fold(anchor.suffix[: CONTEXT // 2]).text
    before, after = fold(text[max(0, start - CONTEXT) : start]).text, fold(text[end : end + CONTEXT]).text
    return bool(prefix and before.endswith(prefix)) or bool(suffix and after.startswith(suffix))


def _same_surroundings(text: str, span: Span, anchor: Anchor) -> bool:
    """Whether both sides are as they were, as far as they were kept."""
    start, end = span
    before, after = fold(text[max(0, start - 2 * CONTEXT) : start]).text, fold(text[end : end + 2 * CONTEXT]).text
    prefix, suffix = fold(anchor.prefix).text, fold(anchor.suffix).text
    # nothing kept on a side means the text began or ended there, and nothing else is the same as that
    return (before.endswith(prefix) if prefix else not before) and (after.startswith(suffix) if suffix else not after)
