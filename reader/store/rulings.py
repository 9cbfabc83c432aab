"""What the user said about who spoke: tables and methods of the note store. Every ruling is a deed that undo takes back."""

from collections.abc import Iterable

from reader.spoken import Attribution, Rulings, Spelling
from reader.store.database import Database
from reader.store.oplog import Deed, now

TABLES = (
    """CREATE TABLE spelling(
        id TEXT PRIMARY KEY,                -- the folded name, and the document after a line break
        name TEXT NOT NULL,
        shown TEXT NOT NULL,
        document TEXT,                      -- null: everywhere
        person TEXT)                        -- whom it means; null: nobody else of that name""",
    """CREATE TABLE attribution(
        id TEXT PRIMARY KEY,                -- made of document, words and nth
        document TEXT NOT NULL,
        words TEXT NOT NULL,                -- folded: they find the quotation again in another text of the document
        nth INTEGER NOT NULL,
        speaker TEXT)                       -- null: nobody knows""",
)


class SqliteRulings:
    """The part of `ports.NotesStore` that is about speakers."""

    _db: Database

    def rulings(self) -> Rulings:
        """See `ports.NotesStore`."""
        if self._db.stored < 2:  # an older store in a folder that cannot be written
            return Rulings()
        with self._db.reading("speakers") as connection:
            spellings = connection.execute("SELECT name, shown, person, document FROM spelling ORDER BY rowid").fetchall()
            attributions = connection.execute("SELECT document, words, nth, speaker FROM attribution ORDER BY rowid").fetchall()
        return Rulings(tuple(Spelling(*row) for row in spellings), tuple(Attribution(*row) for row in attributions))

    def rule(self, spellings: Iterable[Spelling], label: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("speakers") as connection:
            deed = Deed.begin(connection, label, now())
            for said in spellings:
                key = f"{said.name}\n{said.document}" if said.document else said.name
                row = {"id": key, "name": said.name, "shown": said.shown, "document": said.document, "person": said.person}
                deed.change("spelling", key, row)

    def attribute(self, attribution: Attribution, label: str) -> None:
        """See `ports.NotesStore`."""
        said = attribution
        key = f"{said.document}\n{said.nth}\n{said.words}"
        with self._db.writing("attribute") as connection:
            row = {"id": key, "document": said.document, "words": said.words, "nth": said.nth, "speaker": said.speaker}
            Deed.begin(connection, label, now()).change("attribution", key, row)
