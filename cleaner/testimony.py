"""Testimony to statements: what the rules that spoke about a block say together.

The families of rules stand here (what is layout, what a link, what speaks for the article), and the balance of a block:
what its rules weigh together. What stands around a block is for `signals`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from cleaner.rules import CONTENT_RULES, Hit
from cleaner.weights import RULES

# The sum of the weights on one block counts no more than this: several phrases in one line say one thing.
BALANCE_MAX = 4.0
BALANCE_MIN = -4.0
# A block whose balance is above this is called a marker.
MARKER = 1.0
# A rule of this weight that speaks about the start of a block or all of it makes it a plain call. Of 357 labelled
# documents that end in such a line 9 are articles to their end, and half of those lines ask the reader to follow.
CALL_MIN = 1.5
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

_FOR_ARTICLE = frozenset(("references", *CONTENT_RULES))
# What tells how to reach somebody, by itself: an article about a museum ends so, and a letter.
_DETAILS = frozenset(("contact", "email-address", "link-line", "payment-address"))
# What speaks about neither a call nor a subject of one.
_NO_CALL = _LAYOUT | _LINKS | _FOR_ARTICLE | {"section"}
_NO_SUBJECT = _LAYOUT | _FOR_ARTICLE
# Rules that say nothing of their own about where the tail starts: of lists of dated headlines those of few sites have a
# heading above them. Held-out loss 0.398 with signals of their own, 0.394 without.
_NO_OWN = frozenset(("dated-item",))
# Places of a phrase that is not what its line is about.
_WITHIN = ("sentence", "inside")
# Rules about a kind of text that is content to its last line.
RECORDS = frozenset(("table-row", "code-line", "log-line"))

# What a user's own rules weigh: more than everything else together, so that they stand out in a list of evidence.
USER_RULES = {"block": 9.0, "keep": -9.0}

Testimony = Sequence[Mapping[str, Hit]]


def balance(spoken: Mapping[str, Hit], weights: Mapping[str, float] = RULES) -> float:
    """What the rules that spoke about one block weigh together, as a log-likelihood ratio of tail against article."""
    return _clamp(sum(weights.get(f"{rule}/{hit.place}", 0.0) for rule, hit in spoken.items()))


def _clamp(total: float) -> float:
    return min(BALANCE_MAX, max(BALANCE_MIN, total))


class Statement(NamedTuple):
    """What the rules that spoke about one block say together, whatever stands around it."""

    balance: float
    # Something other than layout speaks for boilerplate, or anything at all.
    named: bool
    promotes: bool
    call: bool
    plain_call: bool
    linked: bool
    record: bool
    bare: bool
    # One of these speaks: a rule line, details of contact, comments, a copyright line.
    separator: bool
    detail: bool
    comment: bool
    copyright: bool
    # How many rules speak about a call or its subject.
    distinct: int
    # The names of the signals that the rules give to the place.
    own: tuple[str, ...]
    # All that speak.
    rules: frozenset[str]


# The rules that spoke about a block, and where in it each of them spoke.
_Spoken = tuple[tuple[str, str], ...]


def _judge(weights: Mapping[str, float], spoken: _Spoken) -> Statement:
    rules = {rule for rule, _ in spoken}
    weighed = [(rule, place, weights.get(f"{rule}/{place}", 0.0)) for rule, place in spoken]
    named = any(weight > 0 and rule not in _LAYOUT for rule, _, weight in weighed)
    linked = not _LINKS.isdisjoint(rules)
    return Statement(
        balance=_clamp(sum([weight for _, _, weight in weighed])),
        named=named,
        promotes=any(weight > 0 for _, _, weight in weighed),
        call=named and not rules <= _NO_CALL,
        plain_call=any(weight >= CALL_MIN and place != "inside" and rule not in _NO_CALL for rule, place, weight in weighed),
        linked=linked,
        record=not RECORDS.isdisjoint(rules),
        bare=rules <= _LAYOUT,
        separator="separator" in rules,
        detail=not _DETAILS.isdisjoint(rules)
        and not any(weight > 0 and rule not in _NO_CALL | _DETAILS for rule, _, weight in weighed),
        comment=any(rule == "comments" and place != "inside" for rule, place in spoken),
        copyright="copyright-sign" in rules,
        distinct=len(rules - _NO_SUBJECT),
        own=tuple(
            [f"own {rule}/{place}" for rule, place in spoken if (place not in _WITHIN or rule in _LAYOUT) and rule not in _NO_OWN]
        ),
        rules=frozenset(rules),
    )


# Most blocks are of few kinds: a fragment, a headline, a paragraph of prose.
_judge_fitted = lru_cache(maxsize=4096)(partial(_judge, RULES))


def statements(testimony: Testimony, weights: Mapping[str, float] = RULES) -> list[Statement]:
    """What is said about each block, by the weights of the rules."""
    judge = _judge_fitted if weights is RULES else partial(_judge, weights)
    return [judge(tuple([(rule, hit.place) for rule, hit in spoken.items()])) for spoken in testimony]
