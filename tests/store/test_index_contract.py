"""What every `ports.IndexStore` holds to, beyond `ports.Postings`."""

import sqlite3
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Contact, FileStamp, Inline, Metadata, Passage, Quote, Resolution
from reader.ports import KnownFile
from reader.spoken import Heard
from reader.store.index import SqliteIndex
from tests.store.making import heard, ids, reading, spoken


def passages(*foldeds):
    return [Passage(n * 10, n * 10 + 9, folded) for n, folded in enumerate(foldeds)]


def test_a_document_comes_back_as_it_was_put(index):
    put = reading("d1", "The ferry “sails” at noon.\n\n東京 🚢")
    metadata = Metadata(title="T", contact=Contact("Ada", None, "ada@example.org"), url="https://example.org")
    document = replace(put.document, inlines=(Inline("link", 0, 3, "https://example.org"),), metadata=metadata)
    put = replace(put, document=document, indexed=replace(put.indexed, metadata=metadata))
    index.put([(put, passages("the ferry"))], [])
    assert index.reading("d1") == put
    assert index.documents() == {"d1": put.indexed}
    assert index.excerpt("d1", 4, 9) == "ferry"
    assert index.excerpt("d1", 28, 32) == "東京 🚢"
    assert index.reading("nobody") is None
    assert index.excerpt("nobody", 0, 9) == ""


def test_putting_again_replaces_every_trace(index):
    index.put([(reading("d1", "one"), passages("old words stay nowhere", "the end"))], [])
    index.put([(reading("d1", "two"), passages("new words"))], [])
    assert index.frequencies(["old", "nowhere", "new", "words", "the"]) == {"new": 1, "words": 1}
    assert index.postings(["old"]) == {}
    assert [p.folded for p in index.passages(ids(index, "words"))] == ["new words"]
    assert index.neighbours("nowher") == {}


def test_forgetting_leaves_nothing_behind(index):
    known = KnownFile("/saved/a.txt", FileStamp(1, 2), "c", "d1", "new")
    index.put([(reading("d1", "one"), passages("ferry wages")), (reading("d2", "two"), passages("ferry noon"))], [known])
    index.forget(["d1", "nobody"], ["/saved/a.txt"])
    assert set(index.documents()) == {"d2"}
    assert index.frequencies(["ferry", "wages", "noon"]) == {"ferry": 1, "noon": 1}
    assert index.files() == {}


def test_files_below_a_folder(index):
    paths = ["/a/b", "/a/b/c.txt", "/a/b/d/e.txt", "/a/bc.txt", "/a/b-c/x.txt", "/z"]
    index.put([], [KnownFile(path, FileStamp(1, 2), "c", None, "failed", "broken") for path in paths])
    assert set(index.files("/a/b")) == {"/a/b", "/a/b/c.txt", "/a/b/d/e.txt"}
    assert set(index.files("/a/b/c.txt")) == {"/a/b/c.txt"}
    assert set(index.files()) == set(paths)
    assert index.files("/z")["/z"].error == "broken"


def test_documents_by_hash(index):
    one = reading("d1", "one")
    index.put([(one, [])], [])
    version = one.indexed.version
    assert index.by_hash(version.content, "") == "d1"
    assert index.by_hash("", version.text) == "d1"
    assert index.by_hash("x", "y") is None


def test_resolutions_are_kept_by_text_version(index):
    index.resolve("v1", {"n1": Resolution("anchored", 1, 5), "n2": Resolution("orphan")})
    assert index.resolutions("v1") == {"n1": Resolution("anchored", 1, 5), "n2": Resolution("orphan")}
    assert index.resolutions("v2") == {}


def test_what_nobody_looked_at(index):
    index.put([(reading("d1", "one"), [])], [])
    index.seen(["d1"])
    assert index.unseen(30) == []


def test_it_is_sound(index):
    index.put([(reading("d1", "one"), passages("ferry"))], [])
    assert index.problems() == []
    assert index.fresh


def test_a_word_of_very_many_passages_comes_and_goes(index):
    """Beyond 4,096 passages a container is a set of bits; beyond 65,536 ids there are two."""
    many = passages(*(["the same words"] * 40_000))
    index.put([(reading("d1", "one"), many)], [])
    index.put([(reading("d2", "two"), [*passages("other words"), *many])], [])
    first, second = index.extents(["d1"]), index.extents(["d2"])
    assert ids(index, "same") == [*range(first[0][0], first[0][1] + 1), *range(second[0][0] + 1, second[0][1] + 1)]
    assert [len(packed) for _, packed in index.postings(["same"])["same"]] == [8192, 8192]
    index.forget(["d1"])
    assert index.count() == 40_001
    assert ids(index, "same") == list(range(second[0][0] + 1, second[0][1] + 1))
    index.put([(reading("d2", "three"), passages("nothing else"))], [])
    assert index.postings(["same", "words"]) == {}
    assert index.frequencies(["same", "words"]) == {}


texts_of_words = st.lists(st.lists(st.sampled_from("a b c dd ee".split()), min_size=1, max_size=4).map(" ".join), max_size=5)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["d1", "d2", "d3"]), st.none() | texts_of_words), max_size=8))
def test_after_any_changes_postings_say_what_the_passages_hold(index, changes):
    index.forget(["d1", "d2", "d3"])
    for document, texts in changes:
        if texts is None:
            index.forget([document])
        else:
            index.put([(reading(document, "text"), passages(*texts))], [])
    stored = [p for first, last in index.extents(["d1", "d2", "d3"]) for p in index.passages(range(first, last + 1))]
    assert index.count() == len(stored)
    for term in "a b c dd ee".split():
        held = sorted(p.id for p in stored if term in p.folded.split())
        assert ids(index, term) == held
        assert index.frequencies([term]).get(term, 0) == len(held)


def test_an_excerpt_from_the_middle_of_a_long_text(index):
    text = "".join(f"Line {n} of a long book. ☕\n" for n in range(3000))
    index.put([(reading("d1", text), [])], [])
    assert index.reading("d1").document.text == text
    for start, end in ((0, 10), (16_380, 16_390), (16_384, 32_768), (40_000, 75_000), (len(text) - 5, len(text) + 50), (10, 10)):
        assert index.excerpt("d1", start, end) == text[start:end]


def test_an_index_of_an_older_version_is_set_aside_and_its_texts_are_salvaged(tmp_path):
    path = tmp_path / "index.db"
    old = sqlite3.connect(path)
    old.executescript(
        """CREATE TABLE document(num INTEGER PRIMARY KEY, id TEXT, path TEXT, content TEXT, text_hash TEXT, format TEXT, reader INTEGER,
            metadata TEXT, display_title TEXT, words INTEGER, seen TEXT);
        CREATE TABLE body(num INTEGER PRIMARY KEY, text TEXT, blocks BLOB, inlines TEXT);
        PRAGMA application_id=0x50514958; PRAGMA user_version=1;"""
    )
    known = reading("d1", "the old text")
    blocks = known.document.blocks.packed()
    old.execute("INSERT INTO document VALUES(1,'d1','/a','c',?,'text',1,'{}','A title',3,'2024-01-01')", (known.indexed.version.text,))
    old.execute("INSERT INTO body VALUES(1,'the old text',?,'[]')", (blocks,))
    old.commit()
    old.close()
    index = SqliteIndex(path)
    assert index.fresh
    assert index.set_aside is not None
    assert index.set_aside.exists()
    assert index.documents() == {}
    salvaged = index.salvage("d1")
    assert salvaged is not None
    assert salvaged.document.text == "the old text"
    index.close()


# -- quotes ----------------------------------------------------------------------------------------------------------------------

WALK = "We will walk out on Monday,"


def test_quotes_come_back_as_they_were_put_with_their_passages(index):
    put = reading("d1", f"“{WALK}” said Rosa Imaginary. Then “Never.”")
    full = Quote(1, 28, "direct", 1, "Rosa Imaginary", (35, 49), "president", "said", "certain", (30, 34), (35, 49), person=False)
    bare = Quote(57, 63, "chant", 2)
    index.put(
        [(put, [Passage(0, 30, "one"), Passage(30, 50, "two"), Passage(50, 70, "three")])],
        [],
        [Heard("d1", put.indexed.version.text, 4, [(full, WALK), (bare, "Never.")])],
    )
    first, second = index.quotes(["d1"])
    assert (first.quote, first.words, second.quote, second.words) == (full, WALK, bare, "Never.")
    ((low, high),) = index.extents(["d1"])
    assert (first.passages, second.passages) == ((low, low), (high, high))
    assert index.quotes_at("d1", 20, 60) == [first, second]
    assert index.quotes_at("d1", 28, 57) == []
    assert index.quotes_at("nobody", 0, 99) == []


def test_quotes_by_document_and_by_name(index):
    one, two = reading("d1", "one"), reading("d2", "two")
    rosa, bob = spoken("d1", 5, WALK), spoken("d2", 9, "Never.", "Bob Invented", kind="fragment")
    unknown = spoken("d2", 50, "Who knows?", None, group=2)
    index.put([(one, []), (two, [])], [], [heard(one, rosa), heard(two, unknown, bob)])
    assert index.quotes() == [rosa, bob, unknown]
    assert index.quotes(["d2", "nobody"]) == [bob, unknown]
    assert index.quotes(speakers=["Rosa Imaginary", "Bob Invented", "Nobody"]) == [rosa, bob]
    assert index.quotes(["d2"], ["Rosa Imaginary"]) == []
    assert sorted(index.names()) == [("Bob Invented", 1, 1), ("Rosa Imaginary", 1, 1)]
    assert index.quoted_in(["Bob Invented", "Nobody"]) == {"Bob Invented": {"d2"}}


def test_credits_count_whole_quotes_by_name_and_role(index):
    one, two = reading("d1", "one"), reading("d2", "two")
    first = [spoken("d1", 5, WALK, role="mayor"), spoken("d1", 50, "Never.", group=2), spoken("d1", 90, "a hole", kind="fragment", group=3)]
    index.put([(one, []), (two, [])], [], [heard(one, *first), heard(two, spoken("d2", 5, WALK), spoken("d2", 60, WALK, None))])
    found = {(name, role): sorted(documents) for name, role, documents in index.credits()}
    assert found == {("Rosa Imaginary", "mayor"): ["d1"], ("Rosa Imaginary", None): ["d1", "d2"]}


def test_documents_whose_quotes_were_not_found_or_by_an_older_extractor(index):
    one, two, three = reading("d1", "one"), reading("d2", "two"), reading("d3", "three")
    index.put([(one, []), (two, []), (three, [])], [], [heard(one, extractor=2), heard(two, extractor=3)])
    assert index.unheard(3) == ["d1", "d3"]
    index.put(
        [], [], [heard(one, spoken("d1", 0, "one"), extractor=3), heard(three, extractor=3), heard(reading("d9", "nine"), extractor=3)]
    )
    assert index.unheard(3) == []
    assert [said.document for said in index.quotes()] == ["d1"]
    index.put([(reading("d1", "another text"), [])], [])
    assert index.unheard(3) == ["d1"], "another text has to be looked through again"
    assert index.quotes() == []


def test_quotes_of_a_text_that_is_no_longer_there_are_passed_over(index):
    old = reading("d1", "the old text")
    index.put([(reading("d1", "the new text"), [])], [])
    index.put([], [], [heard(old, spoken("d1", 4, "old"))])
    assert index.quotes() == []
    assert index.unheard(1) == ["d1"]


def test_forgetting_a_document_forgets_its_quotes(index):
    one = reading("d1", "one")
    index.put([(one, [])], [], [heard(one, spoken("d1", 0, "one"))])
    before = index.quotes_version()
    index.forget(["d1"])
    assert index.quotes() == index.names() == index.credits() == index.unheard(9) == []
    assert index.quotes_version() != before


def test_the_version_of_quotes_changes_for_every_connection(tmp_path):
    one, other = SqliteIndex(tmp_path / "index.db"), SqliteIndex(tmp_path / "index.db")
    before = other.quotes_version()
    assert before == one.quotes_version()
    put = reading("d1", "one")
    one.put([(put, [])], [], [heard(put, spoken("d1", 0, "one"))])
    assert one.quotes_version() == other.quotes_version() != before
    one.close()
    other.close()


def without_quotes(path):
    """Make an index what the second version left: the same file without the tables of quotes."""
    old = sqlite3.connect(path)
    for table in ("quote", "heard", "quotes_version"):
        old.execute(f"DROP TABLE {table}")
    old.execute("PRAGMA user_version=2")
    old.commit()
    old.close()


def test_an_index_of_the_second_version_keeps_everything_and_its_documents_wait_for_their_quotes(tmp_path):
    path = tmp_path / "index.db"
    known = KnownFile("/saved/a.txt", FileStamp(1, 2), "c", "d1", "new")
    index = SqliteIndex(path)
    put = reading("d1", "The ferry sails.")
    index.put([(put, passages("the ferry sails"))], [known])
    index.resolve("v1", {"n1": Resolution("anchored", 1, 5)})
    index.close()
    without_quotes(path)
    index = SqliteIndex(path)
    assert not index.fresh
    assert index.set_aside is None
    assert index.reading("d1") == put
    assert index.files() == {known.path: known}
    assert index.frequencies(["ferry"]) == {"ferry": 1}
    assert index.resolutions("v1")
    assert index.unheard(1) == ["d1"]
    index.put([], [], [heard(put, spoken("d1", 4, "ferry"))])
    assert index.unheard(1) == []
    assert [said.words for said in index.quotes()] == ["ferry"]
    assert index.problems() == []
    index.close()


offsets = st.integers(0, 300)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["d1", "d2", "d3"]),
            st.none() | st.lists(st.tuples(offsets, st.sampled_from(["Rosa", "Bob", None])), max_size=4),
        ),
        max_size=6,
    )
)
def test_after_any_changes_lists_of_names_say_what_the_quotes_hold(index, changes):
    index.forget(["d1", "d2", "d3"])
    for document, said in changes:
        if said is None:
            index.forget([document])
            continue
        put = reading(document, "text")
        index.put([(put, passages("a", "b", "c"))], [], [heard(put, *(spoken(document, at, "words", name) for at, name in said))])
    stored = index.quotes()
    named = [said.speaker for said in stored if said.speaker]
    assert {name: count for name, count, _ in index.names()} == {name: named.count(name) for name in named}
    assert sorted(name for name, _, of in index.credits() for _ in of) == sorted(named)
    for said in stored:
        covering = index.covering([(said.document, said.start, said.end)])
        assert said.passages == (covering[0] if covering else None)


def test_the_list_that_is_kept_is_handed_back_with_what_has_changed_since(index):
    from reader.listed import PARTS

    assert index.listed() is None
    index.put([(reading("a", "Boats."), []), (reading("b", "Crews."), [])], [])
    parts = {part: b"12" if part.startswith("by_") else f"{part} of two" for part in PARTS}
    stamp = (7, index.quotes_version())
    index.keep_list(stamp, parts)
    assert index.listed() == (stamp, "ids of two", [])
    assert {part: index.listed_part(stamp, part) for part in PARTS} == parts
    index.put([(reading("c", "Quays."), [])], [])
    index.forget(["a"])
    assert sorted(index.listed()[2]) == ["a", "c"]
    index.keep_list((8, stamp[1]), parts)
    assert sorted(index.listed()[2]) == ["a", "c"], "what came after the state that the list tells of is not forgotten"
    index.keep_list((9, index.quotes_version()), parts)
    assert index.listed()[2] == []
    assert index.listed_part(stamp, "ids") is None
