"""What is known about the terminal in front of the user: how wide it is."""

from __future__ import annotations

import os

from cleaner.sinks import standard_output_is_terminal

# What a view is made for where nobody says how wide it may be, as in a pipe.
DEFAULT_WIDTH = 80
_STDOUT = 1


def width() -> int:
    """Columns: COLUMNS if it is set, else the terminal's, else 80."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked) > 0:
        return int(asked)
    if standard_output_is_terminal():
        try:
            # 0 is what a terminal says whose size was never set.
            return os.get_terminal_size(_STDOUT).columns or DEFAULT_WIDTH
        except OSError:
            return DEFAULT_WIDTH
    return DEFAULT_WIDTH
