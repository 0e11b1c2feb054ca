"""Footers of newsletters and mails.

Unsubscribe lines, "view in browser", confidentiality notes: they hang below the text of every mailing.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is the footer of a mailing",
    fires=("Unsubscribe", "Se désinscrire"),
    silent=(
        "Many unsubscribe only after years, the study found in interviews with customers of three firms.",
        "Beaucoup se désabonnent au bout de deux ans, selon une étude menée auprès des clients.",
    ),
)
