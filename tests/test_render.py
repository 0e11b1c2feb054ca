"""What people and programs read is made by pure functions; golden files hold what a person sees."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pytest
from cli_fakes import check_golden, result_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.model import Evidence, Guard, Level
from cleaner.render import summary
from cleaner.render.diff import unified, view
from cleaner.render.json import error_object, result_line
from cleaner.render.preview import preview
from cleaner.render.rules import RuleView, explanation, table
from cleaner.render.visible import visible, visible_name

ANYTHING = st.text(st.characters(exclude_categories=()))
NASTY = "a\x1b[31mb\x9bc\u202ed\u2066e\u2028f\x00g\x7fh\udcffi\ud800j"
ARTICLE = """\
Le pont ouvre lundi.

Les travaux ont duré trois ans, et la ville en est fière : le nouveau pont relie les deux rives en quelques minutes.
Le maire a promis une fête.
FOLLOW us on Telegram: https://t.me/example
1) Our first site, with all the news that you did not know you had missed: https://one.example/
2) 我们的第二个网站,有很多很多很多很多很多很多很多很多很多很多的新闻

Share
"""


# --- hostile text ---------------------------------------------------------------------------------


@given(ANYTHING)
def test_visible_text_holds_no_control_bidirectional_separator_or_surrogate_character(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(one) for one in shown} & {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"
    }  # fmt: skip
    assert not set(shown) & set("\u200e\u200f\u061c")
    shown.encode()


@given(ANYTHING)
def test_visible_text_is_not_changed_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_letters_marks_digits_and_signs_stay_as_they_are(text: str) -> None:
    assert visible(text) == text


def test_an_undecodable_byte_of_a_file_name_is_shown_as_that_byte() -> None:
    assert visible(os.fsdecode(b"a\xff.txt")) == "a\\xff.txt"


def test_joiners_that_emoji_and_persian_need_stay() -> None:
    assert visible("👩\u200d👧 می\u200cخواهم") == "👩\u200d👧 می\u200cخواهم"


def test_a_name_that_could_be_overlooked_is_quoted() -> None:
    assert visible_name("") == "''"
    assert visible_name(" a") == "' a'"
    assert visible_name("a b") == "a b"


# --- summary --------------------------------------------------------------------------------------


def test_the_summary_has_the_form_that_scripts_rely_on() -> None:
    text = "a" * 5313 + "\n" + "b" * 2165 + "\n"
    result = result_of(text, 5314)
    assert summary.changed_line("article.txt", result) == (
        "article.txt: 1 of 2 lines removed (2,166 of 7,480 characters, 29.0 %), utf-8: follow"
    )


def test_the_summary_names_each_rule_once_and_only_those_that_speak_for_boilerplate() -> None:
    text = "Body.\nFOLLOW\nmore\n"
    evidence = tuple(
        Evidence(line, rule, weight, start, start + 1, "x", "")
        for line, rule, weight, start in (
            (1, "prose", 2.0, 0),
            (2, "share", 1.0, 6),
            (2, "quotation", -1.0, 7),
            (3, "follow", 2.0, 13),
            (3, "share", 1.0, 14),
        )
    )
    assert summary.changed_line("a", result_of(text, evidence=evidence)).endswith("utf-8: share, follow")


def test_a_cut_inside_a_line_is_counted_as_a_line_and_said() -> None:
    line = summary.changed_line("a", result_of("Body. FOLLOW us\nmore\n"))
    assert line.startswith("a: 2 of 2 lines removed, the first in part (15 of 21 characters")


def test_a_cut_behind_a_lone_carriage_return_is_not_inside_a_line() -> None:
    assert "in part" not in summary.changed_line("a", result_of("Body.\rFOLLOW us\r"))


def test_almost_everything_is_never_called_all_of_it() -> None:
    assert "99.9 %" in summary.changed_line("a", result_of("a\n" + "b" * 99_999, 2))


@given(ANYTHING)
def test_whatever_a_document_or_name_holds_a_message_is_one_safe_line(text: str) -> None:
    guarded = result_of("x", -1, guard=Guard("keep", text), encoding=text or None)
    cut = result_of("x\nFOLLOW", encoding=text or None, evidence=(Evidence(2, text, 1.0, 2, 3, text, text),))
    for line in (
        summary.changed_line(text, cut),
        summary.unchanged_line(text, guarded),
        summary.guard_line(text, guarded),
        summary.error_line(text),
    ):
        assert line == visible(line)


def test_the_messages_read_as_they_are_meant_to() -> None:
    binary = result_of("", -1, guard=Guard("binary", "it holds NUL bytes"))
    lines = [
        summary.changed_line("article.txt", result_of(ARTICLE)),
        summary.changed_line("one line.txt", result_of("Body. FOLLOW us")),
        summary.unchanged_line("clean.txt", result_of("Body.\n", -1)),
        summary.guard_line("a.bin", binary),
        summary.unreadable_diff_line("a.txt", result_of("Body.\nFOLLOW", codec="utf-16-le", encoding="utf-16")),
        summary.error_line("missing.txt: no such file: check the name"),
    ]
    check_golden("summary.txt", "\n".join(lines) + "\n")


# --- JSON -----------------------------------------------------------------------------------------


def test_the_json_object_has_the_keys_of_the_contract_in_their_order() -> None:
    line = result_line("a.txt", result_of("Body.\nFOLLOW us é\n"))
    assert line.endswith(b"}\n")
    assert "é".encode() in line
    assert json.loads(line) == {
        "path": "a.txt",
        "encoding": "utf-8",
        "level": "normal",
        "lines": 2,
        "characters": 18,
        "bytes": 19,
        "cut": {"line": 2, "character": 6, "byte": 6, "score": 7.25, "confidence": 0.96},
        "removed": {"lines": 1, "characters": 12, "bytes": 13, "text": "FOLLOW us é\n"},
        "evidence": [{"line": 2, "rule": "follow", "weight": 2.5, "match": "FOLLOW", "why": "asks to follow"}],
        "guard": None,
        "error": None,
    }
    keys = list(json.loads(line))
    assert keys == list(json.loads(error_object(None, Level.NORMAL, "broken")))


@given(ANYTHING, ANYTHING)
def test_json_is_one_line_of_utf8_and_means_the_same_text(path: str, tail: str) -> None:
    line = result_line(path, result_of("Body.\n" + tail, 6))
    text = line.decode()
    assert text.splitlines() == [text[:-1]]
    assert visible(text[:-1]) == text[:-1]
    assert json.loads(line)["removed"]["text"] == re.sub("[\ud800-\udfff]", "\ufffd", tail)
    assert json.loads(line)["path"] == re.sub("[\ud800-\udfff]", "\ufffd", path)


# --- diff -----------------------------------------------------------------------------------------

needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")


def apply(documents: list[tuple[str, bytes, int]], *options: str, rename: bool = True) -> list[bytes]:
    """What `patch` makes of the documents (name, bytes, how many are kept), all in one run."""
    with tempfile.TemporaryDirectory() as folder:
        diffs = []
        for name, data, kept in documents:
            Path(folder, name).write_bytes(data)
            diffs.append(unified(name, data, kept))
        done = subprocess.run(["patch", "--force", *options], input=b"".join(diffs), cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout, done.stderr, diffs)
        assert b"offset" not in done.stdout
        assert b"fuzz" not in done.stdout
        assert sorted(os.listdir(folder)) == sorted(name for name, _, _ in documents)  # noqa: PTH208
        return [Path(folder, name).read_bytes() for name, _, _ in documents]


PIECES = st.sampled_from(
    [b"a", b"same", b" ", b"\n", b"\n", b"\n", b"\r\n", b"\r", b"\t", b"-", b"+", b"--- a\n", b"+++ b\n",
     b"@@ -1 +1 @@\n", b"\\ No newline at end of file\n", b"\xff", b"\xc3\xa9", b"\0", b"\x0a\x00", b"\x0b", b"\x0c",
     b"\x85", b"\xe2\x80\xa8"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map(b"".join)


@needs_patch
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, st.floats(0, 1)), min_size=1, max_size=15))
def test_patch_makes_the_kept_bytes_out_of_any_document_and_any_cut(cases: list[tuple[bytes, float]]) -> None:
    documents = [(f"{n}.txt", data, max(1, int(share * len(data)))) for n, (data, share) in enumerate(cases)]
    documents = [one for one in documents if one[2] < len(one[1])]
    if documents:
        assert apply(documents, "-p0") == [data[:kept] for _, data, kept in documents]


@needs_patch
@pytest.mark.parametrize("options", [(), ("-p0",)])
def test_patch_finds_the_file_under_any_name(options: tuple[str, ...]) -> None:
    names = ["plain.txt", "two words.txt", " edge ", "-dash", 'quo"te', "back\\slash", "new\nline", "esc\x1b[31m",
             "été", "tab\there", "bidi\u202e", os.fsdecode(b"byte\xff"), "[red]x[", "a  b\t c"]  # fmt: skip
    documents = [(name, b"kept\ngone\n", 5) for name in names]
    assert apply(documents, *options) == [b"kept\n"] * len(names)


@needs_patch
def test_patch_takes_utf16_byte_for_byte() -> None:
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        kept = "Ċ body ਊ\nmore\n".encode(codec)
        data = kept + "tail Ċ\nend".encode(codec.removesuffix("32") + "32-le" if "32" in codec else "utf-16-le")
        assert apply([("a.txt", data, len(kept))]) == [kept]


def test_the_diff_is_one_hunk_with_three_lines_of_context() -> None:
    data = b"1\n2\n3\n4\n5\n6\n7"
    assert unified("a.txt", data, 10) == (
        b"--- a.txt\n+++ a.txt\n@@ -3,5 +3,3 @@\n 3\n 4\n 5\n-6\n-7\n\\ No newline at end of file\n"
    )


def test_a_cut_inside_a_line_puts_its_beginning_back() -> None:
    assert unified("a", b"one\ntwo three\n", 7) == (
        b"--- a\n+++ a\n@@ -1,2 +1,2 @@\n one\n-two three\n+two\n\\ No newline at end of file\n"
    )


def test_a_document_with_carriage_returns_only_is_one_line_to_patch() -> None:
    assert unified("a", b"one\rtwo\r", 4) == (
        b"--- a\n+++ a\n@@ -1,1 +1,1 @@\n-one\rtwo\r\n\\ No newline at end of file\n+one\r\n\\ No newline at end of file\n"
    )


def test_nothing_removed_is_an_empty_diff() -> None:
    assert unified("a", b"one\n", 4) == b""


def test_a_diff_for_eyes_shows_hostile_characters_and_can_be_coloured() -> None:
    data = b"kept\n\x1b[2Jgone\r\n"
    plain = view(unified("a", data, 5), "utf-8", color=False)
    assert "\x1b" not in plain
    assert "-\\x1b[2Jgone\\r\n" in plain
    assert "\x1b[31m-\\x1b[2Jgone\\r\x1b[0m\n" in view(unified("a", data, 5), "utf-8", color=True)


# --- preview --------------------------------------------------------------------------------------


def columns(line: str) -> int:
    """How many columns a line takes on a terminal: wide characters two, marks none."""
    marks = ("Mn", "Me", "Cf")
    return sum(0 if unicodedata.category(one) in marks else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


@pytest.mark.parametrize("width", [40, 80])
def test_a_preview_in_a_pipe_is_plain_and_looks_like_this(width: int) -> None:
    check_golden(f"preview-{width}.txt", preview("article.txt", result_of(ARTICLE), width=width, color=False))


def test_a_preview_in_colour_looks_like_this() -> None:
    check_golden("preview-color.txt", preview("article.txt", result_of(ARTICLE), width=80, color=True))


def test_the_preview_of_a_cut_inside_a_line_shows_the_line_on_both_sides() -> None:
    shown = preview("a.txt", result_of("First.\nBody. FOLLOW us\n"), width=80, color=False)
    assert "Cut inside line 2" in shown
    assert re.search(r"^2   Body\.$", shown, re.MULTILINE)
    assert re.search(r"^2 - FOLLOW us", shown, re.MULTILINE)


def test_the_numbers_beside_the_lines_are_those_of_the_document_blank_lines_included() -> None:
    text = f"The council met.\n\n{'It talked about the bridge, and it voted. ' * 4}\n\n\nFollow us on Telegram\n\nShare\n"
    result = clean(text)
    shown = preview("a.txt", result, width=100, color=False)
    lines = text.split("\n")
    numbered = re.findall(r"^ *(\d+) [ -] (\S.{0,9})", shown, re.MULTILINE)
    assert len(numbered) == 4
    assert all(lines[int(number) - 1].startswith(start.rstrip()[:5]) for number, start in numbered)


def test_the_preview_of_an_unchanged_document_says_so_and_names_the_guard() -> None:
    shown = preview("a.txt", result_of("Body.\n", -1), width=80, color=False)
    assert shown == "a.txt: nothing to remove (1 line, 6 characters), utf-8\n"
    guarded = result_of("Body.\n", -1, guard=Guard("nothing-left", "no line would be left"))
    assert "Kept as it is: nothing-left (no line would be left)\n" in preview("a", guarded, width=80, color=False)


def test_a_verbose_preview_says_how_the_encoding_was_found() -> None:
    result = result_of("Body.\nFOLLOW", encoding_why="every byte fits")
    assert "utf-8 (every byte fits)" in preview("a", result, width=80, color=False, verbose=True)


def test_every_removed_character_is_shown_and_long_kept_lines_are_shortened_with_a_mark() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    shown = preview("a", result_of(f"{words}\nFOLLOW {words}\n"), width=120, color=False)
    kept, _, removed = shown.partition("cut here")
    assert " [...] " in " ".join(kept.split())
    assert len(kept) < 1000
    assert all(f"word{number}" in removed for number in range(400))


# Characters whose width everybody agrees about; of others, terminals and rich's tables may think differently.
WIDE_AND_NARROW = st.sampled_from(
    [
        "文章" * 30,
        "文",
        "。",
        "e\u0301" * 50,
        "\u0301",
        "\t\tx",
        "word " * 30,
        "x" * 300,
        " ",
        "\r\n",
        "\n",
        "\x1b[31m",
        "한글",
        "é",
    ]
)


@pytest.mark.parametrize("color", [False, True])
@settings(max_examples=60, deadline=None)
@given(text=st.lists(WIDE_AND_NARROW, min_size=1).map("".join), share=st.floats(0, 1), width=st.integers(16, 200))
def test_no_line_of_a_preview_is_wider_than_the_terminal(color: bool, text: str, share: float, width: int) -> None:
    result = result_of("Body.\n" + text, min(6 + int(share * len(text)), 5 + len(text)))
    shown = preview("文\x1bme.txt", result, width=width, color=color)
    for line in re.sub(r"\x1b\[[\d;]*m", "", shown).split("\n"):
        assert columns(line) <= width, line


@settings(max_examples=100, deadline=None)
@given(text=ANYTHING, tail=ANYTHING, width=st.integers(1, 100))
def test_no_control_character_comes_through_a_preview(text: str, tail: str, width: int) -> None:
    result = result_of(f"{text}x{tail}x", 1 + len(text))
    for line in preview(text, result, width=width, color=False).split("\n"):
        assert visible(line) == line


def test_markup_in_a_document_stays_text() -> None:
    shown = preview("[red]x[/].txt", result_of("[bold]kept[/bold] :smile:\nFOLLOW [blink]\n"), width=80, color=False)
    assert "[red]x[/].txt" in shown
    assert "[bold]kept[/bold] :smile:" in shown
    assert "FOLLOW [blink]" in shown


def test_the_same_preview_comes_out_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = preview("a", result_of(ARTICLE), width=60, color=True)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "33", "TERM": "dumb", "TTY_COMPATIBLE": "0"}.items():
        monkeypatch.setenv(name, value)
    assert preview("a", result_of(ARTICLE), width=60, color=True) == expected


# --- rules ----------------------------------------------------------------------------------------

RULES = [
    RuleView(
        "follow",
        "Asks the reader to follow the publisher on a social network.\n\nTails are full of it. It misleads in an "
        "article about\nsuch networks.",
        ("Follow us on Twitter", "关注我们的微信公众号,每天都有新的消息等着你来阅读和分享给朋友们"),
        ("Police followed him.\nAll day.",),
        weights={"starts the line": 2.5, "stands inside the line": -0.4},
        phrases={"English": 1200, "French": 80},
    ),
    RuleView("prose", "A paragraph of full sentences.", opposes=True),
]


def test_the_table_of_rules_and_an_explanation_look_like_this() -> None:
    text = "".join(
        "\n".join([f"== {width}", table(RULES, width=width), *(explanation(rule, width=width) for rule in RULES)])
        for width in (None, 80, 40)
    )
    check_golden("rules.txt", text)


def test_in_a_pipe_each_rule_is_one_line() -> None:
    assert len(table(RULES, width=None).splitlines()) == len(RULES)


@pytest.mark.parametrize("width", [20, 30, 40, 60, 100])
def test_rules_fit_the_terminal(width: int) -> None:
    for line in (table(RULES, width=width) + explanation(RULES[0], width=width)).splitlines():
        assert columns(line) <= width
