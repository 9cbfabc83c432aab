"""Export: notes and the documents they are on, handed to a format of the `cite` room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reader.cite.citation import credited
from reader.cite.exchange import Cited, CitedNote, formats
from reader.errors import UsageError
from reader.hall.annotating import has_tag, tagged
from reader.hall.quoting import Quoting
from reader.model import Annotation, Entry
from reader.ports import IndexStore, Kept, NotesStore, Reading
from reader.text import sentences

SENTENCE_REACH = 1000
"""Characters looked at on each side for the sentence around a note."""


def lines(
    name: str,
    entries: Iterable[Entry],
    annotations: Iterable[Annotation],
    stores: tuple[NotesStore, IndexStore],
    quoting: Quoting,
    tag: str | None,
) -> Iterator[str]:
    """The lines of the export `name`, in the order of `entries`: their notes, and documents without any that have tags or corrections.

    With `tag`: notes with it, and all notes of documents with it.
    """
    known = formats()
    if name not in known:
        raise UsageError("export", name, "no such format; there are: " + ", ".join(sorted(known)))
    documents = list(entries)
    with_tag = [entry.id for entry in documents if tag is not None and has_tag(entry.tags, tag)]
    notes: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in tagged(annotations, tag, with_tag):
        notes[annotation.document].append(annotation)
    kept = stores[0].documents()
    wanted = [entry for entry in documents if entry.id in notes or (entry.id in with_tag if tag else _is_told_of(kept.get(entry.id)))]
    return known[name](_cited(entry, notes.get(entry.id, []), stores, quoting, kept) for entry in wanted)


def _is_told_of(kept: Kept | None) -> bool:
    """Whether the user said anything of a document without writing a note."""
    return kept is not None and bool(kept.tags or kept.corrections)


def _cited(
    entry: Entry, notes: list[Annotation], stores: tuple[NotesStore, IndexStore], quoting: Quoting, kept: Mapping[str, Kept]
) -> Cited:
    own, index = stores
    reading = index.reading(entry.id) if notes else None
    meanings = own.colours()
    cited = [_note(a, entry, reading, quoting, meanings.get(a.colour or ""), own) for a in notes]
    locations = own.locations(entry.id)
    here = locations[0] if locations else None
    corrections = kept[entry.id].corrections if entry.id in kept else {}
    present = None if here is None or entry.missing else here.text
    versions = {anchor.version for a in notes for anchor in (a.anchor, a.placed) if anchor is not None and anchor.version != present}
    texts = {version: text for version in sorted(versions) if (text := own.text(version)) is not None}
    return Cited(entry, cited, here.content if here else None, here.text if here else None, corrections, texts)


def _note(
    annotation: Annotation, entry: Entry, reading: Reading | None, quoting: Quoting, meaning: str | None, notes: NotesStore
) -> CitedNote:
    editions = notes.editions(annotation.id)
    if annotation.start is None or annotation.end is None or reading is None:
        return CitedNote(annotation, citation=credited(entry), meaning=meaning, editions=editions)
    text, place = reading.document.text, f"paragraph {reading.document.blocks.at(annotation.start) + 1}"
    speaker = quoting.speaker_of(entry.id, annotation.start, annotation.end, text)
    citation = credited(entry, place, speaker)
    return CitedNote(annotation, _sentence(annotation.start, annotation.end, text), place, citation, speaker, meaning, editions)


def _sentence(start: int, end: int, text: str) -> str | None:
    """The sentences that the words lie in."""
    inside = [
        (a, b) for a, b in sentences(text, max(0, start - SENTENCE_REACH), min(len(text), end + SENTENCE_REACH)) if b > start and a < end
    ]
    return text[inside[0][0] : inside[-1][1]] if inside else None
