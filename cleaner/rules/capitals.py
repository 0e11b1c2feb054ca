"""A short line in capitals, or a headline in which nearly every word has one.

Menus, section labels and English teasers are set so. Headings of an article are as well, which is why prose behind it
counts.
"""

from cleaner.rules import Scene, block_rule
from cleaner.rules.shape import HEADLINE_MAX

# Share of capitalised words; names in a sentence reach 0.4, English title case 0.7 and more.
TITLE_SHARE = 0.7
# Shorter lines are names.
WORDS_MIN = 4


def _test(scene: Scene, number: int) -> str | None:
    text = scene.blocks[number].text
    if len(text) > HEADLINE_MAX:
        return None
    if text.isupper():
        return "whole"
    words = [word for word in text.split() if word[0].isalpha()]
    if len(words) < WORDS_MIN:
        return None
    return "start" if sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words) else None


RULE = block_rule(
    __name__,
    __doc__,
    why="is set in capitals",
    test=_test,
    fires=("LATEST NEWS", "Ten Ways to Grow Your Own Tomatoes Indoors"),
    silent=("It rained.", "The council of Leeds met on Monday to speak with residents"),
)
