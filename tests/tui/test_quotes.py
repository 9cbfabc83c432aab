"""Who said what, in the window: all quotations, those who are quoted, the quotations of a page, and what the user knows better."""

import pytest
from textual import events

from reader.errors import StoreError
from reader.library import Library
from reader.model import Quote, Speaker
from reader.tui.bars import KeyBar
from reader.tui.choice import Choice, Option, nearness, sought
from reader.tui.page_quotes import QuoteMarks, drawn
from reader.tui.quote_rows import SpeakerRows
from tests.libraries import filled
from tests.tui.windows import frame, settled, window

WALK = "We will walk out on Monday unless the board answers us,"
DOCUMENTS = {
    "a.txt": f"The Walk Out\n\nMay 3, 2021\n\n“{WALK}” said Rosa Imaginary, president of the Invented Workers Union.\n\nThe harbour was quiet.\n\n"
    "“Nobody asked us about the harbour.”\n",
    "b.txt": f"Another Paper\n\nJune 4, 2022\n\n“{WALK}” said R. Imaginary. “Not true at all,” said Bob Invented, the mate.\n",
    "c.txt": "A Third Paper\n\nJuly 5, 2023\n\n“We shall walk out on Monday unless the board answers us,” said Rosa Imaginary.\n\n"
    "“I was never asked about wages,” said Rosa Imaginary.\n",
    "d.txt": "Nothing Said\n\nThe tide came in.\n",
}


@pytest.fixture
def library(tmp_path):
    with filled(tmp_path, DOCUMENTS) as opened:
        yield opened


def listed(screen):
    return [said.text for _, said, _ in screen.listing.quotations.rows]


def status(screen):
    return screen.query_one(KeyBar).render().plain


def layer(screen, name):
    return [screen.page.text[start:end] for start, end, _ in screen.page_view._painter.layers[name].spans]


async def quotations(screen, pilot):
    await pilot.press('"')
    await settled(pilot, lambda: screen.listing.mode == "quotes" and len(screen.listing.quotations))


async def speakers(screen, pilot):
    await pilot.press("@")
    await settled(pilot, lambda: screen.listing.mode == "speakers" and len(screen.listing.speakers))


async def read_walk_out(screen, pilot):
    """The document with the president's words open, and the first of its quotations meant."""
    await pilot.press("f", *"walk", "enter", "enter", ".")
    await settled(pilot, lambda: screen.page_view.quote is not None)
    assert screen.page.entry.display_title == "The Walk Out"


async def chosen(screen, pilot, key, *typed):
    """Answer the dialog that a key opens."""
    await pilot.press(key)
    await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
    await pilot.press(*typed, "enter")
    await settled(pilot, lambda: pilot.app.screen is screen)


# -- lists -----------------------------------------------------------------------------------------------------------------------


async def test_every_quotation_with_speaker_role_document_and_date(library):
    async with window(library) as (screen, pilot):
        await quotations(screen, pilot)
        shown = frame(pilot)
        assert "6 quotations · newest first" in shown
        assert "Rosa Imaginary · president of the" in shown
        assert "2022-06-04 · Another Paper" in shown
        assert "speaker unknown" in shown
        assert listed(screen)[-1] == "Nobody asked us about the harbour."
        assert screen.page.entry.display_title == "A Third Paper"


async def test_quotations_in_other_orders_and_narrowed(library):
    async with window(library) as (screen, pilot):
        await quotations(screen, pilot)
        await pilot.press("j")
        held = screen.listing.quotation
        firsts = []
        for told in ("oldest first", "by speaker", "by document", "newest first"):
            await pilot.press("s")
            await settled(pilot, lambda told=told: told in screen.listing.summary)
            assert screen.listing.quotation == held
            firsts.append(screen.listing.quotations.rows[0][1])
        assert [said.date for said in firsts] == ["2021-05-03", "2022-06-04", "2023-07-05", "2023-07-05"]
        assert [said.quote.speaker for said in firsts] == ["Rosa Imaginary", "Bob Invented", "Rosa Imaginary", "Rosa Imaginary"]
        await pilot.press("f", *"bob true")
        await settled(pilot, lambda: listed(screen) == ["Not true at all,"])
        assert "1 of 6" in frame(pilot)
        await pilot.press("x")
        await settled(pilot, lambda: "No quotation like that" in frame(pilot))
        await pilot.press("escape")
        await settled(pilot, lambda: len(listed(screen)) == 6)
        assert screen.listing.mode == "quotes"


async def test_enter_goes_to_the_place_and_escape_comes_back(library):
    async with window(library) as (screen, pilot):
        before = screen.listing.document
        await quotations(screen, pilot)
        await pilot.press("j", "j", "enter")
        said = screen.listing.quotation
        assert screen.page_view.has_focus
        assert screen.page.id == said.document
        assert layer(screen, "hit") == [said.text]
        await pilot.press("n")
        assert screen.listing.quotation != said
        await pilot.press("N", "escape")
        assert screen.rows.has_focus
        assert screen.listing.quotation == said
        await pilot.press("escape")
        assert screen.listing.mode == "documents"
        assert screen.listing.document == before


async def test_a_speakers_page_folds_copies_and_tells_of_other_wordings(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        shown = frame(pilot)
        assert "2 speakers · most quoted first" in shown
        assert "4 quotations · 3 documents · 2021–2023" in shown
        assert "also: R. Imaginary" in " ".join(text for line in screen.listing.speakers.row(0) for text, _ in line)
        await settled(pilot, lambda: screen.page.entry.display_title == "A Third Paper")
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.listing.quotations) == 2)
        assert listed(screen) == ["I was never asked about wages,", WALK]
        assert "+ 1 copy · 2 wordings" in frame(pilot)
        assert "Rosa Imaginary, president of the Invented Workers Union · also: R. Imaginary" in frame(pilot)
        await pilot.press("j", "s", "plus")
        await settled(pilot, lambda: [folded for _, _, folded in screen.listing.quotations.rows] == ["", "another wording", "copy", ""])
        await pilot.press("j", "j")
        await settled(pilot, lambda: screen.page.entry.display_title == "Another Paper")
        assert layer(screen, "hit") == [WALK]
        await pilot.press("k", "k", "plus")
        await settled(pilot, lambda: len(screen.listing.quotations) == 2)
        await pilot.press("escape")
        await settled(pilot, lambda: screen.listing.speaker is not None)
        assert screen.listing.speaker.name == "Rosa Imaginary"
        await pilot.press("escape")
        assert screen.listing.mode == "documents"


async def test_speakers_in_other_orders_and_narrowed(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        for told in ("by name", "latest first"):
            await pilot.press("s")
            await settled(pilot, lambda told=told: told in screen.listing.summary)
        await pilot.press("f", *"r. ima")
        await settled(pilot, lambda: "1 of 2 speakers" in screen.listing.summary)
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.listing.speakers) == 2)


async def test_a_library_without_quotations_says_so(tmp_path):
    with Library.open(tmp_path / "library") as library:
        async with window(library) as (screen, pilot):
            for key in ('"', "@"):
                await pilot.press(key)
                await settled(pilot, lambda: "No quotation in these documents" in frame(pilot))
            await pilot.press("S", "M", "X", "+", "y", "enter")
            await pilot.pause()
            assert pilot.app.screen is screen


async def test_quotations_that_cannot_be_read_are_complained_of(library, monkeypatch):
    def broken(*args, **options):
        raise StoreError("quotes", "index.db", "damaged")

    async with window(library) as (_, pilot):
        monkeypatch.setattr(library, "quotes", broken)
        await pilot.press('"')
        await settled(pilot, lambda: any("quotes: index.db: damaged" in notice.message for notice in pilot.app._notifications))


# -- the page --------------------------------------------------------------------------------------------------------------------


async def test_the_page_marks_its_quotations_and_says_who_on_demand(library):
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        assert layer(screen, "mark") == ["“", "”", "“", "”"]
        assert layer(screen, "evidence") == ["Rosa Imaginary"]
        assert layer(screen, "cue") == ["said"]
        assert "Rosa Imaginary, president of the Invented Workers Union · certain" in status(screen)
        await pilot.press(".")
        assert "speaker unknown" in status(screen)
        assert layer(screen, "evidence") == []
        await pilot.press(".")
        assert "no quotation further down" in status(screen)
        await pilot.press(",")
        assert screen.page_view.quote.speaker == "Rosa Imaginary"
        await pilot.press("escape")
        assert screen.page_view.quote is None
        assert screen.rows.has_focus


LONG_TITLED = ("Rosalind Fiction, acting District Co-Leader of 12AB XYZU and head of the union", " · certain")
HINTS = [("S", "who said it"), (".", "next quotation"), ("y", "copy with source"), ("@", "speakers"), ("?", "keys")]


@pytest.mark.parametrize(
    ("width", "who", "shown"),
    [
        (78, LONG_TITLED, "S who said it   ? keys   Rosalind Fiction, acting District Co-Leade… · certain"),
        (78, ("Bob Invented", " · likely"), "S who said it   . next quotation   @ speakers   ? keys   Bob Invented · likely"),
        (50, LONG_TITLED, "? keys   Rosalind Fiction, acting Distr… · certain"),
        (120, LONG_TITLED, f"S who said it   ? keys          {''.join(LONG_TITLED)}"),
    ],
)
async def test_who_is_quoted_gets_the_room_that_is_free_and_the_key_to_correct_it_stays(library, width, who, shown):
    async with window(library, size=(width + 2, 24)) as (screen, _):
        bar = screen.query_one(KeyBar)
        bar.show(HINTS, *who, firm=True)
        told = bar.render().plain
        assert len(told) == width
        assert told == shown


async def test_an_old_message_gives_way_to_the_next_movement(library):
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        await pilot.press(".", ".")
        assert status(screen) == "no quotation further down"
        await pilot.press(",")
        assert "Rosa Imaginary" in status(screen)
        await pilot.press("y")
        assert "copied with its source" in status(screen)
        await pilot.press("escape")
        assert "copied" not in status(screen)
        await pilot.press("u")
        await settled(pilot, lambda: status(screen) == "nothing to undo")
        await pilot.press("k", "k", "k", "u")
        await settled(pilot, lambda: status(screen) == "nothing to undo")
        await pilot.press("j")
        await settled(pilot, lambda: "? keys" in status(screen))
        await pilot.press("u")
        await settled(pilot, lambda: status(screen) == "nothing to undo")
        await speakers(screen, pilot)
        assert "merge" in status(screen)
        await pilot.press("u")
        await settled(pilot, lambda: status(screen) == "nothing to undo")
        await pilot.press("j")
        await settled(pilot, lambda: "merge" in status(screen))


async def test_a_click_on_a_quotation_says_who(library):
    async with window(library) as (screen, pilot):
        await pilot.press("f", *"walk", "enter", "enter")
        row = next(y for y, line in enumerate(frame(pilot).split("\n")) if "We will walk out" in line)
        await pilot.click("#page", offset=(20, row - screen.page_view.region.y))
        await settled(pilot, lambda: "Rosa Imaginary" in status(screen))


async def test_a_quotation_is_copied_word_for_word_with_speaker_and_source(library):
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        await pilot.press("y")
        words, source = pilot.app.clipboard.splitlines()[:2]
        assert words == f"“{WALK}”"
        assert source.startswith("— Rosa Imaginary, The Walk Out. 2021-05-03.")
        await pilot.press("escape", "escape")
        await quotations(screen, pilot)
        await pilot.press("y")
        await settled(pilot, lambda: "A Third Paper" in pilot.app.clipboard)


async def test_narrow_terminals_show_the_list_or_the_page(library):
    async with window(library, size=(60, 20)) as (screen, pilot):
        await pilot.press(".")
        assert "Enter opens it" in status(screen)
        await quotations(screen, pilot)
        await pilot.press("enter")
        await settled(pilot, lambda: "· certain" in status(screen))
        assert not screen.rows.display


# -- what the user knows better ----------------------------------------------------------------------------------------------------


async def test_the_user_says_who_spoke_and_takes_it_back(library):
    document = library.find("Walk Out").id
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        await chosen(screen, pilot, "S", *"bob")
        assert library.read(document).quotes[0].speaker == "Bob Invented"
        await settled(pilot, lambda: "Bob Invented · you said so" in frame(pilot) or "kept: Bob Invented said it" in status(screen))
        await settled(pilot, lambda: screen.page_view.quote.speaker == "Bob Invented")
        assert layer(screen, "evidence") == []
        await chosen(screen, pilot, "S", "down")
        assert library.read(document).quotes[0].speaker is None
        await pilot.press("u", "u")
        await settled(pilot, lambda: screen.page_view.quote.speaker == "Rosa Imaginary")
        await pilot.press(".")
        await chosen(screen, pilot, "S", *"Ola Neverquoted")
        assert library.read(document).quotes[1].speaker == "Ola Neverquoted"


async def test_two_names_are_merged_into_one_person_and_parted_again(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        await pilot.press("j")
        assert screen.listing.speaker.name == "Bob Invented"
        await chosen(screen, pilot, "M", *"rosa")
        await settled(pilot, lambda: len(screen.listing.speakers) == 1)
        assert set(library.speakers()[0].names) == {"Rosa Imaginary", "R. Imaginary", "Bob Invented"}
        await pilot.press("u")
        await settled(pilot, lambda: len(screen.listing.speakers) == 2)
        await pilot.press("g")
        await chosen(screen, pilot, "X", *"r. im")
        await settled(pilot, lambda: len(screen.listing.speakers) == 3)
        await pilot.press("G")
        await chosen(screen, pilot, "M", *"Somebody Else")
        await settled(pilot, lambda: any(speaker.name == "Somebody Else" for speaker in library.speakers()))


async def test_a_merged_speaker_stands_where_the_order_puts_it(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        await pilot.press("j")
        await chosen(screen, pilot, "M", *"Zzz Example")
        await settled(pilot, lambda: screen.listing.speaker is not None and screen.listing.speaker.name == "Zzz Example")
        await pilot.press("k")
        await chosen(screen, pilot, "M", *"Yyy Example")
        for told in ("most quoted first", "by name", "latest first", "most quoted first"):
            await settled(
                pilot, lambda told=told: told in screen.listing.summary and screen.listing.speakers.speakers[0].name == "Yyy Example"
            )
            await pilot.press("s")
        await pilot.press("u", "u")
        await settled(pilot, lambda: [s.name for s in screen.listing.speakers.speakers] == ["Rosa Imaginary", "Bob Invented"])
        await pilot.press("s")
        await settled(pilot, lambda: "latest first" in screen.listing.summary)
        await pilot.press("G")
        await chosen(screen, pilot, "M", *"rosa")  # the sum of both, in every order
        await settled(pilot, lambda: [s.quotes for s in screen.listing.speakers.speakers] == [5])


def offered(pilot):
    return [("new" if option.new else "known", option.label) for option in pilot.app.screen._shown]


async def test_a_new_name_is_marked_and_never_taken_where_a_known_one_goes_on(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        await pilot.press("j", "M")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press(*"ros")
        await settled(pilot, lambda: offered(pilot) == [("known", "Rosa Imaginary"), ("new", "ros")])
        assert "NEW NAME  ros  renames Bob Invented" in frame(pilot)
        await pilot.press(*"A  IMAGINARY")  # nobody new: only written otherwise
        await settled(pilot, lambda: offered(pilot) == [("known", "Rosa Imaginary")])
        await pilot.press(*(["backspace"] * 20), *"r. imaginary")  # nor is another spelling of somebody known
        await settled(pilot, lambda: offered(pilot) == [("known", "Rosa Imaginary")])
        await pilot.press(*(["backspace"] * 12), *"ros", "down", "enter")
        await settled(pilot, lambda: any(speaker.name == "ros" for speaker in library.speakers()))
        await pilot.press("u")
        await settled(pilot, lambda: screen.listing.speaker is not None and screen.listing.speaker.name == "Bob Invented")
        await chosen(screen, pilot, "M", *"ros")
        await settled(pilot, lambda: [speaker.name for speaker in library.speakers()] == ["Rosa Imaginary"])


async def test_enter_never_overtakes_the_letters_of_a_name(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        await pilot.press("j", "M")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        for key in (*"zzz", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settled(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot, lambda: sorted(speaker.name for speaker in library.speakers()) == ["Rosa Imaginary", "zzz"])


def test_names_that_go_on_from_what_was_typed_come_first():
    options = [
        Option(name, name, "", also)
        for name, also in (("Joanna X", ()), ("Mary Ann", ()), ("Y. Z", ("Ann Z",)), ("Ann Q", ()), ("Ann", ()))
    ]
    found = sorted(sought(options), key=lambda known: nearness("ann", known[0]))
    assert [option.label for _, option in found] == ["Ann", "Ann Q", "Y. Z", "Mary Ann", "Joanna X"]


async def test_undoing_leaves_the_cursor_with_the_same_person(library):
    async with window(library) as (screen, pilot):
        await speakers(screen, pilot)
        await pilot.press("j", "s")
        await settled(pilot, lambda: "by name" in screen.listing.summary)
        await chosen(screen, pilot, "M", *"Alma Aaa")
        await settled(pilot, lambda: [s.name for s in screen.listing.speakers.speakers] == ["Alma Aaa", "Rosa Imaginary"])
        assert screen.listing.speaker.name == "Alma Aaa"
        await pilot.press("u")
        await settled(pilot, lambda: [s.name for s in screen.listing.speakers.speakers] == ["Rosa Imaginary", "Bob Invented"])
        assert screen.listing.speaker.name == "Bob Invented"


def test_the_row_of_a_person_is_found_by_name_then_by_spellings_and_never_guessed():
    rows = SpeakerRows([Speaker("A. One", ("A. One", "One")), Speaker("Two", ("Two", "T. Two", "B. Two"))])
    assert rows.place_of("Two") == rows.place_of("T. Two") == 1
    assert rows.place_of(Speaker("Zzz", ("One", "T. Two", "B. Two"))) == 1
    assert rows.place_of(Speaker("Zzz", ("Zzz",))) is rows.place_of(None) is rows.place_of("Nobody") is None


async def test_a_name_is_somebody_else_in_one_document(library):
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        await chosen(screen, pilot, "X")
        await settled(pilot, lambda: "in this document" in status(screen))
        await speakers(screen, pilot)
        assert sorted(speaker.quotes for speaker in library.speakers()) == [1, 1, 3]
        await pilot.press("@")
        await settled(pilot, lambda: len(screen.listing.speakers) == 3)


async def test_giving_up_changes_nothing(library):
    async with window(library) as (screen, pilot):
        await read_walk_out(screen, pilot)
        for key in ("S", "M", "X"):
            await pilot.press(key)
            await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
            await pilot.press("z", "z", "escape")
            await settled(pilot, lambda: pilot.app.screen is screen)
        assert library.undo() is None


# -- searching -------------------------------------------------------------------------------------------------------------------


async def test_by_is_completed_with_those_who_are_quoted(library):
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"by:ima")
        await settled(pilot, lambda: screen.bar.field._suggestion == "by:imaginary")
        await pilot.press("right", *" wages")
        await settled(pilot, lambda: screen.listing.hits and screen.listing.hits[0].speaker == "Rosa Imaginary")
        screen.bar.field.value = 'wages by:"rosa im'
        screen.bar.field.cursor_position = 99
        await settled(pilot, lambda: screen.bar.field._suggestion == 'wages by:"rosa imaginary')


# -- where quotations lie --------------------------------------------------------------------------------------------------------


def test_marks_are_found_around_the_words_and_hang_where_there_are_none():
    text = "« Rien », dit-elle.\nNo marks here."
    marks = QuoteMarks(text, [Quote(2, 6, "direct", 1), Quote(20, 33, "block", 2), Quote(30, 99, "direct", 3)])
    assert [text[s:e] for s, e in marks.marks] == ["«", "»"]
    assert [(s, e) for s, e, _ in marks.bare.spans] == [(20, 33)]
    assert marks.at(0) is None
    assert marks.at(1) == marks.starting(2) == marks.beside(0, 1)
    assert marks.beside(2, 1) == marks.starting(20) is not None
    assert marks.beside(2, -1) is None


def test_what_is_drawn_of_a_quotation_is_its_words_and_its_evidence():
    quote = Quote(0, 4, "direct", 1, "She", (10, 12), cue=(6, 9), naming=(20, 30))
    assert drawn(quote) == {"hit": [(0, 4)], "evidence": [(10, 12), (20, 30)], "cue": [(6, 9)]}
    assert drawn(None) == {"hit": [], "evidence": [], "cue": []}
