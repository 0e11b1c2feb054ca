"""Counts views, shares, likes or minutes.

A counter is page furniture. It misleads in statistics, where a number has a sentence around it.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="counts views, shares or minutes",
    fires=("1,204 views", "12 vues"),
    silent=(
        "The video had 1,204 views before the channel took it down on Friday.",
        "La vidéo comptait 1 204 vues avant d'être retirée vendredi par la chaîne.",
    ),
)
