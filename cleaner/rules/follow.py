"""Asks the reader to follow the publisher on a social network.

An article has no reason to ask for followers; the publisher asks below it. It misleads in stories about
stalking, poems and quotations ("Follow us," he said), where the words stand inside a sentence; a line that says
nothing else weighs most.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="asks the reader to follow the publisher",
    fires=("Follow us on Facebook and Instagram!", "Suivez-nous sur Twitter"),
    silent=(
        "The detectives asked her not to follow them into the building.",
        "Il leur a demandé de le suivre jusqu'au port.",
    ),
)
