"""Fit the weights of `cleaner.weights` on labelled documents, and say how good they are on documents held out.

    python tests/bench/calibrate.py ../shared/bench              cross-validate: figures, reliability
    python tests/bench/calibrate.py ../shared/bench --write      fit on everything and write cleaner/weights.py

Two steps. A rule's weight is the logarithm of how much more often it speaks in tails than in articles (per line, with
pseudo-counts, long documents capped). The weights of the signals are a conditional logit over the places of a document:
the probability of the acceptable places is maximised, with an L2 penalty. Held out are whole sites (folds by document id
and site); the rule weights of step one are drawn from all folds, which are some 170 rates over 250,000 lines.
Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from documents import FOLDS, Labelled, labelled, reshaped, variants
from scipy.optimize import minimize
from written import written

from cleaner.analysis import Analysis, analyse
from cleaner.cut import SAFETY, look_at, settle
from cleaner.lexicons import builtin_tables, load_builtin
from cleaner.model import Level
from cleaner.phrases import PhraseIndex
from cleaner.rules import PHRASE_RULES, load_rules
from cleaner.signals import SHORT_PREFIX, SHORT_SIGNALS, Candidate, candidates, shortness
from cleaner.surroundings import PREFIXES
from cleaner.testimony import RECORDS, statements

SETS = ("pages", "pages-multi", "short", "segments", "clean")
# Articles with a written ending that is a tail, and those with one that must stay.
WRITTEN = ("made-written", "made-kept")
# The documents made of an article and a tail, one of them with nothing in between.
TAILED = frozenset(("made-joined", "made-wrapped", "made-sites", "made-tail", "made-short", "made-written"))
# Lines of one document that count in a rule's rate: a page with 900 menu entries says no more than one with 40.
LINES_MAX = 40
PSEUDO = 2.0
# A rule that speaks in fewer documents has no weight: what four documents say is chance.
HEARD_MIN = 5
# The strength of the penalty on squared weights (of signals scaled to unit size): 5 to 30 give the same held-out likelihood to 1 %.
PENALTY = 10.0
# What each rule says of what stands around a place are many signals that say much the same: their penalty is this many times
# as strong. Held-out loss 0.411 at 1, 0.408 at 2, 0.407 at 5, 0.408 at 10; fewer tails go at 10.
SURROUNDINGS_PENALTY = 3.0
# Such a signal of fewer places has no weight.
PLACES_MIN = 60
# A document made for calibration counts so much of a real one. Exact cuts of the set short are 66 in 100 at 0.5, 64 at 1.
MADE_COUNT = 0.5
COUNTS = {
    # Articles of a few paragraphs. Held-out loss of them 0.148 at 0, 0.102 at 0.15, 0.087 at 0.5; that of the set short 0.357, 0.360
    # and 0.367.
    "made-short": 0.15,
    # At 0, 0.05, 0.1 and 0.3, of tails in one line 25, 33, 37 and 53 in 100 characters go, held out; the loss of the set clean is 0.109,
    # 0.113, 0.117 and 0.129, and the figures of the pages are the same.
    "made-shape": 0.05,
    # At 0.1, 0.25 and 0.5 of the written tails 53, 55.5 and 58 in 100 go exactly, held out, of those of the pages 56.1, 55.4 and 54.7;
    # the loss of the set clean is 0.125, 0.131 and 0.137.
    "made-written": 0.25,
    # The written endings that must stay count more: a sentence lost is worse than a line of junk left. Of the whole texts that are
    # easily mistaken 94.8 in 100 stay whole, held out, at 0.25, 95.6 at 0.35, 96.4 at 0.5; exact cuts of the set short are 74.1, 73.9
    # and 73.4.
    "made-kept": 0.35,
}

Array = Any


def rule_weights(documents: Sequence[Labelled], analyses: Sequence[Analysis]) -> dict[str, float]:
    """rule/place -> log-likelihood ratio of tail against article, per line."""
    counts: tuple[dict[str, float], dict[str, float]] = ({}, {})
    lines = [0.0, 0.0]
    heard: dict[str, set[str]] = {}
    for document, analysis in zip(documents, analyses, strict=True):
        if document.name in ("segments", "short", "made-short", "made-shape"):
            continue
        sides: tuple[list[int], list[int]] = ([], [])
        for number, block in enumerate(analysis.blocks):
            if block.end <= document.article_end:
                sides[0].append(number)
            elif block.start >= document.tail_start:
                sides[1].append(number)
        for side in (0, 1):
            weight = min(1.0, LINES_MAX / max(1, len(sides[side])))
            for key in {f"{rule}/{hit.place}" for number in sides[side] for rule, hit in analysis.testimony[number].items()}:
                heard.setdefault(key, set()).add(document.id)
            lines[side] += weight * len(sides[side])
            for number in sides[side]:
                for rule, hit in analysis.testimony[number].items():
                    if document.name == "made-records" and rule not in RECORDS:
                        # The phrases in cells and strings stand there by chance, more often than they ever do.
                        continue
                    key = f"{rule}/{hit.place}"
                    counts[side][key] = counts[side].get(key, 0.0) + weight
    weights = {
        key: float(
            np.log((counts[1].get(key, 0) + PSEUDO) / (lines[1] + 2 * PSEUDO))
            - np.log((counts[0].get(key, 0) + PSEUDO) / (lines[0] + 2 * PSEUDO))
        )
        for key in sorted(counts[0].keys() | counts[1].keys())
        if len(heard[key]) >= HEARD_MIN
    }
    # What seldom opens a sentence inside a line weighs there what it does elsewhere inside.
    inside = {key.replace("/inside", "/sentence"): weight for key, weight in weights.items() if key.endswith("/inside")}
    return {**{key: weight for key, weight in inside.items() if key.partition("/")[0] in PHRASE_RULES}, **weights}


def acceptable(document: Labelled, analysis: Analysis, places: Sequence[Candidate]) -> list[bool]:
    """Which places lose nothing of the article and leave nothing of the tail; the nearest safe one if there is none."""
    blocks = analysis.blocks
    count = len(blocks)
    # The last block that holds article text, and the first that is tail alone.
    last = max((number for number, block in enumerate(blocks) if block.start < document.article_end), default=-1)
    first = next((number for number, block in enumerate(blocks) if block.start >= document.tail_start), count)
    good = [last < place.block <= max(first, last + 1) for place in places]
    if document.name == "clean":
        # Some of these texts end in a line that a reader would call boilerplate ("Read next: …"): 9 of 991.
        good = [fits or "plain call is last" in place.signals for fits, place in zip(good, places, strict=True)]
    if not any(good):
        good[next(number for number, place in enumerate(places) if place.block > last)] = True
    return good


class Table:
    """The signals of all places of all documents as a sparse matrix; `edges` are the first rows of the documents."""

    def __init__(
        self, documents: Sequence[Labelled], analyses: Sequence[Analysis], places: Sequence[Sequence[Candidate]]
    ) -> None:
        columns: dict[str, int] = {}
        indices: list[int] = []
        values: list[float] = []
        rows, edges, good = [0], [0], []
        for document, analysis, found in zip(documents, analyses, places, strict=True):
            short = shortness(len(analysis.blocks))
            for place in found:
                extra = {SHORT_PREFIX + name: short * value for name, value in place.signals.items() if name in SHORT_SIGNALS}
                for name, value in ({**place.signals, **extra} if short else place.signals).items():
                    indices.append(columns.setdefault(name, len(columns)))
                    values.append(value)
                rows.append(len(indices))
            good.extend(acceptable(document, analysis, found))
            edges.append(len(rows) - 1)
        every = sparse.csr_matrix((values, indices, rows), shape=(len(rows) - 1, len(columns)))
        heard = np.asarray((every != 0).sum(axis=0)).ravel()
        chosen = [not name.startswith(PREFIXES) or heard[column] >= PLACES_MIN for name, column in columns.items()]
        self.names = list(compress(columns, chosen))
        self.matrix = every[:, np.flatnonzero(chosen)]
        self.penalties = PENALTY * np.where([name.startswith(PREFIXES) for name in self.names], SURROUNDINGS_PENALTY, 1.0)
        self.edges = np.array(edges)
        self.good = np.array(good)
        self.counts = np.array([_count(one.name) for one in documents])

    def part(self, chosen: Array) -> tuple[Array, Array, Array, Array]:
        """Matrix, edges, acceptable places and counts of the chosen documents (a mask)."""
        sizes = np.diff(self.edges)
        rows: Array = np.repeat(chosen, sizes)
        return self.matrix[rows], np.concatenate([[0], np.cumsum(sizes[chosen])]), self.good[rows], self.counts[chosen]


def _count(name: str) -> float:
    return COUNTS.get(name, MADE_COUNT) if name.startswith("made") else 1.0


def log_sums(scores: Array, edges: Array) -> tuple[Array, Array]:
    """For each document the logarithm of the summed odds, and the probabilities of its places."""
    sizes = np.diff(edges)
    top = np.maximum.reduceat(scores, edges[:-1])
    odds = np.exp(scores - np.repeat(top, sizes))
    total = np.add.reduceat(odds, edges[:-1])
    return top + np.log(total), odds / np.repeat(total, sizes)


def fit(matrix: Array, edges: Array, good: Array, counts: Array, penalties: Array) -> Array:
    """The weights that make the acceptable places most probable.

    `counts` is how much each document counts, `penalties` how much a weight's square costs (of signals of unit size).
    """
    row_counts: Array = np.repeat(counts, np.diff(edges))
    scale = np.maximum(np.sqrt(np.asarray(matrix.multiply(matrix).mean(0)).ravel()), 0.02)
    scaled = (matrix @ sparse.diags(1 / scale)).tocsr()
    transposed = scaled.T.tocsr()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = scaled @ weights
        every, likely = log_sums(scores, edges)
        right, wanted = log_sums(np.where(good, scores, -1e3), edges)
        return float((every - right) @ counts + penalties @ weights**2 / 2), transposed @ (
            (likely - wanted) * row_counts
        ) + penalties * weights

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 600}).x / scale


def prepare(folder: Path) -> tuple[list[Labelled], list[Analysis]]:
    """All documents and what the rules say about them."""
    rules, lexicons = load_rules(), load_builtin()
    index = PhraseIndex(builtin_tables())
    documents = [one for name in SETS for one in labelled(folder, name)]
    documents += [*variants(documents, lexicons), *reshaped(documents), *written(documents)]
    analyses = [analyse(one.text, 0, index, rules) for one in documents]
    chosen = [not _ends_in_call(*pair) for pair in zip(documents, analyses, strict=True)]
    return list(compress(documents, chosen)), list(compress(analyses, chosen))


def _ends_in_call(document: Labelled, analysis: Analysis) -> bool:
    """True of a made document whose article itself ends in a call: where its tail starts is what readers would dispute."""
    if document.name not in TAILED:
        return False
    last = max((number for number, block in enumerate(analysis.blocks) if block.start < document.article_end), default=-1)
    return last >= 0 and analysis.blocks[last].end <= document.tail_start and statements(analysis.testimony)[last].plain_call


def outcome(document: Labelled, analysis: Analysis, block: int) -> tuple[bool, int, int]:
    """Whether nothing was lost, and how many characters behind the article went, of how many."""
    text = document.text
    cut = analysis.blocks[block].start if block < len(analysis.blocks) else len(text)
    behind = len("".join(text[document.tail_start :].split()))
    left = len("".join(text[document.tail_start : max(cut, document.tail_start)].split()))
    return cut >= document.article_end, behind - left, behind


def report(documents: Sequence[Labelled], analyses: Sequence[Analysis], weights: Sequence[Mapping[str, float]]) -> None:
    """Figures by level and set, and how often a confidence was right; `weights` are those fitted without each fold."""
    reliability: dict[int, list[bool]] = {}
    for level in Level:
        rows: dict[str, list[tuple[bool, int, int]]] = {}
        for document, analysis in zip(documents, analyses, strict=True):
            if document.name not in (*SETS, *WRITTEN):
                continue
            signals = weights[document.fold]
            decision = settle(look_at(analysis, signals=signals), level, signals=signals).decision
            cut = decision if decision is not None and decision.guard is None else None
            result = outcome(document, analysis, cut.block if cut else len(analysis.blocks))
            rows.setdefault(document.name, []).append(result)
            if cut and level is Level.THOROUGH and document.name in SETS:
                reliability.setdefault(int(cut.confidence * 20), []).append(result[0])
        print(f"{level}, safety {SAFETY[level]}")
        for name, results in rows.items():
            exact = np.mean([kept and gone == behind for kept, gone, behind in results])
            share = sum(gone for _, gone, _ in results) / max(1, sum(behind for *_, behind in results))
            print(
                f"  {name:14s} {len(results):5d} no loss {100 * np.mean([one[0] for one in results]):5.1f}  tail {100 * share:5.1f}  exact {100 * exact:5.1f}"
            )
    print("confidence   cuts  nothing lost")
    for step, kept in sorted(reliability.items()):
        print(f"{step / 20:.2f}-{step / 20 + 0.05:.2f} {len(kept):6d}  {100 * np.mean(kept):5.1f}")


def write(path: Path, rules: Mapping[str, float], signals: Mapping[str, float], count: int) -> None:
    """The two tables as a module."""
    lines = [
        '"""What each rule and each signal weighs. Written by tests/bench/calibrate.py; do not edit by hand.',
        "",
        f"Fitted on {count:,} documents. RULES: rule/place -> logarithm of how much more often the rule speaks in a line of a",
        "tail than in a line of an article. SIGNALS: name -> what one unit adds to the score of a place; the scores of a",
        "document's places are compared with each other, so a constant would not matter. What is added in short texts has a name",
        "of its own (`cleaner.signals.weights_for`).",
        '"""',
        "",
    ]
    for name, table in (("RULES", rules), ("SIGNALS", signals)):
        lines.append(f"{name} = {{")
        lines += [f'    "{key}": {value:.2f},' for key, value in sorted(table.items()) if abs(value) >= 0.005]
        lines += ["}", ""]
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the benchmark's folder")
    parser.add_argument("--write", action="store_true", help="fit on everything and write cleaner/weights.py")
    parser.add_argument("--show", action="store_true", help="print the fitted weights")
    options = parser.parse_args()
    documents, analyses = prepare(options.folder)
    rules = rule_weights(documents, analyses)
    places = [candidates(analysis, rules) for analysis in analyses]
    table = Table(documents, analyses, places)
    if options.write or options.show:
        weights = dict(zip(table.names, fit(table.matrix, table.edges, table.good, table.counts, table.penalties), strict=True))
        if options.show:
            for name, value in sorted(weights.items(), key=lambda item: -item[1]):
                print(f"{value:7.2f} {name}")
        if options.write:
            write(Path(__file__).parents[2] / "cleaner" / "weights.py", rules, weights, len(documents))
        return
    folds = np.array([one.fold for one in documents])
    fitted: list[dict[str, float]] = []
    loss = 0.0
    for fold in range(FOLDS):
        part = fit(*table.part(folds != fold), table.penalties)
        fitted.append(dict(zip(table.names, part, strict=True)))
        matrix, edges, good, _ = table.part(folds == fold)
        every, _ = log_sums(matrix @ part, edges)
        loss += float((every - log_sums(np.where(good, matrix @ part, -1e3), edges)[0]).sum())
    print(f"held-out loss {loss / len(documents):.4f}, {len(table.names)} signals, {len(documents)} documents")
    report(documents, analyses, fitted)


if __name__ == "__main__":
    main()
