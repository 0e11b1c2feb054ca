"""A list item that carries an address or is a link.

A numbered or bulleted list whose items link somewhere: the publisher's other sites, or a list of sources. The
lead-in and the place in the document tell which. "[3] https://…" is an entry of a list of references.
"""

import re

from cleaner.rules import Scene, block_rule

LINK = r"(?:https?://|www\.|\b[a-z0-9-]{2,40}\.(?:com|net|org|info|news|blog|tv|io|co|eu|de|fr|es|it|pt|nl|be|ch|at|pl|cz|ru|ua|gr|ro|hu|se|no|dk|fi|uk|us|ca|br|mx|ar|in|cn|jp|kr|tr|il|ir|vn|id|th)\b)"

_ITEM = re.compile(
    r"(?:\(?\d{1,3}(?:\ufe0f?\u20e3|\s?[).:](?!\s?\d{3}[-. ]\d)|\s[-–—])|[①-⑳❶-❿➀-➉]|[•‣▪●◦■◆★✓✔✅➤➢►▶▸→➡➔⇒»›👉📌🔗🔹🔸🔴🔵⭐*+·–—-])"
    rf"[\ufe0f]?\s?.*?{LINK}"
)


def _test(scene: Scene, number: int) -> str | None:
    block = scene.blocks[number]
    return "whole" if (block.item and block.linked) or _ITEM.match(block.text) else None


RULE = block_rule(
    __name__,
    __doc__,
    why="is a list item with an address",
    among=lambda scene: scene.unlettered,
    test=_test,
    fires=("3) Le site Exemple : https://exemple.org/", "👉 example.com", "* [Our other site](https://example.org/)"),
    silent=("3) Cut the onions.", "[3] https://example.org/report", "The third site is https://example.org/ today."),
)
