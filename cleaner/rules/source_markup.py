"""A heading in the source of a wiki page or of a program's documentation.

"== External links ==", "## License": such texts end in links, contacts and a copyright line that are theirs. A heading
alone proves nothing, because extractors write articles as Markdown too: the text must also hold links of a wiki, or code.
"""

import re
from collections.abc import Iterator

from cleaner.rules import Hit, Rule, Scene

# So many headings, and so many pieces of code or links of a wiki, make a source text: four of the labelled documents, of
# which three have no tail.
HEADINGS_MIN = 2
CODE_MIN = 2
_MARKDOWN = r"#{1,6} \S"
_WIKI = r"={2,6}[^=\n]+={2,6}$"
_CODE = r"^(?:```|~~~)|`[^`\n]+`"
_WIKI_LINK = r"\[\[[^\[\]\n]+\]\]|\{\{[^{}\n]+\}\}"


def _observe(scene: Scene) -> Iterator[Hit]:
    for sign, heading, code in (("# ", _MARKDOWN, _CODE), ("==", _WIKI, _WIKI_LINK)):
        if scene.text.count(sign) < HEADINGS_MIN:
            continue
        numbers = [number for number in scene.holding((sign,)) if re.match(heading, scene.texts[number])]
        if len(numbers) >= HEADINGS_MIN and len(re.findall(code, scene.text, re.MULTILINE)) >= CODE_MIN:
            yield from (Hit(number, "whole", scene.texts[number]) for number in numbers)


RULE = Rule(
    "source-markup",
    __doc__,
    why="is a heading in the source of a wiki page or of documentation",
    observe=_observe,
    fires=(
        "# Tool\nRun `make`, then `make install`.\n## License",
        "== See also ==\n* [[Bridge]]\n== Links ==\n{{Portal|Rivers}}",
    ),
    silent=("# The bridge\nIt opens on Monday.\n## Related articles", "== Now =="),
    opposes=True,
)
