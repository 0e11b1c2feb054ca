"""An item of a list that a sentence of the article leads into.

"These are the dishes we tried:" and then names, line by line: the list is the article's, although its lines look like a
menu. A lead-in that holds a phrase of the lexicons ("Read more:") gives nothing. The list ends at a paragraph, at a
phrase, at the next lead-in, and at a blank line where its items have none between them.
"""

from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene
from cleaner.rules.prose import MIDDLE

# Characters. A longer line that ends in a colon is a sentence of the article; of 744 items below such lines 724 are
# article. Below shorter ones 436 of 746, against 1 of 4 of other short lines.
SENTENCE_MIN = 80


def _observe(scene: Scene) -> Iterator[Hit]:
    blocks, prose, spoken = scene.blocks, scene.prose, scene.calling
    place = ""
    tight = False
    items = 0
    for number, text in enumerate(scene.texts):
        if number in spoken or prose[number] >= MIDDLE:
            place = ""
        if text.endswith((":", "：")):
            place = "" if number in spoken else "whole" if prose[number] or len(text) > SENTENCE_MIN else "start"
            items = 0
        elif place:
            items += 1
            gap = blocks[number].gap > 0
            if items == 2:
                tight = not gap
            if items > 1 and gap and (tight or place == "start"):
                place = ""
            else:
                yield Hit(number, place, text)


RULE = Rule(
    "led-item",
    __doc__,
    why="is an item of a list that the article leads into",
    observe=_observe,
    fires=("On the way we stopped at these three places, each of them worth a day of its own:\nThe Old Mill\nStone Bridge",),
    silent=("Read more:\nThe Old Mill\nStone Bridge", "The Old Mill\nStone Bridge"),
    opposes=True,
)
