"""Where output goes: standard output, standard error, and files that are either old or new and never in between.

Everything is written to the descriptors themselves, without Python's buffers: a full disk or a closed pipe is met while
there is somebody to tell, not when the interpreter shuts down. Product bytes go out untouched; what goes to standard
error is made visible once more here, as the last gate before a terminal.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaner.model import CleanerError
from cleaner.render.visible import visible, visible_name
from cleaner.sources import Document, reason, same_file

if TYPE_CHECKING:
    from pathlib import Path

_STDOUT, _STDERR = 1, 2
_TEMPORARY = ".tmp"


def reserve_standard_descriptors() -> None:
    """Put /dev/null where standard input, output or error is closed.

    Otherwise the next file that is opened gets the number 1 or 2, and the text or a message would be written into it.
    `sys.stdout` stays None, which is how the functions here know that there is nobody to write to.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def write_standard_output(data: bytes) -> None:
    """All of `data`, untouched. A reader that went away raises BrokenPipeError; anything else raises CleanerError."""
    if not data:
        return
    if sys.stdout is None:
        raise CleanerError("standard output is closed: redirect it, or use -o FILE")
    try:
        write_all(_STDOUT, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CleanerError(f"standard output: {reason(error)}") from error


def write_terminal_text(text: str) -> None:
    """Text that was rendered for people, in the encoding of standard output; what it lacks is escaped."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_standard_output(text.encode(encoding, "backslashreplace"))


def standard_output_is_terminal() -> bool:
    """True where a person looks at standard output."""
    return sys.stdout is not None and os.isatty(_STDOUT)


def say(line: str) -> None:
    """One line on standard error. Nobody there, or a full disk behind it, is no reason to stop the work."""
    if sys.stderr is None:
        return
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with contextlib.suppress(OSError):
        write_all(_STDERR, visible(line).encode(encoding, "backslashreplace") + b"\n")


def draw(text: str) -> None:
    """Something of our own on the terminal behind standard error, escape sequences included; never text from outside."""
    with contextlib.suppress(OSError):
        write_all(_STDERR, text.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace"))


def standard_error_is_terminal() -> bool:
    """True where a person looks at standard error."""
    return sys.stderr is not None and os.isatty(_STDERR)


def close_interrupted_line() -> None:
    """A terminal shows `^C` and stays on that line: the prompt shall not stand behind it."""
    if sys.stderr is not None and os.isatty(_STDERR):
        with contextlib.suppress(OSError):
            write_all(_STDERR, b"\n")


def refuse_input_as_output(output: str, inputs: Sequence[str | None]) -> None:
    """Raise CleanerError where `output` is one of the files that are read (None: standard input)."""
    if any(same_file(output, one) for one in inputs):
        raise CleanerError(f"{visible_name(output)}: is the input: give -o another name")


def write_file(path: str, data: bytes) -> None:
    """Replace a file at one stroke: written beside it, synced, renamed over it; on failure nothing has changed.

    A symbolic link stays a link, and its target is replaced. Mode and owner of a file that exists are kept. A device or
    a named pipe cannot be replaced and is written to.
    """
    from pathlib import Path

    name = visible_name(path)
    try:
        status = _status(Path(path))
        if status is not None and stat.S_ISDIR(status.st_mode):
            example = visible_name(str(Path(path, "article.txt")))
            raise CleanerError(f"{name}: is a directory: name a file, such as {example}")
        if status is not None and not stat.S_ISREG(status.st_mode):
            _write_into(path, data)  # by the name that was given: /dev/stdout resolves to one that cannot be opened
        else:
            _replace(Path(os.path.realpath(path)), data, status)
    except BrokenPipeError:
        raise
    except FileNotFoundError as error:
        folder = visible_name(str(Path(path).parent))
        raise CleanerError(f"{name}: cannot be written: there is no directory {folder}: create it first") from error
    except PermissionError as error:
        raise CleanerError(f"{name}: cannot be written: permission denied for it or its directory") from error
    except (OSError, ValueError) as error:
        raise CleanerError(f"{name}: cannot be written: {reason(error)}") from error


def write_mirrored(path: str, document: Document, product: bytes) -> None:
    """Write `product` to `path` in a mirrored tree, with the mode of the file that was read; and its modification time
    where nothing changed. Directories are made as needed. Raises CleanerError.

    At one stroke, but not synced: what a power cut takes can be made again, and a sync costs more than the cleaning.
    """
    folder = os.path.dirname(path)  # noqa: PTH120  a Path for each of many files would take longer than the writing
    temporary = os.path.join(folder, f".cleaner-{os.urandom(8).hex()}{_TEMPORARY}")  # noqa: PTH118
    try:
        descriptor = _create(temporary)
        try:
            try:
                write_all(descriptor, product)
                if document.status is not None:
                    _keep_mode_and_time(descriptor, document.status, keep_time=product == document.data)
            finally:
                os.close(descriptor)
            os.replace(temporary, path)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise
    except (OSError, ValueError) as error:
        raise CleanerError(f"{visible_name(path)}: cannot be written: {reason(error)}") from error


def _create(path: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        return os.open(path, flags, 0o666)


def _keep_mode_and_time(descriptor: int, status: os.stat_result, *, keep_time: bool) -> None:
    if hasattr(os, "fchmod") and stat.S_ISREG(status.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if keep_time and os.utime in os.supports_fd:
        os.utime(descriptor, ns=(status.st_atime_ns, status.st_mtime_ns))


def _status(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _write_into(target: str, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _replace(target: Path, data: bytes, status: os.stat_result | None) -> None:
    if status is not None and not os.access(target, os.W_OK):
        raise PermissionError  # a rename would get around the write protection that somebody has set
    # A short name of our own: the target's may already be as long as the file system allows.
    temporary = target.with_name(f".cleaner-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # 0o666 minus the umask, as the shell's > would make it; mkstemp's 0o600 would hide the file from colleagues.
    descriptor = os.open(temporary, flags, 0o666)
    try:
        try:
            if status is not None:
                _keep_owner_and_mode(descriptor, status)
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_directory(target.parent)


def _keep_owner_and_mode(descriptor: int, status: os.stat_result) -> None:
    if not hasattr(os, "fchown"):  # Windows has neither
        return
    with contextlib.suppress(OSError):  # only root may give files away
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def sync_directory(folder: Path) -> None:
    """Put the names in a directory on the disk. Some file systems cannot; the files themselves are safe already."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_report(path: str) -> int:
    """A file that is written line by line, from its beginning. Raises CleanerError."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    except (OSError, ValueError) as error:
        raise CleanerError(f"{visible_name(path)}: cannot be written: {reason(error)}") from error


def write_all(descriptor: int, data: bytes) -> None:
    """All of it, also where the descriptor was set to non-blocking. Raises OSError."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            select.select([], [descriptor], [])
