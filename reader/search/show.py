"""From a match to what is shown of it: its sentence, and the true spans of the words that matched."""

from reader.model import Match, Span
from reader.text import Word, sentences, words


def sentence(text: str, start: int, end: int, match: Match) -> tuple[Span, tuple[Span, ...]]:
    """The sentence of `text[start:end]` with most of the matched words, and those words' spans in the whole stretch.

    A match whose words lie in two neighbouring sentences shows both. Offsets are those of `text`.
    """
    marked = [word for word in words(text, start, end) if word.term in match.terms]
    candidates = sentences(text, start, end)
    if not candidates:
        return (start, end), _runs(text, marked, match.common)
    held = [{word.term for word in marked if a <= word.start < b} for a, b in candidates]
    best = max(range(len(candidates)), key=lambda i: (len(held[i] - match.common), len(held[i]), -i))
    first = last = best
    for neighbour in (best + 1, best - 1):
        if 0 <= neighbour < len(candidates) and len(held[neighbour] - held[best]) >= max(2, len(match.terms) // 4):
            first, last = min(best, neighbour), max(best, neighbour)
            break
    shown = (candidates[first][0], candidates[last][1])
    return shown, _runs(text, [word for word in marked if shown[0] <= word.start < shown[1]], match.common)


def _runs(text: str, marked: list[Word], common: frozenset[str]) -> tuple[Span, ...]:
    """The marks: neighbours with nothing but a space between them become one. A common word alone is marked only when all are common."""
    runs: list[list[Word]] = []
    for word in marked:
        if runs and text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    telling = [run for run in runs if any(word.term not in common for word in run)]
    return tuple((run[0].start, run[-1].end) for run in telling or runs)
