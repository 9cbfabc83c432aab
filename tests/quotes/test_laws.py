"""What holds of the quotes of any text, and the four documents that came with the project's first users."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.read import read
from reader.model import KINDS, Block, Role
from reader.quotes.find import find

PIECES = st.sampled_from(
    ["“", "”", '"', "„", "«", "»", "「", "」", "‘", "’", "'", "''", "``", "~ ", "— ", " said ", " says", ", ", ". ", ": ", "\n", "\n\n", " she ", " he ", " they ", "you ",
     " Rosa Imaginary", " Imaginary", " Mayor", " the mayor ", " of ", " and ", "(IWU)", " Dear ", "Rep. ", "A", "J. ", "called ", "we ", "walk out", "...", "Read More »", "\t\t",
     " who ", " according to ", "’s ", " Statement on ", "I", "1", " Mr.", "\xa0", "\u2028", "\ud800", "İ", "ß", "\U0001f6a2", "saidX", "put it "]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join), st.data())
def test_every_offset_is_a_slice_and_nothing_raises(text, data):
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    spans = [(a, b) for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b and text[a:b].strip()]
    blocks = [Block(data.draw(st.sampled_from(list(Role))), a, b) for a, b in spans]
    for quotes in (find(text), find(text, blocks)):
        last = 0
        for quote in quotes:
            assert last <= quote.start < quote.end <= len(text)
            last = quote.end
            for span in (quote.mention, quote.cue, quote.naming):
                assert span is None or 0 <= span[0] < span[1] <= len(text)
            assert quote.kind in KINDS
            assert quote.confidence in ("certain", "likely", "unknown")
            assert quote.speaker is None or quote.speaker.strip()
            assert quote.confidence != "unknown" or (quote.speaker is None and quote.mention is None)
            assert quote.confidence != "certain" or quote.speaker is not None


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text(text):
    find(text)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 5000,
        '"a ' * 5000,
        "“a” " * 5000,
        "« " * 5000,
        "(" * 5000 + "“Yes, we do so now,” said A",
        "A " * 20_000 + "“We do.”",
        "' '" * 5000,
    ],
)
def test_hostile_texts_are_answered(text):
    find(text)


SEEDS = Path(os.environ.get("PULLQUOTE_EVAL", "")) / "seeds"


@pytest.mark.skipif(
    not os.environ.get("PULLQUOTE_EVAL") or not SEEDS.is_dir(),
    reason="PULLQUOTE_EVAL names no folder with the four documents and their answers",
)
def test_the_four_documents():
    for row in map(json.loads, (SEEDS / "quotes_gold.jsonl").read_text(encoding="utf-8").splitlines()):
        document = read("page.txt", row["text"].encode())
        quotes = find(document.text, document.blocks, document.metadata)
        assert document.text == row["text"]
        for gold in row["quotes"]:
            words = row["text"][gold["start"] : gold["end"]].strip('“”" ')
            found = [quote for quote in quotes if row["text"][quote.start : quote.end].strip('“”" ') == words]
            assert len(found) == 1, words
            right = {gold["speaker"], *(gold["acceptable"] or [])}
            last = {name.split()[-1].strip("()") for name in right if name} | (
                {None} if None in right or gold["speaker"] is None else set()
            )
            speaker = found[0].speaker
            assert (speaker.split()[-1].strip("()") if speaker else None) in last or gold["kind"] == "chant", (words, speaker)
        for other in row["not_quotes"]:
            assert not any(quote.start < other["end"] and quote.end > other["start"] for quote in quotes), other["text"]
