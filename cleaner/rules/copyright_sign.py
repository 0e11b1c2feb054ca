"""A copyright sign with a year or an owner.

© weighs at the edge of a text only: the last lines of a page. In a book review it stands in a caption.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a copyright line",
    pattern=r"[^\n©(]{0,60}(?:©|(?<![^\W_])\([cC]\)\s?(?=\d{4}|[A-Z]))|(?i:[^\n]{0,60}?\bcopyright\b[^\n]{0,20}?\b(?:19|20)\d\d\b)",
    longest=250,
    needs=("©", "(c)", "(C)", "opyright", "OPYRIGHT"),
    fires=("© 2024 Example Media Ltd", "Copyright 2023 The Example Post"),
    silent=("(c) the tenant shall pay the rent.", "He studied copyright law.", "SELECT sum(c) FROM"),
)
