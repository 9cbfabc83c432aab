"""From a match to what is shown of it: its sentence, and the true spans of the words that matched."""

from collections.abc import Sequence

from reader.model import Match, Span
from reader.text import sentences, word_spans, words


def sentence(text: str, start: int, end: int, match: Match) -> tuple[Span, tuple[Span, ...]]:
    """The sentence of `text[start:end]` with most of the matched words, and those words' spans in it.

    A match whose words lie in neighbouring sentences shows all of them. Offsets are those of `text`.
    """
    marked = _marked(text, start, end, match)
    candidates = sentences(text, start, end)
    if not candidates:
        return (start, end), _runs(text, marked)
    held = [[telling for (at, _), telling in marked if a <= at < b] for a, b in candidates]
    best = max(range(len(candidates)), key=lambda i: (sum(held[i]), len(held[i]), -i))
    first = last = best
    enough = max(2, len(marked) // 6)
    while last + 1 < len(held) and len(held[last + 1]) >= enough and any(held[last + 1]):
        last += 1
    while first > 0 and len(held[first - 1]) >= enough and any(held[first - 1]):
        first -= 1
    shown = (candidates[first][0], candidates[last][1])
    return shown, _runs(text, [(span, telling) for span, telling in marked if shown[0] <= span[0] < shown[1]])


def _marked(text: str, start: int, end: int, match: Match) -> list[tuple[Span, bool]]:
    """The matched words, and whether each is a telling one."""
    spans = word_spans(text, start, end)
    tokens = match.passage.folded.split()
    if len(spans) == len(tokens):
        return [(spans[place], place in match.telling) for place in match.places]
    # what stands between two paragraphs of one match is no passage, so its words cannot be counted: go by the words themselves
    terms = {tokens[place]: place in match.telling for place in match.places}
    return [((word.start, word.end), terms[word.term]) for word in words(text, start, end) if word.term in terms]


def _runs(text: str, marked: Sequence[tuple[Span, bool]]) -> tuple[Span, ...]:
    """The marks: neighbours with nothing but a space between them become one. A common word alone is marked only when all are common."""
    runs: list[tuple[int, int, bool]] = []
    for (start, end), telling in marked:
        if runs and text[runs[-1][1] : start] == " ":
            runs[-1] = (runs[-1][0], end, runs[-1][2] or telling)
        elif not runs or start >= runs[-1][1]:
            runs.append((start, end, telling))
        elif end > runs[-1][1]:  # pairs of characters overlap
            runs[-1] = (runs[-1][0], end, runs[-1][2] or telling)
    chosen = [run for run in runs if run[2]] or runs
    return tuple((start, end) for start, end, _ in chosen)
