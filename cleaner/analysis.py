"""A text, read: its blocks and what the rules say about each. The station between lines and decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from cleaner.lines import count_breaks, make_blocks, split_block, split_lines, split_sentences
from cleaner.links import Links, find_links
from cleaner.model import Block
from cleaner.phrases import UNSPACED, PhraseIndex
from cleaner.rules import Hit, Reading, Rules, Scene, read_texts

# A shorter block holds no article's end and promotion both.
SPLIT_MIN = 120
# Characters behind the last phrase of a block that make a block of their own: "Read also" may stand in the middle of an
# article that was joined to one line. Of such pages 99.0 in 100 lost nothing without this, all of them with it.
APART_MIN = 300
# Semicolons. A line with as many is a row of a table and holds no sentences.
RECORD_MIN = 4
# What is said in quotation marks is somebody's words: marks that come in pairs, and all with which a quotation may begin.
_QUOTATIONS = (("«", "»"), ("“", "”"), ("「", "」"), ("『", "』"))
_QUOTES = "\"“„«‘'‹「『”»"
# Letters. Shorter words are those that every text of a language shares.
WORD_MIN = 4


class Vocabulary(NamedTuple):
    """How many different words a block has, and how many of them stood in a block above it."""

    words: int
    familiar: int


class Analysis(NamedTuple):
    """A scene and, for each block, the testimony of the `rules` (rule id -> where in the block it speaks and about what)
    and the vocabulary: what goes on with an article's words goes on with the article."""

    scene: Scene
    rules: Rules
    testimony: Sequence[Mapping[str, Hit]]
    vocabulary: Sequence[Vocabulary]

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the scene."""
        return self.scene.blocks

    def first(self, count: int) -> Analysis:
        """What would be said about the first `count` blocks if nothing stood behind them."""
        if count == len(self.blocks):
            return self
        scene = self.scene.first(count)
        ahead = self.rules.looking_ahead()
        testimony = [{name: hit for name, hit in said.items() if name not in ahead} for said in self.testimony[:count]]
        return Analysis(scene, self.rules, _observed(ahead, scene, testimony), self.vocabulary[:count])


def analyse(text: str, start: int, index: PhraseIndex, rules: Rules) -> Analysis:
    """What the rules say about `text[start:]`; `start` must be the start of a line."""
    lines = split_lines(text, start)
    links = find_links(lines)
    blocks = make_blocks(lines[: links.lines], links, count_breaks(text[:start]))
    read: dict[str, Reading] = {}
    read_texts([block.text for block in blocks], index, read)
    pieces = _pieces(text, blocks, index, read, links)
    if len(pieces) > len(blocks):
        blocks = pieces
    scene = Scene(blocks, index, read)
    return Analysis(scene, rules, _observed(rules, scene, [{} for _ in blocks]), _vocabulary(scene.folded))


def _observed(rules: Rules, scene: Scene, testimony: list[dict[str, Hit]]) -> list[dict[str, Hit]]:
    """The testimony, with what these rules say about the scene."""
    for name, hit in rules.observe(scene):
        testimony[hit.block][name] = hit
    return testimony


def _vocabulary(lines: Sequence[Sequence[str]]) -> list[Vocabulary]:
    """The vocabulary of each line of folded words, against the lines above it."""
    every = set(chain.from_iterable(lines))
    short = {word for word in every if len(word) < WORD_MIN}
    unspaced = {word for word in every if not word.isascii() and UNSPACED.search(word)}
    above: set[str] = set()
    found = []
    for line in lines:
        words = set(line) - short
        if not unspaced.isdisjoint(words):
            words = {pair for word in words for pair in map("".join, pairwise(word))}
        known = len(above)
        above |= words
        found.append(Vocabulary(len(words), len(words) - len(above) + known))
    return found


def _pieces(text: str, blocks: Sequence[Block], index: PhraseIndex, read: dict[str, Reading], links: Links) -> list[Block]:
    """The blocks, with long ones divided before each sentence in which a phrase stands, and behind it where a lot follows.

    An extractor that joins lines leaves the article's end and the promotion in one; the cut must be able to fall
    between their sentences.
    """
    divided = {number: _sentences(text, block, links) for number, block in enumerate(blocks) if _may_divide(block, read)}
    read_texts([one.text for sentences in divided.values() for one in sentences], index, read)
    pieces: list[Block] = []
    for number, block in enumerate(blocks):
        sentences = divided.get(number, ())
        if len(sentences) < 2:
            pieces.append(block)
            continue
        pieces.extend(split_block(block, text, _starts(sentences, read), links))
    return pieces


def _starts(sentences: Sequence[Block], read: Mapping[str, Reading]) -> list[int]:
    """The characters at which a new block starts: where somebody is asked for something, and where a lot follows that
    asks for nothing, which is no part of the call."""
    quoted = _quoted(sentences)
    speaks = [read[one.text].speaks for one in sentences]
    calls = [
        number
        for number, one in enumerate(sentences)
        if number and speaks[number] and one.text[0] not in _QUOTES and not quoted[number]
    ]
    silent = [
        rest
        for call, after in pairwise([*calls, len(sentences)])
        if (rest := next((number for number in range(call + 1, after) if not speaks[number]), None)) is not None
        and sentences[after - 1].end - sentences[rest].start >= APART_MIN
    ]
    return [sentences[number].start for number in sorted([*calls, *silent])]


def _may_divide(block: Block, read: Mapping[str, Reading]) -> bool:
    return len(block.text) >= SPLIT_MIN and read[block.text].speaks and block.text.count(";") < RECORD_MIN


def _sentences(text: str, block: Block, links: Links) -> list[Block]:
    starts = split_sentences(text[block.start : block.end])
    return split_block(block, text, [block.start + start for start in starts], links) if len(starts) > 1 else []


def _quoted(sentences: Sequence[Block]) -> list[bool]:
    """For each sentence whether a quotation is open where it starts: « Partagez. Suivez-nous », a-t-il lancé."""
    open_marks = [0] * len(_QUOTATIONS)
    found = []
    for sentence in sentences:
        found.append(any(one > 0 for one in open_marks))
        for number, (start, end) in enumerate(_QUOTATIONS):
            open_marks[number] += sentence.text.count(start) - sentence.text.count(end)
    return found
