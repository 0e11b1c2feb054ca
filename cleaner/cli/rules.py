"""`cleaner rules [ID]`: all rules as a table, or one of them explained.

What is said comes from the rules' own files; this only asks the registry and the lexicons and hands over to `render`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from cleaner.cli.clean import DONE
from cleaner.cli.options import information_options
from cleaner.cli.terminal import width
from cleaner.model import CleanerError
from cleaner.sinks import standard_output_is_terminal, write_terminal_text

if TYPE_CHECKING:
    from cleaner.render.rules import RuleView
    from cleaner.rules import Rule


_PLACES = {
    "whole": "says most of the line",
    "start": "starts the line",
    "sentence": "starts a later sentence",
    "inside": "stands inside the line",
}


@click.command("rules", short_help="List the rules, or explain one.")
@click.argument("rule_id", metavar="[ID]", required=False)
@information_options
def rules(rule_id: str | None) -> int:
    """List all rules, or explain the rule ID: what it sees, why that speaks for boilerplate, and when it misleads."""
    from cleaner.render.rules import explanation, table
    from cleaner.rules import load_rules

    known = load_rules()
    columns = width() if standard_output_is_terminal() else None
    if rule_id is None:
        write_terminal_text(table([_view(rule) for rule in known.values()], width=columns))
        return DONE
    if rule_id not in known:
        raise CleanerError(_unknown(rule_id, known))
    rule = known[rule_id]
    write_terminal_text(explanation(_view(rule, _weights(rule), _phrases(rule)), width=columns))
    return DONE


def _view(rule: Rule, weights: Mapping[str, float] | None = None, phrases: Mapping[str, int] | None = None) -> RuleView:
    from cleaner.render.rules import RuleView

    return RuleView(rule.id, rule.doc, rule.fires, rule.silent, rule.opposes, weights or {}, phrases or {})


def _weights(rule: Rule) -> dict[str, float]:
    """What the rule's testimony weighs, by how much of a line it speaks about."""
    from cleaner.weights import RULES

    named = ((label, RULES.get(f"{rule.id}/{place}")) for place, label in _PLACES.items())
    return {label: weight for label, weight in named if weight is not None}


def _phrases(rule: Rule) -> dict[str, int]:
    """How many phrases each language has for a rule that listens to phrases."""
    if not rule.kind:
        return {}
    from cleaner.lexicons import load_builtin

    counts = ((one.language or one.code, one.kinds.get(rule.kind)) for one in load_builtin())
    return {language: len(entries.phrases) for language, entries in counts if entries and entries.phrases}


def _unknown(rule_id: str, known: Mapping[str, Rule]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(rule_id, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "`cleaner rules` lists them"
    return f"{rule_id!r} is not a rule: {hint}"
