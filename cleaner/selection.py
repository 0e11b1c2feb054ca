"""Which files are meant: names and directories become a stream of files, in one order on every machine.

A file that is named is always done. A directory is walked, entries in the order of their names (by code point), and
what is no text of the user's is passed over with a reason: hidden entries (and with them `.git` and `.cleaner`), what a
`.gitignore` names, symbolic links (so there are no circles, and in place nothing outside the directory is touched), and
what is neither file nor directory. Binary files are found out when they are read.

`.gitignore` is read with pathspec, not by asking git: it then counts in a tree that is no repository, and on a machine
without git. Files above the named directory count up to the top of its repository, unless they name it itself.

The stream is lazy: memory does not grow with the number of files, except by the names in one directory and the names
that were given one by one. Nothing here opens a document or writes anything.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import CleanerError
from cleaner.render.visible import visible_name
from cleaner.sources import reason

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Found(NamedTuple):
    """A file to clean. `inside` is its name below an output directory, `home` the directory that keeps its journal;
    `named`: it was named itself, and not found in a directory."""

    path: str
    inside: str
    home: str
    named: bool


class Skipped(NamedTuple):
    """What is not read, and why; `failed` where that is an error and not a choice."""

    path: str
    why: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """`--include` and `--exclude`, as globs in the form of .gitignore; the directory that output goes to; and other
    files that this run writes."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    output: str | None = None
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Input:
    path: str
    real: str
    inside: str
    folder: bool


@dataclass(slots=True)
class _Rules:
    """The .gitignore files that count in a directory: where each stands, and what it says; the nearest one last."""

    specs: list[tuple[str, GitIgnoreSpec]] = field(default_factory=list)

    def below(self, folder: str) -> _Rules:
        """With the .gitignore of this directory, if it has one."""
        try:
            with open(os.path.join(folder, ".gitignore"), "rb") as file:
                lines = file.read().decode("utf-8", "surrogateescape").splitlines()
        except OSError:
            return self
        return _Rules([*self.specs, (os.path.join(folder, ""), _spec(lines))])

    def name(self, path: str, folder: bool) -> bool:
        """Whether the path is ignored: the nearest file that says anything about it decides."""
        for base, spec in reversed(self.specs):
            said = spec.check_file(path[len(base) :] + "/" * folder).include
            if said is not None:
                return said
        return False


def select(paths: Sequence[str], filters: Filters = Filters()) -> Iterator[Found | Skipped]:
    """The files behind these paths, in their order, each file once, and what was passed over.

    Raises CleanerError, before the first file, where two of them would get the same name below the output directory,
    where that directory holds an input, and for a glob that cannot be read.
    """
    inputs = _inputs(paths)
    if filters.output is not None:
        _refuse_collisions(inputs, filters.output)
    wanted = _wanted(filters)
    written = {os.path.realpath(one) for one in (filters.output, *filters.written) if one is not None}
    return _stream(inputs, wanted, written)


def _inputs(paths: Sequence[str]) -> list[_Input]:
    found: dict[str, _Input] = {}
    for path in paths:
        try:
            real = os.path.realpath(path)
            folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError):  # said when it is read
            real, folder = path, False
        inside = "" if folder and len(paths) == 1 else _inside(path)
        found.setdefault(real, _Input(path, real, inside, folder))
    return list(found.values())


def _inside(path: str) -> str:
    """What a named file or directory is called below the output directory: as it was named, or by its last part where
    that would lead out."""
    normal = os.path.normpath(path)
    if os.path.isabs(normal) or normal.split(os.sep)[0] == os.pardir:
        return os.path.basename(os.path.realpath(path) if normal.endswith(os.pardir) else normal)
    return "" if normal == os.curdir else normal


def _refuse_collisions(inputs: Sequence[_Input], output: str) -> None:
    base = os.path.join(os.path.realpath(output), "")
    for one in inputs:
        if os.path.join(one.real, "").startswith(base):
            what = "is the input" if one.real + os.sep == base else f"holds the input {visible_name(one.path)}"
            raise CleanerError(f"{visible_name(output)}: {what}: give -o another directory, or use -i to clean in place")
    ordered = sorted(inputs, key=lambda one: one.inside.split(os.sep) if one.inside else [])
    for number, one in enumerate(ordered):
        top = os.path.join(one.inside, "")
        for other in ordered[number + 1 :]:
            if other.inside != one.inside and not other.inside.startswith(top):
                break
            # A file that was named besides its directory is one and the same.
            if not (one.folder and other.real == os.path.normpath(os.path.join(one.real, other.inside[len(top) :]))):
                place = visible_name(os.path.join(output, other.inside))
                names = f"{visible_name(one.path)} and {visible_name(other.path)}"
                raise CleanerError(f"{names} would both be written to {place}: clean them in two runs")


def _wanted(filters: Filters) -> Callable[[str, bool], str]:
    """Why a path inside a walked directory is left out; empty where it is wanted."""
    include = _spec(filters.include) if filters.include else None
    exclude = _spec(filters.exclude) if filters.exclude else None

    def why(inside: str, folder: bool) -> str:
        if exclude is not None and exclude.match_file(inside + "/" * folder):
            return "excluded by --exclude"
        if include is not None and not folder and not include.match_file(inside):
            return "not among --include"
        return ""

    return why


def _spec(globs: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(list(globs))
    except ValueError as error:
        raise CleanerError(f"a glob cannot be read: {error}: see `git help gitignore` for its form") from error


def _stream(inputs: Sequence[_Input], wanted: Callable[[str, bool], str], written: set[str]) -> Iterator[Found | Skipped]:
    named = {one.real for one in inputs} | written
    for one in inputs:
        if one.folder:
            yield from _walk(one, wanted, named)
        else:
            yield Found(one.path, one.inside, os.path.dirname(one.real), named=True)


def _walk(top: _Input, wanted: Callable[[str, bool], str], named: set[str]) -> Iterator[Found | Skipped]:
    # A list of what is left, in place of recursion: trees may be deeper than Python's stack.
    stack: list[tuple[str, Iterator[tuple[str, str]], _Rules]] = []
    rules = _rules_above(top.real)
    opened = _open(top.path, top.real, rules)
    if isinstance(opened, Skipped):
        yield opened
        return
    stack.append(("", *opened))
    # Only a tree with other inputs inside it needs to look for them.
    watch = {path for path in named if path.startswith(os.path.join(top.real, ""))}
    while stack:
        folder, entries, rules = stack[-1]
        entry = next(entries, None)
        if entry is None:
            stack.pop()
            continue
        name, kind = entry
        inside = f"{folder}{os.sep}{name}" if folder else name
        path = os.path.join(top.path, inside)
        why = _why_not(top, inside, kind, wanted, rules, watch)
        if why:
            yield Skipped(path, why)
        elif kind == "folder":
            opened = _open(path, os.path.join(top.real, inside), rules)
            if isinstance(opened, Skipped):
                yield opened
            else:
                stack.append((inside, *opened))
        else:
            yield Found(path, os.path.join(top.inside, inside), top.path, named=False)


def _why_not(top: _Input, inside: str, kind: str, wanted: Callable[[str, bool], str], rules: _Rules, watch: set[str]) -> str:
    if inside.rpartition(os.sep)[2].startswith("."):
        return "hidden"
    if kind == "link":
        return "a symbolic link: name it to have it followed"
    if kind == "other":
        return "neither a file nor a directory"
    if watch and os.path.join(top.real, inside) in watch:
        return "named by itself, or written by this run"
    if rules.specs and rules.name(os.path.join(top.real, inside), kind == "folder"):
        return "ignored by .gitignore"
    return wanted(inside, kind == "folder")


def _open(path: str, real: str, rules: _Rules) -> tuple[Iterator[tuple[str, str]], _Rules] | Skipped:
    """The entries of a directory, in order, and the rules that count there."""
    try:
        with os.scandir(path) as entries:
            found = sorted((entry.name, _kind(entry)) for entry in entries)
    except OSError as error:
        why = reason(error).partition(":")[0]
        return Skipped(path, f"the directory cannot be read: {why}", failed=True)
    return iter(found), rules.below(real) if any(name == ".gitignore" for name, _ in found) else rules


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _rules_above(real: str) -> _Rules:
    """The .gitignore files between the top of the repository and the named directory, that one's own left out."""
    above: list[str] = []
    place = real
    while not os.path.exists(os.path.join(place, ".git")):
        parent = os.path.dirname(place)
        if parent == place:
            return _Rules()  # no repository
        above.append(parent)
        place = parent
    rules = _Rules()
    for folder in reversed(above):
        rules = rules.below(folder)
    # Named although it is ignored: then it is meant.
    inner = any(rules.name(part, True) for part in (real, *(one for one in above if one != place)))
    return _Rules() if inner else rules


def read_list(data: bytes) -> list[str]:
    """The names in a --files-from list: separated by NUL where there is one, by line ends otherwise; empty ones go."""
    names = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(name) for name in names if name]
