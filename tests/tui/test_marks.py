"""Spans found by what they overlap, rows cut where looks change, words found slice by slice, and what a selection command means."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Blocks, Inline, Role
from reader.text import fold, occurrences, safe
from reader.tui.find import Finder
from reader.tui.highlights import SpanIndex, cut
from reader.tui.selecting import Chooser
from reader.tui.wrap import graphemes
from tests.strategies import texts
from tests.tui.documents import documents, few, wide

PLACES = st.integers(0, 60)
SPANS = st.lists(st.tuples(PLACES, PLACES), max_size=20)


@given(SPANS, PLACES, PLACES)
def test_an_index_finds_what_looking_at_every_span_finds(spans, start, end):
    index = SpanIndex(spans)
    everything = sorted((s, e, number) for number, (s, e) in enumerate(spans) if s < e)
    assert index.spans == everything
    if start < end:
        assert index.overlapping(start, end) == [span for span in everything if span[0] < end and span[1] > start]
        assert index.starting(start, end) == [span for span in everything if start <= span[0] < end]
    assert index.after(start) == next((span for span in everything if span[0] > start), None)
    assert index.before(start) == next((span for span in reversed(everything) if span[0] < start), None)


@given(texts | wide, SPANS, SPANS, PLACES, PLACES)
def test_stretches_cover_a_row_in_order_and_know_their_layers(text, notes, hits, start, end):
    text = safe(text)
    end = min(end, len(text))
    if start >= end:
        return
    inlines = [Inline("link", 2, 20, "https://example.org")]
    stretches = cut(text, start, end, inlines, {"note": SpanIndex(notes), "hit": SpanIndex(hits)})
    assert [s.start for s in stretches] == [start, *(s.end for s in stretches[:-1])]
    assert stretches[-1].end == end
    simple = len(graphemes(text[start:end])) == end - start
    for stretch in stretches:
        for place in range(stretch.start, stretch.end) if simple else ():
            count = sum(s <= place < e for s, e in notes)
            assert ("note" in stretch.layers) == (count > 0)
            assert ("note+" in stretch.layers) == (count > 1)
            assert ("hit" in stretch.layers) == any(s <= place < e for s, e in hits)
            assert stretch.target == ("https://example.org" if 2 <= place < 20 else None)


def test_cuts_do_not_part_what_is_one_character_to_its_reader():
    text = "e\u0301a👩\u200d🔬"
    assert [text[s.start : s.end] for s in cut(text, 0, len(text), (), {"hit": SpanIndex([(1, 4)])})] == ["e\u0301a", "👩\u200d🔬"]


@given(texts | wide, st.sampled_from(["e", "the", "zero's", "heros ", "a harbour", "組合", "o"]), st.integers(0, 100), st.integers(1, 40))
def test_looking_slice_by_slice_finds_what_looking_at_once_finds(text, words, start, size):
    finder = Finder(text, words, start, slice_size=size)
    for _ in range(2 * len(text) + 2):
        finder.advance()
    assert finder.complete
    assert finder.found == sorted(set(occurrences(fold(text), words.strip())))


def test_nothing_is_found_of_nothing():
    for text, words in [("", "a"), ("text", ""), ("text", " \u200b ")]:
        finder = Finder(text, words, 2)
        finder.advance_for(0)
        assert finder.complete
        assert finder.found == []


@few
@given(documents, st.data())
def test_selection_commands_stay_in_the_text_and_only_grow(made, data):
    text, blocks = made
    if not text:
        return
    chooser = Chooser(text, blocks)
    place = data.draw(st.integers(0, len(text) - 1))
    span = chooser.sentence(place)
    assert 0 <= span[0] < span[1] <= len(text)
    for grow in (chooser.extend_word, chooser.extend_sentence, chooser.extend_back, chooser.extend_paragraph):
        start, end = grow(span)
        assert 0 <= start <= span[0] < span[1] <= end <= len(text)
    start, end = chooser.shrink_word(span)
    assert start == span[0]
    assert start < end <= span[1]
    following, before = chooser.next_sentence(span[1]), chooser.previous_sentence(span[0])
    assert following is None or following[0] >= span[1]
    assert before is None or before[1] <= span[0]


@few
@given(documents)
def test_next_sentence_walks_through_everything(made):
    text, blocks = made
    chooser = Chooser(text, blocks)
    at = 0
    held: set[int] = set()
    while (span := chooser.next_sentence(at)) is not None:
        held.update(range(*span))
        assert span[1] > at
        at = span[1]
    assert all(place in held or character.isspace() for place, character in enumerate(text))


def test_a_very_long_block_is_not_read_whole_for_one_sentence():
    text = "Nobody lowered boat 3. " * 20_000
    chooser = Chooser(text, Blocks([Block(Role.BODY, 0, len(text) - 1)]))
    middle = 23 * 10_000
    assert chooser.sentence(middle + 4) == (middle, middle + 22)
    assert chooser.next_sentence(middle + 22) == (middle + 23, middle + 45)
    assert chooser.previous_sentence(middle) == (middle - 23, middle - 1)
