"""Standard error during a batch: lines about files, and below them, on a terminal and once the run lasts, the progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import monotonic
from types import TracebackType

from cleaner.batch import Outcome, Totals
from cleaner.cli.terminal import DEFAULT_WIDTH
from cleaner.settings import Settings, Verbosity, wants_color
from cleaner.sinks import draw, say, standard_error_is_terminal

_AFTER = 1.0  # seconds: who waits less needs no bar, and rich takes 0.1 s to load
_EVERY = 0.1
# How many entries are counted between two pictures, so that a tree of any size does not hold up the work.
_COUNTED_AT_ONCE = 2000
_STDERR = 2
_CLEAR = "\r\x1b[2K"


class Display:
    """Says what there is to say; shows progress where `count` can be counted through and somebody is looking."""

    def __init__(self, settings: Settings, totals: Totals, count: Callable[[], Iterator[object]]) -> None:
        self._totals = totals
        self._shows = standard_error_is_terminal() and settings.verbosity is not Verbosity.QUIET
        self._color = wants_color(settings.color, os.environ, True)
        self._quiet = settings.verbosity is Verbosity.QUIET
        self._count = count
        self._counting: Iterator[object] | None = None
        self._counted = 0
        self._complete = False
        self._started = monotonic()
        self._due = self._started + _AFTER
        self._drawn = False

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.clear()

    def show(self, outcome: Outcome) -> None:
        """The lines about one file, and progress where it is due."""
        for note in outcome.notes:
            if note.error or not self._quiet:
                self.clear()
                say(note.text)
        if self._shows and (now := monotonic()) >= self._due:
            self._due = now + _EVERY
            self._draw(now)

    def clear(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._drawn:
            draw(_CLEAR)
            self._drawn = False

    def _draw(self, now: float) -> None:
        from cleaner.render.progress import progress_line

        self._advance()
        done = sum(self._totals.files.values())
        total = self._counted if self._complete else None
        try:
            width = os.get_terminal_size(_STDERR).columns or DEFAULT_WIDTH
        except OSError:
            width = DEFAULT_WIDTH
        draw(_CLEAR + progress_line(done, total, self._totals.bytes, now - self._started, width=width, color=self._color))
        self._drawn = True

    def _advance(self) -> None:
        if self._complete:
            return
        if self._counting is None:
            self._counting = self._count()
        for _ in range(_COUNTED_AT_ONCE):
            if next(self._counting, None) is None:
                self._complete = True
                return
            self._counted += 1
