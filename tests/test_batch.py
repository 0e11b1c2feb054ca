"""Many files in several processes: order, death of workers, interruption; and progress, totals and errors around it."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from cleaner import batch
from cleaner.batch import Interruption, Outcome, Status, Totals, run
from cleaner.model import CleanerError
from cleaner.render.progress import progress_line
from cleaner.render.totals import interrupted_line, table
from cleaner.selection import Found, Skipped

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


class Obedient:
    """Work whose items say what is to happen."""

    def __init__(self, repeatable: bool = True, log: Path | None = None) -> None:
        self.repeatable = repeatable
        self._log = log

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def __call__(self, item: Found) -> Outcome:
        if self._log is not None:
            with self._log.open("a") as file:
                file.write(item.path + "\n")
        if item.path.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if item.path.startswith("exit"):
            os._exit(3)
        if item.path.startswith("slow"):
            time.sleep(0.2)
        if item.path.startswith("large"):
            return Outcome(item.path, Status.CHANGED, product=bytes(3_000_000))
        return Outcome(item.path, Status.CHANGED, bytes=1)

    def passed_over(self, item: Skipped) -> Outcome:
        return Outcome(item.path, Status.SKIPPED)

    def died(self, item: Found, why: str) -> Outcome:
        return Outcome(item.path, Status.FAILED, report=why.encode())


def items(*names: str) -> list[Found | Skipped]:
    return [Skipped(name, "") if name.startswith("skip") else Found(name, name, "", named=False) for name in names]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_outcomes_come_in_the_order_of_the_input(jobs: int) -> None:
    names = [f"{'slow' if n in (0, 40) else 'skip' if n % 7 == 3 else 'large' if n % 50 == 9 else 'x'}{n}" for n in range(200)]
    assert [one.path for one in run(items(*names), Obedient(), jobs)] == names


@pytest.mark.parametrize("repeatable", [True, False])
def test_a_worker_that_dies_costs_the_file_it_had_in_hand(repeatable: bool, tmp_path: Path) -> None:
    names = [f"{'die' if n in (0, 17, 60) else 'exit' if n == 18 else 'x'}{n}" for n in range(100)]
    log = tmp_path / "log"
    outcomes = list(run(items(*names), Obedient(repeatable, log), 2))
    assert [one.path for one in outcomes] == names
    failed = {one.path: one.report.decode() for one in outcomes if one.status is Status.FAILED}
    assert set(failed) == {"die0", "die17", "exit18", "die60"}
    assert failed["die17"] == "the worker process was killed by signal 9 while it had this file in hand"
    assert "ended with exit code 3" in failed["exit18"]
    if not repeatable:
        assert max(Counter(log.read_text().split()).values()) == 1


def test_workers_that_only_die_are_an_error_and_not_a_loop() -> None:
    with pytest.raises(CleanerError, match="5 workers died one after another"):
        list(run(items(*(f"die{n}" for n in range(1000))), Obedient(), 2))


def test_memory_is_bounded_because_the_input_is_taken_as_it_is_needed() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Found("slow" if taken == 1 else "x", "", "", named=False)

    outcomes = run(endless(), Obedient(), 2)  # type: ignore[arg-type]
    assert next(outcomes).path == "slow"
    assert taken < 2 * batch._WINDOW + 100
    outcomes.close()


def test_an_interruption_finishes_what_is_in_hand_and_begins_nothing_more() -> None:
    for jobs in (1, 2):
        with Interruption() as interruption:
            outcomes = []
            for outcome in run(items(*(f"slow{n}" for n in range(100))), Obedient(), jobs, interruption):
                outcomes.append(outcome)
                if len(outcomes) == 1:
                    os.kill(os.getpid(), signal.SIGINT)
        # All hundred would take ten seconds; on a busy machine the signal may be met a second late.
        assert 1 <= len(outcomes) <= 10


def test_a_second_interruption_ends_the_run_at_once() -> None:
    with Interruption():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_small_batches_stay_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "cores", lambda: 4)
    few, many = items(*map(str, range(10))), items(*map(str, range(1000)))
    assert batch._suitable_jobs(iter(few))[1] == 1
    stream, jobs = batch._suitable_jobs(iter(many))
    assert (list(stream), jobs) == (many, 4)
    monkeypatch.setattr(batch, "cores", lambda: 1)
    assert batch._suitable_jobs(iter(many))[1] == 1


def test_totals_are_a_table_of_what_happened() -> None:
    totals = Totals()
    for number in range(1200):
        totals.add(Outcome(f"{number}", Status.CHANGED, bytes=10, characters=5, rules=("share", "tags")[: 1 + number % 2]))
    totals.add(Outcome("s", Status.SKIPPED))
    totals.add(Outcome("f", Status.FAILED, seconds=(1.0, 3.0, 0.0)))
    assert table(totals, verbose=True) == [
        "files read          1,200",
        "  changed           1,200",
        "  kept                  0",
        "  guarded               0",
        "skipped                 1",
        "failed                  1",
        "characters removed  6,000",
        "most frequent       share 1,200, tags 600",
        "slowest stage       cleaning (75 % of 4.0 s)",
    ]
    assert interrupted_line(totals) == (
        "interrupted: 1,201 files done, the last of them f; the others are as they were: the same command carries on"
    )


def test_progress_is_one_line_that_fits() -> None:
    line = progress_line(1000, 4000, 5_000_000, 10.0, width=80, color=False)
    assert line.startswith("1,000/4,000 files ")
    assert line.rstrip().endswith("0.5 MB/s 0:00:30 left")
    for width in (1, 20, 40, 200):
        assert len(progress_line(10**7, 10**8, 10**12, 1e5, width=width, color=False)) <= max(1, width - 1)
    assert progress_line(3, None, 0, 0.0, width=80, color=False).startswith("3 files")
    assert "\n" not in progress_line(3, 9, 1, 1.0, width=80, color=True)
