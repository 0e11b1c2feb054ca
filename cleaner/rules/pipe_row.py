"""Short labels in one row, divided by bars or dots.

"Home | About | Contact": menus, share rows and footers. It misleads in tables, whose rows repeat.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a row of short labels",
    pattern=r"[^\n|•·/›»]{1,30}(?:\s[|•·›»]\s?[^\n|•·›»]{1,30}){2,}$|[^\n|]{1,25}(?:\|[^\n|]{1,25}){2,}$",
    longest=300,
    needs=("|", "•", "·", "›", "»"),
    fires=("Home | About us | Contact", "Facebook • Twitter • E-mail"),
    silent=("The vote was 5 | 3.", "Prices rose · a little."),
)
