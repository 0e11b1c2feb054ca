"""Journals: what is written can be read and undone, whatever the files hold, and whatever happened to the journal."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.journal import FOLDER, Entry, Journal, Run, digest, parse, prune, read_journal, record, sweep, undone
from cleaner.model import CleanerError

RUN = Run.begin("0.1.0", {"level": "normal"})
contents = st.binary(min_size=1, max_size=300)
paths = st.text(st.characters(blacklist_characters="\0"), min_size=1, max_size=40) | st.binary(min_size=1, max_size=40).filter(
    lambda name: b"\0" not in name
).map(os.fsdecode)


@given(paths, contents, contents)
def test_a_record_says_what_was_put_into_it(path: str, kept: bytes, lost: bytes) -> None:
    for before, after in ((kept + lost, kept), (lost, kept)):
        entry = Entry.of(path, before, after)
        line = record(entry)
        assert line.count(b"\n") == 2
        assert line.isascii()
        assert parse(line) == entry
        assert entry.undo(after) == before
        assert entry.whole == (not before.startswith(after))


@given(contents, contents, st.integers(0, 400))
def test_a_record_that_was_cut_off_is_none_and_does_not_spoil_the_next(kept: bytes, lost: bytes, end: int) -> None:
    entry = Entry.of("a.txt", kept + lost, kept)
    line = record(entry)
    whole = line[:end] + line
    found = [parsed for one in whole.splitlines() if (parsed := parse(one)) is not None]
    assert found in ([entry], [entry, entry])
    assert len(found) == 1 or end >= len(line) - 1


@given(st.lists(contents, min_size=2, max_size=6), st.integers(0, 5))
def test_runs_are_undone_from_any_state_between_first_and_last_and_twice_is_harmless(parts: list[bytes], at: int) -> None:
    states = [b"".join(parts[: len(parts) - number]) for number in range(len(parts))]
    entries = [Entry.of("a", before, after) for before, after in zip(states, states[1:], strict=False)]
    now = states[min(at, len(states) - 1)]
    assert undone(now, entries) == (states[0], True)
    assert undone(states[0], entries) == (states[0], True)


@given(st.binary(min_size=1, max_size=40), contents)
def test_a_file_edited_above_its_end_gets_its_removed_bytes_back(head: bytes, lost: bytes) -> None:
    end = b"\nand this is how the article ends.\n"
    entry = Entry.of("a", b"It began so." + end + lost, b"It began so." + end)
    edited = head + end
    assert undone(edited, [entry]) == (edited + lost, True)
    assert undone(edited + lost, [entry]) == (edited + lost, True)


@given(contents)
def test_a_file_edited_at_its_end_is_left_alone(more: bytes) -> None:
    entry = Entry.of("a", b"The article, and its last line\ntail", b"The article, and its last line\n")
    edited = b"The article, and its other line\n" + more
    assert undone(edited, [entry]) == (edited, False)


def test_a_file_edited_between_two_runs_is_brought_back_as_far_as_it_goes() -> None:
    first = Entry.of("a", b"one two three four five\nsix\n", b"one two three four five\n")
    second = Entry.of("a", b"changed at the very end\nseven\n", b"changed at the very end\n")
    assert undone(b"changed at the very end\n", [first, second]) == (b"changed at the very end\nseven\n", False)


def test_a_damaged_record_brings_back_nothing_wrong() -> None:
    entry = Entry.of("a", b"kept lost", b"kept")
    wrong = Entry(entry.path, entry.kept, entry.before, entry.after, entry.anchor, digest(b"else"), b" lots", whole=False)
    assert undone(b"kept", [wrong]) == (b"kept", False)


def test_a_journal_is_made_at_the_first_record_and_lists_them_all(tmp_path: Path) -> None:
    with Journal(str(tmp_path), RUN) as journal:
        assert list(tmp_path.iterdir()) == []
        journal.append(str(tmp_path / "sub" / "a.txt"), b"kept and lost", b"kept")
        journal.append(str(tmp_path / "b.txt"), b"kept and lost", b"kept")
        path = tmp_path / FOLDER / f"{RUN.name}.jsonl"
        assert read_journal(path).running
        assert prune([path]) == []
    listing = read_journal(path)
    assert [one.path for one in listing.records] == [str(tmp_path / "sub" / "a.txt"), str(tmp_path / "b.txt")]
    assert (listing.running, listing.removed, listing.damaged) == (False, 18, 0)
    assert listing.run.options == {"level": "normal"}
    assert listing.records[0].load() == Entry.of("sub/a.txt", b"kept and lost", b"kept")
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"
    assert [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    assert prune([path]) == [path]
    assert not path.exists()


def test_two_processes_can_write_one_journal(tmp_path: Path) -> None:
    with Journal(str(tmp_path), RUN) as one, Journal(str(tmp_path), RUN) as other:
        one.append(str(tmp_path / "a"), b"ab", b"a")
        other.append(str(tmp_path / "b"), b"ab", b"a")
        one.append(str(tmp_path / "c"), b"ab", b"a")
    listing = read_journal(tmp_path / FOLDER / f"{RUN.name}.jsonl")
    assert [Path(record.path).name for record in listing.records] == ["a", "b", "c"]


def test_what_is_no_journal_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\nno\n")
    with pytest.raises(CleanerError, match=r"a\.jsonl: is no journal of cleaner"):
        read_journal(path)
    with pytest.raises(CleanerError, match="cannot be read: no such file"):
        read_journal(tmp_path / "missing")


def test_a_journal_that_names_files_elsewhere_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "tree" / FOLDER
    folder.mkdir(parents=True)
    journal = folder / f"{RUN.name}.jsonl"
    names = ["../outside", "/etc/passwd", "a/../../outside", "", ".", "nul\0", "inside"]
    journal.write_bytes(b"".join(record(Entry.of(name, b"ab", b"a")) for name in names))
    listing = read_journal(journal)
    assert [one.path for one in listing.records] == [str(tmp_path / "tree" / "inside")]
    assert listing.damaged == 6


def test_a_link_among_the_litter_leads_to_nothing_but_its_own_file(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.touch()
    folder = tmp_path / "tree" / FOLDER
    folder.mkdir(parents=True)
    (folder / "20200101T000000.000Z-abcdef.01234567.tmp").symlink_to(precious)
    assert sweep(tmp_path / "tree") == 1
    assert precious.exists()


@pytest.mark.skipif(
    not Path("/dev/shm").is_dir() or Path("/dev/shm").stat().st_dev == Path("/tmp").stat().st_dev,
    reason="no second file system to write to",
)
def test_on_another_file_system_the_temporary_file_stands_beside_its_target_and_can_be_found(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere, Journal(str(tmp_path), RUN) as journal:
        journal.append(str(tmp_path / "a"), b"ab", b"a")
        one, two = (journal.temporary(Path(elsewhere, "a.txt")) for _ in range(2))
        assert one.parent == two.parent == Path(elsewhere)
        one.touch()
        two.touch()
        journal.settle(one)
        assert not one.exists()
        journal.close()
        assert sweep(tmp_path) == 1
        assert list(Path(elsewhere).iterdir()) == []


def test_litter_of_dead_runs_is_swept_and_that_of_living_ones_is_not(tmp_path: Path) -> None:
    with Journal(str(tmp_path), RUN) as journal:
        journal.append(str(tmp_path / "a"), b"ab", b"a")
        mine = journal.temporary(tmp_path / "a")
        mine.touch()
        dead = tmp_path / FOLDER / "20200101T000000.000Z-abcdef.01234567.tmp"
        dead.touch()
        elsewhere = tmp_path / ".cleaner-20200101T000000.000Z-abcdef.89abcdef.tmp"
        elsewhere.touch()
        (tmp_path / FOLDER / "20200101T000000.000Z-abcdef.89abcdef.tmp").symlink_to(elsewhere)
        assert sweep(tmp_path) == 2
        assert mine.exists()
        assert not elsewhere.exists()
    assert sweep(tmp_path) == 1
    assert not mine.exists()
    assert sweep(tmp_path / "missing") == 0
