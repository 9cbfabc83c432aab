"""The implementations that the contract suites run over."""

import pytest

from reader.model import Passage
from reader.store.index import SqliteIndex
from reader.store.notes import SqliteNotes
from tests.search.fakes import MemoryPostings


@pytest.fixture(params=[SqliteNotes])
def notes(request, tmp_path):
    store = request.param(tmp_path / "library.db", tmp_path / "backups")
    yield store
    store.close()


@pytest.fixture(params=[SqliteIndex])
def index(request, tmp_path):
    store = request.param(tmp_path / "index.db")
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "memory"])
def postings(request, tmp_path):
    """A function from passages to something that answers `ports.Postings` about them."""
    from tests.store.making import reading

    opened: list[SqliteIndex] = []

    def make(passages):
        if request.param == "memory":
            return MemoryPostings(passages)
        store = SqliteIndex(tmp_path / f"index{len(opened)}.db")
        opened.append(store)
        by_document: dict[str, list[Passage]] = {}
        for passage in passages:
            by_document.setdefault(passage.document, []).append(passage)
        store.put([(reading(name, "x" * 2000), of) for name, of in by_document.items()], [])
        return store

    yield make
    for store in opened:
        store.close()
