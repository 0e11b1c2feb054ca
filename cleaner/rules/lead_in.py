"""A line that leads into links, accounts or a call.

"Discover our other titles:" and then a list of sites, "Enjoyed this column?" and then a newsletter box: what follows is
judged with the line that introduces it, whatever its words are. A list of sources has the same shape; its heading is one
of `references`.
"""

import re

from cleaner.rules import Scene, block_rule
from cleaner.rules.linked_item import LINK
from cleaner.rules.payment_address import ACCOUNT

# Characters. Longer lines with a colon are paragraphs that quote something.
LEAD_IN_MAX = 250
# A question or an exclamation to the reader is shorter: "Want more stories like this?"
CALL_MAX = 100
_FOLLOWS = re.compile(f"{LINK}|{ACCOUNT}")


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    if text.endswith((":", "：")) and len(text) <= LEAD_IN_MAX and _FOLLOWS.search(scene.texts[number + 1]):
        # Without a phrase it leads into an article's own link 9 times as often as into a publisher's.
        return "whole" if number in scene.spoken else "inside"
    return "start" if len(text) <= CALL_MAX and number + 1 in scene.spoken else None


def _among(scene: Scene) -> list[int]:
    return [number for number, text in enumerate(scene.texts[:-1]) if text.endswith((":", "：", "?", "？", "؟", "!", "！"))]


RULE = block_rule(
    __name__,
    __doc__,
    why="leads into links, accounts or a call",
    among=_among,
    test=_test,
    fires=(
        "Discover our other titles:\n1) The Example: https://example.org/",
        "Our account:\nIBAN: DE89 3704 0044 0532 0130 00",
        "Want more of this?\nSubscribe to our newsletter",
    ),
    silent=(
        "She packed three things:\na rope, a map and a lamp.",
        "Discover our other titles:",
        "Who was it?\nNobody knew.",
    ),
)
