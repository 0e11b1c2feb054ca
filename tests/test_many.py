"""Directories and several files, as the command line does them: trees, in place and back, reports, configuration.

The engine is a fake that cuts at the word FOLLOW (see cli_fakes.py).
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import threading
import time
from pathlib import Path

import pytest
from cli_fakes import ARTICLE, DOCUMENT, TAIL, Run, isolate, run

from cleaner import in_place, sinks
from cleaner.journal import FOLDER

CLEAN = ARTICLE.encode()
NAMES = [
    b"plain.txt", "été.txt".encode(), b"\xff\xfe.txt", b"new\nline.txt", b"esc\x1b[31m.txt", b"-i", b"--", b" ", b"a" * 255,
    "\u202egnp.txt".encode(), b"[red]x[/].txt", b"quote\"'\\.txt", b"%d%s:,.txt",
]  # fmt: skip


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty directory, and the fake engine."""
    isolate(monkeypatch, tmp_path)
    return tmp_path


def tree(*names: str, top: str = "t", data: bytes = DOCUMENT) -> Path:
    for name in names or ("a.txt", "sub/b.txt", "sub/deep/c.txt"):
        path = Path(top, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Path(top)


def files_in(top: str | Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(top)): path.read_bytes()
        for path in sorted(Path(top).rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def journal_of(top: str | Path) -> Path:
    (journal,) = Path(top, FOLDER).glob("*.jsonl")
    return journal


# --- a tree -----------------------------------------------------------------------------------------


def test_an_output_directory_mirrors_names_modes_and_times() -> None:
    tree()
    Path("t/clean.txt").write_bytes(CLEAN)
    Path("t/clean.txt").chmod(0o640)
    os.utime("t/clean.txt", ns=(10**18, 10**18))
    Path("t/sub/b.txt").chmod(0o600)
    done = run("t", "-o", "out")
    assert (done.code, done.out) == (0, b"")
    assert files_in("out") == dict.fromkeys(("a.txt", "clean.txt", "sub/b.txt", "sub/deep/c.txt"), CLEAN)
    assert stat.S_IMODE(Path("out/clean.txt").stat().st_mode) == 0o640
    assert stat.S_IMODE(Path("out/sub/b.txt").stat().st_mode) == 0o600
    assert Path("out/clean.txt").stat().st_mtime_ns == 10**18
    assert Path("t/a.txt").read_bytes() == DOCUMENT
    assert done.err.splitlines()[:3] == [
        f"t/{name}: 2 of 5 lines removed (28 of 78 characters, 35.9 %), utf-8: follow"
        for name in ("a.txt", "sub/b.txt", "sub/deep/c.txt")
    ]
    assert run("-q", "t", "-o", "out") == Run(0, b"", "")


def test_one_bad_file_does_not_stop_the_others() -> None:
    tree()
    tree("boom.txt", data=b"BOOM")
    tree("binary.png", data=b"\0\1\2")
    done = run("-v", "t", "missing", "-o", "out", "-j", "2")
    assert done.code == 2
    assert set(files_in("out")) == {"t/a.txt", "t/sub/b.txt", "t/sub/deep/c.txt"}
    assert "cleaner: t/boom.txt: internal error (ZeroDivisionError: a\\x1b[31m fault): please report it" in done.err
    assert "cleaner: missing: no such file: check the name\n" in done.err
    assert "t/binary.png: skipped: binary (it holds NUL bytes)\n" in done.err
    table = {line[:20].strip(): line[20:].strip() for line in done.err.splitlines()[-9:]}
    assert table["files read"] == table["changed"] == "3"
    assert (table["skipped"], table["failed"], table["characters removed"]) == ("1", "2", "84")


def test_a_large_binary_file_in_a_directory_is_not_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    tree("film.mkv", data=bytes(3_000_000))
    monkeypatch.setattr("cleaner.work.read", lambda _: pytest.fail("read"))
    assert "film.mkv: skipped: binary" in run("-v", "--check", "t").err


def test_an_existing_file_cannot_be_the_output_directory() -> None:
    tree()
    Path("out").write_bytes(b"precious")
    assert run("t", "-o", "out").err == "cleaner: out: is no directory: several files need one\n"
    assert run("t", "-o", "t").code == 2
    assert run("t/a.txt", "t/sub/b.txt", "-o", ".").code == 2
    assert files_in("t")["a.txt"] == DOCUMENT


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ten_thousand_files_come_out_whatever_the_number_of_jobs(jobs: str) -> None:
    tree(*(f"{n % 20}/{n}.txt" for n in range(10_000)))
    assert run("-q", "t", "-o", "out", "-j", jobs) == Run(0, b"", "")
    cleaned = files_in("out")
    assert len(cleaned) == 10_000
    assert set(cleaned.values()) == {CLEAN}


# --- names ------------------------------------------------------------------------------------------


def test_names_from_hell_are_cleaned_and_shown_visibly() -> None:
    names = [os.fsdecode(name) for name in NAMES]
    tree(*names)
    done = run("-i", "t")
    assert done.code == 0
    assert set(files_in("t").values()) == {CLEAN}
    assert set(files_in("t")) == set(names)
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert done.err.count("\n") == len(names) + 8
    assert run("restore", "t").code == 0
    assert set(files_in("t").values()) == {DOCUMENT}
    listed = b"\0".join(os.fsencode(Path("t", name)) for name in names)
    assert run("-qi", "--files-from", "-", stdin=listed).code == 0
    assert set(files_in("t").values()) == {CLEAN}


def test_names_come_from_a_list_one_a_line() -> None:
    tree()
    Path("list").write_text("t/a.txt\nt/sub/b.txt\n")
    assert run("-q", "--check", "--files-from", "list").code == 1
    assert run("-qi", "--files-from", "list").code == 0
    assert files_in("t") == {"a.txt": CLEAN, "sub/b.txt": CLEAN, "sub/deep/c.txt": DOCUMENT}
    assert run("--check", "--files-from", "missing").err == "cleaner: missing: no such file: check the name\n"
    assert run("-i", "--files-from", "-", stdin=b"").code == 0


# --- modes ------------------------------------------------------------------------------------------


def test_check_diff_and_json_work_on_trees() -> None:
    tree()
    assert run("-q", "--check", "t") == Run(1, b"", "")
    documents = [json.loads(line) for line in run("--json", "-j", "2", "t").out.splitlines()]
    assert [one["path"] for one in documents] == ["t/a.txt", "t/sub/b.txt", "t/sub/deep/c.txt"]
    diff = run("--diff", "t").out
    assert diff.count(b"--- t/") == 3
    subprocess.run(["patch", "-p0"], input=diff, check=True, capture_output=True)
    assert set(files_in("t").values()) == {CLEAN}
    assert run("-q", "--check", "t").code == 0


def test_a_report_holds_every_document_while_the_text_goes_elsewhere() -> None:
    tree()
    tree("boom.txt", data=b"BOOM")
    assert run("-q", "t", "-o", "out", "--report", "t/report.jsonl").code == 2
    report = [json.loads(line) for line in Path("t/report.jsonl").read_text().splitlines()]
    assert [(one["path"], bool(one["removed"]), bool(one["error"])) for one in report] == [
        ("t/a.txt", True, False), ("t/boom.txt", False, True), ("t/sub/b.txt", True, False), ("t/sub/deep/c.txt", True, False),
    ]  # fmt: skip
    assert run("-q", "t/a.txt", "--report", "one.jsonl").out == CLEAN
    assert json.loads(Path("one.jsonl").read_text())["path"] == "t/a.txt"
    assert run("t/a.txt", "--report", "t/a.txt").code == 2
    assert run("t", "--check", "--report", "no/x").err == ("cleaner: no/x: cannot be written: no such file: check the name\n")


def test_annotations_for_github_are_escaped() -> None:
    tree("a,b:c%.txt")
    assert run("--check", "--format", "github", "t").err == (
        "::warning file=t/a%2Cb%3Ac%25.txt,line=4,title=cleaner::2 of 5 lines removed (28 of 78 characters, 35.9 %25): follow\n"
    )
    assert run("--check", "--format", "github", "t", "missing").err.splitlines()[1].startswith("::error file=missing,")


def test_several_files_and_standard_input_exclude_each_other() -> None:
    tree()
    for args in (("t", "-", "--check"), ("-i", "-"), ("-i",)):
        done = run(*args, stdin=DOCUMENT)
        assert (done.code, done.out) == (2, b"")
        assert "standard input cannot be" in done.err


# --- in place ---------------------------------------------------------------------------------------


def test_in_place_changes_what_has_a_tail_and_nothing_else() -> None:
    tree()
    Path("t/clean.txt").write_bytes(CLEAN)
    before = Path("t/clean.txt").stat()
    assert run("-i", "t").code == 0
    assert set(files_in("t").values()) == {CLEAN}
    assert Path("t/clean.txt").stat() == before
    assert run("-i", "-q", "t") == Run(0, b"", "")
    assert len(list(Path("t", FOLDER).glob("*.jsonl"))) == 1


def test_a_run_that_changes_nothing_leaves_nothing() -> None:
    tree(data=CLEAN)
    assert run("-i", "t").code == 0
    assert not Path("t", FOLDER).exists()


def test_mode_attributes_and_links_stay(here: Path) -> None:
    tree("a.txt")
    Path("t/a.txt").chmod(0o6750)
    if hasattr(os, "setxattr"):
        try:
            os.setxattr("t/a.txt", "user.origin", b"web")
        except OSError:
            pytest.skip("no extended attributes here")
    Path("elsewhere").mkdir()
    Path("elsewhere/link.txt").symlink_to(here / "t/a.txt")
    assert run("-qi", "elsewhere/link.txt").code == 0
    assert Path("elsewhere/link.txt").is_symlink()
    assert Path("t/a.txt").read_bytes() == CLEAN
    assert stat.S_IMODE(Path("t/a.txt").stat().st_mode) == 0o6750
    assert os.getxattr("t/a.txt", "user.origin") == b"web"
    assert not Path("elsewhere", FOLDER).exists()
    assert run("-q", "restore", "elsewhere/link.txt").code == 0
    assert Path("t/a.txt").read_bytes() == DOCUMENT


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays() -> None:
    tree("a.txt")
    os.chown("t/a.txt", 1234, 2345)
    assert run("-qi", "t").code == 0
    assert (Path("t/a.txt").stat().st_uid, Path("t/a.txt").stat().st_gid) == (1234, 2345)


def test_hard_links_are_named_and_refused_unless_they_may_be_broken() -> None:
    tree("a.txt", "b.txt")
    Path("t/other").hardlink_to("t/a.txt")
    done = run("-i", "t")
    assert done.code == 2
    assert "cleaner: t/a.txt: has 1 more hard links, and they would keep the old text: use --break-links" in done.err
    assert files_in("t") == {"a.txt": DOCUMENT, "b.txt": CLEAN, "other": DOCUMENT}
    assert run("-qi", "--break-links", "t/a.txt").code == 0
    assert files_in("t") == {"a.txt": CLEAN, "b.txt": CLEAN, "other": DOCUMENT}


def test_write_protection_is_an_error_for_its_file_alone() -> None:
    tree("a.txt", "b.txt", "locked/c.txt")
    Path("t/a.txt").chmod(0o444)
    Path("t/locked").chmod(0o555)
    done = run("-i", "t")
    Path("t/locked").chmod(0o755)
    assert done.code == 2
    assert done.err.count("is write-protected") == 2
    assert files_in("t") == {"a.txt": DOCUMENT, "b.txt": CLEAN, "locked/c.txt": DOCUMENT}


@pytest.mark.parametrize("meddle", ["write", "same-size", "replace", "delete"])
def test_a_file_that_changes_while_it_is_cleaned_is_not_overwritten(meddle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tree("a.txt", "b.txt")
    path = Path("t/a.txt")

    def meddled(descriptor: int, data: bytes) -> None:
        sinks.write_all(descriptor, data)
        if not path.exists() or path.read_bytes() != DOCUMENT:
            return
        if meddle == "write":
            path.write_bytes(b"mine")
        elif meddle == "same-size":
            path.write_bytes(DOCUMENT.replace(b"Monday", b"Sunday"))
        elif meddle == "replace":
            Path("new").write_bytes(b"other")
            Path("new").replace(path)
        else:
            path.unlink()

    monkeypatch.setattr(in_place, "write_all", meddled)
    done = run("-i", "-j", "1", "t")
    assert done.code == 2
    assert "cleaner: t/a.txt: was changed by somebody else meanwhile, and is left as it is now: try again\n" in done.err
    expected = {"write": b"mine", "same-size": DOCUMENT.replace(b"Monday", b"Sunday"), "replace": b"other"}
    assert files_in("t") == {"b.txt": CLEAN} | ({"a.txt": expected[meddle]} if meddle in expected else {})


def test_a_tree_that_is_modified_while_it_is_cleaned_loses_nothing() -> None:
    tree(*(f"{n}.txt" for n in range(300)))
    stop = threading.Event()
    written: dict[str, bytes] = {}

    def meddle() -> None:
        number = 0
        while not stop.is_set():
            number = (number + 7) % 300
            name = f"{number}.txt"
            new = f"edit {time.monotonic_ns()}\n".encode()
            Path("new").write_bytes(new)
            Path("new").replace(Path("t", name))
            written[name] = new
            if number % 5 == 0:
                tree(f"more{number}.txt")
                Path("t", f"more{number}.txt").unlink(missing_ok=True)

    thread = threading.Thread(target=meddle)
    thread.start()
    try:
        done = run("-qi", "-j", "1", "t")
    finally:
        stop.set()
        thread.join()
    assert done.code in (0, 2)
    assert "Traceback" not in done.err
    for name, data in files_in("t").items():
        assert data in (DOCUMENT, CLEAN) or data == written[name], name


def test_to_utf8_in_place_keeps_the_whole_original() -> None:
    tree("a.txt", data=b"caf\xe9\nFOLLOW us\n")
    tree("b.txt", data=b"caf\xe9\n")
    done = run("-i", "--to-utf8", "t")
    assert files_in("t") == {"a.txt": "café\n".encode(), "b.txt": "café\n".encode()}
    assert "t/b.txt: nothing removed, written as utf-8 (it was latin-1)\n" in done.err
    assert run("restore", "-q", "t").code == 0
    assert files_in("t") == {"a.txt": b"caf\xe9\nFOLLOW us\n", "b.txt": b"caf\xe9\n"}


def test_a_full_disk_fails_what_it_meets(monkeypatch: pytest.MonkeyPatch) -> None:
    tree()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(in_place, "write_all", full)
    done = run("-i", "-j", "1", "t")
    assert done.code == 2
    assert "cleaner: t/a.txt: cannot be written: no space left on the device: free some, or write elsewhere\n" in done.err
    assert set(files_in("t").values()) == {DOCUMENT}


# --- restore ----------------------------------------------------------------------------------------


def test_restore_brings_everything_back_and_twice_is_harmless() -> None:
    tree()
    assert run("-qi", "t").code == 0
    assert run("restore", "t").err.splitlines() == [
        "t/a.txt: 28 bytes restored", "t/sub/b.txt: 28 bytes restored", "t/sub/deep/c.txt: 28 bytes restored",
        "3 files restored (84 bytes)",
    ]  # fmt: skip
    assert set(files_in("t").values()) == {DOCUMENT}
    assert run("restore", "t").err == "0 files restored (0 bytes), 3 as they were already\n"
    assert run("restore", "-q", "t") == Run(0, b"", "")


def test_one_file_or_one_run_can_be_restored_and_a_tree_can_be_moved() -> None:
    tree()
    assert run("-qi", "t").code == 0
    assert run("-q", "restore", "t", "t/a.txt").code == 0
    assert files_in("t") == {"a.txt": DOCUMENT, "sub/b.txt": CLEAN, "sub/deep/c.txt": CLEAN}
    Path("t").rename("moved")
    assert run("-q", "restore", "moved/sub/deep/c.txt").code == 0
    assert files_in("moved")["sub/deep/c.txt"] == DOCUMENT
    assert run("-q", "restore", "moved/sub").code == 0
    assert files_in("moved")["sub/b.txt"] == DOCUMENT
    assert run("-q", "restore", journal_of("moved")).code == 0
    assert run("restore", "moved", "moved/nope.txt").err.startswith("cleaner: ")
    done = run("restore", ".", "elsewhere")
    assert done.code == 2
    assert "no journal knows this file" in done.err


def test_runs_on_single_files_are_found_below_the_directory() -> None:
    tree()
    assert run("-qi", "t/a.txt", "t/sub/b.txt").code == 0
    assert Path("t/sub", FOLDER).is_dir()
    assert run("restore", "t").err.endswith("2 files restored (56 bytes)\n")
    assert set(files_in("t").values()) == {DOCUMENT}


def test_newer_runs_are_undone_first() -> None:
    tree("a.txt", data=b"one\ntwo FOLLOW\nthree FOLLOW\n")
    assert run("-qi", "t").code == 0
    first = journal_of("t")
    Path("t/a.txt").write_bytes(b"one\nFOLLOW more\n")
    assert run("-qi", "t").code == 0
    assert Path("t/a.txt").read_bytes() == b"one\n"
    assert run("restore", "-q", first).code == 2
    done = run("restore", "t")
    assert done.code == 2
    assert Path("t/a.txt").read_bytes() == b"one\nFOLLOW more\n"
    assert "edited since" in done.err


def test_an_edited_file_is_left_alone_unless_it_ends_where_it_was_left() -> None:
    tree("head.txt", "end.txt", "gone.txt")
    assert run("-qi", "t").code == 0
    Path("t/head.txt").write_bytes(b"A new headline\n" + CLEAN)
    Path("t/end.txt").write_bytes(CLEAN + b"and more\n")
    Path("t/gone.txt").unlink()
    done = run("restore", "t")
    assert done.code == 2
    assert files_in("t") == {"head.txt": b"A new headline\n" + DOCUMENT, "end.txt": CLEAN + b"and more\n"}
    assert "cleaner: t/end.txt: was edited since, and is left as it is: the journal keeps what was removed\n" in done.err
    assert "cleaner: t/gone.txt: no such file: check the name\n" in done.err


def test_runs_can_be_listed_and_pruned() -> None:
    tree()
    assert run("-qi", "t/a.txt").code == 0
    assert run("-qi", "t").code == 0
    lines = run("restore", "--list", "t").out.decode().splitlines()
    assert len(lines) == 2
    assert "2 files, 56 bytes removed, level normal, version 0.1.0: t/.cleaner/" in lines[0]
    assert "1 file, 28 bytes removed" in lines[1]
    assert run("restore", "--prune", "30d", "t").err == "0 of 2 journals deleted\n"
    assert run("restore", "--prune", "1", "t").err == "1 of 2 journals deleted\n"
    assert "2 files" in run("restore", "--list", "t").out.decode()
    assert run("restore", "--prune", "soon", "t").err.startswith("cleaner: --prune soon: give a number of runs")
    assert run("restore", "missing").err == "cleaner: missing: no such file or directory: name one that was cleaned in place\n"


def test_where_there_is_no_journal_restore_says_so() -> None:
    tree()
    assert run("restore", "t").err == "cleaner: t: there is no journal here (.cleaner): name what was cleaned in place\n"


def test_a_link_that_has_come_into_the_way_is_not_followed() -> None:
    tree("sub/b.txt")
    assert run("-qi", "t").code == 0
    Path("t/sub").rename("elsewhere")
    Path("t/sub").symlink_to("../elsewhere")
    done = run("restore", "t")
    assert (done.code, Path("elsewhere/b.txt").read_bytes()) == (2, CLEAN)
    assert "a symbolic link leads elsewhere now" in done.err


def test_a_journal_that_was_tampered_with_never_spoils_a_file() -> None:
    tree()
    assert run("-qi", "t").code == 0
    journal = journal_of("t")
    journal.chmod(0o600)
    lines = journal.read_bytes().split(b"\n")
    wrong = json.loads(lines[2]) | {"removed": "eJwDAAAAAAE="}
    lines[2] = json.dumps(wrong).encode()
    lines.insert(3, b"\0\0\0 rubbish")
    journal.write_bytes(b"\n".join(lines))
    done = run("restore", "t")
    assert done.code == 2
    assert files_in("t")["a.txt"] == CLEAN
    assert files_in("t")["sub/b.txt"] == DOCUMENT
    assert "its record is damaged" in done.err
    assert "1 damaged records" in run("restore", "--list", "t").out.decode()
    assert TAIL.encode() not in files_in("t")["a.txt"]
