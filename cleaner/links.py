"""Links as converters of web pages write them, read as a reader of the page would.

`lynx -dump` writes "[12]Subscribe" and lists the addresses below the text; html2text and pandoc write
"[Subscribe](https://…)", or "[Subscribe][12]" with a list of addresses as well. What is judged is "Subscribe". The lists
are no part of the page: they are neither article nor tail, and go where a tail above them goes.

What this module does not do: it does not look at bare addresses, which somebody wrote for readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.model import Line

# The heading of a list of addresses ("References", "   Visible links") has at most so many characters.
HEADING_MAX = 30
_NUMBERED = re.compile(r"\s*(\d{1,5})\. (?:[a-z][a-z0-9+.-]{1,20}:\S+|LYNXIMGMAP:.*)$")
_DEFINED = re.compile(r"\s{0,3}\[([^\]\n]{1,200})\]: \s*\S+(?:\s+[\"'(][^\n]*)?$")
# One level of brackets inside a label, and of parentheses inside an address: "[Bridge [1]](/wiki/Bridge_(river))".
_LABEL = r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
_INLINE = re.compile(rf"!?{_LABEL}\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\n\"']*[\"'])?\)")
_DEFERRED = re.compile(rf"!?{_LABEL}\[[^\[\]\n]{{0,200}}\]")
# Pictures that nobody described.
_PICTURE = re.compile(r"!\[\](?:\([^()\s]*\)|\[[^\[\]\n]{0,200}\]) *")
_NUMBER = re.compile(r"(?<![\w\])])\[(\d{1,5})\](?=\S)")
_NAME = re.compile(r"\]\[([^\[\]\n]{1,200})\]")


class Links(NamedTuple):
    """How a text writes its links: above how many `lines` its list of addresses stands (all of them where there is none),
    and whether the links above are `numbered` ("[12]Subscribe") or `defined` ("[Subscribe][12]") there."""

    lines: int
    numbered: bool = False
    defined: bool = False

    def read(self, text: str) -> str:
        """The text with the labels of its links in place of the links; what would be left without a word stays."""
        if "[" not in text:
            return text
        read = _PICTURE.sub("", text)
        if "](" in read:
            # Twice, because a picture may be the label of a link.
            read = _INLINE.sub(r"\1", _INLINE.sub(r"\1", read))
        if self.defined:
            read = _DEFERRED.sub(r"\1", read)
        if self.numbered:
            read = _NUMBER.sub("", read)
        return read.strip() or text

    def is_link(self, text: str) -> bool:
        """True where a text is nothing but a link."""
        return bool(
            _INLINE.fullmatch(text) or (self.defined and _DEFERRED.fullmatch(text)) or (self.numbered and _NUMBER.match(text))
        )


# Of a text without a list of addresses.
NO_LINKS = Links(0)


def find_links(lines: Sequence[Line]) -> Links:
    """How these lines write their links."""
    for entry, mark in ((_NUMBERED, _NUMBER), (_DEFINED, _NAME)):
        names: set[str] = set()
        first = len(lines)
        for number in range(len(lines) - 1, -1, -1):
            text = lines[number].text
            if found := entry.match(text):
                names.add(found[1])
                first = number
            elif text.strip() and not (names and _is_subheading(text)):
                break
        if names:
            above = _heading(lines, first) if entry is _NUMBERED else first
            text = "\n".join([line.text for line in lines[:above]])
            if not names.isdisjoint(mark.findall(text)):
                return Links(above, numbered=entry is _NUMBERED, defined=entry is _DEFINED)
    return Links(len(lines))


def _heading(lines: Sequence[Line], first: int) -> int:
    """The line in which the heading of a list stands that has its first entry in this one; this one where it has none."""
    above = [number for number in range(first) if lines[number].text.strip()][-2:]
    if above and _is_subheading(lines[above[-1]].text):
        above.pop()
    return above[-1] if above and _is_short(lines[above[-1]].text) else first


def _is_subheading(text: str) -> bool:
    """True for "   Visible links"."""
    return text[:1].isspace() and _is_short(text)


def _is_short(text: str) -> bool:
    return 0 < len(text.strip()) <= HEADING_MAX and "[" not in text and not text.rstrip().endswith((".", "!", "?"))
