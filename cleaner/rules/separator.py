"""A rule line.

It divides the article from what hangs below it, and also sections and stanzas; the lines behind it tell which.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a rule line",
    pattern=r"(?:[-–—_=*~·•.#+]\s?){3,}$|[⸻―─━═]+$",
    longest=200,
    lettered=False,
    fires=("---", "* * *"),
    silent=("-- he said", "3 * 4"),
)
