"""The library: what goes in, what comes out, what a user's rules do, and what it costs."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_texts import PLAIN_TAIL, SENTENCES, TERMINATORS, article, with_line_ends

from cleaner import Cleaner, CleanerError, Level, Result, clean
from cleaner.analysis import analyse
from cleaner.lexicons import builtin_index
from cleaner.model import Cut, Evidence, Removed
from cleaner.rules import load_rules

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
ARTICLE = article("en")
TAIL = "\n".join((*PLAIN_TAIL, "Related articles", "Copyright © 2024 Example News. All rights reserved.")) + "\n"
DOCUMENT = f"{ARTICLE}\n{TAIL}"


@pytest.fixture
def rules(tmp_path: Path) -> Callable[[str], Path]:
    """Write a rules file."""

    def write(content: str) -> Path:
        path = tmp_path / f"rules-{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


# --- what comes out ---------------------------------------------------------------------------------


def test_a_text_loses_its_tail_and_the_result_says_where_and_why() -> None:
    result = clean(DOCUMENT)
    assert isinstance(result, Result)
    assert (result.text, result.original, result.changed) == (ARTICLE, DOCUMENT, True)
    assert result.kept_bytes == ARTICLE.encode()
    assert (result.encoding, result.level, result.guard) == ("utf-8", Level.NORMAL, None)
    assert (result.lines, result.characters, result.bytes) == (12, len(DOCUMENT), len(DOCUMENT.encode()))
    assert isinstance(result.cut, Cut)
    assert (result.cut.line, result.cut.character, result.cut.byte) == (8, len(ARTICLE), len(ARTICLE.encode()))
    assert 0.9 <= result.cut.confidence < 1
    assert result.cut.score > 0
    assert result.cut.why
    tail = f"\n{TAIL}"
    assert result.removed == Removed(6, len(tail), len(tail.encode()), tail)


def test_the_evidence_names_rule_line_place_and_reason() -> None:
    result = clean(DOCUMENT)
    assert {"share", "follow", "subscribe", "related", "legal"} <= {one.rule for one in result.evidence}
    follow = next(one for one in result.evidence if one.rule == "follow")
    assert isinstance(follow, Evidence)
    assert follow.line == 9
    assert follow.weight > 0
    assert DOCUMENT[follow.start : follow.end] == follow.match
    assert DOCUMENT.splitlines()[follow.line - 1].startswith(follow.match)
    assert follow.why
    assert [one.line for one in result.evidence] == sorted(one.line for one in result.evidence)


def test_an_article_without_a_tail_comes_back_as_it_is() -> None:
    result = clean(ARTICLE)
    assert (result.text, result.changed, result.cut, result.removed) == (ARTICLE, False, None, None)
    assert (result.guard, result.evidence) == (None, ())


def test_a_call_in_the_middle_of_a_text_in_one_line_takes_nothing_of_what_follows_with_it() -> None:
    above = (
        "The council approved the new bridge on Monday evening after a debate of almost five hours. Work begins in March. " * 4
    )
    below = "The mayor called it a good day for the valley. Farmers had asked for a crossing that carries tractors. " * 5
    text = f"{above}Subscribe to our newsletter. {below}"
    analysis = analyse(text, 0, builtin_index(), load_rules())
    assert [block.text[:13] for block in analysis.blocks] == ["The council a", "Subscribe to ", "The mayor cal"]
    assert clean(text).text == text


@pytest.mark.parametrize("empty", ["", b"", "\n", b" \r\n\t", "\ufeff"])
def test_an_empty_document_is_a_document(empty: str | bytes) -> None:
    result = clean(empty)
    assert not result.changed
    assert result.kept_bytes == (empty if isinstance(empty, bytes) else empty.encode())


def test_bytes_come_back_as_a_prefix_with_their_encoding() -> None:
    for codec, mark in (("cp1252", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")):
        data = mark + (article("fr") + "\n" + TAIL).encode(codec)
        result = clean(data)
        assert result.kept_bytes == mark + article("fr").encode(codec)
        assert (result.text, result.codec, result.bytes) == (article("fr"), codec, len(data))
        assert result.cut is not None
        assert result.cut.byte == len(result.kept_bytes)
    assert clean(b"caf\xe9 est une chose").encoding == "cp1252"
    assert clean(b"\xef\xbb\xbfx").encoding == "utf-8-sig"
    assert clean(DOCUMENT.encode()).kept_bytes == ARTICLE.encode()


def test_binary_data_comes_back_whole_with_a_guard() -> None:
    data = b"\x89PNG\r\n\x1a\n" + DOCUMENT.encode() + b"\0"
    result = clean(data)
    assert (result.kept_bytes, result.encoding, result.text, result.original) == (data, None, "", "")
    assert result.guard is not None
    assert result.guard.id == "binary"
    assert not result.changed


def test_a_result_cannot_be_changed() -> None:
    result = clean(DOCUMENT)
    for one, field in ((result, "text"), (result.cut, "line"), (result.removed, "text"), (result.evidence[0], "line")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, field, None)


# --- to_dict ----------------------------------------------------------------------------------------

KEYS = ["path", "encoding", "level", "lines", "characters", "bytes", "cut", "removed", "evidence", "guard", "error"]


def test_the_json_object_has_the_keys_of_the_contract_in_order() -> None:
    found = json.loads(json.dumps(clean(DOCUMENT).to_dict("a.txt")))
    assert list(found) == KEYS
    assert list(found["cut"]) == ["line", "character", "byte", "score", "confidence"]
    assert list(found["removed"]) == ["lines", "characters", "bytes", "text"]
    assert list(found["evidence"][0]) == ["line", "rule", "weight", "match", "why"]
    assert (found["path"], found["encoding"], found["level"]) == ("a.txt", "utf-8", "normal")
    assert (found["lines"], found["characters"], found["guard"], found["error"]) == (12, len(DOCUMENT), None, None)
    assert found["cut"]["line"] == 8
    assert found["removed"]["text"] == f"\n{TAIL}"


def test_what_was_not_found_is_null_in_the_json_object() -> None:
    found = json.loads(json.dumps(clean(ARTICLE).to_dict()))
    assert list(found) == KEYS
    assert [key for key in KEYS if found[key] is None] == ["path", "cut", "removed", "guard", "error"]
    assert found["evidence"] == []
    found = json.loads(json.dumps(clean(b"\0\1").to_dict(error="no")))
    assert list(found["guard"]) == ["id", "why"]
    assert (found["encoding"], found["bytes"], found["error"]) == (None, 2, "no")


# --- levels and options -----------------------------------------------------------------------------


@pytest.mark.parametrize("level", list(Level))
def test_a_level_is_given_by_name_or_as_a_level(level: Level) -> None:
    for result in (clean(DOCUMENT, level=str(level)), clean(DOCUMENT, level=level), Cleaner(level).clean(DOCUMENT)):
        assert result.level is level
        assert result.to_dict()["level"] == str(level)
    assert Cleaner(level).level is level


def test_a_more_thorough_level_cuts_documents_that_a_more_cautious_one_keeps() -> None:
    """The levels differ: on the fixtures, each cuts at least as many as the one before, and the last more than the first."""
    documents = [path.read_bytes() for path in sorted(ROOT.glob("fixtures/*/*.txt"))]
    cut = [sum(result.changed for result in Cleaner(level).clean_many(documents)) for level in Level]
    assert cut == sorted(cut)
    assert cut[0] < cut[-1]


def test_an_unknown_level_is_an_error_that_names_the_known_ones() -> None:
    for make in (Cleaner, lambda level: clean("", level=level)):
        with pytest.raises(CleanerError, match="'brutal': choose cautious, normal or thorough"):
            make("brutal")


def test_a_disabled_rule_does_not_testify() -> None:
    assert "follow" in {one.rule for one in clean(DOCUMENT).evidence}
    result = Cleaner(disable=["follow", "network"]).clean(DOCUMENT)
    assert result.changed
    assert {"follow", "network"}.isdisjoint(one.rule for one in result.evidence)


def test_an_unknown_rule_is_an_error_that_names_the_nearest_one() -> None:
    with pytest.raises(CleanerError, match=r"unknown rule 'folow', did you mean 'follow'\?"):
        Cleaner(disable=["folow"])
    with pytest.raises(CleanerError, match="unknown rule 'zzzz'"):
        Cleaner(disable=["zzzz"])


def test_an_encoding_overrides_what_would_be_found() -> None:
    data = "Привет".encode("cp1251")
    assert Cleaner(encoding="cp1251").clean(data).text == "Привет"
    assert Cleaner(encoding="cp1252").clean(data).text == data.decode("cp1252")
    assert Cleaner(encoding="latin-1").clean("Привет").text == "Привет"


def test_an_unknown_encoding_is_an_error_at_once_and_a_wrong_one_when_it_is_used() -> None:
    with pytest.raises(CleanerError, match="unknown encoding 'utf-9'"):
        Cleaner(encoding="utf-9")
    with pytest.raises(CleanerError, match="not utf-8: 0xe9 at byte 3"):
        Cleaner(encoding="utf-8").clean(b"caf\xe9")


# --- a user's rules ---------------------------------------------------------------------------------


def test_a_line_to_block_starts_the_tail_whatever_it_says(rules: Callable[[str], Path]) -> None:
    block = Cleaner(rules=[rules('block = ["two of the four arches"]')])
    result = block.clean(ARTICLE)
    assert result.text == "".join(sentence + "\n" for sentence in SENTENCES["en"][:-1])
    assert result.cut is not None
    assert result.cut.line == len(SENTENCES["en"])
    assert "block" in {one.rule for one in result.evidence if one.weight > 0}
    assert not block.clean(article("fr")).changed


def test_a_line_to_block_is_found_far_above_the_end(rules: Callable[[str], Path]) -> None:
    head, rest = ARTICLE * 20, ARTICLE * 400
    text = f"{head}Here ends what we want.\n{rest}"
    assert Cleaner(rules=[rules('block = ["^here ends what we want$"]')]).clean(text).text == head


def test_a_line_to_block_inside_a_long_line_is_cut_at_its_sentence(rules: Callable[[str], Path]) -> None:
    text = " ".join(SENTENCES["en"])
    result = Cleaner(rules=[rules('block = ["two of the four arches"]')]).clean(text)
    assert result.text == " ".join(SENTENCES["en"][:-1])


def test_a_line_to_keep_is_never_removed_nor_anything_above_it(rules: Callable[[str], Path]) -> None:
    for level in Level:
        kept = Cleaner(level, rules=[rules('keep = ["subscribe to our newsletter"]')]).clean(DOCUMENT)
        assert kept.text.startswith(DOCUMENT[: DOCUMENT.index("Related")])
    whole = Cleaner(rules=[rules('keep = ["all rights reserved"]')]).clean(DOCUMENT)
    assert whole.text == DOCUMENT
    assert whole.guard is not None
    assert whole.guard.id == "keep"
    assert "line 12" in whole.guard.why
    # Lines count from the start of the document, of which only the end is read.
    above = f"{SENTENCES['en'][0]}\n" * 2000
    far = Cleaner(rules=[rules('keep = ["all rights reserved"]')]).clean(above + DOCUMENT)
    assert far.guard is not None
    assert "line 2012" in far.guard.why


def test_a_line_to_keep_stays_whole_where_the_cut_would_fall_inside_it(rules: Callable[[str], Path]) -> None:
    line = f"{SENTENCES['en'][0]} Follow us on Facebook and Instagram. Subscribe to our newsletter. Mind the colophon."
    text = f"{ARTICLE}{line}\n"
    assert clean(text, level="thorough").text.endswith(SENTENCES["en"][0])
    assert Cleaner("thorough", rules=[rules('keep = ["colophon"]')]).clean(text).text == text


def test_a_line_to_keep_inside_the_article_changes_nothing(rules: Callable[[str], Path]) -> None:
    assert Cleaner(rules=[rules('keep = ["a tunnel"]')]).clean(DOCUMENT).text == ARTICLE


def test_keep_beats_block(rules: Callable[[str], Path]) -> None:
    both = 'keep = ["two of the four arches"]\nblock = ["residents of the old town"]'
    result = Cleaner(rules=[rules(both)]).clean(ARTICLE)
    assert result.text == ARTICLE
    assert result.guard is not None
    assert result.guard.id == "keep"
    same = 'keep = ["share this article"]\nblock = ["share this article"]'
    assert "Share this article" in Cleaner(rules=[rules(same)]).clean(DOCUMENT).text


def test_a_line_to_block_below_a_line_to_keep_still_starts_the_tail(rules: Callable[[str], Path]) -> None:
    both = 'keep = ["the mayor said"]\nblock = ["a tunnel", "the mayor said"]'
    result = Cleaner(rules=[rules(both)]).clean(ARTICLE)
    assert result.text == "".join(sentence + "\n" for sentence in SENTENCES["en"][:2])


def test_a_file_can_disable_rules(rules: Callable[[str], Path]) -> None:
    result = Cleaner(rules=[rules('disable = ["follow"]')]).clean(DOCUMENT)
    assert "follow" not in {one.rule for one in result.evidence}
    with pytest.raises(CleanerError, match="did you mean 'follow'"):
        Cleaner(rules=[rules('disable = ["folow"]')])


def test_several_files_add_up(rules: Callable[[str], Path]) -> None:
    files = [
        rules('block = ["residents of the old town"]'),
        rules('keep = ["the mayor said"]'),
        rules('disable = ["follow"]'),
    ]
    result = Cleaner(rules=files).clean(DOCUMENT)
    assert result.text == "".join(sentence + "\n" for sentence in SENTENCES["en"][:2])
    assert "follow" not in {one.rule for one in result.evidence}


def test_a_file_can_be_named_by_a_string_or_a_path(rules: Callable[[str], Path]) -> None:
    path = rules('keep = ["all rights reserved"]')
    assert Cleaner(rules=[path]).clean(DOCUMENT) == Cleaner(rules=[str(path)]).clean(DOCUMENT)


def test_a_document_of_which_nothing_would_be_left_is_kept_whole_and_says_so(rules: Callable[[str], Path]) -> None:
    result = Cleaner(rules=[rules('block = ["the city council"]')]).clean(ARTICLE)
    assert result.text == ARTICLE
    assert result.guard is not None
    assert result.guard.id == "nothing-left"


# --- many documents, other processes ----------------------------------------------------------------


def test_many_documents_are_cleaned_in_order_and_one_at_a_time() -> None:
    taken = []

    def documents() -> Iterator[str | bytes]:
        inputs: tuple[str | bytes, ...] = (DOCUMENT, ARTICLE.encode(), b"\0", "")
        for number, document in enumerate(inputs):
            taken.append(number)
            yield document

    results = Cleaner().clean_many(documents())
    assert taken == []
    assert next(results).text == ARTICLE
    assert taken == [0]
    assert [result.kept_bytes for result in results] == [ARTICLE.encode(), b"\0", b""]


def test_a_pickled_cleaner_takes_its_rules_along(rules: Callable[[str], Path]) -> None:
    path = rules('block = ["two of the four arches"]\ndisable = ["network"]')
    cleaner = Cleaner("cautious", rules=[path], disable=["follow"], encoding="utf-8")
    expected = cleaner.clean(DOCUMENT.encode())
    data = pickle.dumps(cleaner)
    path.unlink()  # another machine does not have it
    copy = pickle.loads(data)
    assert copy.clean(DOCUMENT.encode()) == expected
    assert copy.level is Level.CAUTIOUS
    with pytest.raises(CleanerError):
        copy.clean(b"caf\xe9")


def test_a_result_can_be_pickled() -> None:
    result = clean(DOCUMENT)
    assert pickle.loads(pickle.dumps(result)) == result


# --- the text that the program was conceived for ----------------------------------------------------

needs_seed = pytest.mark.skipif(not SEED.exists(), reason="the seed text is not beside this checkout")
SEED_FORMS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "iso-8859-15": b"",
    "cp1252": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}


@needs_seed
@pytest.mark.parametrize("final", [False, True], ids=["without final line end", "with final line end"])
@pytest.mark.parametrize("terminator", TERMINATORS, ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("codec", SEED_FORMS)
def test_the_seed_keeps_lines_1_to_23_in_every_form(codec: str, terminator: str, final: bool) -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    assert len(lines) == 30
    text = terminator.join(lines) + terminator * final
    article_ = "".join(line + terminator for line in lines[:23])
    data, expected = (SEED_FORMS[codec] + one.encode(codec, "replace") for one in (text, article_))
    result = clean(data)
    assert result.kept_bytes == expected
    assert result.cut is not None
    assert result.cut.line == 24
    assert result.removed is not None
    assert result.removed.lines == 7


@needs_seed
@pytest.mark.parametrize("level", list(Level))
def test_the_seed_loses_nothing_of_its_article_at_any_level_and_nothing_the_second_time(level: Level) -> None:
    result = clean(SEED.read_bytes(), level=level)
    assert result.cut is None or result.cut.line >= 24
    assert not clean(result.kept_bytes, level=level).changed


@needs_seed
@pytest.mark.parametrize("args", [[str(SEED)], [], ["-"]], ids=["path", "pipe", "dash"])
def test_the_seed_goes_through_the_command_line(args: list[str]) -> None:
    data = SEED.read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args], cwd=ROOT, input=data, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stdout == b"".join(data.splitlines(keepends=True)[:23])
    said = done.stderr.decode()
    assert said.count("\n") == 1
    assert re.search(r": 7 of 30 lines removed \(2,\d{3} of 7,\d{3} characters, \d\d\.\d %\), utf-8: .*site-list", said)


# --- long documents ---------------------------------------------------------------------------------

PARAGRAPHS = "".join(
    f"{number}. On day {number} of the works, the engineers measured {number * 7 % 113} centimetres of water in the river, "
    "which the council noted with relief and the residents of the old town without surprise.\n"
    for number in range(100, 450)
)
"""Some 60 kB of article."""


def test_a_cut_at_the_end_of_2_megabytes_is_the_cut_of_the_same_end_of_a_short_document() -> None:
    short = clean(PARAGRAPHS + DOCUMENT)
    text = PARAGRAPHS * 32 + DOCUMENT
    assert len(text) > 2_000_000
    long = clean(text)
    assert short.removed is not None
    assert short.removed == long.removed
    assert long.text == PARAGRAPHS * 32 + ARTICLE
    assert long.cut is not None
    assert long.cut.line == 32 * 350 + 8
    assert [one.match for one in long.evidence] == [one.match for one in short.evidence]
    assert [text[one.start : one.end] for one in long.evidence] == [one.match for one in long.evidence]
    assert long.evidence[-1].line == long.lines


def test_a_tail_that_is_longer_than_a_window_goes_all_the_same() -> None:
    comments = "".join(
        f"{name}{number} says:\nFollow us on Facebook\nReply\n" for number in range(1500) for name in ("anna", "ben")
    )
    assert len(comments) > 90_000
    text = f"{PARAGRAPHS}{ARTICLE}\n{TAIL}\n3 comments\n{comments}"
    assert clean(text).text == PARAGRAPHS + ARTICLE


def test_a_long_article_costs_hardly_more_than_a_short_one() -> None:
    """Only its end is looked at. The reading alone of 32 times the text would cost 32 times as much."""
    short, long = (PARAGRAPHS * times + DOCUMENT for times in (1, 32))
    limit = 6 * max(seconds(short), 0.01)
    assert seconds(long, limit) < limit


# --- hostile documents ------------------------------------------------------------------------------


def seconds(text: str, limit: float = 0.0) -> float:
    """Processor time; of two runs the better, where the first is over the limit: other work shall not count."""
    found: list[float] = []
    while len(found) < 2 and (not found or found[0] > limit):
        start = time.process_time()
        clean(text)
        found.append(time.process_time() - start)
    return min(found)


HOSTILE: dict[str, tuple[str, str, str, int]] = {
    "words": ("", "a ", "", 200_000),
    "brackets": ("", "(", "", 200_000),
    "list markers": ("", "1) ", "", 200_000),
    "address beginnings": ("", "https://", "", 200_000),
    "ellipses": ("", "….", "", 200_000),
    "sentence ends": ("", "Go. ", "", 200_000),
    "digits before a letter": ("", "1", "x", 200_000),
    "letters": ("", "é", "", 200_000),
    "Chinese": ("", "中", "", 100_000),
    "underscores": ("", "_", "", 200_000),
    "accents on one letter": ("a", "\u0301\u0316", "", 3_000),
    "mail addresses": ("", "a@b.", "", 200_000),
    "spaces": ("", " ", "", 200_000),
    "a mark, then spaces": ("It rained.", " ", "1", 200_000),
    "carriage returns": ("", "\r", "", 100_000),
    "empty lines": ("", "\n", "", 30_000),
    "lines of a tail": ("", "Follow us\n", "", 10_000),
    "lines of a tail below an article": (ARTICLE, "Follow us\n", "", 20_000),
    "items of a list": (ARTICLE, "1) https://example.org/\n", "", 20_000),
    "phrases in one line": (ARTICLE, "Follow us on Facebook. ", "", 6_000),
}
"""What stands before, what is repeated, what stands behind, and up to how many characters; then ten times as many."""


@pytest.mark.parametrize("kind", HOSTILE)
def test_ten_times_the_text_costs_about_ten_times_as_much(kind: str) -> None:
    before, unit, behind, size = HOSTILE[kind]
    small, large = (before + unit * (times * size // len(unit)) + behind for times in (1, 10))
    # Twice the factor of a linear cost leaves room for caches and collections; a quadratic cost has 100.
    limit = 20 * max(seconds(small), 0.01)
    assert seconds(large, limit) < limit


def test_line_ends_are_replaced_as_the_tests_above_suppose() -> None:
    assert with_line_ends("a\r\nb\rc\n\n", "\r") == "a\rb\rc\r\r"
