"""Offers or asks to share the text.

Share rows stand directly below the last sentence and are among the surest starts of a tail. It misleads in
recipes, contracts and poems where something else is shared.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="asks to share, print or forward the text",
    fires=("Share this article", "Partager cet article"),
    silent=(
        "The brothers share a flat above the bakery on Mill Street.",
        "Les deux communes partagent la même caserne de pompiers.",
    ),
)
