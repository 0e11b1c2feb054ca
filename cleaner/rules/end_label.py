"""A short label with a colon, behind the last paragraph and above short lines.

"Mots clés :", "Auteur :", "In this section:": where no prose follows, such a label heads furniture in any language, also
where its word is in no lexicon. Above items of a list or lines of code it belongs to the article.
"""

from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene
from cleaner.rules.shape import FRAGMENT_MAX, ends_sentence


def _observe(scene: Scene) -> Iterator[Hit]:
    blocks, prose = scene.blocks, scene.prose
    number = len(blocks)
    while number and not prose[number - 1]:
        number -= 1
    # The first block behind the last prose: of 25 such labels 20 start a tail.
    if not 0 < number < len(blocks) - 1:
        return
    text, following = scene.texts[number], blocks[number + 1]
    if text.endswith((":", "：")) and len(text) <= FRAGMENT_MAX and not following.item and not ends_sentence(following.text):
        yield Hit(number, "whole", text)


_PROSE = "The council approved the new bridge over the river after a long debate on Monday."

RULE = Rule(
    "end-label",
    __doc__,
    why="is a label behind the last paragraph",
    observe=_observe,
    fires=(f"{_PROSE}\nSlugs:\nBridge\nRiver",),
    silent=(f"{_PROSE}\nWhat to bring:\n- a rope", f"Slugs:\n{_PROSE}", f"{_PROSE}\nSlugs:"),
)
