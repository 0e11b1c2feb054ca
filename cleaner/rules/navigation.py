"""Menus and page navigation.

Single words of a menu ("Home", "Back to top"). It misleads in manuals that quote menus; runs of them are sure.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is navigation of the site",
    fires=("Back to top", "Retour en haut"),
    silent=("He went back to the top of the hill at dawn.", "Elle est remontée tout en haut de la tour."),
)
