"""A short line that recurs through the article, with paragraphs between.

"Where to watch: …", "Pros", "Verdict": the entries of a list article are built alike, and such a label says that the
next entry, not the tail, begins. Lines that hold a phrase of the lexicons ("Reply", "Share") are left out: they recur in
comments and cards. The first such line is heard as "inside": it only recurs below.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from cleaner.rules import Hit, Rule, Scene

# Characters. Labels are short.
LONGEST = 80
# How often the line stood above, and how much prose (characters) stood between each time. Of 23,930 such lines of the
# labelled documents 22,228 are article, and four start a tail.
TIMES_MIN = 2
PROSE_BETWEEN = 200
_DIGITS = re.compile(r"\d+")


def _observe(scene: Scene) -> Iterator[Hit]:
    above = list(accumulate(scene.prose, initial=0))
    labels = [
        number
        for number, text in enumerate(scene.texts)
        if len(text) <= LONGEST and not scene.prose[number] and number not in scene.spoken
    ]
    # Words -> the amounts of prose above them, each time with enough since the time before.
    seen: dict[tuple[str, ...], list[int]] = {}
    keys = {}
    for number in labels:
        words = _DIGITS.sub("#", scene.texts[number]).split()
        # One word is a label only where it is all of the line.
        keys[number] = (tuple(words), (*words[:2], "") if len(words) > 2 else ())
        for key in filter(None, keys[number]):
            times = seen.setdefault(key, [])
            if not times or above[number] - times[-1] >= PROSE_BETWEEN:
                times.append(above[number])
    for number, (line, start) in keys.items():
        here = above[number]
        if _times_above(seen[line], here) >= TIMES_MIN:
            yield Hit(number, "whole", scene.texts[number])
        elif start and _times_above(seen[start], here) >= TIMES_MIN:
            yield Hit(number, "start", scene.texts[number])
        elif len(seen[line]) - bisect_left(seen[line], here + PROSE_BETWEEN) >= TIMES_MIN:
            # Of 7,034 such lines 5,848 are article, and none starts a tail.
            yield Hit(number, "inside", scene.texts[number])


def _times_above(times: list[int], here: int) -> int:
    return bisect_right(times, here - PROSE_BETWEEN)


_ENTRY = "The film is worth a long evening, and whoever has seen it once will want to see it again soon. " * 3

RULE = Rule(
    "recurring",
    __doc__,
    why="recurs through the article",
    observe=_observe,
    fires=("\n".join(f"Where to watch: {name}\n{_ENTRY}" for name in ("first", "second", "third")),),
    silent=("Where to watch: first\nWhere to watch: second\nWhere to watch: third", f"Verdict\n{_ENTRY}"),
    opposes=True,
)
