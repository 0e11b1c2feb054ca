"""Evidence to signals: what is weighed at each place where a document could be cut.

Each candidate gets named numbers about itself (`cleaner.testimony`), its neighbours, what lies behind it and what lies
before it. `cleaner.weights` says what each number counts, `cleaner.cut` decides. A signal is a column over all blocks,
made in a few sweeps: linear in the blocks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, compress
from math import log, log1p
from operator import add, and_, gt, mul, or_, sub, truediv
from typing import Any, NamedTuple

from cleaner.analysis import Analysis
from cleaner.rules.prose import MIDDLE
from cleaner.rules.shape import is_clipped
from cleaner.surroundings import surroundings, weigh_surroundings
from cleaner.testimony import MARKER, Statement, statements
from cleaner.weights import RULES

# Scale of character counts (a paragraph) in the logarithms.
PARAGRAPH = 200.0

# Evidence that has added up to more than this makes no difference any more.
CLIMB_MAX = 60.0
# How much of the recent balance stays from block to block: it reaches back about five blocks.
FADE = 0.8
# So many blocks before the end of a document the same signals weigh differently: a call above three short lines is a
# tail, above a long page it may be a box in an article. Held-out loss 0.477 without this, 0.461 with 12, 0.478 with 4.
NEAR_END = 12
# In the names of the signals that weigh so.
NEAR_PREFIX = "near the end: "
# These do. With all signals in it the weights fit chance: held-out loss 0.321 against 0.317.
NEAR_SIGNALS = frozenset(
    (
        "balance",
        "call",
        "balance of the next three",
        "named in the next three",
        "named density behind",
        "link density behind",
        "climb before, logarithm",
        "markers before",
        "blocks to the next prose",
        "prose behind",
        "plain prose before the comments",
        "longest prose behind",
        "prose density behind",
        "records behind",
        "blocks behind",
        "text before",
        "after a blank line",
        "inside a line",
        "inside a list",
        "previous is a list item",
    )
)
# Up to so many blocks a text is short, from so many on it is long; between them the logarithm counts. An article with three
# lines of promotion below it and a page with a hundred links have little in common: what the signals below weigh in a long
# text and what they weigh besides in a short one are fitted apart. Held-out loss 0.441 without, 0.440 with all signals (they
# fit chance), 0.433 with the 40 that made the largest difference among all, in that order (one of them has gone since).
SHORT_BLOCKS, LONG_BLOCKS = 10, 60
# In the names of the weights that are added in short texts.
SHORT_PREFIX = "in a short text: "
SHORT_SIGNALS = frozenset(
    (
        "at most 1 blocks behind",
        "plain call is last",
        "familiar plain prose behind",
        "after a blank line",
        "recent balance",
        "familiar words behind",
        "familiar words in the previous five",
        "near the end: previous is a list item",
        "balance of the next three",
        "only details of contact behind",
        "near the end: named in the next three",
        "heading of prose",
        "familiar words in the next ten",
        "bare above several paragraphs of the article",
        "no cut: copyright sign in the lower part",
        "at most 32 blocks behind",
        "no cut: a call leads into the last list",
        "named before",
        "no cut",
        "named behind",
        "at most 6 blocks behind",
        "own repeated/whole",
        "own led-item/whole",
        "no cut: plain calls near the end",
        "own network/inside",
        "little before",
        "own separator/whole",
        "links behind",
        "no plain prose behind",
        "near the end: prose density behind",
        "no cut: blocks since the last prose",
        "own site-list/whole",
        "no cut: named before",
        "own author/whole",
        "own link-line/whole",
        "own email-address/whole",
        "familiar words",
        "comments behind",
        "at most 2 blocks behind",
    )
)
# How many blocks a tail has is weighed in steps: those of one to four blocks have little in common with long ones.
# Held-out loss 0.453 without, 0.447 with them.
STEPS = (1, 2, 3, 4, 6, 11, 19, 32, 53, 147)
STEP_NAMES = (*(f"at most {step} blocks behind" for step in STEPS), f"more than {STEPS[-1]} blocks behind")
# A list of links or items of at least this many blocks, this share of them calls, is a list of the publisher's: such a
# list ends 243 labelled documents that have a tail and one that has none.
CALL_LIST_MIN = 4
CALL_LIST_SHARE = 0.3
# A box in an article is shorter (blocks), and the paragraph behind it (characters) goes on with the article's words: of
# 241 such paragraphs with at least as many familiar words as those above, 229 are article, of 108 others 67.
BOX_MAX = 15
PARAGRAPHS_ABOVE = 3
# Paragraphs of at least so many characters, so many blocks ahead, whose share of familiar words is at most so much below
# that of those above, go on with the article. Two or more of them stand behind 10,972 lines of articles and 306 of tails.
LONG_PARAGRAPH = 250
SOON = 20
FAMILIAR_SLACK = 0.05
GOING_ON_MAX = 3
# Paragraphs behind with less than this part of the mean size of those before are small: so in 850 of 1,480 tails.
SMALL = 0.5
# A copyright sign in this part of a document's blocks says that the foot of the page was reached: in 1,395 tails and five
# of 991 articles.
LOWER_PART = 0.7
# More evidence than this at the end of a document makes it no surer.
SOLID_MAX = 20.0


class Candidate(NamedTuple):
    """A place to cut: the index of its block (the number of blocks: no cut) and the signals that are not zero."""

    block: int
    signals: Mapping[str, float]


class Score(NamedTuple):
    """What the signals of a candidate weigh together; the same `block`."""

    block: int
    score: float


def candidates(analysis: Analysis, weights: Mapping[str, float] = RULES, head: int = 0) -> list[Candidate]:
    """Every place where the document could be cut, in order, the last of them its end (no cut).

    `weights` are those of the rules; `head` is how many characters stand before the first block.
    """
    measures = _measure(analysis, weights, head)
    near = len(analysis.blocks) - NEAR_END
    around = surroundings(measures.said)
    found = []
    for place, own, numbers in measures.places():
        signals = {name: float(value) for name, value in zip(measures.numbers, numbers, strict=True) if value}
        if place >= near:
            signals |= {NEAR_PREFIX + name: value for name, value in signals.items() if name in NEAR_SIGNALS}
        found.append(
            Candidate(place, {**dict.fromkeys((*own, _step(len(analysis.blocks) - place)), 1.0), **around[place], **signals})
        )
    found.append(Candidate(len(analysis.blocks), {name: float(value) for name, value in measures.end.items() if value}))
    return found


def scores(analysis: Analysis, signals: Mapping[str, float], head: int = 0) -> list[Score]:
    """What the signals of each candidate weigh together, by `signals` (name -> what one unit adds), in the same order.

    The same as adding up `candidates`, in a fraction of the time: the weights are looked up once for all places.
    """
    measures = _measure(analysis, RULES, head)
    weights = weights_for(signals, len(analysis.blocks))
    weight = weights.get
    far_factors = [weight(name, 0.0) for name in measures.numbers]
    near_factors = [far + weight(NEAR_PREFIX + name, 0.0) for name, far in zip(measures.numbers, far_factors, strict=True)]
    own_sums = {own: sum([weight(name, 0.0) for name in own]) for own in {said.own for said in measures.said}}
    steps = {name: weight(name, 0.0) for name in STEP_NAMES}
    around = weigh_surroundings(measures.said, weights)
    count = len(analysis.blocks)
    near = count - NEAR_END
    found = [
        Score(
            place,
            sum(
                map(mul, near_factors if place >= near else far_factors, numbers),
                own_sums[own] + steps[_step(count - place)] + around[place],
            ),
        )
        for place, own, numbers in measures.places()
    ]
    found.append(Score(len(analysis.blocks), sum([weight(name, 0.0) * value for name, value in measures.end.items()])))
    return found


def weights_for(signals: Mapping[str, float], blocks: int) -> Mapping[str, float]:
    """What one unit of each signal adds in a text of so many blocks."""
    short = shortness(blocks)
    if not short:
        return signals
    weight = signals.get
    return {**signals, **{name: weight(name, 0.0) + short * weight(SHORT_PREFIX + name, 0.0) for name in SHORT_SIGNALS}}


def shortness(blocks: int) -> float:
    """1 for a text of few blocks, 0 for a long one."""
    return min(1.0, max(0.0, log(LONG_BLOCKS / max(1, blocks)) / log(LONG_BLOCKS / SHORT_BLOCKS)))


def _step(behind: int) -> str:
    """The name of the signal that says how many blocks stand behind, the place's own counted."""
    return STEP_NAMES[bisect_left(STEPS, behind)]


class _Measures(NamedTuple):
    """What the rules say about each block, which of the blocks are places to cut, the numbers of the signals by their
    names (a column of all blocks; also those that are zero), and those of the end."""

    said: Sequence[Statement]
    is_place: Sequence[bool]
    numbers: Mapping[str, Iterable[float]]
    end: Mapping[str, float]

    def places(self) -> Iterator[tuple[int, tuple[str, ...], tuple[float, ...]]]:
        """The places in order: the block, the signals that the rules give to it, and its numbers."""
        rows = zip(*self.numbers.values(), strict=False)
        return compress(zip(range(len(self.said)), [said.own for said in self.said], rows, strict=True), self.is_place)


def _measure(analysis: Analysis, weights: Mapping[str, float], head: int) -> _Measures:
    """Measure all blocks, a signal at a time: step by step in C, that takes half the time of block by block."""
    blocks, testimony, prose = analysis.blocks, analysis.testimony, analysis.scene.prose
    count = len(blocks)
    said = statements(testimony, weights)
    balances = [one.balance for one in said]
    is_named = [one.named for one in said]
    is_call = [one.call for one in said]
    is_plain_call = [one.plain_call for one in said]
    is_linked = [one.linked for one in said]
    is_record = [one.record for one in said]
    is_bare = [one.bare for one in said]
    is_marker = [balance > MARKER for balance in balances]
    distinct = [one.distinct for one in said]
    sizes = [len(block.text) for block in blocks]
    gaps = [block.gap for block in blocks]
    items = [block.item for block in blocks]
    is_item = [item > 0 for item in items]
    total = head + sum(sizes) or 1

    behind_links = _behind(is_linked)
    behind_named = _behind(is_named)
    behind_prose = _behind(prose)
    behind_plain = _behind([0 if named else size for named, size in zip(is_named, prose, strict=True)])
    # How much evidence for the article could still come: the largest sum of opposing balances over any stretch ahead.
    fall = _behind(balances, lambda height, balance: max(0.0, height - balance))
    # How many blocks from here to the next paragraph of prose.
    until_prose = _behind(prose, _blocks_without)
    left = range(count, 0, -1)
    nothing_plain = [not size for size in behind_plain]
    prose_shares = [behind / total for behind in behind_prose]

    # What stands before each block, and before the end.
    before = list(accumulate(sizes, initial=head))
    markers = [0, *accumulate(is_marker)]
    named = [0, *accumulate(is_named)]
    climb = list(accumulate(balances, lambda height, balance: max(0.0, height + balance), initial=0.0))
    recent = list(accumulate(balances, lambda mean, balance: mean * FADE + balance * (1 - FADE), initial=0.0))
    summed = [0.0, *accumulate(balances)]
    since_prose = list(accumulate(prose, _blocks_without, initial=0))
    words = [0, *accumulate([one.words for one in analysis.vocabulary])]
    familiar = [0, *accumulate([one.familiar for one in analysis.vocabulary])]
    is_opening = [height < MARKER for height in climb]
    opening_call = list(_both(is_call, is_opening))

    # Of the block before each, and of the one behind it.
    after_prose = [False, *map(bool, prose)]
    next_prose = [*after_prose[2:], False]
    next_linked = [*is_linked[1:], False]
    next_call = [*is_call[1:], False]
    is_detail = [one.detail for one in said]
    calls_otherwise = [call and not detail for call, detail in zip(is_call, is_detail, strict=True)]
    behind_details = _behind(is_detail)
    behind_other_calls = _behind(calls_otherwise)
    is_plain = [size > 0 and not named for size, named in zip(prose, is_named, strict=True)]
    behind_plain_count = _behind(is_plain)
    clipped = [size > 0 and is_clipped(block.text) for size, block in zip(prose, blocks, strict=True)]
    behind_clipped = _behind(clipped)
    is_comment = [one.comment for one in said]
    # The plain prose behind the next heading or form of comments.
    behind_comments = [0.0] * (count + 1)
    for block in range(count - 1, -1, -1):
        behind_comments[block] = behind_plain[block] if is_comment[block] else behind_comments[block + 1]
    shares = [one.familiar / one.words if one.words else 0.0 for one in analysis.vocabulary]
    paragraphs_above = _means_above(prose, shares)
    resumptions = _resumptions(prose, list(map(or_, is_named, clipped)), shares, paragraphs_above)
    going_on = _going_on(prose, list(map(or_, is_named, is_item)), shares, paragraphs_above)

    # The list or run of links with which the document ends, if any, and whether a call leads into it.
    run = count
    while run > 0 and (items[run - 1] or is_linked[run - 1]):
        run -= 1
    run_length = count - run
    run_calls = sum(is_call[run:])
    run_called = run_length > 0 and (is_call[run] or (run > 0 and is_call[run - 1]))
    # The list or run goes with its lead-in where that is a call.
    run_start = run - 1 if run > 0 and is_call[run - 1] else run
    # A list of calls has signals of its own: other lists are directories and sources as well.
    run_of_calls = run_length >= CALL_LIST_MIN and run_calls >= CALL_LIST_SHARE * run_length
    run_opposed = run_length > 0 and run > 0 and "references" in testimony[run - 1]

    # The solid end: blocks that all speak for boilerplate, from the first call among them to the end of the document.
    solid = count
    while solid > 0 and balances[solid - 1] > 0:
        solid -= 1
    while solid < count and not is_call[solid]:
        solid += 1
    solid_balance = min(SOLID_MAX, sum(balances[solid:])) / 10

    def only(block: int, value: float = 1.0) -> list[float]:
        """The value at this block, nothing at the others."""
        return [value if number == block else 0.0 for number in range(count)]

    def from_block(block: int) -> list[bool]:
        """True from this block on."""
        return [False] * min(count, block) + [True] * max(0, count - block)

    def familiarity(start: int, end: int) -> list[float]:
        """The share of words that stood above the block they are in, less a half: in the blocks from `start` to `end`,
        counted from each block."""
        shares = zip(_windows(familiar, start, end), _windows(words, start, end), strict=True)
        return [known / every - 0.5 if every else 0.0 for known, every in shares]

    numbers: dict[str, Iterable[float]] = {
        "opening balance": map(mul, balances, is_opening),
        "opening call": opening_call,
        "call above more of the article": map(mul, is_call, resumptions),
        "bare above more of the article": map(mul, is_bare, resumptions),
        "call above several paragraphs of the article": map(mul, is_call, going_on),
        "bare above several paragraphs of the article": map(mul, is_bare, going_on),
        "separator above a call": [one.separator and called for one, called in zip(said, next_call, strict=False)],
        "clipped paragraphs behind": _logs(behind_clipped),
        "clipped share of the paragraphs behind": [
            number / max(1, every) for number, every in zip(behind_clipped, _behind([size > 0 for size in prose]), strict=True)
        ],
        "comments behind": _logs(_behind(is_comment)),
        "plain prose before the comments": [
            log1p((size - behind) / PARAGRAPH) for size, behind in zip(behind_plain, behind_comments, strict=True)
        ],
        "plain prose behind the comments": _logs([size / PARAGRAPH for size in behind_comments]),
        "paragraphs behind are small": [
            0 < number < behind_plain_count[0]
            and size / number < SMALL * (behind_plain[0] - size) / (behind_plain_count[0] - number)
            for size, number in zip(behind_plain, behind_plain_count, strict=True)
        ],
        "only details of contact behind": [
            details > 0 and not others for details, others in zip(behind_details, behind_other_calls, strict=True)
        ],
        "familiar plain prose behind": _logs(
            [
                size / PARAGRAPH
                for size in _behind([size * share * plain for size, share, plain in zip(prose, shares, is_plain, strict=True)])
            ]
        ),
        "inside the solid end": from_block(solid + 1),
        "blocks to the next prose": _logs(until_prose),
        "climb before": [min(height, CLIMB_MAX) / 10 for height in climb],
        "climb before, logarithm": _logs(climb),
        "fall ahead": _logs(fall),
        "fall of what follows": _logs(fall[1:]),
        "heading of prose": _both(is_bare, next_prose),
        "bare between fragments": [
            bare and not before and not behind
            for bare, before, behind in zip(is_bare, [True, *after_prose[1:]], next_prose, strict=False)
        ],
        "bare after prose": _both(is_bare, after_prose),
        "bare": is_bare,
        "call": is_call,
        "plain call": is_plain_call,
        "plain call is last": map(mul, is_plain_call, only(count - 1)),
        "call that leads into the last list": [
            run_called and call and number in (run - 1, run) for number, call in enumerate(is_call)
        ],
        "starts a last list of calls": only(run_start, run_of_calls),
        "named lead-in of links": _both(is_named, next_linked),
        "links behind": _logs(behind_links),
        "link density behind": map(truediv, behind_links, left),
        "named behind": _logs(behind_named),
        "named before": _logs(named),
        "named density behind": map(truediv, behind_named, left),
        "named in the next three": _windows(named, 1, 4),
        "first named": map(gt, is_named, named),
        "balance": balances,
        "balance of the next": [*balances[1:], 0.0],
        "balance of the next three": [balance / 3 for balance in _windows(summed, 1, 4)],
        "balance of the next ten": [balance / 10 for balance in _windows(summed, 1, 11)],
        "balance of the previous": [0.0, *balances],
        "recent balance": recent,
        "markers before": _logs(markers),
        "prose behind": _logs([size / PARAGRAPH for size in behind_prose]),
        "plain prose behind": _logs([size / PARAGRAPH for size in behind_plain]),
        "no plain prose behind": nothing_plain,
        "marker with no plain prose behind": _both(is_marker, nothing_plain),
        "prose share behind": prose_shares,
        "longest prose behind": _logs([size / PARAGRAPH for size in _behind(prose, max)]),
        "prose density behind": [behind / (total - above) for behind, above in zip(behind_prose[:count], before, strict=False)],
        "records behind": _logs(_behind(is_record)),
        "blocks behind": _logs(left),
        "text before": _logs([size / PARAGRAPH for size in before]),
        "little before": [size < PARAGRAPH for size in before],
        "previous ends a sentence": [False, *analysis.scene.ends],
        "after a blank line": [gap > 0 for gap in gaps],
        "inside a line": [gap < 0 for gap in gaps],
        "familiar words": familiarity(0, 1),
        "familiar words in the next ten": familiarity(0, 10),
        "familiar words behind": familiarity(0, count),
        "familiar words in the previous five": familiarity(-5, 0),
        "inside a list": [item > 1 for item in items],
        "previous is a list item": [False, *is_item],
    }
    last = count - 1
    end: dict[str, float] = {
        "no cut": 1.0,
        "no cut: balance of the last": balances[last] if count else 0.0,
        "no cut: recent balance": recent[count],
        "no cut: markers before": log1p(markers[count]),
        "no cut: blocks since the last prose": log1p(since_prose[count]),
        "no cut: climb": min(climb[count], CLIMB_MAX) / 10,
        "no cut: named before": log1p(named[count]),
        "no cut: last is prose": count > 0 and prose[last] > 0,
        "no cut: last ends a sentence": count > 0 and analysis.scene.ends[last],
        "no cut: text before": log1p(before[count] / PARAGRAPH),
        "no cut: distinct calls": log1p(max(distinct[-NEAR_END:], default=0)),
        "no cut: records at the end": log1p(sum(is_record[-NEAR_END:])),
        "no cut: a solid end": solid < count,
        "no cut: balance of the solid end": solid_balance,
        "no cut: a call leads into the last list": run_called and not run_of_calls,
        "no cut: references lead into the last list": run_opposed,
        "no cut: a list of calls is last": run_of_calls,
        "no cut: long last list": 0.0 if run_of_calls else log1p(run_length),
        "no cut: last is a call": count > 0 and is_call[last],
        "no cut: last is a plain call": count > 0 and is_plain_call[last],
        "no cut: plain calls near the end": log1p(sum(is_plain_call[-NEAR_END:])),
        "no cut: copyright sign in the lower part": any(one.copyright for one in said[int((1 - LOWER_PART) * count) :]),
    }
    is_place = [one.named or (one.promotes and not size) for one, size in zip(said, prose, strict=True)]
    return _Measures(said, is_place, numbers, end)


def _means_above(prose: Sequence[int], shares: Sequence[float]) -> list[float]:
    """For each block the mean share of familiar words in the last paragraphs above it."""
    found = []
    above: list[float] = []
    for size, share in zip(prose, shares, strict=True):
        found.append(sum(above) / len(above) if above else 0.0)
        if size >= MIDDLE:
            above = [*above, share][-PARAGRAPHS_ABOVE:]
    return found


def _resumptions(prose: Sequence[int], excluded: Sequence[bool], shares: Sequence[float], means: Sequence[float]) -> list[float]:
    """For each block how much more (or less) familiar the next paragraph is than those above, by its size in paragraphs.

    `excluded` are those in which a call stands, and teasers that break off.
    """
    count = len(prose)
    # The next paragraph behind each block.
    following = [count] * count
    for block in range(count - 2, -1, -1):
        following[block] = block + 1 if prose[block + 1] >= MIDDLE else following[block + 1]
    return [
        (shares[paragraph] - means[block]) * log1p(prose[paragraph] / PARAGRAPH)
        if paragraph < count and paragraph - block <= BOX_MAX and not excluded[paragraph]
        else 0.0
        for block, paragraph in enumerate(following)
    ]


def _going_on(prose: Sequence[int], excluded: Sequence[bool], shares: Sequence[float], means: Sequence[float]) -> list[int]:
    """For each block how many of the paragraphs soon behind it go on in the words of those above, three at most.

    `excluded` are those in which a call stands, and list items: a list of a publisher's sites has paragraphs as well.
    """
    paragraphs = [block for block, size in enumerate(prose) if size >= LONG_PARAGRAPH and not excluded[block]]
    found = []
    for block, mean in enumerate(means):
        soon = paragraphs[bisect_right(paragraphs, block) : bisect_right(paragraphs, block + SOON)]
        found.append(min(GOING_ON_MAX, sum([shares[one] >= mean - FAMILIAR_SLACK for one in soon])))
    return found


# Signal by signal, lazily: nothing is made of a column but the rows of its places.
_logs = partial(map, log1p)
_both = partial(map, and_)


def _windows(sums: Sequence[float], start: int, end: int) -> Iterator[float]:
    """What stands in the blocks from `start` to `end`, counted from each block; `sums` are those before each block."""
    return map(sub, _shifted(sums, end), _shifted(sums, start))


def _shifted(sums: Sequence[float], blocks: int) -> Sequence[float]:
    return [*[sums[0]] * -blocks, *sums] if blocks < 0 else [*sums[blocks:], *[sums[-1]] * blocks]


def _behind(values: Sequence[float], step: Callable[[Any, Any], Any] = add) -> Sequence[float]:
    """What the values from each block to the end of the document, added up from there, come to; 0 at the end."""
    return list(accumulate(reversed(values), step, initial=0))[::-1]


def _blocks_without(blocks: int, prose: float) -> int:
    return 0 if prose else blocks + 1
