"""What the user said about single quotations, found again."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Quote
from reader.quotes.attributing import attributed, attribution
from tests.store.making import spoken

WALK, ASKED = "We will walk out on Monday,", "Nobody asked us about the harbour"


def test_a_ruling_is_found_by_the_words_however_they_are_written():
    said = attribution([spoken("d1", 5, WALK)], 5, "Sam Other")
    assert said is not None
    moved = [spoken("d1", 90, ASKED, group=1), spoken("d1", 200, "we will WALK out, on Monday", group=2)]
    assert [one.speaker for one in attributed(moved, [said])] == ["Rosa Imaginary", "Sam Other"]


def test_of_equal_quotes_the_one_meant():
    twice = [spoken("d1", 5, "Never.", group=1), spoken("d1", 50, "Never.", group=2)]
    said = attribution(twice, 50, None)
    assert said is not None
    assert said.nth == 2
    found = attributed(twice, [said])
    assert [(one.speaker, one.confidence) for one in found] == [("Rosa Imaginary", "certain"), (None, "unknown")]


def test_the_statement_goes_along_unless_something_else_was_said_of_its_parts():
    both = [spoken("d1", 5, WALK, group=3), spoken("d1", 50, ASKED, group=3)]
    first, second = attribution(both, 5, "Sam Other"), attribution(both, 50, "Ada New")
    assert first is not None
    assert second is not None
    assert [one.speaker for one in attributed(both, [first])] == ["Sam Other", "Sam Other"]
    assert [one.speaker for one in attributed(both, [first, second])] == ["Sam Other", "Ada New"]


def test_other_bounds_of_the_same_quote_are_seen_through_and_short_words_are_not():
    said = attribution([spoken("d1", 5, WALK)], 5, "Sam Other")
    assert said is not None
    longer = [spoken("d1", 5, f"{WALK} and not come back"), spoken("d1", 80, ASKED, group=2)]
    assert [one.speaker for one in attributed(longer, [said])] == ["Sam Other", "Rosa Imaginary"]
    short = attribution([spoken("d1", 5, "on Monday")], 5, "Sam Other")
    assert short is not None
    assert [one.speaker for one in attributed(longer, [short])] == ["Rosa Imaginary", "Rosa Imaginary"]


def test_the_texts_evidence_stays_only_where_it_says_the_same():
    quotes = [spoken("d1", 5, WALK)]
    same, other = attribution(quotes, 5, "Rosa Imaginary"), attribution(quotes, 5, "Sam Other")
    assert same is not None
    assert other is not None
    assert attributed(quotes, [same])[0].quote.mention == quotes[0].quote.mention
    assert attributed(quotes, [other])[0].quote == Quote(5, 5 + len(WALK), "direct", 1, "Sam Other", rule="you", confidence="certain")


def test_no_quote_no_ruling():
    assert attribution([spoken("d1", 5, WALK)], 6, "Sam Other") is None


words = st.lists(st.sampled_from(["no", "never", "we will walk out today", ASKED, "“", ""]), max_size=6)


@given(words, words, st.integers(0, 5), st.none() | st.just("Sam Other"))
def test_whatever_changes_nothing_is_lost_and_what_is_still_there_keeps_its_ruling(before, after, place, speaker):
    old = [spoken("d1", 100 * n, text, group=n) for n, text in enumerate(before)]
    said = attribution(old, 100 * place, speaker)
    assert (said is None) == (place >= len(old))
    if said is not None:
        assert attributed(old, [said])[place].speaker == speaker
        new = [spoken("d1", 100 * n, text, group=n) for n, text in enumerate(after)]
        assert [one.words for one in attributed(new, [said])] == after
