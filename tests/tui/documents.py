"""Invented documents for the tests of the window, and a hypothesis strategy for odd ones."""

from hypothesis import settings
from hypothesis import strategies as st

from reader.model import Annotation, Block, Blocks, Entry, Inline, Metadata, Page, Role, Version
from reader.text import safe
from tests.strategies import texts

few = settings(max_examples=40)
"""For properties of whole documents, which are slow to invent."""

WIDE = st.sampled_from("港の組合は、月曜日に「投票」を行った。 👩\u200d🔬 e\u0301 🇵🇹 \u200d\u200d 한국어 ﷽ ☎\ufe0f -".split(" "))
wide = st.lists(WIDE | st.sampled_from([" ", "ferry"]), min_size=1, max_size=40).map("".join)
lines = st.lists(texts, min_size=1, max_size=5).map("\n".join)
tables = st.lists(
    st.lists(texts.map(lambda t: t.replace("\t", " ").replace("\n", " ")), min_size=1, max_size=5).map("\t".join), min_size=1, max_size=5
).map("\n".join)
long_words = st.integers(60, 400).map("x".__mul__)
blocks = st.tuples(st.sampled_from(list(Role)), st.integers(0, 6), texts | wide | lines | tables | long_words)


def document(parts):
    """Text and blocks of (role, level, words) triples; what is only white space is left out."""
    at, pieces, found = 0, [], []
    for role, level, words in parts:
        words = safe(words).strip()
        if words:
            found.append(Block(role, at, at + len(words), level))
            pieces.append(words)
            at += len(words) + 2
    return "\n\n".join(pieces), Blocks(found)


documents = st.lists(blocks, max_size=12).map(document)


def page_of(parts, annotations=(), inlines=()):
    text, found = document(parts)
    version = Version("content", "text", "text", 1)
    return Page(Entry("d", "/invented.txt", Metadata(), "Invented"), version, text, found, tuple(inlines), tuple(annotations))


FERRY = [
    (Role.METADATA, 0, "Skip to content\nMenu"),
    (Role.TITLE, 0, "Ferry crews vote to strike over lifeboats"),
    (Role.BYLINE, 0, "By Imogen Tallow"),
    (
        Role.BODY,
        0,
        "Crews of the Example Harbour Line voted to walk out. “We are not asking for the moon,” said Bartholomew Quill. He laughed.",
    ),
    (Role.BODY, 0, "The board answered in two sentences. It would not comment on the lifeboats."),
    (Role.HEADING, 2, "What the inspectors found"),
    *[
        (Role.BODY, 0, f"Paragraph {n} tells of rust in davit number {n}. A rope had been painted there. Nobody lowered boat {n}.")
        for n in range(40)
    ],
    (Role.BOILERPLATE, 0, "Share this"),
    (Role.BOILERPLATE, 0, "More to explore"),
]


def ferry(annotations=(), inlines=()):
    return page_of(FERRY, annotations, inlines)


def place(page, words):
    start = page.text.index(words)
    return start, start + len(words)


def annotation(page, name, kind, words):
    start, end = place(page, words)
    return Annotation(name, kind, "d", "a note" if kind == "note" else "", (), "", "", None, start, end)


def link(page, words, target):
    start, end = place(page, words)
    return Inline("link", start, end, target)
