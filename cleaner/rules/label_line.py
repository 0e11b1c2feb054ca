"""A line of a label and its value, in a run of such lines.

"Author: …", "Pages: …", "Price: …": a long run of facts about a book, a film or a company belongs to the article, a short
one may as well name those who made the text ("Text: …", "Photo: …"). Three such lines in a row are wanted, because a menu
can hold one ("Tel: …"); values are short, because headlines have colons as well.
"""

from collections.abc import Iterator
from itertools import groupby

from cleaner.rules import Hit, Rule, Scene

# Lines in a row. Of runs of five and more 1,378 of 1,554 lines are article, of shorter ones 1,475 of 1,895.
RUN_MIN = 3
LONG_RUN = 5
# Characters. Longer values are headlines: "Travel: ten places to see before the summer is over".
VALUE_MEDIAN = 40
# Characters of a label and of a value.
LABEL_MAX = 35
VALUE_MAX = 61


def _value(text: str) -> int:
    """The length of the value behind a label, 0 where the line is none."""
    label, colon, value = text.replace("：", ":", 1).partition(":")
    label, value = label.strip(), value.strip()
    if not colon or not 2 <= len(label) <= LABEL_MAX or len(value) > VALUE_MAX:
        return 0
    return len(value) if label[0].isalpha() and not any(map(str.isdigit, label)) else 0


def _observe(scene: Scene) -> Iterator[Hit]:
    values = [0 if size else _value(text) for text, size in zip(scene.texts, scene.prose, strict=True)]
    for labelled, numbers in groupby(range(len(values)), lambda number: values[number] > 0):
        run = list(numbers)
        if not labelled or len(run) < RUN_MIN:
            continue
        if sorted(values[number] for number in run)[len(run) // 2] <= VALUE_MEDIAN:
            yield from (Hit(number, "whole" if len(run) >= LONG_RUN else "start", scene.texts[number]) for number in run)


RULE = Rule(
    "label-line",
    __doc__,
    why="is a label with its value, in a run of such lines",
    observe=_observe,
    fires=("Title: The River\nAuthor: Jane Roe\nPages: 312",),
    silent=("Tel: 555 0100", "Monday\nTuesday\nWednesday"),
)
