"""Who said it: quotations of invented people, and everything that stands in marks without being speech."""

import pytest

from reader.model import Block, Metadata, Role
from reader.quotes.find import find


def heard(text, blocks=(), metadata=None):
    return [(q.speaker, text[q.start : q.end]) for q in find(text, blocks, metadata)]


def only(text, **options):
    (quote,) = find(text, **options)
    return quote


WALK = "“We will walk out on Monday,”"


@pytest.mark.parametrize(
    "text",
    [
        f"{WALK} said Rosa Imaginary.",
        f"{WALK} said Rosa Imaginary, president of the Invented Workers Union.",
        f"{WALK} Rosa Imaginary said.",
        f"{WALK} Rosa Imaginary, president of the Invented Workers Union, told reporters on Friday.",
        f"{WALK} the union’s president, Rosa Imaginary, said.",
        f"{WALK} said the union’s president, Rosa Imaginary.",
        f"{WALK} said Invented Workers Union President and CEO Rosa Imaginary.",
        f"{WALK} said Rep. Rosa Imaginary (D-Nowhere).",
        f"{WALK} Sen. Rosa Imaginary, R-Nw., said.",
        f"{WALK} added acting harbour director Rosa Imaginary.",
        f"{WALK} according to Rosa Imaginary.",
        "“We will walk out on Monday, and nobody will stop us.” — Rosa Imaginary, Steward, Port Nowhere",
        "Rosa Imaginary said, “We will walk out on Monday.”",
        "Rosa Imaginary told the Nowhere Gazette on Friday, “We will walk out on Monday.”",
        "Rosa Imaginary, president of the union, said: “We will walk out on Monday.”",
        "The president of the union, Rosa Imaginary, said that “we will walk out on Monday.”",
        "Rosa Imaginary praised the crew, saying “we will walk out on Monday.”",
        "Rosa Imaginary smiled and said, “We will walk out on Monday.”",
        "Said Rosa Imaginary, “We will walk out on Monday.”",
        "As Rosa Imaginary put it: “We will walk out on Monday.”",
        "In the words of Rosa Imaginary, “we will walk out on Monday.”",
        "Rosa Imaginary: “We will walk out on Monday.”",
        "Rosa Imaginary, President of the Invented Workers Union: “We will walk out on Monday.”",
        "Rosa Imaginary said talks had failed. “We will walk out on Monday.”",
        "Talks have failed, said Rosa Imaginary. “We will walk out on Monday.”",
        "Rosa Imaginary today released the following statement: “We will walk out on Monday.”",
        "Rosa Imaginary today released the following statement:\n\n“We will walk out on Monday.”",
        "“We will walk out on Monday.”\n\n— Rosa Imaginary, Steward, Port Nowhere",
        "“We will walk out on Monday.”\n\nRosa Imaginary, Steward, Port Nowhere",
        "A worker named Rosa Imaginary said, “We will walk out on Monday.”",
        "“We will walk out on Monday.” Rosa Imaginary said Thursday.",
        "“We will walk out on Monday.” Rosa Imaginary said Thursday at the gate. Then all went home.",
        f"{WALK} saidRosa Imaginary.",
    ],
)
def test_the_source_beside_the_words(text):
    assert [speaker for speaker, _ in heard(text)] == ["Rosa Imaginary"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{WALK} the Invented Workers Union said in a statement.", "Invented Workers Union"),
        (f"{WALK} the Invented Workers Union (IWU) wrote. “We mean it,” said the IWU.", "Invented Workers Union"),
        ("The report says, “Wages have not risen in any of the nine towns.”", "The report"),
        ("“We have nothing to add to that,” said a spokeswoman for Nowhere Ferries.", "Nowhere Ferries"),
        ("One of them told me, “We have nothing to add to that.”", "One of them"),
        ("The crowd chanted “No boat, no peace!” until midnight.", "The crowd"),
        ("“We have nothing to add,” said Rosa Imaginary and Bo Specimen.", "Rosa Imaginary and Bo Specimen"),
        ("Rosa Imaginary’s letter says, “We have nothing to add to that.”", "Rosa Imaginary"),
    ],
)
def test_other_sources(text, speaker):
    assert {said for said, _ in heard(text)} == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “right to dock” law was passed.",
        "The ferry’s proposed “harbour dealer” definition is too broad.",
        "The campaign is named “Boats for Everybody.”",
        "A banner saying “no boat, no peace” hung from the pier.",
        "She wore a “Boats Forever” button.",
        "On Nowhere Radio’s “Morning Tide,” Rosa Imaginary said talks had failed.",
        "“Tidewalkers” is an old word for the crew.",
        "Pay is capped at a “reasonable cost” in the contract.",
        "A seminar entitled “What Is New in Port Nowhere?” was held.",
        '{{< img alt="A boat at the pier." caption="The pier." >}}',
        "Feel free to “vote your tide” or not.",
    ],
)
def test_titles_terms_and_slogans_are_no_speech(text):
    assert heard(text) == []


def test_headlines_are_no_speech_unless_somebody_speaks_in_them():
    for text, wanted in (("Crew Calls Offer “A Bad Joke”", []), ("Imaginary: “We will not dock at this pier”", ["Imaginary"])):
        blocks = [Block(Role.TITLE, 0, len(text))]
        assert [speaker for speaker, _ in heard(text, blocks)] == wanted


def test_a_split_quotation_is_one_statement():
    text = "“We will walk out,” said Rosa Imaginary, the president. “We have waited long enough.”"
    first, second = find(text)
    assert (first.speaker, second.speaker, first.group) == ("Rosa Imaginary", "Rosa Imaginary", second.group)
    assert (first.confidence, second.confidence) == ("certain", "certain")


def test_a_statement_over_paragraphs_has_one_source_wherever_it_is_named():
    for text in (
        "“We will walk out,” said Rosa Imaginary.\n\n“We have waited.\n\n“We will win.”",
        "“We will walk out.\n\n“We have waited.\n\n“We will win,” said Rosa Imaginary.",
        "Rosa Imaginary released this statement:\n\n“We will walk out.\n\n“We have waited.\n\n“We will win.”",
    ):
        assert {quote.speaker for quote in find(text)} == {"Rosa Imaginary"}
        assert len(find(text)) == 3
        assert len({quote.group for quote in find(text)}) == 1


def test_a_statement_belongs_to_whom_the_title_names():
    text = "Imaginary Statement on the Ferry\n\n“We will walk out on Monday. It is time.”"
    blocks = [Block(Role.TITLE, 0, 32), Block(Role.BODY, 34, len(text))]
    assert heard(text, blocks)[0][0] == "Imaginary"
    body = text[34:]
    assert heard(body, (), Metadata(title="Imaginary on the Ferry", byline="Rosa Imaginary"))[0][0] == "Rosa Imaginary"


def test_pull_quotes_and_block_quotes_need_no_marks():
    pull = only("We never stopped. We will not stop now.\n\n~ Rosa Imaginary, Member, Port Nowhere")
    assert (pull.kind, pull.speaker, pull.rule) == ("pull", "Rosa Imaginary", "signature")
    text = "The board must act, and it must act now.”\n\nInvented Workers Union (IWU)"
    block = only(text)
    assert (block.kind, block.speaker) == ("block", "Invented Workers Union")


def test_fragments_are_told_from_speech():
    text = "Rosa Imaginary called the offer a “joke on the whole crew” and left."
    assert (only(text).kind, only(text).speaker) == ("fragment", "Rosa Imaginary")


# -- whom the words mean -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rep. Rosa Imaginary spoke first. “We will walk out,” Imaginary said.", "Rosa Imaginary"),
        ("CONGRESSWOMAN ROSA IMAGINARY SPEAKS\n\n“We will walk out,” Imaginary said.", "Rosa Imaginary"),
        ("Mary Imaginary Votes Against Ferry Act\n\n“We will walk out,” Imaginary said.", "Mary Imaginary"),
        ("“We will walk out,” Imaginary said.\n\nRosa Imaginary is the president.", "Rosa Imaginary"),
        ("José Imaginário spoke first. “We will walk out,” Imaginario said.", "José Imaginário"),
        ("Mary Imaginary leads the crew. John Specimen owns the boat.\n\n“I will not sail,” she said.", "Mary Imaginary"),
        ("Mary Imaginary leads the crew. John Specimen owns the boat.\n\n“I will not sail,” he said.", "John Specimen"),
        ("John Specimen met Mayor Mary Imaginary. He offered two percent. “I cannot pay more,” he said.", "John Specimen"),
        ("Sen. Mary Imaginary met Rep. John Specimen. “It is time to sail,” the senator said.", "Mary Imaginary"),
        ("Sen. Mary Imaginary met Rep. John Specimen. “It is time to sail,” the congressman said.", "John Specimen"),
        ("Dear Chair Imaginary,\n\nYou said, “Nobody will have to wait for a boat.”", "Imaginary"),
        ("Representative Mary Bishop spoke. “We will walk out,” said Congresswoman Bishop.", "Mary Bishop"),
    ],
)
def test_the_best_name_in_the_document(text, speaker):
    assert heard(text)[-1][0] == speaker


def test_a_pronoun_without_an_antecedent_names_nobody():
    quote = only("“We will walk out on Monday,” she said.")
    assert (quote.speaker, quote.confidence) == (None, "likely")
    assert quote.mention is not None


def test_nobody_beside_the_words_is_unknown_and_not_a_guess():
    quote = only("“We will walk out on Monday, all of us together.”")
    assert (quote.speaker, quote.mention, quote.confidence) == (None, None, "unknown")


def test_two_who_may_be_meant_are_no_certainty():
    text = "Mary Imaginary and Rosa Specimen met at the pier. “We will sail,” she said."
    assert only(text).confidence == "likely"


def test_the_evidence_is_in_the_text():
    text = "Rosa Imaginary, the president, spoke. “We will walk out,” she said."
    quote = only(text)
    assert [text[slice(*span)] for span in (quote.mention, quote.cue, quote.naming)] == ["she", "said", "Rosa Imaginary"]
    assert only("“We will walk out,” said Rosa Imaginary, the ferry’s mate.").role == "the ferry’s mate"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Wir bleiben bis zum Abend“, sagte Anna Beispiel.", "Anna Beispiel"),
        ("« Nous resterons jusqu’au soir », a déclaré Jeanne Exemple.", "Jeanne Exemple"),
        ("«Nos quedamos hasta la noche», dijo María Ejemplo.", "María Ejemplo"),
        ("«Restiamo fino a stasera», ha detto Mario Esempio.", "Mario Esempio"),
        ("„Zostajemy do wieczora”, powiedziała Anna Przykład.", "Anna Przykład"),
        ("田中さんは「私たちはここに残ります」と述べた。", None),
        ("李例说：“我们今天晚上都会留在这里。”", None),
    ],
)
def test_other_languages(text, speaker):
    assert [said for said, _ in heard(text)] == [speaker]


def test_a_line_break_in_a_sentence_is_no_end():
    text = "“We will walk out on Monday, and\nwe will win,” said\nRosa Imaginary."
    blocks = [Block(Role.BODY, 0, 32), Block(Role.BODY, 33, 53), Block(Role.BODY, 54, len(text))]
    assert heard(text, blocks) == [("Rosa Imaginary", "We will walk out on Monday, and\nwe will win,")]


def test_front_matter_and_code_hold_no_speech():
    text = "excerpt: “We will walk out on Monday,” said Rosa Imaginary."
    for role in (Role.METADATA, Role.CODE):
        assert heard(text, [Block(role, 0, len(text))]) == []
