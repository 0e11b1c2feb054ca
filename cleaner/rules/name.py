"""Two to four capitalised words and nothing else.

A person, a site, a category: author boxes, teaser labels and menus. Subheadings and lists of names look alike.
"""

import re

from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import FRAGMENT_MAX

_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?: (?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|de|da|del|di|van|von|der|den|la|le|and|&)){1,3}")


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    return "whole" if " " in text and _NAME.fullmatch(text) else None


RULE = block_rule(
    __name__,
    __doc__,
    why="is a name or a title without a sentence",
    among=lambda scene: scene.up_to(FRAGMENT_MAX),
    test=_test,
    fires=("Jane Roe", "Jean-Paul van der Berg"),
    silent=("jane roe", "Jane Roe said no to everything"),
)
