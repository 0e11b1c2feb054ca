"""A line that is only a number.

Counters without a label, page numbers, ranks. Tables and results hold them too.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is only a number",
    pattern=r"[^\w\n]{0,2}\d{1,3}(?:[.,\s]\d{1,3})*\s?[kKmM+%]?[^\w\n]{0,2}$",
    longest=24,
    lettered=False,
    fires=("12", "3.4K"),
    silent=("12 men", "In 1912"),
)
