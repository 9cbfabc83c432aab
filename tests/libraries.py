"""Libraries filled with documents, for the tests that need one."""

import contextlib

from reader.library import Library


def written(base, documents):
    """The folder `base`/saved with these documents, by file name and text."""
    saved = base / "saved"
    saved.mkdir(exist_ok=True)
    for name, text in documents.items():
        (saved / name).write_text(text, encoding="utf-8")
    return saved


@contextlib.contextmanager
def filled(base, documents):
    """The open library `base`/library of these documents, which lie in `base`/saved."""
    with Library.open(base / "library") as library:
        list(library.add([written(base, documents)]))
        yield library
