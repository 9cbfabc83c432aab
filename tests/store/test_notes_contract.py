"""What every `ports.NotesStore` holds to."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import Conflict, NotFound
from reader.model import COLOURS, Anchor, Edition, Imported
from reader.ports import Kept, Location
from reader.spoken import Attribution, Rulings, Spelling
from reader.store.notes import SqliteNotes
from tests.store.making import note


def test_a_note_comes_back_as_it_was_made(notes):
    made = note("n1")
    notes.annotate(made, "the ferry sails")
    assert notes.annotations("d1") == [made]
    assert notes.annotations("d2") == []
    assert notes.text("v1") == "the ferry sails"
    assert notes.text("v2") is None


def test_a_note_takes_its_document_into_the_library_and_undoing_it_leaves_it_there(notes):
    notes.annotate(note("n1"), "the ferry sails")
    assert notes.documents()["d1"].kept
    notes.undo()
    assert notes.annotations() == []
    assert notes.documents()["d1"].kept
    assert notes.text("v1") == "the ferry sails"


def test_undoing_a_note_on_a_removed_document_takes_it_out_again(notes):
    notes.keep(["d1"], "add")
    notes.remove(["d1"], [], "remove 1 document")
    notes.annotate(note("n1"), "the ferry sails")
    assert notes.documents()["d1"].kept
    notes.undo()
    assert not notes.documents()["d1"].kept


def test_undoing_a_removal_after_the_document_was_added_again_changes_nothing(notes):
    notes.keep(["d1"], "add")
    notes.remove(["d1"], [], "remove 1 document")
    notes.keep(["d1"], "add")
    assert notes.undo() is not None
    assert notes.documents()["d1"].kept
    assert notes.undo() is None, "what was undone without a change counts as undone"


def test_an_edit_needs_the_rev_it_was_made_on(notes):
    notes.annotate(note("n1"), "the ferry sails")
    first = notes.annotations()[0]
    second = notes.edit(replace(first, body="one"))
    assert (second.body, second.rev) == ("one", first.rev + 1)
    with pytest.raises(Conflict):
        notes.edit(replace(first, body="two"))
    assert notes.annotations()[0].body == "one"


def test_an_edit_never_alters_the_words_it_was_made_on(notes):
    notes.annotate(note("n1"), "the ferry sails")
    made = notes.annotations()[0]
    notes.edit(replace(made, body="x", anchor=Anchor("v9", 0, 1, "y", "", "")))
    assert notes.annotations()[0].anchor == made.anchor


def test_deleting_is_all_or_none(notes):
    notes.annotate(note("n1"), "the ferry sails")
    with pytest.raises(NotFound):
        notes.delete(["n1", "nobody"])
    assert len(notes.annotations()) == 1
    notes.delete(["n1"])
    assert notes.annotations() == []
    notes.undo()
    assert notes.annotations() == [note("n1")]


def test_notes_of_one_moment_stay_in_the_order_they_were_made_in(notes):
    names = ["n3", "n1", "n2", "n0"]
    for name in names:
        notes.annotate(note(name), "the ferry sails")
    assert [a.id for a in notes.annotations()] == names
    notes.edit(replace(notes.annotations()[1], body="changed"))
    notes.delete(["n1", "n2"])
    notes.undo()
    assert [a.id for a in notes.annotations("d1")] == names


def test_undo_goes_back_step_by_step_and_then_has_nothing_left(notes):
    notes.annotate(note("n1"), "the ferry sails")
    notes.edit(replace(notes.annotations()[0], body="one"))
    notes.edit(replace(notes.annotations()[0], body="two"))
    seen = []
    while notes.undo():
        seen.append([a.body for a in notes.annotations()])
    assert seen == [["one"], ["a thought"], []]


def test_what_was_undone_cannot_be_overwritten_by_an_editor_that_still_shows_it(notes):
    notes.annotate(note("n1"), "the ferry sails")
    stale = notes.edit(replace(notes.annotations()[0], body="one"))
    notes.undo()
    with pytest.raises(Conflict):
        notes.edit(replace(stale, body="two"))


def test_removing_and_undoing_documents_and_folders(notes):
    notes.remember(["/saved", "/other"])
    notes.keep(["d1", "d2"], "add")
    notes.remove(["d1"], ["/saved"], "remove 1 document")
    assert notes.folders() == ["/other"]
    assert (notes.documents()["d1"].kept, notes.documents()["d1"].removed) == (False, True)
    action = notes.undo()
    assert action is not None
    assert action.label == "remove 1 document"
    assert set(notes.folders()) == {"/saved", "/other"}
    assert notes.documents()["d1"].kept


def test_adding_is_housekeeping_that_undo_passes_over(notes):
    notes.annotate(note("n1"), "the ferry sails")
    notes.keep(["d5"], "add 1 documents")
    notes.undo()
    assert notes.annotations() == []
    assert notes.documents()["d5"].kept


def test_corrections_and_tags_of_documents(notes):
    notes.correct("d1", {"title": "Mine", "date": "2021"})
    notes.correct("d1", {"date": None})
    notes.tag_document("d1", ["wages/steps", "ferry"])
    known = notes.documents()["d1"]
    assert (known.corrections, known.tags) == ({"title": "Mine"}, ("wages/steps", "ferry"))
    notes.undo()
    notes.undo()
    assert notes.documents()["d1"].corrections == {"title": "Mine", "date": "2021"}


def test_where_files_lie_is_no_deed(notes):
    place = Location("/saved/a.txt", "d1", "c", "t")
    notes.locate([place])
    assert notes.locations() == [place]
    assert notes.undo() is None
    notes.locate([replace(place, path="/saved/b.txt", missing=True)], gone=["/saved/a.txt"])
    assert notes.locations() == [replace(place, path="/saved/b.txt", missing=True)]


def test_reading_positions_and_settings(notes):
    notes.read_at("d1", 40)
    notes.read_at("d1", None)
    assert notes.documents()["d1"].position == 40
    assert notes.documents()["d1"].opened
    assert not notes.documents()["d1"].kept
    notes.remember_setting("sort", "date")
    assert notes.setting("sort") == "date"
    notes.remember_setting("sort", None)
    assert notes.setting("sort") is None


def test_history_tells_actions_newest_first(notes):
    notes.annotate(note("n1"), "the ferry sails")
    notes.delete(["n1"])
    notes.undo()
    labels = [(action.label.split()[0], bool(action.undoes)) for action in notes.history()]
    assert labels[:3] == [("delete", True), ("delete", False), ("note", False)]


def test_it_is_sound(notes):
    assert notes.problems() == []
    assert not notes.read_only


# -- who said it -----------------------------------------------------------------------------------------------------------------


def said(name, person=None, document=None):
    return Spelling(name.lower(), name, person, document)


def test_what_the_user_says_of_names_and_quotations_comes_back_and_is_undone(notes):
    assert notes.rulings() == Rulings()
    joined = [said("R. Imaginary", "Rosa Imaginary"), said("Rosa Imaginary", "Rosa Imaginary")]
    notes.rule(joined, "merge two")
    notes.rule([said("R. Imaginary", None, "d1")], "split one")
    walk = Attribution("d1", "we will walk out", 1, "Sam Other")
    notes.attribute(walk, "attribute one")
    notes.attribute(replace(walk, speaker=None), "attribute it again")
    notes.attribute(replace(walk, nth=2), "attribute the other")
    assert notes.rulings() == Rulings((*joined, said("R. Imaginary", None, "d1")), (replace(walk, speaker=None), replace(walk, nth=2)))
    labels = []
    while action := notes.undo():
        labels.append(action.label)
    assert labels == ["attribute the other", "attribute it again", "attribute one", "split one", "merge two"]
    assert notes.rulings() == Rulings()


def test_a_name_in_a_document_has_the_meaning_said_last(notes):
    notes.rule([said("Rosa", "Rosa Imaginary")], "merge")
    notes.rule([said("Rosa")], "split")
    assert notes.rulings().spellings == (said("Rosa"),)
    notes.undo()
    assert notes.rulings().spellings == (said("Rosa", "Rosa Imaginary"),)


def test_a_store_of_the_first_version_is_backed_up_and_keeps_everything(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteNotes(path, tmp_path / "backups")
    store.annotate(note("n1"), "the ferry sails")
    store.tag_document("d1", ["wages"])
    store.close()
    for copy in (tmp_path / "backups").iterdir():
        copy.unlink()
    old = sqlite3.connect(path)
    for table in ("spelling", "attribution", "placement", "colour"):
        old.execute(f"DROP TABLE {table}")
    old.execute("PRAGMA user_version=1")
    old.commit()
    old.close()
    store = SqliteNotes(path, tmp_path / "backups")
    (kept,) = (tmp_path / "backups").glob("*.migration.db")
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT id FROM annotation").fetchall() == [("n1",)]
    copy.close()
    assert [a.id for a in store.annotations()] == ["n1"]
    assert store.rulings() == Rulings()
    store.rule([said("Rosa")], "split")
    undone = [store.undo(), store.undo()]
    assert [action.label.split()[0] for action in undone if action] == ["split", "tag"]
    assert not store.read_only
    assert store.problems() == []
    store.close()


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("annotate"), st.integers(0, 3)),
        st.tuples(st.just("edit"), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.integers(0, 3)),
        st.tuples(st.just("tag"), st.integers(0, 1)),
        st.tuples(st.just("correct"), st.integers(0, 1)),
        st.tuples(st.just("remove"), st.integers(0, 1)),
        st.tuples(st.just("rule"), st.integers(0, 2)),
        st.tuples(st.just("attribute"), st.integers(0, 1)),
        st.tuples(st.just("retag"), st.integers(0, 3)),
        st.tuples(st.just("place"), st.integers(0, 3)),
        st.tuples(st.just("colour"), st.integers(0, 1)),
        st.tuples(st.just("take in"), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.just(0)),
        st.tuples(st.just("redo"), st.just(0)),
    ),
    max_size=16,
)


def state(notes):
    documents = {name: (k.kept, k.tags, dict(k.corrections)) for name, k in notes.documents().items() if k.kept or k.tags or k.corrections}
    ruled = notes.rulings()
    said = sorted(map(repr, ruled.spellings)), sorted(map(repr, ruled.attributions))
    written = [replace(a, rev=0) for a in sorted(notes.annotations(), key=lambda a: a.id)]
    return written, documents, said, sorted(notes.colours().items())


def more(tags, step):
    return (*tags, f"tag{step}") if step % 2 else tags[1:]


def do(notes, deed, number, step):
    name = f"n{number}"
    present = {a.id: a for a in notes.annotations()}
    if deed == "annotate" and name not in present:
        notes.annotate(note(name), "the ferry sails")
    elif deed == "edit" and name in present:
        notes.edit(replace(present[name], body=f"step {step}"))
    elif deed == "delete" and name in present:
        notes.delete([name])
    elif deed == "tag":
        notes.tag_document(f"d{number}", [f"tag{step}"])
    elif deed == "correct":
        notes.correct(f"d{number}", {"title": f"title {step}"})
    elif deed == "remove":
        notes.remove([f"d{number}"], [], "remove")
    elif deed == "rule":
        notes.rule([said("Rosa", f"person {step}" if step % 2 else None, f"d{number}" if number else None)], "rule")
    elif deed == "attribute":
        notes.attribute(Attribution("d1", "words", number, f"person {step}" if step % 2 else None), "attribute")
    elif deed == "retag":
        everywhere = bool(step % 3)
        tags = {"change": lambda a: replace(a, tags=more(a.tags, step), colour="red"), "documents": lambda own: more(own, step)}
        notes.revise(tags["change"], None if everywhere else list(present), "retag", tags["documents"] if everywhere else None)
    elif deed == "place" and name in present:
        notes.place(present[name], Anchor("v2", step, step + 5, "ferry", "", ""), "ferry " * 20)
    elif deed == "colour":
        notes.name_colour(COLOURS[number], f"meaning {step}")
    elif deed == "take in":
        notes.take_in(
            [Imported(note(name, body=f"step {step}"), (Edition("2020", "note", "note", "first"),))],
            {"d1": tagged("d1", f"tag{step}")},
            "import",
        )
    else:
        return False
    return True


@settings(max_examples=60)
@given(DEEDS)
def test_undo_and_redo_walk_through_any_sequence_of_deeds_exactly(tmp_path_factory, deeds):
    folder = tmp_path_factory.mktemp("undo")
    notes = SqliteNotes(folder / "library.db", folder / "backups")
    try:
        notes.keep(["d0", "d1"], "add")
        states, at = [state(notes)], 0
        for step, (deed, number) in enumerate(deeds):
            before = state(notes)
            if deed == "undo":
                assert (notes.undo() is None) == (at == 0)
                at = max(0, at - 1)
            elif deed == "redo":
                assert (notes.redo() is None) == (at == len(states) - 1)
                at = min(at + 1, len(states) - 1)
            elif do(notes, deed, number, step) and state(notes) != before:
                states, at = [*states[: at + 1], state(notes)], at + 1
            assert state(notes) == states[at]
        for expected in reversed(states[:at]):
            assert notes.undo() is not None
            assert state(notes) == expected
        assert notes.undo() is None
        for expected in states[1:]:
            assert notes.redo() is not None
            assert state(notes) == expected
        assert notes.redo() is None
        assert notes.problems() == []
    finally:
        notes.close()


def test_redo_holds_over_a_restart_and_ends_with_something_new(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteNotes(path, tmp_path / "backups")
    store.annotate(note("n1"), "the ferry sails")
    store.annotate(note("n2"), "the ferry sails")
    store.undo()
    store.undo()
    store.close()
    store = SqliteNotes(path, tmp_path / "backups")
    assert store.redo() is not None
    assert [a.id for a in store.annotations()] == ["n1"]
    store.annotate(note("n3"), "the ferry sails")
    assert store.redo() is None, "n2 was undone before n3 was made"
    store.close()


def test_a_note_remembers_what_it_said(notes):
    notes.annotate(note("n1", body="one"), "the ferry sails")
    first = notes.annotations()[0]
    second = notes.edit(replace(first, body="two", colour="red"))
    notes.edit(replace(second, body="three"))
    notes.undo()
    notes.delete(["n1"])
    told = notes.editions("n1")
    assert [(e.body, e.colour) for e in told] == [("one", None), ("two", "red"), ("three", "red"), ("two", "red")]
    assert all(e.at and e.label for e in told)
    assert notes.editions("nobody") == []


def test_a_clock_that_was_set_back_makes_no_edit_older_than_the_one_before(notes):
    later = replace(note("n1"), created="2999-01-01T00:00:00.000Z", modified="2999-01-01T00:00:00.000Z")
    notes.annotate(later, "the ferry sails")
    edited = notes.edit(replace(later, body="another"))
    assert edited.modified >= later.modified
    assert notes.undo() is not None
    assert notes.annotations()[0].body == later.body


def test_a_confirmed_place_stands_beside_the_anchor_and_goes_with_the_note(notes):
    notes.annotate(note("n1"), "the ferry sails")
    made = notes.annotations()[0]
    found = Anchor("v2", 8, 13, "ferry", "", "")
    notes.place(made, found, "and the ferry sails")
    assert (notes.annotations()[0].anchor, notes.annotations()[0].placed) == (made.anchor, found)
    assert notes.text("v2") == "and the ferry sails"
    notes.delete(["n1"])
    notes.undo()
    assert notes.annotations()[0].placed == found
    notes.undo()
    assert notes.annotations()[0].placed is None
    with pytest.raises(NotFound):
        notes.place(note("n9"), found, "text")


def test_many_are_revised_in_one_action_and_all_or_none(notes):
    notes.annotate(note("n1"), "the ferry sails")
    notes.annotate(note("n2", document="d2"), "the ferry sails")
    notes.tag_document("d1", ["wages"])
    with pytest.raises(NotFound):
        notes.revise(lambda a: replace(a, tags=("x",)), ["n1", "n9"], "retag")
    assert [a.tags for a in notes.annotations()] == [("wages",), ("wages",)]
    assert notes.revise(lambda a: replace(a, tags=(*a.tags, "y/z"), colour="red"), ["n1"], "retag") == 1
    assert notes.revise(lambda a: replace(a, tags=pay(a.tags)), None, "retag", pay) == 3
    assert [(a.tags, a.colour) for a in notes.annotations()] == [(("pay", "y/z"), "red"), (("pay",), None)]
    assert [a.rev for a in notes.annotations()] == [3, 2], "an editor that shows the old tags must not overwrite in silence"
    assert notes.documents()["d1"].tags == ("pay",)
    assert notes.revise(lambda a: a, None, "nothing", lambda tags: tags) == 0
    notes.undo()
    assert [a.tags for a in notes.annotations()] == [("wages", "y/z"), ("wages",)]
    assert notes.documents()["d1"].tags == ("wages",)


def pay(tags):
    return tuple(tag.replace("wages", "pay") for tag in tags)


def test_undo_takes_back_what_was_said_of_a_document_that_came_into_the_library_since(notes):
    notes.correct("d1", {"title": "T"})
    notes.annotate(note("n1"), "the ferry sails")
    assert notes.undo() is not None
    assert notes.undo() is not None
    assert notes.documents()["d1"].corrections == {}
    assert notes.documents()["d1"].kept
    assert notes.redo() is not None
    assert notes.documents()["d1"].corrections == {"title": "T"}


def test_colours_have_the_meaning_said_last(notes):
    assert dict(notes.colours()) == {}
    notes.name_colour("red", "check this")
    notes.name_colour("red", "doubtful")
    assert dict(notes.colours()) == {"red": "doubtful"}
    notes.name_colour("red", "")
    assert dict(notes.colours()) == {}
    notes.undo()
    assert dict(notes.colours()) == {"red": "doubtful"}


def tagged(name, tag):
    return Kept(name, kept=True, removed=False, added=None, tags=(tag,))


def test_what_is_taken_in_has_its_past_and_goes_as_one(notes):
    past = (Edition("2020-01-01", "note", "note", "one", ("a",)), Edition("2020-01-02", "edit", "note", "two", ("a",), "red"))
    taken = replace(note("n1", body="two", tags=("a",)), colour="red", placed=Anchor("v2", 0, 5, "ferry", "", ""))
    notes.take_in([Imported(taken, past), Imported(note("n2", document="d2"))], {"d1": tagged("d1", "saved")}, "import 2 notes")
    assert sorted(a.id for a in notes.annotations()) == ["n1", "n2"]
    assert next(a for a in notes.annotations() if a.id == "n1") == taken
    assert tuple(notes.editions("n1")) == past
    assert notes.documents()["d1"].tags == ("saved",)
    assert notes.documents()["d1"].kept
    notes.undo()
    assert notes.annotations() == []
    assert notes.documents()["d1"].tags == ()


def test_what_changed_in_the_list_of_documents_is_told(notes):
    number, _ = notes.changed_since(0)
    notes.keep(["a", "b"], "add")
    then, changed = notes.changed_since(number)
    assert sorted(changed) == ["a", "b"]
    assert notes.changed_since(then) == (then, [])
    notes.tag_document("b", ["wages", "boats"])
    assert notes.changed_since(then)[1] == ["b"]
    notes.undo()
    assert notes.changed_since(then)[1] == ["b"]
    notes.redo()
    assert notes.document_tags() == ["boats", "wages"]
    notes.read_at("a", 3)
    assert notes.opened() == ["a"]
