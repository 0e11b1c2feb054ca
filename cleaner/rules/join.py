"""Invites to a channel, group or community of the publisher.

Calls to a Telegram channel or WhatsApp group close the articles of many publishers. It misleads in news about
such channels; there the words are part of a longer sentence.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="invites to a channel or group",
    fires=("Join our Telegram channel", "Rejoignez notre chaîne Telegram"),
    silent=("The channel joins the two lakes north of the village.", "Ils ont rejoint le groupe à la nage."),
)
