"""The JSON object for a document: one line, always valid UTF-8, safe on a terminal.

Letters stay letters (no `\\u00e9` for é), but whatever could break a reader is escaped: control, bidirectional and
invisible characters, and the line separators at which some languages split lines. JSON escapes mean the same text, so
nothing is lost. A lone surrogate has no UTF-8 form and many parsers reject its escape: it becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from typing import Any

from cleaner.model import Level, Result
from cleaner.render.visible import is_hostile

_SURROGATE = re.compile("[\ud800-\udfff]")


def result_line(path: str | None, result: Result, error: str | None = None) -> bytes:
    """The object of the contract (design, section 5) for a cleaned document; `path` is None for standard input."""
    return _line(dict(result.to_dict(path, error)))


def error_object(path: str | None, level: Level, error: str, size: int | None = None) -> bytes:
    """The same object for a document that could not be read or cleaned: what is unknown is null."""
    return _line(
        {
            "path": path,
            "encoding": None,
            "level": str(level),
            "lines": None,
            "characters": None,
            "bytes": size,
            "cut": None,
            "removed": None,
            "evidence": [],
            "guard": None,
            "error": error,
        }
    )


def _line(fields: dict[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, allow_nan=False)
    text = _SURROGATE.sub("\ufffd", text)
    if is_hostile(text):
        text = "".join(_escape(one) if is_hostile(one) else one for one in text)
    return text.encode() + b"\n"


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]
