"""A line of source code or of a shell session.

Code is content: a programmer's article ends with it, and a source file holds nothing else. Scripts of web pages that an
extractor left in the text look the same.
"""

import re
from collections.abc import Iterator
from functools import cache

from cleaner.rules import Hit, Rule, Scene

_LINE = (
    r"(?:(?:def|class|import|from|const|let|var|public|private|static|return|elif|async|func|fn|package|using|namespace)\s"
    # A sentence may start with such a word; the line after it is no code then.
    r"[\w.*{\"'\[(].*[:;){\]\"'\w]$(?<![.!?])(?=\n.*[=(){};])"
    r"|#include\s|#!/|<\?php|\$ \w|[{}\])]+[;,]?$|@\w+$(?=\n\s*(?:@|(?:async |public |private |protected |static )*(?:def|class|func?|void|int|[A-Z]\w+)\s)))"
    r"|[\w.\[\]\"']+ (?:[-+*/|&:]?=|=>|->) \S"
    # Not "Comments(7)".
    r"|(?a:[a-zA-Z_][\w.]*)\((?!\d+\))[^()\n]{0,80}\)[;:]?$"
)
# Code starts with no letter, or one of these stands in the line or in the one behind it, or in the one behind that where
# the line is a keyword alone.
_SIGNS = tuple("=(){};>")


@cache
def _line() -> re.Pattern[str]:
    return re.compile(_LINE, re.MULTILINE)


def _observe(scene: Scene) -> Iterator[Hit]:
    match = _line().match
    signed = scene.holding(_SIGNS)
    above = (number - lines for number in signed for lines in (1, 2) if number >= lines)
    for number in sorted({*scene.unlettered, *signed, *above}):
        text = scene.texts[number]
        if text.endswith((";", "{")) or match(scene.text, scene.starts[number]):
            yield Hit(number, "whole", text)


RULE = Rule(
    "code-line",
    __doc__,
    why="is a line of code",
    observe=_observe,
    fires=("total = price * count", "if (x > 0) {", "#include <stdio.h>", "$ pip install tool"),
    silent=(
        "Follow us on Facebook.",
        "He said: do it; then he left.",
        "Share this article",
        "Price (2023): 5 euros",
        "Comments(7)",
        "@example",
    ),
    opposes=True,
)
