"""A line that is an e-mail address, with a label or without.

Contact lines of the publisher. A press contact inside an article looks the same, so it weighs little.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is an e-mail address",
    pattern=r"[^\n@]{0,40}\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b[^\n]{0,20}$",
    longest=160,
    needs=("@",),
    fires=("Redaktion: redaktion@example.org", "info@example.com"),
    silent=(
        "The letter was sent to mayor@example.org last week, and nobody at the town hall has answered it since.",
        "Meet at 5 @ the pier.",
    ),
)
