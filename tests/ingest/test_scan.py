"""Which files a folder holds, under which names, and what is left out with which reason."""

import os
from pathlib import Path

import pytest

from reader.ingest.scan import Found, Refused, scan


def outcomes(*paths: Path) -> dict[str, str]:
    """What scanning gives, by the name of the file."""
    return {Path(o.path).name: o.reason if isinstance(o, Refused) else "found" for o in scan(map(str, paths))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.txt", "sub/.hidden.txt", ".git/d.txt", "sub/deeper/e.html"):
        path = tmp_path / "top" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    return tmp_path / "top"


def test_folders_are_read_in_sorted_order_without_hidden_files(folder: Path) -> None:
    found = [o.path for o in scan([str(folder)]) if isinstance(o, Found)]
    assert [os.path.relpath(path, folder) for path in found] == [p for p in ("a.md", "b.txt", "sub/c.txt", "sub/deeper/e.html") if p]
    assert all(Path(path).is_absolute() for path in found)


def test_stamps_tell_size_and_time(folder: Path) -> None:
    (found,) = [o for o in scan([str(folder / "b.txt")]) if isinstance(o, Found)]
    assert (found.stamp.size, found.stamp.mtime_ns) == (5, (folder / "b.txt").stat().st_mtime_ns)


def test_a_hidden_file_that_is_named_is_read(folder: Path) -> None:
    assert outcomes(folder / "sub/.hidden.txt") == {".hidden.txt": "found"}


def test_nothing_is_named_twice(folder: Path) -> None:
    (folder / "again").symlink_to(folder / "sub")
    (folder / "sub" / "round").symlink_to(folder)
    paths = [o.path for o in scan([str(folder), str(folder / "sub"), str(folder / "b.txt"), str(folder)])]
    assert len(paths) == len(set(paths)) == 4
    assert not any("again" in path or "round" in path for path in paths)


def test_linked_files_and_folders_are_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "f.txt").write_text("words")
    (folder / "g.txt").symlink_to(tmp_path / "other" / "f.txt")
    (folder / "away").symlink_to(tmp_path / "other")
    paths = [os.path.relpath(o.path, folder) for o in scan([str(folder)])]
    assert "g.txt" in paths
    assert "away/f.txt" in paths


def test_what_is_no_file_is_skipped_with_a_reason(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "report.pdf").write_text("words")
    (folder / "Makefile").write_text("words")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    seen = outcomes(folder)
    assert seen["pipe.txt"] == "not a regular file"
    assert seen["report.pdf"] == "no reader for .pdf files yet"
    assert seen["Makefile"] == "no reader for files without a suffix yet"
    assert seen["dangling.txt"] == "link to nothing"
    assert "leads nowhere" in seen["loop"]
    assert all(o.status == "skipped" for o in scan([str(folder)]) if isinstance(o, Refused))


def test_a_missing_path_fails() -> None:
    assert list(scan(["/no/such/place.txt"])) == [Refused("/no/such/place.txt", "failed", "no such file or folder")]


def test_names_that_are_no_utf8_fail_with_a_name_that_can_be_shown(folder: Path) -> None:
    try:
        with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb"):
            pass
    except OSError:
        pytest.skip("this file system wants UTF-8")
    (refused,) = [o for o in scan([str(folder)]) if isinstance(o, Refused)]
    assert (refused.status, refused.reason) == ("failed", "file name is not valid UTF-8")
    assert refused.path.encode().endswith("caf\ufffd.txt".encode())
    (named,) = scan([os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")])
    assert isinstance(named, Refused)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_fails(folder: Path) -> None:
    (folder / "sub").chmod(0)
    try:
        assert Refused(str(folder / "sub"), "failed", "permission denied") in list(scan([str(folder)]))
    finally:
        (folder / "sub").chmod(0o700)


def test_scanning_is_lazy_and_deep_folders_are_no_problem(tmp_path: Path) -> None:
    deep = tmp_path / Path(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "end.txt").write_text("words")
    first = next(scan([str(tmp_path)]))
    assert Path(first.path).name == "end.txt"
