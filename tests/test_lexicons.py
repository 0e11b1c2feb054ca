"""The phrases that come with the program hold what their files promise, and a user's file is checked to the last key.

Also the cache of the look-up tables: it follows the files, and nothing depends on it.
"""

from __future__ import annotations

import marshal
import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from cleaner import Cleaner, CleanerError, clean, lexicons
from cleaner.lexicons import KINDS, Entries, Lexicon, builtin_tables, load_builtin, load_file
from cleaner.lines import make_blocks, split_lines
from cleaner.phrases import Phrase, PhraseIndex, build_tables
from cleaner.rules import Scene

FOLDER = Path(lexicons.__file__).parent
ARTICLE = """\
The city council approved the new bridge over the river on Monday evening after a debate of almost five hours.
The mayor said that the work would begin in the spring and that the bridge would open three years later.
"""
ZORPLE = ARTICLE + "\nZorple our blimfax\nZorple our gromfax\nZorple our plimfax\n"
"""A tail of words that no language has."""


@cache
def builtin() -> dict[str, Lexicon]:
    return {lexicon.code: lexicon for lexicon in load_builtin()}


@cache
def index_of(code: str, kind: str) -> PhraseIndex:
    return PhraseIndex(build_tables(Phrase(written, kind, code) for written in builtin()[code].kinds[kind].phrases))


def is_found(index: PhraseIndex, kind: str, example: str) -> bool:
    """Whether a phrase of this kind stands in the example, whose lines are the lines of a document."""
    return bool(Scene(make_blocks(split_lines(example)), index).phrases(kind))


def _kinds() -> list[tuple[str, str]]:
    return [(code, kind) for code, lexicon in builtin().items() for kind in lexicon.kinds]


# --- what comes with the program --------------------------------------------------------------------


def test_the_languages_that_were_asked_for_are_there() -> None:
    assert {"fr", "en"} <= builtin().keys()


@pytest.mark.parametrize(("code", "kind"), _kinds())
def test_the_phrases_of_a_kind_match_its_examples_and_no_others(code: str, kind: str) -> None:
    entries = builtin()[code].kinds[kind]
    index = index_of(code, kind)
    assert [example for example in entries.fires if not is_found(index, kind, example)] == []
    assert [example for example in entries.silent if is_found(index, kind, example)] == []


@pytest.mark.parametrize(("code", "kind"), _kinds())
def test_a_kind_has_examples_of_both_sorts_and_no_phrase_twice(code: str, kind: str) -> None:
    entries = builtin()[code].kinds[kind]
    assert len(entries.fires) >= 2
    assert len(entries.silent) >= 2
    assert [phrase for phrase, count in Counter(map(str.casefold, entries.phrases)).items() if count > 1] == []


@pytest.mark.parametrize("code", sorted(builtin()))
def test_a_builtin_lexicon_names_its_language_and_holds_no_rules_of_a_user(code: str) -> None:
    lexicon = builtin()[code]
    assert lexicon.language
    assert lexicon.kinds
    assert (lexicon.keep, lexicon.block, lexicon.disable) == ((), (), ())


@pytest.mark.parametrize("code", sorted(builtin()))
def test_a_builtin_phrase_writes_numbers_as_a_number_sign(code: str) -> None:
    """A digit would be folded to # and match every number, which the writer of the phrase did not mean."""
    phrases = [phrase for phrase in builtin()[code].phrases() if any(sign.isdecimal() for sign in phrase.written)]
    assert phrases == []


# --- a user's file ----------------------------------------------------------------------------------


def test_a_file_of_rules_gives_phrases_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "my-site.toml"
    path.write_text(
        'keep = ["colophon"]\nblock = ["^the end$"]\ndisable = ["network"]\n[follow]\nphrases = ["zorple us"]\n'
        'fires = ["Zorple us!"]\n',
        encoding="utf-8",
    )
    assert load_file(path) == Lexicon(
        "my-site", "", {"follow": Entries(("zorple us",), ("Zorple us!",))}, ("colophon",), ("^the end$",), ("network",)
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[folow]\nphrases = ["x"]', ["'folow'", "did you mean 'follow'?"]),
        ('blok = ["x"]', ["'blok'", "did you mean 'block'?"]),
        ("langauge = 'en'", ["'langauge'", "did you mean 'language'?"]),
        ("zzzzzz = 1", ["'zzzzzz'", "known: follow, "]),
        ('[follow]\nphrase = ["x"]', ["'follow.phrase'", "did you mean 'phrases'?"]),
        ("follow = ['x']", ['"follow"', 'must be a table with "phrases"', "not a list"]),
        ("language = 3", ['"language"', "must be a string", "not a number"]),
        ('keep = "x"', ['"keep"', "must be a list of strings", "not a string"]),
        ("[keep]\nphrases = ['x']", ['"keep"', "must be a list of strings", "not a table"]),
        ("block = [1]", ['"block"', "strings only", "not a number"]),
        ("disable = [true]", ['"disable"', "strings only", "not a boolean"]),
        ("[follow]\nphrases = 'x'", ['"follow.phrases"', "must be a list of strings", "not a string"]),
        ("[follow]\nphrases = [['x']]", ['"follow.phrases"', "strings only", "not a list"]),
        ('keep = [""]', ['"keep"', "holds an empty string"]),
        ("[follow]\nphrases = ['x', '  ']", ['"follow.phrases"', "holds an empty string"]),
        ('block = ["..."]', ["'...'", "has no word"]),
        ('[follow]\nphrases = ["^*$"]', ["'^*$'", "has no word"]),
        (
            '[author]\nphrases = ["^记者 * 报道"]',
            ["'^记者 * 报道'", "script without spaces: write what stands on either side as phrases"],
        ),
        ('keep = ["x"', ["not valid TOML"]),
        ('keep = ["x"]\nkeep = ["y"]\n', ["not valid TOML", "line 2"]),
    ],
)
def test_a_mistake_in_a_file_is_named_with_the_file_the_key_and_the_nearest_known_one(
    tmp_path: Path, content: str, said: list[str]
) -> None:
    path = tmp_path / "my rules.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CleanerError) as caught:
        load_file(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    for part in said:
        assert part in message


def test_a_file_that_is_not_utf8_is_refused_with_the_place_of_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('keep = ["é"]'.encode("cp1252"))
    with pytest.raises(CleanerError, match=r"latin\.toml: .* not UTF-8 \(byte 9\)"):
        load_file(path)


def test_a_byte_order_mark_as_windows_editors_write_it_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(b'\xef\xbb\xbfkeep = ["x"]\r\n')
    assert load_file(path).keep == ("x",)


def test_a_file_that_is_missing_or_a_directory_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(CleanerError) as caught:
            load_file(path)
        assert str(caught.value).startswith(f"{path}: cannot read the rules file: ")


def test_a_mistake_meets_whoever_makes_the_cleaner(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[folow]")
    with pytest.raises(CleanerError, match="did you mean 'follow'"):
        Cleaner(rules=[path])


def test_a_file_adds_to_the_phrases_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[follow]\nphrases = ["zorple our *"]\n')
    assert not clean(ZORPLE).changed
    result = Cleaner("thorough", rules=[path]).clean(ZORPLE)
    assert result.text == ARTICLE
    assert "follow" in {one.rule for one in result.evidence}


# --- the cache --------------------------------------------------------------------------------------


@pytest.fixture
def own_lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two small lexicons in place of the real one, and nothing of the user's own cache."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "aa.toml").write_text('language = "A"\n[follow]\nphrases = ["zorple us"]\n')
    (folder / "bb.toml").write_text('language = "B"\n[share]\nphrases = ["blimf us"]\n')
    monkeypatch.setattr(lexicons, "__file__", str(folder / "__init__.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def kinds_in(line: str) -> set[str]:
    index = PhraseIndex(builtin_tables())
    return {kind for kind in KINDS if is_found(index, kind, line)}


def cached(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.marshal"))


def test_the_tables_come_from_a_cache_the_second_time(own_lexicons: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = builtin_tables()
    assert len(cached(own_lexicons)) == 1

    def parse(*_args: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(lexicons, "parse_lexicon", parse)
    assert builtin_tables() == first


def test_the_cache_follows_a_file_that_changes_comes_or_goes(own_lexicons: Path) -> None:
    assert kinds_in("zorple us, blimf us") == {"follow", "share"}
    (own_lexicons / "aa.toml").write_text('language = "A"\n[donate]\nphrases = ["zorple us"]\n')
    assert kinds_in("zorple us, blimf us") == {"donate", "share"}
    (own_lexicons / "cc.toml").write_text('language = "C"\n[tags]\nphrases = ["zorple us"]\n')
    assert kinds_in("zorple us, blimf us") == {"donate", "share", "tags"}
    (own_lexicons / "aa.toml").unlink()
    assert kinds_in("zorple us, blimf us") == {"share", "tags"}
    assert len(cached(own_lexicons)) == 1, "old tables stay behind"


def test_the_cache_follows_a_change_that_keeps_the_size(own_lexicons: Path) -> None:
    path = own_lexicons / "aa.toml"
    assert kinds_in("zorple us") == {"follow"}
    state = path.stat()
    path.write_text(path.read_text().replace("zorple", "zurple"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert kinds_in("zorple us") == set()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"not marshal", b"\xe3" * 50, marshal.dumps({"a": "b"})[:-2], marshal.dumps(None), marshal.dumps([1])],
    ids=["empty", "zero", "text", "noise", "truncated", "nothing", "another type"],
)
def test_a_broken_cache_does_no_harm(own_lexicons: Path, content: bytes) -> None:
    first = builtin_tables()
    (path,) = cached(own_lexicons)
    path.write_bytes(content)
    assert builtin_tables() == first
    assert kinds_in("zorple us") == {"follow"}


def test_a_folder_that_cannot_be_written_moves_the_cache_to_the_users(own_lexicons: Path, tmp_path: Path) -> None:
    (own_lexicons / "__pycache__").write_text("a file where the folder should be")
    first = builtin_tables()
    assert [path.parent for path in cached(tmp_path)] == [tmp_path / "cache" / "cleaner"]
    assert builtin_tables() == first


def test_without_any_place_for_a_cache_everything_works(own_lexicons: Path, tmp_path: Path) -> None:
    (own_lexicons / "__pycache__").write_text("a file where the folder should be")
    (tmp_path / "cache").write_text("and another one")
    assert kinds_in("zorple us") == {"follow"}
    assert cached(tmp_path) == []


def test_writing_the_cache_leaves_nothing_else_behind(own_lexicons: Path) -> None:
    builtin_tables()
    assert [path.suffix for path in (own_lexicons / "__pycache__").iterdir()] == [".marshal"]


def test_the_real_lexicons_and_their_tables_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables that are used are those of the files that are there, whatever the cache beside them holds."""
    copies = tmp_path / "lexicons"
    copies.mkdir()
    for path in FOLDER.glob("*.toml"):
        shutil.copy2(path, copies)
    used = builtin_tables()
    monkeypatch.setattr(lexicons, "__file__", str(copies / "__init__.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert builtin_tables() == used
