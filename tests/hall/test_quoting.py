"""Quotations through the library: who is quoted, with what, and what the user says about it."""

import sqlite3

import pytest

from reader.errors import NotFound, UsageError
from reader.library import Library
from reader.quotes import find
from tests.libraries import filled, written

WALK = "“We will walk out on Monday,” said Rosa Imaginary, president of the Invented Workers Union."
DOCUMENTS = {
    "a.txt": f"The Walk Out\n\nMay 3, 2021\n\n{WALK}\n\nThe harbour was quiet.\n\n“Nobody asked us about the harbour.”\n",
    "b.txt": "Another Paper\n\nJune 4, 2022\n\n“We will walk out on Monday,” said R. Imaginary. “Not true at all,” said Bob Invented.\n",
}


@pytest.fixture
def library(tmp_path):
    with filled(tmp_path, DOCUMENTS) as opened:
        yield opened


@pytest.fixture
def saved(tmp_path):
    return written(tmp_path, DOCUMENTS)


def said(library, **options):
    return [(q.quote.speaker, q.text) for q in library.quotes(**options)]


def test_quotations_of_the_library_by_document(library):
    assert said(library) == [
        ("Rosa Imaginary", "We will walk out on Monday,"),
        ("Bob Invented", "Not true at all,"),
        ("Rosa Imaginary", "We will walk out on Monday,"),
        (None, "Nobody asked us about the harbour."),
    ]


def test_a_page_has_its_quotes(library):
    page = library.read(library.find("Walk Out").id)
    assert [page.text[q.start : q.end] for q in page.quotes] == ["We will walk out on Monday,", "Nobody asked us about the harbour."]
    assert [q.speaker for q in page.quotes] == ["Rosa Imaginary", None]


def test_speakers_are_people_not_spellings(library):
    rosa, bob = library.speakers()
    assert (rosa.name, rosa.quotes, rosa.documents, rosa.first, rosa.last) == ("Rosa Imaginary", 2, 2, "2021-05-03", "2022-06-04")
    assert set(rosa.names) == {"Rosa Imaginary", "R. Imaginary"}
    assert rosa.role == "president of the Invented Workers Union"
    assert (bob.name, bob.quotes) == ("Bob Invented", 1)


# -- lists -----------------------------------------------------------------------------------------------------------------------


def test_by_any_spelling_of_the_name(library):
    for name in ("Rosa Imaginary", "R. Imaginary", "imaginary", "IMAGINARY, rosa", "imag"):
        assert len(library.quotes(name)) == 2, name
    assert len(library.quotes(library.speakers()[0])) == 2
    assert len(library.quotes("nobody")) == 0


def test_orders(library):
    assert [q.date for q in library.quotes(order="time")] == ["2021-05-03", "2021-05-03", "2022-06-04", "2022-06-04"]
    assert [q.quote.speaker for q in library.quotes(order="speaker")] == ["Bob Invented", "Rosa Imaginary", "Rosa Imaginary", None]
    with pytest.raises(UsageError, match="document, time, speaker"):
        library.quotes(order="size")


def test_fragments_come_when_asked_for(library, saved):
    (saved / "c.txt").write_text("A Third\n\nIt was “a hole” said Rosa Imaginary, and nothing else.\n", encoding="utf-8")
    list(library.add([saved]))
    third = library.documents([library.find("A Third").id])
    assert len(library.quotes(among=third)) == 0
    assert [q.text for q in library.quotes(among=third, kind="fragment")] == ["a hole"]
    assert len(library.quotes(kind="all")) == len(library.quotes()) + 1
    assert library.speakers(third) == []
    with pytest.raises(UsageError, match="fragment"):
        library.quotes(kind="sung")


def test_among_some_documents_and_not_what_was_only_looked_at(library, tmp_path):
    talk = library.documents([library.find("Another").id])
    assert {q.display_title for q in library.quotes(among=talk)} == {"Another Paper"}
    assert [s.documents for s in library.speakers(talk)] == [1, 1]
    (tmp_path / "look.txt").write_text(f"Only Looked At\n\n{WALK}\n", encoding="utf-8")
    seen = library.find(str(tmp_path / "look.txt"))
    assert len(library.quotes("imaginary")) == 2
    assert len(library.quotes("imaginary", [seen])) == 1
    assert library.speakers()[0].documents == 2


def test_the_same_words_are_one_when_folded_and_other_wordings_know_the_first(library, saved):
    text = "“We will walk out again on Monday,” said Rosa Imaginary.\n\n“Not true at all,” said Rosa Imaginary.\n"
    (saved / "c.txt").write_text(f"Wordings\n\nJuly 5, 2023\n\n{text}", encoding="utf-8")
    list(library.add([saved]))
    listed = library.quotes("imaginary", order="time", fold=True)
    assert [(q.text, q.copies, q.wordings, q.wording_of) for q in listed] == [
        ("We will walk out on Monday,", 1, 2, None),
        ("We will walk out again on Monday,", 0, 1, 1),
        ("Not true at all,", 0, 1, None),
    ]
    ((place,),) = [q.elsewhere for q in listed if q.elsewhere]
    assert library.read(place.document).text[place.start : place.end] == "We will walk out on Monday,"
    assert len(library.quotes(fold=True)) == 5, "others may say the same words"


def test_a_long_list_is_a_sequence(library):
    listed = library.quotes()
    assert listed[-1] == list(listed)[3]
    assert list(listed[1:3]) == [listed[1], listed[2]]


# -- what the user says ----------------------------------------------------------------------------------------------------------


def names(library):
    return {speaker.name: speaker.quotes for speaker in library.speakers()}


def test_merging_and_undoing(library):
    library.merge_speakers(["Bob Invented", "Rosa Imaginary"], "Rosa the Invented")
    assert names(library) == {"Rosa the Invented": 3}
    assert len(library.quotes("Rosa the Invented")) == 3
    assert {q.speaker for q in library.read(library.find("Another").id).quotes} == {"R. Imaginary", "Rosa the Invented"}
    assert library.undo().label == "merge Bob Invented, Rosa Imaginary into Rosa the Invented"
    assert names(library) == {"Rosa Imaginary": 2, "Bob Invented": 1}
    with pytest.raises(NotFound, match="nobody of that name"):
        library.merge_speakers(["Nobody Atall"], "Rosa Imaginary")


def test_splitting_everywhere_in_a_document_and_to_somebody_else(library):
    paper = library.find("Another").id
    library.split_speaker("R. Imaginary")
    assert names(library) == {"Rosa Imaginary": 1, "R. Imaginary": 1, "Bob Invented": 1}
    library.undo()
    library.split_speaker("Rosa Imaginary", paper)
    assert names(library) == {"Rosa Imaginary": 1, "R. Imaginary (Another Paper)": 1, "Bob Invented": 1}
    assert [q.document for q in library.quotes("R. Imaginary (Another Paper)")] == [paper]
    library.merge_speakers(["R. Imaginary (Another Paper)"], "Rita Imaginary")
    assert names(library) == {"Rosa Imaginary": 1, "Rita Imaginary": 1, "Bob Invented": 1}
    library.split_speaker("Bob Invented", paper, into="Rosa Imaginary")
    assert names(library) == {"Rosa Imaginary": 2, "Rita Imaginary": 1}
    with pytest.raises(NotFound, match="quoted there"):
        library.split_speaker("Bob Invented", library.find("Walk Out").id)


def test_a_merger_is_taken_back_by_splitting_the_name_given(library):
    library.merge_speakers(["Bob Invented", "Rosa Imaginary"], "Rosa the Invented")
    library.split_speaker("Rosa the Invented")
    assert names(library) == {"Rosa Imaginary": 2, "Bob Invented": 1}


def test_the_user_says_who_spoke_or_that_nobody_knows(library):
    walk, paper = library.find("Walk Out").id, library.find("Another").id
    library.attribute(walk, library.read(walk).quotes[1], "Sam Other")
    library.attribute(paper, (library.read(paper).quotes[1].start, library.read(paper).quotes[1].start), None)
    assert names(library) == {"Rosa Imaginary": 2, "Sam Other": 1}
    (said,) = library.quotes("sam other")
    assert (said.text, said.corrected, said.quote.confidence) == ("Nobody asked us about the harbour.", True, "certain")
    assert [q.speaker for q in library.read(paper).quotes] == ["R. Imaginary", None]
    assert len(library.quotes("invented")) == 0
    library.undo()
    library.undo()
    assert names(library) == {"Rosa Imaginary": 2, "Bob Invented": 1}
    with pytest.raises(NotFound, match="no quotation there"):
        library.attribute(walk, (0, 3), "Sam Other")
    for nobody in ("", " ", "."):
        with pytest.raises(UsageError, match="is no name"):
            library.attribute(walk, library.read(walk).quotes[1], nobody)
        with pytest.raises(UsageError, match="is no name"):
            library.merge_speakers(["Bob Invented"], nobody)


def test_what_the_user_said_survives_edits_of_the_file_and_a_new_index(tmp_path, saved):
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        list(library.add([saved]))
        walk = library.find("Walk Out").id
        library.attribute(walk, library.read(walk).quotes[1], "Sam Other")
        library.merge_speakers(["Bob Invented"], "Rosa Imaginary")
        text = DOCUMENTS["a.txt"].replace("The harbour was quiet.", "“Never again,” said Ada New.\n\nThe harbour was very quiet.")
        (saved / "a.txt").write_text(text, encoding="utf-8")
        list(library.refresh())
        assert names(library) == {"Rosa Imaginary": 3, "Sam Other": 1, "Ada New": 1}
    for path in folder.glob("index.db*"):
        path.unlink()
    with Library.open(folder) as library:
        list(library.refresh())
        assert names(library) == {"Rosa Imaginary": 3, "Sam Other": 1, "Ada New": 1}
        assert library.quotes("sam other")[0].corrected


def test_another_process_is_seen(library, tmp_path):
    assert len(library.speakers()) == 2
    with Library.open(tmp_path / "library") as other:
        (tmp_path / "c.txt").write_text("A Third\n\n“Never again,” said Ada New.\n", encoding="utf-8")
        list(other.add([tmp_path / "c.txt"]))
        other.merge_speakers(["Bob Invented"], "Rosa Imaginary")
    assert names(library) == {"Rosa Imaginary": 3, "Ada New": 1}


# -- catching up -----------------------------------------------------------------------------------------------------------------


def as_read_by_an_older_pullquote(folder):
    raw = sqlite3.connect(folder / "index.db")
    for table in ("quote", "heard", "quotes_version"):
        raw.execute(f"DROP TABLE {table}")
    raw.execute("PRAGMA user_version=2")
    raw.commit()
    raw.close()


def test_quotes_of_an_older_index_are_found_by_refresh_without_reading_any_file(tmp_path, saved):
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        list(library.add([saved]))
    as_read_by_an_older_pullquote(folder)
    (saved / "a.txt").unlink()
    with Library.open(folder) as library:
        assert len(library.quotes()) == 0
        assert any(finding.what == "quotations" for finding in library.check_up())
        list(library.refresh())
        assert len(library.quotes()) == 4
        assert not any(finding.what == "quotations" for finding in library.check_up())


def test_quotes_of_an_older_extractor_are_found_again(library, monkeypatch):
    assert list(library.find_quotes()) == []
    monkeypatch.setattr(find, "VERSION", find.VERSION + 1)
    assert list(library.find_quotes()) == [2]
    assert list(library.find_quotes()) == []
    assert len(library.quotes()) == 4


# -- searching and copying -------------------------------------------------------------------------------------------------------


def test_by_finds_what_somebody_said_and_not_where_they_are_named(library, saved):
    (saved / "c.txt").write_text("A Third\n\nNobody saw Rosa Imaginary on Monday.\n", encoding="utf-8")
    list(library.add([saved]))
    assert {hit.display_title for hit in library.search("monday by:imaginary")} == {"The Walk Out", "Another Paper"}
    assert {hit.display_title for hit in library.search('monday by:"Rosa Imaginary" from:2022')} == {"Another Paper"}
    assert library.search("harbour by:imaginary") == []
    hits = library.search("by:imaginary")
    assert [(hit.display_title, hit.copies, hit.why) for hit in hits] == [("Another Paper", 1, "said by Rosa Imaginary")]
    text = library.read(hits[0].document).text
    assert [text[a:b] for a, b in hits[0].matches] == ["We will walk out on Monday,"]


def test_by_somebody_who_is_only_named_says_so(library, saved):
    (saved / "c.txt").write_text("A Third\n\nNobody saw Uma Unquoted on Monday.\n", encoding="utf-8")
    list(library.add([saved]))
    answer = library.answer("monday by:unquoted")
    assert [hit.display_title for hit in answer.hits] == ["A Third"]
    assert "nobody of that name is quoted" in answer.remarks[0]


def test_a_hit_on_a_quotation_names_its_speaker(library):
    (hit,) = library.search("asked about the harbour")[:1]
    assert (hit.speaker, hit.speaker_confidence) == (None, "unknown")
    library.attribute(hit.document, (hit.start, hit.end), "Sam Other")
    (hit,) = library.search("asked about the harbour")[:1]
    assert (hit.speaker, hit.speaker_confidence) == ("Sam Other", "certain")
    assert library.search("quiet")[0].speaker is None


def test_a_copied_quotation_names_its_speaker_and_other_words_do_not(library):
    document = library.find("Walk Out").id
    page = library.read(document)
    said = page.quotes[0]
    assert "— Rosa Imaginary, The Walk Out" in library.quotation(document, said.start, said.end)
    assert "— Rosa Imaginary, " in library.quotation(document, said.start - 1, said.end + 1)
    assert "— Rosa Imaginary, " in library.quotation(document, said.start + 3, said.start + 12)
    assert "— The Walk Out" in library.quotation(document, said.start - 1, said.end + 25)
    assert "— The Walk Out" in library.quotation(document, 0, 8)
    unknown = page.quotes[1]
    assert "— The Walk Out" in library.quotation(document, unknown.start, unknown.end)


def test_words_of_names_for_completion(library):
    assert library.quoting.completions("im") == ["imaginary"]
    assert library.quoting.completions("IN") == ["invented"]


# -- what a hostile or absent-minded user says ------------------------------------------------------------------------------------


def test_a_name_is_not_merged_into_itself(library):
    before = names(library)
    with pytest.raises(UsageError, match="one name already"):
        library.merge_speakers(["R. Imaginary"], "R. Imaginary")
    assert names(library) == before
    assert library.undo() is None


@pytest.mark.parametrize("name", ["\udcff", "a\x1b[31m", "L" * 300, "…"])
def test_what_is_no_name_is_refused(library, name):
    walk = library.find("Walk Out").id
    with pytest.raises(UsageError):
        library.attribute(walk, library.read(walk).quotes[1], name)
    with pytest.raises(UsageError):
        library.merge_speakers(["Bob Invented"], name)


def test_a_correction_holds_when_a_word_of_the_quotation_changes_and_is_told_of_when_it_cannot(library, saved):
    walk = library.find("Walk Out").id
    library.attribute(walk, library.read(walk).quotes[1], "Sam Other")
    for old, new, speaker in (
        ("about the harbour.”", "about our harbour.”", "Sam Other"),
        ("Nobody asked us about our harbour.", "Boats left.", None),
    ):
        text = (saved / "a.txt").read_text(encoding="utf-8").replace(old, new)
        (saved / "a.txt").write_text(text, encoding="utf-8")
        list(library.refresh())
        said = {q.speaker for q in library.read(walk).quotes}
        assert ("Sam Other" in said) is (speaker is not None)
    assert [finding.state for finding in library.check_up() if finding.what == "speakers"] == ["warn"]


def test_a_title_before_the_name_does_not_matter(library):
    assert len(library.quotes("President Imaginary")) == len(library.quotes("Imaginary")) == 2
