"""Emoji that point, ring or invite.

👉 📲 🔔 💌 lead calls to action. Articles quote emoji, they seldom start a line with one of these.
"""

from cleaner.rules import start_rule

RULE = start_rule(
    __name__,
    __doc__,
    why="starts with an inviting emoji",
    pattern=r"[^\w\n]{0,3}[👉👇📲🔔💌📩✉📧📢📣🔗📱❤💙💛🙏☕➡🛒🎁🔥📌👍⬇✅🌐💬🎧▶]\ufe0f?\s?\S",
    lettered=False,
    fires=("📲 Téléchargez l'application", "👉 Suivez-nous"),
    silent=("He answered with a 👉 and left.", "The sign said stop."),
)
