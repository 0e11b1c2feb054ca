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
# pages-multi and short, these lose text in 0.5, 1.8 and 3.6 of 100.
SAFETY = {Level.CAUTIOUS: 0.99, Level.NORMAL: 0.93, Level.THOROUGH: 0.82}
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
# A more cautious level takes more only where this one hesitated. Of 3,069 cuts of labelled documents 13 were so, all of
# them where the tail had begun above with a probability of at least 0.66 at the first look; 1,150 had 0.5 or more.
HESITATION_MIN = 0.5
_MORE_CAUTIOUS = {
    Level.THOROUGH: (Level.NORMAL, Level.CAUTIOUS),
    Level.NORMAL: (Level.CAUTIOUS,),
    Level.CAUTIOUS: (),
}
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

    No level leaves what a more cautious one takes: where that cut lies higher, this level goes on from there.
    """
    looks = {len(whole.analysis.blocks): whole}

    def settled(at: Level, start: Settlement) -> Settlement:
        """The settlement of a level that begins with what another one left."""
        while True:
            rest = _kept(start, whole)
            if rest not in looks:
                if len(looks) >= LOOKS_MAX:
                    return start
                looks[rest] = look_at(whole.analysis.first(rest), head, signals)
            decision = decide(looks[rest], at)
            if decision is None or (start.decision and decision.guard not in (None, _RECORDS, _SOURCE)):
                return start
            if start.decision is not None:
                decision = decision._replace(confidence=min(decision.confidence, start.decision.confidence))
            start = Settlement(decision, looks[rest], at)
            # What is no article by itself was none with a tail.
            if decision.guard or _begun_above(decision.block, looks[rest]) < SECOND_LOOK_MIN:
                return start

    uncut = Settlement(None, whole, level)
    found = settled(level, uncut)
    if (found.decision and found.decision.guard) or _begun_above(_kept(found, whole), whole) < HESITATION_MIN:
        return found
    for at in _MORE_CAUTIOUS[level]:
        more = settled(at, uncut)
        if _kept(more, whole) < _kept(found, whole):
            found = settled(level, more)
    return found


def _begun_above(block: int, look: Look) -> float:
    """How likely it is that the tail has begun above a block."""
    return max((place.safe for place in look.places if place.block < block), default=0.0)


def _kept(settlement: Settlement, whole: Look) -> int:
    """How many blocks a settlement keeps."""
    decision = settlement.decision
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
