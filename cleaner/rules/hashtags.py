"""A line of hashtags.

Tags of the text in the form of a network. One hashtag in a sentence is prose.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a row of hashtags",
    pattern=r"(?:#[^\W_]\w*[ ,]{0,2}){2,}$|#[^\W\d_]\w{2,}$",
    longest=400,
    needs=("#",),
    fires=("#climate #energy #Leeds", "#économie"),
    silent=("The hashtag #climate was used by thousands of people on that day.", "# Heading of a chapter"),
)
