"""What is written and what is said for one document, in each mode: from a result to bytes and lines.

The same for one document and for many. Nothing is written here, and nothing heavy is imported that the mode does not need.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from cleaner.model import CleanerError, Result
from cleaner.render import summary
from cleaner.render.visible import visible_name
from cleaner.settings import Form, Mode, Settings, Verbosity
from cleaner.sources import Document


class Note(NamedTuple):
    """A line for standard error; `error`: it is said even where the user asked for quiet."""

    text: str
    error: bool = False


def product_of(document: Document, result: Result, settings: Settings) -> bytes:
    """What is written for a document in this mode. Raises CleanerError where it has no form in the encoding asked for."""
    if settings.mode is Mode.CHECK:
        return b""
    if settings.mode is Mode.JSON:
        from cleaner.render.json import result_line

        return result_line(document.path, result)
    if settings.mode is Mode.DIFF:
        from cleaner.render.diff import unified

        return unified(_name_for_patch(document), document.data, len(result.kept_bytes)) if result.changed else b""
    if settings.to_utf8 and result.encoding is not None:
        return _as_utf8(document, result)
    return result.kept_bytes


def notes_of(document: Document, result: Result, settings: Settings) -> tuple[Note, ...]:
    """What is said about a document."""
    name = document.name
    if settings.form is Form.GITHUB and result.changed:
        from cleaner.render.github import annotation

        return (Note(annotation(name, result)),)
    if settings.verbosity is Verbosity.QUIET:
        return ()
    if result.changed:
        line = Note(summary.changed_line(name, result))
        if settings.mode is Mode.DIFF and "\n".encode(result.codec) != b"\n":
            return line, Note(summary.unreadable_diff_line(name, result))
        return (line,)
    if result.guard is not None:
        return (Note(summary.guard_line(name, result)),)
    if settings.verbosity is Verbosity.VERBOSE:
        return (Note(summary.unchanged_line(name, result)),)
    return ()


def _as_utf8(document: Document, result: Result) -> bytes:
    try:
        return result.text.encode()
    except UnicodeEncodeError as error:
        raise CleanerError(
            f"{visible_name(document.name)}: has no UTF-8 form (half a surrogate pair): leave out --to-utf8"
        ) from error


def _name_for_patch(document: Document) -> str:
    """`patch` takes no name that leads out of its directory, as an absolute one always does."""
    if document.path is None or not Path(document.path).is_absolute():
        return document.name
    inside = os.path.relpath(document.path)
    return document.path if Path(inside).parts[0] == os.pardir else inside
