"""The options that commands share, and the types behind them.

A path stays the string that the system gave: click's own Path would look at the file and word the error itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.model import Level
from cleaner.settings import ColorChoice

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_Function = TypeVar("_Function", bound=Callable[..., Any])
PROGRAM = "cleaner"


class FileName(click.ParamType[str]):
    """A path, untouched; shells complete it."""

    name = "file"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Let the shell complete file names."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


def paths_argument(function: _Function) -> _Function:
    """`[PATH]...`; which numbers are possible is for the command to say."""
    return click.argument("paths", nargs=-1, type=FileName(), metavar="[PATH]...")(function)


def engine_options(function: _Function) -> _Function:
    """What decides about the cut."""
    for option in reversed(
        (
            click.option(
                "--level",
                type=click.Choice([str(level) for level in Level]),
                default=str(Level.NORMAL),
                show_default=True,
                help="How much evidence a cut needs: cautious the most, thorough the least.",
            ),
            click.option("--rules", multiple=True, type=FileName(), help="Add the phrases in this TOML file. May be repeated."),
            click.option("--disable", multiple=True, metavar="RULE", help="Do without this rule. May be repeated."),
            click.option("--encoding", metavar="NAME", help="Read the text in this encoding; do not detect it."),
            click.option("--stdin-filename", metavar="NAME", help="What to call standard input in messages, JSON and diffs."),
        )
    ):
        function = option(function)
    return function


def message_options(function: _Function) -> _Function:
    """How much is said, and in which colours."""
    for option in reversed(
        (
            click.option("-v", "--verbose", is_flag=True, help="Mention unchanged documents, too."),
            click.option("-q", "--quiet", is_flag=True, help="Mention errors only."),
            color_option,
        )
    ):
        function = option(function)
    return function


def color_option(function: _Function) -> _Function:
    """`--color`."""
    return click.option(
        "--color",
        type=click.Choice([str(choice) for choice in ColorChoice]),
        default=str(ColorChoice.AUTO),
        show_default=True,
        help="Colour on terminals. NO_COLOR and FORCE_COLOR are honoured.",
    )(function)


def information_options(function: _Function) -> _Function:
    """`--version` and `--help`. click's own would write through Python's buffered streams, and meet a closed pipe or a
    full disk where nobody handles it."""
    version = click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help="Show the version and exit.",
    )
    show_help = click.option(
        "-h", "--help", is_flag=True, is_eager=True, expose_value=False, callback=_help, help="Show this help and exit."
    )
    return version(show_help(function))


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from cleaner import __version__
    from cleaner.sinks import write_terminal_text

    write_terminal_text(f"{PROGRAM} {__version__}\n")
    ctx.exit()


def _help(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from cleaner.sinks import write_terminal_text

    write_terminal_text(ctx.get_help() + "\n")
    ctx.exit()


def debugging() -> bool:
    """Whether an unexpected error shall show where it comes from (CLEANER_DEBUG=1)."""
    return os.environ.get("CLEANER_DEBUG", "0") not in ("", "0")
