"""A headline or teaser that is cut off, near another one.

"The council has decided to …": cards of other articles show as much as fits. Dialogue trails off as well, so lines that
open a quotation are left out, and two within three lines are wanted.
"""

from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene
from cleaner.rules.shape import HEADLINE_MAX, near_another

_QUOTES = "\"'“„«‘「『”»–—-"
# Blocks. Cards have a date or a section between their titles.
NEAR = 3


def _is_cut_off(text: str) -> bool:
    core = text.removesuffix("…").removesuffix("...")
    return len(core) < len(text) <= HEADLINE_MAX and core[-1:].isalnum() and text[0] not in _QUOTES


def _observe(scene: Scene) -> Iterator[Hit]:
    numbers = [number for number in scene.holding(("…", "...")) if _is_cut_off(scene.texts[number])]
    yield from (Hit(number, "whole", scene.texts[number]) for number in near_another(numbers, NEAR))


RULE = Rule(
    "cut-off",
    __doc__,
    why="is a headline that is cut off, near another one",
    observe=_observe,
    fires=("The council has decided to…\nRiver rises by a metre...",),
    silent=("The council has decided to…", "“I never …\n“Nor did I…"),
)
