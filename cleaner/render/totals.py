"""What a batch comes to: the table at the end of a run.

Plain text, aligned, without colour: it ends up in logs as often as on a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.batch import Status, Totals
from cleaner.render.visible import visible, visible_name

_MOST_RULES = 5
_STAGES = ("reading", "cleaning", "writing")


def table(totals: Totals, *, verbose: bool) -> list[str]:
    """The lines of the table; `verbose` adds the slowest stage."""
    rows = [
        ("files read", f"{totals.read:,}"),
        ("  changed", f"{totals.files[Status.CHANGED]:,}"),
        ("  kept", f"{totals.files[Status.KEPT]:,}"),
        ("  guarded", f"{totals.files[Status.GUARDED]:,}"),
        ("skipped", f"{totals.files[Status.SKIPPED]:,}"),
        ("failed", f"{totals.files[Status.FAILED]:,}"),
        ("characters removed", f"{totals.characters:,}"),
    ]
    label = max(len(name) for name, _ in rows)
    figure = max(len(number) for _, number in rows)
    lines = [f"{name:<{label}}  {number:>{figure}}" for name, number in rows]
    if totals.rules:
        most = ", ".join(f"{visible(rule)} {count:,}" for rule, count in totals.rules.most_common(_MOST_RULES))
        lines.append(f"{'most frequent':<{label}}  {most}")
    if verbose and any(totals.seconds):
        lines.append(f"{'slowest stage':<{label}}  {_slowest(totals.seconds)}")
    return lines


def interrupted_line(totals: Totals) -> str:
    """What is done and what is not, after Ctrl-C."""
    done = totals.read + totals.files[Status.FAILED]
    last = f", the last of them {visible_name(totals.last)}" if totals.last else ""
    return f"interrupted: {done:,} file{'s' * (done != 1)} done{last}; the others are as they were: the same command carries on"


def _slowest(seconds: Sequence[float]) -> str:
    slowest = max(seconds)
    return f"{_STAGES[list(seconds).index(slowest)]} ({100 * slowest / sum(seconds):.0f} % of {sum(seconds):,.1f} s)"
