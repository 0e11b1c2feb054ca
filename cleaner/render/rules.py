"""The rules as a table, and one rule explained: its docstring, its weight, its examples.

What is printed is what stands in the rule's file; nothing is documented a second time here. A pipe gets one line for
each rule, as long as it needs, so that grep finds it whole; a terminal gets lines that fit.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.render.visible import visible

_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class RuleView:
    """What there is to say about a rule. `weights` maps what is weighed (such as a place in the line) to a figure;
    `phrases` maps a language to how many phrases it has for this rule."""

    id: str
    doc: str
    fires: Sequence[str] = ()
    silent: Sequence[str] = ()
    opposes: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return self.doc.strip().partition("\n")[0]


def table(rules: Sequence[RuleView], *, width: int | None) -> str:
    """All rules, one an entry: id, what it speaks for, title. `width` None: never wrapped."""
    if not rules:
        return ""
    column = max(len(rule.id) for rule in rules) + 2
    side = len("boilerplate") + 2
    lines = []
    for rule in rules:
        speaks = "article" if rule.opposes else "boilerplate"
        head = f"{visible(rule.id):<{column}}{speaks:<{side}}"
        if width is not None and width - len(head) < _NARROWEST:
            lines += [visible(rule.id), *_wrapped(f"({speaks}) {rule.title}", width, "  ")]
        else:
            wrapped = _wrapped(rule.title, width, " " * len(head))
            lines += [head + wrapped[0].lstrip(), *wrapped[1:]] if wrapped else [head.rstrip()]
    return "\n".join(lines) + "\n"


def explanation(rule: RuleView, *, width: int | None) -> str:
    """One rule in full."""
    speaks = "the article" if rule.opposes else "boilerplate"
    lines = [*_wrapped(f"{rule.id} (speaks for {speaks})", width, ""), ""]
    for paragraph in rule.doc.strip().split("\n\n"):
        lines += [*_wrapped(" ".join(paragraph.split()), width or 80, ""), ""]
    if rule.weights:
        lines += _wrapped("Weight (a logarithm; 0 says nothing, 3 twenty times as likely boilerplate):", width or 80, "")
        label = max(len(name) for name in rule.weights)
        for name, weight in rule.weights.items():
            lines += _wrapped(f"{name:<{label}}  {weight:+.2f}", width, "  ")
        lines.append("")
    lines += _examples("Fires on:", rule.fires, width)
    lines += _examples("Stays silent on:", rule.silent, width)
    if rule.phrases:
        count = sum(rule.phrases.values())
        listed = ", ".join(f"{visible(language)} {number:,}" for language, number in rule.phrases.items())
        lines += [*_wrapped(f"Phrases: {count:,} in {len(rule.phrases)} languages ({listed}).", width or 80, ""), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _examples(title: str, examples: Sequence[str], width: int | None) -> list[str]:
    if not examples:
        return []
    lines = [title]
    for example in examples:
        first, *rest = example.split("\n")
        for start, line in (("  - ", first), *(("    ", line) for line in rest)):
            wrapped = _wrapped(visible(line), width, "    ")
            lines += [start + wrapped[0][4:], *wrapped[1:]] if wrapped else [start.rstrip()]
    return [*lines, ""]


def _wrapped(text: str, width: int | None, indent: str) -> list[str]:
    """Lines of at most `width` columns. Wide characters count as two."""
    text = visible(text)
    if width is None:
        return [indent + text]
    room = max(_NARROWEST, width) - len(indent)
    if text.isascii():
        return [indent + line for line in textwrap.wrap(text, room)]
    from rich.console import Console
    from rich.text import Text

    # rich knows how wide a character is; textwrap takes each for one column.
    console = Console(width=room, height=25, color_system=None, _environ={})
    return [indent + line.plain.rstrip() for line in Text(text).wrap(console, room, overflow="fold")]
