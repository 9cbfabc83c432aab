"""The ground's laws: folding keeps offsets, sentences and words are slices, nothing hostile is let through."""

import sys
import unicodedata

import pytest
from hypothesis import given

from reader.text import fold, fold_word, occurrences, one_line, safe, safe_line, sentences, terms, words
from tests.strategies import texts


@given(texts)
def test_every_folded_character_knows_a_source_character(text):
    folded = fold(text)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(folded.origins)
    for i in range(len(folded.text)):
        start, end = folded.source(i, i + 1)
        assert 0 <= start < end <= len(text)


@given(texts)
def test_folding_is_done_once_and_for_all(text):
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_any_stretch_is_found_where_it_stands(text):
    for start, end in sentences(text)[:3]:
        if fold(text[start:end]).text:
            assert any(a <= start + 3 and b >= end - 3 for a, b in occurrences(fold(text), text[start:end]))


@given(texts)
def test_folded_text_has_no_outer_or_double_spaces(text):
    folded = fold(text).text
    assert folded == folded.strip(" ")
    assert "  " not in folded
    assert fold(f" \n{text}\t ").text == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Hero’s don’t accept zero’s!”", "\"Hero's don't accept zero's!\""),
        ("CAFÉ — crème", "cafe - creme"),
        ("a\u00a0 \n b", "a b"),
        ("soft\u00adware", "software"),
        ("Straße", "STRASSE"),
        ("ﬁne…", "fine..."),
    ],
)
def test_what_folding_makes_alike(one, other):
    assert fold(one).text == fold(other).text


@given(texts)
def test_words_are_slices_that_fold_to_their_terms(text):
    found = list(words(text))
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert all(word.term in fold_word(text[word.start : word.end]) for word in found)


@given(texts)
def test_terms_are_words_without_offsets(text):
    assert all(term.isalnum() for term in terms(text))
    assert set("".join(word.term for word in words(text))) == set("".join(terms(text)))


@given(texts)
def test_sentences_are_trimmed_slices_that_leave_out_only_white_space(text):
    spans = sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Rep. Ada Vey said no. She left.", 2),
        ("It cost $3.50 an hour. Then $4.", 2),
        ("She lives in Wexland, D.C. The ferry goes there.", 2),
        ("J. R. Roake spoke for the U.S. delegation in May.", 1),
        ("“We won. It cost us.” That was all.", 3),
        ("One line\n\nAnother paragraph", 2),
        ("Really?! Yes… maybe", 2),
        ("東京です。大阪です。", 2),
    ],
)
def test_where_sentences_end(text, count):
    assert len(sentences(text)) == count


@given(texts)
def test_safe_text_keeps_its_length_and_loses_everything_hostile(text):
    made = safe(text)
    assert len(made) == len(text)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in made)
    assert not set(made) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029")
    assert "\n" not in safe_line(text)
    assert "\t" not in one_line(text)
    assert len(safe_line(text)) == len(text)


def test_every_hostile_character_there_is_goes_and_no_other():
    hostile = {c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")} - set("\t\n")
    turning = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    unseen = {*"\ufff9\ufffa\ufffb", *map(chr, range(0xE0001, 0xE0080))}
    assert {c for c in map(chr, range(sys.maxunicode + 1)) if safe(f"a\n{c}") != f"a\n{c}"} == hostile | turning | unseen


def test_zero_width_joiners_survive_for_emoji_and_indic_scripts():
    assert safe("👩\u200d🚒") == "👩\u200d🚒"


def test_what_folds_to_nothing_between_spaces_leaves_one_space():
    assert fold("a \u200b b").text == fold("a ¨ b").text == fold("a b").text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("an exam-\nple here", ["an", "example", "here"]),
        ("an exam\u00ad\nple", ["an", "example"]),
        ("an exam- \n  ple", ["an", "example"]),
        ("the years 1990-\n1995", ["the", "years", "1990", "1995"]),
        ("Anglo-\nSaxon", ["anglo", "saxon"]),
        ("a dash -\nthen", ["a", "dash", "then"]),
        ("well-known", ["well", "known"]),
    ],
)
def test_a_word_hyphenated_at_the_end_of_a_line_is_one_word(text, wanted):
    assert terms(text) == wanted == [word.term for word in words(text)]
