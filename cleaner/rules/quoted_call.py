"""A paragraph that asks for something only inside its quotation marks.

'"Follow us!" she cried, and the children ran': whoever is quoted speaks to somebody in the story, not the publisher to
the reader. Misleads where a button is named in quotation marks ("click on “Subscribe”").
"""

import re
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|»[^«]+«|‹[^›]+›|「[^」]+」|『[^』]+』|”[^”]+”")


def _observe(scene: Scene) -> Iterator[Hit]:
    outside = {
        number: text
        for number in sorted(scene.calling)
        if scene.prose[number] and (text := _QUOTED.sub(" ", scene.texts[number])) != scene.texts[number]
    }
    speaking = scene.speaking(outside.values())
    yield from (Hit(number, "whole", scene.texts[number]) for number, text in outside.items() if text not in speaking)


RULE = Rule(
    "quoted-call",
    __doc__,
    why="asks for something only inside quotation marks",
    observe=_observe,
    fires=(
        "The conductor climbed down to the crowd on the platform and waved his cap at them. “Follow us!” he cried, and so they did, all the way to the harbour.",
        "« Suivez-nous ! » a crié la petite fille, puis elle a pris le mégaphone des mains de son père et le cortège est reparti vers la mairie.",
    ),
    silent=(
        "Follow us on Facebook for “the best of the week”, and never miss another story from the valley that you and your family live in.",
        "“It was a fine day”, he said, and then he walked home along the river with his dog, as he had done for forty years.",
    ),
    opposes=True,
)
