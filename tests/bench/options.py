"""What a bench is asked for on its command line."""

import argparse
from pathlib import Path


def parser_of(explanation: str | None, *paths: str, **defaults: float | str) -> argparse.ArgumentParser:
    """A parser with the bench's docstring for its help, paths that must be given, and options that have these defaults."""
    parser = argparse.ArgumentParser(description=explanation, formatter_class=argparse.RawDescriptionHelpFormatter)
    for path in paths:
        parser.add_argument(path, type=Path)
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser
