"""Markdown: every word kept, lines and paragraphs as the author meant them, front matter as metadata."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.ingest.formats import markdown
from reader.ingest.parsed import Parsed, Source

PARTS = st.one_of(
    st.from_regex(r"w[0-9]{4}", fullmatch=True).map(lambda word: f" {word} "),
    st.sampled_from(
        [
            "\n",
            "\n\n",
            "# ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\t",
            "*",
            "**",
            "_",
            "`",
            "[",
            "]",
            "(/x)",
            "![",
            "|",
            "\n|-|-|\n",
            "---\n",
            "```\n",
        ]
    ),
    st.sampled_from(
        [
            "~~",
            "<div>",
            "</div>",
            "<b>",
            "<p>",
            "</p>",
            "<!-- x -->",
            "<table>",
            "<td>",
            "&amp;",
            "\\",
            "<Ada Lund>",
            "\n=====\n",
            "  \n",
            "{{",
            "}}",
        ]
    ),
)


def roles(parsed: Parsed) -> list[tuple[str, str]]:
    return [(str(block.role), parsed.text[block.start : block.end]) for block in parsed.blocks]


def hold_the_law(parsed: Parsed) -> None:
    at = 0
    for block in parsed.blocks:
        assert at <= block.start < block.end <= len(parsed.text)
        assert not parsed.text[at : block.start].strip()
        assert parsed.text[block.start : block.end].strip()
        at = block.end
    assert not parsed.text[at:].strip()
    assert all(any(b.start <= i.start < i.end <= b.end for b in parsed.blocks) for i in parsed.inlines)


@given(st.lists(PARTS, max_size=60))
def test_soup_keeps_every_word_and_the_law(parts: list[str]) -> None:
    source = "".join(parts)
    assume(not re.search(r"(?:```|~~~)[`~ \t]*w", source))  # the name of a language is no word of the text
    parsed = markdown.parse(source)
    hold_the_law(parsed)
    assert sorted(re.findall(r"w\d{4}", parsed.text)) == sorted(re.findall(r"w\d{4}", source))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    hold_the_law(markdown.parse(text))


def test_blocks_and_inlines() -> None:
    source = "# Vote\n\nThe *old* fish **hall** and `crane 4`, see [minutes](/m).\n\n> We stay.\n>\n> > All of us.\n\n- a\n- b\n\n```sh\nls  -l\n```\n"
    parsed = markdown.parse(source)
    assert roles(parsed) == [
        ("title", "Vote"),
        ("body", "The old fish hall and crane 4, see minutes."),
        ("blockquote", "We stay."),
        ("blockquote", "All of us."),
        ("list_item", "• a"),
        ("list_item", "• b"),
        ("code", "ls  -l"),
    ]
    assert [(i.kind, parsed.text[i.start : i.end], i.target) for i in parsed.inlines] == [
        ("emphasis", "old", None),
        ("strong", "hall", None),
        ("code", "crane 4", None),
        ("link", "minutes", "/m"),
    ]
    assert [block.level for block in parsed.blocks] == [0, 0, 1, 2, 1, 1, 0]


def test_numbers_stand_as_they_were_written() -> None:
    assert markdown.parse("3. three\n7. seven\n").text == "3. three\n7. seven"


def test_table_is_one_block() -> None:
    assert roles(markdown.parse("|Shift|Pay|\n|-|-|\n|Day|12|\n|Night||\n")) == [("table", "Shift\tPay\nDay\t12\nNight")]


def test_image_descriptions_are_captions_or_words() -> None:
    assert roles(markdown.parse("![The fish hall](x.png)\n\nSee ![crane](y.png) four.")) == [
        ("caption", "The fish hall"),
        ("body", "See crane four."),
    ]


def test_raw_html_keeps_words_and_loses_tags() -> None:
    source = "<div class='nav'>\n\nOne **two**\n\n</div>\n\nA<br>B <span>c</span> <script>x()</script><!-- d -->\n\n<figure><figcaption>E</figcaption></figure>"
    assert roles(markdown.parse(source)) == [("body", "One two"), ("body", "A\nB c"), ("caption", "E")]


def test_names_in_angle_brackets_are_words() -> None:
    assert markdown.parse("From <Ada Lund> and <Bo>.").text == "From <Ada Lund> and <Bo>."


def test_unclosed_tags_in_prose_swallow_nothing() -> None:
    assert (
        markdown.parse("Use the <style> element.\n\nAnd <script> too. <!-- never closed").text
        == "Use the <style> element.\n\nAnd <script> too. <!-- never closed"
    )


def test_indented_prose_is_no_code() -> None:
    assert [role for role, _ in roles(markdown.parse("First line.\n\n\t\tThe committee met again on Friday.\n"))] == ["body", "body"]


def test_prose_above_dashes_is_no_heading() -> None:
    prose = "The committee met again on Friday and spoke at length about cranes, ferries and fish. " * 3
    assert [role for role, _ in roles(markdown.parse(f"{prose}\n-----\nA vote will follow next week."))] == ["body", "body"]


WRAPPED = """The committee of the harbour workers met again on Friday in the old fish
hall, and spoke at length about the cranes that nobody had repaired since
the storm; a vote was not taken, although several speakers asked for one.

It will meet again in a week, when the ferry crews have come back from the
islands and can say how they see it."""


def test_wrapped_lines_are_joined() -> None:
    assert [words.count("\n") for _, words in roles(markdown.parse(WRAPPED))] == [0, 0]
    assert len(roles(markdown.parse(WRAPPED))) == 2


def test_lines_that_are_paragraphs_stay_apart() -> None:
    line = "The committee of the harbour workers met again on Friday in the old fish hall, and spoke at length about the cranes that stood still. "
    parsed = markdown.parse(f"For Release\nMay 6, 2031\n{line * 2}\n{line}\n")
    assert [words for _, words in roles(parsed)] == ["For Release", "May 6, 2031", (line * 2).strip(), line.strip()]
    assert "\n\n" not in parsed.text


def test_addresses_for_site_generators_are_links() -> None:
    parsed = markdown.parse('See [the minutes]({{< ref "minutes.md" >}}) and [us]({{ "/" | url }}), <a href="{{< ref "a.md" >}}">here</a>.')
    assert parsed.text == "See the minutes and us, here."
    assert [inline.target for inline in parsed.inlines] == ['{{< ref "minutes.md" >}}', '{{ "/" | url }}', "a.md"]


def test_title_of_the_front_matter_is_shown_once() -> None:
    source = '---\ntitle: "Dockers Vote"\n---\nMay 6\n\n DOCKERS VOTE\n\nDockers vote\n\nText.'
    parsed = markdown.parse(source)
    assert [role for role, _ in roles(parsed)] == ["metadata", "body", "title", "duplicate_title", "body"]
    assert parsed.metadata.title == "Dockers Vote"


def test_title_from_the_first_heading() -> None:
    assert markdown.parse("Intro.\n\n# Vote\n\nText.").metadata.title == "Vote"
    assert markdown.parse("## Vote\n\nText.").metadata.title == "Vote"
    assert markdown.parse("Intro.\n\n## Wages\n\nText.").metadata.title is None


@pytest.mark.parametrize(
    "source",
    [
        "[" * 2000 + " word",
        ">" * 2000 + " word",
        "".join(">" * depth + " word\n" for depth in range(1, 300)),
        "".join("  " * depth + "- word\n" for depth in range(300)),
        "*word " * 2000,
        "![[" * 2000 + "word",
        "<b>word " * 1000,
        "a|b\n-|-\n" + "word|x\n" * 500,
        "<!-- word\n\n" * 300,
    ],
)
def test_hostile_input_loses_nothing(source: str) -> None:
    parsed = markdown.parse(source)
    hold_the_law(parsed)
    assert parsed.text.count("word") == source.count("word")


def test_bytes_with_line_ends_of_windows() -> None:
    parsed = markdown.read(Source(b"---\r\ntitle: Vote\r\n---\r\n\r\nText.\r\n", "x.md"))
    assert parsed.metadata.title == "Vote"
    assert [role for role, _ in roles(parsed)] == ["metadata", "body"]


def test_instructions_to_site_generators_are_furniture() -> None:
    parsed = markdown.parse('The fish hall was full.\n\n{{< image src="hall.jpg" >}}\n\n{% include hall.html %}')
    assert [role for role, _ in roles(parsed)] == ["body", "boilerplate", "boilerplate"]


def test_lines_of_a_press_release_have_their_roles() -> None:
    line = "PORT ELSA – The crane drivers of the harbour won their rest hours on Friday after a vote of nine hundred to three in the old fish hall. "
    parsed = markdown.parse(
        f"---\ntitle: Crane drivers win\n---\nCrane drivers win\nContact: Jo Lind, (555) 010-4477\n{line}{line}\nShare this\n"
    )
    assert [role for role, _ in roles(parsed)] == ["metadata", "title", "contact", "body", "boilerplate"]
    assert parsed.metadata.dateline == "PORT ELSA"
    assert parsed.metadata.contact is not None


def test_words_after_a_fence_are_words() -> None:
    assert roles(markdown.parse("``` The vote is\nover\n```")) == [("code", "The vote is\nover")]


def test_lines_broken_by_chance_are_joined() -> None:
    ragged = "The crane drivers and\nWim\nAal, who counted\nthe hands of\nnine hundred dockers in the old\nfish hall, sleep."
    long_line = (
        "The harbour board said it would publish the new rota within a week, and thanked everybody for their patience in the talks. "
    )
    parsed = markdown.parse(f"{ragged}\n\n{long_line}\n{long_line}")
    assert [words for _, words in roles(parsed)] == [ragged.replace("\n", " "), long_line.strip(), long_line.strip()]
