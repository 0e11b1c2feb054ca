"""Many files: one process or several, results in the order of the input, and what happens when a worker dies.

A batch takes a stream of items and a piece of work, and gives a stream of outcomes. What goes between processes are
names and small outcomes; texts are read and written where they are cleaned. At most a window of items is under way, so
memory depends on the number of workers and not on the number of files.

Every worker has a pipe of its own, and writes into shared memory which file it has in hand. So when one is killed (out
of memory, a fault in a library) that file fails, and the rest goes to a new worker. The pools of the standard library
give up as a whole there, or wait for ever.

Nothing here knows click, rich, options or text; nothing is written to a terminal.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from cleaner.model import CleanerError
from cleaner.product import Note
from cleaner.selection import Found, Skipped

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

# Below this many files and bytes a second process costs more than it saves: starting workers takes 0.1 s.
SMALL_FILES = 64
SMALL_BYTES = 1 << 20
# What a worker has in its queue: enough to be busy while the others are looked after, small enough to fit into a pipe
# (64 kB on Linux) with the longest names, so that neither side ever waits for the other to read.
_CHUNK_FILES = 16
_CHUNK_BYTES = 8192
_CHUNKS_AHEAD = 2
# Answers are sent together, since each message costs as much as reading a file, but soon enough for a display.
_ANSWER_SECONDS = 0.05
# Outcomes that wait for one slow file ahead of them, for each worker.
_WINDOW = 256
# And how many bytes they may hold together: a diff or a JSON object is as large as its text.
_HELD_BYTES = 1 << 26
# A worker that dies before it has done anything, this often in a row, dies of the machine and not of a file.
_MOST_DEATHS = 5
_STOPPING_SECONDS = 10.0
_NOTHING = -1


class Status(StrEnum):
    """What became of a file."""

    CHANGED = "changed"
    KEPT = "kept"
    GUARDED = "guarded"
    SKIPPED = "skipped"
    FAILED = "failed"


class Outcome(NamedTuple):
    """What became of one file, and what there is to say and write about it: small, so that it can travel.

    `product` goes to standard output, `report` to the report. `bytes` were read, `characters` removed, and
    `seconds` spent on reading, cleaning and writing.
    """

    path: str
    status: Status
    notes: tuple[Note, ...] = ()
    product: bytes = b""
    codec: str = "utf-8"
    report: bytes = b""
    bytes: int = 0
    characters: int = 0
    rules: tuple[str, ...] = ()
    seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(slots=True)
class Totals:
    """The sums of a batch."""

    files: Counter[Status] = field(default_factory=Counter)
    bytes: int = 0
    characters: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    last: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count one more file."""
        self.files[outcome.status] += 1
        self.bytes += outcome.bytes
        self.characters += outcome.characters
        if outcome.rules:
            self.rules.update(outcome.rules)
        for stage, seconds in enumerate(outcome.seconds):
            self.seconds[stage] += seconds
        if outcome.status is not Status.SKIPPED:
            self.last = outcome.path

    @property
    def read(self) -> int:
        """How many files were read: all but those that were passed over or failed."""
        return self.files[Status.CHANGED] + self.files[Status.KEPT] + self.files[Status.GUARDED]


class Work(Protocol):
    """What is done with a file; picklable, and never raising. `start` and `stop` are called in the process that works.
    `repeatable`: doing it again gives the same outcome, so that an answer that was lost with a worker can be had again."""

    @property
    def repeatable(self) -> bool:
        """See above."""

    def start(self) -> None:
        """Get ready."""

    def stop(self) -> None:
        """Let go of everything."""

    def __call__(self, item: Found) -> Outcome:
        """One file."""

    def passed_over(self, item: Skipped) -> Outcome:
        """One that is not read."""

    def died(self, item: Found, why: str) -> Outcome:
        """One on which a worker died."""


class Interruption:
    """Ctrl-C as a wish to stop soon: `wanted` turns true, `announce` is called, and the files in hand are finished. A
    second one, or SIGTERM, ends the run at once by an exception."""

    def __init__(self, announce: Callable[[], None] = lambda: None) -> None:
        self.wanted = False
        self._announce = announce
        self._before: Any = None

    def __enter__(self) -> Interruption:
        with contextlib.suppress(ValueError):  # not in the main thread: nobody presses keys there
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.wanted:
            raise KeyboardInterrupt
        self.wanted = True
        self._announce()


def run(
    items: Iterable[Found | Skipped], work: Work, jobs: int | None, interruption: Interruption | None = None
) -> Generator[Outcome, None, None]:
    """The outcome of each item, in order. `jobs` None: as many as pay.

    Ends early where an interruption is wanted: what was in hand is finished, the rest is not begun. Raises CleanerError
    where no worker lives long enough to do anything.
    """
    interruption = interruption or Interruption()
    stream = iter(items)
    if jobs is None:
        stream, jobs = _suitable_jobs(stream)
    if jobs == 1:
        yield from _in_one_process(stream, work, interruption)
    else:
        pool = _Pool(work, jobs, interruption)
        try:
            yield from pool.run(stream)
        finally:
            pool.close()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _suitable_jobs(stream: Iterator[Found | Skipped]) -> tuple[Iterator[Found | Skipped], int]:
    available = cores()
    if available == 1:
        return stream, 1
    first: list[Found | Skipped] = []
    files = size = 0
    for item in stream:
        first.append(item)
        if isinstance(item, Found):
            files += 1
            with contextlib.suppress(OSError, ValueError):
                size += os.stat(item.path).st_size  # noqa: PTH116
        if files >= SMALL_FILES or (size >= SMALL_BYTES and files > 1):
            return chain(first, stream), available
    return iter(first), 1


def _in_one_process(items: Iterator[Found | Skipped], work: Work, interruption: Interruption) -> Iterator[Outcome]:
    work.start()
    try:
        for item in items:
            if interruption.wanted:
                return
            yield work.passed_over(item) if isinstance(item, Skipped) else work(item)
    finally:
        work.stop()


@dataclass(slots=True, eq=False)
class _Worker:
    slot: int
    process: Any
    connection: Connection[Any, Any]
    queue: deque[tuple[int, Found]] = field(default_factory=deque)


class _Pool:
    """Workers, each with a pipe; what was given to whom; and what came back before its turn."""

    def __init__(self, work: Work, jobs: int, interruption: Interruption) -> None:
        from multiprocessing import get_context

        # A fork shares the engine, which takes 0.1 s to build. macOS has fork, too, but its system libraries do not
        # survive it; there and on Windows workers start afresh.
        self._context: BaseContext = get_context("fork" if sys.platform == "linux" else "spawn")
        self._work = work
        self._jobs = jobs
        self._interruption = interruption
        self._halt = self._context.RawValue("b", 0)
        self._in_hand = self._context.RawArray("q", jobs)
        self._workers: list[_Worker] = []
        self._again: deque[tuple[int, Found]] = deque()
        self._done: dict[int, Outcome | None] = {}
        self._held = 0
        self._next = 0
        self._deaths = 0

    def run(self, items: Iterator[Found | Skipped]) -> Iterator[Outcome]:
        from multiprocessing.connection import wait

        if self._context.get_start_method() == "fork":
            self._work.start()  # once, for all: what is built now is shared
        numbered = enumerate(items)
        ended = False
        while True:
            if self._interruption.wanted and not self._halt.value:
                self._halt.value = 1
                self._again.clear()
            if not self._halt.value:
                ended = self._feed(numbered)
            while self._next in self._done:
                outcome = self._done.pop(self._next)
                self._next += 1
                if outcome is not None:
                    self._held -= _size(outcome)
                    yield outcome
            busy = [worker for worker in self._workers if worker.queue]
            if not busy:
                if ended or self._halt.value:
                    yield from (done for _, done in sorted(self._done.items()) if done is not None)
                    return
                continue
            ready = wait([worker.connection for worker in busy])
            for worker in busy:
                if worker.connection in ready:
                    self._collect(worker)

    def close(self) -> None:
        """Let every worker finish what it has in hand, and be sure that none is left."""
        self._halt.value = 1
        for worker in self._workers:
            worker.connection.close()
        for worker in self._workers:
            worker.process.join(_STOPPING_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._work.stop()

    def _feed(self, numbered: Iterator[tuple[int, Found | Skipped]]) -> bool:
        """Give work to whoever has little left; true when there is no more to give."""
        while len(self._workers) < self._jobs:
            self._workers.append(self._hire())
        for worker in list(self._workers):
            while len(worker.queue) <= _CHUNK_FILES * (_CHUNKS_AHEAD - 1):
                chunk, ended = self._chunk(numbered)
                if chunk:
                    try:
                        worker.connection.send(chunk)
                        worker.queue.extend(chunk)
                    except OSError:  # it has died, of nothing in this chunk
                        self._again.extend(chunk)
                        if not worker.queue:
                            self._bury(worker)
                        break
                if ended:
                    return True
                if not chunk:
                    return False
        return False

    def _chunk(self, numbered: Iterator[tuple[int, Found | Skipped]]) -> tuple[list[tuple[int, Found]], bool]:
        """The next few files for a worker, and whether the stream has ended. None where the window is full."""
        chunk: list[tuple[int, Found]] = []
        size = 0
        while len(chunk) < _CHUNK_FILES and size < _CHUNK_BYTES:
            if self._again:
                number, item = self._again.popleft()
            else:
                if self._under_way() + len(chunk) >= self._jobs * _WINDOW or self._held >= _HELD_BYTES:
                    return chunk, False
                following = next(numbered, None)
                if following is None:
                    return chunk, True
                number, any_item = following
                if isinstance(any_item, Skipped):
                    self._done[number] = self._work.passed_over(any_item)
                    continue
                item = any_item
            chunk.append((number, item))
            size += len(item.path) + len(item.inside) + len(item.home)
        return chunk, False

    def _under_way(self) -> int:
        return len(self._done) + sum(len(worker.queue) for worker in self._workers)

    def _hire(self) -> _Worker:
        slot = min(set(range(self._jobs)) - {worker.slot for worker in self._workers})
        self._in_hand[slot] = _NOTHING
        ours, theirs = self._context.Pipe()
        others = [worker.connection for worker in self._workers] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self._work, self._halt, self._in_hand, slot, [ours, *others]), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(slot, process, ours)

    def _collect(self, worker: _Worker) -> None:
        """Take what a worker has to say; where it is dead, bury it."""
        try:
            for outcome in worker.connection.recv():
                number, _ = worker.queue.popleft()
                self._done[number] = outcome
                self._held += _size(outcome) if outcome is not None else 0
            self._deaths = 0
        except (EOFError, OSError):
            self._bury(worker)

    def _bury(self, worker: _Worker) -> None:
        """The file in hand has failed; the others go to somebody else."""
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        self._workers.remove(worker)
        why = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        self._deaths += 1
        if self._deaths >= _MOST_DEATHS:
            raise CleanerError(f"{self._deaths} workers died one after another (the last {why}): free some memory, or use -j 1")
        in_hand = self._in_hand[worker.slot]
        for number, item in worker.queue:
            if number == in_hand:
                self._done[number] = self._work.died(item, f"the worker process {why} while it had this file in hand")
            elif self._halt.value:
                self._done[number] = None
            else:
                self._again.append((number, item))


def _size(outcome: Outcome) -> int:
    return len(outcome.product) + len(outcome.report)


def _serve(
    connection: Connection[Any, Any],
    work: Work,
    halt: Any,
    in_hand: Any,
    slot: int,
    inherited: Sequence[Connection[Any, Any]],
) -> None:
    """The life of a worker: files in, outcomes out, until the pipe closes."""
    for other in inherited:  # or the end of the parent would not be noticed
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; the parent says what is to be finished
    wait = _ANSWER_SECONDS if work.repeatable else 0.0
    try:
        work.start()
        while True:
            outcomes: list[Outcome | None] = []
            due = monotonic() + wait
            for number, item in connection.recv():
                in_hand[slot] = number
                outcomes.append(None if halt.value else work(item))
                if (now := monotonic()) >= due:
                    connection.send(outcomes)
                    outcomes = []
                    due = now + wait
            if outcomes:
                connection.send(outcomes)
    except (EOFError, OSError):
        pass  # the parent is done, or gone
    finally:
        work.stop()
