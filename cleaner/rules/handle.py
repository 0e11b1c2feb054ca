"""A line that is a handle on a network.

"@example" alone is the author's or the publisher's profile; inside a sentence it is a quotation.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a handle on a network",
    pattern=r"(?:[^\W\d_]+(?: [^\W\d_]+){0,3}:? )?@[\w.]{2,30}(?:[ ,|/•·]+@[\w.]{2,30})*$",
    longest=160,
    needs=("@",),
    fires=("@examplepost", "Twitter: @examplepost"),
    silent=("@jane said that she would come to the meeting on Sunday.", "Write to a@b."),
)
