"""The first sentences of a paragraph whose next sentence is a call.

"Independent journalism costs money. Please support us with a donation": the plea begins before its first phrase. In a
text whose lines were joined, the article's last sentence stands there instead; then it is long or several.
"""

from itertools import pairwise

from cleaner.lines import split_sentences
from cleaner.rules import Scene, block_rule

# Characters of one sentence that leads up to a call.
LONGEST = 160


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    return "whole" if len(text) <= LONGEST and len(split_sentences(text)) == 1 else None


def _among(scene: Scene) -> list[int]:
    return [
        number
        for number, (one, after) in enumerate(pairwise(scene.blocks))
        if after.gap < 0 <= one.gap and number + 1 in scene.spoken
    ]


RULE = block_rule(
    __name__,
    __doc__,
    why="begins a paragraph that goes on with a call",
    among=_among,
    test=_test,
    fires=(
        "Independent journalism costs money and we have no owner to pay for it. Please support us with a donation today, however small it may be.",
    ),
    silent=("Independent journalism costs money. It always did.",),
)
