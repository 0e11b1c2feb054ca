"""Names a social network or messenger and nothing else.

A line that is only "Facebook" is a button. Inside a sentence a network is a subject like any other, and such a line
weighs nothing.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="names a social network",
    fires=("Facebook", "WhatsApp"),
    silent=(
        "The ministry has asked the court for an order against the operator of the site.",
        "Le ministère a saisi le tribunal.",
    ),
)
