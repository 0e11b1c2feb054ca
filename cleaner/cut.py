"""Evidence to a decision: the one place that decides whether a document is cut, and where.

Every place gets a score, the sum of its signals times their weights; so has the end of the document (no cut). The
scores of one document are made into probabilities that sum to one (a conditional logit): how likely each place is the
start of the tail. Added up from the top, they say how likely it is that the tail has begun by then, which is: that
nothing of the article is lost by cutting there. The first place at which this sum reaches the level's safety is the
cut. The weights are fitted on labelled documents by `tests/bench/calibrate.py`.

A line that a user's `block` names is a cut without a score; above a line that a user's `keep` names there is none.

What a cut leaves is judged by itself, as it will be when somebody cleans it again, and cut where it has to be, until it
stays as it is: cleaning twice must not take more than cleaning once. Without that 5.4 in 100 labelled documents lost more the
second time. On held-out documents the figures of both ways lie on one curve: at the same safety pages lose no line of
their articles in 98.4 (97.8 with it) and are cut exactly in 57.5 (60.4) of 100, the set short in 98.3 (98.1) and 73.9 (75.8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import NamedTuple

from cleaner.analysis import Analysis
from cleaner.model import Block, Guard, Level
from cleaner.signals import Score, scores
from cleaner.testimony import MARKER, RECORDS, Testimony, balance
from cleaner.weights import SIGNALS

# The probability that nothing of the article is lost, asked for at each level. On held-out documents of the sets pages,
# pages-multi and short, these lose text in 0.5, 1.7 and 3.6 of 100.
SAFETY = {Level.CAUTIOUS: 0.99, Level.NORMAL: 0.927, Level.THOROUGH: 0.82}
# Certainty is shown no closer to one than the calibration can tell: at 0.999 one document in 1,000 still loses text.
CERTAINTY_MAX = 0.999
# What must stay for a cut to be thinkable, in characters that are not boilerplate themselves. The shortest article of
# the labelled documents has 61; a greeting above a list of links has 20 to 30.
BODY_MIN = 40
# Where the tail has more likely than not begun before that much stands, the text is promotion as a whole.
BODILESS_MAX = 0.5
# The share of the text that may stand in rows, code and log entries. Above, a phrase is a cell, a string or a message;
# two of 3,472 labelled documents have more, and one of them is an article.
RECORDS_MAX = 0.6
# What a cut leaves is only looked at where the tail may have begun above: of some 4,000 cuts of labelled documents with a lower
# probability of that, at all levels, one would be followed by another.
SECOND_LOOK_MIN = 0.1
# So many looks at a text and no more: work grows with the text on hostile input too. No labelled document takes more than 9.
LOOKS_MAX = 16
_RECORDS = Guard("records", "most of the text is a table, code or a log")
_SOURCE = Guard("source", "the text is the source of a wiki page or of documentation")
_NOTHING_LEFT = Guard("nothing-left", "nothing of an article would be left above the cut")


class Place(NamedTuple):
    """A place to cut: its block, how likely it is the tail's start, and how likely the tail has begun by then."""

    block: int
    likely: float
    safe: float


class Decision(NamedTuple):
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


class Look(NamedTuple):
    """A text, or what a cut left of it, and its places to cut."""

    analysis: Analysis
    places: Sequence[Place]


class Settlement(NamedTuple):
    """A decision, the look with which it was made (the last of several that cut), and the level at which."""

    decision: Decision | None
    look: Look
    level: Level


def look_at(analysis: Analysis, head: int = 0, signals: Mapping[str, float] = SIGNALS) -> Look:
    """The places of a text, weighed; `head` is how many characters stand before the first block."""
    return Look(analysis, weigh(scores(analysis, signals, head)))


def settle(whole: Look, level: Level, head: int = 0, signals: Mapping[str, float] = SIGNALS) -> Settlement:
    """The decision of this level that leaves nothing to cut.

    No level takes what a more thorough one leaves: where that one finds nothing to cut in more than is left here, the
    cut is where that one's is. So it is with 2 in 1,000 labelled documents.
    """
    looks = {len(whole.analysis.blocks): whole}
    found = _settled(whole, level, looks, head, signals)
    levels = list(Level)
    for bolder in levels[levels.index(level) + 1 :]:
        # Later looks only go further up.
        if _kept(decide(whole, bolder), whole) <= _kept(found.decision, whole):
            continue
        other = _settled(whole, bolder, looks, head, signals)
        if found.decision and other.decision and _kept(other.decision, whole) > _kept(found.decision, whole):
            # Nothing is lost here that is not lost further up.
            confidence = max(found.decision.confidence, other.decision.confidence)
            found = other._replace(decision=other.decision._replace(confidence=confidence))
    return found


def _settled(whole: Look, level: Level, looks: dict[int, Look], head: int, signals: Mapping[str, float]) -> Settlement:
    """What this level comes to by itself; `looks` holds those at the text so far, by the number of blocks."""
    found = Settlement(decide(whole, level), whole, level)
    while found.decision and not found.decision.guard:
        rest = found.decision.block
        if _begun_above(rest, found.look) < SECOND_LOOK_MIN:
            break
        if rest not in looks:
            if len(looks) >= LOOKS_MAX:
                break
            looks[rest] = look_at(whole.analysis.first(rest), head, signals)
        decision = decide(looks[rest], level)
        # What is kept for another reason when it stands alone is not cut here either.
        if decision is None or decision.guard:
            break
        found = Settlement(decision._replace(confidence=min(decision.confidence, found.decision.confidence)), looks[rest], level)
    return found


def _begun_above(block: int, look: Look) -> float:
    """How likely it is that the tail has begun above a block."""
    return max((place.safe for place in look.places if place.block < block), default=0.0)


def _kept(decision: Decision | None, whole: Look) -> int:
    """How many blocks a decision keeps."""
    return len(whole.analysis.blocks) if decision is None or decision.guard else decision.block


def likelihoods(scored: Sequence[Score]) -> list[float]:
    """How likely each candidate is the tail's start, the last of them that there is no tail; together they are one."""
    scores = [one.score for one in scored]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    total = sum(odds)
    return [odd / total for odd in odds]


def weigh(scored: Sequence[Score]) -> list[Place]:
    """The places in order; the end of the document, which is no place to cut, has its share of the likelihood."""
    safe = 0.0
    places = []
    for one, likely in zip(scored[:-1], likelihoods(scored), strict=False):
        safe += likely
        places.append(Place(one.block, likely, safe))
    return places


def decide(look: Look, level: Level) -> Decision | None:
    """The first place that is safe enough at this level and allowed by the user's rules, or None."""
    places, blocks, testimony = look.places, look.analysis.blocks, look.analysis.testimony
    body = body_end(blocks, testimony)
    bodiless = max((place.safe for place in places if place.block < body), default=0.0)
    if bodiless >= BODILESS_MAX:
        # At every level, so that a more thorough one never keeps more.
        return Decision(0, min(bodiless, CERTAINTY_MAX), 0.0, _NOTHING_LEFT)
    floor = max(body, _floor(blocks, testimony))
    wanted = _first_safe([place for place in places if place.block >= floor], SAFETY[level])
    blocked = [number for number in range(len(blocks)) if "block" in testimony[number]]
    if wanted is not None and not blocked and _record_share(blocks, testimony) > RECORDS_MAX:
        return Decision(wanted.block, wanted.confidence, wanted.earlier, _RECORDS)
    if wanted is not None and not blocked and any("source-markup" in spoken for spoken in testimony):
        return Decision(wanted.block, wanted.confidence, wanted.earlier, _SOURCE)
    named = next((number for number in blocked if number >= floor), None)
    if named is not None and (wanted is None or named < wanted.block):
        return Decision(named, CERTAINTY_MAX, 0.0)
    if wanted is None and floor > body:
        above = _first_safe([place for place in places if place.block >= body], SAFETY[level])
        if above is None and blocked:
            above = Decision(blocked[0], CERTAINTY_MAX, 0.0)
        if above is not None:
            kept = Guard("keep", f"line {blocks[floor - 1].last_line + 1} holds a phrase that the rules file says to keep")
            return Decision(above.block, above.confidence, above.earlier, kept)
    if wanted is None and blocked:
        return Decision(0, CERTAINTY_MAX, 0.0, _NOTHING_LEFT)
    return wanted


def _first_safe(places: Sequence[Place], safety: float) -> Decision | None:
    earlier = 0.0
    for place in places:
        if place.safe >= safety:
            return Decision(place.block, min(place.safe, CERTAINTY_MAX), earlier)
        earlier = place.safe
    return None


def _record_share(blocks: Sequence[Block], testimony: Testimony) -> float:
    """The share of characters that stand in blocks of a table, code or a log."""
    size = sum(len(block.text) for block in blocks)
    records = sum(len(block.text) for block, spoken in zip(blocks, testimony, strict=True) if not RECORDS.isdisjoint(spoken))
    return records / max(1, size)


def _floor(blocks: Sequence[Block], testimony: Testimony) -> int:
    """The first block behind the last line that holds a phrase to keep."""
    for number in range(len(blocks) - 1, -1, -1):
        if "keep" in testimony[number]:
            line = blocks[number].last_line
            return next((after for after in range(number, len(blocks)) if blocks[after].line > line), len(blocks))
    return 0


def body_end(blocks: Sequence[Block], testimony: Testimony) -> int:
    """The first block above which enough stands that is no boilerplate itself."""
    size = 0
    for number, (block, spoken) in enumerate(zip(blocks, testimony, strict=True)):
        if size >= BODY_MIN:
            return number
        size += len(block.text) if balance(spoken) <= MARKER else 0
    return len(blocks)
