"""In-place runs that are killed and starved, by the hundred: `python tests/bench/fault_injection.py [--runs 300] [--seed 1]`.

    calls     every system call that changes the disk, times every fault, with one job and with two
    kills     real processes with two jobs, killed at random moments: SIGKILL, SIGTERM, SIGINT; to one or to all
    traced    the same faults made by the kernel: strace -e inject (where strace is there)
    full      file systems of every size up to what is needed (where tmpfs may be mounted)

After each: every file is the old one or the new one; the same command again finishes the work and sweeps; restore
brings back every byte; nothing else is there. A failure stops with the seed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults import FAULTS, check, litter_below, make_tree, names_below, run_with_fault  # noqa: E402

Files = Mapping[Path, tuple[bytes, bytes]]
COMMAND = [sys.executable, "-m", "cleaner"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
# A system call, what happens at it, and up to which of them: the later ones of `openat` are ours, before come imports.
_TRACED = (
    ("write", "error=ENOSPC", 1, 8), ("write", "error=EIO", 1, 8), ("write", "signal=KILL", 1, 8),
    ("fsync", "error=EIO", 1, 10), ("fsync", "signal=KILL", 1, 10), ("rename", "error=EIO", 1, 3),
    ("rename", "signal=KILL", 1, 3), ("openat", "error=EMFILE", 300, 700), ("openat", "signal=KILL", 300, 700),
    ("fchmod", "error=EPERM", 1, 3), ("mkdir", "error=EDQUOT", 1, 1), ("flock", "error=ENOLCK", 1, 2),
)  # fmt: skip
_FEW, _MANY = 3, 60
_ROOM = 400  # kilobytes of a file system on which everything fits


class Tally:
    """What has been done to the files, and what that has cost."""

    def __init__(self) -> None:
        self.runs = self.killed = self.injected = self.lost = 0

    def settle(self, top: Path, files: Files, rules: list[str]) -> None:
        """Look, carry on, undo, look again."""
        check(top, files)
        again = subprocess.run(
            [*COMMAND, "-qi", "--no-config", *rules, str(top)], env=ENVIRONMENT, capture_output=True, check=False
        )
        assert again.returncode == 0, again.stderr.decode()
        assert litter_below(top) == [], litter_below(top)
        for path, (_, new) in files.items():
            assert path.read_bytes() == new, path
        self.undo(top, files)

    def undo(self, top: Path, files: Files) -> None:
        """Restore, twice, and count what is missing."""
        for _ in range(2):
            back = subprocess.run([*COMMAND, "restore", "-q", str(top)], env=ENVIRONMENT, capture_output=True, check=False)
            assert back.returncode == 0, back.stderr.decode()
        self.lost += sum(abs(len(old) - path.stat().st_size) for path, (old, _) in files.items())
        assert all(path.read_bytes() == old for path, (old, _) in files.items())
        assert names_below(top) == set(files)
        assert litter_below(top) == []
        shutil.rmtree(top)


def calls(tally: Tally, scratch: Path, rules: list[str]) -> None:
    """Every call, every fault."""
    for jobs in ("1", "2"):
        for fault in FAULTS:
            for number in range(1, 500):
                top = scratch / f"calls-{jobs}-{fault}-{number}"
                files = make_tree(top, _FEW)
                ending = run_with_fault(["-i", "--no-config", "-j", jobs, str(top)], fault, number)
                tally.runs += 1
                tally.injected += ending.reached
                tally.killed += ending.reached and fault.startswith(("kill", "term", "inter"))
                time.sleep(0.02 if jobs == "2" else 0)  # a worker whose parent was killed ends a moment later
                tally.settle(top, files, rules)
                if not ending.reached:
                    break


def kills(tally: Tally, scratch: Path, rules: list[str], runs: int) -> None:
    """Real processes, random moments."""
    top = scratch / "time"
    make_tree(top, _MANY)
    started = time.monotonic()
    subprocess.run([*COMMAND, "-qi", "--no-config", "-j", "2", *rules, str(top)], env=ENVIRONMENT, check=True)
    whole = time.monotonic() - started
    for number in range(runs):
        top = scratch / f"kill-{number}"
        files = make_tree(top, _MANY)
        command = [*COMMAND, "-qi", "--no-config", "-j", "2", *rules, str(top)]
        process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(random.uniform(0.5 * whole, 1.05 * whole))
        how = random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        if process.poll() is None:
            tally.killed += 1
            (os.killpg if random.random() < 0.5 else os.kill)(process.pid, how)
        process.wait()
        tally.runs += 1
        while _is_alive(process.pid):
            time.sleep(0.01)
        tally.settle(top, files, rules)


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def traced(tally: Tally, scratch: Path, rules: list[str], runs: int) -> None:
    """Faults that the kernel makes, in the parent and in the workers."""
    if shutil.which("strace") is None:
        print("traced: no strace here")
        return
    for number in range(runs):
        call, fault, first, last = _TRACED[number % len(_TRACED)]
        when = random.randint(first, last)
        top = scratch / f"traced-{number}"
        files = make_tree(top, _FEW)
        command = ["strace", "-f", "-qq", "-o", str(scratch / "trace"), "-e", f"trace={call}"]
        command += ["-e", f"inject={call}:{fault}:when={when}"]
        subprocess.run(
            [*command, *COMMAND, "-qi", "--no-config", "-j", str(1 + number % 2), *rules, str(top)],
            env=ENVIRONMENT, capture_output=True, check=False,
        )  # fmt: skip
        tally.runs += 1
        struck = b"INJECTED" in (scratch / "trace").read_bytes() or b"SIGKILL" in (scratch / "trace").read_bytes()
        tally.injected += struck
        tally.killed += struck and "KILL" in fault
        tally.settle(top, files, rules)


def full(tally: Tally, scratch: Path, rules: list[str]) -> None:
    """A disk on which a part of the run fits: it fails, and whatever has failed can be undone there."""
    place = scratch / "full"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, check=False
    ).returncode:
        print("full: tmpfs cannot be mounted here")
        return
    try:
        for left in range(0, 60, 4):
            subprocess.run(["mount", "-o", f"remount,size={_ROOM}k", str(place)], check=True)
            top = place / "tree"
            files = make_tree(top, _FEW)
            (place / "filler").write_bytes(bytes((_ROOM - left) * 1024 - _used(top)))
            command = [*COMMAND, "-qi", "--no-config", *rules, str(top)]
            done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
            tally.runs += 1
            tally.injected += done.returncode == 2
            check(top, files)
            assert litter_below(top) == []
            (place / "filler").unlink()
            tally.settle(top, files, rules)
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _used(top: Path) -> int:
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in top.rglob("*") if path.is_file())


def main() -> None:
    """All parts, and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["calls", "kills", "traced", "full"])
    options = parser.parse_args()
    random.seed(options.seed)
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "rules.toml").write_text('block = ["^FOLLOW us on telegram"]\n')
        rules = ["--rules", str(scratch / "rules.toml")]
        parts: dict[str, Callable[[], None]] = {
            "calls": lambda: calls(tally, scratch, rules),
            "kills": lambda: kills(tally, scratch, rules, options.runs),
            "traced": lambda: traced(tally, scratch, rules, options.runs),
            "full": lambda: full(tally, scratch, rules),
        }
        for part, work in parts.items():
            if options.only in (None, part):
                work()
                print(f"{part}: {tally.runs} runs so far", flush=True)
    print(
        f"{tally.runs} runs, {tally.killed} killed, {tally.injected} faults injected, {tally.lost} bytes lost "
        f"(seed {options.seed})"
    )


if __name__ == "__main__":
    main()
