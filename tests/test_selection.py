"""Which files are meant, in which order, and why others are not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cleaner.model import CleanerError
from cleaner.selection import Filters, Found, Skipped, read_list, select


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("text\n")


def found(*paths: str, **filters: object) -> list[str]:
    return [one.path for one in select(paths, Filters(**filters)) if isinstance(one, Found)]  # type: ignore[arg-type]


def skipped(*paths: str, **filters: object) -> dict[str, str]:
    return {one.path: one.why for one in select(paths, Filters(**filters)) if isinstance(one, Skipped)}  # type: ignore[arg-type]


def test_a_directory_is_walked_in_the_order_of_names() -> None:
    make("t/b.txt", "t/a/z.txt", "t/a.txt", "t/é.txt", "t/B.txt", "t/10.txt", "t/9.txt")
    assert found("t") == ["t/10.txt", "t/9.txt", "t/B.txt", "t/a/z.txt", "t/a.txt", "t/b.txt", "t/é.txt"]
    assert [one.inside for one in select(["t"]) if isinstance(one, Found)][3] == "a/z.txt"
    assert {one.home for one in select(["t"]) if isinstance(one, Found)} == {"t"}


def test_what_is_passed_over_is_named_with_a_reason() -> None:
    make("t/a.txt", "t/.hidden", "t/.git/config", "t/.cleaner/x.jsonl", "t/deep/b.txt")
    os.mkfifo("t/pipe")
    Path("t/deep/loop").symlink_to("..")
    Path("t/link.txt").symlink_to("a.txt")
    assert found("t") == ["t/a.txt", "t/deep/b.txt"]
    link = "a symbolic link: name it to have it followed"
    assert skipped("t") == {
        "t/.cleaner": "hidden",
        "t/.git": "hidden",
        "t/.hidden": "hidden",
        "t/deep/loop": link,
        "t/link.txt": link,
        "t/pipe": "neither a file nor a directory",
    }


def test_what_is_named_is_always_done_and_only_once() -> None:
    make("t/.hidden", "t/a.txt", "t/sub/b.txt")
    Path("link").symlink_to("t/a.txt")
    assert found("t/.hidden", "missing", "link") == ["t/.hidden", "missing", "link"]
    assert found("t/a.txt", "link", "./t/a.txt", "t") == ["t/a.txt", "t/sub/b.txt"]
    assert found("t/sub", "t") == ["t/sub/b.txt", "t/a.txt"]


def test_gitignore_counts_with_and_without_a_repository() -> None:
    make("t/a.txt", "t/a.log", "t/build/x.txt", "t/sub/keep.log", "t/sub/c.log", "t/sub/only/here.txt")
    Path("t/.gitignore").write_text("*.log\nbuild/\n")
    Path("t/sub/.gitignore").write_text("!keep.log\n/only\n")
    assert found("t") == ["t/a.txt", "t/sub/keep.log"]
    assert skipped("t")["t/build"] == "ignored by .gitignore"
    # Above the named directory it counts in a repository only, where git would look for it, too.
    assert found("t/sub") == ["t/sub/c.log", "t/sub/keep.log"]
    Path("t/.git").mkdir()
    assert found("t/sub") == ["t/sub/keep.log"]
    assert found("t/build") == ["t/build/x.txt"]
    assert found("t/a.log") == ["t/a.log"]


def test_include_and_exclude_are_globs_as_in_gitignore() -> None:
    make("t/a.txt", "t/b.md", "t/drafts/c.txt", "t/sub/d.txt", "t/sub/deep/e.txt")
    assert found("t", include=("*.txt",)) == ["t/a.txt", "t/drafts/c.txt", "t/sub/d.txt", "t/sub/deep/e.txt"]
    assert found("t", include=("*.txt",), exclude=("drafts/", "sub/**/e.*")) == ["t/a.txt", "t/sub/d.txt"]
    assert found("t", include=("sub/*.txt",)) == ["t/sub/d.txt"]
    assert found("t/b.md", include=("*.txt",)) == ["t/b.md"]
    assert skipped("t", include=("*.txt",), exclude=("drafts",)) == {
        "t/b.md": "not among --include",
        "t/drafts": "excluded by --exclude",
    }


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["t"], ["a.txt", "sub/b.txt"]),
        (["./t/"], ["a.txt", "sub/b.txt"]),
        (["t", "u"], ["t/a.txt", "t/sub/b.txt", "u/a.txt"]),
        (["t/a.txt", "u/a.txt"], ["t/a.txt", "u/a.txt"]),
        (["t", "t/a.txt"], ["t/sub/b.txt", "t/a.txt"]),
        (["u/../t/a.txt"], ["t/a.txt"]),
    ],
)
def test_the_output_directory_mirrors_what_was_named(paths: list[str], expected: list[str]) -> None:
    make("t/a.txt", "t/sub/b.txt", "u/a.txt")
    assert [one.inside for one in select(paths, Filters(output="out")) if isinstance(one, Found)] == expected


def test_what_leads_out_of_the_working_directory_is_called_by_its_last_part(here: Path) -> None:
    make("t/a.txt", "u/b.txt")
    Path("w").mkdir()
    os.chdir("w")
    names = [one.inside for one in select(["../t", str(here / "u")], Filters(output="out")) if isinstance(one, Found)]
    assert names == ["t/a.txt", "u/b.txt"]


@pytest.mark.parametrize(
    ("paths", "output", "said"),
    [
        (["t"], "t", "t: is the input: give -o another directory, or use -i to clean in place"),
        (["t", "u"], "./u/../t", "./u/../t: is the input"),
        (["t/sub"], "t", "t: holds the input t/sub"),
        (["t/a.txt"], "t", "t: holds the input t/a.txt"),
        (["{here}/t", "{here}/w/t"], "out", "t would both be written to out/t: clean them in two runs"),
    ],
)
def test_outputs_that_would_hit_an_input_or_each_other_are_refused(paths: list[str], output: str, said: str, here: Path) -> None:
    make("t/a.txt", "t/sub/b.txt", "u/a.txt", "w/t/a.txt")
    paths = [path.replace("{here}", str(here)) for path in paths]
    with pytest.raises(CleanerError, match=said.replace("(", r"\(")):
        list(select(paths, Filters(output=output)))


def test_an_output_directory_inside_the_input_is_not_read() -> None:
    make("a.txt", "out/a.txt")
    assert found(".", output="out") == ["./a.txt"]
    assert found(".", written=("a.txt",)) == ["./out/a.txt"]


def test_a_directory_that_cannot_be_read_is_an_error_for_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    make("t/a/x.txt", "t/b.txt")
    scandir = os.scandir

    def fail(path: str) -> object:
        if path == "t/a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    assert list(select(["t"])) == [
        Skipped("t/a", "the directory cannot be read: permission denied", failed=True),
        Found("t/b.txt", "b.txt", "t", named=False),
    ]


def test_a_tree_deeper_than_pythons_stack_is_walked() -> None:
    path = "t" + "/d" * 1100
    Path("t").mkdir()
    os.chdir("t")
    for _ in range(1100):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")
    Path("x").touch()
    os.chdir("/".join([".."] * 1101))
    try:
        assert found("t") == [path + "/x"]
    finally:
        subprocess.run(["rm", "-r", "t"], check=True)  # pytest's own way of removing it is recursive


def test_a_list_of_names_is_separated_by_lines_or_by_nul() -> None:
    assert read_list(b"a.txt\nb b.txt\r\n\nc\xff") == ["a.txt", "b b.txt", "c\udcff"]
    assert read_list(b"a\nb\0c\0") == ["a\nb", "c"]
    assert read_list(b"") == []
