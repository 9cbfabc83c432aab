"""Anchors: a note finds its words again or says that it has no place; it never sits on others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchor.quote import describe, resolve_all
from tests.strategies import texts

OLD = "Team Alpha won the first cup in May.\n\nNobody was surprised.\n\nTeam Beta won the second cup in June.\n\nNobody was surprised.\n"


def resolve(words, new, old=OLD, nth=0, *, known=True):
    at = -1
    for _ in range(nth + 1):
        at = old.index(words, at + 1)
    anchor = describe(old, "old", at, at + len(words))
    return resolve_all([anchor], "new", new, old if known else None)[0]


def shown(resolution, text):
    return text[resolution.start : resolution.end] if resolution.start is not None else resolution.state


@given(texts, st.integers(0, 200), st.integers(0, 200))
def test_an_anchor_holds_its_words_and_lies_where_it_was_in_the_same_text(text, a, b):
    start, end = min(a, b), max(a, b)
    try:
        anchor = describe(text, "v", start, end)
    except ValueError:
        assert not text[start:end].strip() or end > len(text)
        return
    assert text[anchor.start : anchor.end] == anchor.exact
    found = resolve_all([anchor], "v", text, text)[0]
    assert (found.state, found.start, found.end) == ("anchored", start, end)


@given(texts, texts, st.integers(0, 60))
def test_what_is_anchored_in_another_text_folds_to_the_same_words(old, new, start):
    from reader.text import fold

    if not old[start : start + 12].strip():
        return
    anchor = describe(old, "old", start, min(len(old), start + 12))
    found = resolve_all([anchor], "new", new, old)[0]
    if found.start is not None and found.end is not None:
        assert found.state == "anchored"
        assert fold(new[found.start : found.end]).text == fold(anchor.exact).text
    else:
        assert found.state in ("orphan", "ambiguous")


@pytest.mark.parametrize(
    "new",
    [
        "An extra line.\n\n" + OLD,
        OLD.replace("\n\n", "\n"),
        OLD.replace("Alpha", "ALPHA").replace(" ", "\u00a0"),
        OLD.replace("in May", "in the month of May"),
    ],
    ids=["moved down", "re-wrapped", "other case and spaces", "edited near by"],
)
def test_words_that_stand_once_are_followed(new):
    assert shown(resolve("Team Alpha won the first cup", new), new).casefold().replace("\u00a0", " ") == "team alpha won the first cup"


def test_words_that_are_gone_make_an_orphan():
    assert resolve("Team Alpha won", OLD.replace("Team Alpha won", "Nobody got")).state == "orphan"


def test_a_look_alike_is_never_taken():
    shorter = "Team Beta won the second cup in June.\n\nNobody was surprised.\n"
    assert resolve("Nobody was surprised", shorter, nth=0).state == "orphan"
    assert shown(resolve("Nobody was surprised", shorter, nth=1), shorter) == "Nobody was surprised"


def test_the_same_words_in_several_places_need_the_same_surroundings():
    assert shown(resolve("Nobody was surprised", "New.\n\n" + OLD, nth=1), "New.\n\n" + OLD) == "Nobody was surprised"
    moved = resolve("Nobody was surprised", "New.\n\n" + OLD, nth=1)
    assert moved.start == ("New.\n\n" + OLD).rindex("Nobody")


def test_words_that_became_several_are_ambiguous():
    assert (
        resolve(
            "first cup", OLD.replace("May.", "May. The first cup is won. A first cup it was.").replace("the first cup", "that first cup")
        ).state
        == "ambiguous"
    )


def test_without_the_old_text_one_place_is_enough_for_words_that_are_telling():
    new = "Then it was said that Team Alpha won the first cup, at last."
    assert shown(resolve("Team Alpha won the first cup", new, known=False), new) == "Team Alpha won the first cup"


def test_a_few_words_need_something_around_them_that_stayed():
    assert resolve("first cup", "My first cup.").state == "orphan"
    assert shown(resolve("first cup", "Team Alpha won the first cup, they say."), "Team Alpha won the first cup, they say.") == "first cup"


def test_parts_of_words_are_no_place():
    old = "See Linus there."
    assert resolve("Linus", "The mahlinusis.", old).state == "orphan"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 999), (36, 38)])
def test_what_is_no_stretch_of_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="no stretch"):
        describe(OLD, "v", start, end)


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("5%", "It rose by 5% in May.", "It rose by 0.5% in May."),
        ("5", "There are 5 boats.", "There are 7.5 boats."),
        ("5", "There are 5 boats.", "There are 5,000 boats."),
        ("5", "It was 5 degrees.", "It was -5 degrees."),
        ("can", "We can pay.", "We can’t pay."),
        ("strike", "The strike law passed.", "The anti-strike law passed."),
    ],
)
def test_words_that_became_part_of_others_are_no_place(words, old, new):
    assert resolve(words, new, old).state == "orphan"


def test_a_stop_or_a_mark_after_the_words_is_no_part_of_them():
    new = "The strike, the longest yet, ended."
    assert shown(resolve("strike", new, "The strike ended."), new) == "strike"
