"""What the user said about single quotations, found again in the quotes of a document as it is now."""

from collections import Counter
from collections.abc import Iterable, Sequence

from reader.spoken import Attribution, Rulings, Spoken
from reader.text import terms

ENOUGH = 4
"""Words from which a quote that holds the words of an attribution, or lies in them, is taken for the same one."""
SAME = 0.7
AHEAD = 0.2
"""An edited quote is the same one when it has this share of the words, and no other quote of the document comes near that."""
RULE = "you"
"""The rule of a quote that the user attributed."""


def attribution(spoken: Sequence[Spoken], start: int, speaker: str | None) -> Attribution | None:
    """The user's word on the quote that starts there, among all quotes of its document; None when there is none."""
    counts: Counter[str] = Counter()
    for said in spoken:
        words = folded(said)
        counts[words] += 1
        if said.start == start:
            return Attribution(said.document, words, counts[words], speaker)
    return None


def by_document(rulings: Rulings) -> dict[str, list[Attribution]]:
    """The attributions of each document."""
    found: dict[str, list[Attribution]] = {}
    for said in rulings.attributions:
        found.setdefault(said.document, []).append(said)
    return found


def folded(said: Spoken) -> str:
    """The words by which a quote is known, whatever marks and stops it has."""
    return " ".join(terms(said.words))


def attributed(spoken: Sequence[Spoken], attributions: Iterable[Attribution]) -> list[Spoken]:
    """All quotes of a document after the user's word. What was said of one holds for the others of its statement that nothing was said of."""
    said_of: dict[int, str | None] = {}
    words = [folded(said) for said in spoken]
    for ruling in attributions:
        place = _place(words, ruling)
        if place is not None:
            said_of[place] = ruling.speaker
    groups = {spoken[place].group: speaker for place, speaker in said_of.items()}
    found = []
    for place, said in enumerate(spoken):
        if place in said_of or said.group in groups:
            speaker = said_of[place] if place in said_of else groups[said.group]
            said = _by(said, speaker)
        found.append(said)
    return found


def _by(said: Spoken, speaker: str | None) -> Spoken:
    """The quote as the user attributed it: the text's evidence stays only where it says the same."""
    said = said._replace(rule=RULE, confidence="certain" if speaker else "unknown")
    if speaker == said.speaker:
        return said
    bare = said._replace(mention_first=None, mention_last=None, cue_first=None, cue_last=None, naming_first=None, naming_last=None)
    return bare._replace(speaker=speaker, role=None, person=True)


def _place(words: Sequence[str], said: Attribution) -> int | None:
    """The number of the quote meant: the same words, else the only one that holds them or lies in them."""
    same = [place for place, own in enumerate(words) if own == said.words]
    if len(same) >= said.nth:
        return same[said.nth - 1]
    if same:
        return same[-1]
    alike = [place for place, own in enumerate(words) if _holds(own, said.words) or _holds(said.words, own)]
    if len(alike) == 1:
        return alike[0]
    near = sorted(((_likeness(own, said.words), place) for place, own in enumerate(words)), reverse=True)[:2]
    clear = near and near[0][0] >= SAME and (len(near) == 1 or near[0][0] - near[1][0] >= AHEAD)
    return near[0][1] if clear else None


def lost(spoken: Sequence[Spoken], attributions: Iterable[Attribution]) -> list[Attribution]:
    """What the user said of quotes that the document does not have any more."""
    words = [folded(said) for said in spoken]
    return [said for said in attributions if _place(words, said) is None]


def _likeness(words: str, other: str) -> float:
    """How many of the words of the longer one both have, from 0 to 1."""
    one, two = Counter(words.split()), Counter(other.split())
    return (one & two).total() / max(1, one.total(), two.total())


def _holds(words: str, part: str) -> bool:
    return part.count(" ") + 1 >= ENOUGH and f" {part} " in f" {words} "
