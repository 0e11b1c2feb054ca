"""An engine that does what a test tells it, and the program run in this process with descriptors of its own.

The command line is tested apart from the engine: what counts here is what happens to a Result. The fake cuts where the
word FOLLOW begins. The processes in test_process.py use the real engine.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from cleaner.__main__ import main
from cleaner.model import CleanerError, Cut, Evidence, Guard, Level, Removed, Result

GOLDEN = Path(__file__).with_name("golden")
MARK = "FOLLOW"
ARTICLE = "The bridge opens on Monday.\n\nIt took three years.\n"
TAIL = "FOLLOW us on Telegram\nShare\n"
DOCUMENT = (ARTICLE + TAIL).encode()


def isolate(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The fake engine, a working directory, and nothing in the environment that colours, widens or raises."""
    install_fake(monkeypatch)
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CLEANER_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def result_of(
    text: str, cut: int | None = None, *, codec: str = "utf-8", encoding: str | None = None, **fields: object
) -> Result:
    """A Result that cuts `text` at a character (by default where FOLLOW begins, or nowhere)."""
    if cut is None:
        cut = text.find(MARK)
    lines = len(_line_starts(text))
    data = text.encode(codec, "surrogatepass")
    common = {"encoding": encoding or codec, "codec": codec, "level": Level.NORMAL, "lines": lines, "bytes": len(data)}
    if cut < 0:
        return Result(text, data, text, **(common | fields))  # type: ignore[arg-type]
    kept = text[:cut].encode(codec, "surrogatepass")
    number = sum(1 for start in _line_starts(text) if start <= cut)
    tail = text[cut:]
    evidence = []
    for line, start in enumerate(_line_starts(text), 1):
        if line >= number:
            start = max(start, cut)
            evidence.append(Evidence(line, "follow", 2.5, start, start + 6, text[start : start + 6], "asks to follow"))
    known = common | {
        "cut": Cut(number, cut, len(kept), 7.25, 0.96, "the first line that speaks to the reader"),
        "removed": Removed(lines - number + 1, len(tail), len(data) - len(kept), tail),
        "evidence": tuple(evidence),
    }
    return Result(text[:cut], kept, text, **(known | fields))  # type: ignore[arg-type]


def _line_starts(text: str) -> list[int]:
    starts = [0] if text else []
    for place, character in enumerate(text, 1):
        end = character == "\n" or (character == "\r" and text[place : place + 1] != "\n")
        if end and place < len(text):
            starts.append(place)
    return starts


class FakeCleaner:
    """The engine as the command line sees it; a few words in its input make it fail or guard."""

    def __init__(
        self, level: str = "normal", rules: Sequence[str] = (), disable: Sequence[str] = (), encoding: str | None = None
    ) -> None:
        if "nope" in disable:
            raise CleanerError("unknown rule 'nope', did you mean 'next'?")
        for path in rules:
            raise CleanerError(f"{path}: unknown key 'folow', did you mean 'follow'?")
        self.level = Level(level)
        self.encoding = encoding

    def clean(self, data: bytes) -> Result:
        """Cut at FOLLOW."""
        if self.encoding == "nope":
            raise CleanerError("unknown encoding 'nope': `python -m encodings` lists them")
        if b"BOOM" in data:
            raise ZeroDivisionError("a\x1b[31m fault")
        if b"\0" in data and not data.startswith(b"\xff\xfe"):
            guard = Guard("binary", "it holds NUL bytes")
            return Result("", data, "", None, "", self.level, 0, len(data), guard=guard)
        if b"GUARD" in data:
            guard = Guard("nothing-left", "no line would be left")
            return result_of(data.decode(), -1, level=self.level, guard=guard)
        if data.startswith(b"\xff\xfe"):
            return result_of(data.decode("utf-16-le", "surrogatepass"), codec="utf-16-le", encoding="utf-16", level=self.level)
        if b"\xe9" in data:
            return result_of(data.decode("latin-1"), codec="latin-1", level=self.level)
        return result_of(data.decode("utf-8"), level=self.level)


def install_fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line find the fake where it looks for the engine."""
    module = ModuleType("cleaner.pipeline")
    module.Cleaner = FakeCleaner  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cleaner.pipeline", module)


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    code: int
    out: bytes
    err: str


def run(*args: str | Path, stdin: bytes = b"") -> Run:
    """The program with these arguments, in this process, on descriptors 0 to 2 of its own."""
    with _descriptors(stdin) as (out, err):
        code = main([str(arg) for arg in args])
        return Run(code, _content(out), _content(err).decode())


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 1 << 24)


@contextmanager
def _descriptors(stdin: bytes) -> Iterator[tuple[int, int]]:
    saved = [os.dup(number) for number in range(3)]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        source.write(stdin)
        source.seek(0)
        for number, file in enumerate((source, out, err)):
            os.dup2(file.fileno(), number)
        try:
            yield out.fileno(), err.fileno()
        finally:
            for number, descriptor in enumerate(saved):
                os.dup2(descriptor, number)
                os.close(descriptor)


def check_golden(name: str, text: str) -> None:
    """Compare with a golden file; UPDATE_GOLDEN=1 writes it anew, for a person to read in the diff."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")
