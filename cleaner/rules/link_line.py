"""A label and an address, or nothing but an address.

"Site: https://…" line after line is a link farm. One address at the end of a sentence, or a list of sources, is
content; references answer to this rule.
"""

from cleaner.rules import short_rule

RULE = short_rule(
    __name__,
    __doc__,
    why="is a label with an address",
    pattern=r"[^\n]{0,60}?(?<![\w@.])(?:https?://|www\.)[^\s]{3,200}[ )>\].»\"]{0,3}$",
    longest=300,
    needs=("://", "www."),
    fires=("Our shop: https://shop.example.org/", "https://example.org/page"),
    silent=(
        "The study is at https://example.org/study and was published in May by the university's press office.",
        "He typed the address twice.",
    ),
)
