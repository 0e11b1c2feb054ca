"""Evidence to signals: what is weighed at each place where a document could be cut.

Each block gets a balance (what the rules that spoke about it weigh together); each candidate gets named numbers about
itself, its neighbours, what lies behind it and what lies before it. `cleaner.weights` says what each number counts,
`cleaner.cut` decides. Everything is computed in one pass from the end and one from the start: linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import log1p
from typing import NamedTuple

from cleaner.analysis import Analysis
from cleaner.rules import Hit
from cleaner.rules.shape import ends_sentence, prose_size
from cleaner.weights import RULES

# The sum of the weights on one block counts no more than this: several phrases in one line say one thing.
BALANCE_MAX = 4.0
BALANCE_MIN = -4.0
# A block whose balance is above this is called a marker.
MARKER = 1.0
# Scale of character counts (a paragraph) in the logarithms.
PARAGRAPH = 200.0

CLIMB_MAX = 60.0
# Blocks at the end of a document in which a line that calls in several ways speaks against keeping everything.
NEAR_END = 12
# A list of links or items of at least this many blocks, this share of them calls, is a list of the publisher's: such a
# list ends 243 labelled documents that have a tail and one that has none.
CALL_LIST_MIN = 4
CALL_LIST_SHARE = 0.3
# More evidence than this at the end of a document makes it no surer.
SOLID_MAX = 20.0
_LAYOUT = frozenset(
    (
        "repeated",
        "capitals",
        "fragment",
        "headline",
        "name",
        "date-line",
        "number-line",
        "separator",
        "prose",
        "quotation",
        "pipe-row",
        "network",
    )
)

_LINKS = frozenset(("link-line", "linked-item", "social-link", "messenger-link", "payment-address", "email-address", "handle"))

_OPPOSED = frozenset(("references", "reference-item", "table-row", "code-line", "log-line", "quotation", "prose"))
# Rules about a kind of text that is content to its last line.
RECORDS = frozenset(("table-row", "code-line", "log-line"))

# What a user's own rules weigh: more than everything else together, so that they stand out in a list of evidence.
USER_RULES = {"block": 9.0, "keep": -9.0}

Testimony = Sequence[Mapping[str, Hit]]


class Candidate(NamedTuple):
    """A place to cut: the index of its block (the number of blocks: no cut) and the signals that are not zero."""

    block: int
    signals: Mapping[str, float]


def balance(spoken: Mapping[str, Hit], weights: Mapping[str, float] = RULES) -> float:
    """What the rules that spoke about one block weigh together, as a log-likelihood ratio of tail against article."""
    total = sum(weights.get(f"{rule}/{hit.place}", 0.0) for rule, hit in spoken.items())
    return min(BALANCE_MAX, max(BALANCE_MIN, total))


def speaks_for_boilerplate(spoken: Mapping[str, Hit], weights: Mapping[str, float]) -> bool:
    """True where at least one rule testifies for boilerplate: without that, a block cannot start a tail."""
    return any(weights.get(f"{rule}/{hit.place}", 0.0) > 0 for rule, hit in spoken.items())


def candidates(analysis: Analysis, weights: Mapping[str, float] = RULES, head: int = 0) -> list[Candidate]:
    """Every place where the document could be cut, in order, the last of them its end (no cut).

    `head` is how many characters stand before the first block.
    """
    blocks, testimony = analysis.blocks, analysis.testimony
    count = len(blocks)
    balances = [balance(spoken, weights) for spoken in testimony]
    sizes = [len(block.text) for block in blocks]
    prose = [prose_size(block.text) for block in blocks]
    total = head + sum(sizes) or 1

    is_named = [
        any(rule not in _LAYOUT and weights.get(f"{rule}/{hit.place}", 0.0) > 0 for rule, hit in spoken.items())
        for spoken in testimony
    ]
    is_linked = [not _LINKS.isdisjoint(spoken) for spoken in testimony]
    behind_links = [0] * (count + 1)
    behind_named = [0] * (count + 1)
    behind_prose = [0.0] * (count + 1)
    behind_longest = [0.0] * (count + 1)
    behind_balance = [0.0] * (count + 1)
    behind_markers = [0] * (count + 1)
    behind_opposed = [0] * (count + 1)
    behind_records = [0] * (count + 1)
    for i in range(count - 1, -1, -1):
        behind_prose[i] = behind_prose[i + 1] + prose[i]
        behind_longest[i] = max(behind_longest[i + 1], prose[i])
        behind_balance[i] = behind_balance[i + 1] + balances[i]
        behind_links[i] = behind_links[i + 1] + is_linked[i]
        behind_named[i] = behind_named[i + 1] + is_named[i]
        behind_markers[i] = behind_markers[i + 1] + (balances[i] > MARKER)
        behind_opposed[i] = behind_opposed[i + 1] + ("references" in testimony[i] or "reference-item" in testimony[i])
        behind_records[i] = behind_records[i + 1] + (not RECORDS.isdisjoint(testimony[i]))

    # How much evidence for the article could still come: the largest sum of opposing balances over any stretch ahead.
    fall = [0.0] * (count + 1)
    for i in range(count - 1, -1, -1):
        fall[i] = max(0.0, fall[i + 1] - balances[i])

    is_call = [
        named and not (spoken.keys() <= _LAYOUT | _LINKS | _OPPOSED) for named, spoken in zip(is_named, testimony, strict=True)
    ]
    # The list or run of links with which the document ends, if any, and whether a call leads into it.
    run = count
    while run > 0 and (blocks[run - 1].item or is_linked[run - 1]):
        run -= 1
    run_length = count - run
    run_calls = sum(is_call[run:])
    run_called = run_length > 0 and (is_call[run] or (run > 0 and is_call[run - 1]))
    # The list or run goes with its lead-in where that is a call.
    run_start = run - 1 if run > 0 and is_call[run - 1] else run
    run_of_calls = run_length >= CALL_LIST_MIN and run_calls >= CALL_LIST_SHARE * run_length
    run_opposed = run_length > 0 and run > 0 and "references" in testimony[run - 1]

    distinct = [len(spoken.keys() - _LAYOUT - _OPPOSED) for spoken in testimony]
    # The solid end: blocks that all speak for boilerplate, from the first call among them to the end of the document.
    solid = count
    while solid > 0 and balances[solid - 1] > 0:
        solid -= 1
    while solid < count and not is_call[solid]:
        solid += 1
    solid_calls = sum(is_call[solid:])
    solid_balance = min(SOLID_MAX, sum(balances[solid:])) / 10
    words = [0, *accumulate(one.words for one in analysis.vocabulary)]
    familiar = [0, *accumulate(one.familiar for one in analysis.vocabulary)]

    def familiarity(start: int, end: int) -> float:
        """The share of words between two blocks that stood above them, less a half."""
        return (familiar[end] - familiar[start]) / (words[end] - words[start]) - 0.5 if words[end] > words[start] else 0.0

    # How many blocks from here to the next paragraph of prose.
    until_prose = [0] * (count + 1)
    for i in range(count - 1, -1, -1):
        until_prose[i] = 0 if prose[i] else until_prose[i + 1] + 1

    found = []
    since_prose = 0
    before = head
    markers = named = 0
    recent = climb = 0.0
    for i, block in enumerate(blocks):
        spoken = testimony[i]
        if is_named[i] or (not prose[i] and speaks_for_boilerplate(spoken, weights)):
            left = count - i
            lead_in = i + 1 < count and blocks[i + 1].item > 0 and block.item == 0
            signals = {f"own {rule}/{hit.place}": 1.0 for rule, hit in spoken.items() if hit.place != "inside" or rule in _LAYOUT}
            previous = i - 1
            after = balances[i + 1] if i + 1 < count else 0.0
            bare = not any(rule not in _LAYOUT for rule in spoken)
            ahead_prose = i + 1 < count and prose[i + 1] > 0
            signals |= {
                "opening balance": balances[i] if climb < MARKER else 0.0,
                "opening call": float(climb < MARKER and is_call[i]),
                "opening call after prose": float(climb < MARKER and is_call[i] and i > 0 and prose[previous] > 0),
                "distinct calls": log1p(distinct[i]),
                "several distinct calls": float(distinct[i] > 1),
                "starts the solid end": float(i == solid),
                "starts the solid end: balance": solid_balance if i == solid else 0.0,
                "inside the solid end": float(i > solid),
                "blocks to the next prose": log1p(until_prose[i]),
                "blocks since the last prose": log1p(since_prose),
                "climb before": min(climb, CLIMB_MAX) / 10,
                "climb before, logarithm": log1p(climb),
                "fall ahead": log1p(fall[i]),
                "fall of what follows": log1p(fall[i + 1]),
                "heading of prose": float(bare and ahead_prose),
                "heading of prose, long": float(bare and i + 1 < count and prose[i + 1] > 300),
                "bare between fragments": float(bare and i > 0 and not prose[previous] and not ahead_prose),
                "bare after prose": float(bare and i > 0 and prose[previous] > 0),
                "bare": float(bare),
                "call": float(is_call[i]),
                "call that leads into the last list": float(run_called and is_call[i] and i in (run - 1, run)),
                "starts a last list of calls": float(run_of_calls and i == run_start),
                "inside a last list of calls": float(run_of_calls and i > run_start),
                "leads into the last list": float(run_length > 0 and i == run - 1),
                "starts the last list": float(run_length > 0 and i == run),
                "inside the last list": float(i > run),
                "lead-in of a list": float(lead_in),
                "named lead-in of a list": float(lead_in and is_named[i]),
                "lead-in of links": float(lead_in and is_linked[i + 1]),
                "named lead-in of links": float(is_named[i] and i + 1 < count and is_linked[i + 1]),
                "links behind": log1p(behind_links[i]),
                "link density behind": behind_links[i] / left,
                "named link": float(is_linked[i] and is_named[i] and len(spoken.keys() - _LAYOUT - _LINKS) > 0),
                "named behind": log1p(behind_named[i]),
                "named before": log1p(named),
                "named density behind": behind_named[i] / left,
                "named in the next three": float(sum(is_named[i + 1 : i + 4])),
                "first named": float(is_named[i] and not named),
                "named after prose": float(is_named[i] and i > 0 and prose[previous] > 0),
                "balance": balances[i],
                "balance of the next": after,
                "balance of the next three": sum(balances[i + 1 : i + 4]) / 3,
                "balance of the next ten": sum(balances[i + 1 : i + 11]) / 10,
                "balance of the previous": balances[previous] if i else 0.0,
                "balance of the previous five": recent,
                "marker after prose": float(balances[i] > MARKER and i > 0 and prose[previous] > 0),
                "first marker": float(balances[i] > MARKER and markers == 0),
                "marker then marker": float(balances[i] > MARKER and after > MARKER),
                "markers before": log1p(markers),
                "markers behind": log1p(behind_markers[i]),
                "marker density behind": behind_markers[i] / left,
                "mean balance behind": behind_balance[i] / left,
                "balance behind": max(-40.0, min(40.0, behind_balance[i])) / 10,
                "prose behind": log1p(behind_prose[i] / PARAGRAPH),
                "prose share behind": behind_prose[i] / total,
                "prose share behind, root": (behind_prose[i] / total) ** 0.5,
                "longest prose behind": log1p(behind_longest[i] / PARAGRAPH),
                "prose density behind": behind_prose[i] / (total - before),
                "next is prose": float(i + 1 < count and prose[i + 1] > 0),
                "references behind": log1p(behind_opposed[i]),
                "records behind": log1p(behind_records[i]),
                "after a record": float(i > 0 and not RECORDS.isdisjoint(testimony[previous])),
                "blocks behind": log1p(left),
                "text before": log1p(before / PARAGRAPH),
                "little before": float(before < PARAGRAPH),
                "previous is prose": float(i > 0 and prose[previous] > 0),
                "previous ends a sentence": float(i > 0 and ends_sentence(blocks[previous].text)),
                "previous is a fragment": float(i > 0 and "fragment" in testimony[previous]),
                "previous is a headline": float(i > 0 and "headline" in testimony[previous]),
                "after a blank line": float(block.gap > 0),
                "after several blank lines": float(block.gap > 1),
                "inside a line": float(block.gap < 0),
                "familiar words": familiarity(i, i + 1),
                "familiar words in the next three": familiarity(i, min(count, i + 3)),
                "familiar words in the next ten": familiarity(i, min(count, i + 10)),
                "familiar words behind": familiarity(i, count),
                "familiar words in the previous five": familiarity(max(0, i - 5), i),
                "first list item": float(block.item == 1),
                "inside a list": float(block.item > 1),
                "previous is a list item": float(i > 0 and blocks[previous].item > 0),
            }
            found.append(Candidate(i, {name: value for name, value in signals.items() if value}))
        since_prose = 0 if prose[i] else since_prose + 1
        before += sizes[i]
        markers += balances[i] > MARKER
        named += is_named[i]
        climb = max(0.0, climb + balances[i])
        recent = recent * 0.8 + balances[i] * 0.2
    last = count - 1
    found.append(
        Candidate(
            count,
            {
                "no cut": 1.0,
                "no cut: balance of the last": balances[last] if count else 0.0,
                "no cut: balance of the last five": recent,
                "no cut: markers before": log1p(markers),
                "no cut: blocks since the last prose": log1p(since_prose),
                "no cut: climb": min(climb, CLIMB_MAX) / 10,
                "no cut: climb, logarithm": log1p(climb),
                "no cut: named before": log1p(named),
                "no cut: last is prose": float(count > 0 and prose[last] > 0),
                "no cut: last ends a sentence": float(count > 0 and ends_sentence(blocks[last].text)),
                "no cut: text before": log1p(before / PARAGRAPH),
                "no cut: distinct calls": log1p(max(distinct[-NEAR_END:], default=0)),
                "no cut: several distinct calls": float(max(distinct[-NEAR_END:], default=0) > 1),
                "no cut: records at the end": log1p(sum(not RECORDS.isdisjoint(one) for one in testimony[-NEAR_END:])),
                "no cut: a solid end": float(solid < count),
                "no cut: calls of the solid end": log1p(solid_calls),
                "no cut: balance of the solid end": solid_balance,
                "no cut: a list is last": float(run_length > 1),
                "no cut: a call leads into the last list": float(run_called),
                "no cut: references lead into the last list": float(run_opposed),
                "no cut: a list of calls is last": float(run_of_calls),
                "no cut: long last list": log1p(run_length),
                "no cut: last is a call": float(count > 0 and is_call[last]),
                "no cut: last is a link": float(count > 0 and is_linked[last]),
                "no cut: last is named": float(count > 0 and is_named[last]),
                "no cut: last is a list item": float(count > 0 and blocks[last].item > 0),
                "no cut: last is a reference": float(count > 0 and ("reference-item" in testimony[last])),
            },
        )
    )
    return found
