"""What a rule is, what it sees, and the registry of all rules.

A rule is one named observation about text. It testifies (`Hit`), it never decides; what its testimony weighs is in
`cleaner.weights`, fitted on labelled documents. One rule is one file, named as its id, with a docstring (what it
observes, why that speaks for boilerplate, when it misleads) and examples that must fire and that must stay silent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleaner.lines import split_sentences
from cleaner.model import Block
from cleaner.phrases import UNSPACED, PhraseIndex, fold_lines
from cleaner.rules.shape import ends_sentence, prose_size

# A phrase that covers this share of its line is what the line says; below, the line says something else as well.
# "Follow us on Twitter and Facebook" is covered to 0.5 by "follow us on"; tails begin 9 times as often with such lines.
WHOLE_SHARE = 0.5


class Hit(NamedTuple):
    """A rule's testimony about one block. `place` says how much of the block it speaks about: "whole", "start" (the
    block begins with it), "sentence" (a later sentence of it does) or "inside". `match` is the folded phrase or the text that was seen."""

    block: int
    place: str
    match: str


class Reading(NamedTuple):
    """The text of one block, read: its folded words, and the phrases that stand in it (kind -> place and match of the
    one that says the most about the block)."""

    words: Sequence[str]
    phrases: Mapping[str, tuple[str, str]]

    @property
    def speaks(self) -> bool:
        """True where a phrase that speaks for boilerplate stands in the block."""
        return not self.phrases.keys() <= _NO_SPEECH


class Scene:
    """One document as rules see it: its blocks, their texts, the words of each folded, and the phrases found in them.

    `read` holds what was read before, by the text of the block; it is added to. What stands twice in a document, and
    what stays when blocks are divided, is so read once.
    """

    def __init__(self, blocks: Sequence[Block], index: PhraseIndex, read: dict[str, Reading] | None = None) -> None:
        self.blocks = blocks
        self.texts = [block.text for block in blocks]
        # One block a line.
        self.text = "\n".join(self.texts)
        # Where each block starts in it.
        self.starts = [0, *accumulate(len(text) + 1 for text in self.texts)]
        self._index = index
        self._read = read = {} if read is None else read
        read_texts(self.texts, index, read)
        readings = [read[text] for text in self.texts]
        self.folded = [reading.words for reading in readings]
        self.ends = list(map(ends_sentence, self.texts))
        self.prose = list(map(prose_size, self.texts, self.ends))
        # The blocks that start with no letter: with a list marker, an emoji, a quotation mark, a number, a rule line.
        self.unlettered = [number for number, text in enumerate(self.texts) if not text[:1].isalpha()]
        self._holding: dict[Sequence[str], list[int]] = {}
        self._up_to: dict[int, list[int]] = {}
        self._hits: dict[str, list[Hit]] = {}
        for number, reading in enumerate(readings):
            for kind, said in reading.phrases.items():
                self._hits.setdefault(kind, []).append(Hit(number, *said))
        # The blocks in which a phrase that speaks for boilerplate stands.
        self.spoken = {number for number, reading in enumerate(readings) if reading.phrases and reading.speaks}

    def first(self, count: int) -> Scene:
        """The scene of the first `count` blocks alone. What was found in them holds there as well."""
        scene = Scene.__new__(Scene)
        scene.blocks, scene.texts, scene.folded = self.blocks[:count], self.texts[:count], self.folded[:count]
        scene.starts = self.starts[: count + 1]
        scene.text = self.text[: scene.starts[-1] - 1] if count else ""
        scene.ends, scene.prose = self.ends[:count], self.prose[:count]
        scene.unlettered = _first(self.unlettered, count)
        scene.spoken = {number for number in self.spoken if number < count}
        scene._index, scene._read = self._index, self._read
        scene._holding = {strings: _first(found, count) for strings, found in self._holding.items()}
        scene._up_to = {size: _first(found, count) for size, found in self._up_to.items()}
        scene._hits = {kind: [hit for hit in hits if hit.block < count] for kind, hits in self._hits.items()}
        return scene

    def phrases(self, kind: str) -> Sequence[Hit]:
        """Where the phrases of a kind were found."""
        return self._hits.get(kind, ())

    @property
    def calling(self) -> set[int]:
        """The blocks in which a phrase stands that is more than the name of a section."""
        return {number for number in self.spoken if self._read[self.texts[number]].phrases.keys() - _NO_CALLS}

    def kinds(self, number: int) -> set[str]:
        """The kinds of phrases in a block that speak for boilerplate and are more than the name of a section or network."""
        return self._read[self.texts[number]].phrases.keys() - _NO_CALLS - {"network"}

    def called(self, parts: Iterable[str]) -> set[str]:
        """Those of the parts of blocks that are, as a whole, a phrase that speaks for boilerplate."""
        return {
            part
            for part, reading in self._readings(parts)
            if any(place == "whole" and kind not in _NO_SPEECH for kind, (place, _) in reading.phrases.items())
        }

    def speaking(self, parts: Iterable[str]) -> set[str]:
        """Those of the parts of blocks in which a phrase that speaks for boilerplate stands."""
        return {part for part, reading in self._readings(parts) if reading.speaks}

    def _readings(self, parts: Iterable[str]) -> list[tuple[str, Reading]]:
        distinct = set(parts)
        read_texts(distinct, self._index, self._read)
        return [(part, self._read[part]) for part in distinct]

    def holding(self, strings: Sequence[str], sign: str = "") -> Sequence[int]:
        """The blocks that hold one of the strings, in order; of those that hold the sign, where one is given.

        A search for one character is ten times as fast as one for a string.
        """
        if sign:
            texts = self.texts
            return [number for number in self.holding((sign,)) if any(string in texts[number] for string in strings)]
        found = self._holding.get(strings)
        if found is None:
            text, starts = self.text, self.starts
            numbers: set[int] = set()
            for string in strings:
                place = text.find(string)
                while place >= 0:
                    number = bisect_right(starts, place)
                    numbers.add(number - 1)
                    place = text.find(string, starts[number])
            found = self._holding[strings] = sorted(numbers)
        return found

    def worth(self, needs: Sequence[str], lettered: bool) -> Sequence[int]:
        """The blocks in which a pattern is worth trying that needs these strings, and a letter at the start or none."""
        return self.holding(needs) if needs else range(len(self.texts)) if lettered else self.unlettered

    def up_to(self, size: int) -> Sequence[int]:
        """The blocks of at most so many characters, in order."""
        found = self._up_to.get(size)
        if found is None:
            found = self._up_to[size] = [number for number, text in enumerate(self.texts) if len(text) <= size]
        return found


def _first(numbers: list[int], count: int) -> list[int]:
    """Those of the blocks, which are in order, that are among the first so many."""
    return numbers[: bisect_left(numbers, count)]


def read_texts(texts: Iterable[str], index: PhraseIndex, read: dict[str, Reading]) -> None:
    """Add to `read` what it does not hold yet."""
    texts = list(dict.fromkeys([text for text in texts if text not in read]))
    lines = fold_lines("\n".join(texts)) if texts else []
    found = index.find(lines)
    for number, (text, words) in enumerate(zip(texts, lines, strict=True)):
        matches = found.get(number, [])
        if not text.isascii() and UNSPACED.search(line := " ".join(words)):
            matches += index.find_unspaced(line)
        best: dict[str, tuple[str, str]] = {}
        size = sum(map(len, words)) + len(words) - 1 if matches else 0
        # "Like what we do? Buy us a coffee" asks, "she runs the shop; buy us a coffee, she said" does not. Held-out loss
        # of the pages 0.738 without, 0.728 with it.
        openings = _openings(text) if any(match.start for match in matches) else ""
        for kind, start, end, match in matches:
            place = "whole" if end - start >= WHOLE_SHARE * size else "start" if start == 0 else "inside"
            if place == "inside" and f"\n{match} " in openings:
                place = "sentence"
            if kind not in best or _PLACES.index(place) < _PLACES.index(best[kind][0]):
                best[kind] = place, match
        read[text] = Reading(words, best)


def _openings(text: str) -> str:
    """The sentences of a text from the second on, folded, each behind a line feed and with a space behind it."""
    starts = split_sentences(text)[1:]
    if not starts:
        return ""
    sentences = fold_lines("\n".join([" ".join(text[start:end].split()) for start, end in pairwise([*starts, len(text)])]))
    return "".join([f"\n{' '.join(words)} " for words in sentences])


# Kinds of phrases that speak for the article, and those besides that ask for nothing.
_NO_SPEECH = frozenset(("references", "keep"))
_NO_CALLS = _NO_SPEECH | {"section"}
_PLACES = ("whole", "start", "sentence", "inside")


class Rule(NamedTuple):
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
    sign: str = "",
) -> Rule:
    """A rule that testifies where a pattern matches inside a block. The pattern must not cross a line feed.

    `needs` are strings of which each match holds one: where none is in the block, the pattern is not tried. Most texts
    hold no address, and a search for a string is a hundred times faster than one for an alternation. `sign` is a
    character that each match holds.
    """

    def observe(scene: Scene) -> Iterator[Hit]:
        for number in scene.holding(needs, sign):
            if found := _compiled(pattern).search(scene.text, scene.starts[number], scene.starts[number + 1] - 1):
                yield Hit(number, "whole", found[0].strip())

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent), "", opposes)


def start_rule(
    name: str,
    doc: str | None,
    why: str,
    pattern: str,
    fires: Sequence[str],
    silent: Sequence[str],
    opposes: bool = False,
    needs: Sequence[str] = (),
    lettered: bool = True,
) -> Rule:
    """A rule that testifies where a pattern matches from the start of a block; `needs` as in `pattern_rule`.

    `lettered` is False where no match starts with a letter, as nine blocks of ten do. Tried once a block, where a pattern
    with "^" would be tried at each character.
    """

    def observe(scene: Scene) -> Iterator[Hit]:
        match = _compiled(pattern).match
        for number in scene.worth(needs, lettered):
            if match(scene.text, scene.starts[number], scene.starts[number + 1] - 1):
                yield Hit(number, "whole", scene.texts[number])

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
    lettered: bool = True,
) -> Rule:
    """A rule that testifies about blocks of at most `longest` characters that a pattern matches from their start.

    `needs` and `lettered` as in `start_rule`.
    """

    def observe(scene: Scene) -> Iterator[Hit]:
        match = _compiled(pattern).match
        for number in scene.worth(needs, lettered):
            text = scene.texts[number]
            if len(text) <= longest and match(text):
                yield Hit(number, "whole", text)

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first needed: a pipe run never needs most of the patterns."""
    return re.compile(pattern, re.MULTILINE)


def block_rule(
    name: str,
    doc: str | None,
    why: str,
    among: Callable[[Scene], Sequence[int]],
    test: Callable[[Scene, int], str | None],
    fires: Sequence[str],
    silent: Sequence[str],
    opposes: bool = False,
) -> Rule:
    """A rule that looks at each block by itself; the test answers with the place that the hit carries, or None. It is
    asked about the blocks of `among`."""

    def observe(scene: Scene) -> Iterator[Hit]:
        for number in among(scene):
            if place := test(scene, number):
                yield Hit(number, place, scene.texts[number])

    return Rule(_rule_id(name), doc or "", why, observe, tuple(fires), tuple(silent), "", opposes)


def _rule_id(name: str) -> str:
    return name.rpartition(".")[2].replace("_", "-")


# In the order in which `cleaner rules` lists them: what is asked, what is offered, furniture, layout, the article.
_SAID = (
    "follow", "share", "subscribe", "donate", "join", "download", "comments", "contact", "advertise", "reader-address",
    "site-list", "related", "popular", "next", "tags", "author", "legal", "navigation", "counters", "teaser", "shop",
    "sign-in", "cookies", "email-footer", "credit", "feedback", "network", "section",
)  # fmt: skip
_SEEN = (
    "messenger-link", "social-link", "link-line", "linked-item", "lead-in", "call-paragraph", "payment-address", "email-address",
    "handle", "hashtags", "several-calls", "copyright-sign", "call-emoji", "button-row", "pager", "dated-item", "form-field", "end-label", "said",
    "pipe-row", "separator", "date-line", "number-line", "fragment", "headline", "name", "capitals", "repeated", "cut-off", "foreign-script",
)  # fmt: skip
# Speak for the article, with "references" and a user's "keep"; "label-line" does in long runs alone.
CONTENT_RULES = (
    "reference-item", "led-item", "recurring", "label-line", "table-row", "code-line", "log-line",
    "source-markup", "quoted-call", "prose", "quotation",
)  # fmt: skip
_NAMES = (*_SAID, *_SEEN, "references", *CONTENT_RULES, "block", "keep")
# The rules whose testimony about a block can change with what stands behind it.
_LOOKING_AHEAD = frozenset(
    (
        "lead-in", "call-paragraph", "dated-item", "form-field", "end-label", "repeated", "cut-off", "recurring", "label-line",
        "table-row", "code-line", "source-markup",
    )
)  # fmt: skip
# The rules that repeat what the lexicons say: their testimony is known without them.
PHRASE_RULES = frozenset((*_SAID, "references", "block", "keep"))


class Rules(Mapping[str, Rule]):
    """Rules by id, in order. The file of a rule is imported when the rule is asked for: half of them only explain."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Rule:
        if name not in self._names:
            raise KeyError(name)
        return _rule(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def without(self, names: Collection[str]) -> Rules:
        """The others."""
        return Rules(name for name in self if name not in names)

    def looking_ahead(self) -> Rules:
        """Those whose testimony about a block can change with what stands behind it."""
        return Rules(name for name in self if name in _LOOKING_AHEAD)

    def observe(self, scene: Scene) -> Iterator[tuple[str, Hit]]:
        """What each rule says about a scene: its id and where it speaks."""
        for name in self:
            for hit in scene.phrases(name) if name in PHRASE_RULES else self[name].observe(scene):
                yield name, hit


@cache
def _rule(name: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{name.replace('-', '_')}").RULE
    return rule


def load_rules() -> Rules:
    """All rules by id."""
    return Rules(_NAMES)
