"""What people do with notes, through the library: edit against an edit, tags, colours, places, looking through them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import NotFound, UsageError
from reader.library import Library
from tests.libraries import filled

LETTER = """Ferry Crew Asks for a Timetable

The crew of the night ferry asked the harbour board for a printed timetable on Monday.

“A timetable is a promise with numbers in it,” said Odile Marsh, the mate. “We would like the board to make one.”

The board said it would think about it.
"""


@pytest.fixture
def library(tmp_path):
    reply = "Board Answers\n\nThe board answered in two lines, without a number.\n"
    with filled(tmp_path, {"letter.txt": LETTER, "reply.txt": reply}) as opened:
        yield opened


def noted(library, words, body="", tags=(), name="Ferry Crew", **options):
    document = library.find(name).id
    start, end = library.place_words(document, words)
    return library.annotate(document, start, end, body, tags, **options)


def rewrite(library, text, name="letter.txt"):
    entry = library.find("Ferry Crew")
    with open(entry.path.replace("letter.txt", name), "w", encoding="utf-8") as file:
        file.write(text)
    list(library.refresh())


# -- an edit against an edit ------------------------------------------------------------------------------------------------------


def test_edits_of_different_things_come_together(library):
    made = noted(library, "night ferry", "first", ["a", "b"])
    library.edit(made, tags=["a", "c"])
    edited = library.edit(made, body="second", colour="red")
    assert (edited.id, edited.body, edited.tags, edited.colour) == (made.id, "second", ("a", "c"), "red")
    assert library.edit(made, tags=["b", "d"]).tags == ("c", "d")


def test_edits_of_the_same_text_are_both_kept(library):
    made = noted(library, "night ferry", "first")
    library.edit(made, body="second")
    other = library.edit(made, body="third")
    assert other.id != made.id
    assert {note.id: note.body for note in library.notes()} == {made.id: "second", other.id: "third"}
    assert (other.start, other.end) == (made.start, made.end)


def test_an_edit_of_a_note_that_was_deleted_meanwhile_is_kept(library):
    made = noted(library, "night ferry", "first")
    library.delete([made.id])
    assert library.edit(made, body="second").body == "second"
    assert [note.body for note in library.notes()] == ["second"]


def test_an_edit_kept_beside_another_one_keeps_the_place_that_was_confirmed(library):
    made = noted(library, "night ferry", "first")
    placed = library.place(made, 100, 110)
    library.edit(placed, body="second")
    other = library.edit(placed, body="third")
    assert (other.start, other.end, other.exact) == (100, 110, made.exact)


# -- tags and colours -------------------------------------------------------------------------------------------------------------


def test_tags_are_counted_with_what_lies_below_them(library):
    noted(library, "night ferry", "x", ["wages/steps", "wages/Overtime"])
    noted(library, "harbour board", "x", ["Wages", "#boats"])
    library.tag(library.find("Board Answers").id, ["wages/overtime"])
    told = {count.tag: (count.notes, count.documents, count.all_notes, count.all_documents) for count in library.tags()}
    assert list(told.items()) == [
        ("boats", (1, 0, 1, 0)),
        ("wages", (1, 0, 2, 1)),
        ("wages/Overtime", (1, 1, 1, 1)),
        ("wages/steps", (1, 0, 1, 0)),
    ]


def test_renaming_a_tag_takes_what_lies_below_it_along_and_merges(library):
    one = noted(library, "night ferry", "x", ["pay/steps", "boats"])
    two = noted(library, "harbour board", "x", ["pay", "wages"])
    document = library.tag(library.find("Board Answers").id, ["pay"]).id
    assert library.rename_tag("Pay", "wages") == 3
    assert {n.id: n.tags for n in library.notes()} == {one.id: ("wages/steps", "boats"), two.id: ("wages",)}
    assert library.documents([document])[0].tags == ("wages",)
    library.undo()
    assert {n.id: n.tags for n in library.notes()} == {one.id: ("pay/steps", "boats"), two.id: ("pay", "wages")}
    assert library.rename_tag("pay/steps", "") == 1
    with pytest.raises(NotFound):
        library.rename_tag("nothing", "x")
    with pytest.raises(UsageError):
        library.rename_tag("pay", "pay/old")


def test_many_notes_are_retagged_at_once(library):
    found = [noted(library, "night ferry", "x", ["a"]), noted(library, "harbour board", "x", ["b"])]
    assert library.retag(found, add=["c/d"], drop=["A"]) == 2
    assert [n.tags for n in library.notes()] == [("c/d",), ("b", "c/d")]
    library.undo()
    assert [n.tags for n in library.notes()] == [("a",), ("b",)]


def test_a_highlight_that_is_tagged_is_a_note_and_one_without_anything_to_say_a_highlight_again(library):
    made = noted(library, "night ferry")
    library.retag([made], add=["a"])
    assert library.note(made.id).kind == "note"
    library.rename_tag("a", "")
    assert library.note(made.id).kind == "highlight"
    library.recolour([made], "red")
    assert (library.note(made.id).kind, library.note(made.id).colour) == ("highlight", "red")


def test_colours_mean_what_the_user_says(library):
    library.name_colour("green", "agreed")
    made = noted(library, "night ferry", colour="green")
    assert library.colours()["green"] == "agreed"
    assert [n.id for n in library.notes("colour:agreed")] == [n.id for n in library.notes("colour:green")] == [made.id]
    assert library.notes("colour:yellow") == []
    with pytest.raises(UsageError):
        noted(library, "night ferry", colour="mauve")


def test_a_note_may_be_on_the_whole_document(library):
    made = library.remark(library.find("Board Answers").id, "two lines!", ["short"])
    assert (made.exact, made.start, made.state) == (None, None, "anchored")
    assert library.documents([made.document])[0].notes == 1
    with pytest.raises(UsageError):
        library.remark(made.document, "  ")


# -- looking through them -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("promise", ["promise"]),
        ("promisse", ["promise"]),
        ("timetabel promse", ["promise"]),
        ("tag:wages", ["night ferry", "promise"]),
        ("tag:wages/steps", ["promise"]),
        ("by:marsh", ["promise"]),
        ("in:ferry tag:wages fer", ["night ferry", "promise"]),
        ("is:orphan", []),
        ("is:anchored kind:highlight", ["two lines"]),
        ("from:2999", []),
        ("to:2999 kind:notes", ["night ferry", "promise"]),
        ('"who said"', ["promise"]),
        ("xyzzy", []),
    ],
)
def test_notes_are_found_by_words_nearly_right_and_by_what_they_are(library, query, found):
    noted(library, "night ferry", "which one?", ["wages"])
    noted(library, "A timetable is a promise", "who said no?", ["wages/steps"])
    noted(library, "two lines", name="Board Answers")
    assert sorted(next(w for w in ("promise", "night ferry", "two lines") if w in n.exact) for n in library.notes(query)) == found


# -- places -------------------------------------------------------------------------------------------------------------------------


def test_words_edited_within_are_told_with_what_they_were(library):
    made = noted(library, "A timetable is a promise with numbers in it", "so it is")
    rewrite(library, LETTER.replace("promise with numbers", "promise full of numbers"))
    note = library.notes()[0]
    assert note.state == "changed"
    assert library.read(note.document).text[note.start : note.end] == "A timetable is a promise full of numbers in it"
    assert note.exact == made.exact


def test_a_place_that_the_user_confirmed_stays_and_is_followed(library):
    made = noted(library, "A timetable is a promise with numbers in it", "so it is")
    rewrite(library, LETTER.replace("A timetable is a promise with numbers in it", "Numbers, promised, make a plan"))
    lost = library.notes()[0]
    assert lost.state == "orphan"
    offered = library.candidates(lost)
    text = library.read(lost.document).text
    assert any("promised" in text[one.start : one.end] for one in offered)
    start = text.index("Numbers, promised")
    kept = library.place(lost, start, start + len("Numbers, promised, make a plan"))
    assert (kept.state, kept.start, kept.exact) == ("anchored", start, made.exact)
    rewrite(library, "One more line.\n\n" + text)
    followed = library.notes()[0]
    assert (followed.state, followed.start) == ("anchored", start + len("One more line.\n\n"))
    library.undo()
    assert library.notes()[0].state == "orphan"
    library.redo()
    assert library.notes()[0].start == followed.start


def test_an_article_saved_again_in_another_format_keeps_its_notes(library, tmp_path):
    made = noted(library, "A timetable is a promise with numbers in it", "so it is")
    (tmp_path / "saved" / "letter.txt").unlink()
    paragraphs = "".join(f"<p>{line}</p>" for line in LETTER.split("\n\n")[1:])
    page = f"<html><body><nav>Home</nav><h1>Ferry Crew Asks for a Timetable</h1>{paragraphs}<p>Share this</p></body></html>"
    (tmp_path / "saved" / "ferry.html").write_text(page, encoding="utf-8")
    list(library.refresh())
    note = library.notes()[0]
    assert (note.document, note.state) == (made.document, "anchored")
    assert library.documents([made.document])[0].path.endswith("ferry.html")
    assert library.read(note.document).text[note.start : note.end] == made.exact


def test_an_article_from_elsewhere_never_takes_the_place_of_one_whose_drive_is_gone(library, tmp_path):
    made = noted(library, "A timetable is a promise with numbers in it", "so it is")
    (tmp_path / "saved").rename(tmp_path / "unmounted")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text(LETTER + "\nA second source added this.\n", encoding="utf-8")
    list(library.add([tmp_path / "other"]))
    assert library.documents([made.document])[0].path.endswith("saved/letter.txt")
    assert len(library.documents()) == 3
    (tmp_path / "unmounted").rename(tmp_path / "saved")
    list(library.refresh())
    assert library.notes()[0].state == "anchored"
    assert not library.documents([made.document])[0].missing


def test_what_was_worked_out_beforehand_is_not_worked_out_again(library, monkeypatch):
    noted(library, "night ferry", "x")
    rewrite(library, "A new line.\n\n" + LETTER)
    from reader.anchor import quote

    monkeypatch.setattr(quote, "resolve_all", lambda *_: pytest.fail("the intake has done it"))
    assert library.notes()[0].state == "anchored"


def test_the_past_of_a_note_is_told(library):
    made = noted(library, "night ferry", "one")
    library.edit(library.edit(made, body="two"), body="three")
    assert [e.body for e in library.editions(made)] == ["one", "two", "three"]


# -- out and in ---------------------------------------------------------------------------------------------------------------------


def everything(library):
    notes = {n.id: (n.kind, n.document, n.body, n.tags, n.colour, n.created, n.modified, n.anchor, n.placed) for n in library.notes()}
    pasts = {name: tuple(library.editions(name)) for name in notes}
    return notes, pasts, {e.id: e.tags for e in library.documents() if e.tags}


words = st.text(alphabet="ab é“\n\u202e#/,", max_size=8)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["note", "edit", "remark", "bookmark", "tag", "delete", "undo", "colour", "place"]), words, words),
        max_size=10,
    )
)
def test_an_export_taken_into_an_empty_library_gives_the_same_notes_ids_and_past(tmp_path_factory, deeds):
    folder = tmp_path_factory.mktemp("exchange")
    (folder / "saved").mkdir()
    (folder / "saved" / "letter.txt").write_text(LETTER, encoding="utf-8")
    with Library.open(folder / "one") as one, Library.open(folder / "two") as two:
        list(one.add([folder / "saved"]))
        document = one.find("Ferry Crew").id
        for deed, body, tag in deeds:
            mine = one.notes()
            if deed == "note":
                one.annotate(document, 35, 60, body, [tag])
            elif deed == "edit" and mine:
                one.edit(mine[-1], body=body, tags=[tag])
            elif deed == "colour" and mine:
                one.edit(mine[0], colour="red")
            elif deed == "remark" and body.strip():
                one.remark(document, body, [tag])
            elif deed == "bookmark":
                one.bookmark(document, name=body)
            elif deed == "tag":
                one.tag(document, [tag])
            elif deed == "delete" and mine:
                one.delete([mine[0].id])
            elif deed == "undo":
                one.undo()
            elif deed == "place" and mine and mine[0].anchor:
                one.place(mine[0], 40, 50)
        exported = list(one.export("jsonl"))
        told = two.take_in("jsonl", exported)
        assert {t.status for t in told} <= {"new"}
        assert everything(two)[:2] == everything(one)[:2]
        assert {name: kept.tags for name, kept in two.notes_store.documents().items() if kept.tags} == everything(one)[2]
        assert {t.status for t in two.take_in("jsonl", exported)} <= {"unchanged"}
        list(two.add([folder / "saved"]))
        assert list(two.export("jsonl")) == exported
        two.undo()


def test_import_goes_on_where_one_side_stood_still_and_keeps_both_where_both_went_on(library, tmp_path):
    made = noted(library, "night ferry", "one")
    with Library.open(tmp_path / "other") as other:
        other.take_in("jsonl", library.export("jsonl"))
        (copy,) = other.notes()
        other.edit(copy, body="two")
        assert [t.status for t in library.take_in("jsonl", other.export("jsonl"))] == ["updated"]
        assert [(n.id, n.body) for n in library.notes()] == [(made.id, "two")]
        assert [e.body for e in library.editions(made)] == ["one", "two"]
        library.edit(library.note(made.id), body="three")
        assert [t.status for t in library.take_in("jsonl", other.export("jsonl"))] == ["older"]
        other.edit(other.note(made.id), body="four")
        assert [t.status for t in library.take_in("jsonl", other.export("jsonl"))] == ["copied"]
        assert sorted(n.body for n in library.notes()) == ["four", "three"]
        library.undo()
        assert [n.body for n in library.notes()] == ["three"]


@pytest.mark.parametrize(
    "line", ["{", "[]", '"x"', '{"format": 1}', '{"format": 99, "kind": "note"}', '{"format": 1, "kind": "note", "id": 3}']
)
def test_a_file_that_is_no_export_is_refused_whole(library, line):
    noted(library, "night ferry", "one")
    exported = list(library.export("jsonl"))
    library.delete([n.id for n in library.notes()])
    with pytest.raises(UsageError, match="line 2"):
        library.take_in("jsonl", [*exported, line])
    assert library.notes() == []


BROKEN = [
    ("id", ""), ("id", "A\x1b[31m"), ("id", 3), ("kind", "Weird kind"), ("created", "soon"), ("tags", "money"), ("body", None), ("document", {}),
    ("selector", {"version": "v", "start": -5, "end": -1, "exact": "four", "prefix": "", "suffix": ""}),
    ("selector", {"version": "v", "start": 10**30, "end": 10**30 + 4, "exact": "four", "prefix": "", "suffix": ""}),
    ("selector", {"version": "v", "start": 0, "end": 9, "exact": "four", "prefix": "", "suffix": ""}),
    ("source", {"path": "/nowhere/x.txt", "url": ["x"]}), ("source", {"path": "/nowhere/x.txt", "added": {}}), ("editions", [{}]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BROKEN)
def test_a_line_with_a_value_that_is_none_stores_nothing(library, tmp_path, field, value):
    noted(library, "night ferry", "one")
    (line,) = library.export("jsonl")
    with Library.open(tmp_path / "other") as other:
        with pytest.raises(UsageError, match="line 2"):
            other.take_in("jsonl", [line, json.dumps({**json.loads(line), field: value})])
        assert other.notes() == []
        assert other.notes_store.locations() == []


def test_importing_twice_copies_once_and_places_come_along(library, tmp_path):
    made = noted(library, "night ferry", "one")
    with Library.open(tmp_path / "other") as other:
        other.take_in("jsonl", library.export("jsonl"))
        list(other.add([tmp_path / "saved"]))
        other.place(other.note(made.id), 40, 50)
        assert [t.status for t in library.take_in("jsonl", other.export("jsonl"))] == ["updated"]
        assert library.note(made.id).start == 40
        other.edit(other.note(made.id), body="theirs")
        library.edit(library.note(made.id), body="ours")
        exported = list(other.export("jsonl"))
        assert [t.status for t in library.take_in("jsonl", exported)] == ["copied"]
        assert [t.status for t in library.take_in("jsonl", exported)] == ["unchanged"]
        assert sorted(n.body for n in library.notes()) == ["ours", "theirs"]


def test_a_document_that_has_no_file_is_not_looked_for_again_and_again(library):
    noted(library, "night ferry", "one")
    (line,) = library.export("jsonl")
    value = json.loads(line)
    strange = {**value, "id": "f" * 32, "document": "abc", "source": {"path": "relative.txt"}}
    library.take_in("jsonl", [json.dumps(strange)])
    assert not library.stale()
    assert any(n.id == "f" * 32 for n in library.notes())


def test_tags_that_another_window_gave_meanwhile_stay(library, tmp_path):
    stale = noted(library, "night ferry", "x", ["money"])
    with Library.open(tmp_path / "library") as other:
        other.edit(other.note(stale.id), tags=["money", "theirs"])
        assert library.retag([stale], add=["ours"]) == 1
        assert library.note(stale.id).tags == ("money", "theirs", "ours")
        other.correct(stale.document, publisher="Somebody")
        library.correct(stale.document, title="Something")
        assert (library.documents([stale.document])[0].metadata.publisher) == "Somebody"


def test_an_export_carries_where_the_words_lie_and_who_said_them(library):
    noted(library, "A timetable is a promise with numbers in it", "so it is", ["wages"], colour="green")
    library.name_colour("green", "agreed")
    library.bookmark(library.find("Board Answers").id, name="later")
    library.tag(library.find("Board Answers").id, ["short"])
    lines = [json.loads(line) for line in library.export("jsonl")]
    mark, note = lines
    assert (note["speaker"], note["place"], note["meaning"]) == ("Odile Marsh", "paragraph 3", "agreed")
    assert note["sentence"].startswith("“A timetable")
    assert "Odile Marsh" in note["citation"]
    assert (mark["kind"], mark["source"]["tags"]) == ("bookmark", ["short"])
    text = "\n".join(library.export("markdown"))
    assert "- Tags: #short" in text
    assert "Bookmark of the whole document" in text
    assert "paragraph 3" in text
    assert "#wages (agreed)" in text
