"""Whatever goes wrong at whatever moment: each file is the old or the new one, and restore brings every byte back.

A few files and every system call that changes the disk; tests/bench/fault_injection.py does the same hundreds of times, with
real processes, several jobs and random moments.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_fakes import install_fake, run
from faults import FAULTS, check, litter_below, make_tree, run_with_fault

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
MOST_CALLS = 200


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call_costs_no_byte(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_fake(monkeypatch)
    for number in range(1, MOST_CALLS):
        top = tmp_path / str(number)
        files = make_tree(top, 2)
        ending = run_with_fault(["-i", "--no-config", "-j", "1", str(top)], fault, number)
        check(top, files)
        if not ending.reached:
            assert all(path.read_bytes() == new for path, (_, new) in files.items())
            break
        if not fault.startswith("kill"):
            assert litter_below(top) == []
            assert ending.code in {"terminate": (143,), "interrupt": (130, 0)}.get(fault, (0, 2))
        # A second run carries on, and sweeps.
        assert run("-qi", "--no-config", top).code == 0
        assert litter_below(top) == []
        assert all(path.read_bytes() == new for path, (_, new) in files.items())
        assert run("restore", "-q", top).code == 0
        assert all(path.read_bytes() == old for path, (old, _) in files.items())
        assert run("restore", "-q", top).code == 0
        check(top, files)
    assert 10 < number < MOST_CALLS - 1


@pytest.mark.parametrize("fault", ["kill-before", "kill-inside", "full"])
def test_a_fault_at_any_call_of_the_way_back_costs_no_byte(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_fake(monkeypatch)
    for number in range(1, MOST_CALLS):
        top = tmp_path / str(number)
        files = make_tree(top, 2)
        assert run("-qi", "--no-config", top).code == 0
        ending = run_with_fault(["restore", str(top)], fault, number)
        check(top, files)
        assert run("restore", "-q", top).code == 0
        assert litter_below(top) == []
        assert all(path.read_bytes() == old for path, (old, _) in files.items())
        if not ending.reached:
            break
    assert 4 < number < MOST_CALLS - 1
