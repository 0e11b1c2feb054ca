"""A line that the user's rules say must stay.

Not found in any text by itself: the phrases come from `keep = [...]` in a rules file. Such a line is never removed, nor
anything above it; this wins over every other rule, `block` included.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="stays by the rules file",
    fires=("THIS LINE OF THE EXAMPLE STAYS",),
    silent=("The example goes.",),
    opposes=True,
)
