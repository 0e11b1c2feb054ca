"""A line in which several things are asked for or offered.

"Share Print Related articles Subscribe": where lines were joined, and in a row of links, one line says what a tail says in
ten. Of 50,700 lines of labelled articles none holds phrases of three kinds and 24 hold two, of 68,600 lines of tails 107 and
1,464.
"""

from cleaner.rules import Scene, block_rule

# So many kinds for each place.
WHOLE, START, INSIDE = 4, 3, 2


def _test(scene: Scene, number: int) -> str | None:
    count = len(scene.kinds(number))
    return "whole" if count >= WHOLE else "start" if count >= START else "inside" if count >= INSIDE else None


RULE = block_rule(
    __name__,
    __doc__,
    why="asks for or offers several things",
    among=lambda scene: sorted(scene.spoken),
    test=_test,
    fires=("Share this article Subscribe to our newsletter Follow us on Facebook Privacy policy",),
    silent=("Share this article", "He asked them to follow the path along the river and to share the bread."),
)
