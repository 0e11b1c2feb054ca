"""What the user asked for, as one frozen value.

The commands parse options with click and hand over plain strings; here they become enums and tuples, contradictions
between them are named, and the colour decision is made from the environment. Nothing here prints, reads a file or knows
click, so every answer can be tested without a process.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cleaner.config import Config
from cleaner.model import CleanerError, Level


class Mode(StrEnum):
    """What goes to standard output for a document."""

    TEXT = "text"
    CHECK = "check"
    DIFF = "diff"
    JSON = "json"


class Form(StrEnum):
    """The form of the lines about documents: for people, or annotations for GitHub Actions."""

    PLAIN = "plain"
    GITHUB = "github"


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


@dataclass(frozen=True, slots=True)
class Settings:
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
    in_place: bool = False
    break_links: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int | None = None
    report: str | None = None
    form: Form = Form.PLAIN
    config: Config = field(default_factory=Config)

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
        in_place: bool = False,
        break_links: bool = False,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        jobs: int | None = None,
        report: str | None = None,
        form: str = "plain",
        config: Config | None = None,
    ) -> Settings:
        """Options to settings; raises CleanerError where two options contradict each other.

        `config` is where they come from besides the command line; its options are among the others already.
        """
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
        if in_place and (mode is not Mode.TEXT or output is not None):
            other = f"--{mode}" if mode is not Mode.TEXT else "--output"
            raise CleanerError(f"--in-place and {other} exclude each other: choose one of them")
        if break_links and not in_place:
            raise CleanerError("--break-links is about --in-place: add that, or leave it out")
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
            in_place=in_place,
            break_links=break_links,
            include=tuple(include),
            exclude=tuple(exclude),
            jobs=jobs,
            report=report,
            form=Form(form),
            config=config or Config(),
        )

    def described(self) -> dict[str, object]:
        """What decides about the cut, for a journal."""
        options: dict[str, object] = {"level": str(self.level)}
        for name in ("rules", "disable"):
            if getattr(self, name):
                options[name] = list(getattr(self, name))
        if self.encoding is not None:
            options["encoding"] = self.encoding
        if self.to_utf8:
            options["to-utf8"] = True
        if self.config.path is not None:
            options["config"] = self.config.path
        return options


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


def debugging() -> bool:
    """Whether an unexpected error shall show where it comes from (CLEANER_DEBUG=1)."""
    return os.environ.get("CLEANER_DEBUG", "0") not in ("", "0")
