"""The search bar's little language: what is an operator, what is text, and that nothing typed is ever lost or fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.query import OPERATORS, completions, parse
from reader.text import terms


@pytest.mark.parametrize(
    ("typed", "words", "exact", "without", "narrowed"),
    [
        ("half remembered words", "half remembered words", (), (), ()),
        ('he said "exact words" twice', "he said exact words twice", ("exact words",), (), ()),
        ("wages -teachers", "wages", (), ("teachers",), ()),
        ("wages -teachers -nurses from:2021", "wages", (), ("teachers", "nurses"), (("from", "2021"),)),
        ('in:"state workers" wages by:Fiction', "wages", (), (), (("in", "state workers"), ("by", "Fiction"))),
        ("FROM:2021-03 to:2022 has:note", "", (), (), (("from", "2021-03"), ("to", "2022"), ("has", "note"))),
        ("the ferry -late again- sailed", "the ferry -late again- sailed", (), (), ()),
        ("meet at 10:30: no later", "meet at 10:30: no later", (), (), ()),
        ('a lone " mark', 'a lone " mark', (), (), ()),
        ("“curly words”", "“curly words”", (), (), ()),
    ],
)
def test_queries_are_taken_apart(typed, words, exact, without, narrowed):
    query = parse(typed)
    assert (query.words, query.exact, query.without, query.narrowed) == (words, exact, without, narrowed)
    assert query.remarks == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red wages", "colour: is no operator; searched as text"),
        ("from:yesterday wages", "from: wants a date such as 2021 or 2021-03; searched as text"),
        ("has:wings", "has: knows only has:note; searched as text"),
    ],
)
def test_what_is_no_operator_is_searched_as_text_and_said(typed, said):
    query = parse(typed)
    assert query.remarks == (said,)
    assert terms(query.words) == terms(typed)


def test_an_address_is_text_without_a_word_about_it():
    assert parse("https://example.org/a").remarks == ()


def test_a_space_at_the_end_says_that_the_last_word_is_whole():
    assert parse("wages ").words == "wages "
    assert parse("wages").words == "wages"


@given(st.text(alphabet='ab -":\u201c\n0', max_size=40))
def test_no_word_is_lost_whatever_is_typed(typed):
    query = parse(typed)
    kept = [*terms(query.words), *query.without]
    for name, value in query.narrowed:
        kept += [*terms(name), *terms(value)]
    assert sorted(kept) == sorted(terms(typed))


def test_completions_offer_operators_by_their_beginning():
    assert [name for name, _ in completions("wages f")] == ["from:"]
    assert [name for name, _ in completions("wages ")] == []
    assert all(about for _, about in completions("t"))
    assert set(OPERATORS) == {"by", "in", "from", "to", "tag", "note", "has"}
