"""Documents, notes and passages for the stores."""

import hashlib
import struct

from reader.model import Anchor, Annotation, Block, Blocks, Document, Metadata, Role, Version
from reader.ports import STRETCH, Indexed, Reading
from reader.spoken import Heard, Spoken


def reading(name, text, title="A title"):
    version = Version(hashlib.sha256(b"bytes of " + text.encode()).hexdigest(), hashlib.sha256(text.encode()).hexdigest(), "text", 1)
    blocks = Blocks([Block(Role.BODY, 0, len(text))])
    metadata = Metadata(title=title)
    indexed = Indexed(name, f"/saved/{name}.txt", version, metadata, title, len(text.split()))
    return Reading(indexed, Document(text, blocks, version, metadata, (), len(text.split()), title))


def note(name, document="d1", body="a thought", tags=("wages",), exact="ferry", kind="note"):
    anchor = Anchor("v1", 4, 4 + len(exact), exact, "the ", " sails") if exact else None
    return Annotation(name, kind, document, body, tuple(tags), "2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00.000Z", anchor)


def ids(postings, term):
    """The passage ids in the containers of a term, as the port defines them."""
    found = []
    for stretch, packed in postings.postings([term]).get(term, ()):
        if len(packed) == STRETCH // 8:
            numbers = [n for n in range(STRETCH) if packed[n >> 3] >> (n & 7) & 1]
        else:
            numbers = list(struct.unpack(f"<{len(packed) // 2}H", packed))
            assert numbers == sorted(set(numbers))
        found += [stretch * STRETCH + n for n in numbers]
    return found


def spoken(document, start, words, speaker="Rosa Imaginary", group=1, kind="direct", role=None):
    """A stored quote."""
    after = start + len(words) + 2
    mention = (after, after + 4) if speaker else (None, None)
    confidence = "certain" if speaker else "unknown"
    evidence = (*mention, role, "said", confidence, *mention, *mention, True, None, None)
    return Spoken(document, words, start, start + len(words), kind, group, speaker, *evidence)


def heard(put, *quotes, extractor=1):
    """The quotes of a reading, given as `spoken` gives them."""
    return Heard(put.indexed.id, put.indexed.version.text, extractor, [(said.quote, said.words) for said in quotes])
