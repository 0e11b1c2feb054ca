"""Evidence to a decision: the one place that decides whether a document is cut, and where.

Every place gets a score, the sum of its signals times their weights; so has the end of the document (no cut). The
scores of one document are made into probabilities that sum to one (a conditional logit): how likely each place is the
start of the tail. Added up from the top, they say how likely it is that the tail has begun by then, which is: that
nothing of the article is lost by cutting there. The first place at which this sum reaches the level's safety is the
cut. The weights are fitted on labelled documents by `tests/bench/calibrate.py`.

A line that a user's `block` names is a cut without a score; above a line that a user's `keep` names there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from cleaner.model import Block, Guard, Level
from cleaner.signals import MARKER, Candidate, Testimony, balance

# The probability that nothing of the article is lost, asked for at each level. On held-out documents of the sets pages,
# pages-multi and short, these lose text in 1, 3 and 6 of 100.
SAFETY = {Level.CAUTIOUS: 0.985, Level.NORMAL: 0.93, Level.THOROUGH: 0.8}
# Certainty is shown no closer to one than the calibration can tell: at 0.999 one document in 1,000 still loses text.
CERTAINTY_MAX = 0.999
# What must stay for a cut to be thinkable, in characters that are not boilerplate themselves. The shortest article of
# the labelled documents has 61; a greeting above a list of links has 20 to 30.
BODY_MIN = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place to cut: its block, how likely it is the tail's start, and how likely the tail has begun by then."""

    block: int
    likely: float
    safe: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The block at which the tail starts, with the probability that nothing of the article is lost there (`confidence`)
    and at the place before (`earlier`); `guard` where the document is kept whole all the same."""

    block: int
    confidence: float
    earlier: float
    guard: Guard | None = None

    @property
    def score(self) -> float:
        """The logarithm of the odds of `confidence`."""
        return log(self.confidence / (1 - self.confidence))


def weigh(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Place]:
    """The places in order; the end of the document, which is no place to cut, has its share of the likelihood."""
    scores = [sum([weights.get(name, 0.0) * value for name, value in one.signals.items()]) for one in candidates]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    total = sum(odds)
    safe = 0.0
    places = []
    for candidate, odd in zip(candidates[:-1], odds, strict=False):
        safe += odd / total
        places.append(Place(candidate.block, odd / total, safe))
    return places


def decide(places: Sequence[Place], blocks: Sequence[Block], testimony: Testimony, level: Level) -> Decision | None:
    """The first place that is safe enough at this level and allowed by the user's rules, or None."""
    wanted = _first_safe(places, SAFETY[level])
    blocked = next((number for number, spoken in enumerate(testimony) if "block" in spoken), None)
    if blocked is not None and (wanted is None or blocked < wanted.block):
        wanted = Decision(blocked, CERTAINTY_MAX, 0.0)
    if wanted is None:
        return None
    floor = _floor(blocks, testimony)
    if wanted.block < floor:
        kept = Guard("keep", f"line {blocks[floor - 1].last_line + 1} holds a phrase that the rules file says to keep")
        below = [place for place in places if place.block >= floor]
        wanted = _first_safe(below, SAFETY[level]) or Decision(wanted.block, wanted.confidence, wanted.earlier, kept)
    return wanted if wanted.guard else _with_body(wanted, blocks, testimony)


def _first_safe(places: Sequence[Place], safety: float) -> Decision | None:
    earlier = 0.0
    for place in places:
        if place.safe >= safety:
            return Decision(place.block, min(place.safe, CERTAINTY_MAX), earlier)
        earlier = place.safe
    return None


def _floor(blocks: Sequence[Block], testimony: Testimony) -> int:
    """The first block behind the last line that holds a phrase to keep."""
    for number in range(len(blocks) - 1, -1, -1):
        if "keep" in testimony[number]:
            line = blocks[number].last_line
            return next((after for after in range(number, len(blocks)) if blocks[after].line > line), len(blocks))
    return 0


def _with_body(decision: Decision, blocks: Sequence[Block], testimony: Testimony) -> Decision:
    body = sum(
        len(block.text)
        for block, spoken in zip(blocks[: decision.block], testimony, strict=False)
        if balance(spoken) <= MARKER
    )
    if body >= BODY_MIN:
        return decision
    guard = Guard("nothing-left", "nothing of an article would be left above the cut")
    return Decision(decision.block, decision.confidence, decision.earlier, guard)
