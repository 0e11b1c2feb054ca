"""Evidence to signals: what is weighed at each place where a document could be cut.

Each block gets a balance (what the rules that spoke about it weigh together); each candidate gets named numbers about
itself, its neighbours, what lies behind it and what lies before it. `cleaner.weights` says what each number counts,
`cleaner.cut` decides. Everything is computed in one pass from the end and one from the start: linear in the blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import log1p
from operator import mul
from typing import NamedTuple

from cleaner.analysis import Analysis
from cleaner.rules import Hit
from cleaner.rules.prose import MIDDLE
from cleaner.rules.shape import ends_sentence, is_clipped
from cleaner.weights import RULES

# The sum of the weights on one block counts no more than this: several phrases in one line say one thing.
BALANCE_MAX = 4.0
BALANCE_MIN = -4.0
# A block whose balance is above this is called a marker.
MARKER = 1.0
# Scale of character counts (a paragraph) in the logarithms.
PARAGRAPH = 200.0

# Evidence that has added up to more than this makes no difference any more.
CLIMB_MAX = 60.0
BEHIND_MAX = 40.0
# Characters. What stands above a longer paragraph is its heading.
HEADED_MIN = 300
# How much of the recent balance stays from block to block: it reaches back about five blocks.
FADE = 0.8
# So many blocks before the end of a document the same signals weigh differently: a call above three short lines is a
# tail, above a long page it may be a box in an article. Held-out loss 0.477 without this, 0.461 with 12, 0.478 with 4.
NEAR_END = 12
# How many blocks a tail has is weighed in steps: those of one to four blocks have little in common with long ones.
# Held-out loss 0.453 without, 0.447 with them.
STEPS = (1, 2, 3, 4, 6, 11, 19, 32, 53, 147)
# In the names of the signals that weigh so.
NEAR_PREFIX = "near the end: "
# A rule of this weight that speaks about the start of a block or all of it makes it a plain call. Of 357 labelled
# documents that end in such a line 9 are articles to their end, and half of those lines ask the reader to follow.
CALL_MIN = 1.5
# A list of links or items of at least this many blocks, this share of them calls, is a list of the publisher's: such a
# list ends 243 labelled documents that have a tail and one that has none.
CALL_LIST_MIN = 4
CALL_LIST_SHARE = 0.3
# A box in an article is shorter (blocks), and the paragraph behind it (characters) goes on with the article's words: of
# 241 such paragraphs with at least as many familiar words as those above, 229 are article, of 108 others 67.
BOX_MAX = 15
PARAGRAPHS_ABOVE = 3
# Paragraphs behind with less than this part of the mean size of those before are small: so in 850 of 1,480 tails.
SMALL = 0.5
# A copyright sign in this part of a document's blocks says that the foot of the page was reached: in 1,395 tails and five
# of 991 articles.
LOWER_PART = 0.7
# A line is furniture of cards when it stands so often, digits aside, and is no longer (characters).
FURNITURE_MIN = 3
FURNITURE_MAX = 80
_FURNITURE = frozenset(("comments", "teaser", "author", "counters"))
_DIGITS = re.compile(r"\d+")
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
        "cut-off",
        "foreign-script",
        "end-label",
        "said",
    )
)

_LINKS = frozenset(("link-line", "linked-item", "social-link", "messenger-link", "payment-address", "email-address", "handle"))

_OPPOSED = frozenset(
    (
        "references",
        "reference-item",
        "led-item",
        "recurring",
        "label-line",
        "table-row",
        "code-line",
        "log-line",
        "source-markup",
        "quotation",
        "prose",
    )
)
# What tells how to reach somebody, by itself: an article about a museum ends so, and a letter.
_DETAILS = frozenset(("contact", "email-address", "link-line", "payment-address"))
# What speaks about neither a call nor a subject of one.
_NO_CALL = _LAYOUT | _LINKS | _OPPOSED | {"section"}
_NO_SUBJECT = _LAYOUT | _OPPOSED
# Rules about a kind of text that is content to its last line.
RECORDS = frozenset(("table-row", "code-line", "log-line"))

STEP_NAMES = (*(f"at most {step} blocks behind" for step in STEPS), f"more than {STEPS[-1]} blocks behind")

# What a user's own rules weigh: more than everything else together, so that they stand out in a list of evidence.
USER_RULES = {"block": 9.0, "keep": -9.0}

Testimony = Sequence[Mapping[str, Hit]]


class Candidate(NamedTuple):
    """A place to cut: the index of its block (the number of blocks: no cut) and the signals that are not zero."""

    block: int
    signals: Mapping[str, float]


class Score(NamedTuple):
    """What the signals of a candidate weigh together; the same `block`."""

    block: int
    score: float


def balance(spoken: Mapping[str, Hit], weights: Mapping[str, float] = RULES) -> float:
    """What the rules that spoke about one block weigh together, as a log-likelihood ratio of tail against article."""
    return _clamp(sum(weights.get(f"{rule}/{hit.place}", 0.0) for rule, hit in spoken.items()))


def _clamp(total: float) -> float:
    return min(BALANCE_MAX, max(BALANCE_MIN, total))


def candidates(analysis: Analysis, weights: Mapping[str, float] = RULES, head: int = 0) -> list[Candidate]:
    """Every place where the document could be cut, in order, the last of them its end (no cut).

    `weights` are those of the rules; `head` is how many characters stand before the first block.
    """
    found = []
    for place, own, numbers in _measure(analysis, weights, head):
        signals = {name: float(value) for name, value in numbers.items() if value}
        if _is_near_end(place, analysis):
            signals |= {NEAR_PREFIX + name: value for name, value in signals.items()}
        found.append(Candidate(place, {**dict.fromkeys(own, 1.0), **signals}))
    return found


def scores(analysis: Analysis, signals: Mapping[str, float], head: int = 0) -> list[Score]:
    """What the signals of each candidate weigh together, by `signals` (name -> what one unit adds), in the same order.

    The same as adding up `candidates`, in a third of the time: the numbers of a document's places have the same names in
    the same order, so their weights are looked up once.
    """
    found = []
    known: dict[tuple[bool, int], Sequence[float]] = {}
    for place, own, numbers in _measure(analysis, RULES, head):
        near = _is_near_end(place, analysis)
        factors = known.get((near, len(numbers)))
        if factors is None:
            factors = [signals.get(name, 0.0) + (signals.get(NEAR_PREFIX + name, 0.0) if near else 0.0) for name in numbers]
            known[near, len(numbers)] = factors
        found.append(Score(place, sum(map(mul, factors, numbers.values()), sum([signals.get(name, 0.0) for name in own]))))
    return found


def _is_near_end(place: int, analysis: Analysis) -> bool:
    return 0 < len(analysis.blocks) - place <= NEAR_END


def _behind(values: Sequence[float]) -> list[float]:
    """For each block the sum of the values from it to the end, and 0 behind the last."""
    return [*accumulate(reversed(values), initial=0)][::-1]


def _carded(analysis: Analysis) -> list[bool]:
    """Whether each block is a paragraph next to furniture, or next but one: comments and teasers are, articles seldom."""
    prose, testimony = analysis.prose, analysis.testimony
    masked = [_DIGITS.sub("#", block.text) if len(block.text) <= FURNITURE_MAX else "" for block in analysis.blocks]
    counts = Counter(masked)
    dated = sum("date-line" in spoken for spoken in testimony) >= FURNITURE_MIN
    furniture = [
        not size
        and (
            (bool(text) and counts[text] >= FURNITURE_MIN)
            or (dated and "date-line" in spoken)
            or not _FURNITURE.isdisjoint(spoken)
        )
        for size, text, spoken in zip(prose, masked, testimony, strict=True)
    ]
    if sum(furniture) < FURNITURE_MIN:
        return [False] * len(prose)
    near = [False, False, *furniture, False, False]
    bare = [False, False, *(not size for size in prose), False, False]
    return [
        size > 0 and (near[i + 1] or near[i + 3] or (near[i] and bare[i + 1]) or (near[i + 4] and bare[i + 3]))
        for i, size in enumerate(prose)
    ]


def _measure(
    analysis: Analysis, weights: Mapping[str, float], head: int
) -> Iterator[tuple[int, Sequence[str], Mapping[str, float]]]:
    """Each candidate: its block, the names of the signals that the rules give to it, and its numbers (also those that
    are zero; always the same names, but for the last candidate)."""
    blocks, testimony = analysis.blocks, analysis.testimony
    count = len(blocks)
    weighed = [[(rule, weights.get(f"{rule}/{hit.place}", 0.0)) for rule, hit in spoken.items()] for spoken in testimony]
    balances = [_clamp(sum([weight for _, weight in said])) for said in weighed]
    sizes = [len(block.text) for block in blocks]
    prose = analysis.prose
    total = head + sum(sizes) or 1

    is_named = [any(weight > 0 and rule not in _LAYOUT for rule, weight in said) for said in weighed]
    is_linked = [not _LINKS.isdisjoint(spoken) for spoken in testimony]
    is_record = [not RECORDS.isdisjoint(spoken) for spoken in testimony]
    behind_links = [0] * (count + 1)
    behind_named = [0] * (count + 1)
    behind_prose = [0.0] * (count + 1)
    behind_plain = [0.0] * (count + 1)
    behind_longest = [0.0] * (count + 1)
    behind_balance = [0.0] * (count + 1)
    behind_markers = [0] * (count + 1)
    behind_opposed = [0] * (count + 1)
    behind_records = [0] * (count + 1)
    # How much evidence for the article could still come: the largest sum of opposing balances over any stretch ahead.
    fall = [0.0] * (count + 1)
    # How many blocks from here to the next paragraph of prose.
    until_prose = [0] * (count + 1)
    for i in range(count - 1, -1, -1):
        behind_prose[i] = behind_prose[i + 1] + prose[i]
        behind_plain[i] = behind_plain[i + 1] + (0 if is_named[i] else prose[i])
        behind_longest[i] = max(behind_longest[i + 1], prose[i])
        behind_balance[i] = behind_balance[i + 1] + balances[i]
        behind_links[i] = behind_links[i + 1] + is_linked[i]
        behind_named[i] = behind_named[i + 1] + is_named[i]
        behind_markers[i] = behind_markers[i + 1] + (balances[i] > MARKER)
        behind_opposed[i] = behind_opposed[i + 1] + ("references" in testimony[i] or "reference-item" in testimony[i])
        behind_records[i] = behind_records[i + 1] + is_record[i]
        fall[i] = max(0.0, fall[i + 1] - balances[i])
        until_prose[i] = 0 if prose[i] else until_prose[i + 1] + 1

    is_call = [named and not spoken.keys() <= _NO_CALL for named, spoken in zip(is_named, testimony, strict=True)]
    is_plain_call = [
        any(weight >= CALL_MIN and spoken[rule].place != "inside" and rule not in _NO_CALL for rule, weight in said)
        for spoken, said in zip(testimony, weighed, strict=True)
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
    # A list of calls has signals of its own, and none of those of other lists: those speak for directories and sources.
    run_of_calls = run_length >= CALL_LIST_MIN and run_calls >= CALL_LIST_SHARE * run_length
    run_opposed = run_length > 0 and run > 0 and "references" in testimony[run - 1]

    is_detail = [not _DETAILS.isdisjoint(spoken) for spoken in testimony]
    behind_details = _behind(is_detail)
    behind_other_calls = _behind([call and not detail for call, detail in zip(is_call, is_detail, strict=True)])
    distinct = [len([rule for rule in spoken if rule not in _NO_SUBJECT]) for spoken in testimony]
    # The solid end: blocks that all speak for boilerplate, from the first call among them to the end of the document.
    solid = count
    while solid > 0 and balances[solid - 1] > 0:
        solid -= 1
    while solid < count and not is_call[solid]:
        solid += 1
    solid_calls = sum(is_call[solid:])
    solid_balance = min(SOLID_MAX, sum(balances[solid:])) / 10
    shares = [one.familiar / one.words if one.words else 0.0 for one in analysis.vocabulary]
    # The next paragraph at or behind each block.
    paragraph = [count] * (count + 1)
    for i in range(count - 1, -1, -1):
        paragraph[i] = i if prose[i] >= MIDDLE else paragraph[i + 1]
    # The mean share of familiar words in the last paragraphs above each block.
    paragraphs_above: list[float] = []
    last_shares: list[float] = []
    for i in range(count):
        paragraphs_above.append(sum(last_shares) / len(last_shares) if last_shares else 0.0)
        if prose[i] >= MIDDLE:
            last_shares = [*last_shares, shares[i]][-PARAGRAPHS_ABOVE:]
    behind_familiar = _behind([prose[i] * shares[i] * (not is_named[i]) for i in range(count)])
    clipped = [prose[i] > 0 and is_clipped(block.text) for i, block in enumerate(blocks)]
    behind_clipped = _behind(clipped)
    behind_paragraphs = _behind([size > 0 for size in prose])
    behind_plain_count = _behind([prose[i] > 0 and not is_named[i] for i in range(count)])
    is_date = ["date-line" in spoken for spoken in testimony]
    dates = [here and True not in (is_date[i - 1 : i] + is_date[i + 1 : i + 2]) for i, here in enumerate(is_date)]
    behind_dates = _behind(dates)
    behind_dated = _behind(["dated-item" in spoken for spoken in testimony])
    fields = ["form-field" in spoken for spoken in testimony]
    is_carded = _carded(analysis)
    behind_carded = _behind([size * carded for size, carded in zip(prose, is_carded, strict=True)])
    is_comment = ["comments" in spoken and spoken["comments"].place != "inside" for spoken in testimony]
    behind_comments = _behind(is_comment)
    # The next heading or form of comments at or behind each block.
    comments = [count] * (count + 1)
    for i in range(count - 1, -1, -1):
        comments[i] = i if is_comment[i] else comments[i + 1]
    bulleted = [block.item > 0 and not named and ends_sentence(block.text) for block, named in zip(blocks, is_named, strict=True)]

    words = [0, *accumulate(one.words for one in analysis.vocabulary)]
    familiar = [0, *accumulate(one.familiar for one in analysis.vocabulary)]

    def familiarity(start: int, end: int) -> float:
        """The share of words between two blocks that stood above them, less a half."""
        return (familiar[end] - familiar[start]) / (words[end] - words[start]) - 0.5 if words[end] > words[start] else 0.0

    def resumption(i: int) -> float:
        """How much more (or less) familiar the next paragraph is than those above, by its size in paragraphs."""
        following = paragraph[i + 1]
        if following - i > BOX_MAX or following == count or is_named[following] or blocks[following].text.endswith(("…", "...")):
            return 0.0
        return (shares[following] - paragraphs_above[i]) * log1p(prose[following] / PARAGRAPH)

    since_prose = 0
    before = head
    markers = named = 0
    recent = climb = 0.0
    for i, block in enumerate(blocks):
        spoken = testimony[i]
        if is_named[i] or (not prose[i] and any(weight > 0 for _, weight in weighed[i])):
            left = count - i
            lead_in = i + 1 < count and blocks[i + 1].item > 0 and block.item == 0
            own = [f"own {rule}/{hit.place}" for rule, hit in spoken.items() if hit.place != "inside" or rule in _LAYOUT]
            own.append(STEP_NAMES[bisect_left(STEPS, left)])
            previous = i - 1
            after_prose = i > 0 and prose[previous] > 0
            after = balances[i + 1] if i + 1 < count else 0.0
            bare = spoken.keys() <= _LAYOUT
            ahead_prose = i + 1 < count and prose[i + 1] > 0
            numbers: dict[str, float] = {
                "opening balance": balances[i] if climb < MARKER else 0.0,
                "opening call": climb < MARKER and is_call[i],
                "opening call after prose": climb < MARKER and is_call[i] and after_prose,
                "call above more of the article": resumption(i) if is_call[i] else 0.0,
                "bare above more of the article": resumption(i) if bare else 0.0,
                "related above a paragraph": "related" in spoken and paragraph[i + 1] == i + 1,
                "separator above a call": "separator" in spoken and i + 1 < count and is_call[i + 1],
                "heads bulleted sentences": bare and all(bulleted[i + 1 : i + 3]) and i + 2 < count,
                "clipped paragraphs behind": log1p(behind_clipped[i]),
                "clipped paragraphs in the next ten": sum(clipped[i + 1 : i + 11]) / 10,
                "clipped share of the paragraphs behind": behind_clipped[i] / max(1, behind_paragraphs[i]),
                "single dates behind": log1p(behind_dates[i]),
                "dated headlines behind": log1p(behind_dated[i]),
                "form fields in the next ten": sum(fields[i + 1 : i + 11]) / 10,
                "carded share of the prose behind": behind_carded[i] / max(1, behind_prose[i]),
                "comments behind": log1p(behind_comments[i]),
                "plain prose before the comments": log1p((behind_plain[i] - behind_plain[comments[i]]) / PARAGRAPH),
                "plain prose behind the comments": log1p(behind_plain[comments[i]] / PARAGRAPH),
                "paragraphs behind are small": (
                    0 < behind_plain_count[i] < behind_plain_count[0]
                    and behind_plain[i] / behind_plain_count[i]
                    < SMALL * (behind_plain[0] - behind_plain[i]) / (behind_plain_count[0] - behind_plain_count[i])
                ),
                "only details of contact behind": behind_details[i] > 0 and not behind_other_calls[i],
                "familiar plain prose behind": log1p(behind_familiar[i] / PARAGRAPH),
                "distinct calls": log1p(distinct[i]),
                "several distinct calls": distinct[i] > 1,
                "starts the solid end": i == solid,
                "starts the solid end: balance": solid_balance if i == solid else 0.0,
                "inside the solid end": i > solid,
                "blocks to the next prose": log1p(until_prose[i]),
                "blocks since the last prose": log1p(since_prose),
                "climb before": min(climb, CLIMB_MAX) / 10,
                "climb before, logarithm": log1p(climb),
                "fall ahead": log1p(fall[i]),
                "fall of what follows": log1p(fall[i + 1]),
                "heading of prose": bare and ahead_prose,
                "heading of prose, long": bare and i + 1 < count and prose[i + 1] > HEADED_MIN,
                "bare between fragments": bare and i > 0 and not after_prose and not ahead_prose,
                "bare after prose": bare and after_prose,
                "bare": bare,
                "call": is_call[i],
                "plain call": is_plain_call[i],
                "plain call with no plain prose behind": is_plain_call[i] and not behind_plain[i],
                "plain call after prose": is_plain_call[i] and after_prose,
                "plain call is last": is_plain_call[i] and i == count - 1,
                "call that leads into the last list": run_called and is_call[i] and i in (run - 1, run),
                "starts a last list of calls": run_of_calls and i == run_start,
                "inside a last list of calls": run_of_calls and i > run_start,
                "leads into the last list": run_length > 0 and i == run - 1 and not run_of_calls,
                "starts the last list": run_length > 0 and i == run and not run_of_calls,
                "inside the last list": i > run and not run_of_calls,
                "lead-in of a list": lead_in,
                "named lead-in of a list": lead_in and is_named[i],
                "lead-in of links": lead_in and is_linked[i + 1],
                "named lead-in of links": is_named[i] and i + 1 < count and is_linked[i + 1],
                "links behind": log1p(behind_links[i]),
                "link density behind": behind_links[i] / left,
                "named link": is_linked[i] and is_named[i] and len(spoken.keys() - _LAYOUT - _LINKS) > 0,
                "named behind": log1p(behind_named[i]),
                "named before": log1p(named),
                "named density behind": behind_named[i] / left,
                "named in the next three": sum(is_named[i + 1 : i + 4]),
                "first named": is_named[i] and not named,
                "named after prose": is_named[i] and after_prose,
                "balance": balances[i],
                "balance of the next": after,
                "balance of the next three": sum(balances[i + 1 : i + 4]) / 3,
                "balance of the next ten": sum(balances[i + 1 : i + 11]) / 10,
                "balance of the previous": balances[previous] if i else 0.0,
                "recent balance": recent,
                "marker after prose": balances[i] > MARKER and after_prose,
                "first marker": balances[i] > MARKER and markers == 0,
                "marker then marker": balances[i] > MARKER and after > MARKER,
                "markers before": log1p(markers),
                "markers behind": log1p(behind_markers[i]),
                "marker density behind": behind_markers[i] / left,
                "mean balance behind": behind_balance[i] / left,
                "balance behind": max(-BEHIND_MAX, min(BEHIND_MAX, behind_balance[i])) / 10,
                "prose behind": log1p(behind_prose[i] / PARAGRAPH),
                "plain prose behind": log1p(behind_plain[i] / PARAGRAPH),
                "no plain prose behind": not behind_plain[i],
                "call with no plain prose behind": is_call[i] and not behind_plain[i],
                "marker with no plain prose behind": balances[i] > MARKER and not behind_plain[i],
                "prose share behind": behind_prose[i] / total,
                "prose share behind, root": (behind_prose[i] / total) ** 0.5,
                "longest prose behind": log1p(behind_longest[i] / PARAGRAPH),
                "prose density behind": behind_prose[i] / (total - before),
                "next is prose": ahead_prose,
                "references behind": log1p(behind_opposed[i]),
                "records behind": log1p(behind_records[i]),
                "after a record": i > 0 and is_record[previous],
                "blocks behind": log1p(left),
                "text before": log1p(before / PARAGRAPH),
                "little before": before < PARAGRAPH,
                "previous is prose": after_prose,
                "previous ends a sentence": i > 0 and ends_sentence(blocks[previous].text),
                "previous is a fragment": i > 0 and "fragment" in testimony[previous],
                "previous is a headline": i > 0 and "headline" in testimony[previous],
                "after a blank line": block.gap > 0,
                "after several blank lines": block.gap > 1,
                "inside a line": block.gap < 0,
                "familiar words": familiarity(i, i + 1),
                "familiar words in the next three": familiarity(i, min(count, i + 3)),
                "familiar words in the next ten": familiarity(i, min(count, i + 10)),
                "familiar words behind": familiarity(i, count),
                "familiar words in the previous five": familiarity(max(0, i - 5), i),
                "first list item": block.item == 1,
                "inside a list": block.item > 1,
                "previous is a list item": i > 0 and blocks[previous].item > 0,
            }
            yield i, own, numbers
        since_prose = 0 if prose[i] else since_prose + 1
        before += sizes[i]
        markers += balances[i] > MARKER
        named += is_named[i]
        climb = max(0.0, climb + balances[i])
        recent = recent * FADE + balances[i] * (1 - FADE)
    last = count - 1
    yield (
        count,
        (),
        {
            "no cut": 1.0,
            "no cut: balance of the last": balances[last] if count else 0.0,
            "no cut: recent balance": recent,
            "no cut: markers before": log1p(markers),
            "no cut: blocks since the last prose": log1p(since_prose),
            "no cut: climb": min(climb, CLIMB_MAX) / 10,
            "no cut: climb, logarithm": log1p(climb),
            "no cut: named before": log1p(named),
            "no cut: last is prose": count > 0 and prose[last] > 0,
            "no cut: last ends a sentence": count > 0 and ends_sentence(blocks[last].text),
            "no cut: text before": log1p(before / PARAGRAPH),
            "no cut: distinct calls": log1p(max(distinct[-NEAR_END:], default=0)),
            "no cut: several distinct calls": max(distinct[-NEAR_END:], default=0) > 1,
            "no cut: records at the end": log1p(sum(is_record[-NEAR_END:])),
            "no cut: a solid end": solid < count,
            "no cut: calls of the solid end": log1p(solid_calls),
            "no cut: balance of the solid end": solid_balance,
            "no cut: a list is last": run_length > 1 and not run_of_calls,
            "no cut: a call leads into the last list": run_called and not run_of_calls,
            "no cut: references lead into the last list": run_opposed,
            "no cut: a list of calls is last": run_of_calls,
            "no cut: long last list": 0.0 if run_of_calls else log1p(run_length),
            "no cut: last is a call": count > 0 and is_call[last],
            "no cut: last is a plain call": count > 0 and is_plain_call[last],
            "no cut: plain calls near the end": log1p(sum(is_plain_call[-NEAR_END:])),
            "no cut: last is a link": count > 0 and is_linked[last],
            "no cut: only details of contact at the end": any(is_detail[-NEAR_END:])
            and not any(call and not detail for call, detail in zip(is_call[-NEAR_END:], is_detail[-NEAR_END:], strict=True)),
            "no cut: copyright sign in the lower part": any(
                "copyright-sign" in spoken for spoken in testimony[int((1 - LOWER_PART) * count) :]
            ),
            "no cut: carded share of the prose": behind_carded[0] / max(1, behind_prose[0]),
            "no cut: last is named": count > 0 and is_named[last],
            "no cut: last is a list item": count > 0 and blocks[last].item > 0 and not run_of_calls,
            "no cut: last is a reference": count > 0 and ("reference-item" in testimony[last]),
        },
    )
