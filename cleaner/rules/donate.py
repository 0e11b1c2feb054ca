"""Asks for money for the publisher.

A donation plea is written in full sentences that look like prose; the phrases give it away. It misleads in
obituaries and charity stories, whose own subject is a donation.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="asks for donations to the publisher",
    fires=("Support our work with a donation", "Soutenez-nous en faisant un don"),
    silent=("The family donated the painting to the town museum.", "La mairie a fait don du terrain à l'association."),
)
