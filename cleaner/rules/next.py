"""Links to the next or previous text.

Blog navigation below the last paragraph. It misleads in documentation, where "Next" also labels a step.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="links to the next or previous text",
    fires=("Previous post", "Article suivant"),
    silent=("The next morning the road was open again.", "Le lendemain, la route était rouverte."),
)
