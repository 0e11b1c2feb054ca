"""Copyright, reproduction, terms and privacy lines.

They belong to the site. It misleads in contracts and in stories about copyright, where such words stand all over
the text; they weigh at its end only.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is a legal line of the site",
    fires=("All rights reserved", "Tous droits réservés"),
    silent=("She reserved a table for four.", "Il a réservé une table pour quatre."),
)
