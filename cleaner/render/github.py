"""Annotations for GitHub Actions: a line on the runner's log that shows up beside the line of the file.

    ::warning file=a.txt,line=24,title=cleaner::7 of 30 lines removed (2,166 of 7,480 characters, 29.0 %): share

The form is GitHub's (workflow commands); what could end a field there is escaped as percent codes.
"""

from __future__ import annotations

from cleaner.model import Result
from cleaner.render.summary import extent, rules_behind
from cleaner.render.visible import visible


def annotation(name: str, result: Result) -> str:
    """The tail of a document as a warning at the line where it starts."""
    assert result.cut is not None
    message = f"{extent(result)}: {', '.join(rules_behind(result))}"
    return f"::warning file={_property(name)},line={result.cut.line},title=cleaner::{_data(message)}"


def error_annotation(name: str, message: str) -> str:
    """An error about a file."""
    return f"::error file={_property(name)},title=cleaner::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
