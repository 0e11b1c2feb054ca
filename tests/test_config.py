"""The configuration file: which one counts, what may stand in it, and that the command line wins.

The engine is a fake that cuts at the word FOLLOW (see cli_fakes.py).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_fakes import ARTICLE, DOCUMENT, install_fake, run

from cleaner import config
from cleaner.model import CleanerError, Level
from cleaner.pipeline import Cleaner


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project with a document in it, and the fake engine."""
    (tmp_path / "project" / "sub").mkdir(parents=True)
    (tmp_path / "project" / "sub" / "a.txt").write_bytes(DOCUMENT)
    monkeypatch.chdir(tmp_path / "project")
    install_fake(monkeypatch)
    return tmp_path


def level_of(*args: str) -> str:
    done = run("--json", *args)
    assert done.code == 0, done.err
    return str(json.loads(done.out)["level"])


def test_the_nearest_file_counts_and_the_command_line_wins(here: Path) -> None:
    assert level_of("sub/a.txt") == "normal"
    (here / ".cleaner.toml").write_text('level = "thorough"\n')
    assert level_of("sub/a.txt") == "thorough"
    Path("pyproject.toml").write_text('[project]\nname = "x"\n')
    assert level_of("sub/a.txt") == "thorough"
    Path("pyproject.toml").write_text('[tool.cleaner]\nlevel = "cautious"\n')
    assert level_of("sub/a.txt") == "cautious"
    Path("sub/.cleaner.toml").write_text('level = "normal"\n')
    assert level_of("sub/a.txt") == "normal"
    assert level_of("--level", "thorough", "sub/a.txt") == "thorough"
    assert level_of("--config", "pyproject.toml", "sub/a.txt") == "cautious"
    Path("sub/.cleaner.toml").unlink()
    assert level_of("--no-config", "sub/a.txt") == "normal"
    assert run("--json", stdin=DOCUMENT).out.count(b'"level": "cautious"') == 1


def test_in_one_directory_the_own_file_wins_and_several_inputs_share_what_is_above_all() -> None:
    Path("pyproject.toml").write_text('[tool.cleaner]\nlevel = "cautious"\n')
    Path(".cleaner.toml").write_text('level = "thorough"\n')
    assert config.find(["sub/a.txt"]) == str(Path(".cleaner.toml").absolute())
    Path("sub/.cleaner.toml").write_text("")
    assert config.find(["sub/a.txt", "sub"]) == str(Path("sub/.cleaner.toml").absolute())
    assert config.find(["sub/a.txt", "b.txt"]) == str(Path(".cleaner.toml").absolute())


def test_verbose_says_which_file_was_used(here: Path) -> None:
    Path(".cleaner.toml").write_text('level = "thorough"\n')
    said = f"configuration: {here}/project/.cleaner.toml\n"
    for args in (("sub/a.txt",), ("--check", "sub"), ("preview", "sub/a.txt")):
        assert run("-v", *args).err.startswith(said)
        assert "configuration" not in run(*args).err


def test_every_key_becomes_what_its_option_is(here: Path) -> None:
    path = here / "all.toml"
    path.write_text(
        'level = "cautious"\nencoding = "cp1252"\nto-utf8 = true\njobs = 2\nrules = ["site.toml", "/abs.toml"]\n'
        'disable = ["tags"]\ninclude = ["*.txt"]\nexclude = ["x/"]\nkeep = ["^reporting by"]\nblock = ["more \\u00e9 here"]\n'
        '[follow]\nphrases = ["come and find us"]\n'
    )
    loaded = config.load(str(path))
    assert loaded.options == {
        "level": "cautious", "encoding": "cp1252", "to_utf8": True, "jobs": 2, "rules": [f"{here}/site.toml", "/abs.toml"],
        "disable": ["tags"], "include": ["*.txt"], "exclude": ["x/"],
    }  # fmt: skip
    assert loaded.phrases is not None
    assert loaded.phrases.keep == ("^reporting by",)
    assert loaded.phrases.block == ("more é here",)
    assert loaded.phrases.kinds["follow"].phrases == ("come and find us",)


def test_phrases_reach_the_engine(here: Path) -> None:
    path = here / "phrases.toml"
    path.write_text('block = ["^zzyzx"]\n')
    phrases = config.load(str(path)).phrases
    assert phrases is not None
    assert Cleaner(Level.NORMAL, rules=[phrases]).clean(f"{ARTICLE}Zzyzx\n").text == ARTICLE


def test_filters_count_for_directories() -> None:
    Path("sub/b.md").write_bytes(DOCUMENT)
    Path(".cleaner.toml").write_text('exclude = ["*.md"]\n')
    assert run("--check", "sub").err.count("lines removed") == 1
    assert run("--check", "--exclude", "*.txt", "sub").err.startswith("sub/b.md:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('levl = "cautious"', "unknown key 'levl', did you mean 'level'?"),
        ("to_utf8 = true", "unknown key 'to_utf8', did you mean 'to-utf8'?"),
        ("xyz = 1", "unknown key 'xyz', known are level, encoding, to-utf8, jobs, rules, disable, include, exclude, keep, block"),
        ('level = "extreme"', "\"level\" must be one of cautious, normal, thorough, not 'extreme'"),
        ("level = []", '"level" must be one of cautious, normal, thorough, not a list'),
        ('to-utf8 = "yes"', "\"to-utf8\" must be true or false, not 'yes'"),
        ("jobs = 0", '"jobs" must be a number from 1, not 0'),
        ("jobs = true", '"jobs" must be a number from 1, not True'),
        ('include = "*.txt"', '"include" must be a list of strings, not a string'),
        ("keep = [1]", '"keep" must hold strings only, not a number'),
        ("keep = 5", '"keep" must be a list of strings, not a number'),
        ("[follow]\nphrase = []", "unknown key 'follow.phrase', did you mean 'phrases'?"),
        ("level = ", "is not valid TOML: Invalid value (at end of document)"),
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_what_was_expected(text: str, said: str, here: Path) -> None:
    path = here / "project" / ".cleaner.toml"
    path.write_text(text)
    done = run("--check", "sub")
    assert (done.code, done.err) == (2, f"cleaner: {path}: {said}\n")
    path.unlink()
    if text != "level = ":
        path = path.with_name("pyproject.toml")
        head, _, table = text.partition("\n")
        text = f"[tool.cleaner.{head[1:]}\n{table}" if table else f"[tool.cleaner]\n{text}"
        path.write_text(text)
        assert run("--check", "sub").err == f"cleaner: {path}: [tool.cleaner]: {said}\n"


def test_a_filter_emits_the_document_although_the_file_is_wrong() -> None:
    Path(".cleaner.toml").write_text("wrong")
    done = run(stdin=DOCUMENT)
    assert (done.code, done.out) == (2, DOCUMENT)
    assert "is not valid TOML" in done.err
    assert run("--no-config", stdin=DOCUMENT).out == ARTICLE.encode()
    assert (
        run("--config", "missing.toml", "sub/a.txt").err == "cleaner: missing.toml: cannot be read: no such file or directory\n"
    )


def test_a_foreign_project_may_be_as_broken_as_it_likes() -> None:
    Path("pyproject.toml").write_text("[[[")
    assert run("-q", "sub/a.txt").code == 0
    Path("pyproject.toml").write_bytes(b"cleaner \xff")
    with pytest.raises(CleanerError, match=r"pyproject\.toml: is not UTF-8 \(byte 8\): save it as UTF-8"):
        config.find(["sub/a.txt"])
