"""What a rule is, what it sees, and the registry of all rules.

A rule is one named observation about text. It testifies (`Hit`), it never decides; what its testimony weighs is in
`cleaner.weights`, fitted on labelled documents. One rule is one file, named as its id, with a docstring (what it
observes, why that speaks for boilerplate, when it misleads) and examples that must fire and that must stay silent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import NamedTuple

from cleaner.model import Block
from cleaner.phrases import UNSPACED, PhraseIndex, fold_lines

# A phrase that covers this share of its line is what the line says; below, the line says something else as well.
# "Follow us on Twitter and Facebook" is covered to 0.5 by "follow us on"; tails begin 9 times as often with such lines.
WHOLE_SHARE = 0.5


class Hit(NamedTuple):
    """A rule's testimony about one block. `place` says how much of the block it speaks about: "whole", "start" (the
    block begins with it) or "inside". `match` is the folded phrase or the text that was seen."""

    block: int
    place: str
    match: str


class Scene:
    """One document as rules see it: its blocks, their texts one a line, the words of each folded, and the phrases found in them."""

    def __init__(self, blocks: Sequence[Block], index: PhraseIndex) -> None:
        self.blocks = blocks
        self.text = "\n".join([block.text for block in blocks])
        self._starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
        self.folded = fold_lines(self.text)
        self._hits = _find_phrases(self.folded, index)
        # The blocks in which a phrase that speaks for boilerplate stands.
        self.spoken = {hit.block for kind, hits in self._hits.items() if kind not in ("references", "keep") for hit in hits}

    def phrases(self, kind: str) -> Sequence[Hit]:
        """Where the phrases of a kind were found."""
        return self._hits.get(kind, ())

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of a pattern (compiled with MULTILINE, never crossing a line feed) with the block it lies in."""
        for found in pattern.finditer(self.text):
            yield bisect_right(self._starts, found.start()) - 1, found


def _find_phrases(lines: Sequence[Sequence[str]], index: PhraseIndex) -> dict[str, list[Hit]]:
    """kind -> the best hit of each block in which it was found."""
    hits: dict[str, list[Hit]] = {}
    for number, words in enumerate(lines):
        if not words:
            continue
        line = " ".join(words)
        found = index.find(line, words)
        if not line.isascii() and UNSPACED.search(line):
            found += index.find_unspaced(line)
        if not found:
            continue
        best: dict[str, Hit] = {}
        for kind, start, end, match in found:
            place = "whole" if end - start >= WHOLE_SHARE * len(line) else "start" if start == 0 else "inside"
            known = best.get(kind)
            if known is None or _PLACES.index(place) < _PLACES.index(known.place):
                best[kind] = Hit(number, place, match)
        for kind, hit in best.items():
            hits.setdefault(kind, []).append(hit)
    return hits


_PLACES = ("whole", "start", "inside")


@dataclass(frozen=True, slots=True)
class Rule:
    """One observation: its id, what to say to a reader (`why`), how to look, and its documentation and examples.

    `kind` is the lexicon kind a phrase rule listens to, "" for the others. `opposes` is True where the rule speaks for
    the article.
    """

    id: str
    doc: str
    why: str
    observe: Callable[[Scene], Iterable[Hit]]
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    kind: str = ""
    opposes: bool = False

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return self.doc.strip().partition("\n")[0]


def phrase_rule(name: str, doc: str | None, why: str, fires: Sequence[str], silent: Sequence[str], opposes: bool = False) -> Rule:
    """A rule that testifies where a phrase of the lexicon kind of the same name stands."""
    rule_id = _rule_id(name)
    return Rule(rule_id, doc or "", why, lambda scene: scene.phrases(rule_id), tuple(fires), tuple(silent), rule_id, opposes)


def pattern_rule(
    name: str,
    doc: str | None,
    why: str,
    pattern: str,
    fires: Sequence[str],
    silent: Sequence[str],
    opposes: bool = False,
    needs: Sequence[str] = (),
) -> Rule:
    """A rule that testifies where a pattern matches inside a block. The pattern must not cross a line feed.

    `needs` are strings of which each match holds one: where none is in the text, the pattern is not tried. Most texts
    hold no address, and a search for a string is a hundred times faster than one for an alternation.
    """
    compiled = re.compile(pattern, re.MULTILINE)

    def observe(scene: Scene) -> Iterator[Hit]:
        if needs and not any(string in scene.text for string in needs):
            return
        last = -1
        for block, found in scene.matches(compiled):
            if block != last:
                last = block
                yield Hit(block, "whole", found[0].strip())

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent), "", opposes)


def short_rule(
    name: str,
    doc: str | None,
    why: str,
    pattern: str,
    longest: int,
    fires: Sequence[str],
    silent: Sequence[str],
    needs: Sequence[str] = (),
) -> Rule:
    """A rule that testifies about blocks of at most `longest` characters that a pattern matches from their start."""
    match = re.compile(pattern).match

    def observe(scene: Scene) -> Iterator[Hit]:
        if needs and not any(string in scene.text for string in needs):
            return
        for number, block in enumerate(scene.blocks):
            if len(block.text) <= longest and match(block.text):
                yield Hit(number, "whole", block.text)

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent))


def block_rule(
    name: str,
    doc: str | None,
    why: str,
    test: Callable[[Scene, int], str | None],
    fires: Sequence[str],
    silent: Sequence[str],
    opposes: bool = False,
) -> Rule:
    """A rule that looks at each block by itself; the test answers with the place that the hit carries, or None."""

    def observe(scene: Scene) -> Iterator[Hit]:
        for number in range(len(scene.blocks)):
            if place := test(scene, number):
                yield Hit(number, place, scene.blocks[number].text)

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent), "", opposes)


def _rule_id(name: str) -> str:
    return name.rpartition(".")[2].replace("_", "-")


# In the order in which `cleaner rules` lists them: what is asked, what is offered, furniture, layout, the article.
_MODULES = (
    "follow", "share", "subscribe", "donate", "join", "download", "comments", "contact", "advertise", "reader_address",
    "site_list", "related", "popular", "next", "tags", "author", "legal", "navigation", "counters", "teaser", "shop",
    "sign_in", "cookies", "email_footer", "credit", "feedback", "network",
    "messenger_link", "social_link", "link_line", "linked_item", "lead_in", "call_paragraph", "payment_address", "email_address", "handle", "hashtags", "copyright_sign",
    "call_emoji", "pipe_row", "separator", "date_line", "number_line", "fragment", "headline", "name", "capitals", "repeated",
    "references", "reference_item", "table_row", "code_line", "log_line", "prose", "quotation",
    "block", "keep",
)  # fmt: skip


@cache
def load_rules() -> Mapping[str, Rule]:
    """All rules by id."""
    rules: list[Rule] = [import_module(f"{__name__}.{module}").RULE for module in _MODULES]
    return {rule.id: rule for rule in rules}
