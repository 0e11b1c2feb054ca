"""A rich console that prints into a string: what comes out depends on width and colour alone, not on the environment."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# A line number, a mark, the gaps and a few characters of text: narrower terminals wrap by themselves.
NARROWEST = 16


def rendered(show: Callable[[Console], None], *, width: int, color: bool) -> str:
    """What `show` prints on a console of `width` columns (at least NARROWEST)."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(NARROWEST, width),
        height=25,  # given, so that rich asks neither the terminal nor the environment
        _environ={},
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    show(console)
    # Cells are padded with spaces; they would be noise in a file.
    return "\n".join(line if color else line.rstrip() for line in out.getvalue().split("\n"))
