"""The list of documents: orders, narrowing, entries when they are asked for, and the list as it is kept."""

import os
import random

import pytest

from reader.hall.catalogue import Catalogue
from reader.model import Entry, Metadata
from reader.text import fold
from tests.libraries import filled


def entry(name, title, date=None, publisher=None, tags=(), added=None):
    return Entry(name, f"/saved/{name}.txt", Metadata(date=date, publisher=publisher), title, tags=tags, added=added)


THREE = [
    entry("a", "Tide Tables", "2020-01-02", "The Lamp", added="2024-01-01"),
    entry("b", "café Boards", None, "Harbour Weekly", ("wages",), added="2024-03-01"),
    entry("c", "Lifeboats", "2021", added="2024-02-01"),
]


def test_orders_are_by_title_or_newest_first_with_the_undated_last():
    catalogue = Catalogue.of(THREE)
    assert list(catalogue.ordered("title")) == ["b", "c", "a"]
    assert list(catalogue.ordered("date")) == ["c", "a", "b"]
    assert list(catalogue.ordered("added")) == ["b", "c", "a"]
    assert list(catalogue.ordered("read", lambda: ["a", "gone", "c"])) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("typed", "found"), [("CAFE", "b"), ("lamp tide", "a"), ("#wages", "b"), ("c.txt", "c"), ("2021", "c"), ("nothing", ""), ("t", "bca")]
)
def test_a_filter_looks_at_everything_a_line_shows_and_at_the_file_name(typed, found):
    catalogue = Catalogue.of(THREE)
    assert "".join(catalogue.narrowed(typed, catalogue.ordered("title"))) == found


@pytest.mark.parametrize(
    ("typed", "found"), [("tide", "a"), ("CAFE", "b"), ("BOA", "cb"), ("boat life", "c"), ("lamp", ""), ("2021", ""), (" ", "")]
)
def test_a_title_is_found_by_words_of_it_alone_the_shortest_first(typed, found):
    assert "".join(Catalogue.of(THREE).titled(typed)) == found


def test_a_corrected_title_is_found_by_what_it_is_now():
    catalogue = Catalogue.of(THREE)
    catalogue.update(entry("a", "Ebb and Flow"))
    assert list(catalogue.titled("ebb")) == ["a"]
    assert list(catalogue.titled("tide")) == []


@pytest.mark.parametrize(("typed", "found"), [("t", "a"), ("TIDE T", "a"), ("Café", "b"), ("tide tables!", ""), ("", "bca"), ("z", "")])
def test_titles_that_begin_so_are_found_in_either_case(typed, found):
    assert "".join(known.id for known in Catalogue.of(THREE).begun(typed)) == found


def test_a_title_of_many_thousands_is_found_without_reading_their_entries():
    packed = Catalogue.of([entry(f"{n:05}", f"Tide {n:05}") for n in range(5000)]).packed()
    asked = []

    def fetch(documents):
        asked.append(documents)
        return [entry(name, f"Tide {name}") for name in documents]

    catalogue = Catalogue.stored(str(packed["ids"]), packed.get, fetch)
    assert [known.display_title for known in catalogue.begun("tide 0412")] == [f"Tide 0412{n}" for n in range(8)]
    assert list(catalogue.titled("tide 04444")) == ["04444"]
    assert len(asked) == 1
    assert len(asked[0]) < 100


def test_typing_and_taking_back_letters_gives_what_typing_at_once_gives():
    chance = random.Random(5)
    entries = [
        entry(f"{n:03}", " ".join(chance.choices(["Tide", "Boat", "Crew", "Été", "Rope"], k=3)), f"20{n % 20:02}") for n in range(300)
    ]
    typing = Catalogue.of(entries)
    for typed in ("t", "ti", "tid", "ti", "ti b", "ti bo", "ti b", "ti", "t", "e", "ete", "ete r", "ete", "rope", ""):
        for order in ("title", "date"):
            at_once = Catalogue.of(entries)
            expected = list(at_once.narrowed(typed, at_once.ordered(order)))
            assert list(typing.narrowed(typed, typing.ordered(order))) == expected
            assert sorted(expected) == [
                e.id for e in entries if all(word in fold(e.display_title + os.path.basename(e.path)).text for word in typed.split())
            ]


def test_merging_is_like_making_it_anew():
    chance = random.Random(6)
    before = [entry(f"{n:03}", chance.choice("pqrst") + str(n), str(2000 + n % 7)) for n in range(60)]
    for many in (3, 250):
        new = [entry(f"{n:03}", chance.choice("opqrstu") + str(n), str(2000 + n % 5)) for n in range(50, 50 + many)]
        gone = {"001", "055", "absent"}
        merged = Catalogue.of(before).merge(new, gone)
        anew = Catalogue.of([e for e in {e.id: e for e in [*before, *new]}.values() if e.id not in gone] + [e for e in new if e.id in gone])
        assert sorted(merged) == sorted(anew)
        for order in ("title", "date"):
            assert [merged[name].metadata.date for name in merged.ordered(order)] == [
                anew[name].metadata.date for name in anew.ordered(order)
            ]


@pytest.fixture
def library(tmp_path):
    names = ("Anchors", "Buoys", "Cranes")
    with filled(tmp_path, {f"{name}.txt": f"{name} of Port Example\n\nThe crew of {name} met the board.\n" for name in names}) as opened:
        yield opened


def as_documents(library):
    return [e.id for e in library.documents()]


def test_the_list_that_is_kept_says_what_the_documents_say(library):
    catalogue = library.catalogue()
    assert list(catalogue.ordered("title")) == as_documents(library)
    assert [catalogue[name] for name in catalogue] == list(library.documents())
    assert list(catalogue.narrowed("buoy", catalogue.ordered("title"))) == [as_documents(library)[1]]
    assert "absent" not in catalogue
    with pytest.raises(KeyError):
        catalogue["absent"]


def test_what_changes_after_the_list_was_kept_is_in_it_all_the_same(library, tmp_path):
    anchors, buoys, cranes = as_documents(library)
    library.correct(anchors, title="Zebra Moorings", date="1999")
    library.tag(buoys, ["wages"])
    library.remove([cranes])
    (tmp_path / "saved" / "New.txt").write_text("Midships of Port Example\n\nNew words.\n")
    list(library.add([tmp_path / "saved"]))
    for _ in range(2):
        catalogue = library.catalogue()
        assert list(catalogue.ordered("title")) == as_documents(library)
        assert list(catalogue.narrowed("zebra 1999", catalogue.ordered("title"))) == [anchors]
        assert list(catalogue.narrowed("#wages", catalogue.ordered("title"))) == [buoys]
        library.keep_catalogue()
    library.undo()


def test_a_list_that_somebody_else_keeps_anew_does_not_mix_with_the_old_one(library):
    old = library.catalogue()
    anchors = next(iter(old))
    library.correct(anchors, title="Zebra Moorings")
    library.keep_catalogue()
    said = {name: old[name].display_title for name in old}
    assert sorted(old.narrowed("zebra", old.ordered("date"))) == sorted(name for name, title in said.items() if "Zebra" in title)


def test_documents_brought_up_to_date_are_found_under_what_they_say_now(library):
    catalogue = library.catalogue()
    name = next(iter(catalogue))
    library.tag(name, ["lamps"])
    catalogue.update(library.documents([name])[0])
    assert list(catalogue.narrowed("#lamps", catalogue.ordered("title"))) == [name]
