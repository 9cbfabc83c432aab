"""Every implementation of `ports.Postings` answers alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Passage
from tests.search.fakes import MemoryPostings
from tests.store.making import ids

PASSAGES = [
    Passage(0, 10, "the ferry sails at noon", document="d1"),
    Passage(10, 20, "the fery never sailed", document="d1"),
    Passage(0, 10, "wages and ferries", document="d2"),
    Passage(10, 20, "東京 the noon", document="d2"),
]


def shown(passages):
    return sorted((p.document, p.start, p.end, p.folded) for p in passages)


def test_frequencies_leave_out_what_is_nowhere(postings):
    assert postings(PASSAGES).frequencies(["the", "ferry", "whale", "東京"]) == {"the": 3, "ferry": 1, "東京": 1}


def test_neighbours_are_one_letter_away_at_most_on_both_sides(postings):
    found = postings(PASSAGES).neighbours(["ferry", "whale"])["ferry"]
    assert {"ferry": 1, "fery": 1}.items() <= found.items()
    assert "noon" not in found


def test_terms_that_start_alike_most_frequent_first(postings):
    assert dict(postings(PASSAGES).starting("fer", 10)) == {"ferry": 1, "fery": 1, "ferries": 1}
    assert list(postings(PASSAGES).starting("n", 1)) == ["noon"]
    assert postings(PASSAGES).starting("zz", 5) == {}


def test_passages_that_hold_a_term(postings):
    store = postings(PASSAGES)
    assert shown(store.passages(ids(store, "the"))) == shown([PASSAGES[0], PASSAGES[1], PASSAGES[3]])
    assert ids(store, "whale") == []
    assert store.passages([999]) == []
    assert store.folded([*ids(store, "wages"), 999]) == {ids(store, "wages")[0]: "wages and ferries"}


def test_neighbours_in_a_document_have_neighbouring_ids(postings):
    store = postings(PASSAGES)
    (first, last), *_ = store.extents(["d1"])
    assert [p.start for p in sorted(store.passages([first, last]), key=lambda p: p.id)] == [0, 10]
    assert last == first + 1
    assert store.extents(["nobody"]) == []


def test_passages_that_cover_places(postings):
    store = postings(PASSAGES)
    ((first, last),) = store.extents(["d1"])
    assert store.covering([("d1", 3, 5), ("d1", 9, 11), ("d1", 10, 10), ("d1", 50, 60), ("nobody", 0, 5)]) == [
        (first, first),
        (first, last),
        (last, last),
    ]


def test_count_is_about_right(postings):
    assert postings(PASSAGES).count() == len(PASSAGES)
    assert postings([]).count() == 0


terms = st.lists(st.sampled_from("a ab abc abcd bcd noon nooon ferry fery".split()), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=25)
@given(st.lists(terms, min_size=1, max_size=6), st.sampled_from("ab abc noon ferry xyz".split()))
def test_implementations_agree(postings, foldeds, asked):
    passages = [Passage(n * 10, n * 10 + 5, folded, document=f"d{n % 2}") for n, folded in enumerate(foldeds)]
    real, fake = postings(passages), MemoryPostings(passages)
    assert dict(real.neighbours([asked, "abc"])) == fake.neighbours([asked, "abc"])
    assert dict(real.starting(asked, 99)) == fake.starting(asked, 99)
    assert shown(real.passages(ids(real, asked))) == shown(fake.passages(ids(fake, asked)))
