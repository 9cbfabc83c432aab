"""Quotations in a text, and who speaks them."""

import re
from collections.abc import Sequence

from reader.model import Block, Metadata, Quote

VERSION = 1
_SAID = re.compile(
    r"“(?P<curly>[^“”\n]{3,})”|\"(?P<straight>[^\"\n]{3,})\"",
)
_NAME = r"(?P<name>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3})"
_AFTER = re.compile(
    rf"\s*(?:(?P<cue>said|says)\s+{_NAME}|{_NAME.replace('name', 'first')}\s+(?P<late>said|says))(?:,\s(?P<role>[^.“\"\n]{{3,60}})\.)?"
)


def find(text: str, blocks: Sequence[Block] = (), metadata: Metadata | None = None) -> tuple[Quote, ...]:  # noqa: ARG001
    """The quotes of a text in order."""
    found: list[Quote] = []
    for group, said in enumerate(_SAID.finditer(text), 1):
        start, end = said.span("curly" if said["curly"] else "straight")
        kind = "direct" if text[end - 1] in ".,!?" else "fragment"
        after = _AFTER.match(text, said.end())
        if after is None:
            if kind == "direct":
                found.append(Quote(start, end, kind, group))
            continue
        name = "name" if after["name"] else "first"
        speaker = after[name].rstrip(".")
        mention = (after.start(name), after.start(name) + len(speaker))
        cue = after.span("cue" if after["cue"] else "late")
        found.append(Quote(start, end, kind, group, speaker, mention, after["role"], "said", "certain", cue, mention))
    return tuple(found)
