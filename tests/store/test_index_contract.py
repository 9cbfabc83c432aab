"""What every `ports.IndexStore` holds to, beyond `ports.Postings`."""

from dataclasses import replace

from reader.model import Contact, FileStamp, Inline, Metadata, Passage, Resolution
from reader.ports import KnownFile
from tests.store.making import reading


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
    assert index.holding(["old"], 9) == []
    assert [p.folded for p in index.passages(index.holding(["words"], 9))] == ["new words"]
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
