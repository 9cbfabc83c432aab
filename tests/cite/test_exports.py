"""Citations and export formats: exact words, nothing invented, nothing that breaks the format."""

import json

from hypothesis import given

from reader.cite.citation import quotation, source
from reader.cite.exchange import Cited, CitedNote, formats
from reader.model import Anchor, Annotation, Entry, Metadata
from tests.strategies import texts

ENTRY = Entry("d1", "/saved/ferry.txt", Metadata(title="Ferry", publisher="Wexwire", date="2021-05"), "Ferry", tags=("quay",))


def note(exact="A timetable is a promise", body="who said no?", tags=("wages",), **values):
    anchor = Anchor("v1", 3, 3 + len(exact), exact, "pre", "suf") if exact else None
    return Annotation(
        "ab" * 16, values.pop("kind", "note"), "d1", body, tags, "2024-01-01T00:00:00.000Z", "2024-01-02T00:00:00.000Z", anchor, **values
    )


def export(name, *notes, entry=ENTRY):
    return list(formats()[name]([Cited(entry, [CitedNote(n, "The sentence.") for n in notes])]))


def test_a_citation_names_what_is_known_and_nothing_else():
    assert source(ENTRY) == "Ferry. Wexwire. 2021-05. /saved/ferry.txt."
    assert source(Entry("d1", "/saved/x.txt", Metadata(), "x")) == "x. /saved/x.txt."


def test_a_quotation_is_word_for_word_and_marked_once():
    assert quotation(ENTRY, "It is a promise", "paragraph 3").splitlines() == [
        "“It is a promise”",
        "— Ferry. Wexwire. 2021-05. /saved/ferry.txt. paragraph 3.",
    ]
    assert quotation(ENTRY, "“It is,” said she").startswith("“It is,” said she\n")


@given(texts, texts)
def test_json_lines_hold_everything_as_it_is(exact, body):
    made = note(exact or "x", body)
    (line,) = export("jsonl", made)
    value = json.loads(line)
    assert "\n" not in line
    assert (value["exact"], value["body"], value["selector"]["exact"]) == (made.exact, body, made.exact)
    assert value["source"]["tags"] == ["quay"]


def test_markdown_quotes_every_line_and_gives_each_note_a_lasting_mark():
    lines = export("markdown", note("two\nlines"), note(None, kind="bookmark"), note(state="orphan"))
    assert lines[0] == "# Ferry"
    assert "> two" in lines
    assert "> lines" in lines
    assert sum("^pq-abababababab" in line for line in lines) == 3
    assert any("orphan" in line for line in lines)
    assert "#wages" in lines


@given(texts, texts)
def test_markdown_lets_nothing_hostile_through(exact, body):
    for line in export("markdown", note(exact or "x", body, (body,)), entry=Entry("d", body, Metadata(title=exact), exact or "x")):
        assert "\n" not in line
        assert not set(line) & set("\x1b\x07\x9b\u202e\r")
