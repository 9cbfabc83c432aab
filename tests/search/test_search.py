"""The search room over a postings store in memory: what is found, how it is ranked, what is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Blocks, Passage, Role
from reader.search.candidates import Bounds
from reader.search.forms import stem, uninflected
from reader.search.passages import LONGEST, passages
from reader.search.plan import plan
from reader.search.rank import search
from reader.search.show import sentence
from reader.text import terms
from tests.search.fakes import MemoryPostings
from tests.strategies import texts

TEXTS = [
    "“A timetable is a promise with numbers in it,” said the mate of the ferry.",
    "The board answered in two lines and said nothing about numbers.",
    "Chanting “No more borrowed hours!” the crew walked along the quay.",
    "Le café de l'île vend des traversées à l'année.",
    "A promise without a timetable is weather.",
    "The ferries sailed at noon, as ferries sail, and nobody raised a hand.",
    *(f"Filler paragraph number {n} speaks of rope, tar and the price of diesel in harbour {n}." for n in range(40)),
]


def store(lines=TEXTS, document="d{}"):
    return MemoryPostings([Passage(0, len(line), " ".join(terms(line)), document=document.format(n)) for n, line in enumerate(lines)])


def first(query, **options):
    found = search(query, store(), **options)
    return TEXTS[int(found[0].passage.document[1:])] if found else None


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("a timetable is a promise with numbers", 0),
        ("timetabel promise nubmers", 0),
        ("promise with numbers in it a timetable is", 0),
        ("a timetable was a firm promise with figures in it", 0),
        ('"no more borowed hours"', 2),
        ("cafe ile annee traversees", 3),
        ("raising hands the ferry sails", 5),
        ("ferries noon", 5),
    ],
)
def test_half_remembered_words_find_their_passage_first(query, wanted):
    assert first(query) == TEXTS[wanted]


def test_an_unfinished_word_is_found_while_it_is_typed():
    assert first("borrowed hou", unfinished=True) == TEXTS[2]
    assert first("timeta", unfinished=True) in (TEXTS[0], TEXTS[4])


def test_nothing_like_it_gives_nothing():
    assert search("xylophone quagmire", store()) == []
    assert search("", store()) == search("  — ”", store()) == []


def test_only_within_the_documents_asked_for():
    postings = store()
    found = search("timetable promise", postings, bounds=Bounds(postings.extents(["d4"])))
    assert [match.passage.document for match in found] == ["d4"]


def test_why_says_what_matched():
    assert search("timetable is a promise with numbers", store())[0].why == "the exact words"
    assert search("timetabel is a promise with numbers", store())[0].why == "all 6 words, 1 changed, sounds like: timetable"
    assert search("timetable is a zebra promise", store())[0].why == "4 of 5 words"
    assert search("weather xylophone quagmire zebra", store())[0].weak


@given(st.lists(texts, min_size=1, max_size=5), texts)
def test_any_query_on_any_text_gives_scores_in_order_between_0_and_100(lines, query):
    found = search(query, store(lines))
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len({match.passage.id for match in found}) == len(found)


@given(texts)
def test_a_passage_finds_itself(text):
    folded = " ".join(terms(text))
    if folded:
        assert search(text, MemoryPostings([Passage(0, len(text), folded, document="d")]))


@given(texts, texts)
def test_marks_are_words_inside_the_sentence_shown(text, query):
    for match in search(query, store([text])):
        (start, end), marks = sentence(text, 0, len(text), match)
        assert 0 <= start < end <= len(text)
        assert all(start <= a < b <= end for a, b in marks)
        tokens = match.passage.folded.split()
        assert all(set(terms(text[a:b])) & {tokens[place] for place in match.places} for a, b in marks)


@given(texts)
def test_passages_are_slices_that_hold_every_word(text):
    blocks = Blocks([Block(Role.BODY, 0, len(text))]) if text else Blocks()
    found = passages(text, blocks)
    assert [word for passage in found for word in passage.folded.split()] == terms(text) or len(text) > LONGEST
    assert all(0 <= passage.start < passage.end <= len(text) for passage in found)


def test_a_very_long_block_is_cut_at_sentences_and_none_is_lost():
    text = " ".join(f"Sentence number {n} is here." for n in range(1000)) + " " + "x" * 9000 + " end"
    found = passages(text, Blocks([Block(Role.BODY, 0, len(text))]))
    assert len(found) > 10
    assert all(passage.end - passage.start <= 2 * LONGEST for passage in found)
    assert sum("sentence" in passage.folded for passage in found) > 5
    assert found[-1].folded.endswith("end")


def test_front_matter_and_second_headlines_are_not_passages():
    text = "title: x\n\nHeadline\n\nHeadline\n\nBody"
    roles = [(Role.METADATA, 0, 8), (Role.TITLE, 10, 18), (Role.DUPLICATE_TITLE, 20, 28), (Role.BODY, 30, 34)]
    found = passages(text, Blocks([Block(role, a, b) for role, a, b in roles]))
    assert [passage.folded for passage in found] == ["headline", "body"]


@pytest.mark.parametrize(
    ("one", "other"), [("raised", "raising"), ("ferries", "ferry"), ("organization", "organized"), ("stopped", "stopping")]
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(uninflected(one)) == stem(uninflected(other))


def test_a_common_word_gets_no_stand_ins():
    lines = [f"the price of tar {n} and rope" for n in range(3000)] + ["tarn"]
    made = plan("price tarn", store(lines))
    assert set(made.words[0].forms) == {"price"}
    assert made.words[1].forms["tarn"] == made.words[1].worth
    assert made.words[1].worth > made.words[0].worth


def test_a_rare_stand_in_of_a_likely_slip_is_worth_nothing():
    lines = [f"she went with the {n} boats" for n in range(400)] + ["a wihth of nothing"]
    word = plan("wiht", store(lines)).words[0]
    assert word.forms["with"] < 1


def test_two_words_that_both_stand_there_as_typed_come_first():
    lines = ["storm", "borne " + "by the wind and the wave " * 9 + " upon the storm", "borne storming", "a storm borne off"]
    found = search("borne storm", store(lines))
    assert {match.passage.document for match in found[:2]} == {"d1", "d3"}
    assert found[0].why == "all 2 words, side by side"


def test_words_near_each_other_are_called_near():
    assert search("mate ferry", store(["the mate of the ferry"]))[0].why == "all 2 words, near: 2 words apart"


def test_words_in_their_order_beat_the_same_words_scattered():
    lines = ["numbers with a quay in it is a promise and the timetable of it", "so a timetable is a promise with numbers in it he said"]
    assert search("timetable is a promise with numbers", store(lines))[0].passage.document == "d1"


def test_a_quotation_that_runs_over_a_paragraph_is_found_whole():
    lines = ["we asked for one thing a timetable", "that is a promise with numbers in it", *TEXTS[5:]]
    found = search("thing a timetable that is a promise", store(lines, document="d"))
    assert found[0].passage.folded == f"{lines[0]} {lines[1]}"
    assert search("thing a timetable that is a promise", store(lines))[0].passage.folded in lines


def test_two_words_typed_for_one_and_one_for_two():
    assert first("time table promise numbers") == TEXTS[0]


def test_exact_words_are_kept_to():
    assert [m.passage.document for m in search("a timetable", store(), exact=["without a timetable"])] == ["d4"]
    assert search("a timetable", store(), exact=["timetable a"]) == []


def test_words_left_out_and_asked_for():
    assert [m.passage.document for m in search("timetable", store(), bounds=Bounds(without=("weather",)))] == ["d0"]
    assert [m.passage.document for m in search("timetable", store(), bounds=Bounds(required=("weather",)))] == ["d4"]


def test_a_compound_is_found_by_its_beginning():
    lines = ["Die Donaudampfschifffahrt ruht.", *TEXTS]
    assert search("donaudampf", store(lines))[0].passage.document == "d0"


def test_text_without_spaces_is_found_by_any_two_characters():
    assert search("京都", store(["東京都は大きい", *TEXTS]))[0].passage.document == "d0"


def test_one_letter_more_or_less_in_a_huge_query_changes_nothing():
    assert first(" ".join(TEXTS[:2] * 30)) in TEXTS[:2]


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_a_search_is_the_same_while_the_last_word_is_whole_and_ended(lines, query):
    postings = store(lines)
    whole = search(query + " ", postings, unfinished=True)
    assert [m.passage.id for m in whole] == [m.passage.id for m in search(query + " ", postings)]
