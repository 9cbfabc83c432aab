"""The verb settings: where the settings file is, what is wrong in it, and what may stand in it."""

import argparse

from reader.cli.verb import Parser, Verb, say, say_json
from reader.errors import UsageError
from reader.hall.settings import SETTINGS, Known, read_settings, template
from reader.paths import settings_file


class Settings(Verb):
    """`pullquote settings [--keys | --template]`."""

    brief = "where the settings are, what holds"
    usage = "[--keys | --template]"
    about = (
        "Where the settings file is and what holds now; what is wrong in it, with its line. --keys prints every action with its keys, "
        "--template a whole file to begin with."
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--keys", action="store_true", help="every action: its id, its keys, what it does")
        parser.add_argument("--template", action="store_true", help="a settings file with everything in it, behind #")

    def without_library(self, options: argparse.Namespace) -> int:
        """No library is needed. Exit 1 when something in the file is wrong."""
        from reader.tui.actions import ACTIONS, is_key, keys_of

        if options.words:
            raise UsageError("settings", options.words[0], "takes no words; the file is edited with an editor, or with E in the window")
        path = settings_file()
        known = Known(frozenset(action.id for action in ACTIONS), is_key, _themes() if path.exists() else ())
        settings, problems = read_settings(path, known)
        keys = {action.id: list(settings.keys.get(action.id, keys_of(action))) for action in ACTIONS}
        if options.template:
            print(template((action.id, " ".join(keys_of(action)), action.about) for action in ACTIONS), end="")
        elif options.keys:
            for action in ACTIONS:
                if options.json:
                    say_json({"id": action.id, "keys": keys[action.id], "about": action.about})
                else:
                    say(f"{action.id:<28} {' '.join(keys[action.id]) or '(no key)':<26} {action.about}")
        else:
            values = {setting.name: getattr(settings, setting.name) for setting in SETTINGS}
            if options.json:
                say_json({"path": str(path), "there": path.exists(), "settings": values, "problems": list(problems)})
            else:
                say(f"{path}{'' if path.exists() else '  (not there yet)'}")
                for name, value in values.items():
                    say(f"  {name:<10} {str(value).lower() if isinstance(value, bool) else value}")
                for problem in problems:
                    say(problem)
        return 1 if problems and not (options.template or options.keys) else 0


def _themes() -> frozenset[str]:
    """The names of every theme; asked for only where there is a settings file, for the window's library must be loaded to know them."""
    from reader.tui.themes import every_theme

    return every_theme()
