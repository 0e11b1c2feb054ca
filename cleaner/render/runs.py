"""What `cleaner restore` says: about files, and the list of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner.journal import Listing
from cleaner.render.summary import error_line
from cleaner.render.visible import visible, visible_name
from cleaner.restoration import Fate, Restored


def restored_line(one: Restored) -> str:
    """What became of one file."""
    name = visible_name(one.path)
    if one.fate is Fate.FAILED:
        return error_line(one.why)
    if one.fate is Fate.EDITED:
        return error_line(f"{name}: was edited since, and is left as it is: the journal keeps what was removed")
    if one.fate is Fate.WHOLE:
        return f"{name}: is as it was already"
    return f"{name}: {one.bytes:,} bytes restored"


def restored_total(fates: Counter[Fate], size: int) -> str:
    """The sum of a restoration."""
    count = fates[Fate.RESTORED]
    parts = [f"{count:,} file{'s' * (count != 1)} restored ({size:,} bytes)"]
    for fate, words in ((Fate.WHOLE, "as they were already"), (Fate.EDITED, "edited since"), (Fate.FAILED, "failed")):
        if fates[fate]:
            parts.append(f"{fates[fate]:,} {words}")
    return ", ".join(parts)


def run_line(listing: Listing) -> str:
    """One run in `--list`: when, how much, with which options, and the journal to name for undoing this one alone."""
    options = ", ".join(f"{name} {_option(value)}" for name, value in listing.run.options.items())
    files = len({record.path for record in listing.records})
    parts = [
        listing.run.started or "(unknown)",
        f"{files:,} file{'s' * (files != 1)}",
        f"{listing.removed:,} bytes removed",
        *([options] if options else []),
        *([f"version {listing.run.version}"] if listing.run.version else []),
        *(["still running"] if listing.running else []),
        *([f"{listing.damaged:,} damaged records"] if listing.damaged else []),
    ]
    return f"{visible(', '.join(parts))}: {visible_name(str(listing.journal))}"


def _option(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
