"""A paragraph of full sentences.

The more of a document's prose lies behind a line, the less that line starts the tail: the strongest signal there is.
Comments, author boxes and teasers are prose as well, but seldom in long paragraphs.
"""

from cleaner.rules import Scene, block_rule

# Characters. A paragraph of an article has 250 in the median, a comment or an author box 150, a teaser 100.
LONG = 300
MIDDLE = 130


def _test(scene: Scene, number: int) -> str:
    size = scene.prose[number]
    return "whole" if size >= LONG else "start" if size >= MIDDLE else "inside"


RULE = block_rule(
    __name__,
    __doc__,
    why="is a paragraph of prose",
    among=lambda scene: [number for number, size in enumerate(scene.prose) if size],
    test=_test,
    fires=("The council approved the new bridge over the river after a long debate on Monday.",),
    silent=("Share", "Council approves new bridge"),
    opposes=True,
)
