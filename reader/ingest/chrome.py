"""Lines of web pages that are no part of any article: buttons, notices, end marks. Owns the lexicon `chrome.txt` and a few patterns."""

import re
from functools import cache
from pathlib import Path

_LONGEST = 400
_EDGES = " \t\u00a0.:;,!?…»›>→«‹<←↑↓|•·*#-–—()[]{}+×\"'“”"
_END_MARK = re.compile(r"(?:[#*~=_\-–—+.•·◦]\s*){2,}$|[-–—]\s?30\s?[-–—]$|[#*]{1,3}\s?(?:end|ends)\s?[#*]{1,3}$", re.IGNORECASE)
_COOKIE_VERBS = re.compile(
    r"\b(?:(?:web)?site (?:uses|sets)|we use|uses? cookies|by (?:continuing|using|clicking|reading|browsing)|you (?:consent|agree)|learn more|our (?:privacy|cookie))\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b).{0,40}(?:\b\d{4}\b|rights reserved)|all rights reserved\W*$", re.IGNORECASE)
_SHARING = re.compile(
    r"(?:(?:share|tweet|like|pin|e-?mail|print|post|save|facebook|twitter|linkedin|reddit|whatsapp|pinterest|copy link|rss|pdf)\b[\s|/,·•+]*){2,}$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"(?:\d[\d,.]*k?\s+)?(?:comments?|shares?|likes?|views?|replies|retweets?)(?:\s*\(\d+\)|\s*[:|]\s*\d+)?$|page \d+ of \d+$|\d+ of \d+$"
    r"|\d+ min(?:ute)?s? read$",
    re.IGNORECASE,
)
_FILED = re.compile(
    r"(?:posted in|filed under|categor(?:y|ies)|tags?|tagged(?: with| as)?|topics|labels)\s*[:|]\s*\S|filed under\s+\S", re.IGNORECASE
)


@cache
def _lexicon() -> tuple[frozenset[str], tuple[str, ...]]:
    lines = Path(__file__).with_name("chrome.txt").read_text("utf-8").splitlines()
    entries = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return (
        frozenset(_key(entry) for entry in entries if not entry.endswith("...")),
        tuple(entry.removesuffix("...") for entry in entries if entry.endswith("...")),
    )


def _key(line: str) -> str:
    return " ".join(line.lower().replace("’", "'").strip(_EDGES).split())


def is_end_mark(line: str) -> bool:
    """Whether a line marks the end of a text or a break in it: "###", "# # #", "-30-", "* * *"."""
    return len(line) <= 40 and _END_MARK.match(line) is not None


def is_chrome(line: str) -> bool:
    """Whether the whole line is furniture of a page: "Scroll to Top", "Share this: Facebook | Twitter", a cookie notice, "###"."""
    if len(line) > _LONGEST:
        return False
    if len(line) <= 80:
        known, openings = _lexicon()
        key = _key(line)
        if key in known or not key or _SHARING.match(line) or _COUNTS.match(line) or key.startswith(openings):
            return True
    if is_end_mark(line) or (len(line) <= 160 and (_FILED.match(line) or _RIGHTS.match(line))):
        return True
    low = line.lower()
    if not ("cookie" in low or "consent" in low or "privacy" in low or "terms" in low):
        return False
    key = _key(line)
    if not ("cookie" in key or "consent" in key or "privacy policy" in key or "terms of" in key):
        return False
    return len(_COOKIE_VERBS.findall(line)) >= 2


_RELATED = frozenset(
    "more to explore|more stories|more news|more like this|related|related articles|related content|related links|related news|related posts|"
    "related stories|related reading|read next|up next|you may also like|you might also like|recommended|recommended for you|recommended reading|"
    "trending|trending now|most popular|most read|popular posts|latest posts|recent posts|recent articles|recent news|what to read next".split(
        "|"
    )
)


def opens_related(line: str) -> bool:
    """Whether a line of furniture announces titles of other articles: "More to explore"."""
    return len(line) <= 40 and _key(line) in _RELATED
