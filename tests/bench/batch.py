"""How much a batch costs, as ratios within one run: `python tests/bench/batch.py [--files 20000] [--many 100000]`.

    output     cleaner -o over files of 5 kB, against a bare loop that reads, decodes, encodes and writes the same files
    overhead   the same with an engine that does nothing: what everything around the engine costs
    jobs       one job against two, with the real engine
    memory     the peak for many files against that for 1,000, parent and workers alike

Each figure is taken in a process of its own; of several runs the fastest counts.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent.parent
_FOLDER_FILES = 500
_SENTENCE = "The council of the {place} quarter met on {day} to hear what the engineers had found under the old bridge. "
_TAIL = "\nShare this article\nFollow us on Facebook, Twitter and Instagram\nSubscribe to our newsletter\n"
_SIZE = 5000


def make(folder: Path, count: int) -> None:
    """`count` articles of about 5 kB, half of them with a tail."""
    for number in range(count):
        place = folder / f"{number // _FOLDER_FILES:04}"
        if number % _FOLDER_FILES == 0:
            place.mkdir(parents=True)
        text = "".join(_SENTENCE.format(place=number, day=day) + "\n" * (day % 3 == 0) for day in range(_SIZE // 105))
        (place / f"{number:06}.txt").write_text(text + _TAIL * (number % 2), encoding="utf-8")


def bare(source: str, output: str) -> None:
    """The loop that everybody would write."""
    for folder, _, names in os.walk(source):
        there = os.path.join(output, os.path.relpath(folder, source))  # noqa: PTH118
        os.makedirs(there, exist_ok=True)  # noqa: PTH103
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123
                text = file.read().decode()
            with open(os.path.join(there, name), "wb") as file:  # noqa: PTH118, PTH123
                file.write(text.encode())


def no_engine() -> None:
    """Put an engine in place that leaves every text as it is."""
    import cleaner.pipeline
    from cleaner.model import Level, Result

    class Nothing:
        def __init__(self, **_: object) -> None:
            pass

        def clean(self, data: bytes) -> Result:
            text = data.decode()
            return Result(text, data, text, "utf-8", "utf-8", Level.NORMAL, 1, len(data))

    cleaner.pipeline.Cleaner = Nothing  # type: ignore[assignment, misc]


def child(what: str, args: list[str]) -> None:
    """One measurement: seconds and peak kilobytes on standard output."""
    if what == "nothing":
        no_engine()
    from cleaner.__main__ import main

    started = perf_counter()
    if what == "bare":
        bare(*args)
    elif (code := main(args)) > 1:
        sys.exit(code)
    seconds = perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(seconds, peak)


def measure(what: str, *args: str) -> tuple[float, int]:
    """Seconds and peak kilobytes of one run."""
    command = [sys.executable, __file__, "--child", what, "--", *args]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)


def best(runs: int, what: str, *args: str, fresh: Path | None = None) -> float:
    """The fastest of some runs, in seconds. An argument OUT becomes a new directory below `fresh` each time: ext4 is
    slow, for seconds, at making files where others have just been deleted."""
    times = []
    for _ in range(runs):
        out = tempfile.mkdtemp(dir=fresh)
        times.append(measure(what, *(out if arg == "OUT" else arg for arg in args))[0])
    return min(times)


def main() -> None:
    """Everything, with a line for each ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["output", "overhead", "jobs", "memory"])
    parser.add_argument("--child")
    parser.add_argument("args", nargs="*")
    options = parser.parse_args()
    if options.child:
        child(options.child, options.args)
        return
    wanted = [options.only] if options.only else ["output", "overhead", "jobs", "memory"]
    with tempfile.TemporaryDirectory() as scratch:
        source, output = Path(scratch, "source"), Path(scratch, "output")
        output.mkdir()
        common = ["-q", "--no-config", str(source), "-o", "OUT"]
        if {"output", "overhead", "jobs"} & set(wanted):
            make(source, options.files)
            loop = best(options.runs, "bare", str(source), "OUT", fresh=output)
            print(f"bare loop: {loop:.2f} s, {1e6 * loop / options.files:.0f} us a file", flush=True)
        if "output" in wanted:
            for jobs in ("1", "2"):
                seconds = best(options.runs, "real", *common, "-j", jobs, fresh=output)
                print(f"output, -j {jobs}: {seconds:.2f} s, {seconds / loop:.2f} times the bare loop", flush=True)
        if "overhead" in wanted:
            for jobs in ("1", "2"):
                seconds = best(options.runs, "nothing", *common, "-j", jobs, fresh=output)
                print(f"overhead, -j {jobs}: {seconds:.2f} s, {seconds / loop:.2f} times the bare loop", flush=True)
        if "jobs" in wanted:
            one, two = (best(options.runs, "real", "-q", "--no-config", "--check", str(source), "-j", jobs) for jobs in "12")
            print(f"jobs: {one:.2f} s with one, {two:.2f} s with two: {one / two:.2f} times as fast", flush=True)
        if "memory" in wanted:
            few_files, many_files = Path(scratch, "few"), Path(scratch, "many")
            make(few_files, 1000)
            make(many_files, options.many)
            for jobs in ("1", "2"):
                few, many = (
                    measure("nothing", "-q", "--no-config", "--check", str(place), "-j", jobs)[1]
                    for place in (few_files, many_files)
                )
                print(f"memory, -j {jobs}: {few / 1024:.0f} MB for 1,000 files, {many / 1024:.0f} MB for {options.many:,}: "
                      f"{many / few:.2f} times")  # fmt: skip


if __name__ == "__main__":
    main()
