"""What one line looks like: a sentence, a headline, a name, a label. Pure tests on strings, each linear in their length."""

import re

SMALL_WORDS = frozenset(
    "a an the and or but nor of in on at to for from by with as is are be vs via per into over under up out off not its "
    "de la le les des du et der die das und von van den y el los las del e da do dos".split()
)
_CLOSERS = "\"'”’»)]›*_ \u00a0"
_OPENERS = "\"'“‘«([‹*_ "
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’»)\]]?\s+[\"'“‘«(]?[A-ZÀ-Þ]")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Rep|Sen|Gov|Dr|Mr|Mrs|Ms|Jr|Sr|St|No|Inc|Co|vs|Lt|Gen|Reps|Sens|Dept|U\.S|D\.C)\.\s")
_ABBREVIATION_LAST = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|Conn|Calif|Mass|Fla|Pa|Va)\.)$")
_SALUTATION = re.compile(
    r"(?:dear|mr\.?\s(?:speaker|president|vice|chairman|chief)|madam|to the (?:congress|senate|house)|fellow|my fellow|ladies and|gentlemen|friends"
    r"|citizens of|people of|countrymen|thank you|good (?:morning|afternoon|evening)|members of)\b",
    re.IGNORECASE,
)


def ends_sentence(line: str) -> bool:
    """Whether the line ends like running text: full stop, question or exclamation mark, dots, within closing marks or not."""
    return line.rstrip(_CLOSERS)[-1:] in (".", "!", "?", "…", "。", "！", "？")


def ends_statement(line: str) -> bool:
    """`ends_sentence` without questions and exclamations, which headlines may be."""
    return line.rstrip(_CLOSERS)[-1:] in (".", "…", "。", ";", ",")


def is_prose(line: str, words: int) -> bool:
    """Whether the line is a paragraph: long, or a full sentence of eight words, or two sentences."""
    if words > 32 or len(line) > 240:
        return True
    if ends_statement(line) and words >= 8:
        return True
    return words >= 8 and len(_SENTENCE_BREAK.findall(_ABBREVIATED.sub(" ", line))) >= 1


def is_salutation(line: str) -> bool:
    """Whether a speech or letter opens: "Mr. Speaker, ...", "Dear Ms. Novak:", "Fellow citizens:"."""
    return _SALUTATION.match(line) is not None


def is_titlelike(line: str, words: int) -> bool:
    """Whether the line could be a headline: short, starts with a capital, figure or quotation mark, does not end like a statement."""
    bare = line.lstrip(_OPENERS)
    if (
        not bare
        or words > 32
        or len(line) > 260
        or (ends_statement(line) and not _ABBREVIATION_LAST.search(line))
        or (line.endswith(":") and words > 14)
    ):
        return False
    if bare[0].islower() or not (bare[0].isalnum() or bare[0] in "$£€#@&¿¡"):
        return False
    return any(c.isalpha() for c in bare) and not (is_salutation(line) and line[-1:] in ":,")


def capitalised(line: str) -> float:
    """The share of words that start with a capital or a figure, small words left out; 0 when there are none."""
    words = [
        word for word in (w.strip(_OPENERS + _CLOSERS + ".,;:!?–—-") for w in line.split()) if word and word.lower() not in SMALL_WORDS
    ]
    return sum(not word[0].islower() for word in words) / len(words) if words else 0.0


def is_namelike(line: str, words: int) -> bool:
    """Whether the line is nothing but a person or body, with a role perhaps: "Ana Ruiz, crane driver", "Dockers’ Council (DC)"."""
    if not 1 < words <= 14 or len(line) > 120 or ends_sentence(line.rstrip(".")) or line.endswith((":", ";", ",")):
        return False
    if not line[0].isupper() or any(mark in line for mark in '“”"?!'):
        return False
    name = re.split(r"[,(|–—]| - ", line, maxsplit=1)[0].strip()
    return 1 <= len(name.split()) <= 8 and capitalised(name) == 1.0 and not any(c.isdigit() for c in name)


def is_spoken(line: str) -> bool:
    """Whether the paragraph is all quotation: opens with a mark and closes with one, or has lost one of the two."""
    bare = line.strip()
    if len(bare) < 30:
        return False
    return (bare[0] in '“"«„' and bare[-1] in '”"»“' and bare.count("“") <= 1 and bare.count('"') in (0, 2)) or has_lost_mark(bare)


def has_lost_mark(line: str) -> bool:
    """Whether the paragraph ends with a closing quotation mark that it never opened."""
    bare = line.rstrip()
    if bare[-1:] == "”":
        return "“" not in bare and '"' not in bare
    return bare[-1:] == '"' and bare.count('"') == 1
