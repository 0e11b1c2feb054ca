"""`cleaner preview PATH...`: what would go, with reasons, before anything goes.

Here the view is the product, so it goes to standard output: in colour and in the terminal's width where a person looks,
plain and 80 columns wide in a pipe (COLUMNS changes that). Nothing else is written, and an error in one document does
not stop the others.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from cleaner import engine
from cleaner.cli.clean import DONE, ERROR, read_document, say_short_help
from cleaner.cli.options import (
    configuration_options,
    configured,
    engine_options,
    information_options,
    message_options,
    paths_argument,
    say_configuration,
)
from cleaner.cli.terminal import width
from cleaner.model import CleanerError
from cleaner.render.summary import error_line
from cleaner.settings import Settings, Verbosity, wants_color
from cleaner.sinks import say, standard_output_is_terminal, write_terminal_text
from cleaner.sources import STANDARD_INPUT, standard_input_is_terminal


@click.command("preview", short_help="Show what would go, in the terminal, with reasons.")
@paths_argument
@engine_options
@message_options
@click.option("--explain", is_flag=True, help="Say why the cut falls where it does, or why nothing is cut, in figures.")
@configuration_options
@information_options
def preview(paths: Sequence[str], explain: bool, **options: Any) -> int:
    """Show the end of each document, what would be removed from it, and which rules speak for that.

    Nothing is changed. With -q, only documents from which something would be removed.

    --explain adds the decision: the likeliest places for a cut, how probable it is that the tail starts there and that
    it has begun by then, what the level asks for, and the signals that count most.
    """
    from cleaner.render.preview import preview as render

    settings = Settings.from_options(**configured(paths, options))
    if not paths and standard_input_is_terminal():
        say_short_help()
        return ERROR
    say_configuration(settings)
    cleaner = engine.build(settings)
    color = wants_color(settings.color, os.environ, standard_output_is_terminal())
    columns = width()
    code, shown = DONE, False
    for path in paths or [STANDARD_INPUT]:
        try:
            document = read_document(path, settings)
            result = engine.clean(cleaner, document)
            wanted = settings.verbosity is not Verbosity.QUIET or result.changed
            explained = engine.explain(cleaner, document, result) if explain and wanted else None
        except CleanerError as error:
            say(error_line(str(error)))
            code = ERROR
            continue
        if not wanted:
            continue
        view = render(document.name, result, width=columns, color=color, verbose=settings.verbosity is Verbosity.VERBOSE)
        if explained is not None:
            from cleaner.render.explanation import explanation_view

            view += "\n" + explanation_view(explained, width=columns, color=color)
        write_terminal_text("\n" + view if shown else view)
        shown = True
    return code
