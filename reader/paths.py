"""Where things lie on this machine. Owns the names of files and folders; refuses to read or write any of them."""

import os
from pathlib import Path

from reader.errors import StoreError
from reader.values import dataclass

LIBRARY_VARIABLE = "PULLQUOTE_LIBRARY"
SETTINGS_VARIABLE = "PULLQUOTE_CONFIG"


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The files of one library folder."""

    folder: Path

    @property
    def notes(self) -> Path:
        """The precious database: notes, tags, bookmarks, what is in the library."""
        return self.folder / "library.db"

    @property
    def index(self) -> Path:
        """The cache: text, blocks and search index. May be deleted at any time."""
        return self.folder / "index.db"

    @property
    def backups(self) -> Path:
        """Copies of the notes: one a day, one before each change of schema."""
        return self.folder / "backups"

    @property
    def rescue(self) -> Path:
        """Text of notes that could not be stored, one file each."""
        return self.folder / "rescue"

    @property
    def piped(self) -> Path:
        """Text that was piped in, one file each: until its window closes, and for good when it was taken into the library."""
        return self.folder / "piped"

    @property
    def log(self) -> Path:
        """Tracebacks of unexpected errors."""
        return self.folder / "pullquote.log"


def library_folder(named: str | os.PathLike[str] | None = None) -> Path:
    """The library folder: the one named, else `PULLQUOTE_LIBRARY`, else the user data directory of this platform.

    Raises `StoreError` when the name cannot be made a path.
    """
    chosen = named or os.environ.get(LIBRARY_VARIABLE)
    if chosen:
        try:
            return Path(chosen).expanduser().absolute()
        except (RuntimeError, OSError) as error:  # "~nobody", or a current folder that was deleted
            raise StoreError("open", os.fspath(chosen), str(error)) from error
    from platformdirs import user_data_dir  # 3 ms that `--library` need not pay

    return Path(user_data_dir("pullquote", appauthor=False))


def settings_file() -> Path:
    """The settings file, there or not: `PULLQUOTE_CONFIG`, else config.toml in the user configuration directory of this platform."""
    chosen = os.environ.get(SETTINGS_VARIABLE)
    if chosen:
        return Path(os.path.expanduser(chosen)).absolute()
    from platformdirs import user_config_dir

    return Path(user_config_dir("pullquote", appauthor=False)) / "config.toml"


def sample_documents() -> Path | None:
    """The folder of sample documents, installed beside the package or lying in the checkout; None where there is none."""
    here = Path(__file__).resolve().parent
    for folder in (here / "sample_docs", here.parent / "sample_docs"):
        if folder.is_dir():
            return folder
    return None
