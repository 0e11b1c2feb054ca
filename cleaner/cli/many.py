"""`cleaner` with several files or a directory: which are meant, what is done with each, and what to say at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType

from cleaner import __version__
from cleaner.batch import Interruption, Outcome, Status, Totals, run
from cleaner.cli.clean import DONE, ERROR, WOULD_CHANGE, write_product
from cleaner.cli.options import say_configuration
from cleaner.cli.progress import Display
from cleaner.journal import Run, sweep
from cleaner.model import CleanerError
from cleaner.render.visible import visible_name
from cleaner.selection import Filters, Found, Skipped, select
from cleaner.settings import Mode, Settings, Verbosity
from cleaner.sinks import close_interrupted_line, open_report, say, write_all
from cleaner.sources import STANDARD_INPUT, is_standard_output, reason, same_file
from cleaner.work import Cleaning

INTERRUPTED = 130


def clean_many(paths: Sequence[str], settings: Settings) -> int:
    """Clean all of these; returns the exit code. Raises CleanerError, before anything is written, for what cannot be."""
    _refuse(paths, settings)
    say_configuration(settings)
    items = _items(paths, settings)
    begun = Run.begin(__version__, settings.described()) if settings.in_place else None
    work = Cleaning(settings, begun)
    work.start()
    if settings.in_place:
        _sweep(paths)
    totals = Totals()
    with ExitStack() as stack:
        interruption = stack.enter_context(Interruption(say_interrupted))
        report = stack.enter_context(_Report(settings.report))
        display = stack.enter_context(Display(settings, totals, lambda: _items(paths, settings)))
        outcomes = stack.enter_context(closing(run(items, work, settings.jobs, interruption)))
        for outcome in outcomes:
            totals.add(outcome)
            if outcome.product:
                display.clear()
                write_product(outcome.product, outcome.codec, settings)
            report.add(outcome)
            display.show(outcome)
    return _conclude(totals, settings, interrupted=interruption.wanted)


def say_interrupted() -> None:
    """The answer to the first Ctrl-C."""
    close_interrupted_line()
    say("interrupted: finishing the files in hand; once more ends at once")


def _refuse(paths: Sequence[str], settings: Settings) -> None:
    if STANDARD_INPUT in paths:
        if settings.in_place:
            raise CleanerError("standard input cannot be cleaned in place: leave out --in-place, or name a file")
        raise CleanerError("standard input cannot be one of several inputs: give it a run of its own")
    if settings.mode is Mode.TEXT and not settings.in_place and settings.output is None:
        raise CleanerError("several files or a directory need -o DIR, --in-place, --check, --diff or --json: choose one")
    if settings.mode in (Mode.JSON, Mode.DIFF) and settings.output is not None:
        raise CleanerError(f"--{settings.mode} of several files goes to standard output: leave out --output, and use `>`")
    if settings.output is not None and os.path.lexists(settings.output) and not Path(settings.output).is_dir():
        raise CleanerError(f"{visible_name(settings.output)}: is no directory: several files need one")
    for path in paths:
        if settings.mode is not Mode.CHECK and is_standard_output(path):
            raise CleanerError(f"{visible_name(path)}: is input and output at once: use another name")
        if settings.report is not None and same_file(settings.report, path):
            raise CleanerError(f"{visible_name(settings.report)}: is an input: give --report another name")


def _items(paths: Sequence[str], settings: Settings) -> Iterator[Found | Skipped]:
    written = () if settings.report is None else (settings.report,)
    return select(paths, Filters(settings.include, settings.exclude, settings.output, written))


def _sweep(paths: Sequence[str]) -> None:
    """Take away what a killed run has left where this one keeps its journals."""
    for home in {path if Path(path).is_dir() else os.path.dirname(os.path.realpath(path)) for path in paths}:  # noqa: PTH120
        sweep(Path(home))


class _Report:
    """The file of `--report`, if there is one."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._descriptor = None if path is None else open_report(path)

    def __enter__(self) -> _Report:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def add(self, outcome: Outcome) -> None:
        """One more object."""
        if self._descriptor is None or not outcome.report:
            return
        try:
            write_all(self._descriptor, outcome.report)
        except OSError as error:
            raise CleanerError(f"{visible_name(str(self._path))}: cannot be written: {reason(error)}") from error


def _conclude(totals: Totals, settings: Settings, *, interrupted: bool) -> int:
    from cleaner.render.totals import interrupted_line, table

    if settings.verbosity is not Verbosity.QUIET and sum(totals.files.values()) > 1:
        for line in table(totals, verbose=settings.verbosity is Verbosity.VERBOSE):
            say(line)
    if interrupted:
        say(interrupted_line(totals))
        return INTERRUPTED
    if totals.files[Status.FAILED]:
        return ERROR
    return WOULD_CHANGE if settings.mode is Mode.CHECK and totals.files[Status.CHANGED] else DONE
