"""What the user asked for, as one frozen value.

The commands parse options with click and hand over plain strings; here they become enums and tuples, contradictions
between them are named, and the colour decision is made from the environment. Nothing here prints, reads a file or knows
click, so every answer can be tested without a process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from cleaner.model import CleanerError, Level


class Mode(StrEnum):
    """What goes to standard output for a document."""

    TEXT = "text"
    CHECK = "check"
    DIFF = "diff"
    JSON = "json"


class Verbosity(StrEnum):
    """How much standard error hears: errors alone, changed documents and notes, or every document."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


class ColorChoice(StrEnum):
    """The values of `--color`."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Settings(NamedTuple):
    """Everything a run depends on except the documents."""

    level: Level = Level.NORMAL
    rules: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    encoding: str | None = None
    to_utf8: bool = False
    mode: Mode = Mode.TEXT
    output: str | None = None
    stdin_filename: str | None = None
    verbosity: Verbosity = Verbosity.NORMAL
    color: ColorChoice = ColorChoice.AUTO

    @classmethod
    def from_options(
        cls,
        *,
        level: str = "normal",
        rules: Sequence[str] = (),
        disable: Sequence[str] = (),
        encoding: str | None = None,
        to_utf8: bool = False,
        check: bool = False,
        diff: bool = False,
        json: bool = False,
        output: str | None = None,
        stdin_filename: str | None = None,
        verbose: bool = False,
        quiet: bool = False,
        color: str = "auto",
    ) -> Settings:
        """Options to settings; raises CleanerError where two options contradict each other."""
        chosen = [mode for mode, wanted in ((Mode.CHECK, check), (Mode.DIFF, diff), (Mode.JSON, json)) if wanted]
        if len(chosen) > 1:
            names = " and ".join(f"--{mode}" for mode in chosen)
            raise CleanerError(f"{names} exclude each other: choose one of them")
        mode = chosen[0] if chosen else Mode.TEXT
        if verbose and quiet:
            raise CleanerError("--verbose and --quiet exclude each other: choose one of them")
        if mode is Mode.CHECK and output is not None:
            raise CleanerError("--check writes nothing: leave out --output")
        if mode is Mode.DIFF and to_utf8:
            raise CleanerError("--diff is made of the file's own bytes: leave out --to-utf8")
        return cls(
            level=Level(level),
            rules=tuple(rules),
            disable=tuple(disable),
            encoding=encoding,
            to_utf8=to_utf8,
            mode=mode,
            output=None if output == "-" else output,
            stdin_filename=stdin_filename,
            verbosity=Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL,
            color=ColorChoice(color),
        )


def wants_color(choice: ColorChoice, environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether to colour: `--color` first, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there.

    NO_COLOR counts where it is not empty (no-color.org); FORCE_COLOR likewise, except for "0", which many tools take
    for "off". A terminal that calls itself dumb gets no colour unless it is asked for.
    """
    if choice is not ColorChoice.AUTO:
        return choice is ColorChoice.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"
