"""Names of sections, topics and countries.

"Fact checker", "Football", "Gesundheit": a menu or footer lists the parts of a newspaper, a portal or a company's
site. Such a word heads a part of an article as well, so it is a phrase only where it is the whole line, and it is no call:
a run of them tells.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is the name of a section",
    fires=("Fact Checker", "Gesundheit"),
    silent=("Politics is a hard trade.", "Die Gesundheit geht vor."),
)
