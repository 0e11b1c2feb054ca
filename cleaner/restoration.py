"""The way back: which journals there are, which files they are about, and how each becomes what it was.

Reading comes first and as a whole: every record of every journal that is meant, gathered file by file, newest run last.
Then each file is restored by itself, from its newest state to its oldest, in one replacement; so an interrupted
restoration leaves whole files, too, and the next one goes on. Journals stay as they are: restoring twice is harmless.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cleaner.in_place import restore_in_place
from cleaner.journal import FOLDER, Listing, Record, journals_in, read_journal, sweep, temporary_name, undone
from cleaner.model import CleanerError
from cleaner.render.visible import visible_name
from cleaner.sinks import sync_directory
from cleaner.sources import read


class Fate(StrEnum):
    """What became of a file that a journal knows."""

    RESTORED = "restored"
    WHOLE = "whole"
    EDITED = "edited"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Restored:
    """One file: its path, what became of it, how many bytes came back, and why not where it failed."""

    path: str
    fate: Fate
    bytes: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a restoration is about: journals, oldest first, and the paths (no links in them) to which it is limited;
    empty: everything."""

    journals: tuple[Path, ...]
    only: tuple[str, ...] = ()


def find(place: str, files: Sequence[str] = ()) -> Target:
    """The journals that are meant by a path.

    A journal is itself. A directory stands for those in it and in the directories below; where there are none, for
    those further up that know files in it. Any other file is restored by the journals beside it or further up. Raises
    CleanerError where there is no journal.
    """
    path = Path(place)
    wanted = tuple(os.path.realpath(one) for one in files)
    if path.is_file() and path.parent.name == FOLDER:
        return Target((path,), wanted)
    if path.is_dir() and (below := sorted(_below(path), key=lambda one: one.name)):
        return Target(tuple(below), wanted)
    real = Path(os.path.realpath(place))
    for folder in real.parents if not path.is_dir() else (real, *real.parents):
        if found := journals_in(folder):
            return Target(tuple(found), wanted or (str(real),))
    if not os.path.lexists(place):
        raise CleanerError(f"{visible_name(place)}: no such file or directory: name one that was cleaned in place")
    raise CleanerError(f"{visible_name(place)}: there is no journal here ({FOLDER}): name what was cleaned in place")


def _below(top: Path) -> Iterator[Path]:
    for folder, names, _ in os.walk(top):
        if FOLDER in names:
            yield from journals_in(Path(folder))
        names[:] = [name for name in names if not name.startswith(".")]


def listings(journals: Sequence[Path]) -> list[Listing | CleanerError]:
    """What these journals hold, newest first; an error in the place of one that cannot be read."""
    found: list[Listing | CleanerError] = []
    for journal in sorted(journals, key=lambda one: one.name, reverse=True):
        try:
            found.append(read_journal(journal))
        except CleanerError as error:
            found.append(error)
    return found


def restore(target: Target, *, break_links: bool = False, stop: Callable[[], bool] = lambda: False) -> Iterator[Restored]:
    """Bring every file back that is meant, in the order of their names; stops early where `stop` says so.

    Raises CleanerError, before anything is touched, for a journal that cannot be read or is still being written.
    """
    records = _gather(target)
    for home in {record.journal.parent.parent for group in records.values() for record in group}:
        sweep(home)
    folder: Path | None = None
    for path in sorted(records):
        if stop():
            break
        outcome = _restore_one(path, records[path], break_links)
        yield outcome
        if outcome.fate is Fate.RESTORED and folder != (now := Path(path).parent):
            if folder is not None:
                sync_directory(folder)
            folder = now
    if folder is not None:
        sync_directory(folder)
    for path in target.only:
        if path not in records and not any(one.startswith(os.path.join(path, "")) for one in records):  # noqa: PTH118
            yield Restored(path, Fate.FAILED, why=f"{visible_name(path)}: no journal knows this file: check the name")


def _shown(path: str) -> str:
    """The path as somebody in the working directory would write it."""
    inside = os.path.relpath(path)
    return path if inside.split(os.sep)[0] == os.pardir else inside  # noqa: PTH206


def _gather(target: Target) -> dict[str, list[Record]]:
    """The records of each file, oldest first."""
    records: dict[str, list[Record]] = {}
    for journal in target.journals:
        listing = read_journal(journal)
        if listing.running:
            raise CleanerError(f"{visible_name(str(journal))}: cleaner is still writing it: wait until that run has ended")
        for record in listing.records:
            if not target.only or any(
                record.path == one or record.path.startswith(os.path.join(one, ""))  # noqa: PTH118
                for one in target.only
            ):
                records.setdefault(record.path, []).append(record)
    return records


def _restore_one(real: str, records: Sequence[Record], break_links: bool) -> Restored:
    path = _shown(real)
    if os.path.realpath(real) != real:
        return Restored(path, Fate.FAILED, why=f"{visible_name(path)}: a symbolic link leads elsewhere now: look into it")
    try:
        entries = [record.load() for record in records]
        document = read(path)
        before, complete = undone(document.data, entries)
        if before != document.data:
            temporary = records[-1].journal.with_name(temporary_name(records[-1].journal.stem))
            restore_in_place(document, before, temporary, break_links=break_links)
    except CleanerError as error:
        return Restored(path, Fate.FAILED, why=str(error))
    if any(entry.is_damaged(document.data) for entry in entries):
        name, journal = visible_name(path), visible_name(str(records[-1].journal))
        return Restored(path, Fate.FAILED, why=f"{name}: its record is damaged, and it is left as it is: look into {journal}")
    if not complete:
        return Restored(path, Fate.EDITED, len(before) - len(document.data))
    fate = Fate.WHOLE if before == document.data else Fate.RESTORED
    return Restored(path, fate, len(before) - len(document.data))
