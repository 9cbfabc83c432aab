"""Annotated documents whose file is gone, and the new file that goes on with one: an article saved again under another name or in another format."""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping

from reader.anchor.likeness import likeness
from reader.model import Annotation
from reader.ports import IndexStore, NotesStore

SAME = 0.6
"""Likeness from which another text goes on with a document's notes. Copies of one article by two programs share 0.8 and more."""
SIZES = 3
"""How many times longer one of the two texts may be: more than this is an excerpt or a collection."""


class Heirs:
    """Looks once for the documents without a file, and only when a new file came."""

    def __init__(self, notes: NotesStore, index: IndexStore, paths: Mapping[str, Collection[str]]) -> None:
        self._notes, self._index, self._paths = notes, index, paths
        self._annotated: dict[str, list[Annotation]] | None = None

    @property
    def annotated(self) -> Mapping[str, list[Annotation]]:
        """Documents with anchored notes, and these."""
        if self._annotated is None:
            found: defaultdict[str, list[Annotation]] = defaultdict(list)
            for annotation in self._notes.annotations():
                if annotation.anchor is not None:
                    found[annotation.document].append(annotation)
            self._annotated = dict(found)
        return self._annotated

    def of(self, path: str, text: str) -> str | None:
        """The document that a new file goes on with: annotated, without a file of its own, and most like it; None when there is none."""
        best, like = None, SAME
        for name, annotations in self.annotated.items():
            if not self._may_go_on(path, self._paths.get(name, ())):
                continue
            old = self._text(name, annotations)
            if old is None or not len(old) <= SIZES * len(text) or not len(text) <= SIZES * len(old):
                continue
            found = likeness(old, text)
            if found >= like:
                best, like = name, found
        return best

    @staticmethod
    def _may_go_on(path: str, others: Collection[str]) -> bool:
        """Whether a document's files are gone from folders that are still there, and one of them lay in the same folder or had the same name.

        A folder that is gone may be a drive that is not mounted; an article like it from elsewhere is another article.
        """
        folder, stem = os.path.dirname(path), _stem(path)
        near = any(os.path.dirname(other) == folder or _stem(other) == stem for other in others)
        return near and all(other != path and not os.path.lexists(other) and os.path.isdir(os.path.dirname(other)) for other in others)

    def _text(self, name: str, annotations: list[Annotation]) -> str | None:
        reading = self._index.reading(name)
        if reading is not None:
            return reading.document.text
        versions = [a.anchor.version for a in annotations if a.anchor is not None]
        return next((text for version in reversed(versions) if (text := self._notes.text(version)) is not None), None)


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0].casefold()
