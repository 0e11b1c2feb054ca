"""A line that opens a quotation.

Spoken words are article; a pull quote in a tail is rare.
"""

from cleaner.rules import start_rule

RULE = start_rule(
    __name__,
    __doc__,
    why="opens a quotation",
    pattern=r"""[\"“„«‘「『”»–—-]\s?[^\n]{25,}[.!?…。！？”\"»」]\s?$""",
    lettered=False,
    fires=("“We never thought the water would come this far,” she said.", "« Nous n'avons rien vu venir », dit-il."),
    silent=("“Related”", "Share"),
    opposes=True,
)
