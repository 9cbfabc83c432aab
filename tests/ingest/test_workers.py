"""Reading in processes: the order holds, and a file that hangs, crashes or vanishes costs only itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import Skipped
from reader.ingest.workers import read_files


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"Number {number} says a few words to nobody in particular.\n")
    return [str(tmp_path / f"{number:02}.txt") for number in range(60)]


def test_documents_come_in_the_order_of_their_paths(files: list[str]) -> None:
    results = list(read_files(files, workers=3))
    assert [result.path for result in results] == files
    assert all(r.document and r.stamp and r.document.text.startswith(f"Number {n} ") for n, r in enumerate(results))


def test_paths_are_consumed_lazily(files: list[str]) -> None:
    taken: list[str] = []

    def paths() -> Iterator[str]:
        for number in range(10_000):
            taken.append(files[number % 60])
            yield taken[-1]

    reading = read_files(paths(), workers=1)
    assert next(reading).document
    reading.close()  # type: ignore[attr-defined] # a generator
    assert len(taken) < 100


def test_errors_come_back_in_their_place(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(32)) * 9)
    (tmp_path / "none.txt").write_bytes(b"")
    wanted = [files[0], str(tmp_path / "noise.txt"), str(tmp_path / "none.txt"), "/no/such.txt", files[1]]
    reasons = [result.error.reason if result.error else None for result in read_files(wanted)]
    assert reasons == [None, "looks like a binary file", "empty", "no such file or directory", None]


def test_an_error_keeps_its_kind_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (result,) = read_files([str(tmp_path / "a.pdf")])
    assert isinstance(result.error, Skipped)


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    long = tmp_path / "long.html"  # seconds of work, so that however late this process looks, it is not done
    long.write_text("<html><body>" + "<p>It struck one at the quay.</p>\n" * 100_000)
    results = list(read_files([str(long)] * 2, seconds=0))
    assert [result.error.reason for result in results if result.error] == ["took longer than 0 s"] * 2


def test_a_process_that_dies_is_replaced(files: list[str]) -> None:
    reading = read_files(files, workers=1)
    next(reading)
    children = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "reader/ingest/worker.py"], capture_output=True, text=True, check=False
    )
    for child in children.stdout.split():
        os.kill(int(child), signal.SIGKILL)
    rest = list(reading)
    assert len(rest) == 59
    assert [r.path for r in rest if r.error and r.error.reason != "the reader crashed"] == []
    assert sum(r.error is not None for r in rest) <= 1


def test_closing_early_leaves_no_process_behind(files: list[str]) -> None:
    reading = read_files(files, workers=2)
    next(reading)
    reading.close()  # type: ignore[attr-defined] # a generator
    children = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "reader/ingest/worker.py"], capture_output=True, text=True, check=False
    )
    assert children.stdout == ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the processes in /proc")
def test_workers_die_with_their_parent(files: list[str]) -> None:
    script = (
        "import os, subprocess, sys\n"
        "from reader.ingest.workers import read_files\n"
        "reading = read_files(sys.argv[1:], workers=1)\n"
        "next(reading)\n"
        "print(subprocess.run(['pgrep', '-P', str(os.getpid()), '-f', 'worker.py'], capture_output=True, text=True).stdout, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", script, *files], capture_output=True, text=True, check=False)
    for child in parent.stdout.split():
        for _ in range(200):
            try:
                status = Path(f"/proc/{child}/stat").read_text().rsplit(") ", 1)[1][0]
            except (FileNotFoundError, ProcessLookupError):
                break
            if status == "Z":
                break  # dead, and only not yet collected
            signal.sigtimedwait([], 0.05)
        else:
            pytest.fail("the worker outlived its parent")


def test_the_callers_main_module_is_never_imported_again(files: list[str], tmp_path: Path) -> None:
    script = tmp_path / "caller.py"
    script.write_text(
        "import sys\nprint('once')\nfrom reader.ingest.workers import read_files\nprint(sum(r.error is None for r in read_files(sys.argv[1:])))\n"
    )
    (tmp_path / "pickle.py").write_text("raise SystemExit('a stranger in the folder')\n")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"}
    done = subprocess.run([sys.executable, script, *files[:3]], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.stdout.split() == ["once", "3"]
