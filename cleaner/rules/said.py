"""A line that says who speaks: "Jane Roe says:".

It heads each comment below an article. In an interview and in a forum it heads what people said, which is the article.
"""

import re
from collections.abc import Iterator
from functools import cache

from cleaner.rules import Hit, Rule, Scene

# Characters of such a line.
LONGEST = 80
# Not in the lexicons: the colon behind, by which it is no part of a headline, is none that a phrase can say.
_VERBS = (
    r"says?|said|writes|wrote|replied|commented|dit|a dit|a écrit|écrit|répond|sagt|sagte|schreibt|schrieb|meint|antwortete"
    r"|dice|dijo|escribió|escribe|comentó|respondió|disse|diz|escreveu|ha scritto|scrive|zegt|schreef|pisze|napisał|napisała"
    r"|пишет|написал|написала|говорит|каже|пише|написав|λέει|είπε|έγραψε|říká|napsal|säger|skriver|sier|siger|sanoo|kirjoitti"
    r"|mondja|írta|spune|a scris|diyor|dedi ki|yazdı|قال|يقول|כתב|אומר|berkata|menulis|viết"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"[^\n.!?]{{2,60}}\s(?:{_VERBS})\s?[:：]$")


def _observe(scene: Scene) -> Iterator[Hit]:
    for number in scene.holding((":", "：")):
        text = scene.texts[number]
        if len(text) <= LONGEST and text.endswith((":", "：")) and _pattern().match(text):
            yield Hit(number, "whole", text)


RULE = Rule(
    "said",
    __doc__,
    why="says who speaks",
    observe=_observe,
    fires=("Jane Roe says:", "Jean dit :"),
    silent=("Jane Roe says no.", "The council says it will build the bridge", "He said: no"),
)
