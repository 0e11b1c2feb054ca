"""A line in Latin letters in a text of another script.

Names of networks, of the publisher and of what it runs on stand in Latin letters below a Greek, Russian or Japanese
article. So do picture credits, product names and posts that are quoted, so the line says little alone.
"""

import re
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

# Characters of such a line.
LONGEST = 80
# The share of characters above the line that are letters of another script.
FOREIGN_SHARE = 0.5
_LATIN = r"(?=.*[A-Za-z]{3})[\x00-\x7f©®·•–—…’»«]+"
# A letter behind the last one of the alphabets of western Europe.
_FOREIGN = r"[^\W\d_\x00-\u024f]"


def _observe(scene: Scene) -> Iterator[Hit]:
    if scene.text.isascii() or not re.search(_FOREIGN, scene.text):
        return
    size = foreign = 0
    for number, text in enumerate(scene.texts):
        if size and len(text) <= LONGEST and foreign > FOREIGN_SHARE * size and re.fullmatch(_LATIN, text):
            yield Hit(number, "whole", text)
        size += len(text)
        foreign += 0 if text.isascii() else len(re.findall(_FOREIGN, text))


RULE = Rule(
    "foreign-script",
    __doc__,
    why="is in Latin letters, the text above is not",
    observe=_observe,
    fires=("Το συμβούλιο ενέκρινε τη νέα γέφυρα τη Δευτέρα.\nPowered by Example",),
    silent=("The council approved the new bridge.\nPowered by Example", "Το συμβούλιο ενέκρινε τη νέα γέφυρα.\nΔιαβάστε ακόμα"),
)
