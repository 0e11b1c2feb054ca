"""Introduces the publisher's other sites.

A lead-in such as "Our other sites" or a label such as "Link to share:" turns the list below it into promotion.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="introduces the publisher's other sites",
    fires=("Our other sites", "Lien du site à partager : https://example.org/"),
    silent=(
        "The builders will visit other sites in the region before they decide.",
        "Les archéologues ont visité d'autres sites de la région.",
    ),
)
