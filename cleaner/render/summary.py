"""The lines that go to standard error: what was removed, what was kept and why, what went wrong.

Scripts read the first kind, so its form is a contract (design, section 5) and the same in every mode. Each function
returns one line without a terminator, safe for a terminal. Nothing here is coloured: these lines end up in logs.
"""

from __future__ import annotations

from cleaner.model import Result
from cleaner.render.visible import visible, visible_name


def changed_line(name: str, result: Result) -> str:
    """`article.txt: 7 of 30 lines removed (2,166 of 7,480 characters, 29.0 %), utf-8: reader-address, telegram`.

    `lines` counts every line of which anything went; where the cut stands inside a line, the text says so.
    """
    rules = ", ".join(rules_behind(result))
    return f"{visible_name(name)}: {extent(result)}, {encoding_of(result)}" + (f": {visible(rules)}" if rules else "")


def unchanged_line(name: str, result: Result) -> str:
    """What `-v` says about a document from which nothing was removed."""
    return f"{visible_name(name)}: nothing removed ({size_of(result)}), {encoding_of(result)}"


def guard_line(name: str, result: Result) -> str:
    """Why a document stayed whole although it might have been cut."""
    assert result.guard is not None
    return f"{visible_name(name)}: kept as it is: {visible(result.guard.id)} ({visible(result.guard.why)})"


def rewritten_line(name: str, result: Result) -> str:
    """A document of which nothing went, but which is in UTF-8 now."""
    return f"{visible_name(name)}: nothing removed, written as utf-8 (it was {encoding_of(result)})"


def skipped_line(name: str, why: str) -> str:
    """What `-v` says about a file or directory that was passed over."""
    return f"{visible_name(name)}: skipped: {visible(why)}"


def unreadable_diff_line(name: str, result: Result) -> str:
    """A diff of UTF-16 is not text in any one encoding: `patch` takes it (GNU patch 2.7 does), an editor spoils it."""
    return f"{visible_name(name)}: the diff holds {encoding_of(result)} bytes: give it to patch only, unedited"


def error_line(message: str) -> str:
    """An error as one line, with the program's name in front as every Unix tool does it."""
    return f"cleaner: {visible(message)}"


def extent(result: Result) -> str:
    """How much went: lines, characters and the share of the characters."""
    removed = result.removed
    assert removed is not None
    part = ", the first in part" if cut_inside_line(result) else ""
    share = 100 * removed.characters / max(1, result.characters)
    if removed.characters < result.characters:
        share = min(share, 99.9)  # "100.0 %" would claim that nothing is left
    return (
        f"{removed.lines:,} of {result.lines:,} lines removed{part} "
        f"({removed.characters:,} of {result.characters:,} characters, {share:.1f} %)"
    )


def size_of(result: Result) -> str:
    """How large a document is; of binary data only the bytes are known."""
    if result.encoding is None:
        return _count(result.bytes, "byte")
    return f"{_count(result.lines, 'line')}, {_count(result.characters, 'character')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def encoding_of(result: Result) -> str:
    """The encoding to show; binary data has none and says so."""
    return visible(result.encoding) if result.encoding else "not text"


def rules_behind(result: Result) -> list[str]:
    """The rules whose evidence stands in what was removed and speaks for boilerplate, in order of appearance."""
    if result.cut is None:
        return []
    start = result.cut.character
    return list(dict.fromkeys(one.rule for one in result.evidence if one.weight > 0 and one.end > start))


def cut_inside_line(result: Result) -> bool:
    """True where the beginning of the first removed line stays."""
    if result.cut is None or result.cut.character == 0:
        return False
    return result.original[result.cut.character - 1] not in "\r\n"
