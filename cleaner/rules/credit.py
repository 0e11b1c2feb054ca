"""Credits for pictures, agencies and those who made a text.

Inside an article they belong to its pictures; behind the last sentence they mark where it ended.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="credits a picture or an agency",
    fires=("Photo credit: Jane Roe", "Crédit photo : Jeanne Dupont"),
    silent=("The photo shows the bridge in 1923.", "La photo montre le pont en 1923."),
)
