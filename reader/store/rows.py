"""How values of the index are written into columns and read back."""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from reader.errors import Damaged
from reader.model import Contact, Metadata, Version
from reader.ports import Indexed

INDEXED = "id, path, content, text_hash, format, reader, metadata, display_title, words"
"""The columns that make an `Indexed`."""

_FIELDS = tuple(field.name for field in fields(Metadata))


def indexed(row: Sequence[Any]) -> Indexed:
    """Read the columns `INDEXED`."""
    return Indexed(row[0], row[1], Version(row[2], row[3], row[4], row[5]), metadata_from_json(row[6]), row[7], row[8])


def metadata_to_json(metadata: Metadata) -> str:
    """Absent fields are left out."""
    values: dict[str, Any] = {name: value for name in _FIELDS if (value := getattr(metadata, name)) is not None}
    if metadata.contact:
        values["contact"] = [metadata.contact.name, metadata.contact.phone, metadata.contact.email]
    return json.dumps(values, ensure_ascii=False)


def metadata_from_json(packed: str) -> Metadata:
    """Read what `metadata_to_json` wrote."""
    try:
        values = json.loads(packed)
        if "contact" in values:
            values["contact"] = Contact(*values["contact"])
        return Metadata(**values)
    except (ValueError, TypeError) as error:
        raise Damaged("read", "index.db", "damaged: delete it, and `pullquote add` makes it anew") from error
