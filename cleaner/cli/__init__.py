"""The command line: which command is meant, its help, and the exit codes that click would get wrong.

`cleaner PATH` and `cleaner preview PATH` live side by side: the first word that is no option is a command if it names
one, and a path for `clean` otherwise. `cleaner ./preview` and `cleaner -- preview` reach a file of that name. Options
may stand before the command as well as behind it.

Each command is a file here; it parses, calls the engine, and leaves wording to `render` and bytes to `sinks`. Nothing
heavy is imported before a command needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.clean import clean
from cleaner.cli.preview import preview
from cleaner.cli.restore import restore
from cleaner.cli.rules import rules

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

INTERRUPTED = 130
BROKEN_PIPE = 141

_INTRODUCTION = """\
Remove the boilerplate that hangs below an article in plain text: promotion of other sites, "follow us", newsletter and
donation pleas, share buttons, related articles, tags, author boxes, copyright lines. The article itself stays as it is,
byte for byte.

One PATH: the cleaned text goes to standard output. No PATH, or -: standard input is cleaned. Several, or a directory:
-o DIR writes a tree, -i changes the files in place. What was removed is said on standard error."""
_EPILOG = """\
Exit codes: 0 done; 1 with --check, something would be removed; 2 an error; 130 interrupted; 141 broken pipe.

A file that is called like a command: cleaner ./preview, or cleaner -- preview."""


class Commands(click.Group):
    """The program: a group whose default command is `clean`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command first, where click looks for it."""
        if ctx.resilient_parsing and not args:  # shell completion of the first word: commands are wanted
            return super().parse_args(ctx, args)
        command, rest = split_command(args, self.commands, self._options_with_value())
        return super().parse_args(ctx, [command, *rest])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. click would answer Ctrl-C with an empty line, possibly on standard output where standard
        error is closed, and a broken pipe with 1; both never get there."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            from cleaner.sinks import close_interrupted_line

            close_interrupted_line()
            raise click.exceptions.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:
            raise click.exceptions.Exit(BROKEN_PIPE) from error

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to clean, which is what most people want, and then the commands."""
        formatter.write_usage("cleaner", "[OPTIONS] [PATH]...")
        formatter.write_usage("cleaner", "COMMAND [OPTIONS] [ARGUMENT]...", prefix="       ")
        formatter.write_paragraph()
        formatter.write_text(_INTRODUCTION)
        default = self.commands["clean"]
        click.Command.format_options(default, click.Context(default), formatter)
        self.format_commands(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(_EPILOG)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which people meet them, not by the alphabet."""
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what may follow `cleaner` itself: options and files."""
        from click.shell_completion import CompletionItem

        default = self.commands["clean"]
        completions = [
            *super().shell_complete(ctx, incomplete),
            *default.shell_complete(click.Context(default), incomplete),
        ]
        return completions if incomplete.startswith("-") else [*completions, CompletionItem(incomplete, type="file")]

    def _options_with_value(self) -> frozenset[str]:
        return frozenset(
            name
            for command in self.commands.values()
            for option in command.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        )


def split_command(args: Sequence[str], commands: Collection[str], options_with_value: Collection[str]) -> tuple[str, list[str]]:
    """The command that is meant, and the arguments without its name.

    The first argument that is neither an option nor an option's value decides; behind `--` there are only paths.
    """
    number = 0
    while number < len(args):
        arg = args[number]
        if arg == "--":
            break
        if arg == "-" or not arg.startswith("-"):
            if arg in commands:
                return arg, [*args[:number], *args[number + 1 :]]
            break
        number += 2 if _takes_next(arg, options_with_value) else 1
    return "clean", list(args)


def _takes_next(arg: str, options_with_value: Collection[str]) -> bool:
    """Whether an option's value is the next argument: `--level x`, `-o x`, `-vo x`; not `--level=x`, `-ox`."""
    if arg.startswith("--"):
        return arg in options_with_value
    for place, letter in enumerate(arg[1:], 2):
        if f"-{letter}" in options_with_value:
            return place == len(arg)
    return False


commands = Commands(
    "cleaner",
    commands=[clean, preview, restore, rules],
    add_help_option=False,  # `clean` has it, and answers with the help of the whole program
    context_settings={"help_option_names": ["-h", "--help"]},
)
