"""What the shape of a text tells without knowing a word: fragment, headline or prose, in any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleaner.phrases import UNSPACED

# Characters. Buttons and menu entries of the labelled pages are shorter than this in 95 of 100 cases.
FRAGMENT_MAX = 30
# Headlines of teasers; 97 of 100 are shorter.
HEADLINE_MAX = 130
# Shorter lines are no paragraph, whatever mark they end with ("Thanks for reading!" has 19).
PROSE_MIN = 50
# A Chinese or Japanese character carries about three letters of an alphabet; Thai about one and a half.
DENSE_FACTOR = 3
# Entries of a menu in one line, and characters of each: so in 18 tails and two articles, both of which hold diagrams.
BARS_MIN = 6
ENTRY_MAX = 40
# Characters without a full stop, and the share of their words with a capital, of headlines that were joined. With it 25 in place of 20
# in 100 characters of tails in one line went, held out.
RUN_ON_MIN = 200
RUN_ON_SHARE = 0.5
_BARS = ("|", "•", "·", " / ", " › ", " » ")
_PAUSE = re.compile(r"[!?…;:,]\s")
_ENDS = ".!?…。！？｡؟۔।॥;；"
_CLOSERS = "\"'”’»)]」』）*_ \u00a0"


def ends_sentence(text: str) -> bool:
    """True where the last mark of the text ends a sentence, closing quotes and brackets aside."""
    core = text.rstrip(_CLOSERS)
    return bool(core) and core[-1] in _ENDS


def is_clipped(text: str) -> bool:
    """True where the text breaks off: teasers show as much as fits."""
    return text.rstrip(_CLOSERS).endswith(("…", "..."))


def near_another(numbers: Sequence[int], near: int) -> list[int]:
    """Those of the blocks (in order) that have another one of them fewer than `near` blocks away."""
    gaps = [near, *(after - before for before, after in pairwise(numbers)), near]
    return [number for number, before, after in zip(numbers, gaps, gaps[1:], strict=False) if min(before, after) < near]


def prose_size(text: str, ends: bool) -> int:
    """How much prose a block holds, in characters of an alphabet; 0 where it is no prose. `ends`: it ends a sentence."""
    size = len(text)
    if not text.isascii() and UNSPACED.search(text):
        size *= DENSE_FACTOR if not "\u0e00" <= text[0] <= "\u0eff" else 1
        marks = "。" in text or "，" in text or "、" in text or "！" in text or "？" in text or ends
        return size if size >= PROSE_MIN and (marks or size > HEADLINE_MAX * DENSE_FACTOR) else 0
    if size < PROSE_MIN:
        return 0
    if (ends or ". " in text) and not (size >= RUN_ON_MIN and _is_run_on(text)):
        return size
    # A menu in one line has no mark inside, or one for each entry.
    return size if size > 2 * HEADLINE_MAX and _PAUSE.search(text) and not _is_row(text) and not _is_run_on(text) else 0


def _is_row(text: str) -> bool:
    """True where the text is divided as a menu is."""
    bars = sum(map(text.count, _BARS))
    return bars >= BARS_MIN and len(text) < ENTRY_MAX * bars


def _is_run_on(text: str) -> bool:
    """True where the words go on without a sentence and most of them begin with a capital: headlines, joined."""
    first = text.partition(". ")[0]
    if len(first) < RUN_ON_MIN:
        return False
    words = first.split()
    return sum([word[0].isupper() for word in words]) >= RUN_ON_SHARE * len(words)
