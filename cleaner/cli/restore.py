"""`cleaner restore`: undo runs in place, list them, or delete their journals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from cleaner.cli.clean import DONE, ERROR
from cleaner.cli.options import FileName, information_options
from cleaner.model import CleanerError
from cleaner.sinks import say, write_terminal_text

_PRUNE = re.compile(r"(\d{1,6})([dw]?)")
_DAYS = {"d": 1, "w": 7}
INTERRUPTED = 130


@click.command("restore", short_help="Undo what --in-place has done, byte for byte.")
@click.argument("place", metavar="DIR|JOURNAL|FILE", type=FileName())
@click.argument("files", nargs=-1, metavar="[FILE]...", type=FileName())
@click.option("--list", "listed", is_flag=True, help="List the runs, newest first, and change nothing.")
@click.option("--prune", metavar="N|AGE", help="Delete journals for good: all but the newest N, or older than AGE (30d, 8w).")
@click.option("--break-links", is_flag=True, help="Also replace files that have further hard links: those keep the text.")
@click.option("-v", "--verbose", is_flag=True, help="Mention files that are as they were, too.")
@click.option("-q", "--quiet", is_flag=True, help="Mention errors only.")
@information_options
def restore(
    place: str, files: Sequence[str], listed: bool, prune: str | None, break_links: bool, verbose: bool, quiet: bool
) -> int:
    """Bring back what runs with --in-place removed, newest run first.

    DIR: all runs in this directory and below it. JOURNAL: this one run, as --list names it. FILE: only these files. A
    file that was edited since is left alone and named, unless it still ends where the run left it.
    """
    if sum((listed, prune is not None)) > 1:
        raise CleanerError("--list and --prune exclude each other: choose one of them")
    if verbose and quiet:
        raise CleanerError("--verbose and --quiet exclude each other: choose one of them")
    if listed:
        return _list(place)
    if prune is not None:
        return _prune(place, prune, quiet)
    return _restore(place, files, break_links, verbose, quiet)


def _restore(place: str, files: Sequence[str], break_links: bool, verbose: bool, quiet: bool) -> int:
    from cleaner.batch import Interruption
    from cleaner.cli.many import say_interrupted
    from cleaner.render.runs import restored_line, restored_total
    from cleaner.restoration import Fate, find
    from cleaner.restoration import restore as bring_back

    fates: Counter[Fate] = Counter()
    size = 0
    with Interruption(say_interrupted) as interruption:
        target = find(place, files)
        for one in bring_back(target, break_links=break_links, stop=lambda: interruption.wanted):
            fates[one.fate] += 1
            size += one.bytes
            wrong = one.fate in (Fate.FAILED, Fate.EDITED)
            if wrong or verbose or (one.fate is Fate.RESTORED and not quiet):
                say(restored_line(one))
    if not quiet:
        say(restored_total(fates, size))
    if interruption.wanted:
        say("interrupted: the same command carries on")
        return INTERRUPTED
    return ERROR if fates[Fate.FAILED] or fates[Fate.EDITED] else DONE


def _list(place: str) -> int:
    from cleaner.render.runs import run_line
    from cleaner.render.summary import error_line
    from cleaner.restoration import find, listings

    code = DONE
    for one in listings(find(place).journals):
        if isinstance(one, CleanerError):
            say(error_line(str(one)))
            code = ERROR
        else:
            write_terminal_text(run_line(one) + "\n")
    return code


def _prune(place: str, wanted: str, quiet: bool) -> int:
    from datetime import UTC, datetime, timedelta

    from cleaner.journal import prune
    from cleaner.restoration import find

    given = _PRUNE.fullmatch(wanted)
    if given is None:
        raise CleanerError(f"--prune {wanted}: give a number of runs to keep (5), or an age (30d, 8w)")
    journals = sorted(find(place).journals, key=lambda one: one.name, reverse=True)
    number, unit = int(given[1]), given[2]
    if unit:
        oldest = datetime.now(UTC) - timedelta(days=number * _DAYS[unit])
        old = [one for one in journals if _begun(one) < f"{oldest:%Y%m%dT%H%M%S}"]
    else:
        old = journals[number:]
    gone = prune(old)
    if not quiet:
        say(f"{len(gone):,} of {len(journals):,} journals deleted")
    return DONE


def _begun(journal: Path) -> str:
    """When the run started, as the name of its journal says, to compare."""
    return journal.name.partition(".")[0]
