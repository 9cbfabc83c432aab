"""What every `ports.IndexStore` holds to, beyond `ports.Postings`."""

import sqlite3
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import Contact, FileStamp, Inline, Metadata, Passage, Resolution
from reader.ports import KnownFile
from reader.store.index import SqliteIndex
from tests.store.making import ids, reading


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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
