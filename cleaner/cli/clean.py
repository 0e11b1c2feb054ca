"""`cleaner [PATH]...`: a document in, the article out; of many files, see `many`.

The order matters and is the same for every mode: read everything, clean, write the product, then say what was done. A
filter always emits the document: where something goes wrong after it was read, the text goes out as it came in, and the
exit code is 2. Files are never touched, except the one that -o names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from cleaner import engine
from cleaner.cli.options import (
    FileName,
    batch_options,
    configuration_options,
    configured,
    engine_options,
    information_options,
    message_options,
    paths_argument,
    say_configuration,
    without_configuration,
)
from cleaner.model import CleanerError
from cleaner.product import notes_of, product_of
from cleaner.render.summary import error_line
from cleaner.render.visible import visible_name
from cleaner.settings import ColorChoice, Form, Mode, Settings, wants_color
from cleaner.sinks import (
    refuse_input_as_output,
    say,
    standard_output_is_terminal,
    write_file,
    write_standard_output,
    write_terminal_text,
)
from cleaner.sources import (
    STANDARD_INPUT,
    Document,
    is_standard_output,
    read,
    read_standard_input,
    shown_name,
    standard_input_is_terminal,
)

DONE, WOULD_CHANGE, ERROR = 0, 1, 2

SHORT_HELP = """\
cleaner removes the boilerplate below an article in plain text.

  cleaner article.txt > clean.txt    clean a file
  pbpaste | cleaner                  clean what another program writes
  cleaner preview article.txt        see first what would go, and why

All options: cleaner --help
"""


class _Clean(click.Command):
    """The default command: its help is the help of the program."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        parent = ctx.parent
        if parent is None:
            super().format_help(ctx, formatter)
        else:
            parent.command.format_help(parent, formatter)


@click.command("clean", cls=_Clean, short_help="Write the article without its tail (the default).")
@paths_argument
@click.option("-o", "--output", metavar="FILE|DIR", help="Write to FILE; of several files or a directory, a tree in DIR.")
@click.option("-i", "--in-place", is_flag=True, help="Change the files themselves; cleaner restore undoes it.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would be removed.")
@click.option("--diff", is_flag=True, help="Write a diff for patch in place of the text.")
@click.option("--json", is_flag=True, help="Write a JSON object, on one line, in place of the text.")
@click.option("--report", metavar="FILE", type=FileName(), help="Write the JSON objects of all documents to FILE, too.")
@engine_options
@click.option("--to-utf8", is_flag=True, help="Write UTF-8 without a byte order mark, whatever came in.")
@batch_options
@message_options
@click.option(
    "--format", "form", type=click.Choice([str(form) for form in Form]), default=str(Form.PLAIN), show_default=True,
    help="The form of the lines about documents: for people, or annotations for GitHub Actions.",
)  # fmt: skip
@configuration_options
@information_options
def clean(paths: Sequence[str], files_from: str | None, **options: Any) -> int:
    """Write the article without its tail."""
    if files_from is not None:
        paths = [*paths, *_listed(files_from)]
    problem = None
    try:
        options = configured(paths, options)
    except CleanerError as error:
        options, problem = without_configuration(options), error
    settings = Settings.from_options(**options)
    if not paths and files_from is None and standard_input_is_terminal():
        say_short_help()
        return ERROR
    if settings.in_place and not paths and files_from is None:
        raise CleanerError("standard input cannot be cleaned in place: name files or directories")
    if settings.in_place or files_from is not None or len(paths) > 1 or any(map(os.path.isdir, paths)):
        if problem is not None:
            raise problem
        if paths:
            refuse_mistyped_command(paths[0])
        from cleaner.cli.many import clean_many

        return clean_many(paths, settings)
    return _clean_one(paths[0] if paths else STANDARD_INPUT, settings, problem)


def _listed(files_from: str) -> list[str]:
    """The names in a --files-from list."""
    from cleaner.selection import read_list

    return read_list((read_standard_input(None) if files_from == STANDARD_INPUT else read(files_from)).data)


def say_short_help() -> None:
    """What somebody reads who typed `cleaner` and nothing else."""
    for line in SHORT_HELP.splitlines():
        say(line)


def refuse_mistyped_command(path: str) -> None:
    """Raise CleanerError where there is no such file and the name is nearly that of a command."""
    if path == STANDARD_INPUT or os.path.lexists(path):
        return
    from difflib import get_close_matches

    program = click.get_current_context().find_root().command
    commands = program.commands if isinstance(program, click.Group) else {}
    near = get_close_matches(path, commands, n=1)
    if near and path not in commands:  # `cleaner -- preview` does mean a file
        raise CleanerError(f"{visible_name(path)}: no such file or command: did you mean {near[0]}?")


def read_document(path: str, settings: Settings) -> Document:
    """The document behind a PATH, where `-` is standard input."""
    return read_standard_input(settings.stdin_filename) if path == STANDARD_INPUT else read(path)


def _clean_one(path: str, settings: Settings, problem: CleanerError | None) -> int:
    document = None
    try:
        _refuse_output(path, settings)
        refuse_mistyped_command(path)
        document = read_document(path, settings)
        if problem is not None:  # known before, but a filter emits the document
            raise problem
        say_configuration(settings)
        result = engine.clean(engine.build(settings), document)
        product = product_of(document, result, settings)
    except CleanerError as error:
        name = document.path if document else settings.stdin_filename if path == STANDARD_INPUT else path
        return _fail(name, document, error, settings, keep=path == STANDARD_INPUT or settings.output is None)
    write_product(product, result.codec, settings)
    if settings.report is not None:
        from cleaner.render.json import result_line

        write_file(settings.report, result_line(document.path, result))
    for note in notes_of(document, result, settings):
        say(note.text)
    return WOULD_CHANGE if settings.mode is Mode.CHECK and result.changed else DONE


def _refuse_output(path: str, settings: Settings) -> None:
    source = None if path == STANDARD_INPUT else path
    for output in (settings.output, settings.report):
        if output is not None:
            refuse_input_as_output(output, [source])
    if settings.output is not None:
        return
    if settings.mode is not Mode.CHECK and is_standard_output(source):
        name = visible_name(shown_name(source))
        raise CleanerError(f"{name}: is input and output at once, and `>` empties it before anything is read: use another name")


def _fail(name: str | None, document: Document | None, error: CleanerError, settings: Settings, *, keep: bool) -> int:
    """One line about the error; and, where the text would be lost or a reader waits for it (`keep`), the text itself.

    With -o, a text that came from a file is still there, and the old output is left alone; one from a pipe is not.
    """
    if settings.mode is Mode.JSON:
        from cleaner.render.json import error_object

        size = len(document.data) if document else None
        write_product(error_object(name, settings.level, str(error), size), "utf-8", settings)
    elif settings.mode is Mode.TEXT and document and keep:
        write_product(document.data, "utf-8", settings)
    say(error_line(str(error)))
    return ERROR


def write_product(product: bytes, codec: str, settings: Settings) -> None:
    """What goes to standard output, or to the file that stands for it."""
    if settings.output is not None:
        write_file(settings.output, product)
        return
    terminal = standard_output_is_terminal()
    # FORCE_COLOR is for what people read; it must not break `cleaner --diff | patch` in a build that sets it.
    color = (terminal or settings.color is ColorChoice.ALWAYS) and wants_color(settings.color, os.environ, terminal)
    if settings.mode is Mode.DIFF and (terminal or color):
        from cleaner.render.diff import view

        write_terminal_text(view(product, codec, color=color))
    else:
        write_standard_output(product)
