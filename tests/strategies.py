"""Hypothesis strategies: one place for what texts, notes and documents look like."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    "the a harbour ferry wage café Hero’s zero’s “quoted” naïve – co-op 12 $3.50 Ümlaut straße İstanbul 東京 日本語 e\u0301 it's".split()
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\u00a0", "\t"])

prose = st.lists(st.tuples(WORDS, SPACES), max_size=60).map(lambda pairs: "".join(word + space for word, space in pairs))
"""Text that looks like text, with everything that folding must see through."""

anything = st.text(max_size=200)
"""Any text at all: control characters, surrogate-free, every script."""

texts = prose | anything
