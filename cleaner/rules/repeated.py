"""A short line that stands in the document more than once.

"Reply", "Previous", "Share", a name under each comment: page furniture repeats, sentences do not. Refrains of songs,
labels of tables and speakers of an interview repeat as well.
"""

from collections import Counter
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

# Characters. Longer lines that repeat are teasers of the article itself.
LONGEST = 80


def _observe(scene: Scene) -> Iterator[Hit]:
    texts = scene.texts
    numbers = scene.up_to(LONGEST)
    counts = Counter([texts[number] for number in numbers])
    if len(counts) == len(numbers):
        return
    for number in numbers:
        times = counts[texts[number]]
        if times > 1:
            yield Hit(number, "whole" if times > 2 else "start", texts[number])


RULE = Rule(
    "repeated",
    __doc__,
    why="stands in the text more than once",
    observe=_observe,
    fires=("Reply\nI like it.\nReply",),
    silent=("Reply\nI like it.",),
)
