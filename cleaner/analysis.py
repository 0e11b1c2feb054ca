"""A text, read: its blocks and what the rules say about each. The station between lines and decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cleaner.lines import make_blocks, split_block, split_lines, split_sentences
from cleaner.model import Block
from cleaner.phrases import UNSPACED, PhraseIndex
from cleaner.rules import Hit, Rule, Scene

# A shorter block holds no article's end and promotion both.
SPLIT_MIN = 120
# Semicolons. A line with as many is a row of a table and holds no sentences.
RECORD_MIN = 4
_QUOTES = "\"“„«‘'‹「『”»"


# Letters. Shorter words are those that every text of a language shares.
WORD_MIN = 4


class Vocabulary(NamedTuple):
    """How many different words a block has, and how many of them stood in a block above it."""

    words: int
    familiar: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """Blocks and, for each of them, the testimony (rule id -> where in the block it speaks and about what) and the
    vocabulary: what goes on with an article's words goes on with the article."""

    blocks: Sequence[Block]
    testimony: Sequence[Mapping[str, Hit]]
    vocabulary: Sequence[Vocabulary]


def analyse(text: str, start: int, index: PhraseIndex, rules: Mapping[str, Rule]) -> Analysis:
    """What the rules say about `text[start:]`; `start` must be the start of a line."""
    blocks = make_blocks(split_lines(text, start))
    scene = Scene(blocks, index)
    pieces = _pieces(text, scene, index)
    if len(pieces) > len(blocks):
        blocks, scene = pieces, Scene(pieces, index)
    testimony: list[dict[str, Hit]] = [{} for _ in blocks]
    for rule in rules.values():
        for hit in rule.observe(scene):
            testimony[hit.block][rule.id] = hit
    return Analysis(blocks, testimony, _vocabulary(scene.folded))


def _vocabulary(lines: Iterable[Sequence[str]]) -> list[Vocabulary]:
    """The vocabulary of each line of folded words, against the lines above it."""
    above: set[str] = set()
    found = []
    for line in lines:
        words = {word for word in line if len(word) >= WORD_MIN}
        if any(map(UNSPACED.search, words)):
            words = {pair for word in words for pair in map("".join, pairwise(word))}
        found.append(Vocabulary(len(words), len(words & above)))
        above |= words
    return found


def _pieces(text: str, scene: Scene, index: PhraseIndex) -> list[Block]:
    """The blocks, with long ones divided before each sentence in which a phrase stands.

    An extractor that joins lines leaves the article's end and the promotion in one; the cut must be able to fall
    between their sentences.
    """
    pieces: list[Block] = []
    for number, block in enumerate(scene.blocks):
        if len(block.text) < SPLIT_MIN or number not in scene.spoken or block.text.count(";") >= RECORD_MIN:
            pieces.append(block)
            continue
        part = text[block.start : block.end]
        starts = split_sentences(part)
        if len(starts) < 2:
            pieces.append(block)
            continue
        sentences = split_block(block, text, [block.start + start for start in starts])
        speaking = Scene(sentences, index).spoken
        # What is said in quotation marks is somebody's words: « Suivez-nous », a-t-il lancé.
        starts = [one.start for at, one in enumerate(sentences) if at and at in speaking and one.text[0] not in _QUOTES]
        pieces.extend(split_block(block, text, starts))
    return pieces
