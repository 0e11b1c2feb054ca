"""Headings of what belongs to an article although it stands at its end.

References, sources, notes, corrections, ingredients, press contacts: behind such a heading the article goes on, also
when a banner stood above it.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="heads references, notes or another part of the article",
    fires=("References", "Sources"),
    silent=("The sources of the river were found in 1858.", "Selon nos sources, la route est fermée."),
    opposes=True,
)
