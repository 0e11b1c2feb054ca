"""The journal of a run in place: what every file was, so that nothing that was removed is ever lost.

A run writes one file below `.cleaner/` in the directory that was named, or in that of a file that was named itself:

    articles/.cleaner/20260314T091502.481Z-3f9c2a.jsonl

Its name is the moment the run started (UTC) and a random part, so names sort by age. Each line is a JSON object: one
that describes the run, then one for each file, appended and synced *before* that file is replaced:

    {"cleaner": "0.1.0", "format": 1, "started": "2026-03-14T09:15:02.481Z", "options": {"level": "normal"}}
    {"path": "2024/a.txt", "kept": 5420, "before": "9a1f…", "after": "c07e…", "anchor": 61, "end": "51bd…",
     "removed": "eJxT…"}

`path` is relative to the directory that holds `.cleaner/`, so a tree can be moved and still be undone. It never leads
out of there: a tree from a stranger may hold a journal, too, and what that one names elsewhere is none of its business.
`before`, `after` and `end` are BLAKE2b digests of 128 bits (`b2sum -l 128`)
of the file as it was, as it became, and of its last `anchor` bytes: its last line. `removed` holds the removed bytes,
`original` the whole file where what stays is no prefix of it (--to-utf8); both are zlib in base64. A name that is not
Unicode is written as Python reads it (`\\udcff` is the byte ff).

Several processes append to one journal: each record is one write to a descriptor that appends, and starts on a line of
its own whatever stands before it. A record that was cut off by a full disk or a power cut is no JSON and is passed over;
its file was not touched, since the record comes first.

Whoever writes a journal holds a shared lock on it. What can be locked exclusively is dead: temporary files of such runs
(`<run>.<random>.tmp`, here or, on another file system, behind a symbolic link of such a name) are litter and swept.

Nothing here knows how a file is replaced (sinks), what is shown (render), or which files are meant (sources).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from cleaner.model import CleanerError
from cleaner.render.visible import visible_name
from cleaner.sinks import sync_directory

try:
    import fcntl
except ImportError:  # Windows, where a file that somebody holds open cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]

FOLDER = ".cleaner"
_SUFFIX = ".jsonl"
_TEMPORARY = ".tmp"
_BESIDE = ".cleaner-"
_FORMAT = 1
_DIGEST_BYTES = 16  # 128 bits: twins by accident are out of the question, and a record stays short
# An edited file gets its removed bytes back where its last line is as it was left. Of a line as long as a paragraph its
# end is enough; of one that could stand in any text, like "Ende.", what precedes it counts, too.
_LONGEST_ANCHOR, _SHORTEST_ANCHOR = 256, 16
_PRIVATE = 0o600  # a journal holds text of files that others may not be allowed to read


@dataclass(frozen=True, slots=True)
class Run:
    """One run in place: its name, and what is written at the top of each of its journals."""

    name: str
    started: str
    version: str
    options: Mapping[str, Any]

    @classmethod
    def begin(cls, version: str, options: Mapping[str, Any]) -> Run:
        """A run that starts now."""
        now = datetime.now(UTC)
        stamp = f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}Z"
        started = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03}Z"
        return cls(f"{stamp}-{os.urandom(3).hex()}", started, version, options)


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one file. `lost` are the removed bytes, or the whole file where `whole` is true; `kept` is the
    size of what was written, in bytes."""

    path: str
    kept: int
    before: str
    after: str
    anchor: int
    end: str
    lost: bytes
    whole: bool

    @classmethod
    def of(cls, path: str, before: bytes, after: bytes) -> Entry:
        """The entry for a file that is about to become `after`."""
        prefix = before.startswith(after)
        lost = before[len(after) :] if prefix else before
        line = after.rstrip()
        anchor = len(after) - max(line.rfind(b"\n"), line.rfind(b"\r")) - 1
        anchor = min(len(after), max(_SHORTEST_ANCHOR, min(_LONGEST_ANCHOR, anchor)))
        end = digest(after[len(after) - anchor :])
        return cls(path, len(after), digest(before), digest(after), anchor, end, lost, not prefix)

    def undo(self, content: bytes) -> bytes | None:
        """The file as it was, where `content` is what was left; None where it is anything else or the record is wrong."""
        if len(content) != self.kept or digest(content) != self.after:
            return None
        original = self.lost if self.whole else content + self.lost
        return original if digest(original) == self.before else None

    def is_damaged(self, content: bytes) -> bool:
        """Whether `content` is what was left, but the record does not lead back to what it was."""
        return digest(content) == self.after and self.undo(content) is None

    def mend(self, content: bytes) -> bytes | None:
        """An edited file with the removed bytes behind it again, where its end is as it was left; None otherwise."""
        start = len(content) - self.anchor
        if self.whole or start < 0 or digest(content[start:]) != self.end or self.is_damaged(content):
            return None
        return content + self.lost

    def mended(self, content: bytes) -> bool:
        """Whether `content` is an edited file that has its removed bytes already."""
        above = content[: len(content) - len(self.lost)]
        return bool(self.lost) and not self.whole and content.endswith(self.lost) and self.mend(above) is not None


def digest(data: bytes) -> str:
    """The checksum of a journal: BLAKE2b, 128 bits, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def undone(content: bytes, entries: Sequence[Entry]) -> tuple[bytes, bool]:
    """A file as it was before all `entries`, which are in the order of time, and whether that is all of it.

    Runs are undone from the newest to the oldest. A file that is somewhere on the way already (it was restored before,
    in part or as a whole) is taken from there, so restoring twice changes nothing. False: the file was edited so that
    a record no longer fits, and what that one would bring back is left out.
    """
    now = digest(content)
    states = [number for number, entry in enumerate(entries, 1) if now in (entry.before, entry.after)]
    complete = not entries
    for entry in reversed(entries[: states[-1] if states else None]):
        back = content if digest(content) == entry.before else entry.undo(content)
        if back is None:
            back = content if entry.mended(content) else entry.mend(content)
        complete = back is not None
        content = content if back is None else back
    return content, complete


def record(entry: Entry) -> bytes:
    """An entry as a line. The line end in front keeps it whole behind a record that was cut off."""
    fields: dict[str, Any] = {
        "path": entry.path,
        "kept": entry.kept,
        "before": entry.before,
        "after": entry.after,
        "anchor": entry.anchor,
        "end": entry.end,
        "original" if entry.whole else "removed": base64.b64encode(zlib.compress(entry.lost)).decode(),
    }
    return b"\n" + json.dumps(fields).encode() + b"\n"


def parse(line: bytes) -> Entry | Run | None:
    """What a line says; None for what was cut off or damaged."""
    try:
        fields = json.loads(line)
        if "cleaner" in fields:
            return Run("", str(fields["started"]), str(fields["cleaner"]), dict(fields["options"]))
        whole = "original" in fields
        lost = zlib.decompress(base64.b64decode(fields["original" if whole else "removed"], validate=True))
        path, sizes = fields["path"], (fields["kept"], fields["anchor"])
        sums = fields["before"], fields["after"], fields["end"]
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return None
    if not all(isinstance(one, str) for one in (path, *sums)) or not all(isinstance(one, int) for one in sizes):
        return None
    kept, anchor = sizes
    before, after, end = sums
    return Entry(path, kept, before, after, anchor, end, lost, whole)


class Journal:
    """The journal of one run below one directory, for one process that appends to it. Made when it is first needed: a
    run that changes nothing leaves nothing."""

    def __init__(self, home: str, run: Run) -> None:
        self.home = home
        self._root = os.path.realpath(home)
        self._run = run
        self._folder = Path(home, FOLDER)
        self._descriptor: int | None = None

    def append(self, path: str, before: bytes, after: bytes) -> None:
        """Record that the file at `path` (below the directory, no links in it) is about to become `after`, and sync that.

        Raises OSError. When it returns, the record is on the disk.
        """
        if self._descriptor is None:
            self._descriptor = self._open()
        _append(self._descriptor, record(Entry.of(os.path.relpath(path, self._root), before, after)))

    def temporary(self, target: Path) -> Path:
        """A name for what shall replace `target`: in the journal's directory, where nobody takes it for one of the
        user's files and a later run finds it; beside the target where that is on another file system."""
        name = temporary_name(self._run.name)
        if self._folder.stat().st_dev == target.parent.stat().st_dev:
            return self._folder / name
        beside = target.with_name(f"{_BESIDE}{name}")
        with contextlib.suppress(OSError):  # a file system without links: then a killed run may leave the file behind
            (self._folder / name).symlink_to(beside.absolute())
        return beside

    def settle(self, temporary: Path) -> None:
        """Forget a temporary file: it was renamed, or what it was for has failed."""
        with contextlib.suppress(OSError):
            temporary.unlink()
        if temporary.parent != self._folder:
            with contextlib.suppress(OSError):
                (self._folder / temporary.name.removeprefix(_BESIDE)).unlink()

    def close(self) -> None:
        """Let go of the journal; appending opens it again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _open(self) -> int:
        """The descriptor, locked; the directory entry of a new journal is on the disk before any file is replaced."""
        if not self._folder.is_dir():
            self._folder.mkdir(exist_ok=True)
            # As the caches of pytest, mypy and ruff do it: nobody wants a journal in a commit.
            with contextlib.suppress(FileExistsError), (self._folder / ".gitignore").open("x") as file:
                file.write("*\n")
            sync_directory(Path(self.home))
        path = self._folder / (self._run.name + _SUFFIX)
        while True:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            descriptor = os.open(path, flags, _PRIVATE)
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            status = os.fstat(descriptor)
            if status.st_nlink:  # not pruned between opening and locking
                break
            os.close(descriptor)
        try:
            if not status.st_size:
                header = {
                    "cleaner": self._run.version,
                    "format": _FORMAT,
                    "started": self._run.started,
                    "options": self._run.options,
                }
                _append(descriptor, json.dumps(header).encode() + b"\n")
                sync_directory(self._folder)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor


def _append(descriptor: int, line: bytes) -> None:
    """One line, in one write and synced. What a full disk cuts off is no record, and the caller must not go on."""
    if os.write(descriptor, line) != len(line):
        os.write(descriptor, b"\n")  # says what is wrong: no space, or a limit on the size of files
        raise OSError("the journal took a part of the record only")
    os.fsync(descriptor)


def temporary_name(run: str) -> str:
    """A new name for a temporary file of this run; a later one knows whose it is."""
    return f"{run}.{os.urandom(4).hex()}{_TEMPORARY}"


@dataclass(frozen=True, slots=True)
class Record:
    """Where an entry stands: the file it is about (an absolute path), the journal, and the place in it in bytes."""

    path: str
    journal: Path
    start: int
    length: int

    def load(self) -> Entry:
        """The entry itself, with its removed bytes. Raises CleanerError where it cannot be read any more."""
        try:
            with self.journal.open("rb") as file:
                file.seek(self.start)
                entry = parse(file.read(self.length))
        except OSError as error:
            raise CleanerError(f"{visible_name(str(self.journal))}: cannot be read: {error.strerror}") from error
        if not isinstance(entry, Entry):
            raise CleanerError(f"{visible_name(str(self.journal))}: was changed while it was read")
        return entry


@dataclass(frozen=True, slots=True)
class Listing:
    """What one journal holds. `removed` counts bytes; `damaged` lines that are no records, apart from a last one that
    was cut off. `running`: a process is still writing it."""

    journal: Path
    run: Run
    records: tuple[Record, ...]
    removed: int
    damaged: int
    running: bool


def read_journal(journal: Path) -> Listing:
    """What a journal holds, without the removed bytes. Raises CleanerError where it cannot be read or is none."""
    home = os.path.realpath(journal.parent.parent)
    run: Run | None = None
    records: list[Record] = []
    removed = damaged = start = 0
    name = visible_name(str(journal))
    try:
        with journal.open("rb") as file:
            for line in file:
                if line.strip():
                    found = parse(line)
                    if isinstance(found, Entry) and (path := _below(home, found.path)):
                        records.append(Record(path, journal, start, len(line)))
                        removed += len(found.lost)
                    elif isinstance(found, Run):
                        run = run or found
                    elif line.endswith(b"\n"):
                        damaged += 1
                start += len(line)
    except OSError as error:
        raise CleanerError(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    # A run that was killed at its very first write leaves an empty journal, or the beginning of a line.
    if run is None and not records and damaged:
        raise CleanerError(f"{name}: is no journal of cleaner: name one in {FOLDER}, or the directory that was cleaned")
    run = run or Run("", "", "", {})
    named = Run(journal.name.removesuffix(_SUFFIX), run.started, run.version, run.options)
    return Listing(journal, named, tuple(records), removed, damaged, is_running(journal))


def _below(home: str, inside: str) -> str:
    """The absolute path of a file that a journal names; empty where that is not below the directory of the journal."""
    path = os.path.normpath(os.path.join(home, inside))  # noqa: PTH118
    return path if path.startswith(os.path.join(home, "")) and "\0" not in path else ""  # noqa: PTH118


def journals_in(home: Path) -> list[Path]:
    """The journals in the `.cleaner` of a directory, oldest first."""
    folder = home / FOLDER
    try:
        return sorted(folder / name for name in os.listdir(folder) if name.endswith(_SUFFIX))  # noqa: PTH208
    except OSError:
        return []


def is_running(journal: Path) -> bool:
    """Whether a process still writes this journal."""
    with _exclusively(journal) as free:
        return not free


@contextlib.contextmanager
def _exclusively(journal: Path) -> Iterator[bool]:
    """Hold the journal's lock if nobody else does; says whether that is so. A journal that is gone has no writer."""
    if fcntl is None:
        yield True
        return
    try:
        descriptor = os.open(journal, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def prune(journals: Sequence[Path]) -> list[Path]:
    """Delete these journals for good, except those that are being written; says which went. Raises CleanerError."""
    gone = []
    for journal in journals:
        with _exclusively(journal) as free:
            if free:
                try:
                    journal.unlink(missing_ok=True)
                except OSError as error:
                    name = visible_name(str(journal))
                    raise CleanerError(f"{name}: cannot be deleted: {(error.strerror or str(error)).lower()}") from error
                gone.append(journal)
    return gone


def sweep(home: Path) -> int:
    """Delete what runs that were killed left below this directory; says how many files that were."""
    folder = home / FOLDER
    count = 0
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208
            if not name.endswith(_TEMPORARY):
                continue
            with _exclusively(folder / (name.rsplit(".", 2)[0] + _SUFFIX)) as free, contextlib.suppress(OSError):
                if not free:
                    continue
                litter = folder / name
                # Only what has its name is its temporary file: a stranger's tree could hold a link to anything.
                if litter.is_symlink() and (beside := litter.readlink()).name == f"{_BESIDE}{name}":
                    beside.unlink(missing_ok=True)
                litter.unlink()
                count += 1
    return count
