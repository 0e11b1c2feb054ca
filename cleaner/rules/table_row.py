"""A row of a table or a file of records: as many separators as the rows around it.

CSV, tab-separated values and Markdown tables are content to their last row, whatever words stand in their cells. A menu
in one line has separators as well, but no rows below it that are built alike.
"""

from collections.abc import Iterator
from itertools import groupby

from cleaner.rules import Hit, Rule, Scene

# So many rows in a run, each with so many separators of a kind, are a table. A comma before a space is one of prose:
# three paragraphs in a row with three commas each are not rare.
ROWS_MIN = 3
SEPARATORS_MIN = {";": 2, "\t": 2, "|": 2, ",": 3}


def _observe(scene: Scene) -> Iterator[Hit]:
    texts = scene.texts
    for separator, least in SEPARATORS_MIN.items():
        if _count(scene.text, separator) < ROWS_MIN * least:
            continue
        counts = [_count(text, separator) for text in texts]
        if max(counts) < least:
            continue
        start = 0
        for separators, run in groupby(counts):
            end = start + len(list(run))
            if separators >= least and end - start >= ROWS_MIN:
                yield from (Hit(number, "whole", texts[number]) for number in range(start, end))
            start = end


def _count(text: str, separator: str) -> int:
    return text.count(separator) - (text.count(", ") if separator == "," else 0)


RULE = Rule(
    "table-row",
    __doc__,
    why="is a row of a table",
    observe=_observe,
    fires=("id;title;date\n1;Follow us;2023\n2;Share;2024",),
    silent=("Home | About | Contact\nFollow us on Facebook", "Red, green, blue, white.\nShare"),
    opposes=True,
)
