"""Text to lines, lines to blocks: the units in which everything later thinks.

A line ends at `\\n`, `\\r\\n` or `\\r` and nowhere else: `str.splitlines` would also break at form feeds, NEL and U+2028,
and the kept text would no longer be a prefix in lines. A block is a line, unless the text is hard-wrapped (then the
lines of a paragraph are joined again) or a rule asks for the sentences of a line (`split_block`). Blocks carry their
place in a list run, because a numbered list is judged as one.

What this module does not do: it knows no phrase and no language beyond the marks that end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

from cleaner.links import NO_LINKS, Links
from cleaner.model import Block, Line

# Mail and plain-text conventions wrap at 65 to 80 columns; `lynx -dump` and `fmt` go down to 60 and up to 100.
WRAP_MIN, WRAP_MAX = 50, 100
# Share of the line joints that must be forced (the next word would not have fitted). Unwrapped news texts stay below
# 0.3 on the labelled documents, text wrapped by `fmt` or `textwrap` is above 0.95.
WRAP_SHARE = 0.85
# Fewer joints than this prove nothing: an address of four lines can look wrapped.
WRAP_JOINTS = 4
# Columns of tolerance: `fmt` prefers a slightly shorter line where that balances the paragraph.
WRAP_SLACK = 2

# Spaces of no width, marks of direction and soft hyphens, and all that Python calls white space: they stand in any order.
_UNSEEN = (
    "\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_TERMINATOR = re.compile(r"(\r\n|\n|\r)")
_BULLETS = "•‣▪▫●○◦■□◆◇★☆✓✔✅➤➢►▶▸→➡➔⇒»›👉📌🔗🔹🔸🔴🔵⭐*+·∙-–—"
# "1)", "1.", "1 -", "(1)", "7 )", "①", "1️⃣", "[1]", "a)": the marker and what follows it; not "(415) 861-5449".
NUMBERED = re.compile(
    r"(?:[(\[]?(?P<number>\d{1,3})(?:\ufe0f?\u20e3|\s?[)\].:]|\s[-–—])(?!\d|\s*\d{3}[-. ]\d)\s*"
    r"|(?P<circled>[①-⑳❶-❿➀-➉])\s*|(?P<letter>[a-z])\)\s)(?=\S)"
)
BULLETED = re.compile(rf"(?P<bullet>[{re.escape(_BULLETS)}])[\ufe0f]?(?:\s+|(?<=[^-–—*+·])(?=\S))(?=\S)")
# A sentence ends at these marks, with closing quotes and brackets behind them, before white space and a new beginning;
# scripts without spaces need none.
_SENTENCE = re.compile(
    r"(?:[.!?…؟۔।॥](?:[\"'”’»)\]]|\[\d+\])*\s+(?=[^\s\d,;:.)\]a-zà-öø-ÿа-яёα-ω])|[。！？｡](?:[」』”’）])*\s*(?=\S))"
)
# "Dr. Smith", "p. 12", "U.S. Senate": a full stop behind one or two letters or a title is no end. A wrong split only
# offers one more place to cut; a rule must still speak there.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“«])(?:[A-ZÀ-ÞА-ЯΑ-Ω]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|No|Nr|Mme|Mlle|MM|M|art|vol|pp?|cf|ca|bzw|Sr|Sra|Jr|Inc|Ltd|Co)\.$"
)


class Wrapping(NamedTuple):
    """The first so many `lines` of a text are hard-wrapped at `width` columns; 0 and 0 where it is not wrapped."""

    lines: int
    width: int


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of `text[start:]`; their texts and terminators joined give that text back.

    A text that ends in a terminator has no empty line behind it, so that "a\\n" is one line; an empty text has none.
    """
    if "\r" in text:
        # Texts and terminators in turn.
        parts = _TERMINATOR.split(text[start:])
        texts, ends = parts[::2], [*parts[1::2], ""]
    else:
        texts = text[start:].split("\n")
        ends = ["\n"] * (len(texts) - 1) + [""]
    starts = accumulate(map(add, map(len, texts), map(len, ends)), initial=start)
    lines = list(map(Line, starts, texts, ends))
    if lines and not lines[-1].text and not lines[-1].terminator:
        lines.pop()
    return lines


def count_lines(text: str) -> int:
    """How many lines `split_lines` gives, without making them."""
    if not text:
        return 0
    count = text.count("\n")
    if "\r" in text:
        count += text.count("\r") - text.count("\r\n")
    return count + (text[-1] not in "\r\n")


def list_marker(text: str) -> tuple[str, int] | None:
    """The style of the list marker that starts a line and its number (0 for bullets), or None."""
    # No marker starts with a letter but "a)"; most lines end here.
    if text[:1].isalpha() and text[1:2] != ")":
        return None
    if found := NUMBERED.match(text):
        if found["number"]:
            return "number", int(found["number"])
        if found["circled"]:
            return "circled", _circled(found["circled"])
        return "letter", ord(found["letter"]) - ord("a") + 1
    if found := BULLETED.match(text):
        return found["bullet"], 0
    return None


def _unmarked(text: str) -> str:
    """The text of a list item without its marker."""
    found = NUMBERED.match(text) or BULLETED.match(text)
    return text[found.end() :] if found else text


def _circled(sign: str) -> int:
    for first, count in (("①", 20), ("❶", 10), ("➀", 10)):
        if 0 < (number := ord(sign) - ord(first) + 1) <= count:
            return number
    return 0


def wrapping(lines: Sequence[Line], links: Links = NO_LINKS) -> Wrapping:
    """How far down a text is hard-wrapped: what hangs below an article is seldom wrapped with it.

    A line is wrapped if the first word of the next line would not have fitted; in a wrapped text nearly every joint
    inside a paragraph is of that kind.
    """
    wrapped = Wrapping(0, 0)
    width = forced = others = 0
    # For each joint how wide its line would be with the next word.
    reaches: list[int] = []
    for number, (line, following) in enumerate(pairwise(lines)):
        size = len(line.text)
        if size > WRAP_MAX:
            others += " " in line.text.strip()
            continue
        if size > width:
            width = size
            forced = sum(reach > width - WRAP_SLACK for reach in reaches)
        if size < WRAP_MIN or not following.text.strip() or list_marker(links.read(following.text.lstrip())):
            continue
        reaches.append(_reach(line, following))
        forced += reaches[-1] > width - WRAP_SLACK
        if forced >= WRAP_JOINTS and forced >= WRAP_SHARE * (len(reaches) + others):
            wrapped = Wrapping(number + 2, width)
    return wrapped


def _reach(line: Line, following: Line) -> int:
    return len(line.text.rstrip()) + 1 + len(following.text.split(maxsplit=1)[0])


def make_blocks(lines: Sequence[Line], links: Links = NO_LINKS, above: int = 0) -> list[Block]:
    """The blocks of a text, in order; blank lines belong to none and count as the `gap` of the next block.

    `links` says how to read the links of the text, `above` how many lines of the document stand above these.
    """
    wrapped = wrapping(lines, links)
    blocks: list[Block] = []
    run: dict[str, tuple[int, int]] = {}
    gap = 0
    index = 0
    while index < len(lines):
        line = lines[index]
        text = _bare(line.text)
        if not text:
            gap += 1
            index += 1
            continue
        first = index
        if index < wrapped.lines:
            parts = [text]
            while (
                index + 1 < wrapped.lines
                and lines[index + 1].text.strip()
                and not list_marker(links.read(lines[index + 1].text.lstrip()))
                and len(lines[index].text) <= WRAP_MAX
                and _reach(lines[index], lines[index + 1]) > wrapped.width - WRAP_SLACK
            ):
                index += 1
                parts.append(_bare(lines[index].text))
            text = " ".join(parts)
        shown = links.read(text)
        item = _item(shown, run, len(blocks))
        linked = shown != text and (links.is_link(text) or links.is_link(_unmarked(text)))
        blocks.append(Block(above + first, above + index, line.start, lines[index].end, shown, gap, item, linked))
        gap = 0
        index += 1
    return blocks


def _bare(text: str) -> str:
    """The text without white space and signs that nobody sees around it, and with plain spaces where none may break a line."""
    text = text.strip()
    return text if text.isascii() else text.strip(_UNSEEN).replace("\u00a0", " ").replace("\u202f", " ")


def _item(text: str, run: dict[str, tuple[int, int]], position: int) -> int:
    """The position of this block in its list run. A run that starts at 2 has its first item inside the lead-in."""
    marker = list_marker(text)
    if marker is None:
        return 0
    style, number = marker
    last_number, last_position = run.get(style, (0, -9))
    # One block may stand between two items: the text that belongs to the first.
    goes_on = position - last_position <= 2 and (number == last_number + 1 if number else True)
    if number:
        run[style] = (number, position)
        return number if goes_on or number == 2 else 1
    run[style] = (last_number + 1 if goes_on else 1, position)
    return run[style][0]


def split_sentences(text: str) -> list[int]:
    """The character positions at which a sentence starts, the first (0) included."""
    starts = [0]
    for found in _SENTENCE.finditer(text):
        if text[found.start()] == "." and _ABBREVIATION.search(text, max(0, found.start() - 12), found.start() + 1):
            continue
        starts.append(found.end())
    return starts


def split_block(block: Block, original: str, starts: Sequence[int], links: Links = NO_LINKS) -> list[Block]:
    """The block in pieces, one from each of `starts` (characters of the document, rising, inside the block) to the next.

    The first piece keeps the gap and the place in the list; the others start inside a line (gap -1).
    """
    pieces = []
    edges = [block.start, *(start for start in starts if block.start < start < block.end), block.end]
    line = block.line
    for number, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
        text = original[start:end]
        line += count_breaks(original[edges[number - 1] : start]) if number else 0
        last = line + count_breaks(text.rstrip())
        joined = " ".join(text.split()) if last > line else _bare(text)
        pieces.append(
            Block(
                line,
                last,
                start,
                start + len(text.rstrip()),
                links.read(joined),
                -1 if number else block.gap,
                0 if number else block.item,
            )
        )
    return pieces


def count_breaks(text: str) -> int:
    """How many line terminators a text holds."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
