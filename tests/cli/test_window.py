"""What a command line without a verb opens: plain ones are taken apart without argparse, and mean what they mean to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.verb import parse
from reader.cli.window import Window
from reader.errors import UsageError

WORDS = ["a.txt", "my folder", "-", "--", "", "--library", "--library=shelf", "shelf", "--plain", "-V"]


class Told(Window):
    """Tells what would be opened."""

    opened: object = None

    def _open(self, library, paths, *, as_json=False, plain=False):
        self.opened = library, list(paths), as_json, plain
        return 0


@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_plain_command_lines_mean_what_they_mean_to_argparse(words):
    told = Told()
    try:
        options = parse(Window().parser(), words)
    except UsageError:
        with pytest.raises(UsageError):
            told.run(words)
        return
    assert told.run(words) == 0
    assert options.version or told.opened == (options.library, options.words, options.json, options.plain)
