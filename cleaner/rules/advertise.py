"""Marks or offers advertising.

The label "Advertisement" stands where a slot was on the page, between paragraphs too; below the last one it is
tail. By itself it is therefore weak evidence for the end.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="marks or offers advertising",
    fires=("Advertisement", "Publicité"),
    silent=("The firm spent two million on advertising last year.", "La campagne de publicité a coûté deux millions."),
)
