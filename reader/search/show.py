"""From a match to what is shown of it: its sentence, and the true spans of the words that matched."""

from reader.model import Match, Span
from reader.text import Word, sentences, words


def sentence(text: str, start: int, end: int, match: Match) -> tuple[Span, tuple[Span, ...]]:
    """The sentence of `text[start:end]` with most of the matched words, and those words' spans in the whole stretch.

    A match whose words lie in two neighbouring sentences shows both. Offsets are those of `text`.
    """
    marked = [word for word in words(text, start, end) if word.term in match.terms]
    spans = tuple((word.start, word.end) for word in marked)
    candidates = sentences(text, start, end)
    if not candidates:
        return (start, end), spans
    held = [{word.term for word in marked if a <= word.start < b} for a, b in candidates]
    best = max(range(len(candidates)), key=lambda i: (len(held[i]), -i))
    first = last = best
    for neighbour in (best + 1, best - 1):
        if 0 <= neighbour < len(candidates) and len(held[neighbour] - held[best]) >= max(2, len(match.terms) // 4):
            first, last = min(best, neighbour), max(best, neighbour)
            break
    shown = (candidates[first][0], candidates[last][1])
    return shown, _runs(text, marked, shown)


def _runs(text: str, marked: list[Word], shown: Span) -> tuple[Span, ...]:
    """Matched words inside `shown`; neighbours with nothing but a space between them become one span."""
    spans: list[Span] = []
    for word in marked:
        if not shown[0] <= word.start < shown[1]:
            continue
        if spans and text[spans[-1][1] : word.start] == " ":
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return tuple(spans)
