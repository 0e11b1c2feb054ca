"""A link into a messenger: a channel, group or bot.

Articles name channels, publishers link to their own. It misleads in directories of channels, where the list is the
article and the links are many.
"""

from cleaner.rules import pattern_rule

RULE = pattern_rule(
    __name__,
    __doc__,
    why="links to a messenger channel or group",
    pattern=r"(?i:\b(?:t\.me|telegram\.me|chat\.whatsapp\.com|wa\.me|whatsapp\.com/channel|invite\.viber\.com|discord\.gg|discord\.com/invite|signal\.group|line\.me|m\.me|zalo\.me|max\.ru)/[^\s]{2,})",
    needs=(
        "t.me/",
        "telegram.me/",
        "whatsapp.com/",
        "wa.me/",
        "viber.com/",
        "discord.",
        "signal.group/",
        "line.me/",
        "m.me/",
        "zalo.me/",
        "max.ru/",
    ),
    sign="/",
    fires=("Notre canal : https://t.me/exemple_infos", "Join: chat.whatsapp.com/AbC123"),
    silent=("The operator of t.me declined an interview.", "Il a écrit sur Telegram que la route était fermée."),
)
