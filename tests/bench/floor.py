"""Does a change lower the figures on the labelled documents by more than noise?

    python tests/bench/floor.py ../shared/bench            compare with FLOOR, exit 1 where a figure is below
    python tests/bench/floor.py ../shared/bench --print    print the figures of today

The figures are those of the benchmark's own scorer at the level normal, on the documents that the weights were fitted
on: higher than on unseen ones (see `calibrate.py` for those), but equally quick to fall when something breaks.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

# Percentage points. A refit on other made documents moves a figure by up to one.
NOISE = 1.0
FLOOR: dict[str, dict[str, float]] = {
    "clean": {"unchanged": 99.0},
    "pages": {"docs_no_loss": 98.8, "tail_removed": 79.0, "exact": 59.3},
    "pages-multi": {"docs_no_loss": 98.4, "tail_removed": 90.8, "exact": 61.2},
    "segments": {"docs_no_loss": 99.0, "drop_removed": 77.1},
    "short": {"docs_no_loss": 99.1, "tail_removed": 69.4, "exact": 75.9},
}


def figures(folder: Path) -> dict[str, dict[str, float]]:
    """What the scorer says: set -> figure -> percent. Raises CalledProcessError."""
    done = subprocess.run([sys.executable, str(folder / "score.py"), "--json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


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
    if options.print:
        for name, row in found.items():
            print(f"{name:12s} " + "  ".join(f"{key} {value:.1f}" for key, value in row.items()))
    missed = shortfalls(found)
    print("\n".join(missed) if missed else "no figure has fallen")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
