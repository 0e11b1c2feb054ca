"""Runs of the program in which a system call goes wrong: the process is killed at it, or it fails.

The run happens in a forked copy of this process, with the engine of cli_fakes and with functions of `os` that count:
at the call with the wanted number the fault strikes. So every call that changes the disk is met, one after another, on
any system and without privileges, and a run costs milliseconds.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from cli_fakes import ARTICLE, TAIL, FakeCleaner

from cleaner.__main__ import main

CALLS = (
    "write", "fsync", "open", "replace", "rename", "unlink", "mkdir", "symlink", "link", "fchmod", "fchown", "setxattr",
    "ftruncate", "truncate", "utime",
)  # fmt: skip
"""What changes the disk, by its name in `os`; `open` counts only where it may make a file."""

FAULTS = ("kill-before", "kill-after", "kill-inside", "full", "broken", "quota", "terminate", "interrupt")
_ERRORS = {"full": errno.ENOSPC, "broken": errno.EIO, "quota": errno.EDQUOT}
_NOT_REACHED = 77


@dataclass(frozen=True)
class Ending:
    """How a run ended: its exit code (negative: a signal), and whether the call with that number was made at all."""

    code: int
    reached: bool


def make_tree(top: Path, count: int) -> dict[Path, tuple[bytes, bytes]]:
    """`count` files with a tail, one without, in two directories: each with its old and its new content."""
    files = {}
    for number in range(count):
        path = top / ("one" if number % 2 else "two") / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        article = f"{number}\n{ARTICLE}"
        path.write_text(article + TAIL, encoding="utf-8")
        files[path] = ((article + TAIL).encode(), article.encode())
    clean = top / "clean.txt"
    clean.write_text(ARTICLE, encoding="utf-8")
    files[clean] = (ARTICLE.encode(), ARTICLE.encode())
    return files


def run_with_fault(args: list[str], fault: str, number: int) -> Ending:
    """The program with these arguments, with a fault at the call of that number (0: none)."""
    flag_read, flag_write = os.pipe()
    pid = os.fork()
    if pid == 0:  # pragma: no cover
        code = 99
        try:
            os.close(flag_read)
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in range(3):
                os.dup2(null, descriptor)
            module = ModuleType("cleaner.pipeline")
            module.Cleaner = FakeCleaner  # type: ignore[attr-defined]
            sys.modules["cleaner.pipeline"] = module
            real_write = os.write
            _break(fault, number, lambda: real_write(flag_write, b"!"))
            code = main(args)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 98
        finally:
            os._exit(code)
    os.close(flag_write)
    reached = os.read(flag_read, 1) == b"!"
    os.close(flag_read)
    _, status = os.waitpid(pid, 0)
    return Ending(os.waitstatus_to_exitcode(status), reached)


def _break(fault: str, number: int, tell: Callable[[], object]) -> None:
    """Let the calls of `os` count, and the one with this number go wrong."""
    count = 0
    for name in CALLS:
        real = getattr(os, name, None)
        if real is None:
            continue

        def call(*args: Any, _real: Callable[..., Any] = real, _name: str = name, **more: Any) -> Any:
            nonlocal count
            if _name == "open" and not args[1] & os.O_CREAT:
                return _real(*args, **more)
            count += 1
            if count != number:
                return _real(*args, **more)
            tell()
            if fault in _ERRORS:
                if _name == "write" and len(args[1]) > 1:  # a disk that fills up takes what still fits
                    _real(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise OSError(_ERRORS[fault], os.strerror(_ERRORS[fault]))
            if fault == "kill-inside" and _name == "write":
                _real(args[0], bytes(args[1])[: len(args[1]) // 2])
            if fault in ("kill-before", "kill-inside"):
                os.kill(os.getpid(), signal.SIGKILL)
            if fault in ("terminate", "interrupt"):
                os.kill(os.getpid(), signal.SIGTERM if fault == "terminate" else signal.SIGINT)
            done = _real(*args, **more)
            if fault == "kill-after":
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        setattr(os, name, call)


def names_below(top: Path) -> set[Path]:
    """Every file below a directory, apart from those in `.cleaner`."""
    return {path for path in top.rglob("*") if path.is_file() and ".cleaner" not in path.parts}


def litter_below(top: Path) -> list[Path]:
    """What should not be there after a run that ended, or after a sweep."""
    return [path for path in top.rglob("*") if path.name.endswith(".tmp")]


def check(top: Path, files: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Each file is the old one or the new one, and there are no others."""
    assert names_below(top) == set(files)
    for path, states in files.items():
        assert path.read_bytes() in states, path
