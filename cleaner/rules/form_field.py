"""A field of a form that must be filled in, near another one.

"Name *", "E-mail *": comment and newsletter forms. An asterisk behind a single line is a footnote.
"""

from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene
from cleaner.rules.shape import near_another

# Characters of a field's label.
LONGEST = 60
# Blocks between two fields: the field's own text can stand there.
NEAR = 3


def _observe(scene: Scene) -> Iterator[Hit]:
    numbers = [number for number in scene.holding(("*",)) if _is_field(scene.texts[number])]
    yield from (Hit(number, "whole", scene.texts[number]) for number in near_another(numbers, NEAR))


def _is_field(text: str) -> bool:
    return len(text) <= LONGEST and text.rstrip(" :").endswith("*") and not text.endswith("**") and text[0].isalpha()


RULE = Rule(
    "form-field",
    __doc__,
    why="is a field of a form",
    observe=_observe,
    fires=("Name *\nE-mail *",),
    silent=("Name *", "**Name**\n**Place**", "* * *\n* * *"),
)
