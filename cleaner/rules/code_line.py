"""A line of source code or of a shell session.

Code is content: a programmer's article ends with it, and a source file holds nothing else. Scripts of web pages that an
extractor left in the text look the same.
"""

from cleaner.rules import pattern_rule

RULE = pattern_rule(
    __name__,
    __doc__,
    why="is a line of code",
    pattern=r"^(?:(?:def|class|import|from|const|let|var|public|private|static|return|elif|async|func|fn|package|using|namespace)\s[\w.*{\"'\[(].*[:;){\]\"'\w]$(?<![.!?])(?=\n.*[=(){};])|#include\s|#!/|<\?php|\$ \w|[{}\])]+[;,]?$|@\w+$)|[;{]$|^[\w.\[\]\"']+ (?:[-+*/|&:]?=|=>|->) \S|^\w[\w.]*\([^()\n]{0,80}\)[;:]?$",
    fires=("total = price * count", "if (x > 0) {", "#include <stdio.h>", "$ pip install tool"),
    silent=("Follow us on Facebook.", "He said: do it; then he left.", "Share this article", "Price (2023): 5 euros"),
    opposes=True,
)
