"""A file is replaced by its cleaned text, and nothing can go wrong with it.

In place, a file is replaced in this order: its record goes into the journal and is synced; the new text is written to a
temporary file and synced; the file is looked at once more; the temporary file is renamed over it. So at any moment, a
kill or a power cut included, the name leads to all of the old text or all of the new, and the way back is on the disk
before it is needed. What stays is a prefix of the file, and truncating it would be simpler, but then whoever reads it
at that moment would get half a text, and only some file systems promise that a truncation survives a power cut whole.

The temporary file stands in the journal's `.cleaner/`, on the same file system: a kill leaves nothing among the user's
files, and the next run sweeps it. Only where a file lies on another file system than the directory that was named does
it stand beside the file; a link in `.cleaner/` leads the sweep there.

Not replaced, with a reason: what is write-protected, what has further hard links (they would keep the old text), what
would change its owner, and what has changed since it was read.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cleaner.journal import Journal
from cleaner.model import CleanerError
from cleaner.render.visible import visible_name
from cleaner.sinks import write_all
from cleaner.sources import Document, is_as_read, reason

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_in_place(document: Document, product: bytes, journal: Journal, *, break_links: bool = False) -> Path:
    """Make `product` the content of the file that `document` was read from; returns the directory that has to be synced.

    Mode, owner and extended attributes stay; a symbolic link stays one. Raises CleanerError, with the file as it was,
    where it may not or cannot be replaced, where it has further hard links (unless `break_links`: they keep the old
    text), and where it has changed since it was read.
    """
    with _explained(
        document, "written", "it, its directory or the journal there is write-protected: make it writable, or use -o"
    ):
        target = _replaceable(document, break_links)
        journal.append(str(target), document.data, product)
        return _exchange(target, product, document, journal.temporary(target), journal)


def restore_in_place(document: Document, product: bytes, temporary: Path, *, break_links: bool = False) -> Path:
    """The same on the way back, which needs no record: the journal has what it brings back, and keeps it."""
    with _explained(document, "restored", "it or its directory is write-protected: make it writable"):
        target = _replaceable(document, break_links)
        if temporary.parent.stat().st_dev != target.parent.stat().st_dev:
            temporary = target.with_name(f".cleaner-{temporary.name}")
        return _exchange(target, product, document, temporary, None)


@contextlib.contextmanager
def _explained(document: Document, done: str, forbidden: str) -> Iterator[None]:
    """Errors of the system as CleanerError: what could not be `done`, and what `forbidden` means here."""
    try:
        yield
    except PermissionError as error:
        raise CleanerError(f"{visible_name(str(document.path))}: cannot be {done}: {forbidden}") from error
    except (OSError, ValueError) as error:
        raise CleanerError(f"{visible_name(str(document.path))}: cannot be {done}: {reason(error)}") from error


def _replaceable(document: Document, break_links: bool) -> Path:
    """The file behind the name, links followed. Raises CleanerError or PermissionError where it must not be replaced."""
    assert document.path is not None
    assert document.status is not None
    target = Path(os.path.realpath(document.path))
    _refuse_in_place(visible_name(document.path), target, document.status, break_links)
    return target


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
