"""Searching a library: operators, copies, wordings, and what is said when nothing is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hall.slices import check_slices
from tests.libraries import filled

SAID = "“A timetable is a promise with numbers in it,” said Odile Marsh, the mate of the ferry."
DOCUMENTS = {
    "ferry.txt": f"Ferry Crew Asks for a Timetable\n\nOLD QUAY, Wexland (Wexwire), May 3, 2021 — The crew asked the board for wages.\n\n{SAID}\n",
    "copy.txt": f"What the Mate Said\n\n{SAID}\n\nIt rained on the quay.\n",
    "again.txt": f"The Mate Again\n\nShe was asked. {SAID} Then she left.\n",
    "wording.txt": f"Another Paper\n\n{SAID.replace('numbers', 'figures')}\n",
    "board.txt": "Harbour Board Answers\n\nThe harbour board answered on wages in two lines.\n\nIt said nothing about the numbers of the\n\ntimetable that crews had asked for.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("finding"), DOCUMENTS) as opened:
        opened.correct(opened.find("Harbour").id, date="2022-06")
        opened.correct(opened.find("Another Paper").id, date="2019-01-05")
        opened.tag(opened.find("What the Mate").id, ["quay/rain"])
        board = opened.find("Harbour").id
        opened.annotate(board, *opened.place_words(board, "in two lines"), body="how curt!", tags=["style"])
        yield opened


def titles(library, query, **options):
    return {hit.display_title for hit in library.search(query, **options)}


def test_copies_are_one_hit_that_says_where_the_others_are(library):
    hit = library.search("timetable promise numbers Marsh")[0]
    assert hit.copies == 2
    assert {place.display_title for place in hit.elsewhere} | {hit.display_title} == {
        "Ferry Crew Asks for a Timetable",
        "What the Mate Said",
        "The Mate Again",
    }
    for place in hit.elsewhere:
        assert library.read(place.document).text[place.start : place.end] == SAID


def test_other_wordings_know_the_first(library):
    hits = library.search("timetable promise numbers Marsh")
    others = [hit for hit in hits if hit.wording_of is not None]
    assert hits[0].wordings == 2
    assert [(hit.display_title, hit.wording_of) for hit in others] == [("Another Paper", 1)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wages in:harbour", {"Harbour Board Answers"}),
        ('wages in:"board answers"', {"Harbour Board Answers"}),
        ("wages from:2022", {"Harbour Board Answers"}),
        ("promise to:2020", {"Another Paper"}),
        ("promise from:2019-01 to:2019-01-31", {"Another Paper"}),
        ("quay tag:quay", {"What the Mate Said"}),
        ("wages tag:style", {"Harbour Board Answers"}),
        ("board has:note", {"Harbour Board Answers"}),
        ("note:curt", {"Harbour Board Answers"}),
        ("by:marsh figures", {"Another Paper"}),
        ("promise -numbers", {"Another Paper"}),
        ('"with figures in it"', {"Another Paper"}),
        ("in:harbour", {"Harbour Board Answers"}),
        ("quay in:nowhere", set()),
    ],
)
def test_operators_narrow(library, query, found):
    assert titles(library, query) == found


def test_a_note_is_shown_in_its_sentence(library):
    (hit,) = library.search("note:curt")
    assert hit.why == "your note"
    assert hit.sentence == "The harbour board answered on wages in two lines."
    assert [hit.passage[a - hit.passage_start : b - hit.passage_start] for a, b in hit.matches] == ["in two lines"]


def test_exact_words_that_stand_nowhere_are_searched_as_words_and_said(library):
    answer = library.answer('"a timetable is a promise with letters"')
    assert answer.remarks == ("nowhere word for word; these come near",)
    assert answer.hits[0].sentence == SAID


def test_a_minus_that_is_a_dash_in_a_quotation_leaves_nothing_out(library):
    assert library.search("a promise with -numbers")[0].sentence == SAID
    assert all("numbers" not in hit.passage for hit in library.search("promise ferry -numbers"))


def test_a_quotation_over_a_paragraph_break_shows_both(library):
    hit = library.search("said nothing about the numbers of the timetable that crews had asked for")[0]
    assert "numbers of the\n\ntimetable that crews" in hit.passage
    assert hit.sentence.endswith("timetable that crews had asked for.")


def test_nothing_found_offers_near_words(library):
    answer = library.answer("timetubbies")
    assert answer.hits == ()
    assert "timetable" in answer.nearest


def test_searches_are_saved_in_order_and_forgotten(library):
    for query in ("wages", "promise -numbers", "wages"):
        library.save_search(query)
    assert library.saved_searches() == ["promise -numbers", "wages"]
    library.save_search("wages", keep=False)
    assert library.saved_searches() == ["promise -numbers"]


pieces = st.sampled_from(
    [
        "timetable",
        "promise",
        "wages",
        '"',
        '"promise with',
        "-numbers",
        "in:",
        "in:harbour",
        "from:2021",
        "to:x",
        "tag:style",
        "note:curt",
        "has:note",
        "by:marsh",
        "é",
        "東京",
        "-",
        ":",
        "x:y",
    ]
)


@settings(max_examples=80)
@given(st.lists(pieces, max_size=6).map(" ".join), st.booleans())
def test_whatever_is_typed_every_hit_is_a_slice_of_its_document(library, query, unfinished):
    check_slices(library, library.search(query, unfinished=unfinished))
