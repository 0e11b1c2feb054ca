"""What is read: files, pipes and standard input, as bytes, whole.

A document is read completely before anything is written, so a reader can never meet its own output. What is refused,
and why, is said here in one line for the user. Nothing is decoded or interpreted, and nothing is written.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cleaner.model import CleanerError
from cleaner.render.visible import visible_name

STANDARD_INPUT = "-"
_CHUNK = 1 << 20
_STDIN, _STDOUT = 0, 1
_RACY = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use is that of FAT

_REASONS = {
    errno.ENOENT: "no such file: check the name",
    errno.ENOTDIR: "no such file (a part of the path is not a directory): check the path",
    errno.EACCES: "permission denied: make it readable for you",
    errno.EPERM: "permission denied: make it readable for you",
    errno.EISDIR: "is a directory: name one file in it",
    errno.ELOOP: "symbolic links lead in a circle: name the file itself",
    errno.ENAMETOOLONG: "the name is too long: check it",
    errno.ENXIO: "is a socket or a device without a driver: name a file",
    errno.ENOSPC: "no space left on the device: free some, or write elsewhere",
    errno.EDQUOT: "your disk quota is used up: free some space, or write elsewhere",
    errno.EROFS: "the file system is read-only: write elsewhere",
    errno.EIO: "the device reports an error: check the disk",
    errno.EFBIG: "the file would be larger than is allowed: write elsewhere",
    errno.EBADF: "is closed: open it, or redirect it",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one document. `path` is None for standard input without a name; `name` is what people are shown;
    `status` is what the file system said of the file when it was read."""

    path: str | None
    data: bytes
    status: os.stat_result | None = None

    @property
    def name(self) -> str:
        """The path, or `<stdin>`."""
        return shown_name(self.path)


def shown_name(path: str | None) -> str:
    """What a document is called where it is talked about."""
    return "<stdin>" if path is None else path


def reason(error: OSError | ValueError) -> str:
    """Why the operating system refused, and what to do about it, in plain words."""
    if isinstance(error, OSError):
        known = _REASONS.get(error.errno or 0)
        return known or (error.strerror or str(error) or type(error).__name__).lower()
    return f"the name cannot be used ({error})"


def read(path: str) -> Document:
    """A file, a named pipe or a terminal; raises CleanerError, naming the file, where it cannot be read."""
    try:
        # Without O_NONBLOCK a named pipe waits for its writer, which is what `cleaner <(command)` needs.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
    except (OSError, ValueError) as error:
        raise CleanerError(f"{visible_name(path)}: {reason(error)}") from error
    try:
        before = os.fstat(descriptor)
        _refuse(path, before, descriptor)
        # One byte more than there should be: then the end is met at once, and without a buffer of a megabyte.
        data = _read_all(descriptor, before.st_size + 1 if 0 < before.st_size < _CHUNK else _CHUNK)
        after = os.fstat(descriptor)
    except OSError as error:
        raise CleanerError(f"{visible_name(path)}: {reason(error)}") from error
    finally:
        os.close(descriptor)
    if stat.S_ISREG(before.st_mode) and _stamp(before) != _stamp(after):
        raise CleanerError(f"{visible_name(path)}: changed while it was read: try again when nothing writes to it")
    return Document(path, data, after)


def read_start(path: str, size: int, large: int) -> bytes:
    """The first `size` bytes of a file that has more than `large` bytes; nothing of a smaller one, or where it cannot be
    read, which is said when it is read as a whole."""
    try:
        if os.stat(path).st_size <= large:  # noqa: PTH116  asked of every file of a batch
            return b""
        with Path(path).open("rb") as file:
            return file.read(size)
    except (OSError, ValueError):
        return b""


def is_as_read(target: Path, document: Document) -> bool:
    """Whether a file is still the one that was read, and has not been written to since."""
    before = document.status
    try:
        now = target.stat()
        if before is None or _identity(now) != _identity(before):
            return False
        if time.time_ns() - before.st_mtime_ns > _RACY:
            return True
        # Clocks of file systems tick slowly: two writes within a tick leave one and the same time.
        return target.read_bytes() == document.data
    except OSError:
        return False


def read_standard_input(name: str | None) -> Document:
    """Everything on standard input, called `name` if one was given."""
    if sys.stdin is None:  # closed before the process started; descriptor 0 is only a stand-in
        raise CleanerError("standard input is closed: name a file, or redirect one")
    try:
        return Document(name, _read_all(_STDIN))
    except OSError as error:
        raise CleanerError(f"standard input: {reason(error)}") from error


def standard_input_is_terminal() -> bool:
    """True where nothing is piped in and a person would have to type."""
    return sys.stdin is not None and os.isatty(_STDIN)


def same_file(path: str, other: str | None) -> bool:
    """Whether two names (None: standard input) lead to one regular file, by whatever links and detours."""
    try:
        one = Path(path).stat()
        two = os.fstat(_STDIN) if other is None else Path(other).stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(one.st_mode) and os.path.samestat(one, two)


def is_standard_output(path: str | None) -> bool:
    """Whether standard output was redirected into the file that is read (None: standard input)."""
    try:
        out = os.fstat(_STDOUT)
        source = os.fstat(_STDIN) if path is None else Path(path).stat()
    except (OSError, ValueError):
        return False
    return sys.stdout is not None and stat.S_ISREG(out.st_mode) and os.path.samestat(out, source)


def _refuse(path: str, status: os.stat_result, descriptor: int) -> None:
    """Devices without an end would fill the memory: /dev/zero, /dev/random, a whole disk."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a directory")
    null = status.st_rdev == os.stat(os.devnull).st_rdev  # noqa: PTH116
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not null and not os.isatty(descriptor)):
        raise CleanerError(f"{visible_name(path)}: is a device: name a file, or use a pipe")


def _read_all(descriptor: int, size: int = _CHUNK) -> bytes:
    """To the end, also from a descriptor that somebody has set to non-blocking (there Python's own read() may stop
    early without a word, and what has not arrived yet would be lost)."""
    chunks: list[bytes] = []
    while True:
        try:
            chunk = os.read(descriptor, size)
        except BlockingIOError:
            select.select([descriptor], [], [])
            continue
        if not chunk:
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
        chunks.append(chunk)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
