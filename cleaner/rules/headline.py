"""A line as long as a headline that ends like no sentence.

Teasers of other articles are headlines without their text. Subheadings and items of a list look alike. A headline
that asks a question or ends in a colon is weaker evidence.
"""

from cleaner.lines import list_marker
from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import FRAGMENT_MAX, HEADLINE_MAX


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    if len(text) <= FRAGMENT_MAX or scene.prose[number] or list_marker(text):
        return None
    if text.endswith((":", "：")):
        return "inside"
    if text.endswith(("?", "？", "؟", "…", "...", "!", "！")):
        return "start"
    return None if scene.ends[number] else "whole"


RULE = block_rule(
    __name__,
    __doc__,
    why="is a headline without its text",
    among=lambda scene: scene.up_to(HEADLINE_MAX),
    test=_test,
    fires=("Council approves new bridge over the river after long debate",),
    silent=("It rained.", "Share", "The council approved the new bridge over the river after a long debate."),
)
