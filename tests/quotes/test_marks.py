"""Marks: which open, which close, in every style and where pages get them wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.quotes.marks import marked


def inside(text, **options):
    return [text[mark.start : mark.end] for mark in marked(text, 0, len(text), **options)]


@pytest.mark.parametrize(
    "text",
    [
        "She said: “We will stay.” Then she left.",
        'She said: "We will stay." Then she left.',
        'She said: "We will stay.” Then she left.',
        "She said: “We will stay.“ Then she left.",
        "She said: ``We will stay.'' Then she left.",
        "She said: ''We will stay.'' Then she left.",
        "Sie sagte: „We will stay.“ Dann ging sie.",
        "Sie sagte: »We will stay.« Dann ging sie.",
        "Elle a dit : « We will stay. » Puis elle partit.",
        "Powiedziała: „We will stay.” Potem wyszła.",
        "Hon sade: ”We will stay.” Sedan gick hon.",
        "彼女は「We will stay.」と言った。",
        "彼女は『We will stay.』と言った。",
        'The letter said nothing."We will stay."The mayor left.',
    ],
)
def test_styles(text):
    assert inside(text) == ["We will stay."]


def test_single_marks_count_when_asked_for():
    text = "‘It’s the crew’s boat,’ said Ada Invented, ‘and we’ll stay.’"
    assert inside(text) == []
    assert inside(text, singles=True) == ["It’s the crew’s boat,", "and we’ll stay."]
    assert inside("'We'll stay,' said Ada Invented.", singles=True) == ["We'll stay,"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“He told me, ‘Go home,’ and I went,” she said.", ["He told me, ‘Go home,’ and I went,"]),
        ("“He told me, “Go home,” and I went,” she said.", ["He told me, “Go home,” and I went,"]),
        ('"We stand for the "right to dock" and will not move.', ['We stand for the "right to dock" and will not move.']),
    ],
)
def test_marks_inside_marks(text, wanted):
    assert inside(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“We will stay. We will... Read More »", "We will stay. We will..."),
        ("“We will stay, all of us. (Continue reading)", "We will stay, all of us."),
        ("“We will stay.      \tThe mayor left the harbour.", "We will stay."),
        ("“We will stay, whatever they say about it.", "We will stay, whatever they say about it."),
    ],
)
def test_what_nothing_closes_goes_to_where_the_page_breaks_off(text, wanted):
    mark = marked(text, 0, len(text))[0]
    assert text[mark.start : mark.end] == wanted
    assert not mark.closed


def test_a_second_part_without_its_opening_mark_begins_behind_the_source():
    text = "“We will stay,” said Ada Invented. It is our harbour, and we built it.”"
    assert inside(text) == ["We will stay,", "It is our harbour, and we built it."]


@pytest.mark.parametrize(
    "text",
    ["Read More »", "more » more »", 'a 12" pipe', 'alt="A boat at the pier."', '{% image "a.jpg" "A boat." %}', 'excerpt: "A boat."', ""],
)
def test_arrows_inches_and_markup_are_no_quotations(text):
    assert inside(text) == []


@given(st.text(alphabet="ab .,!?\n\t“”\"„‟«»「」『』‘’'`,:—", max_size=80), st.booleans())
def test_stretches_are_slices_in_order_that_do_not_overlap(text, singles):
    last = 0
    for mark in marked(text, 0, len(text), singles=singles):
        assert last <= mark.outer[0] <= mark.start < mark.end <= mark.outer[1] <= len(text)
        assert text[mark.start : mark.end] == text[mark.start : mark.end].strip()
        last = mark.outer[1]
