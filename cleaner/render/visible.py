"""Text from a document or a file name, made safe to show.

A document is written by a stranger. Escape sequences in it could recolour the terminal, change its title or hide what
follows; bidirectional controls can make a line read differently from what it is; a lone surrogate (how Python carries
an undecodable byte of a file name) breaks the encoder. Here each such character becomes a visible escape in ASCII, the
way Python writes it: `\\x1b`, `\\n`, `\\u202e`. Whoever shows text from outside goes through this one function.

It does not decide how wide text is, does not touch markup (nobody here uses any), and leaves joiners and variation
selectors alone: Persian, Hindi and emoji need them to be legible. The mapping is not reversible: a backslash stays one.
"""

from __future__ import annotations

import re
from functools import cache

_HOSTILE = (
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1 (U+009B alone starts an escape sequence in some terminals)
    "\xad\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # invisible, and terminals disagree about their width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029"  # line and paragraph separators
    "\u180e\ufff9-\ufffb"  # vowel separator, interlinear annotation
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters: no font and no terminal knows them
    "\U000e0000-\U000e007f"  # tag characters: a whole hidden message fits into them
    "]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


@cache
def _hostile() -> re.Pattern[str]:
    """Compiled when something is shown: a quiet run shows nothing."""
    return re.compile(_HOSTILE)


def is_hostile(text: str) -> bool:
    """True where `visible` would change the text."""
    return _hostile().search(text) is not None


def visible(text: str) -> str:
    """The text with every control, bidirectional, invisible or unencodable character spelled out; always one line."""
    return _hostile().sub(lambda found: _spell(found[0]), text)


def _spell(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # an undecodable byte of a file name: show the byte
        code -= 0xDC00
    if code < 0x100:
        return _SHORT.get(character, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible_name(name: str) -> str:
    """A file name to show: visible, and quoted where nothing or white space at its edges could mislead."""
    return f"'{visible(name)}'" if name != name.strip() or not name else visible(name)
