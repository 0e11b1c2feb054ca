"""Offers a subscription or a newsletter.

Newsletter boxes hang below (or stand between) paragraphs; behind the article's last sentence they start the tail.
It misleads in stories about newsletters and subscription businesses.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="offers a newsletter or a subscription",
    fires=("Subscribe to our newsletter", "Abonnez-vous à notre newsletter"),
    silent=(
        "The theory to which most economists subscribe was published in 1936.",
        "Le club compte trois cents abonnés fidèles.",
    ),
)
