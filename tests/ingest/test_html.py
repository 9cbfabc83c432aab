"""Pages: every word kept, furniture marked, titles and dates only from what says so."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.formats import html
from reader.ingest.parsed import Parsed, Source
from reader.model import Role

PROSE = "The harbour cranes stood still on Tuesday morning while nine hundred dockers voted by show of hands in the old fish hall. "


def roles(parsed: Parsed) -> list[tuple[str, str]]:
    return [(str(block.role), parsed.text[block.start : block.end]) for block in parsed.blocks]


def said_as(parsed: Parsed, role: Role) -> list[str]:
    return [words for found, words in roles(parsed) if found == role]


def hold_the_law(parsed: Parsed) -> None:
    at = 0
    for block in parsed.blocks:
        assert at <= block.start < block.end <= len(parsed.text)
        assert not parsed.text[at : block.start].strip()
        assert parsed.text[block.start : block.end].strip()
        at = block.end
    assert not parsed.text[at:].strip()
    last = (0, -len(parsed.text))
    for inline in parsed.inlines:
        assert any(block.start <= inline.start < inline.end <= block.end for block in parsed.blocks)
        assert (inline.start, -inline.end) >= last
        last = (inline.start, -inline.end)


# -- laws ------------------------------------------------------------------------------------------------------------------------------

NAMES = (
    "p div span b i em strong a h1 h2 h3 ul ol li dl dt dd blockquote q cite pre code table tr td th caption thead section article main nav aside header "
    "footer form button select option noscript template svg title textarea label figure figcaption details summary br hr img center font x-card o:p time"
).split()
ATTRIBUTES = [
    "",
    ' class="nav"',
    ' class="byline"',
    " hidden",
    ' style="display:none"',
    ' href="/elsewhere"',
    ' role="main"',
    " x='",
    ' y="',
    " /",
]
WORD = st.from_regex(r"w[0-9]{4}", fullmatch=True).map(lambda word: f" {word} ")
TAG = st.one_of(
    st.builds(lambda name, attributes: f"<{name}{attributes}>", st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES[:-4] + ATTRIBUTES[-1:])),
    st.builds(lambda name: f"</{name}>", st.sampled_from(NAMES)),
)
BROKEN = st.sampled_from(
    ["<", "</", "<!", "<!--", "<a href='", "&", "&#", "&nbsp;", "\n\n", "\t", "]]>", "<![if x]>", "</>", "\u00a0", "\u202e"]
)


@given(st.lists(st.one_of(WORD, TAG), max_size=60))
def test_soup_keeps_every_word_once_and_the_law(parts: list[str]) -> None:
    page = "".join(parts)
    parsed = html.parse(f"<title>t</title>{page}")
    hold_the_law(parsed)
    assert sorted(re.findall(r"w\d{4}", parsed.text)) == sorted(re.findall(r"w\d{4}", page))


@given(st.lists(st.one_of(WORD, TAG, BROKEN, st.text(max_size=8)), max_size=60))
def test_broken_soup_holds_the_law(parts: list[str]) -> None:
    hold_the_law(html.parse("".join(parts)))


@given(st.lists(st.one_of(WORD, st.sampled_from(["<p>", "<div>", "</div>", "<b>", "</b>", "<li>", "<td>", "<br>"])), max_size=40))
def test_words_stay_in_order(parts: list[str]) -> None:
    page = "".join(parts)
    assert re.findall(r"w\d{4}", html.parse(page).text) == re.findall(r"w\d{4}", page)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    hold_the_law(html.parse(text))


# -- blocks ----------------------------------------------------------------------------------------------------------------------------


def test_white_space_collapses_and_paragraphs_stand_apart() -> None:
    parsed = html.parse("<p>  One\n two </p>\n<p>three<br>four&nbsp; five</p>")
    assert parsed.text == "One two\n\nthree\nfour\u00a0 five"


def test_two_line_breaks_are_a_paragraph() -> None:
    assert roles(html.parse("<div>One.<br><br/>\nTwo.</div>")) == [("body", "One."), ("body", "Two.")]


def test_missing_end_tags_cost_nothing() -> None:
    page = "<h2>Wages<p>One<p>Two<ul><li>a<li>b<ul><li>c</ul></ul><blockquote>Three"
    assert [words for _, words in roles(html.parse(page))] == ["Wages", "One", "Two", "• a", "• b", "• c", "Three"]


def test_list_items_carry_markers_and_stand_on_lines() -> None:
    parsed = html.parse(
        '<ul><li>One<li>Two</ul><ol start="3"><li>Three<li value="7"><p>Seven</p><p>more</p></ol><ol type="a"><li>A</ol><ol type="i"><li>B<li>C</ol>'
    )
    assert parsed.text == "• One\n• Two\n3. Three\n7. Seven\n\nmore\na. A\ni. B\nii. C"
    assert {block.role for block in parsed.blocks} == {Role.LIST_ITEM}


def test_nested_levels_count_from_one() -> None:
    parsed = html.parse("<ul><li>a<ul><li>b</ul></ul><blockquote>c<blockquote>d</blockquote></blockquote><h3>e</h3>")
    assert [block.level for block in parsed.blocks] == [1, 2, 1, 2, 3]


def test_code_keeps_its_white_space() -> None:
    parsed = html.parse("<pre>\n  if x:\n\n      y <b>z</b>\n</pre>")
    assert roles(parsed) == [("code", "  if x:\n\n      y z")]


def test_data_table_is_one_block_of_rows_and_cells() -> None:
    page = "<table><caption>Pay</caption><tr><th></th><th>Old</th></tr><tr><td>Day\n shift</td><td><p>12</p></td></tr></table>"
    assert roles(html.parse(page)) == [("caption", "Pay"), ("table", "\tOld\nDay shift\t12")]


def test_layout_table_is_boxes() -> None:
    page = f"<table><tr><td><a href=/>Home</a></td><td><h1>Vote</h1><p>{PROSE}</p></td></tr></table>"
    assert [role for role, _ in roles(html.parse(page))] == ["body", "title", "body"]


def test_quotation_of_a_page_with_its_source() -> None:
    page = "<blockquote><p>We are staying.</p><footer>— <cite>Ilse Brandt</cite>, crane driver</footer></blockquote>"
    assert roles(html.parse(page)) == [("blockquote", "We are staying."), ("attribution", "— Ilse Brandt, crane driver")]


def test_quotation_marks_that_browsers_add_are_words() -> None:
    assert html.parse("<p>She said <q>no <q>deal</q></q>.</p>").text == "She said “no ‘deal’”."


def test_inlines_lie_in_their_blocks() -> None:
    parsed = html.parse(
        '<p>a <b>bold <i>both</i></b> <a href="/x"> link </a><b>on</p><p>and on</b> <code>c</code> <a href="javascript:x()">d</a></p>'
    )
    hold_the_law(parsed)
    found = [(inline.kind, parsed.text[inline.start : inline.end], inline.target) for inline in parsed.inlines]
    assert found == [
        ("strong", "bold both", None),
        ("emphasis", "both", None),
        ("link", "link", "/x"),
        ("strong", "on", None),
        ("strong", "and on", None),
        ("code", "c", None),
    ]


def test_control_and_direction_characters_are_replaced() -> None:
    text = html.parse("<p>a&#x202e;b&#27;[2Jc</p>").text
    assert text == "a\ufffdb[2Jc" or text == "a\ufffdb\ufffd[2Jc"


def test_a_control_inside_a_sentence_does_not_break_it() -> None:
    parsed = html.parse("<p>Dockers <button>Share</button>voted <span hidden>twice</span>on <noscript>x</noscript>Tuesday.</p>")
    assert roles(parsed) == [
        ("body", "Dockers voted on Tuesday."),
        ("boilerplate", "Share"),
        ("boilerplate", "twice"),
        ("boilerplate", "x"),
    ]


def test_xhtml_closes_any_element_and_shows_cdata() -> None:
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title><script/></head><body><p/><p>a<b/>b</p><div/><![CDATA[c < d]]></body></html>'
    assert html.parse(page).text == "ab\n\nc < d"


# -- what would be lost elsewhere ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<div>word " * 3000,
        "<blockquote><p>word " * 2000,
        "<b>word " * 3000,
        "<table><tr><td>word " * 1000,
        "<ul><li>word " * 1000,
        "<nav>word " * 1000,
        "<!-- word " * 1000,
        "<script>word " * 1000,
        "<title>word " * 1000,
        "<textarea>word " * 1000,
        "<button>word " * 1000,
        "<a href='word " * 999 + " word",
        "<svg><title>word </title>" * 1000,
        "<h2><a href=/x>word</a></h2>" * 1000,
    ],
)
def test_hostile_nesting_and_missing_ends_lose_nothing(page: str) -> None:
    parsed = html.parse(page)
    hold_the_law(parsed)
    assert parsed.text.count("word") == page.count("word")


def test_two_hundred_thousand_attributes() -> None:
    assert html.parse("<p " + " ".join(f"a{n}=x" for n in range(200_000)) + ">word</p>").text == "word"


def test_a_list_of_names_as_deep_as_it_goes_does_not_recurse() -> None:
    parsed = html.parse('<script type="application/ld+json">' + "[" * 100_000 + "</script><p>word</p>")
    assert parsed.text == "word"


# -- title, furniture, metadata --------------------------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><!-- saved from url=(0042)https://tidewater-gazette.example/2031/harbour -->
<html><head><title>Dockers vote to strike | Tidewater Gazette</title>
<meta property="og:site_name" content="Tidewater Gazette"><meta name="author" content="By Mara Okafor">
<meta property="article:published_time" content="2031-05-06T08:00:00+02:00"><meta property="article:modified_time" content="2032-01-01">
</head><body class="has-sidebar comments-open">
<header class="site"><a href="/">Tidewater Gazette</a></header>
<nav><ul><li><a href="/a">News</a></li><li><a href="/b">Sport</a></li></ul></nav>
<div class="content"><h1>Dockers Vote to Strike</h1><p class="standfirst">Nine hundred hands</p><p class="byline">By Mara Okafor</p>
<p>{PROSE}</p><p>{PROSE}</p>
<figure><img src="x"><figcaption>The fish hall.</figcaption></figure>
<p>{PROSE}</p></div>
<div class="related-stories"><h3>More</h3><a href="/c">Ferry fares</a></div>
<aside>Weather: rain</aside><footer>© Tidewater Gazette</footer></body></html>"""


def test_an_article_among_furniture() -> None:
    parsed = html.parse(PAGE)
    assert said_as(parsed, Role.TITLE) == ["Dockers Vote to Strike"]
    assert said_as(parsed, Role.SUBTITLE) == ["Nine hundred hands"]
    assert said_as(parsed, Role.BYLINE) == ["By Mara Okafor"]
    assert said_as(parsed, Role.CAPTION) == ["The fish hall."]
    assert said_as(parsed, Role.BODY) == [PROSE.strip()] * 3
    assert said_as(parsed, Role.BOILERPLATE) == [
        "Tidewater Gazette",
        "News",
        "Sport",
        "More",
        "Ferry fares",
        "Weather: rain",
        "© Tidewater Gazette",
    ]


def test_what_the_page_declares() -> None:
    said = html.parse(PAGE).metadata
    assert (said.title, said.date, said.byline, said.publisher) == (
        "Dockers Vote to Strike",
        "2031-05-06",
        "Mara Okafor",
        "Tidewater Gazette",
    )
    assert (said.subtitle, said.url, said.doc_type) == ("Nine hundred hands", "https://tidewater-gazette.example/2031/harbour", None)


def test_linked_data() -> None:
    page = """<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "#us", "name": "Gull Press"},
    {"@type": ["NewsArticle"], "headline": "Ferry fares &amp; fish", "datePublished": "2030-02-03", "author": [{"name": "Jo Lind"}, "Wim Aal"],
    "publisher": {"@id": "#us"}}]}</script><h1>Ferry fares &amp; fish</h1><p>Text.</p>"""
    said = html.parse(page).metadata
    assert (said.title, said.date, said.byline, said.publisher) == ("Ferry fares & fish", "2030-02-03", "Jo Lind, Wim Aal", "Gull Press")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2031-05-06">',
        '<time datetime="2031-05-06">6 May</time>',
        '<time class="updated" datetime="2031-05-06">6 May</time>',
        "<p>Published 6 May 2031</p>",
        '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2031-05-06"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2031-05-06"}</script>',
    ],
)
def test_no_date_from_what_does_not_say_published(head: str) -> None:
    assert html.parse(head + "<p>Text.</p>").metadata.date is None


@pytest.mark.parametrize(
    ("title", "heading", "wanted"),
    [
        ("Harbour vote - Gull Press", "Harbour vote", "Harbour vote"),
        ("Gull Press | Harbour vote", "Harbour", "Gull Press | Harbour vote"),
        ("IV: Harbour vote", "Harbour vote", "IV: Harbour vote"),
        ("Gull Books: The Long Harbour Strike, by J. Lind", "THE LONG<br>HARBOUR STRIKE", "The Long Harbour Strike"),
        ("", "Harbour vote", "Harbour vote"),
    ],
)
def test_titles_with_something_around_them(title: str, heading: str, wanted: str) -> None:
    assert html.parse(f"<title>{title}</title><h1>{heading}</h1><p>Text.</p>").metadata.title == wanted


def test_standard_ebooks_headings() -> None:
    page = '<title>IV: Of Cranes</title><section><header><hgroup><h2 epub:type="ordinal">IV</h2><p epub:type="title">Of Cranes</p></hgroup></header><p>Text.</p></section>'
    parsed = html.parse(page)
    assert roles(parsed) == [("heading", "IV"), ("title", "Of Cranes"), ("body", "Text.")]
    assert parsed.metadata.title == "IV: Of Cranes"


@pytest.mark.parametrize(
    "wrap",
    ['<form id="aspnetForm">{}</form>', '<div class="sidebar-wrapper">{}</div>', '<div style="display:none">{}</div>', "<aside>{}</aside>"],
)
def test_a_page_that_stands_in_furniture_is_let_off(wrap: str) -> None:
    parsed = html.parse("<p>x</p>" + wrap.format(f"<h1>Vote</h1><p>{PROSE}</p><p>{PROSE}</p>"))
    assert said_as(parsed, Role.BODY)[-2:] == [PROSE.strip()] * 2


def test_outside_main_is_furniture_but_the_title() -> None:
    page = f"<title>Vote</title><div><h1>Vote</h1></div><main><p>{PROSE}</p></main><div><p>{PROSE}</p></div>"
    assert [role for role, _ in roles(html.parse(page))] == ["title", "body", "boilerplate"]


def test_cards_beside_a_text_do_not_make_it_furniture() -> None:
    page = f"<p>{PROSE}</p><p>{PROSE}</p>" + "<article><a href=/x>Ferry</a></article>" * 3
    assert said_as(html.parse(page), Role.BODY)[:2] == [PROSE.strip()] * 2


def test_menus_without_a_name_are_furniture_and_sources_are_not() -> None:
    links = "".join(f"<li><a href=/{n}>Place {n}</a></li>" for n in range(5))
    parsed = html.parse(f"<ul>{links}</ul><p>{PROSE}</p><ul>{links}</ul><p>{PROSE}</p>")
    assert [role for role, _ in roles(parsed)] == ["boilerplate"] * 5 + ["body"] + ["list_item"] * 5 + ["body"]


def test_index_page() -> None:
    items = "".join(
        f"<li><a href=/tag>Notices</a><h2><a href=/{n}>Harbour notice {n}</a></h2><p>Cranes rest on day {n}.</p></li>" for n in range(6)
    )
    parsed = html.parse(f"<main><h1>Notices</h1><ul>{items}</ul></main>")
    assert parsed.metadata.doc_type == "index_page"
    assert len(said_as(parsed, Role.ITEM_TITLE)) == 6
    assert said_as(parsed, Role.ITEM_TEASER)[0] == "Cranes rest on day 0."


def test_linked_section_headings_are_no_index() -> None:
    parsed = html.parse("<main>" + f'<h2><a href="#s">Section</a></h2><p>{PROSE * 5}</p>' * 6 + "</main>")
    assert parsed.metadata.doc_type is None


def test_archived_address_is_the_original() -> None:
    page = '<link rel="canonical" href="https://web.archive.org/web/20310506000000/https://gull.example/vote"><p>Text.</p>'
    assert html.parse(page).metadata.url == "https://gull.example/vote"


def test_declared_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Докеры голосуют</p>'
    assert html.read(Source(page.encode("cp1251"), "x.html")).text == "Докеры голосуют"


def test_linked_data_of_several_articles_speaks_for_none() -> None:
    articles = ",".join(f'{{"@type": "Article", "headline": "Notice {n}", "datePublished": "2030-02-0{n}"}}' for n in (1, 2))
    said = html.parse(f'<script type="application/ld+json">[{articles}]</script><p>Text.</p>').metadata
    assert (said.title, said.date) == (None, None)


def test_a_page_of_a_newspaper() -> None:
    page = f"""<title>Ferry crews walk out - Gull Press</title><body class="single sidebar-right"><header id="masthead"><a href=/>Gull Press</a></header>
    <main><article><header class="entry-header"><h1>Ferry crews walk out</h1><div class="entry-meta">Posted on <time class="entry-date published"
    datetime="2031-06-01T10:00:00Z">June 1, 2031</time><span class="byline"> by <a rel="author" href=/a>Mara Okafor</a></span></div></header>
    <div class="sharedaddy"><a href=#>Share</a></div><p>PORT ELSA — {PROSE}</p><blockquote><p>Nobody sails tired.</p><cite>Ilse Brandt</cite></blockquote></article>
    <div id="comments"><ol><li><p>{PROSE}</p></li></ol></div></main></body>"""
    parsed = html.parse(page)
    assert [role for role, _ in roles(parsed)] == [
        "boilerplate",
        "title",
        "byline",
        "boilerplate",
        "body",
        "blockquote",
        "attribution",
        "boilerplate",
    ]
    said = parsed.metadata
    assert (said.date, said.dateline) == ("2031-06-01", "PORT ELSA")
