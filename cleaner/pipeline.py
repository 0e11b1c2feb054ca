"""The flow itself: bytes -> decode -> lines -> blocks -> evidence -> cut -> Result, with the guards and self-checks.

Nothing here looks at words or layout, touches a file or prints: it hands one frozen value to the next station.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.analysis import Analysis, analyse
from cleaner.cut import Decision, Settlement, look_at, settle
from cleaner.decode import byte_offset, decode
from cleaner.lexicons import Lexicon, builtin_index, builtin_tables, load_file
from cleaner.lines import count_lines
from cleaner.model import CleanerError, Cut, Decoded, Evidence, Guard, Level, Removed, Result
from cleaner.phrases import PhraseIndex, build_tables, locate
from cleaner.rules import load_rules
from cleaner.testimony import USER_RULES
from cleaner.weights import RULES

if TYPE_CHECKING:
    from pathlib import Path

# The end of a document is read in windows, each sixteen times the one before, until the tail cannot start before the
# window's middle: a clean document of 1 MB costs what one of 32 kB costs. Tails of the labelled pages have 4,900
# characters in the median, 30,000 at the 95th percentile.
WINDOW = 32_000
WINDOW_GROWTH = 16
# A window takes in what stands above it where that is less than this part of it: a line may be longer than a window.
WINDOW_REST = 4
# A window is wide enough when the chance that the tail starts in its first half is below this.
WINDOW_DOUBT = 0.001
# Evidence is reported for this many lines above a cut, to show why it is not higher.
CONTEXT_LINES = 3
_TERMINATOR = re.compile(r"[^\S\r\n]*(?:\r\n|\n|\r)")


class Judgement(NamedTuple):
    """What was read of a text, from its character `head` on, and what was decided about it."""

    head: int
    analysis: Analysis
    settlement: Settlement


class Cleaner:
    """A cleaner with its rules compiled: make it once, use it for many documents, in threads and other processes.

    `level` is how much evidence a cut needs. `rules` are paths of rule files or profiles (TOML, in the form of a
    lexicon) or lexicons, `disable` ids of rules that must not testify, `encoding` the encoding of all bytes (None: detect).
    Raises CleanerError for an unknown level, rule or encoding and for a rules file that is not valid.
    """

    def __init__(
        self,
        level: str | Level = Level.NORMAL,
        rules: Iterable[str | Path | Lexicon] = (),
        disable: Iterable[str] = (),
        encoding: str | None = None,
    ) -> None:
        self._options: dict[str, Any] = {
            "level": _level(level),
            "rules": tuple(rules),
            "disable": tuple(disable),
            "encoding": encoding,
        }
        self._build(tuple(one if isinstance(one, Lexicon) else load_file(one) for one in self._options["rules"]))

    def _build(self, added: Sequence[Lexicon]) -> None:
        self.level: Level = self._options["level"]
        self._encoding: str | None = self._options["encoding"]
        if self._encoding is not None:
            decode(b"", self._encoding)
        disabled = {*self._options["disable"], *(name for lexicon in added for name in lexicon.disable)}
        known = load_rules()
        for name in disabled:
            if name not in known:
                from difflib import get_close_matches

                near = get_close_matches(name, known, n=1)
                raise CleanerError(f"unknown rule {name!r}{f', did you mean {near[0]!r}?' if near else ': see cleaner rules'}")
        self._rules = known.without(disabled)
        self._index = (
            builtin_index() if not added else PhraseIndex(builtin_tables(), *(build_tables(one.phrases()) for one in added))
        )
        self._added = tuple(added)

    def __getstate__(self) -> dict[str, Any]:
        return {"options": self._options, "added": self._added}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._options = state["options"]
        self._build(state["added"])

    def clean(self, document: bytes | str) -> Result:
        """Find the tail of one document and leave it out.

        Never raises on what a document holds: binary and undecodable bytes come back whole, with a guard. Raises
        CleanerError only where `encoding` was given and does not fit.
        """
        if isinstance(document, str):
            decoded: Decoded | Guard = Decoded(document, "utf-8", "utf-8", 0, "it came as text")
            data = document.encode("utf-8", "surrogatepass")
        else:
            data = bytes(document)
            decoded = decode(data, self._encoding)
        if isinstance(decoded, Guard):
            return Result("", data, "", None, "", self.level, 0, len(data), guard=decoded)
        judgement = self.judge(decoded.text)
        decision = judgement.settlement.decision
        if decision is None or decision.guard is not None:
            return self._whole(decoded, data, decision.guard if decision else None)
        kept = kept_end(decoded.text, judgement.analysis.blocks[decision.block].start)
        if isinstance(document, str):
            edge = len(document[:kept].encode("utf-8", "surrogatepass"))
        else:
            edge = byte_offset(decoded, data, kept)
        return self._without_tail(decoded, data, kept, edge, judgement, decision)

    def clean_many(self, documents: Iterable[bytes | str]) -> Iterator[Result]:
        """Each document cleaned, in order, one at a time."""
        return map(self.clean, documents)

    def judge(self, text: str) -> Judgement:
        """What the end of the text holds, and the decision. The window grows until it holds the whole tail."""
        # A line that a user's rules block may stand anywhere.
        size = len(text) if any(lexicon.block for lexicon in self._added) else WINDOW
        while True:
            start = _line_start(text, len(text) - size)
            if start < (len(text) - start) / WINDOW_REST:
                start = 0
            analysis = analyse(text, start, self._index, self._rules)
            whole = look_at(analysis, start)
            middle = (start + len(text)) // 2
            doubt = sum(place.likely for place in whole.places if analysis.blocks[place.block].start < middle)
            if start == 0 or doubt < WINDOW_DOUBT:
                return Judgement(start, analysis, settle(whole, self.level, start))
            size *= WINDOW_GROWTH

    def _whole(self, decoded: Decoded, data: bytes, guard: Guard | None) -> Result:
        return Result(
            text=decoded.text,
            kept_bytes=data,
            original=decoded.text,
            encoding=decoded.encoding,
            codec=decoded.codec,
            level=self.level,
            lines=count_lines(decoded.text),
            bytes=len(data),
            guard=guard,
            encoding_why=decoded.why,
        )

    def _without_tail(
        self, decoded: Decoded, data: bytes, kept: int, edge: int, judgement: Judgement, decision: Decision
    ) -> Result:
        text = decoded.text[:kept]
        gone = decoded.text[kept:]
        lines = count_lines(decoded.text)
        partial = not text.endswith(("\n", "\r"))
        line = judgement.analysis.blocks[decision.block].line + 1
        evidence = self._evidence(decoded.text, judgement, decision.block)
        return Result(
            text=text,
            kept_bytes=data[:edge],
            original=decoded.text,
            encoding=decoded.encoding,
            codec=decoded.codec,
            level=self.level,
            lines=lines,
            bytes=len(data),
            cut=Cut(line, kept, edge, round(decision.score, 2), round(decision.confidence, 3), _why(decision)),
            removed=Removed(lines - count_lines(text) + partial, len(gone), len(data) - edge, gone),
            evidence=evidence,
            encoding_why=decoded.why,
        )

    def _evidence(self, text: str, judgement: Judgement, first: int) -> tuple[Evidence, ...]:
        """What the rules said from a few lines above the cut on."""
        # What decided, then what they said about the lines that were gone by then.
        decided = judgement.settlement.look.analysis.testimony
        testimony = [*decided, *judgement.analysis.testimony[len(decided) :]]
        found = []
        for number in range(max(0, first - CONTEXT_LINES), len(testimony)):
            block = judgement.analysis.blocks[number]
            for name, hit in testimony[number].items():
                weight = RULES.get(f"{name}/{hit.place}", 0.0)
                if weight or name in USER_RULES:
                    start, end = block.start, block.end
                    # A rule that speaks about the whole block, or about its shape, has nothing to point at inside.
                    if hit.place != "whole" and hit.match != block.text:
                        start, end = locate(text, start, end, hit.match)
                    weight = USER_RULES.get(name, weight)
                    found.append(Evidence(block.line + 1, name, weight, start, end, text[start:end], self._rules[name].why))
        return tuple(found)


def clean(document: bytes | str, level: str | Level = Level.NORMAL) -> Result:
    """Find the tail of one document and leave it out, with the built-in rules; see `Cleaner`."""
    return _cleaner(_level(level)).clean(document)


@cache
def _cleaner(level: Level) -> Cleaner:
    return Cleaner(level)


def _level(level: str | Level) -> Level:
    try:
        return Level(level)
    except ValueError:
        raise CleanerError(f"unknown level {level!r}: choose cautious, normal or thorough") from None


def _line_start(text: str, place: int) -> int:
    """The start of the line that holds this character."""
    if place <= 0:
        return 0
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def kept_end(text: str, start: int) -> int:
    """How many characters stay when the tail starts at `start`: white space goes, the last line's terminator stays."""
    end = len(text[:start].rstrip())
    terminator = _TERMINATOR.match(text, end, start)
    return terminator.end() if terminator else end


def _why(decision: Decision) -> str:
    """Why here and not a line earlier, in plain words."""
    if decision.earlier == 0.0:
        return "this is the first place at which the tail can start"
    return (
        f"cutting here loses nothing of the article with a probability of {decision.confidence:.3f}; "
        f"at the place before it would be {decision.earlier:.3f}"
    )
