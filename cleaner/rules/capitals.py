"""A short line in capitals, or a headline in which nearly every word has one.

Menus, section labels and English teasers are set so. Headings of an article are as well, which is why prose behind it
counts.
"""

from operator import itemgetter

from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import HEADLINE_MAX

# Share of capitalised words; names in a sentence reach 0.4, English title case 0.7 and more.
TITLE_SHARE = 0.7
# Shorter lines are names.
WORDS_MIN = 4


def _test(scene: Scene, number: int) -> str | None:
    text = scene.texts[number]
    if text.isupper():
        return "whole"
    words = text.split()
    if len(words) < WORDS_MIN:
        return None
    initials = list(filter(str.isalpha, map(itemgetter(0), words)))
    if len(initials) < WORDS_MIN:
        return None
    return "start" if sum(map(str.isupper, initials)) >= TITLE_SHARE * len(initials) else None


RULE = block_rule(
    __name__,
    __doc__,
    why="is set in capitals",
    among=lambda scene: scene.up_to(HEADLINE_MAX),
    test=_test,
    fires=("LATEST NEWS", "Ten Ways to Grow Your Own Tomatoes Indoors"),
    silent=("It rained.", "The council of Leeds met on Monday to speak with residents"),
)
