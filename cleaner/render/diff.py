"""The cut as a unified diff that `patch` takes.

The kept bytes are a prefix of the file, so there is nothing to search for: the hunk is the last three kept lines and
everything behind them, with a minus. It is made of the file's own bytes and of lines as `patch` sees them, which end at
`\\n` and nowhere else; so it applies whatever the encoding is and whatever the line ends are. A cut inside such a line
(a file with old Macintosh line ends is one single line) becomes a line taken out and its beginning put back.

The names in the header carry no `a/` and `b/`: `patch < x.diff` in the file's directory and `patch -p0` where cleaner
ran both find the file. There is no time stamp: the same input gives the same diff.
"""

from __future__ import annotations

import os
import re

from cleaner.render.visible import is_hostile, visible

_CONTEXT = 3  # what diff -u shows, and what patch needs to find a place that has moved
_NO_NEWLINE = b"\\ No newline at end of file\n"
_QUOTED = re.compile(rb'[\x00-\x1f\x7f"\\]|[\x80-\xff]')
_STYLES = ((b"---", "1"), (b"+++", "1"), (b"@@", "36"), (b"-", "31"), (b"+", "32"))


def unified(name: str, data: bytes, kept: int) -> bytes:
    """The diff from `data` to its first `kept` bytes; empty where that is all of it."""
    if kept >= len(data):
        return b""
    boundary = data.rfind(b"\n", 0, kept) + 1
    context = _lines(data[_context_start(data, boundary) : boundary])
    old = _lines(data[boundary:])
    new = _lines(data[boundary:kept])
    first = data.count(b"\n", 0, boundary) - len(context) + 1
    header = _header(name)
    parts = [b"--- ", header, b"\n+++ ", header, b"\n"]
    parts.append(_range(first, len(context) + len(old), len(context) + len(new)))
    parts += [b" " + line for line in context]
    parts += [_entry(b"-", line) for line in old]
    parts += [_entry(b"+", line) for line in new]
    return b"".join(parts)


def view(diff: bytes, encoding: str, *, color: bool) -> str:
    """The diff for eyes: decoded, with every hostile character visible, in colour if wanted; not for `patch`."""
    return "".join(_styled(line, encoding, color) + "\n" for line in diff.split(b"\n")[:-1])


def _styled(line: bytes, encoding: str, color: bool) -> str:
    text = visible(line.decode(encoding, "replace").replace("\t", "    "))
    style = next((style for start, style in _STYLES if color and line.startswith(start)), None)
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def _context_start(data: bytes, boundary: int) -> int:
    start = boundary
    for _ in range(_CONTEXT):
        if start == 0:
            break
        start = data.rfind(b"\n", 0, start - 1) + 1
    return start


def _lines(data: bytes) -> list[bytes]:
    """Lines with their `\\n`; the last may have none. Not bytes.splitlines, which also splits at `\\r`."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _entry(sign: bytes, line: bytes) -> bytes:
    return sign + line if line.endswith(b"\n") else sign + line + b"\n" + _NO_NEWLINE


def _range(first: int, old: int, new: int) -> bytes:
    # An empty side is numbered by the line before it.
    return b"@@ -%d,%d +%d,%d @@\n" % (first, old, first if new else first - 1, new)


def _header(name: str) -> bytes:
    """The name as `patch` reads it: quoted like C where it must be, closed by a tab where it holds a space."""
    raw = os.fsencode(name)
    if is_hostile(name) or b'"' in raw or b"\\" in raw or raw != raw.strip():
        escaped = _QUOTED.sub(lambda found: b"\\%03o" % found[0][0], raw)
        return b'"' + escaped + b'"'
    return raw + b"\t" if b" " in raw else raw
