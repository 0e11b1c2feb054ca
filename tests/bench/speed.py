"""Measure how fast cleaning is: a pipe run against its imports, and the engine against jusText.

    python tests/bench/speed.py ../shared/bench/data/pages.jsonl.gz

The set is JSONL, gzipped or not, with a "text" for each document. Only ratios within one run mean anything: all figures
are the best of several tries on one core, taken in turn, and a busy machine slows all of them down. jusText is measured where
it is installed (`pip install justext`), fed each line as a paragraph of its own.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# An article of usual length with a usual tail.
_ARTICLE = Path(__file__).parents[2] / "fixtures" / "articles"
# Tries of each start and of each run over the documents.
STARTS, RUNS = 20, 3


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, waiting included."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_starts() -> tuple[float, float]:
    """Seconds of a pipe run, and of importing what every pipe run imports; taken in turn."""
    article = next(path for path in sorted(_ARTICLE.iterdir()) if path.suffix == ".txt").read_bytes()

    def run(*args: str) -> None:
        subprocess.run([sys.executable, *args], input=article, stdout=subprocess.DEVNULL, check=True)

    run("-m", "cleaner", "-q")  # the caches are written
    pairs = [
        (seconds(lambda: run("-m", "cleaner", "-q")), seconds(lambda: run("-c", "import click, regex"))) for _ in range(STARTS)
    ]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def load(path: Path) -> list[str]:
    """The texts of a set."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().split("\n")
    return [json.loads(line)["text"] for line in lines if line]


def justext_of() -> Callable[[str], Any] | None:
    """jusText with its English stop list, or None where it is not installed."""
    if find_spec("justext") is None:
        return None
    import justext

    stop_words = justext.get_stoplist("English")

    def extract(text: str) -> Any:
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        return justext.justext(f"<html><body>{paragraphs}</body></html>", stop_words)

    return extract


def throughput(engines: dict[str, Callable[[str], Any]], texts: Sequence[str]) -> dict[str, float]:
    """Megabytes (UTF-8) a second of each engine."""
    size = sum(len(text.encode()) for text in texts)
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(RUNS):
        for name, engine in engines.items():
            best[name] = min(best[name], seconds(partial(_run_all, engine, texts)))
    return {name: size / 1e6 / taken for name, taken in best.items()}


def _run_all(engine: Callable[[str], Any], texts: Sequence[str]) -> None:
    for text in texts:
        engine(text)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", type=Path, nargs="?", help="a JSONL set; without it, only the start is measured")
    parser.add_argument("--limit", type=int, help="only so many documents")
    options = parser.parse_args()
    run, imports = best_starts()
    print(f"start: {1000 * run:.0f} ms, {run / imports:.2f} times `import click, regex` ({1000 * imports:.0f} ms)")
    if options.documents is None:
        return
    from cleaner import Cleaner

    engines: dict[str, Callable[[str], Any]] = {"cleaner": Cleaner().clean}
    if peer := justext_of():
        engines["justext"] = peer
    found = throughput(engines, load(options.documents)[: options.limit])
    for name, speed in found.items():
        print(f"{name}: {speed:.2f} MB/s")
    if "justext" in found:
        print(f"cleaner runs at {found['cleaner'] / found['justext']:.2f} times the speed of jusText")


if __name__ == "__main__":
    main()
