"""The options that commands share, and the types behind them.

A path stays the string that the system gave: click's own Path would look at the file and word the error itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.model import Level
from cleaner.settings import ColorChoice, Settings, Verbosity

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


def _together(*options: Callable[[Any], Any]) -> Callable[[_Function], _Function]:
    """One decorator that adds these options, in the order of the help."""

    def decorate(function: _Function) -> _Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def paths_argument(function: _Function) -> _Function:
    """`[PATH]...`; which numbers are possible is for the command to say."""
    return click.argument("paths", nargs=-1, type=FileName(), metavar="[PATH]...")(function)


engine_options = _together(
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
"""What decides about the cut."""


batch_options = _together(
    click.option("--include", multiple=True, metavar="GLOB", help="In directories, only files like this. May be repeated."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="In directories, nothing like this. May be repeated."),
    click.option(
        "--files-from",
        metavar="FILE",
        type=FileName(),
        help="Clean the files that are listed in FILE, or - for standard input.",
    ),
    click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Use N processes.  [default: as many as pay]"),
    click.option("--break-links", is_flag=True, help="With -i, also replace files with further hard links: those keep the text."),
)
"""Which files of a directory, and how many at once."""


configuration_options = _together(
    click.option("--config", metavar="FILE", type=FileName(), help="Read this configuration file, and no other."),
    click.option("--no-config", is_flag=True, help="Read no configuration file."),
)
"""Where options come from besides the command line."""


def configured(paths: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of the running command with those of the configuration file behind them.

    What was given on the command line stays. Keys that the command does not have are for others. Raises CleanerError
    for a file that cannot be used.
    """
    from cleaner import config

    found, wanted = dict(options), options["config"]
    if found.pop("no_config"):
        if wanted is not None:
            raise click.UsageError("--config and --no-config exclude each other: choose one of them")
        return found | {"config": None}
    if wanted is None:
        wanted = config.find([path for path in paths if path != "-"])
        if wanted is None:
            return found | {"config": None}
    loaded = config.load(wanted)
    context = click.get_current_context()
    for name, value in loaded.options.items():
        if name in found and context.get_parameter_source(name) is not click.core.ParameterSource.COMMANDLINE:
            found[name] = value
    return found | {"config": loaded}


def without_configuration(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as they were given, where the configuration file cannot be read."""
    return {name: value for name, value in options.items() if name != "no_config"} | {"config": None}


def say_configuration(settings: Settings) -> None:
    """With -v: which configuration file was used."""
    if settings.verbosity is Verbosity.VERBOSE and settings.config.path is not None:
        from cleaner.render.visible import visible_name
        from cleaner.sinks import say

        say(f"configuration: {visible_name(settings.config.path)}")


def color_option(function: _Function) -> _Function:
    """`--color`."""
    return click.option(
        "--color",
        type=click.Choice([str(choice) for choice in ColorChoice]),
        default=str(ColorChoice.AUTO),
        show_default=True,
        help="Colour on terminals. NO_COLOR and FORCE_COLOR are honoured.",
    )(function)


message_options = _together(
    click.option("-v", "--verbose", is_flag=True, help="Mention unchanged documents, too."),
    click.option("-q", "--quiet", is_flag=True, help="Mention errors only."),
    color_option,
)
"""How much is said, and in which colours."""


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
