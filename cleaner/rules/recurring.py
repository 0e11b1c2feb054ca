"""A short line that recurs through the article, with paragraphs between.

"Where to watch: …", "Pros", "Verdict": the entries of a list article are built alike, and such a label says that the
next entry, not the tail, begins. Lines that hold a phrase of the lexicons ("Reply", "Share") are left out: they recur in
comments and cards.
"""

import re
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

# Characters. Labels are short.
LONGEST = 80
# How often the line stood above, and how much prose (characters) stood between each time. Of 23,930 such lines of the
# labelled documents 22,228 are article, and four start a tail.
TIMES_MIN = 2
PROSE_BETWEEN = 200
_DIGITS = re.compile(r"\d+")


def _observe(scene: Scene) -> Iterator[Hit]:
    # Words -> how often they stood above with prose since the time before, and the prose above the last time.
    seen: dict[tuple[str, ...], tuple[int, int]] = {}
    above = 0
    for number, text in enumerate(scene.texts):
        if len(text) <= LONGEST and not scene.prose[number] and number not in scene.spoken:
            words = _DIGITS.sub("#", text).split()
            # One word is a label only where it is all of the line.
            keys = {"whole": tuple(words)} | ({"start": (*words[:2], "")} if len(words) > 2 else {})
            places = []
            for place, key in keys.items():
                times, before = seen.get(key, (0, -PROSE_BETWEEN))
                if above - before >= PROSE_BETWEEN:
                    if times >= TIMES_MIN:
                        places.append(place)
                    seen[key] = times + 1, above
            if places:
                yield Hit(number, places[0], text)
        above += scene.prose[number]


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
