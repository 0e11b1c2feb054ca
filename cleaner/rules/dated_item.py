"""A headline with its date or time in the same line, next to another one.

"Council approves bridge (09/12 - 11:06)", line after line: lists of other news. Logs and chronologies start their lines
with a time as well, and tables hold figures that look like dates, so two neighbours are wanted and bars are not.
"""

import re
from collections.abc import Iterator
from functools import cache
from operator import and_

from cleaner.rules import Hit, Rule, Scene
from cleaner.rules.date_line import DAY_OF_YEAR

# Characters of a headline with its date.
SHORTEST, LONGEST = 25, 170
_DATE = (
    rf"(?:{DAY_OF_YEAR}|[^\W\d_]{{3,12}}\.? \d{{1,2}}(?:st|nd|rd|th)?, (?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
)
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
# Without a year only with a time: "4.1 Amendments" and "a vote of 12/15" are no dates.
_DAY = rf"\d{{1,2}}[./]\d{{1,2}}\.?,?\s*(?:[-–|]\s*)?{_TIME}"
_WHEN = rf"(?:{_DATE}(?:\s?\([^)\n]{{1,3}}\))?(?:,?\s*(?:[-–|]\s*)?{_TIME})?|{_DAY}|{_TIME}(?:,?\s*(?:[-–|]\s*)?{_DATE})?)"
# Characters at the end of a line in which its date stands.
END = 45


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"[\s(\[]{_WHEN}[)\]]?$")


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(rf"[\[(]?{_WHEN}[)\]]?(?:\s|[-–|])\s*[^\W\d_]")


def _may_be_dated(text: str) -> bool:
    edges = text[:3] + text[-3:]
    return SHORTEST <= len(text) <= LONGEST and "|" not in text and any(map(str.isdigit, edges))


def _place(text: str) -> str | None:
    if _ends().search(text, max(0, len(text) - END)):
        return "whole"
    return "start" if _starts().match(text) else None


def _observe(scene: Scene) -> Iterator[Hit]:
    texts = scene.texts
    candidates = [_may_be_dated(text) for text in texts]
    if not any(map(and_, candidates, candidates[1:])):
        return
    places = [_place(text) if here else None for text, here in zip(texts, candidates, strict=True)]
    for number, place in enumerate(places):
        if place and place in (places[max(0, number - 1) : number] + places[number + 1 : number + 2]):
            yield Hit(number, place, texts[number])


RULE = Rule(
    "dated-item",
    __doc__,
    why="is a headline with its date, next to another one",
    observe=_observe,
    fires=("Council approves the new bridge (09/12 - 11:06)\nRiver rises by a metre overnight (09/12 - 10:15)",),
    silent=(
        "The council approved the new bridge on 9 December 2023",
        "4.1 Changes must be made in writing.\n4.2 The law of Scotland governs this contract.",
        "Ten people came.\nThe vote was 5:30 in the end.",
    ),
)
