"""The end of a document with what would go, line by line, with the rules that spoke and why.

The reader has to judge one thing: is the line in the right place? So he sees the last kept lines, the place of the cut
and the reason for it, and every removed line in full: nothing that goes is ever abbreviated. Long kept lines are, in
the middle, with a mark. A minus in front of each removed line says without colour what red says with it.

Where there is room the reasons stand in a column beside the text, otherwise below each line. The text that comes out is
never wider than it was told. Nothing is printed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.lines import count_breaks
from cleaner.model import Evidence, Result
from cleaner.render.console import rendered
from cleaner.render.summary import cut_inside_line, encoding_of, extent, size_of
from cleaner.render.visible import visible, visible_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# How many kept lines that are not blank stand above the cut: enough to see the article end.
CONTEXT_LINES = 3
# A kept paragraph longer than this is shown by its beginning and its end: the reader recognises it by the one, and sees
# by the other that the article ends here.
CONTEXT_CHARACTERS = 400
_END_CHARACTERS = 140
# Below this many columns, text and reasons side by side would both be too narrow to read.
SIDE_BY_SIDE = 76
# Columns between the text and the reasons beside it.
_GAP = 2
_TAB = "    "
# At most this many characters of a broken word go; scripts without spaces keep theirs.
_WORD_BROKEN_OFF = re.compile(r"\s+\S{0,20}\Z")
_WORD_BEGUN = re.compile(r"\A\S{0,20}\s+")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line to show, or the part of one on this side of the cut; `start` is its place in the document."""

    number: int
    start: int
    text: str
    removed: bool
    evidence: tuple[Evidence, ...]


def preview(name: str, result: Result, *, width: int, color: bool, verbose: bool = False) -> str:
    """What a person is shown of one document; ends with a line feed. `verbose` adds how the encoding was found."""
    return rendered(lambda console: _print_document(console, name, result, verbose), width=width, color=color)


def _print_document(console: Console, name: str, result: Result, verbose: bool) -> None:
    from rich.text import Text

    encoding = encoding_of(result) + (f" ({visible(result.encoding_why)})" if verbose and result.encoding_why else "")
    heading = Text()
    heading.append(visible_name(name), "bold")
    if result.changed:
        heading.append(f": {extent(result)}, {encoding}")
        _print(console, heading)
        _print(console, Text(_where(result)))
        console.print()
        _print_rows(console, result)
    else:
        heading.append(f": nothing to remove ({size_of(result)}), {encoding}")
        _print(console, heading)
        if result.guard is not None:
            _print(console, Text(f"Kept as it is: {visible(result.guard.id)} ({visible(result.guard.why)})"))


def _where(result: Result) -> str:
    cut = result.cut
    assert cut is not None
    place = f"inside line {cut.line:,}" if cut_inside_line(result) else f"above line {cut.line:,}"
    why = f": {visible(cut.why)}" if cut.why else ""
    return f"Cut {place}, confidence {_percent(cut.confidence)}{why}"


def _percent(share: float) -> str:
    """Whole per cent, but never a hundred for what is not certain."""
    return f"{min(99.9, 100 * share):.1f} %" if share < 1 and share > 0.99 else f"{100 * share:.0f} %"


def _print_rows(console: Console, result: Result) -> None:
    from rich.text import Text

    kept, removed = _rows(result)
    digits = max(len(str(row.number)) for row in [*kept, *removed])
    for row in kept:
        _print_row(console, row, digits)
    label = "-" * (digits + 3) + " cut here "
    _print(console, Text(label + "-" * (console.width - len(label)), "bold"))
    for row in removed:
        _print_row(console, row, digits)


def _print_row(console: Console, row: _Row, digits: int) -> None:
    """One line of the document: number, mark, text, and the notes beside it or below. By hand, because a rich table
    takes ten times as long, and tails can have thousands of lines."""
    from rich.text import Text

    base = "red" if row.removed else ""
    gutter = digits + 3
    beside = console.width >= SIDE_BY_SIDE
    notes_width = min(48, max(26, console.width // 3)) if beside else 0
    body_width = console.width - gutter - (notes_width + _GAP if beside else 0)
    body = _wrapped(console, _text(row, base), body_width)
    notes = _note_lines(console, row, notes_width) if beside else _note_lines(console, row, body_width, mark="> ")
    for number in range(max(len(body), len(notes)) if beside else len(body) + len(notes)):
        line = Text()
        if number == 0:
            line.append(f"{row.number:>{digits}}", "dim").append(" ").append("-" if row.removed else " ", base).append(" ")
        else:
            line.append(" " * gutter)
        if number < len(body):
            line.append_text(body[number])
        if beside and number < len(notes):
            line.pad_right(max(0, gutter + body_width + _GAP - line.cell_len))
            line.append_text(notes[number])
        elif not beside and number >= len(body):
            line.append_text(notes[number - len(body)])
        console.print(line, overflow="ignore", no_wrap=True, crop=False)


def _note_lines(console: Console, row: _Row, width: int, mark: str = "") -> list[Text]:
    from rich.text import Text

    lines = []
    for note in _notes(row.evidence):
        for number, line in enumerate(_wrapped(console, note, width - len(mark))):
            lines.append(Text().append(mark if number == 0 else " " * len(mark), "dim").append_text(line))
    return lines


def _wrapped(console: Console, text: Text, width: int) -> list[Text]:
    lines = list(text.wrap(console, width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines


def _print(console: Console, what: object) -> None:
    console.print(what, overflow="fold", no_wrap=False, crop=False, soft_wrap=False)


def _text(row: _Row, base: str) -> Text:
    """The line with what the rules matched set off, every hostile character spelled out."""
    from rich.text import Text

    text = Text(style=base)
    spans = [(one.start - row.start, one.end - row.start) for one in row.evidence if one.weight > 0 and row.removed]
    for piece, matched in _pieces(row.text, spans):
        text.append(visible(piece.replace("\t", _TAB)), "underline" if matched else "")
    return text


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether a span covers it. A match over the whole line sets nothing off."""
    size = len(text)
    inside = [(max(0, start), min(size, end)) for start, end in spans]
    inside = [(start, end) for start, end in inside if start < end and end - start < size]
    edges = sorted({0, size, *(edge for span in inside for edge in span)})
    for start, end in pairwise(edges):
        yield text[start:end], any(one <= start and end <= other for one, other in inside)


def _notes(evidence: Iterable[Evidence]) -> list[Text]:
    """One note for each thing said, with how often: `telegram +3.0: links to a Telegram channel (3 times)`."""
    from rich.text import Text

    counts: dict[tuple[str, float, str], int] = {}
    for one in evidence:
        key = (one.rule, one.weight, one.why)
        counts[key] = counts.get(key, 0) + 1
    notes = []
    for (rule, weight, why), count in counts.items():
        note = Text()
        note.append(visible(rule), "bold")
        note.append(f" {weight:+.1f}", "red" if weight > 0 else "green")
        note.append(f": {visible(why)}" if why else "")
        note.append(f" ({count} times)" if count > 1 else "")
        notes.append(note)
    return notes


def _rows(result: Result) -> tuple[list[_Row], list[_Row]]:
    """The last kept lines and all the removed ones; the line in which the cut stands gives one of each."""
    cut, removed = result.cut, result.removed
    assert cut is not None
    assert removed is not None
    by_line: dict[int, list[Evidence]] = {}
    for one in result.evidence:
        by_line.setdefault(one.line, []).append(one)
    inside = cut_inside_line(result)
    # The blank lines above the first line of the tail go with it.
    gone_from = cut.line if inside else cut.line - count_breaks(removed.text[: -len(removed.text.lstrip()) or None])

    kept: list[_Row] = []
    wanted = CONTEXT_LINES
    number = cut.line if inside else gone_from - 1
    for start, text in _backwards(result.original, cut.character):
        evidence = [] if inside and number == cut.line else by_line.get(number, [])
        kept.append(_Row(number, start, _shortened(text), False, tuple(evidence)))
        number -= 1
        wanted -= bool(text.strip())
        if not wanted:
            break
    kept.reverse()
    while kept and not kept[0].text.strip():
        del kept[0]

    gone: list[_Row] = []
    for number, (start, text) in enumerate(_forwards(result.original, cut.character), gone_from):
        gone.append(_Row(number, start, text, True, tuple(by_line.get(number, ()))))
    return kept, gone


def _shortened(text: str) -> str:
    """A long kept line by its two ends. What it leaves out is far from the cut and stays anyway."""
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    beginning = _WORD_BROKEN_OFF.sub("", text[:_END_CHARACTERS])
    end = _WORD_BEGUN.sub("", text[-_END_CHARACTERS:])
    return f"{beginning} [...] {end}"


def _forwards(text: str, start: int) -> Iterator[tuple[int, str]]:
    while start < len(text):
        found = _LINE.match(text, start)
        assert found is not None
        yield start, found[1]
        start = found.end()


def _backwards(text: str, end: int) -> Iterator[tuple[int, str]]:
    """Lines from `end` to the beginning, without looking at more of the document than is asked for."""
    while end > 0:
        stop = end
        if text[stop - 1] in "\r\n":
            stop -= 2 if text[stop - 2 : stop] == "\r\n" else 1
        start = max(text.rfind("\n", 0, stop), text.rfind("\r", 0, stop)) + 1
        yield start, text[start:stop]
        end = start
