"""Speaks to the reader about the publisher itself.

"We remind our readers …", "Thanks for reading": the article's voice has stopped and the publisher's begins, often
as lead-in of a list of sites. It misleads in letters and columns that address the reader as a habit.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="addresses the reader about the publisher",
    fires=("Thanks for reading!", "Nous rappelons à nos lecteurs que notre site a déménagé."),
    silent=("The novel has found many readers abroad.", "Les lecteurs du roman sont nombreux à l'étranger."),
)
