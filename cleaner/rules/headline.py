"""A line as long as a headline that ends like no sentence.

Teasers of other articles are headlines without their text. Subheadings and items of a list look alike. A headline
that asks a question or ends in a colon is weaker evidence.
"""

from cleaner.lines import list_marker
from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import FRAGMENT_MAX, HEADLINE_MAX, ends_sentence


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    if not FRAGMENT_MAX < len(text) <= HEADLINE_MAX or list_marker(text) or scene.prose[number]:
        return None
    if text.endswith((":", "：")):
        return "inside"
    if text.endswith(("?", "？", "؟", "…", "...", "!", "！")):
        return "start"
    return None if ends_sentence(text) else "whole"


RULE = block_rule(
    __name__,
    __doc__,
    why="is a headline without its text",
    test=_test,
    fires=("Council approves new bridge over the river after long debate",),
    silent=("It rained.", "Share", "The council approved the new bridge over the river after a long debate."),
)
