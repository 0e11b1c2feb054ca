"""A decision as the figures behind it: what each place had, which reason settled it, and which signals made the difference.

`cleaner.cut` decides and `cleaner.signals` measures; here both are asked again, about a text that has been judged, so
the figures are those of the decision. Only who wants an explanation pays for one. How it reads is for `render`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from cleaner.cut import BODILESS_MAX, SAFETY, Decision, Place, body_end, likelihoods, look_at, settle
from cleaner.lines import count_breaks
from cleaner.model import Block, Guard, Level, Result
from cleaner.signals import NEAR_PREFIX, Candidate, Score, candidates, scores, weights_for
from cleaner.weights import SIGNALS

if TYPE_CHECKING:
    from cleaner.pipeline import Judgement


class Reason(Enum):
    """What settles where the tail starts. A guard may keep the text all the same; with PROMOTION one always does."""

    SAFE = "the first place that is safe enough"
    BLOCK = "a line that the user's rules name"
    PROMOTION = "a tail that starts before there is an article"
    UNSAFE = "no place is safe enough"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a reader finds it: its line (from 1), whether it starts `inside` that line, and its text.

    `likely` is the probability that the tail starts there, `safe` that it has begun by then.
    """

    line: int
    inside: bool
    text: str
    likely: float
    safe: float


@dataclass(frozen=True, slots=True)
class Part:
    """A signal's share in the difference between the scores of two places: its weight in a text of this length, its value
    `here` and `there`.

    `near_end`: the weight that it has besides near the end of a document is added.
    """

    signal: str
    weight: float
    here: float
    there: float
    near_end: bool = False

    @property
    def difference(self) -> float:
        """By how much this signal alone raises the score of the one place above that of the other."""
        return self.weight * (self.here - self.there)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A place and its likeliest rival (None: no cut). `difference` is that of their scores: the logarithm of how many
    times as likely the place is. The parts add up to it, the largest first; signals that are equal in both are left out."""

    spot: Spot
    rival: Spot | None
    rival_likely: float
    difference: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document was cut where it was, or was not.

    `level` is the one that decided, `safety` the probability that it asks for. `cut_before` is where a first look had cut
    the text when the rest was judged (None: all of it was). `spots` holds every place in order, with that of a line that the
    user's rules name. `chosen` is the one at which the tail starts, or would but for the `guard`; `before` the one above
    it. `no_cut` is the probability that there is no tail. `elsewhere` says where the other levels would cut (None: not
    at all). `first_line` is where reading began. There is no `comparison` where no score was asked.
    """

    level: Level
    safety: float
    cut_before: Spot | None
    reason: Reason
    guard: Guard | None
    spots: tuple[Spot, ...]
    chosen: Spot | None
    before: Spot | None
    no_cut: float
    first_line: int
    elsewhere: tuple[tuple[Level, Spot | None], ...]
    comparison: Comparison | None


def explain(judgement: Judgement, result: Result) -> Explanation:
    """How the judgement about `result.original` came about, which was made at the level of the result."""
    head, whole, (decision, (analysis, places), level) = judgement
    blocks, testimony = analysis.blocks, analysis.testimony
    scored = scores(analysis, SIGNALS, head)
    likely = likelihoods(scored)
    standing = {place.block: place for place in places}
    safety = SAFETY[level]
    body = body_end(blocks, testimony)
    reason = _reason(decision, places, safety, body)
    named = next((number for number, spoken in enumerate(testimony) if "block" in spoken), None)
    block = _chosen_block(reason, decision, places, named)

    def spot(number: int) -> Spot:
        return _spot(whole.blocks[number], standing.get(number) or _unweighed(places, number))

    shown = sorted(standing.keys() | ({block} if block is not None else set()))
    spots = {number: spot(number) for number in shown}
    earlier = max((number for number in shown if block is not None and number < block), default=None)
    rest = len(blocks)
    first = judgement.settlement.look if rest == len(whole.blocks) else look_at(whole, head)
    others = {other: settle(first, other, head).decision for other in Level if other is not result.level}
    pair = _pair(reason, scored, likely, block, body)
    return Explanation(
        level=level,
        safety=safety,
        cut_before=spot(rest) if rest < len(whole.blocks) else None,
        reason=reason,
        guard=decision.guard if decision else None,
        spots=tuple(spots.values()),
        chosen=spots[block] if block is not None else None,
        before=spots[earlier] if earlier is not None else None,
        no_cut=likely[-1],
        first_line=count_breaks(result.original[:head]) + 1,
        elsewhere=tuple(
            (name, spot(other.block) if other is not None and other.guard is None else None) for name, other in others.items()
        ),
        comparison=_compare(candidates(analysis, head=head), scored, likely, pair, spots) if pair is not None else None,
    )


def _reason(decision: Decision | None, places: Sequence[Place], safety: float, body: int) -> Reason:
    if decision is None:
        return Reason.UNSAFE
    if any(place.block < body and place.safe >= BODILESS_MAX for place in places):
        return Reason.PROMOTION
    weighed = any(place.block == decision.block and place.safe >= safety for place in places)
    return Reason.SAFE if weighed else Reason.BLOCK


def _chosen_block(reason: Reason, decision: Decision | None, places: Sequence[Place], named: int | None) -> int | None:
    """The block at which the tail starts, or would; a decision to keep promotion names the start of the text instead."""
    if decision is None:
        return None
    if reason is Reason.PROMOTION:
        return next(place.block for place in places if place.safe >= BODILESS_MAX)
    if reason is Reason.BLOCK and decision.guard is not None:
        return named
    return decision.block


def _unweighed(places: Sequence[Place], block: int) -> Place:
    """A line that only the user's rules name: it has no likelihood, and the sum of the places above it."""
    return Place(block, 0.0, max((place.safe for place in places if place.block < block), default=0.0))


def _spot(block: Block, place: Place) -> Spot:
    """The place as a reader finds it."""
    return Spot(block.line + 1, block.gap < 0, block.text, place.likely, place.safe)


def _pair(
    reason: Reason, scored: Sequence[Score], likely: Sequence[float], block: int | None, body: int
) -> tuple[int, int] | None:
    """Which candidates to compare: the chosen place with the likeliest other; where nothing is cut, the likeliest place
    with no cut. None where the user's rules decided, or there is no place."""
    end = len(scored) - 1
    if reason is Reason.BLOCK or end == 0:
        return None
    if reason is Reason.SAFE:
        here = next(number for number, one in enumerate(scored) if one.block == block)
    else:
        among = [number for number in range(end) if reason is Reason.UNSAFE or scored[number].block < body]
        here = max(among, key=lambda number: likely[number])
    if reason is Reason.UNSAFE:
        return here, end
    return here, max((number for number in range(end + 1) if number != here), key=lambda number: likely[number])


def _compare(
    found: Sequence[Candidate],
    scored: Sequence[Score],
    likely: Sequence[float],
    pair: tuple[int, int],
    spots: dict[int, Spot],
) -> Comparison:
    here, there = pair
    parts = _parts(found[here].signals, found[there].signals, weights_for(SIGNALS, blocks=found[-1].block))
    return Comparison(
        spot=spots[scored[here].block],
        rival=spots.get(scored[there].block),
        rival_likely=likely[there],
        difference=scored[here].score - scored[there].score,
        parts=tuple(sorted(parts, key=lambda one: (-abs(one.difference), one.signal))),
    )


def _parts(here: Mapping[str, float], there: Mapping[str, float], weights: Mapping[str, float]) -> Iterator[Part]:
    """The signals that make a difference between two places, by their weights in this text."""
    for name in {name.removeprefix(NEAR_PREFIX) for name in here.keys() | there.keys()}:
        own, near = (
            Part(each, weights.get(each, 0.0), here.get(each, 0.0), there.get(each, 0.0)) for each in (name, NEAR_PREFIX + name)
        )
        # Their weights often oppose each other: shown apart, two large parts would hide that little remains of them.
        together = (own.here, own.there) == (near.here, near.there)
        merged = Part(name, own.weight + near.weight, own.here, own.there, near_end=True)
        yield from (one for one in ([merged] if together else [own, near]) if one.difference)
