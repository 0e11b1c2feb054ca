"""Gives a way to reach the newsroom or firm.

Corporate pages and papers close with it. It misleads where the contact is what the article is about, so it weighs
little by itself.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="tells how to reach the publisher",
    fires=("Contact us", "Contactez-nous"),
    silent=("He lost contact with his sister after the war.", "Il a perdu le contact avec sa sœur."),
)
