"""Where output goes: standard output, standard error, and files that are either old or new and never in between.

Everything is written to the descriptors themselves, without Python's buffers: a full disk or a closed pipe is met while
there is somebody to tell, not when the interpreter shuts down. Product bytes go out untouched; what goes to standard
error is made visible once more here, as the last gate before a terminal.

In place, a file is replaced in this order: its record goes into the journal and is synced; the new text is written to a
temporary file and synced; the file is looked at once more; the temporary file is renamed over it. So at any moment, a
kill or a power cut included, the name leads to all of the old text or all of the new, and the way back is on the disk
before it is needed. What stays is a prefix of the file, and truncating it would be simpler, but then whoever reads it
at that moment would get half a text, and only some file systems promise that a truncation survives a power cut whole.

The temporary file stands in the journal's `.cleaner/`, on the same file system: a kill leaves nothing among the user's
files, and the next run sweeps it. Only where a file lies on another file system than the directory that was named does
it stand beside the file; a link in `.cleaner/` leads the sweep there.
"""

from __future__ import annotations

import contextlib
import os
import select
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaner.journal import Journal, sync_directory
from cleaner.model import CleanerError
from cleaner.render.visible import visible, visible_name
from cleaner.sources import Document, is_as_read, reason, same_file

_STDOUT, _STDERR = 1, 2
_TEMPORARY = ".tmp"
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


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


def replace_in_place(document: Document, product: bytes, journal: Journal, *, break_links: bool = False) -> Path:
    """Make `product` the content of the file that `document` was read from; returns the directory that has to be synced.

    Mode, owner and extended attributes stay; a symbolic link stays one. Raises CleanerError, with the file as it was,
    where it may not or cannot be replaced, where it has further hard links (unless `break_links`: they keep the old
    text), and where it has changed since it was read.
    """
    assert document.path is not None
    assert document.status is not None
    name = visible_name(document.path)
    target = Path(os.path.realpath(document.path))
    try:
        _refuse_in_place(name, target, document.status, break_links)
        journal.append(str(target), document.data, product)
        return _exchange(target, product, document, journal.temporary(target), journal)
    except PermissionError as error:
        raise CleanerError(
            f"{name}: cannot be written: it, its directory or the journal there is write-protected: make it writable, or use -o"
        ) from error
    except (OSError, ValueError) as error:
        raise CleanerError(f"{name}: cannot be written: {reason(error)}") from error


def restore_in_place(document: Document, product: bytes, temporary: Path, *, break_links: bool = False) -> Path:
    """The same on the way back, which needs no record: the journal has what it brings back, and keeps it."""
    assert document.path is not None
    assert document.status is not None
    name = visible_name(document.path)
    target = Path(os.path.realpath(document.path))
    try:
        _refuse_in_place(name, target, document.status, break_links)
        if temporary.parent.stat().st_dev != target.parent.stat().st_dev:
            temporary = target.with_name(f".cleaner-{temporary.name}")
        return _exchange(target, product, document, temporary, None)
    except PermissionError as error:
        raise CleanerError(f"{name}: cannot be restored: it or its directory is write-protected: make it writable") from error
    except (OSError, ValueError) as error:
        raise CleanerError(f"{name}: cannot be restored: {reason(error)}") from error


def _refuse_in_place(name: str, target: Path, status: os.stat_result, break_links: bool) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise CleanerError(f"{name}: is no regular file: nothing can be replaced in place there")
    if status.st_nlink > 1 and not break_links:
        raise CleanerError(
            f"{name}: has {status.st_nlink - 1} more hard links, and they would keep the old text: "
            "use --break-links if that is right, or -o"
        )
    # Root may write everywhere, but a file without any write bit was meant to stay, by whomever.
    for place, mode in ((target, status.st_mode), (target.parent, target.parent.stat().st_mode)):
        if not mode & _WRITABLE or not os.access(place, os.W_OK):
            raise PermissionError


def _exchange(target: Path, product: bytes, document: Document, temporary: Path, journal: Journal | None) -> Path:
    assert document.status is not None
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o600)
        try:
            write_all(descriptor, product)
            _keep_all(descriptor, target, document.status)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _refuse_changed(target, document)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    finally:
        if journal is not None:
            journal.settle(temporary)
    return target.parent


def _refuse_changed(target: Path, document: Document) -> None:
    if not is_as_read(target, document):
        raise CleanerError(
            f"{visible_name(document.name)}: was changed by somebody else meanwhile, and is left as it is now: try again"
        )


def _keep_all(descriptor: int, target: Path, status: os.stat_result) -> None:
    """Mode, owner, and extended attributes, among them access control lists. Raises OSError where they would be lost."""
    if not hasattr(os, "fchown"):
        return
    if (status.st_uid, status.st_gid) != ((now := os.fstat(descriptor)).st_uid, now.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except PermissionError as error:
            raise OSError("it belongs to somebody else and would become yours: run cleaner as its owner, or use -o") from error
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if not hasattr(os, "listxattr"):
        return
    try:
        names = os.listxattr(target)
    except OSError:  # the file system has none
        return
    for name in names:
        try:
            os.setxattr(descriptor, name, os.getxattr(target, name))
        except OSError:
            # Labels that the system sets itself, and that only it may set.
            if not name.startswith(("security.", "trusted.")):
                raise


def write_mirrored(path: str, document: Document, product: bytes) -> None:
    """Write `product` to `path` in a mirrored tree, with the mode of the file that was read; and its modification time
    where nothing changed. Directories are made as needed. Raises CleanerError.

    At one stroke, but not synced: what a power cut takes can be made again, and a sync costs more than the cleaning.
    """
    name = visible_name(path)
    if document.path is not None and same_file(path, document.path):
        raise CleanerError(f"{name}: is the input: give -o another directory")
    target = Path(path)
    temporary = target.with_name(f".cleaner-{os.urandom(8).hex()}{_TEMPORARY}")
    try:
        descriptor = _create(temporary)
        try:
            try:
                write_all(descriptor, product)
                if document.status is not None:
                    _keep_mode_and_time(descriptor, document.status, keep_time=product == document.data)
            finally:
                os.close(descriptor)
            os.rename(temporary, target)  # noqa: PTH104  a third of the time of Path.replace, for each of many files
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except (OSError, ValueError) as error:
        raise CleanerError(f"{name}: cannot be written: {reason(error)}") from error


def _create(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
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
