"""A line that the user's rules say starts a tail.

Not found in any text by itself: the phrases come from `block = [...]` in a rules file or a profile. Such a line is a
cut whatever else speaks for or against it, unless `keep` names a line at or below it.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="starts a tail by the rules file",
    fires=("THE TAIL OF THE EXAMPLE STARTS HERE",),
    silent=("The example has no tail.",),
)
