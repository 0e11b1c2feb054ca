"""Tags, categories and topics of the text.

A tag line hangs directly below the last sentence. It misleads in texts about tagging (HTML, whales).
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="lists tags or categories",
    fires=("Tags: economy, housing, Leeds", "Mots-clés : économie, logement"),
    silent=("The biologists tags the whales with small transmitters.", "Les biologistes marquent les baleines."),
)
