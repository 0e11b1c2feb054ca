"""A short line that ends like no sentence.

One to five words without a final mark: buttons, menu entries, names, labels. It misleads in poems, subheadings,
scores and addresses; many of them with markers among them make a tail. A line of one word is more often a button.
"""

from cleaner.lines import list_marker
from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import FRAGMENT_MAX


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    if scene.ends[number] or list_marker(text):
        return None
    if text.endswith((":", "：")):
        return "inside"
    return "start" if " " in text else "whole"


RULE = block_rule(
    __name__,
    __doc__,
    why="is a fragment, not a sentence",
    among=lambda scene: scene.up_to(FRAGMENT_MAX),
    test=_test,
    fires=("Read more", "Jane Roe"),
    silent=(
        "It rained.",
        "The council will meet again on Tuesday to hear the residents of both streets and the builder",
    ),
)
