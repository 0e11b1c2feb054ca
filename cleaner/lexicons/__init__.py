"""The phrases of each language, as data: one TOML file a language, and the loader that validates them.

A file maps kinds to phrases, with examples that must fire and examples that must stay silent:

    language = "German"

    [follow]
    phrases = ["folgen sie uns", "^folgt uns$"]
    fires = ["Folgen Sie uns auf Facebook!"]
    silent = ["Die Beamten baten ihn, ihnen zu folgen."]

User rules and profiles have the same form, and may add `keep`, `block` and `disable` at the top. Adding a language is
adding a file; all languages are always active, because tails mix them. How a phrase is written: `cleaner.phrases`.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.model import CleanerError
from cleaner.phrases import Phrase, PhraseError, PhraseIndex, Tables, build_tables, merge_tables

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (
    "follow", "share", "subscribe", "donate", "join", "download", "comments", "contact", "advertise", "reader-address",
    "site-list", "related", "popular", "next", "tags", "author", "legal", "navigation", "counters", "teaser", "shop",
    "sign-in", "cookies", "email-footer", "credit", "feedback", "network", "section", "references",
)  # fmt: skip
_TOP_LISTS = ("keep", "block", "disable")
_KIND_KEYS = ("phrases", "fires", "silent")


class Entries(NamedTuple):
    """The phrases of one kind in one file, with the lines that must and must not match."""

    phrases: tuple[str, ...]
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One file: the code of its language (or its file name), the language's name, and what it holds."""

    code: str
    language: str
    kinds: Mapping[str, Entries] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()

    def phrases(self) -> Iterable[Phrase]:
        """Every phrase with its kind; `keep` and `block` are kinds of their own."""
        for kind, entries in self.kinds.items():
            for written in entries.phrases:
                yield Phrase(written, kind, self.code)
        for written in self.keep:
            yield Phrase(written, "keep", self.code)
        for written in self.block:
            yield Phrase(written, "block", self.code)


def load_builtin() -> tuple[Lexicon, ...]:
    """The lexicons that come with the program, in the order of their codes."""
    return tuple(parse_lexicon(path.read_text(encoding="utf-8"), path.name) for path in _files())


def builtin_tables() -> Tables:
    """The phrases of all built-in lexicons, ready for a look-up."""
    plain, rest = _cached_tables()
    return merge_tables((plain, rest()))


@cache
def builtin_index() -> PhraseIndex:
    """The same as an index, which loads the phrases that are not all ASCII with the first text that is not either."""
    plain, rest = _cached_tables()
    return PhraseIndex(plain, rest=rest)


def _cached_tables() -> tuple[Tables, Callable[[], Tables]]:
    """The tables whose keys are ASCII, and a function that unpacks the others.

    Parsing 30 TOML files takes a second, so the tables are cached as Python caches compiled modules: beside the files,
    or in the user's cache where that is not writable, under a name that changes with the files. Unpacking them all takes
    three times as long as unpacking the ASCII ones, which are all that an English or French text needs.
    """
    with os.scandir(os.path.dirname(__file__)) as entries:  # noqa: PTH120  pathlib is slow to import
        files = sorted(
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries if _is_lexicon(entry.name)
        )
    name = f"phrases.{sys.implementation.cache_tag}-{_VERSION}-{zlib.crc32(repr(files).encode()):08x}.marshal"
    for folder in _cache_folders():
        try:
            with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123
                plain, rest = marshal.loads(file.read())  # noqa: S302  as safe as the .pyc files beside it
                return Tables(*plain), partial(_unpack, rest)
        except (OSError, ValueError, EOFError, TypeError):
            continue
    tables = build_tables(phrase for lexicon in load_builtin() for phrase in lexicon.phrases())
    plain = Tables(*(_chosen(table, plain=True) for table in tables))
    rest = marshal.dumps(tuple(_chosen(table, plain=False) for table in tables))
    _store(marshal.dumps((tuple(plain), rest)), name)
    return plain, partial(_unpack, rest)


def _chosen(table: dict[Any, str], *, plain: bool) -> dict[Any, str]:
    """The entries of which all of the key is ASCII, or the others."""
    return {key: entries for key, entries in table.items() if "".join(key).isascii() is plain}


def _unpack(tables: bytes) -> Tables:
    return Tables(*marshal.loads(tables))  # noqa: S302  as above


# Changes with the form of the tables.
_VERSION = 6


def _is_lexicon(name: str) -> bool:
    return name.endswith(".toml")


def _files() -> list[Path]:
    from pathlib import Path

    return sorted(path for path in Path(__file__).parent.iterdir() if _is_lexicon(path.name))


def _cache_folders() -> Iterator[str]:
    yield os.path.join(os.path.dirname(__file__), "__pycache__")  # noqa: PTH118, PTH120
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    yield os.path.join(base, "cleaner")  # noqa: PTH118


def _store(data: bytes, name: str) -> None:
    """Write the cache where it can be written; older ones go. A cache that cannot be written is no error."""
    import tempfile
    from pathlib import Path

    for folder in map(Path, _cache_folders()):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=name, delete=False) as file:
                file.write(data)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(folder / name)
        except OSError:
            continue
        for old in folder.glob("phrases.*.marshal"):
            if old.name != name:
                old.unlink(missing_ok=True)
        return


def load_file(path: str | Path) -> Lexicon:
    """A user's rule file or a profile. Raises CleanerError that names the file, what is wrong and what was expected."""
    from pathlib import Path

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CleanerError(f"{path}: cannot read the rules file: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise CleanerError(f"{path}: the rules file is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    return parse_lexicon(text, str(path))


def parse_lexicon(text: str, name: str) -> Lexicon:
    """A lexicon from TOML text; `name` stands in errors. Raises CleanerError."""
    import tomllib
    from pathlib import Path

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CleanerError(f"{name}: not valid TOML: {error}") from error
    language = data.pop("language", "")
    if not isinstance(language, str):
        raise CleanerError(f'{name}: "language" must be a string, not {_type_name(language)}')
    lists = {key: _strings(data.pop(key, []), name, key) for key in _TOP_LISTS}
    kinds = {}
    for kind, table in data.items():
        if kind not in KINDS:
            raise CleanerError(f"{name}: unknown key {kind!r}{_nearest(kind, (*KINDS, *_TOP_LISTS, 'language'))}")
        if not isinstance(table, dict):
            raise CleanerError(f'{name}: "{kind}" must be a table with "phrases", not {_type_name(table)}')
        for key in table:
            if key not in _KIND_KEYS:
                raise CleanerError(f"{name}: unknown key {kind + '.' + key!r}{_nearest(key, _KIND_KEYS)}")
        kinds[kind] = Entries(*(_strings(table.get(key, []), name, f"{kind}.{key}") for key in _KIND_KEYS))
    lexicon = Lexicon(Path(name).name.removesuffix(".toml"), language, kinds, **lists)
    try:
        build_tables(lexicon.phrases())
    except PhraseError as error:
        raise CleanerError(f"{name}: {error}") from error
    return lexicon


def _strings(value: Any, name: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise CleanerError(f'{name}: "{key}" must be a list of strings, not {_type_name(value)}')
    for one in value:
        if not isinstance(one, str):
            raise CleanerError(f'{name}: "{key}" must hold strings only, not {_type_name(one)}')
        if not one.strip():
            raise CleanerError(f'{name}: "{key}" holds an empty string')
    return tuple(value)


def _nearest(word: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, tuple(known), n=1, cutoff=0.5)
    return f", did you mean {near[0]!r}?" if near else f" (known: {', '.join(known)})"


def _type_name(value: Any) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")
