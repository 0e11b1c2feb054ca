"""The one place where the program meets its engine: settings in, results or one-line errors out.

An unexpected error in the engine must not cost anybody a document, so it becomes an error like any other, and the
caller passes the bytes through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from cleaner.model import CleanerError, Result
from cleaner.settings import Settings, debugging
from cleaner.sources import Document

if TYPE_CHECKING:
    from cleaner.explanation import Explanation
    from cleaner.pipeline import Cleaner

_T = TypeVar("_T")


def build(settings: Settings) -> Cleaner:
    """The engine for these settings. Raises CleanerError for a bad rules file, an unknown rule or encoding."""
    return _guarded(None, lambda: _build(settings))


def clean(engine: Cleaner, document: Document) -> Result:
    """One document, cleaned. Raises CleanerError, naming the document, for a wrong encoding or an error of our own."""
    return _guarded(document, lambda: engine.clean(document.data))


def explain(engine: Cleaner, document: Document, result: Result) -> Explanation | None:
    """How the `result` of this document came about; None for what is not text. Raises CleanerError as `clean` does."""
    return _guarded(document, lambda: _explain(engine, result))


def _explain(engine: Cleaner, result: Result) -> Explanation | None:
    from cleaner.explanation import explain

    return None if result.encoding is None else explain(engine.judge(result.original), result)


def _build(settings: Settings) -> Cleaner:
    from cleaner.pipeline import Cleaner

    phrases = [settings.config.phrases] if settings.config.phrases is not None else []
    return Cleaner(
        level=settings.level,
        rules=[*settings.rules, *phrases],
        disable=list(settings.disable),
        encoding=settings.encoding,
    )


def _guarded(document: Document | None, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except CleanerError as error:
        raise CleanerError(f"{_prefix(document)}{error}") from error
    except Exception as error:
        if debugging():
            raise
        raise CleanerError(
            f"{_prefix(document)}internal error ({type(error).__name__}: {error}): please report it; CLEANER_DEBUG=1 shows where"
        ) from error


def _prefix(document: Document | None) -> str:
    from cleaner.render.visible import visible_name

    return "" if document is None else f"{visible_name(document.name)}: "
