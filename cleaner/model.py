"""The vocabulary of the program: one frozen type for each station of the data.

bytes -> Decoded -> Line -> Block -> Evidence -> Cut -> Result. Nothing here decides anything, reads a file or imports
another module of ours; whoever knows these types can read the rest in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class CleanerError(Exception):
    """Something the user can mend: the message says what is wrong and what to do, in one line, without a traceback."""


class Level(StrEnum):
    """How much evidence a cut needs: `cautious` the most, `thorough` the least."""

    CAUTIOUS = "cautious"
    NORMAL = "normal"
    THOROUGH = "thorough"


class Decoded(NamedTuple):
    """Bytes that became text.

    `text` has no byte order mark; `bom` is how many bytes it took. `codec` is the name of the Python codec that maps
    `text` back to the bytes behind the mark; `encoding` is the name to show (`utf-8-sig` where UTF-8 had a mark).
    `why` says in plain words how the encoding was found.
    """

    text: str
    encoding: str
    codec: str
    bom: int
    why: str


class Line(NamedTuple):
    """One line: where it starts (in characters), its text without the terminator, and the terminator."""

    start: int
    text: str
    terminator: str

    @property
    def end(self) -> int:
        """Where the text ends and the terminator starts, in characters."""
        return self.start + len(self.text)


class Block(NamedTuple):
    """What is judged as one: a line, a hard-wrapped paragraph joined to one line, or a sentence inside a long line.

    `line` is the index (from 0) of the line in which the block starts, `last_line` of the one in which it ends; `start`
    and `end` are characters of the document. `text` holds neither terminators nor surrounding white space. `gap` counts
    the blank lines above (-1: the block starts inside a line). `item` is the position from 1 in a list run, 0 outside.
    `linked`: all of it is a link whose address `text` does not show.
    """

    line: int
    last_line: int
    start: int
    end: int
    text: str
    gap: int
    item: int
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one rule found. `line` counts from 1; `start` and `end` are characters of the document; `match` is the text
    between them. A positive `weight` speaks for boilerplate, a negative one for article; its unit is the natural
    logarithm of a likelihood ratio (3.0: twenty times as frequent in tails as in articles)."""

    line: int
    rule: str
    weight: float
    start: int
    end: int
    match: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: line, rule, weight, match, why."""
        return {"line": self.line, "rule": self.rule, "weight": self.weight, "match": self.match, "why": self.why}


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the tail starts. `line` counts from 1, `character` and `byte` from 0 (how many are kept). `score` is the
    logarithm of the odds that nothing of the article stands behind, `confidence` the same as a probability. `why` says
    in one line of plain words why here and not a line earlier."""

    line: int
    character: int
    byte: int
    score: float
    confidence: float
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: line, character, byte, score, confidence."""
        return {
            "line": self.line,
            "character": self.character,
            "byte": self.byte,
            "score": self.score,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Guard:
    """Why a document was kept whole although there was a cut.

    `id` is one of nothing-left, records, source, keep, binary, undecodable.
    """

    id: str
    why: str

    def to_dict(self) -> dict[str, str]:
        """The JSON form: id, why."""
        return {"id": self.id, "why": self.why}


@dataclass(frozen=True, slots=True)
class Removed:
    """What went: how many lines, characters and bytes, and the text itself."""

    lines: int
    characters: int
    bytes: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: lines, characters, bytes, text."""
        return {"lines": self.lines, "characters": self.characters, "bytes": self.bytes, "text": self.text}


@dataclass(frozen=True, slots=True)
class Result:
    """One document, cleaned.

    `text` is a prefix of `original`; `kept_bytes` a prefix of the bytes that came in (of a str: UTF-8 of `text`).
    `lines`, `characters` and `bytes` measure the whole document. `evidence` is in the order of the document and holds
    what speaks about the lines around and behind the cut; it is empty where nothing was found. `encoding` is None for
    binary data, whose `original` and `text` are empty while `kept_bytes` holds every byte.
    """

    text: str
    kept_bytes: bytes
    original: str
    encoding: str | None
    codec: str
    level: Level
    lines: int
    bytes: int
    cut: Cut | None = None
    removed: Removed | None = None
    evidence: tuple[Evidence, ...] = ()
    guard: Guard | None = None
    encoding_why: str = ""

    @property
    def changed(self) -> bool:
        """True where something was removed."""
        return self.removed is not None

    @property
    def characters(self) -> int:
        """The length of the whole document."""
        return len(self.original)

    def to_dict(self, path: str | None = None, error: str | None = None) -> Mapping[str, Any]:
        """The JSON object that describes this document, in the order of the contract."""
        return {
            "path": path,
            "encoding": self.encoding,
            "level": str(self.level),
            "lines": self.lines,
            "characters": self.characters,
            "bytes": self.bytes,
            "cut": self.cut.to_dict() if self.cut else None,
            "removed": self.removed.to_dict() if self.removed else None,
            "evidence": [one.to_dict() for one in self.evidence],
            "guard": self.guard.to_dict() if self.guard else None,
            "error": error,
        }
