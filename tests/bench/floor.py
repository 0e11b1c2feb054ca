"""Does a change lower the figures on the labelled documents by more than noise?

    python tests/bench/floor.py ../shared/bench            compare with FLOOR, exit 1 where a figure is below
    python tests/bench/floor.py ../shared/bench --print    print the figures of today

The figures are those of the benchmark's own scorer at the level normal, on the documents that the weights were fitted
on: higher than on unseen ones (see `calibrate.py` for those), but equally quick to fall when something breaks. Cleaning a
cleaned text again must remove nothing; that is looked at in the set in which most texts lose more than one run of lines.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
from pathlib import Path

from cleaner import clean

# Percentage points. A refit on other made documents moves a figure by up to one.
NOISE = 1.0
FLOOR: dict[str, dict[str, float]] = {
    "clean": {"unchanged": 99.0},
    "pages": {"docs_no_loss": 98.9, "tail_removed": 79.1, "exact": 59.8},
    "pages-multi": {"docs_no_loss": 98.4, "tail_removed": 91.2, "exact": 63.7},
    "segments": {"docs_no_loss": 98.5, "drop_removed": 76.9},
    "short": {"docs_no_loss": 98.8, "tail_removed": 68.7, "exact": 76.6},
}
# The percentage of documents of which a second cleaning must remove nothing. Noise does not excuse it.
STABLE_MIN = 99.5


def figures(folder: Path) -> dict[str, dict[str, float]]:
    """What the scorer says: set -> figure -> percent. Raises CalledProcessError."""
    done = subprocess.run([sys.executable, str(folder / "score.py"), "--json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def stable(folder: Path) -> float:
    """The percentage of documents of the set pages-multi whose cleaned text stays as it is."""
    with gzip.open(folder / "data" / "pages-multi.jsonl.gz", "rt", encoding="utf-8") as lines:
        kept = [clean(json.loads(line)["text"]).text for line in lines]
    return 100 * sum(clean(text).text == text for text in kept) / len(kept)


def shortfalls(found: dict[str, dict[str, float]]) -> list[str]:
    """One line for each figure that is below its floor by more than noise."""
    return [
        f"{name} {figure}: {found[name][figure]:.1f}, was {floor:.1f}"
        for name, floors in FLOOR.items()
        for figure, floor in floors.items()
        if found[name][figure] < floor - NOISE
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the benchmark's folder")
    parser.add_argument("--print", action="store_true", help="print the figures of today")
    options = parser.parse_args()
    found = figures(options.folder)
    found["pages-multi"]["stable"] = unmoved = stable(options.folder)
    if options.print:
        for name, row in found.items():
            print(f"{name:12s} " + "  ".join(f"{key} {value:.1f}" for key, value in row.items()))
    missed = shortfalls(found)
    if unmoved < STABLE_MIN:
        missed.append(f"cleaning again removes nothing from {unmoved:.1f} % of pages-multi, must be {STABLE_MIN}")
    print("\n".join(missed) if missed else "no figure has fallen")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
