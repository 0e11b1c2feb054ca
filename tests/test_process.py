"""The program as a process: exit codes, closed and full descriptors, signals, terminals, and what it imports.

These run the real engine, so they expect of it only what every version must give: the tail of DOCUMENT goes, and the
article stays.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "cleaner"]
ARTICLE = """\
The city council approved the new bridge over the river on Monday evening after a debate of almost five hours.
The mayor said that the work would begin in the spring and that the bridge would open to traffic three years later.
Residents of the old town had asked for a tunnel, which the engineers considered too expensive and too slow to build.
The bridge will carry two lanes of traffic, a tram line and a path for cyclists, according to the plans shown on Monday.
"""
TAIL = """\

Share this article
Follow us on Facebook, Twitter and Instagram
Subscribe to our newsletter
Related articles
Copyright © 2024 Example News. All rights reserved.
"""
DOCUMENT = (ARTICLE + TAIL).encode()


@pytest.fixture(autouse=True)
def _heard_interruptions() -> Iterator[None]:
    """A shell starts what runs in the background with interruptions ignored, and so would these tests their processes."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def environment(**changes: str) -> dict[str, str]:
    """The environment without what colours or debugs, and with the program on the path."""
    names = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CLEANER_DEBUG")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths)} | changes


def cleaner(*args: str, stdin: bytes = DOCUMENT, cwd: Path | None = None, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """One run, to its end."""
    return subprocess.run(
        [*COMMAND, *args], input=stdin, capture_output=True, cwd=cwd, env=environment(**changes), timeout=60, check=False
    )


def shell(line: str, folder: Path) -> tuple[int, str, str]:
    """A shell line in which $C is the program; a.txt is there."""
    (folder / "a.txt").write_bytes(DOCUMENT)
    quoted = " ".join(COMMAND)
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(C=quoted), capture_output=True, timeout=60, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_pipe_gets_a_prefix_of_the_document_without_its_tail() -> None:
    done = cleaner()
    assert done.returncode == 0
    assert done.stdout == ARTICLE.encode()
    assert re.fullmatch(rb"<stdin>: \d+ of 10 lines removed \(.*\), .*: .*\n", done.stderr)


@pytest.mark.parametrize(
    ("args", "stdin", "code"),
    [
        (["--check"], DOCUMENT, 1),
        (["--check"], ARTICLE.encode(), 0),
        (["--check"], b"", 0),
        (["--bogus"], DOCUMENT, 2),
        (["missing.txt"], b"", 2),
        (["rules", "bogus"], b"", 2),
        (["--help"], b"", 0),
        (["--version"], b"", 0),
        (["rules"], b"", 0),
        (["preview"], DOCUMENT, 0),
        (["--encoding", "bogus"], DOCUMENT, 2),
        (["--disable", "bogus"], DOCUMENT, 2),
        (["--rules", "missing.toml"], DOCUMENT, 2),
    ],
)
def test_exit_codes(args: list[str], stdin: bytes, code: int) -> None:
    done = cleaner(*args, stdin=stdin)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    if args[0] in ("--encoding", "--disable", "--rules"):
        assert done.stdout == stdin


@pytest.mark.parametrize("data", [b"\0\1\2\xff" * 50, b"", b"\n", b"\r\r\r", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3(", b"\x1b"])
def test_odd_bytes_pass_through_unchanged(data: bytes) -> None:
    done = cleaner("-q", stdin=data)
    assert (done.returncode, done.stdout) == (0, data)


@pytest.mark.parametrize("args", ["a.txt", "--help", "--json a.txt", "preview a.txt", "rules", "--version", "--diff a.txt"])
def test_a_reader_that_went_away_is_exit_code_141_and_silence(args: str, tmp_path: Path) -> None:
    # true may exit before or after the first byte; a pipe without a reader exists in either case after the sleep.
    code, _, err = shell(f"(sleep 0.1; $C {args}; echo $? > code) | true; cat code", tmp_path)
    assert (tmp_path / "code").read_text() == "141\n"
    assert (code, err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("args", ["a.txt", "--help", "preview a.txt", "rules", "-o /dev/full a.txt"])
def test_a_full_disk_is_one_line_and_exit_code_2(args: str, tmp_path: Path) -> None:
    code, _, err = shell(f"$C {args} > /dev/full", tmp_path)
    assert code == 2
    assert err.startswith("cleaner: ")
    assert "no space left on the device" in err
    assert err.count("\n") == 1


def test_a_full_disk_behind_standard_error_stops_nothing(tmp_path: Path) -> None:
    assert shell("$C a.txt 2> /dev/full", tmp_path)[:2] == (0, ARTICLE)


@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("$C <&-", 2, "", "cleaner: standard input is closed: name a file, or redirect one\n"),
        ("$C a.txt >&-", 2, "", "cleaner: standard output is closed: redirect it, or use -o FILE\n"),
        ("$C a.txt 2>&-", 0, ARTICLE, ""),
        ("$C missing 2>&-", 2, "", ""),
        ("$C -q a.txt -o b.txt <&- >&- 2>&- && cat b.txt", 0, ARTICLE, ""),
        ("$C --check -q a.txt >&-", 1, "", ""),
        ("$C --bogus <&- >&- 2>&-", 2, "", ""),
        ("$C --help >&-", 2, "", "cleaner: standard output is closed: redirect it, or use -o FILE\n"),
    ],
)
def test_closed_descriptors_cost_no_traceback_and_no_file(line: str, code: int, out: str, err: str, tmp_path: Path) -> None:
    assert shell(line, tmp_path) == (code, out, err)
    assert (tmp_path / "a.txt").read_bytes() == DOCUMENT


def test_shell_idioms_work(tmp_path: Path) -> None:
    assert shell("$C -q <(cat a.txt)", tmp_path) == (0, ARTICLE, "")
    assert shell("$C -q /dev/stdin < a.txt", tmp_path) == (0, ARTICLE, "")
    assert shell("$C -q a.txt -o /dev/stdout", tmp_path) == (0, ARTICLE, "")
    assert shell("mkfifo p; (cat a.txt > p &) ; $C -q p", tmp_path) == (0, ARTICLE, "")
    assert shell("$C -q a.txt > b.txt; $C --diff -q a.txt | patch -s; cmp a.txt b.txt", tmp_path) == (0, "", "")


@pytest.mark.parametrize("line", ["$C a.txt >> a.txt", "$C - < a.txt >> a.txt", "$C < a.txt -o a.txt"])
def test_a_file_that_is_read_is_never_written(line: str, tmp_path: Path) -> None:
    code, _, err = shell(line, tmp_path)
    assert code == 2
    assert "input" in err
    assert (tmp_path / "a.txt").read_bytes() == DOCUMENT


@pytest.mark.parametrize("args", [[], ["preview"], ["-o", "out.txt"]])
def test_an_interruption_is_exit_code_130_and_silence(args: list[str], tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(), cwd=tmp_path,
    )  # fmt: skip
    wait_until_reading(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_terminated_run_leaves_no_temporary_file(tmp_path: Path) -> None:
    slow = "import os, time; os.fsync = lambda _: (print('now', flush=True), time.sleep(60))"
    program = f"{slow}; import sys; from cleaner.__main__ import main; sys.exit(main(['-q', '-o', 'out.txt']))"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(), cwd=tmp_path,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(DOCUMENT)
    process.stdin.close()
    assert process.stdout.readline() == b"now\n"
    assert len(list(tmp_path.iterdir())) == 1
    process.terminate()
    assert process.wait(30) == 143
    assert list(tmp_path.iterdir()) == []
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_shell_can_complete_commands_options_and_files() -> None:
    def completions(words: str, number: int) -> list[str]:
        done = cleaner(_CLEANER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(number))
        return done.stdout.decode().split()

    assert completions("cleaner pre", 1) == ["plain,preview", "file,pre"]
    assert completions("cleaner --le", 1) == ["plain,--level"]
    assert completions("cleaner preview --le", 2) == ["plain,--level"]
    assert completions("cleaner preview a", 2) == ["file,a"]


def test_a_view_on_a_device_without_unicode_is_escaped() -> None:
    done = cleaner("preview", stdin="Été.\n".encode() + DOCUMENT, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()


def wait_until_reading(pid: int) -> None:
    """Until the process waits for its standard input (Linux says so; elsewhere a moment has to do)."""
    place = Path(f"/proc/{pid}/wchan")
    for _ in range(100):
        time.sleep(0.05)
        try:
            if "pipe" in place.read_text():
                return
        except OSError:
            break
    time.sleep(1)


# --- terminals ------------------------------------------------------------------------------------


def on_terminal(
    *args: str, columns: int = 80, keys: bytes = b"", program: Sequence[str] = COMMAND[1:], **changes: str
) -> tuple[int, str]:
    """Exit code and screen of a run whose standard input, output and error are a terminal."""
    pid, descriptor = pty.fork()
    if pid == 0:  # pragma: no cover
        os.execve(COMMAND[0], [COMMAND[0], *program, *args], environment(TERM="xterm", **changes))
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    if keys:
        time.sleep(1)
        os.write(descriptor, keys)
    chunks = []
    while select.select([descriptor], [], [], 30)[0]:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # Linux reports the end of a terminal as EIO
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(descriptor)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), b"".join(chunks).decode().replace("\r\n", "\n")


def test_without_a_path_a_terminal_gets_a_short_help_and_exit_code_2() -> None:
    for args in ([], ["preview"], ["--level", "thorough"]):
        code, screen = on_terminal(*args)
        assert code == 2
        assert "cleaner article.txt > clean.txt" in screen
        assert screen.count("\n") < 10


@pytest.mark.parametrize("columns", [20, 40, 60, 200])
def test_a_preview_fits_the_terminal_and_is_red(columns: int, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((ARTICLE + "宽字符宽字符宽字符宽字符宽字符宽字符。\n" + TAIL).encode() + b"\x1b[31m\x1b]0;title\x07\n")
    code, screen = on_terminal("preview", str(path), columns=columns)
    assert code == 0
    assert "\x1b[31m" in screen
    plain = re.sub(r"\x1b\[[\d;]*m", "", screen)
    assert "\x1b" not in plain
    assert max(len(line) + sum("宽" <= c <= "符" for c in line) for line in plain.split("\n")) <= columns


def test_no_color_makes_a_terminal_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(DOCUMENT)
    assert "\x1b" not in on_terminal("preview", str(path), NO_COLOR="1")[1]
    assert "\x1b" not in on_terminal("--diff", str(path), "--color", "never")[1]


def test_a_diff_on_a_terminal_is_coloured_and_safe(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(DOCUMENT + b"\x1b]0;title\x07\n")
    _, screen = on_terminal("--diff", str(path))
    assert "\x1b[31m-" in screen
    assert "\x1b]" not in screen


def test_ctrl_c_on_a_terminal_is_130_and_leaves_the_prompt_on_its_own_line() -> None:
    code, screen = on_terminal("-", keys=b"\x03")
    assert code == 130
    assert screen.endswith("^C\n")
    assert "Traceback" not in screen


# --- start-up -------------------------------------------------------------------------------------


def imported(*args: str, stdin: bytes = DOCUMENT) -> set[str]:
    """The modules that a run imports."""
    program = "import sys; from cleaner.__main__ import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        input=stdin,
        capture_output=True,
        env=environment(),
        cwd=os.sep,  # away from this project's own pyproject.toml
        timeout=60,
        check=False,
    )
    return set(done.stderr.decode().rpartition("\n")[0].rpartition("\n")[2].split() or done.stderr.decode().split())


def test_a_plain_pipe_imports_neither_rich_nor_chardet_nor_json() -> None:
    modules = imported("-q")
    assert "cleaner.pipeline" in modules
    assert not modules & {
        "rich",
        "chardet",
        "cleaner.render.json",
        "cleaner.render.diff",
        "cleaner.render.rules",
        "cleaner.explanation",
        "cleaner.journal",
        "cleaner.batch",
        "pathspec",
        "tomllib",
        "json",
        "hashlib",
        "multiprocessing",
    }


def test_only_the_views_import_rich() -> None:
    assert "rich" in imported("preview", "-q")
    assert "cleaner.explanation" not in imported("preview", "-q")
    for args in (("--diff",), ("--json",), ("--check",), ("--help",)):
        assert "rich" not in imported("-q", *args)


# --- batches --------------------------------------------------------------------------------------


def make_tree(top: Path, count: int, size: int = 1) -> list[Path]:
    """That many documents; `size` makes each of them longer, so that a run lasts."""
    top.mkdir()
    paths = [top / f"{number:04}.txt" for number in range(count)]
    for path in paths:
        path.write_bytes(ARTICLE.encode() * size + TAIL.encode())
    return paths


def test_a_batch_in_several_processes_is_what_one_process_gives(tmp_path: Path) -> None:
    make_tree(tmp_path / "t", 150)
    outputs = []
    for jobs in ("1", "2"):
        done = cleaner("t", "-j", jobs, "-o", jobs, cwd=tmp_path)
        assert done.returncode == 0
        files = {path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()}
        assert len(files) == 150
        outputs.append((files, done.stderr))
    assert outputs[0] == outputs[1]
    assert set(outputs[0][0].values()) == {ARTICLE.encode()}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_stopped_leaves_whole_files_and_carries_on(jobs: str, number: int, code: int, tmp_path: Path) -> None:
    paths = make_tree(tmp_path / "t", 400, size=5)
    before = paths[0].read_bytes()
    command = [*COMMAND, "-i", "-j", jobs, "t"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, start_new_session=True)
    assert process.stderr is not None
    process.stderr.readline()  # the first file is done
    os.killpg(process.pid, number)
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(30) == code
    changed = [path for path in paths if path.read_bytes() != before]
    assert 0 < len(changed) < len(paths)
    if number == signal.SIGINT:
        assert re.search(rf"interrupted: {len(changed)} files? done, the last of them t/", said)
    assert all(before.startswith(path.read_bytes()) for path in paths)
    assert {path.suffix for path in (tmp_path / "t" / ".cleaner").iterdir()} <= {".jsonl", ""}
    assert cleaner("-qi", "t", cwd=tmp_path).returncode == 0
    assert all(path.read_bytes() != before for path in paths)
    assert cleaner("restore", "-q", "t", cwd=tmp_path).returncode == 0
    assert all(path.read_bytes() == before for path in paths)


def test_a_run_that_lasts_shows_its_progress_on_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    make_tree(tmp_path / "t", 200, size=5)
    soon = "import sys, cleaner.cli.progress as progress; progress._AFTER = progress._EVERY = 0"
    program = ["-c", f"{soon}; from cleaner.__main__ import main; sys.exit(main())"]
    code, screen = on_terminal("--check", "-j", "1", str(tmp_path / "t"), program=program)
    assert code == 1
    assert re.search(r"\d+/200 files .* MB/s .* left", screen)
    assert screen.rpartition("\x1b[2K")[2].count("files read") == 1
    done = cleaner("--check", str(tmp_path / "t"))
    assert b"MB/s" not in done.stderr
    assert b"\x1b" not in done.stderr


def test_a_batch_without_a_terminal_does_not_import_rich(tmp_path: Path) -> None:
    make_tree(tmp_path / "t", 3)
    assert not imported("--check", "-q", str(tmp_path / "t")) & {"rich", "multiprocessing", "pathspec"}
