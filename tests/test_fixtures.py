"""Every fixture, byte for byte.

`articles/NAME.txt` becomes `articles/NAME.expected`; `keep/NAME.txt` comes back as it is. What is known to go wrong
stands under `known-failures/` in the same two forms and has to fail, so that nobody overlooks when it no longer does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_texts import with_line_ends

from cleaner import clean

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = sorted(FIXTURES.glob("articles/*.txt"))
KEEP = sorted(FIXTURES.glob("keep/*.txt"))
KNOWN_FAILURES = sorted(FIXTURES.glob("known-failures/*.txt"))
# Language, phenomenon: "fr-numbered-paren".
_NAME = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)+")
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
# A handful of layouts: paragraphs and list runs, with and without blank lines, several kinds of tail.
FORMS_OF = (
    "en-copyright-legal",
    "en-mixed-blank-lines",
    "en-numbered-sites-period",
    "fr-messenger-channel",
    "fr-numbered-paren",
    "fr-several-tight",
)


def _name(path: Path) -> str:
    return path.stem


def _encoded(codec: str) -> Callable[[str], bytes]:
    return lambda text: _MARKS.get(codec, b"") + text.encode(codec)


def _ended(terminator: str) -> Callable[[str], bytes]:
    return lambda text: with_line_ends(text, terminator).encode()


FORMS: dict[str, Callable[[str], bytes]] = {
    "lf": _ended("\n"),
    "crlf": _ended("\r\n"),
    "cr": _ended("\r"),
    "utf-8-sig": _encoded("utf-8-sig"),
    "utf-16-le": _encoded("utf-16-le"),
    "utf-16-be": _encoded("utf-16-be"),
    "cp1252": _encoded("cp1252"),
    "crlf in utf-16": lambda text: b"\xff\xfe" + with_line_ends(text, "\r\n").encode("utf-16-le"),
}


def test_there_are_at_least_20_fixtures_of_each_kind_in_french_and_in_english() -> None:
    """An empty directory must not pass."""
    for language in ("fr", "en"):
        for paths in (ARTICLES, KEEP):
            assert sum(path.name.startswith(f"{language}-") for path in paths) >= 20


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_fixture_is_called_after_its_language_and_what_it_shows(path: Path) -> None:
    assert path.suffix in (".txt", ".expected")
    assert _NAME.fullmatch(path.stem)
    if path.parent.name == "articles":
        assert path.with_suffix(".txt").exists()
        assert path.with_suffix(".expected").exists()
    elif path.suffix == ".expected":
        assert path.with_suffix(".txt").exists()


@pytest.mark.parametrize("path", ARTICLES, ids=_name)
def test_an_expected_text_is_a_part_of_its_fixture_that_starts_with_it(path: Path) -> None:
    data, expected = path.read_bytes(), path.with_suffix(".expected").read_bytes()
    assert data.startswith(expected)
    assert 0 < len(expected) < len(data)


@pytest.mark.parametrize("path", ARTICLES, ids=_name)
def test_an_article_loses_its_tail_and_nothing_else(path: Path) -> None:
    assert _shown(clean(path.read_bytes()).kept_bytes) == _shown(path.with_suffix(".expected").read_bytes())


@pytest.mark.parametrize("path", KEEP, ids=_name)
def test_a_text_without_a_tail_comes_back_as_it_is(path: Path) -> None:
    data = path.read_bytes()
    assert _shown(clean(data).kept_bytes) == _shown(data)


@pytest.mark.parametrize("path", [pytest.param(path, marks=pytest.mark.xfail(strict=True)) for path in KNOWN_FAILURES], ids=_name)
def test_a_known_failure_still_fails(path: Path) -> None:
    expected = path.with_suffix(".expected")
    wanted = expected if expected.exists() else path
    assert clean(path.read_bytes()).kept_bytes == wanted.read_bytes()


@pytest.mark.parametrize("path", ARTICLES, ids=_name)
def test_cleaning_what_was_kept_removes_nothing_more(path: Path) -> None:
    kept = clean(path.read_bytes()).kept_bytes
    assert _shown(clean(kept).kept_bytes) == _shown(kept)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FORMS_OF)
def test_an_article_is_cut_at_the_same_place_in_every_form(name: str, form: str) -> None:
    text = (FIXTURES / "articles" / f"{name}.txt").read_bytes().decode()
    as_it_is = clean(text)
    assert as_it_is.changed
    try:
        data = FORMS[form](text)
    except UnicodeEncodeError:
        pytest.skip(f"{name} has no form in {form}")
    assert clean(data).kept_bytes == FORMS[form](as_it_is.text)


def _shown(data: bytes) -> list[str]:
    """Line by line, so that a failure shows the lines that differ; as exact as the bytes."""
    return data.decode("utf-8", "surrogateescape").split("\n")
