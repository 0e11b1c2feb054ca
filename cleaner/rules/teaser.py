"""Furniture of teaser cards: ages, labels, "read more".

Cards of other articles repeat it. Standing alone it shows that a list of teasers runs.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is furniture of a teaser card",
    fires=("3 hours ago", "Lire la suite"),
    silent=(
        "Three hours ago the first helicopters landed, a witness said.",
        "Il y a trois heures encore, personne ne le savait.",
    ),
)
