"""What is done with one file of a batch: read, clean, write, and say what became of it.

The same in every process and for every mode. Nothing is printed: what there is to say goes back in the outcome, already
in words, so that a text never travels between processes and lines come out in the order of the input. An error is an
outcome like any other; nothing that a file holds, and nothing that the file system does, stops the batch.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from cleaner import engine
from cleaner.batch import Outcome, Status
from cleaner.in_place import replace_in_place
from cleaner.journal import Journal, Run, sweep
from cleaner.model import CleanerError, Result
from cleaner.product import Note, notes_of, product_of
from cleaner.render import summary
from cleaner.render.visible import visible_name
from cleaner.selection import Found, Skipped
from cleaner.settings import Form, Mode, Settings, Verbosity, debugging
from cleaner.sinks import sync_directory, write_mirrored
from cleaner.sources import Document, read, read_start

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner

# A file of this size in a directory is looked at before it is read as a whole: a film is not worth a gigabyte of memory.
_LARGE = 1 << 20
_START = 1 << 16
_BINARY = "binary"


class Cleaning:
    """The work of `cleaner` on many files. `run` is there where files are changed in place."""

    def __init__(self, settings: Settings, run: Run | None) -> None:
        self.settings = settings
        self._run = run
        self._engine: Cleaner | None = None
        self._journal: Journal | None = None
        self._unsynced: Path | None = None
        self._littered: set[str] = set()

    def __getstate__(self) -> tuple[Settings, Run | None]:
        return self.settings, self._run

    def __setstate__(self, state: tuple[Settings, Run | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    @property
    def repeatable(self) -> bool:
        """In place, the second time there is nothing to remove any more."""
        return not self.settings.in_place

    def start(self) -> None:
        """Build the engine. Raises CleanerError for rules or an encoding that cannot be used."""
        if self._engine is None:
            self._engine = engine.build(self.settings)
            # What is there now stays: the garbage collector need not look at the phrases again and again, and does not
            # write to memory that forked workers share.
            gc.freeze()

    def stop(self) -> None:
        """Sync and close what is open, and sweep behind workers that died."""
        if self._unsynced is not None:
            sync_directory(self._unsynced)
            self._unsynced = None
        if self._journal is not None:
            self._journal.close()
        for home in self._littered:
            sweep(Path(home))
        self._littered.clear()

    def __call__(self, item: Found) -> Outcome:
        """Read, clean and write one file."""
        document: Document | None = None
        try:
            started = perf_counter()
            skipped = None if item.named else self._binary_start(item)
            if skipped is not None:
                return skipped
            document = read(item.path)
            have_read = perf_counter()
            assert self._engine is not None
            result = engine.clean(self._engine, document)
            cleaned = perf_counter()
            if not item.named and result.guard is not None and result.guard.id == _BINARY:
                return self.passed_over(Skipped(item.path, f"binary ({result.guard.why})"))
            product = product_of(document, result, self.settings)
            written = self._write(item, document, product)
            seconds = (have_read - started, cleaned - have_read, perf_counter() - cleaned)
        except CleanerError as error:
            return self._failed(item.path, str(error), len(document.data) if document else None)
        except Exception as error:
            if debugging():
                raise
            why = f"{visible_name(item.path)}: internal error ({type(error).__name__}: {error}): please report it"
            return self._failed(item.path, why, None)
        return self._outcome(document, result, product, written, seconds)

    def passed_over(self, item: Skipped) -> Outcome:
        """What was not read; `-v` says why."""
        if item.failed:
            return self._failed(item.path, f"{visible_name(item.path)}: {item.why}", None)
        verbose = self.settings.verbosity is Verbosity.VERBOSE
        notes = (Note(summary.skipped_line(item.path, item.why)),) if verbose else ()
        return Outcome(item.path, Status.SKIPPED, notes)

    def died(self, item: Found, why: str) -> Outcome:
        """A file on which a worker died. In place, it is the old one or the new one, and the journal knows both."""
        self._littered.add(item.home)
        return self._failed(item.path, f"{visible_name(item.path)}: {why}: free some memory, or leave it out", None)

    def _binary_start(self, item: Found) -> Outcome | None:
        if self.settings.encoding is not None:
            return None
        start = read_start(item.path, _START, _LARGE)
        if not start:
            return None
        from cleaner.decode import decode
        from cleaner.model import Guard

        found = decode(start)
        if isinstance(found, Guard) and found.id == _BINARY:
            return self.passed_over(Skipped(item.path, f"binary ({found.why})"))
        return None

    def _write(self, item: Found, document: Document, product: bytes) -> bool:
        """Put the text where it belongs; false where that is standard output."""
        if self.settings.in_place:
            if product != document.data:
                self._replace(item, document, product)
        elif self.settings.output is not None:
            write_mirrored(os.path.join(self.settings.output, item.inside), document, product)  # noqa: PTH118
        else:
            return False
        return True

    def _replace(self, item: Found, document: Document, product: bytes) -> None:
        assert self._run is not None
        if self._journal is None or self._journal.home != item.home:
            if self._journal is not None:
                self._journal.close()
            self._journal = Journal(item.home, self._run)
        folder = replace_in_place(document, product, self._journal, break_links=self.settings.break_links)
        # Files come directory by directory, and one sync for all renames in one of them is enough: before it, a power
        # cut brings back the old file, which is whole, too.
        if folder != self._unsynced:
            if self._unsynced is not None:
                sync_directory(self._unsynced)
            self._unsynced = folder

    def _outcome(
        self, document: Document, result: Result, product: bytes, written: bool, seconds: tuple[float, float, float]
    ) -> Outcome:
        removed = result.removed
        rewritten = written and not removed and product != document.data
        status = Status.CHANGED if removed or rewritten else Status.GUARDED if result.guard else Status.KEPT
        notes = notes_of(document, result, self.settings)
        if rewritten and self.settings.verbosity is not Verbosity.QUIET:
            notes = (Note(summary.rewritten_line(document.name, result)),)
        report = b""
        if self.settings.report is not None:
            from cleaner.render.json import result_line

            report = result_line(document.path, result)
        return Outcome(
            path=document.name,
            status=status,
            notes=notes,
            product=b"" if written else product,
            codec=result.codec,
            report=report,
            bytes=len(document.data),
            characters=removed.characters if removed else 0,
            rules=tuple(summary.rules_behind(result)),
            seconds=seconds,
        )

    def _failed(self, path: str, why: str, size: int | None) -> Outcome:
        line = b""
        if self.settings.mode is Mode.JSON or self.settings.report is not None:
            from cleaner.render.json import error_object

            line = error_object(path, self.settings.level, why, size)
        if self.settings.form is Form.GITHUB:
            from cleaner.render.github import error_annotation

            notes = (Note(error_annotation(path, why), error=True),)
        else:
            notes = (Note(summary.error_line(why), error=True),)
        product = line if self.settings.mode is Mode.JSON else b""
        return Outcome(path, Status.FAILED, notes, product, report=line if self.settings.report is not None else b"")
