"""Anchors: a note finds its words again or says that it has no place; it never sits on others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchor.alignment import align
from reader.anchor.nearest import nearest
from reader.anchor.quote import describe, resolve_all
from reader.anchor.tokens import tokens
from reader.text import fold
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


def squeezed(text):
    """Folded, without the white space that words may be re-wrapped at."""
    return fold(text).text.replace(" ", "")


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
    if not old[start : start + 12].strip():
        return
    anchor = describe(old, "old", start, min(len(old), start + 12))
    found = resolve_all([anchor], "new", new, old)[0]
    if found.start is None or found.end is None:
        assert found.state in ("orphan", "ambiguous")
    else:
        assert 0 <= found.start < found.end <= len(new)
        assert found.state == "changed" or squeezed(new[found.start : found.end]) == squeezed(anchor.exact)


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


def test_words_stay_in_their_sentence_when_they_are_written_elsewhere_too():
    new = OLD.replace("May.", "May. The first cup is won. A first cup it was.").replace("the first cup", "that first cup")
    found = resolve("first cup", new)
    assert found.start == new.index("first cup")


def test_words_cut_out_and_put_in_twice_are_ambiguous():
    words = "Team Alpha won the first cup in May."
    new = f"{words}\n\nNobody was surprised.\n\nTeam Beta won the second cup in June.\n\nNobody was surprised.\n\n{words}\n"
    old = "A very short beginning.\n\nNobody was surprised.\n\n" + words + "\n\nAnd a quite different end of it all.\n"
    assert resolve(words, new, old, known=False).state == "ambiguous"


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
    ("words", "old", "new", "now"),
    [
        ("5%", "It rose by 5% in May.", "It rose by 0.5% in May.", "0.5%"),
        ("5", "It was 5 degrees.", "It was -5 degrees.", "-5"),
        ("can", "We can pay.", "We can’t pay.", "can’t"),
        ("strike", "The strike law passed.", "The anti-strike law passed.", "anti-strike"),
    ],
)
def test_words_that_became_part_of_others_are_told_to_have_changed(words, old, new, now):
    found = resolve(words, new, old)
    assert (found.state, shown(found, new)) == ("changed", now)
    assert resolve(words, new, old, known=False).state == "orphan"


def test_a_stop_or_a_mark_after_the_words_is_no_part_of_them():
    new = "The strike, the longest yet, ended."
    assert shown(resolve("strike", new, "The strike ended."), new) == "strike"


@pytest.mark.parametrize("new", ["There are 7.5 boats.", "There are 5,000 boats.", "There are nine boats."])
def test_another_number_is_not_the_same_words(new):
    assert resolve("5", new, "There are 5 boats.").state == "orphan"


TWINS = "The Union of Tugs asked for nine percent in May.\n\n", "The Union of Buoys asked for nine percent in June.\n\n"
FRAME = "Port Nowhere is quiet tonight.\n\n{}{}The talks go on next week.\n"


@pytest.mark.parametrize("twin", [0, 1])
def test_two_near_identical_paragraphs_that_swap_keep_their_own_notes(twin):
    old, new = FRAME.format(*TWINS), FRAME.format(*TWINS[::-1])
    words = TWINS[twin].strip()
    assert shown(resolve(words, new, old), new) == words


@pytest.mark.parametrize("twin", [0, 1])
@pytest.mark.parametrize("words", ["asked for nine percent", "The Union of", "nine percent in"])
def test_the_notes_of_a_deleted_paragraph_never_jump_to_its_twin(twin, words):
    old, new = FRAME.format(*TWINS), FRAME.format(TWINS[1 - twin], "")
    assert resolve(words, new, old, nth=twin).state == "orphan"
    assert shown(resolve(words, new, old, nth=1 - twin), new) == words


@pytest.mark.parametrize("twin", [0, 1])
def test_the_notes_of_a_deleted_paragraph_do_not_jump_to_a_twin_that_was_edited(twin):
    stays = TWINS[1 - twin].replace("asked for", "wanted")
    old, new = FRAME.format(*TWINS), FRAME.format(stays, "")
    assert resolve(TWINS[twin].strip(), new, old).state == "orphan"
    assert shown(resolve(TWINS[1 - twin].strip(), new, old), new) == stays.strip()


def test_a_paragraph_put_before_one_that_begins_alike_pushes_its_note_down():
    old = FRAME.format(TWINS[1], "")
    new = FRAME.format(*TWINS)
    assert shown(resolve("The Union of", new, old), new) == "The Union of"
    assert resolve("The Union of", new, old).start == new.rindex("The Union of")


def test_words_edited_within_are_told_to_have_changed():
    new = OLD.replace("won the first cup", "has won the very first trophy")
    found = resolve("Team Alpha won the first cup in May.", new)
    assert (found.state, shown(found, new)) == ("changed", "Team Alpha has won the very first trophy in May.")


def test_a_paragraph_that_stands_elsewhere_now_has_moved():
    parts = OLD.split("\n\n")
    moved = "Team Gamma, which nobody had thought of, came third and was given a spoon."
    old, new = "\n\n".join([moved, *parts]), "\n\n".join([*parts[:3], moved, *parts[3:]])
    found = resolve("which nobody had thought of, came third", new, old)
    assert found.start is not None
    assert shown(found, new) == "which nobody had thought of, came third"
    assert resolve("Team Beta won the second cup", new, old).state == "anchored"


def test_words_moved_and_edited_are_found_in_what_is_new():
    words = "We will not go back to the yards until every one of us has a contract, she said."
    filler = "\n\n".join(f"Paragraph {n} tells of rope number {n * 7} and of tar." for n in range(12))
    old = f"{words}\n\n{filler}\n"
    new = f"{filler}\n\nWe shall not go back to the yards until each one of us has a contract, she said.\n"
    found = resolve(words, new, old)
    assert found.state == "changed"
    assert shown(found, new).startswith("We shall not go back")


def test_a_page_saved_again_by_another_program_keeps_every_note():
    old = "“It’s over,” Rosa Imaginary said — at last. “We won’t wait any longer, and nobody should have to.”\n\nThe strike went on for 9 days.\n"
    new = 'Menu\nSearch\n\n"It\'s over," Rosa Imaginary said - at\nlast. "We won\'t wait any longer, and\nnobody should have to."\n\nThe strike\nwent on for 9 days.\n\nShare this\n'
    for words in ("It’s over", "Rosa Imaginary said — at last", "nobody should have to", "9", "strike went on"):
        found = resolve(words, new, old)
        assert found.state == "anchored"
        assert squeezed(shown(found, new)) == squeezed(words)


@given(texts, texts)
def test_no_token_is_mapped_twice_and_only_to_its_like(old, new):
    one, other = tokens(old), tokens(new)
    found = align(one, other)
    pairs = [(i, j) for i, j in enumerate(found.to) if j >= 0]
    assert all(found.back[j] == i and one.words[i] == other.words[j] for i, j in pairs)
    assert len(pairs) == sum(back >= 0 for back in found.back)


@given(texts)
def test_tokens_are_slices_in_order(text):
    found = tokens(text)
    at = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert at <= start < end <= len(text) or start == at - 1  # one character may fold to several tokens
        at = end


def test_places_are_offered_for_words_that_are_gone():
    new = OLD.replace("Team Alpha won the first cup in May.", "A team called Alpha took the first cup in April.")
    anchor = describe(OLD, "old", 0, 36)
    offered = nearest(anchor, new, OLD)
    assert offered[0].why == "where they stood"
    assert all(new[one.start : one.end].strip() for one in offered)
    assert any("Alpha took the first cup" in new[one.start : one.end] for one in offered)


def test_without_the_old_text_a_sentence_edited_a_little_is_found():
    words = "Team Alpha won the first cup, which nobody had expected at all."
    new = "Menu\n\nTeam Alpha won the first cup, which nobody at all had expected.\n\nMore."
    found = resolve(words, new, words + "\n", known=False)
    assert (found.state, shown(found, new)) == ("changed", "Team Alpha won the first cup, which nobody at all had expected.")


LONG_TWINS = (
    "In Nowhere the council voted nine to two on Friday to pay the crews what they had been promised. The mayor said it was there all along.\n\n",
    "In Elsewhere the council voted ten to three on Friday to pay the crews what they had been promised. The mayor said it was there all along.\n\n",
)


@pytest.mark.parametrize("order", [(1, 0), (0, 1)])
@pytest.mark.parametrize(
    "words", ["voted nine to two", "In Nowhere the council voted nine to two on Friday", "what they had been promised"]
)
def test_long_paragraphs_that_end_alike_keep_their_notes_wherever_they_go(order, words):
    first, second = "A first paragraph about rope.\n\n", "A second one about tar and the price of diesel.\n\n"
    old = first + LONG_TWINS[0] + LONG_TWINS[1] + second
    for new in (
        first + LONG_TWINS[1] + LONG_TWINS[0] + second,
        LONG_TWINS[order[0]] + first + second + LONG_TWINS[order[1]],
        first + LONG_TWINS[1] + second + LONG_TWINS[0],
    ):
        found = resolve(words, new, old)
        begin = new.index(LONG_TWINS[0])
        assert shown(found, new) == words
        assert begin <= found.start < begin + len(LONG_TWINS[0])


def test_an_edit_in_a_clause_without_spaces_leaves_the_notes_beside_it():
    old = "昨天市议会在市政厅投票决定罢工。工会主席说他们赢得了合同中的每一个条款。"
    new = old.replace("昨天", "今天").replace("赢得了", "失去了")
    for words in ("投票决定", "合同中的每一个条款"):
        found = resolve(words, new, old)
        assert (found.state, shown(found, new)) == ("anchored", words)


def test_very_long_words_in_a_text_of_nothing_but_repetitions_cost_their_length():
    old = "a b " * 20_000
    new = "x " + old[:40_000] + "y " + old[40_000:]
    anchors = [describe(old, "old", at, at + size) for at, size in ((0, 400), (1000, 30_000), (79_000, 8))]
    for found in resolve_all(anchors, "new", new, old) + resolve_all(anchors, "new", "quite other words " * 5000, old):
        assert found.state in ("anchored", "changed", "moved", "ambiguous", "orphan")
