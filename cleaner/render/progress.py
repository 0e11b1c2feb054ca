"""How far a batch is, as one line for a terminal: files, a bar, speed, time left.

Only the line is made here; when it is drawn, and what is written above it, is for the command to say.
"""

from __future__ import annotations

from io import StringIO

_BAR = 20  # columns; with figures in millions the line still fits into 80
_MEGABYTE = 1_000_000


def progress_line(done: int, total: int | None, size: int, seconds: float, *, width: int, color: bool) -> str:
    """The line, without an end: `done` of `total` files (None: still being counted), `size` bytes read in `seconds`."""
    from rich.console import Console
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    speed = f"{size / _MEGABYTE / seconds:.1f} MB/s" if seconds > 0 else ""
    row = [f"{done:,} files" if total is None else f"{done:,}/{total:,} files"]
    grid = Table.grid(padding=(0, 1))
    bar = ProgressBar(total=total, completed=min(done, total) if total is not None else done, width=_BAR)
    left = _clock(seconds * (total - done) / done) + " left" if total is not None and done else ""
    for _ in range(4):
        grid.add_column(no_wrap=True)
    grid.add_row(row[0], bar, speed, left)
    out = StringIO()
    console = Console(
        file=out, width=max(1, width - 1), force_terminal=True, color_system="standard" if color else None, legacy_windows=False
    )
    console.print(grid, end="", overflow="crop", crop=True)
    return out.getvalue().rstrip("\n")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
