"""The library as a program sees it: adding, moving, reading, searching, noting, through public names only."""

import contextlib
import os
import subprocess
import sys

import pytest

from reader.errors import Conflict, Damaged, NotFound, StoreError, UsageError
from reader.library import Library
from tests.hall.slices import check_slices

LETTER = """Ferry Crew Asks for a Timetable

The crew of the night ferry asked the harbour board for a printed timetable on Monday.

“A timetable is a promise with numbers in it,” said Odile Marsh, the mate. “We would like the board to make one.”

The board said it would think about it.
"""
REPLY = "Harbour Board Answers\n\nThe harbour board answered the crew in a letter of two lines. It said nothing about numbers.\n"


@pytest.fixture
def saved(tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "reply.txt").write_text(REPLY, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path, saved):
    with Library.open(tmp_path / "library") as opened:
        yield opened


def add(library, *paths, **options):
    return {os.path.basename(outcome.path): outcome.status for outcome in library.add(paths, **options)}


def noted(library, saved, words="A timetable is a promise with numbers in it", name="letter.txt"):
    document = library.find(str(saved / name)).id
    start, end = library.place_words(document, words, 1)
    return library.annotate(document, start, end, "who said no?", ["wages"])


# -- adding ----------------------------------------------------------------------------------------------------------------------


def test_a_second_look_changes_nothing(library, saved):
    assert add(library, saved) == {"letter.txt": "new", "reply.txt": "new"}
    assert add(library, saved) == {"letter.txt": "unchanged", "reply.txt": "unchanged"}


def move(saved):
    (saved / "deeper").mkdir()
    (saved / "letter.txt").rename(saved / "deeper" / "post.txt")


def swap_names(saved):
    for a, b in [("letter.txt", "x"), ("reply.txt", "letter.txt"), ("x", "reply.txt")]:
        (saved / a).rename(saved / b)


def save_a_copy_and_edit(saved):
    (saved / "a-backup.txt").write_text(LETTER, encoding="utf-8")
    (saved / "letter.txt").write_text(LETTER + "\nA last line was added.\n", encoding="utf-8")


def move_and_give_the_name_to_another_text(saved):
    (saved / "letter.txt").rename(saved / "z-old.txt")
    (saved / "letter.txt").write_text("Walrus News\n\nNothing of the kind was ever written here before.\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told", "path"),
    [
        (move, {"post.txt": "moved", "reply.txt": "unchanged"}, "deeper/post.txt"),
        (swap_names, {"letter.txt": "moved", "reply.txt": "moved"}, "reply.txt"),
        (save_a_copy_and_edit, {"a-backup.txt": "new", "letter.txt": "changed", "reply.txt": "unchanged"}, "letter.txt"),
        (move_and_give_the_name_to_another_text, {"letter.txt": "new", "reply.txt": "unchanged", "z-old.txt": "moved"}, "z-old.txt"),
    ],
)
def test_notes_stay_with_their_document_whatever_happens_to_names(library, saved, change, told, path):
    add(library, saved)
    made = noted(library, saved)
    change(saved)
    assert add(library, saved) == told
    entry = library.find(made.document)
    assert entry.path == str(saved / path)
    assert not entry.missing
    (note,) = library.notes()
    assert (note.document, note.state) == (entry.id, "anchored")
    assert len(library.documents()) == len(told)


def test_one_page_saved_twice_is_one_document(library, saved):
    add(library, saved)
    (saved / "again.txt").write_text(LETTER.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert add(library, saved)["again.txt"] == "copy"
    assert len(library.documents()) == 2
    (saved / "letter.txt").unlink()
    add(library, saved)
    entry = library.find(str(saved / "again.txt"))
    assert not entry.missing


def test_a_copy_that_is_edited_becomes_a_document_of_its_own(library, saved):
    add(library, saved)
    made = noted(library, saved)
    (saved / "again.txt").write_text(LETTER, encoding="utf-8")
    add(library, saved)
    (saved / "again.txt").write_text("Something else\n\naltogether.", encoding="utf-8")
    assert add(library, saved)["again.txt"] == "new"
    assert len(library.documents()) == 3
    assert library.notes()[0].document == made.document
    assert library.notes()[0].state == "anchored"


def test_a_file_that_is_gone_stays_listed_with_its_text_and_notes(library, saved):
    add(library, saved)
    made = noted(library, saved)
    (saved / "letter.txt").unlink()
    assert add(library, saved)["letter.txt"] == "missing"
    assert library.find(made.document).missing
    assert library.read(made.document).text == LETTER
    assert [n.state for n in library.notes()] == ["anchored"]
    (saved / "letter.txt").write_text(LETTER, encoding="utf-8")
    add(library, saved)
    assert not library.find(made.document).missing


def test_a_file_that_went_away_and_turns_up_elsewhere_is_the_same_document(library, saved, tmp_path):
    add(library, saved)
    made = noted(library, saved)
    (saved / "letter.txt").rename(tmp_path / "elsewhere.txt")
    add(library, saved)
    assert add(library, tmp_path / "elsewhere.txt") == {"elsewhere.txt": "moved"}
    assert library.find(made.document).path == str(tmp_path / "elsewhere.txt")


def test_looking_at_a_file_does_not_take_it_in_until_it_is_annotated(library, saved):
    assert add(library, saved, keep=False) == {"letter.txt": "new", "reply.txt": "new"}
    assert library.documents() == []
    assert library.search("timetable promise") == []
    viewed = library.viewed([str(saved)])
    assert {entry.display_title for entry in library.documents(viewed)} == {"Ferry Crew Asks for a Timetable", "Harbour Board Answers"}
    assert library.search("timetable promise", among=library.documents(viewed))
    noted(library, saved)
    assert [entry.display_title for entry in library.documents()] == ["Ferry Crew Asks for a Timetable"]
    assert add(library, saved) == {"letter.txt": "unchanged", "reply.txt": "new"}


def test_what_failed_is_told_again_until_it_is_mended(library, saved):
    (saved / "broken.txt").write_bytes(bytes(range(256)) * 20)
    assert add(library, saved)["broken.txt"] == "failed"
    assert add(library, saved)["broken.txt"] == "failed"
    (saved / "broken.txt").write_text("mended words")
    assert add(library, saved)["broken.txt"] == "new"


def test_a_text_that_was_overwritten_and_comes_back_is_the_same_document(library, saved):
    add(library, saved)
    made = noted(library, saved)
    (saved / "letter.txt").write_text(REPLY, encoding="utf-8")
    add(library, saved)
    assert library.find(made.document).missing
    (saved / "again.txt").write_text(LETTER, encoding="utf-8")
    add(library, saved)
    entry = library.find(made.document)
    assert not entry.missing
    assert entry.path.endswith("again.txt")
    assert library.notes()[0].state == "anchored"


def test_a_removed_document_stays_out_under_another_name(library, saved):
    add(library, saved)
    library.remove([library.find("ferry").id])
    (saved / "letter.txt").rename(saved / "renamed.txt")
    assert add(library, saved) == {"renamed.txt": "skipped", "reply.txt": "unchanged"}
    assert add(library, saved / "renamed.txt") == {"renamed.txt": "moved"}
    assert len(library.documents()) == 2


def test_removing_a_folder_leaves_what_another_remembered_one_holds(library, saved, tmp_path):
    (saved / "inner").mkdir()
    (saved / "inner" / "deep.txt").write_text("Deep\n\nA letter from below.", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text(LETTER, encoding="utf-8")
    add(library, saved, tmp_path / "other", saved / "inner")
    removed = library.remove([], [str(saved)])
    assert [entry.display_title for entry in removed] == ["Harbour Board Answers"]
    assert {entry.display_title for entry in library.documents()} == {"Deep", "Ferry Crew Asks for a Timetable"}


# -- a text that changed ---------------------------------------------------------------------------------------------------------


def test_notes_follow_their_words_into_a_changed_file(library, saved):
    add(library, saved)
    noted(library, saved)
    (saved / "letter.txt").write_text("A new first line.\n\n" + LETTER.replace("“", '"').replace("”", '"'), encoding="utf-8")
    assert add(library, saved)["letter.txt"] == "changed"
    note = library.notes()[0]
    assert note.state == "anchored"
    assert library.read(note.document).text[note.start : note.end] == "A timetable is a promise with numbers in it"
    assert note.exact == "A timetable is a promise with numbers in it"


def test_notes_whose_words_are_gone_are_listed_as_orphans(library, saved):
    add(library, saved)
    noted(library, saved)
    (saved / "letter.txt").write_text(LETTER.replace("a promise with numbers in it", "a threat"), encoding="utf-8")
    add(library, saved)
    note = library.notes()[0]
    assert (note.state, note.start, note.end) == ("orphan", None, None)
    assert note.exact == "A timetable is a promise with numbers in it"
    (saved / "letter.txt").write_text(LETTER, encoding="utf-8")
    add(library, saved)
    assert library.notes()[0].state == "anchored"


def test_a_note_never_jumps_to_a_look_alike_that_was_there_before(library, saved):
    twice = "Team Alpha won the first cup.\n\nNobody was surprised.\n\nTeam Beta won the second cup.\n\nNobody was surprised.\n"
    (saved / "cups.txt").write_text(twice, encoding="utf-8")
    add(library, saved)
    noted(library, saved, "Nobody was surprised", "cups.txt")
    (saved / "cups.txt").write_text("Team Beta won the second cup.\n\nNobody was surprised.\n", encoding="utf-8")
    add(library, saved)
    assert library.notes()[0].state == "orphan"


# -- stores that went wrong ------------------------------------------------------------------------------------------------------


def test_a_damaged_index_is_set_aside_and_made_anew_and_notes_do_not_notice(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        made = noted(library, saved)
    (tmp_path / "library" / "index.db").write_bytes(b"SQLite format 3\0" + b"garbage" * 4000)
    with Library.open(tmp_path / "library") as library:
        assert library.stale()
        list(library.refresh())
        assert not library.stale()
        assert library.find(made.document).id == made.document
        assert library.notes()[0].exact == made.exact
        assert library.search("timetable promise")[0].document == made.document
    assert list((tmp_path / "library").glob("index.set-aside-*.db"))


def test_a_lost_index_and_a_lost_file_leave_an_annotated_text(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        made = noted(library, saved)
    for path in (tmp_path / "library").glob("index.db*"):
        path.unlink()
    (saved / "letter.txt").unlink()
    with Library.open(tmp_path / "library") as library:
        list(library.refresh())
        assert library.read(made.document).text == LETTER
        assert library.find(made.document).missing
        assert library.notes()[0].state == "anchored"
        assert not library.stale()


def test_a_text_whose_file_is_gone_is_taken_from_the_index_that_was_set_aside(tmp_path, saved):
    import sqlite3

    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        document = library.find("ferry").id
    with contextlib.closing(sqlite3.connect(tmp_path / "library" / "index.db")) as raw:
        raw.execute("PRAGMA user_version=99")  # as a later pullquote would leave it
        raw.commit()
    (saved / "letter.txt").unlink()
    with Library.open(tmp_path / "library") as library:
        list(library.refresh())
        assert library.read(document).text == LETTER
        assert library.find(document).missing
        assert library.search("timetable promise")[0].document == document


@pytest.mark.parametrize("garbage", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_note_store_is_refused_untouched_with_the_way_back(tmp_path, saved, garbage):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        noted(library, saved)
    store = tmp_path / "library" / "library.db"
    store.write_bytes(garbage)
    with pytest.raises(Damaged, match=r"the way back: `pullquote doctor --restore` brings back .*library-.*daily.db"):
        Library.open(tmp_path / "library")
    assert store.read_bytes() == garbage


def test_a_note_store_of_a_newer_pullquote_is_read_and_never_written(tmp_path, saved):
    import sqlite3

    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        noted(library, saved)
    with sqlite3.connect(tmp_path / "library" / "library.db") as raw:
        raw.execute("PRAGMA user_version=99")
    raw.close()
    with Library.open(tmp_path / "library") as library:
        assert len(library.notes()) == 1
        with pytest.raises(StoreError, match="newer pullquote"):
            noted(library, saved)


def test_a_library_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"open: .*: cannot be made: "):
        Library.open(tmp_path / "file" / "library")


def test_a_database_of_another_program_is_left_alone(tmp_path):
    import sqlite3

    (tmp_path / "library").mkdir()
    with sqlite3.connect(tmp_path / "library" / "library.db") as raw:
        raw.execute("CREATE TABLE recipes(name)")
    raw.close()
    with pytest.raises(Damaged, match="another program"):
        Library.open(tmp_path / "library")


# -- notes -----------------------------------------------------------------------------------------------------------------------


def test_offsets_that_are_no_stretch_of_the_text_are_refused(library, saved):
    add(library, saved)
    document = library.documents()[0].id
    for start, end in [(-1, 4), (4, 4), (0, 10**9), (31, 33)]:
        with pytest.raises(UsageError):
            library.annotate(document, start, end)
    with pytest.raises(NotFound):
        library.annotate("nobody", 0, 4)
    assert library.notes() == []


def test_every_hit_is_a_slice_with_marked_words_inside_it(library, saved):
    add(library, saved)
    for query in ("timetabel promise numbers", "harbor board", "ODILE", "mate said think about"):
        hits = library.search(query)
        check_slices(library, hits)
        assert all(hit.matches for hit in hits)


def test_the_user_word_on_metadata_wins_and_survives_a_new_index(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        document = library.find("ferry").id
        library.correct(document, title="Mine", date="2021-05")
        with pytest.raises(UsageError):
            library.correct(document, date="soon")
        with pytest.raises(UsageError):
            library.correct(document, words="12")
    for path in (tmp_path / "library").glob("index.db*"):
        path.unlink()
    with Library.open(tmp_path / "library") as library:
        list(library.refresh())
        entry = library.find("mine")
        assert (entry.id, entry.metadata.date, entry.display_title) == (document, "2021-05", "Mine")


def test_a_note_meant_for_an_older_text_is_refused(library, saved):
    add(library, saved)
    page = library.read(library.find("ferry").id)
    (saved / "letter.txt").write_text("New first words.\n\n" + LETTER, encoding="utf-8")
    add(library, saved)
    with pytest.raises(Conflict, match="changed since it was opened"):
        library.annotate(page.id, 0, 5, version=page.version.text)
    with pytest.raises(Conflict):
        library.bookmark(page.id, 0, 5, version=page.version.text)
    assert library.notes() == []


def test_a_note_store_that_is_gone_while_its_backups_are_there_is_not_begun_anew(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        noted(library, saved)
    for path in (tmp_path / "library").glob("library.db*"):
        path.unlink()
    with pytest.raises(Damaged, match="is gone, but its backups are there"):
        Library.open(tmp_path / "library")


# -- nothing is lost -------------------------------------------------------------------------------------------------------------

WRITER = """
import sys
from reader.library import Library
with Library.open(sys.argv[1]) as library:
    document = library.documents()[0].id
    for n in range(int(sys.argv[2])):
        made = library.annotate(document, 0, 5, f"{sys.argv[3]} {n}")
        print(made.id, flush=True)
"""


def writer(folder, count, name):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(count), name], stdout=subprocess.PIPE, text=True)


def test_two_writers_at_once_lose_nothing(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
    writers = [writer(tmp_path / "library", 40, name) for name in ("left", "right")]
    told = [line for process in writers for line in process.communicate()[0].split()]
    assert [process.returncode for process in writers] == [0, 0]
    with Library.open(tmp_path / "library") as library:
        assert len(told) == 80
        assert {note.id for note in library.notes()} == set(told)


def test_a_note_that_was_acknowledged_survives_kill_9(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
    for round_ in range(5):
        process = writer(tmp_path / "library", 1000, f"round {round_}")
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(3 + round_ * 4)]
        process.kill()
        told += [line for line in process.communicate()[0].split() if len(line) == 32]
        with Library.open(tmp_path / "library") as library:
            assert set(told) <= {note.id for note in library.notes()}
            assert library.notes_store.problems() == []


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        add(library, saved)
        noted(library, saved)
    script = """
import resource, signal, sys
from reader.errors import StoreError
from reader.library import Library
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(sys.argv[1]) as library:
    made = library.notes()[0]
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    try:
        library.annotate(made.document, 0, 5, "x" * 100000)
    except StoreError as error:
        print(error)
    print(len(library.notes()))
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "library")], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("note: ")
    assert lines[1] == "1"


def test_two_adds_at_once_make_one_library(tmp_path, saved):
    for n in range(30):
        (saved / f"more{n:02}.txt").write_text(f"Letter {n}\n\nThe crew wrote letter number {n} about the timetable.", encoding="utf-8")
    script = "import sys; from reader.library import Library\nwith Library.open(sys.argv[1]) as l: list(l.add([sys.argv[2]]))"
    adders = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "library"), str(saved)]) for _ in range(2)]
    assert [process.wait() for process in adders] == [0, 0]
    with Library.open(tmp_path / "library") as library:
        assert len(library.documents()) == 32
        assert len(library.search("letter number 17 about the timetable", limit=50)) >= 1
        assert library.index.problems() == library.notes_store.problems() == []
