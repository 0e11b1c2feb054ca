"""What the command line promises: which command is meant, what goes where, and the exit codes.

The engine is a fake that cuts at the word FOLLOW (see cli_fakes.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cli_fakes import ARTICLE, DOCUMENT, TAIL, check_golden, isolate, run

from cleaner.cli import commands, split_command
from cleaner.model import CleanerError, Level
from cleaner.settings import ColorChoice, Mode, Settings, wants_color

SUMMARY = "2 of 5 lines removed (28 of 78 characters, 35.9 %), utf-8: follow\n"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty directory with one document, the fake engine, and nothing in the environment that colours or widens."""
    isolate(monkeypatch, tmp_path)
    (tmp_path / "a.txt").write_bytes(DOCUMENT)
    (tmp_path / "clean.txt").write_bytes(ARTICLE.encode())
    return tmp_path


# --- text -----------------------------------------------------------------------------------------


def test_a_pipe_is_cleaned_to_standard_output_and_the_summary_goes_to_standard_error() -> None:
    for args in ((), ("-",), ("clean",), ("clean", "-")):
        done = run(*args, stdin=DOCUMENT)
        assert (done.code, done.out, done.err) == (0, ARTICLE.encode(), "<stdin>: " + SUMMARY)


def test_a_file_is_cleaned_to_standard_output() -> None:
    done = run("a.txt")
    assert (done.code, done.out, done.err) == (0, ARTICLE.encode(), "a.txt: " + SUMMARY)
    assert Path("a.txt").read_bytes() == DOCUMENT


def test_nothing_is_said_about_an_unchanged_document_unless_verbose() -> None:
    assert run("clean.txt").err == ""
    assert run("-v", "clean.txt").err == "clean.txt: nothing removed (3 lines, 50 characters), utf-8\n"


def test_quiet_leaves_errors_only() -> None:
    assert run("-q", "a.txt").err == ""
    assert run("-q", "-", stdin=b"GUARD").err == ""
    assert run("-q", "missing").err != ""


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"\0\1\2", "<stdin>: kept as it is: binary (it holds NUL bytes)\n"),
        (b"GUARD\r\nx", "<stdin>: kept as it is: nothing-left (no line would be left)\n"),
        (b"", ""),
        (b"\xe9t\xe9", ""),
    ],
)
def test_what_is_not_cut_comes_out_byte_for_byte(data: bytes, note: str) -> None:
    done = run(stdin=data)
    assert (done.code, done.out, done.err) == (0, data, note)


@pytest.mark.parametrize(
    ("args", "data", "said"),
    [
        (
            ("--encoding", "nope"),
            DOCUMENT,
            "cleaner: <stdin>: unknown encoding 'nope': `python -m encodings` lists them",
        ),
        (("--disable", "nope"), DOCUMENT, "cleaner: unknown rule 'nope', did you mean 'next'?"),
        (("--rules", "my.toml"), DOCUMENT, "cleaner: my.toml: unknown key 'folow', did you mean 'follow'?"),
        ((), b"BOOM\0\xff", "cleaner: <stdin>: internal error (ZeroDivisionError: a\\x1b[31m fault): please report it"),
    ],
)
def test_an_error_costs_one_line_and_exit_code_2_but_never_the_document(args: tuple[str, ...], data: bytes, said: str) -> None:
    done = run(*args, stdin=data)
    assert (done.code, done.out) == (2, data)
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


def test_debugging_shows_where_an_unexpected_error_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(stdin=b"BOOM")


def test_to_utf8_writes_the_kept_text_as_utf8_without_a_mark() -> None:
    assert run("--to-utf8", stdin=b"\xe9t\xe9\nFOLLOW").out == "été\n".encode()
    assert run("--to-utf8", stdin=b"\xff\xfe" + "é\n".encode("utf-16-le")).out.decode().endswith("é\n")
    assert run("--to-utf8", stdin=b"\0\xff").out == b"\0\xff"


def test_to_utf8_passes_through_what_has_no_utf8_form() -> None:
    data = b"\xff\xfe\x41\x00\x00\xd8"
    done = run("--to-utf8", stdin=data)
    assert (done.code, done.out) == (2, data)
    assert done.err == "cleaner: <stdin>: has no UTF-8 form (half a surrogate pair): leave out --to-utf8\n"


# --- modes ----------------------------------------------------------------------------------------


def test_check_writes_nothing_and_answers_with_its_exit_code() -> None:
    assert run("--check", "a.txt").code == 1
    assert run("--check", "a.txt").out == b""
    assert run("--check", "clean.txt").code == 0
    assert run("--check", stdin=b"\0").code == 0
    assert run("--check", "missing").code == 2


def test_json_is_one_object_on_one_line_in_place_of_the_text() -> None:
    done = run("--json", "--level", "thorough", "a.txt")
    assert (done.code, done.out.count(b"\n")) == (0, 1)
    fields = json.loads(done.out)
    assert fields["path"] == "a.txt"
    assert fields["level"] == "thorough"
    assert fields["removed"]["text"] == TAIL
    assert fields["error"] is None


def test_json_has_no_path_for_standard_input_unless_it_is_named() -> None:
    assert json.loads(run("--json", stdin=DOCUMENT).out)["path"] is None
    assert json.loads(run("--json", "--stdin-filename", "x.txt", stdin=DOCUMENT).out)["path"] == "x.txt"


def test_json_holds_the_error_where_there_is_one() -> None:
    done = run("--json", "missing")
    assert done.code == 2
    assert json.loads(done.out)["error"] == "missing: no such file: check the name"
    assert json.loads(run("--json", "--encoding", "nope", stdin=DOCUMENT).out)["bytes"] == len(DOCUMENT)


def test_a_file_name_that_is_not_unicode_does_not_break_json() -> None:
    name = os.fsdecode(b"\xff\n.txt")
    Path(name).write_bytes(DOCUMENT)
    assert json.loads(run("--json", name).out.decode())["path"] == "\ufffd\n.txt"


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("name", ["a.txt", "two words.txt", "sub/b.txt", "./a.txt"])
@pytest.mark.parametrize("data", [DOCUMENT, DOCUMENT.replace(b"\n", b"\r\n"), b"\xe9 \xff\nFOLLOW", b"one FOLLOW us"])
def test_patch_turns_the_file_into_what_cleaning_gives(name: str, data: bytes) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    cleaned, diff = run(name).out, run("--diff", name).out
    subprocess.run(["patch", "-p0"], input=diff, check=True, capture_output=True)
    assert path.read_bytes() == cleaned != data


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_an_absolute_name_below_the_working_directory_can_be_patched_there(here: Path) -> None:
    diff = run("--diff", here / "a.txt").out
    assert diff.startswith(b"--- a.txt\n")
    subprocess.run(["patch", "-p0"], input=diff, check=True, capture_output=True)
    assert Path("a.txt").read_bytes() == ARTICLE.encode()


def test_an_absolute_name_elsewhere_stays_as_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    assert run("--diff", here / "a.txt").out.startswith(b"--- " + os.fsencode(here / "a.txt"))


def test_a_diff_of_utf16_is_made_and_said_to_be_bytes() -> None:
    Path("u.txt").write_bytes(b"\xff\xfe" + "one\nFOLLOW\n".encode("utf-16-le"))
    done = run("--diff", "u.txt")
    assert done.code == 0
    assert "u.txt: the diff holds utf-16 bytes: give it to patch only, unedited\n" in done.err


def test_a_forced_colour_of_the_environment_does_not_break_a_diff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b" not in run("--diff", "a.txt").out
    assert b"\x1b[31m" in run("--diff", "--color", "always", "a.txt").out


@pytest.mark.parametrize(
    "args",
    [
        ("--check", "--diff"), ("--json", "--diff"), ("--check", "--json"), ("-v", "-q"), ("--check", "-o", "x"),
        ("--diff", "--to-utf8"), ("--level", "extreme"), ("--color", "red"), ("--levl", "normal"), ("--level",),
        ("--check=yes",), ("-i", "--check"), ("-i", "-o", "x"), ("--break-links",), ("-j", "0"), ("--format", "xml"),
        ("--config", "x.toml", "--no-config"), ("--include",),
    ],
)  # fmt: skip
def test_a_usage_error_is_at_most_two_lines_and_exit_code_2(args: tuple[str, ...]) -> None:
    done = run("a.txt", *args)
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith("cleaner: ")
    assert done.err.count("\n") <= 2


# --- output ---------------------------------------------------------------------------------------


def test_output_goes_to_a_file_in_every_mode() -> None:
    assert run("a.txt", "-o", "b.txt").out == b""
    assert Path("b.txt").read_bytes() == ARTICLE.encode()
    assert run("-o", "b.json", "--json", "a.txt").code == 0
    assert json.loads(Path("b.json").read_bytes())["path"] == "a.txt"
    assert run("--diff", "-ob.diff", "a.txt").code == 0
    assert Path("b.diff").read_bytes().startswith(b"--- a.txt\n")
    assert run("-o", "-", "a.txt").out == ARTICLE.encode()


def test_an_error_leaves_the_output_file_alone() -> None:
    Path("b.txt").write_bytes(b"old")
    assert run("a.txt", "-o", "b.txt", "--encoding", "nope").code == 2
    assert run("missing", "-o", "b.txt").code == 2
    assert Path("b.txt").read_bytes() == b"old"


def test_an_error_with_a_text_from_a_pipe_writes_the_text_as_it_came() -> None:
    assert run("-o", "b.txt", "--encoding", "nope", stdin=DOCUMENT).code == 2
    assert Path("b.txt").read_bytes() == DOCUMENT


@pytest.mark.parametrize("output", ["a.txt", "./a.txt", "link", "hard", "sub/../a.txt"])
def test_output_that_is_the_input_is_refused(output: str) -> None:
    Path("link").symlink_to("a.txt")
    Path("hard").hardlink_to("a.txt")
    Path("sub").mkdir()
    done = run("a.txt", "-o", output)
    assert (done.code, done.out) == (2, b"")
    assert done.err == f"cleaner: {output}: is the input: give -o another name\n"
    assert Path("a.txt").read_bytes() == DOCUMENT
    assert sorted(os.listdir()) == ["a.txt", "clean.txt", "hard", "link", "sub"]  # noqa: PTH208


# --- input that cannot be had ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.txt", "cleaner: missing.txt: no such file: check the name\n"),
        ("a.txt/b", "cleaner: a.txt/b: no such file (a part of the path is not a directory): check the path\n"),
        ("loop", "cleaner: loop: symbolic links lead in a circle: name the file itself\n"),
        ("x" * 300, f"cleaner: {'x' * 300}: the name is too long: check it\n"),
        ("", "cleaner: '': no such file: check the name\n"),
        ("/dev/zero", "cleaner: /dev/zero: is a device: name a file, or use a pipe\n"),
        (
            "a\x1b[31m\n\u202e[red]x[/]\udcff",
            "cleaner: a\\x1b[31m\\n\\u202e[red]x[/]\\xff: no such file: check the name\n",
        ),
        ("nul\0", "cleaner: nul\\x00: the name cannot be used (embedded null byte)\n"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line(path: str, said: str) -> None:
    Path("loop").symlink_to("loop")
    for args in ((path,), ("--check", path), ("preview", path)):
        done = run(*args)
        assert (done.code, done.out, done.err) == (2, b"", said)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named() -> None:
    Path("a.txt").chmod(0)
    assert run("a.txt").err == "cleaner: a.txt: permission denied: make it readable for you\n"


def test_an_empty_file_and_the_null_device_are_empty_documents() -> None:
    Path("empty").touch()
    for path in ("empty", os.devnull):
        done = run(path)
        assert (done.code, done.out, done.err) == (0, b"", "")


def test_several_files_have_no_place_on_standard_output() -> None:
    for args in (("a.txt", "clean.txt"), (".",)):
        done = run(*args)
        assert (done.code, done.out) == (2, b"")
        assert done.err == (
            "cleaner: several files or a directory need -o DIR, --in-place, --check, --diff or --json: choose one\n"
        )
    assert run("preview", ".").err == "cleaner: .: is a directory: name one file in it\n"


# --- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "clean"),
        ("a.txt", "clean a.txt"),
        ("a.txt preview", "clean a.txt preview"),
        ("clean a.txt", "clean a.txt"),
        ("preview a.txt", "preview a.txt"),
        ("./preview", "clean ./preview"),
        ("-- preview", "clean -- preview"),
        ("- preview", "clean - preview"),
        ("--level thorough preview a", "preview --level thorough a"),
        ("--level=thorough preview a", "preview --level=thorough a"),
        ("-o preview a.txt", "clean -o preview a.txt"),
        ("-opreview rules", "rules -opreview"),
        ("-vo preview", "clean -vo preview"),
        ("-v preview", "preview -v"),
        ("--help preview", "preview --help"),
        ("--unknown preview", "preview --unknown"),
    ],
)
def test_the_first_word_that_is_no_option_decides_which_command_is_meant(line: str, expected: str) -> None:
    command, rest = split_command(line.split(), ["clean", "preview", "rules"], ["-o", "--output", "--level"])
    assert [command, *rest] == expected.split()


def test_options_stand_before_and_behind_paths_and_commands() -> None:
    for args in (
        ("--level", "thorough", "a.txt", "--json"),
        ("a.txt", "--json", "--level", "thorough"),
        ("--json", "clean", "--level", "thorough", "a.txt"),
        ("clean", "a.txt", "--json", "--level=thorough"),
    ):
        assert json.loads(run(*args).out)["level"] == "thorough"
    assert run("--level", "thorough", "preview", "a.txt", "-q").code == 0


def test_a_file_that_is_called_like_a_command_can_be_reached() -> None:
    Path("preview").write_bytes(DOCUMENT)
    assert run("./preview").out == run("--", "preview").out == ARTICLE.encode()
    Path("preview").unlink()
    assert run("--", "preview").err == "cleaner: preview: no such file: check the name\n"


def test_a_mistyped_command_gets_a_hint() -> None:
    said = "cleaner: previw: no such file or command: did you mean preview?\n"
    assert run("previw").err == run("previw", "a.txt").err == said
    assert run("previw", "a.txt").code == 2


def test_help_is_the_same_from_everywhere_and_reads_like_this() -> None:
    done = run("--help")
    assert done.code == 0
    check_golden("help.txt", done.out.decode())
    assert run("-h").out == run("clean", "--help").out == run("a.txt", "-h").out == done.out
    check_golden("help-preview.txt", run("preview", "--help").out.decode())
    check_golden("help-restore.txt", run("restore", "--help").out.decode())
    check_golden("help-rules.txt", run("--help", "rules").out.decode())


def test_every_option_and_command_is_explained() -> None:
    for command in commands.commands.values():
        assert command.short_help
        for parameter in command.params:
            assert getattr(parameter, "help", None) or parameter.param_type_name == "argument", parameter.name


def test_the_version_is_one_line_on_standard_output() -> None:
    for args in (("--version",), ("preview", "--version"), ("--version", "a.txt")):
        done = run(*args)
        assert (done.code, done.out.count(b"\n"), done.err) == (0, 1, "")
        assert done.out.startswith(b"cleaner ")


# --- preview and rules ----------------------------------------------------------------------------


def test_preview_shows_every_document_in_turn_and_goes_on_after_an_error() -> None:
    done = run("preview", "missing", "a.txt", "clean.txt")
    assert done.code == 2
    assert done.err == "cleaner: missing: no such file: check the name\n"
    shown = done.out.decode()
    assert "\x1b" not in shown
    assert "4 - FOLLOW us on Telegram" in shown
    assert "\n\nclean.txt: nothing to remove" in shown
    assert run("preview", "-q", "a.txt", "clean.txt").out.decode() == shown.partition("\n\nclean.txt")[0] + "\n"


def test_preview_takes_its_width_and_colour_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert max(map(len, run("preview", stdin=DOCUMENT).out.decode().splitlines())) == 30
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b[31m" in run("preview", stdin=DOCUMENT).out
    assert b"\x1b" not in run("preview", "--color", "never", stdin=DOCUMENT).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b" not in run("preview", stdin=DOCUMENT).out
    assert b"\x1b[31m" in run("preview", "--color=always", stdin=DOCUMENT).out


def test_rules_lists_every_rule_on_a_line_and_explains_each() -> None:
    done = run("rules")
    assert (done.code, done.err) == (0, "")
    ids = [line.split()[0] for line in done.out.decode().splitlines()]
    assert "share" in ids
    explained = run("rules", "share").out.decode()
    for heading in ("share (speaks for boilerplate)\n", "Fires on:\n", "Stays silent on:\n", "Phrases: "):
        assert heading in explained


def test_an_unknown_rule_is_an_error_that_names_the_nearest() -> None:
    done = run("rules", "shar")
    assert (done.code, done.out, done.err) == (2, b"", "cleaner: 'shar' is not a rule: did you mean share?\n")
    assert run("rules", "\x1b[31m").err == "cleaner: '\\x1b[31m' is not a rule: `cleaner rules` lists them\n"


# --- settings -------------------------------------------------------------------------------------


def test_options_become_one_frozen_value() -> None:
    settings = Settings.from_options(level="cautious", json=True, disable=["share"], output="-", color="never")
    assert settings == Settings(level=Level.CAUTIOUS, mode=Mode.JSON, disable=("share",), output=None, color=ColorChoice.NEVER)
    with pytest.raises(CleanerError, match="--check and --json exclude each other"):
        Settings.from_options(check=True, json=True)


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_is_decided_by_the_option_then_no_color_then_force_color_then_the_terminal(
    choice: str, environment: dict[str, str], terminal: bool, expected: bool
) -> None:
    assert wants_color(ColorChoice(choice), environment, terminal) is expected
