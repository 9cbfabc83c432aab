"""Finding the quotes of documents: as they come in, and again when the extractor has become better."""

from collections.abc import Iterator

from reader.ports import IndexStore, Reading
from reader.quotes import find
from reader.spoken import Heard

BATCH_CHARACTERS = 800_000
"""Text whose quotes are stored in one transaction."""


def heard(reading: Reading) -> Heard:
    """The quotes of a document, by today's extractor."""
    document = reading.document
    text = document.text
    quotes = [(quote, text[quote.start : quote.end]) for quote in find.find(text, document.blocks, document.metadata)]
    return Heard(reading.indexed.id, reading.indexed.version.text, find.VERSION, quotes)


def unheard(index: IndexStore) -> list[str]:
    """Documents whose quotes today's extractor has not looked for."""
    return list(index.unheard(find.VERSION))


def catch_up(index: IndexStore) -> Iterator[int]:
    """Find the quotes of such documents in the texts that the index has; how many were done, after each commit."""
    batch: list[Heard] = []
    characters = 0
    for document in unheard(index):
        reading = index.reading(document)
        if reading is None:
            continue
        batch.append(heard(reading))
        characters += len(reading.document.text)
        if characters >= BATCH_CHARACTERS:
            index.put([], [], batch)
            yield len(batch)
            batch, characters = [], 0
    if batch:
        index.put([], [], batch)
        yield len(batch)
