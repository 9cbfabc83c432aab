"""Front matter: what it says, what it must not be taken to say, and that it never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import frontmatter
from reader.model import Metadata


def said(inside: str) -> Metadata:
    raw, rest = frontmatter.split(f"---\n{inside}\n---\nText.")
    assert rest == "\nText."
    return frontmatter.metadata(raw)


def test_a_clipping() -> None:
    found = said(
        'title: "Dockers: a vote"\nsource: "https://gull.example/vote"\nauthor:\n  - "[[Mara Okafor]]"\n  - "[[people/jo|Jo Lind]]"\n'
        "published: 2031-05-06\ncreated: 2032-01-01\nsite: Gull Press\ntags:\n  - clippings"
    )
    assert found == Metadata(
        title="Dockers: a vote", date="2031-05-06", byline="Mara Okafor, Jo Lind", publisher="Gull Press", url="https://gull.example/vote"
    )


def test_the_day_of_saving_is_no_date() -> None:
    assert said("created: 2032-01-01\nupdated: 2032-01-02\nmodified: 2032-01-03").date is None


@pytest.mark.parametrize(
    "written", ["2031-05-06", "2031-05-06T23:30:00-04:00", "'2031-05-06T23:30:00-04:00'", "2031-05-06 9:18:35 -0400", "2031-05-06 00:00:00"]
)
def test_dates_are_the_day_as_written(written: str) -> None:
    assert said(f"date: {written}").date == "2031-05-06"


def test_only_short_descriptions_are_subtitles() -> None:
    assert said("description: Nine hundred hands").subtitle == "Nine hundred hands"
    assert said("description: " + "hands " * 60).subtitle is None
    assert said("deck: Up\ndescription: Down").subtitle == "Up"


def test_values_stay_what_they_are() -> None:
    assert said("title: no").title == "no"
    assert said("title: 1984").title == "1984"
    assert said("title: null").title is None
    assert said("title:").title is None
    assert said("author: https://gull.example/mara").byline is None
    assert said("url: javascript:x()").url is None
    assert said("author: {name: Jo Lind}").byline == "Jo Lind"


@pytest.mark.parametrize(
    "inside",
    [
        'title: Vote\nbad: "never closed',
        "title: Vote\nbad: [a",
        "title: Vote\n\tbad: tab",
        "title: Vote\na: &a [x, x]\nb: *a",
        "title: Vote\nbad: " + "[" * 5000,
        "title: Vote\nbad: !!python/object/apply:os.system [x]",
        "title: Vote\ntitle again: b: c",
    ],
)
def test_unsound_front_matter_is_read_by_lines(inside: str) -> None:
    assert said(inside).title == "Vote"


def test_bomb_of_aliases_is_cheap() -> None:
    levels = "\n".join(f"k{n}: &k{n} [" + ", ".join([f"*k{n - 1}"] * 9) + "]" for n in range(1, 20))
    assert said(f"title: Vote\nk0: &k0 [x]\n{levels}").title == "Vote"


@pytest.mark.parametrize(
    "text",
    ["Text.\n---\n", "---\nno end", "--- \nWords between rules\n---\nText.", "----\na: b\n----\n", "---\n" + "a: b\n" * 20_000 + "---\n"],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert frontmatter.split(text) == ("", text)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@#? \n\t.é"), max_size=80))
def test_never_fails_and_loses_nothing(inside: str) -> None:
    text = f"---\n{inside}\n---\nText."
    raw, rest = frontmatter.split(text)
    assert raw + rest == text
    frontmatter.metadata(raw)
