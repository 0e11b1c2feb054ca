"""Signals: what is weighed at each place, and what it counts in short and in long texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.analysis import analyse
from cleaner.lexicons import builtin_index
from cleaner.rules import load_rules
from cleaner.signals import (
    LONG_BLOCKS,
    SHORT_BLOCKS,
    SHORT_PREFIX,
    SHORT_SIGNALS,
    candidates,
    scores,
    shortness,
    weights_for,
)
from cleaner.weights import SIGNALS

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_the_score_of_a_place_is_the_sum_of_its_signals_times_their_weights_in_a_text_of_this_length() -> None:
    lengths = set()
    for path in sorted(FIXTURES.glob("articles/*.txt"))[::4]:
        analysis = analyse(path.read_bytes().decode("utf-8", "replace"), 0, builtin_index(), load_rules())
        weights = weights_for(SIGNALS, len(analysis.blocks))
        lengths.add(len(analysis.blocks))
        for place, scored in zip(candidates(analysis), scores(analysis, SIGNALS), strict=True):
            assert scored.block == place.block
            summed = sum(weights.get(name, 0.0) * value for name, value in place.signals.items())
            assert scored.score == pytest.approx(summed), path.name
    assert min(lengths) < SHORT_BLOCKS < max(lengths)


def test_a_text_of_few_blocks_is_short_and_one_of_many_is_not() -> None:
    assert [shortness(blocks) for blocks in (0, 1, SHORT_BLOCKS)] == [1.0, 1.0, 1.0]
    assert [shortness(blocks) for blocks in (LONG_BLOCKS, 10 * LONG_BLOCKS)] == [0.0, 0.0]
    between = [shortness(blocks) for blocks in range(SHORT_BLOCKS, LONG_BLOCKS + 1)]
    assert between == sorted(between, reverse=True)
    assert len(set(between)) == len(between)


def test_in_a_short_text_the_weights_for_short_texts_are_added_and_in_a_long_one_they_are_not() -> None:
    assert weights_for(SIGNALS, LONG_BLOCKS) == SIGNALS
    short = weights_for(SIGNALS, 1)
    for name in SHORT_SIGNALS:
        assert short[name] == SIGNALS.get(name, 0.0) + SIGNALS.get(SHORT_PREFIX + name, 0.0)
    assert {name: weight for name, weight in short.items() if name not in SHORT_SIGNALS} == {
        name: weight for name, weight in SIGNALS.items() if name not in SHORT_SIGNALS
    }


def test_every_signal_that_weighs_otherwise_in_short_texts_is_one_that_is_measured() -> None:
    seen: set[str] = set()
    for path in FIXTURES.glob("*/*.txt"):
        analysis = analyse(path.read_bytes().decode("utf-8", "replace"), 0, builtin_index(), load_rules())
        seen.update(name for place in candidates(analysis) for name in place.signals)
    assert seen >= SHORT_SIGNALS
