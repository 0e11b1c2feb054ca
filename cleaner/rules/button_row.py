"""Buttons and menu entries in one line, divided by wide gaps or bars.

"Privacy   Terms of use   Contact": footers and share rows whose entries an extractor put on one line. Heads of tables
look alike, so at least half of the parts must be phrases of the lexicons.
"""

import re
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

# Characters of a line and of each of its parts.
LONGEST = 300
PART_MAX = 25
# Of the lines of which this share are phrases 1,001 stand in tails and 37 in articles.
SPOKEN_SHARE = 0.5
_GAP = re.compile(r"\s{2,}|\u3000|\s?[|·›•]\s?|\t")


def _observe(scene: Scene) -> Iterator[Hit]:
    rows = {}
    for number in scene.holding(("  ", "\u3000", "|", "·", "›", "•", "\t")):
        if len(text := scene.texts[number]) <= LONGEST:
            parts = [part for part in _GAP.split(text) if part]
            if len(parts) > 1 and max(map(len, parts)) <= PART_MAX:
                rows[number] = parts
    called = scene.called(part for parts in rows.values() for part in parts)
    for number, parts in rows.items():
        if sum(part in called for part in parts) >= SPOKEN_SHARE * len(parts):
            yield Hit(number, "whole", scene.texts[number])


RULE = Rule(
    "button-row",
    __doc__,
    why="is a row of buttons",
    observe=_observe,
    fires=("Privacy policy   Terms of use   Contact us", "Share | Print"),
    silent=("Service   Price   Time", "Share your thoughts", "-h   show this"),
)
