"""Heading or prompt for related reading.

The most frequent start of a tail. It misleads as a box in the middle of an article that goes on, which is why prose
behind it counts against a cut.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="offers related articles",
    fires=("Related articles", "À lire aussi"),
    silent=("The two cases are related, the prosecutor said.", "Les deux affaires sont liées, selon le procureur."),
)
