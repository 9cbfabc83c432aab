"""The settings file: what holds, and what is told of the rest."""

import os
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.hall.preferences import Settings
from reader.hall.settings import SETTINGS, Known, read_settings, template
from reader.tui.actions import ACTIONS, is_key, keys_of, pressed, written
from reader.tui.keys import keymap

KNOWN = Known(frozenset(action.id for action in ACTIONS), is_key)


@pytest.fixture
def settled(tmp_path):
    def settle(text):
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        settings, problems = read_settings(path, KNOWN)
        return settings, [problem.removeprefix(f"settings: {path}: ") for problem in problems]

    return settle


def test_a_file_that_is_not_there_settles_nothing(tmp_path):
    assert read_settings(tmp_path / "config.toml", KNOWN) == (Settings(), ())


def test_what_stands_in_it_holds(settled):
    settings, problems = settled(
        'theme = "light"\nmeasure = 66\n[keys]\n"page.word" = ["w", "Ctrl+Right"]\nscreen.focus = []\nscreen.quit = "Ctrl+Q"\n'
    )
    assert problems == []
    assert (settings.theme, settings.measure, settings.given) == ("light", 66, {"theme", "measure"})
    assert settings.keys == {"page.word": ("w", "Ctrl+Right"), "screen.focus": (), "screen.quit": ("Ctrl+Q",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("measure = 12\ntheme = 'light'\n", "line 1: measure: must be a number from 40 to 120"),
        ("theme = 'light'\nmeasure = true\n", "line 2: measure: must be a number from 40 to 120"),
        ("theme = 'light'\n\nthem = 'dark'\n", "line 3: them: no such setting; did you mean theme?"),
        ("theme = 'light'\njustify = 1\n", "line 2: justify: must be true or false"),
        ("theme = 'light'\nhyphenate = '../x'\n", 'line 2: hyphenate: must be a language, as "en", or ""'),
        (
            "theme = 'light'\n[keys]\n'screen.notte' = 'a'\n",
            "line 3: keys: screen.notte: no such action; did you mean screen.note?; `pullquote settings --keys` lists them",
        ),
        ("theme = 'light'\n[keys]\nscreen.note = 'Strg+A'\n", "line 3: keys: screen.note: Strg+A: no such key"),
        ("theme = 'light'\n[keys]\nscreen.note = 3\n", 'line 3: keys: screen.note: must be a key, as "a" or "Ctrl+O", or a list of keys'),
        ("theme = 'light'\n[keys]\nscreen.note = 'z'\n[keys.screen]\n", None),
        ("theme = 'light'\nkeys = 3\n", 'line 2: keys: must be a table: [keys], and below it lines like "screen.note" = "a"'),
        ("theme = 'light'\n[keys]\nscreen.note = 'z'\nscreen.copy = 'z'\n", "line 4: keys: screen.copy: has the same key as screen.note"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_rest_holds(settled, text, told):
    settings, problems = settled(text)
    if told is None:
        assert len(problems) == 1
        assert "line" in problems[0]
    else:
        assert problems == [told]
        assert settings.theme == "light"


def test_a_file_that_is_no_toml_is_told_with_its_line(settled, tmp_path):
    assert settled('theme = "light"\nmeasure = \n')[1][0].startswith("line 2: ")
    (tmp_path / "config.toml").write_bytes(b"theme = '\xff'\n")
    assert "not UTF-8" in read_settings(tmp_path / "config.toml", KNOWN)[1][0]


def test_the_template_holds_everything_and_settles_nothing_until_the_marks_are_taken_away(settled):
    text = template((action.id, " ".join(keys_of(action)), action.about) for action in ACTIONS)
    assert tomllib.loads(text) == {}
    lines = [line.removeprefix("# ") for line in text.split("\n") if " = " in line or line == "# [keys]"]
    settings, problems = settled("\n".join(lines))
    assert problems == []
    assert settings.given == {setting.name for setting in SETTINGS}
    assert set(settings.keys) == KNOWN.actions
    for action in ACTIONS:
        assert ",".join(pressed(key) for key in settings.keys[action.id]) == action.keys


@given(st.text(max_size=200))
def test_no_file_stops_the_program(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    settings, problems = read_settings(path, KNOWN)
    assert isinstance(settings, Settings)
    assert all("\n" not in problem and problem.isprintable() for problem in problems)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_key_can_be_written_and_read_back(action):
    for key in action.keys.split(","):
        assert pressed(written(key)) == key
        assert is_key(written(key))


@pytest.mark.parametrize(
    ("text", "told"), [("measure = " + "9" * 5000, "too long a number"), ("measure = " + "[" * 3000, "makes no sense")]
)
def test_what_python_itself_refuses_is_told_too(settled, text, told):
    settings, problems = settled(text)
    assert settings == Settings()
    assert told in problems[0]


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "config.toml")
    assert "not a file" in read_settings(tmp_path / "config.toml", KNOWN)[1][0]


def test_a_theme_that_is_none_is_told_with_its_line_where_themes_are_known(tmp_path):
    (tmp_path / "config.toml").write_text('measure = 60\ntheme = "lihgt"\n', encoding="utf-8")
    known = Known(KNOWN.actions, KNOWN.is_key, ("light", "dark"))
    settings, (problem,) = read_settings(tmp_path / "config.toml", known)
    assert settings.theme == ""
    assert problem.endswith("line 2: theme: there is no lihgt; did you mean light?")


def test_a_key_given_to_the_page_is_taken_from_an_action_that_would_see_it_first():
    assert "f" not in keymap({"page.page-down": ["Space", "f"]})["screen.find"].split(",")
