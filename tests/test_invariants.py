"""What holds for every input (design, section 3), as properties.

Text, bytes in many encodings, arbitrary bytes, and every kind of line end. The documents are built by `sample_texts`;
the first test makes sure that enough of them are cut for the others to say something.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sample_texts import (
    PLAIN_TAIL,
    SENTENCES,
    TAIL_LINES,
    TERMINATORS,
    article,
    documents,
    line_feeds,
    with_line_ends,
)

from cleaner import Cleaner, Level, Result, clean
from cleaner.decode import ERRORS, decode
from cleaner.lines import count_lines, split_lines
from cleaner.model import Decoded
from cleaner.rules import load_rules
from cleaner.testimony import USER_RULES
from cleaner.weights import RULES

ROOT = Path(__file__).parent.parent
# The most thorough level is cut most often, and every property holds at every level.
LEVELS = st.sampled_from((Level.THOROUGH, Level.NORMAL, Level.CAUTIOUS))

ENCODINGS = {
    "utf-8": (b"", tuple(SENTENCES)),
    "utf-8-sig": (b"", tuple(SENTENCES)),
    "utf-16-le": (b"\xff\xfe", tuple(SENTENCES)),
    "utf-16-be": (b"\xfe\xff", tuple(SENTENCES)),
    "utf-32-le": (b"\xff\xfe\0\0", tuple(SENTENCES)),
    "utf-32-be": (b"\0\0\xfe\xff", tuple(SENTENCES)),
    "cp1252": (b"", ("en", "fr", "de", "es")),
    "iso-8859-15": (b"", ("en", "fr", "de", "es")),
    "cp1251": (b"", ("ru", "en")),
    "shift_jis": (b"", ("ja",)),
    "gb18030": (b"", ("zh", "en")),
    "iso2022_jp": (b"", ("ja",)),
}
"""Codec: the mark in front, and the languages that are written in it."""


WRAPPED = """\
The city council approved the new bridge over the river on Monday
evening after a debate of almost five hours. The city council
approved the new bridge over the river on Monday evening after a
debate of almost five hours. The city council approved the new
bridge over the river on Monday evening after a debate of almost
five hours. The city council approved the new bridge over the
river on Monday evening after a debate of almost five hours.
Share this article
"""
"""The tail starts at the start of a line, but inside a hard-wrapped paragraph."""

# Here the level normal, by itself, finds more to cut in what its first cut leaves than thorough in what its own leaves.
LATER_LOOKS = (
    "市議会は月曜日の夜、五時間近くにわたる討論の末、川に新しい橋を架ける計画を承認した。\n"
    "市議会は月曜日の夜、五時間近くにわたる討論の末、川に新しい橋を架ける計画を承認した。"
    "市議会は月曜日の夜、五時間近くにわたる討論の末、川に新しい橋を架ける計画を承認した。\n"
    "市議会は月曜日の夜、五時間近くにわたる討論の末、川に新しい橋を架ける計画を承認した。\n"
    "Share this article\n\nCopyright © 2024 Example News. All rights reserved.\n\n"
    "1) Our other site: https://example.org/\n\nTags: bridges, traffic, council\n\n"
    "Follow us on Facebook, Twitter and Instagram\n\nSubscribe to our newsletter\n\n"
    "Join our Telegram channel: https://t.me/example\n\nSupport our work: donate via PayPal\n"
)
BANNER = f"{PLAIN_TAIL[1]}\n{PLAIN_TAIL[0]}\n{SENTENCES['en'][0]}\n0\n{PLAIN_TAIL[0]}\n"
"""The same lines above the article and below it."""

SURROGATES = "\ud800\udc80" + article("en") + "\n" + "\n".join(PLAIN_TAIL)
"""Half characters, as broken JSON and file names bring them; they have no UTF-8 form."""


@cache
def cleaner_of(level: Level) -> Cleaner:
    """One cleaner a level for the whole run, so that every example also comes after many others."""
    return Cleaner(level)


def as_bytes(text: str, codec: str) -> bytes:
    """The text in an encoding; what that encoding lacks becomes a question mark."""
    return ENCODINGS[codec][0] + text.encode(codec, "replace")


def check_text(result: Result) -> None:
    """What holds for the text of every result."""
    original, text = result.original, result.text
    assert original.startswith(text)
    assert result.lines == count_lines(original)
    assert (result.cut is None) == (result.removed is None)
    if original.strip():
        assert text.strip(), "the document was emptied"
    if result.cut is None or result.removed is None:
        assert text == original
        return
    assert result.guard is None
    assert text + result.removed.text == original
    assert (result.cut.character, result.removed.characters) == (len(text), len(original) - len(text))
    assert result.removed.text.strip(), "only white space was removed"
    check_place(result)
    check_white_space(text, result.removed.text)
    speaking = [one for one in result.evidence if one.weight > 0]
    assert speaking, "a cut without positive evidence"
    assert result.cut.line >= min(one.line for one in speaking)
    # Where the tail starts, something speaks for that: nothing goes only because of what stands further down.
    assert any(one.line == result.cut.line for one in speaking)
    for one in result.evidence:
        assert original[one.start : one.end] == one.match


def check_place(result: Result) -> None:
    """The cut's line is the one in which the tail starts, and the count of lines agrees with it."""
    assert result.cut is not None
    assert result.removed is not None
    tail = len(result.original) - len(result.removed.text.lstrip())
    lines = split_lines(result.original)
    assert result.cut.line == max(number for number, line in enumerate(lines, 1) if line.start <= tail)
    assert result.removed.lines == sum(line.end + len(line.terminator) > len(result.text) for line in lines)


def check_white_space(kept: str, gone: str) -> None:
    """White space goes with the tail, except the terminator of the last kept line."""
    blank = gone[: len(gone) - len(gone.lstrip())]
    last = kept[len(kept.rstrip()) :]
    if re.search(r"[\r\n]", last + blank):
        # In front of its terminator the last kept line keeps what it had.
        assert re.fullmatch(r"[^\S\r\n]*(?:\r\n|\r|\n)", last)
        assert not (last.endswith("\r") and blank.startswith("\n")), "\\r\\n was torn apart"
    else:
        assert last == "", "a cut inside a line leaves no white space behind"


def check_bytes(data: bytes, result: Result) -> None:
    """What holds for the bytes of every result."""
    assert result.bytes == len(data)
    assert data.startswith(result.kept_bytes)
    assert bool(result.kept_bytes.strip()) == bool(data.strip())
    if result.encoding is None:
        assert (result.kept_bytes, result.cut) == (data, None)
        assert result.guard is not None
        return
    if result.cut is None or result.removed is None:
        assert result.kept_bytes == data
    else:
        assert result.cut.byte == len(result.kept_bytes)
        assert result.cut.byte + result.removed.bytes == len(data)
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert result.kept_bytes[decoded.bom :].decode(result.codec, ERRORS) == result.text
    check_text(result)


def test_a_good_share_of_the_documents_made_here_is_cut_and_a_good_share_is_not() -> None:
    """Otherwise the properties below would hold of nothing."""
    seen = []

    @given(documents())
    @settings(max_examples=150, database=None, derandomize=True, deadline=None)
    def look(text: str) -> None:
        seen.append(clean(text))

    look()
    cut = sum(result.changed for result in seen)
    inside = sum(result.changed and not result.text.endswith(("\n", "\r")) for result in seen)
    assert len(seen) // 4 <= cut <= len(seen) * 9 // 10, f"{cut} of {len(seen)} were cut"
    assert inside > 0, "no cut inside a line"


@given(documents(), LEVELS)
@example(WRAPPED, Level.THOROUGH)
@example(BANNER, Level.NORMAL)
@example(SURROGATES, Level.NORMAL)
@settings(deadline=None)
def test_kept_and_removed_text_make_the_input_and_something_speaks_for_the_cut(text: str, level: Level) -> None:
    check_text(cleaner_of(level).clean(text))


@given(
    st.text(alphabet=st.sampled_from(" \t\n\r\x0b\x0c\x1c\x85\u200b\u2028\ufeff.,:1)[](•aÀШ中ｱ😀\ud800\udc80"), max_size=60),
    LEVELS,
)
@example("\ufeff\x85\ufeff", Level.NORMAL)
@settings(deadline=None)
def test_the_same_holds_for_text_that_nobody_would_write(text: str, level: Level) -> None:
    check_text(cleaner_of(level).clean(text))


@pytest.mark.parametrize("codec", ENCODINGS)
def test_kept_and_removed_bytes_make_the_input_in_every_encoding(codec: str) -> None:
    @given(documents(ENCODINGS[codec][1]), LEVELS)
    @settings(max_examples=50, deadline=None)
    def holds(text: str, level: Level) -> None:
        data = as_bytes(text, codec)
        check_bytes(data, cleaner_of(level).clean(data))

    holds()


@pytest.mark.parametrize("codec", ENCODINGS)
def test_a_plain_tail_is_cut_at_the_same_place_in_every_encoding(codec: str) -> None:
    for language in ENCODINGS[codec][1]:
        text = article(language) + "\n" + "\n".join(PLAIN_TAIL)
        assert clean(as_bytes(text, codec)).kept_bytes == as_bytes(article(language), codec), language


@given(st.binary(max_size=300), LEVELS)
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_come_back_as_a_prefix(data: bytes, level: Level) -> None:
    check_bytes(data, cleaner_of(level).clean(data))


@given(
    documents(),
    st.sampled_from(tuple(ENCODINGS)),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=3)), max_size=4),
)
@settings(deadline=None)
def test_documents_with_broken_bytes_come_back_as_a_prefix(text: str, codec: str, faults: list[tuple[int, bytes]]) -> None:
    data = as_bytes(text, codec)
    for place, fault in faults:
        place %= len(data) + 1
        data = data[:place] + fault + data[place + len(fault) :]
    check_bytes(data, clean(data))


@given(documents())
@example(WRAPPED)
@settings(deadline=None)
def test_text_and_its_utf8_are_cut_at_the_same_place(text: str) -> None:
    # A leading U+FEFF is a character of a str and a mark in bytes.
    assume(not text.startswith("\ufeff"))
    of_text, of_bytes = clean(text), clean(text.encode())
    assume(of_bytes.encoding == "utf-8" and of_bytes.original == text)  # control characters make binary data
    assert of_text.to_dict() == of_bytes.to_dict()
    assert of_text.kept_bytes == of_bytes.kept_bytes == of_text.text.encode()


@pytest.mark.parametrize("half", ["\ud800", "\udc80", "\udcff\ud800"])  # noqa: PT014
def test_text_with_half_characters_gives_bytes_of_its_own_kept_text(half: str) -> None:
    result = clean(half + SURROGATES)
    assert result.text == half + "\ud800\udc80" + article("en")
    assert result.kept_bytes == result.text.encode("utf-8", "surrogatepass")


@given(line_feeds(), st.booleans(), LEVELS)
@settings(deadline=None)
def test_line_feeds_carriage_returns_and_both_are_cut_at_the_same_line(text: str, final: bool, level: Level) -> None:
    text = with_line_ends(text, "\n").rstrip("\n") + "\n" * final
    feeds = cleaner_of(level).clean(text)
    for terminator in TERMINATORS:
        other = cleaner_of(level).clean(with_line_ends(text, terminator))
        assert other.text == with_line_ends(feeds.text, terminator)
        assert (other.cut and other.cut.line) == (feeds.cut and feeds.cut.line)


@given(documents())
@example(BANNER)
@example(LATER_LOOKS)
@settings(deadline=None)
def test_each_level_keeps_at_least_what_a_more_thorough_one_keeps(text: str) -> None:
    thorough, normal, cautious = (len(cleaner_of(level).clean(text).text) for level in reversed(Level))
    assert thorough <= normal <= cautious


@given(documents(), LEVELS)
@settings(deadline=None)
def test_cleaning_again_removes_nothing_more(text: str, level: Level) -> None:
    cleaner = cleaner_of(level)
    kept = cleaner.clean(text).text
    assert cleaner.clean(kept).text == kept


@given(documents(), LEVELS)
@settings(deadline=None)
def test_a_document_of_nothing_but_tail_lines_is_never_emptied(text: str, level: Level) -> None:
    tail = "\n".join(line for lines in TAIL_LINES.values() for line in lines if line in text) or "\n".join(PLAIN_TAIL)
    result = cleaner_of(level).clean(tail)
    check_text(result)
    assert result.text.strip()


@given(documents(), documents(), LEVELS)
@settings(deadline=None)
def test_the_same_input_gives_the_same_output_whatever_ran_before(text: str, other: str, level: Level) -> None:
    first = Cleaner(level).clean(text)
    used = Cleaner(level)
    used.clean(other)
    assert used.clean(text) == first
    assert cleaner_of(level).clean(text) == first
    copy = pickle.loads(pickle.dumps(used))
    assert copy.clean(text) == first


def test_no_document_is_cut_where_no_rule_may_speak_for_boilerplate() -> None:
    speaking = {key.partition("/")[0] for key, weight in RULES.items() if weight > 0} | set(USER_RULES)
    silenced = Cleaner(Level.THOROUGH, disable=speaking & set(load_rules()))
    cut = []

    @given(documents())
    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    def never(text: str) -> None:
        cut.append(cleaner_of(Level.THOROUGH).clean(text).changed)
        assert not silenced.clean(text).changed

    never()
    assert any(cut)


def _samples() -> list[bytes]:
    """Documents of every language in UTF-8, and the fixtures: what threads and processes must agree about."""
    made = [article(language) + "\n" + "\n".join(lines) for language, lines in TAIL_LINES.items()]
    return [
        *(text.encode() for text in made),
        *(path.read_bytes() for path in sorted(ROOT.glob("fixtures/articles/*.txt"))),
    ]


def test_threads_that_share_a_cleaner_get_what_one_thread_gets(tmp_path: Path) -> None:
    # A cleaner with rules of its own has an index of its own, which nothing has looked anything up in yet.
    rules = tmp_path / "rules.toml"
    rules.write_text('keep = ["a phrase that stands in none of these documents"]\n')
    documents_ = _samples() * 2
    alone = [clean(data) for data in documents_]
    for _ in range(3):
        shared = Cleaner(rules=[rules])
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(shared.clean, documents_)) == alone


_IN_A_PROCESS = """
import json, pickle, sys
cleaner, documents = pickle.load(sys.stdin.buffer)
print(json.dumps([cleaner.clean(one).to_dict() for one in documents]))
"""


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_another_process_gives_the_same_result_to_the_last_word_of_evidence(seed: str) -> None:
    """Sets of strings have another order in every process; nothing that is told may depend on it."""
    documents_ = _samples()
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_PROCESS],
        input=pickle.dumps((Cleaner(), documents_)),
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    expected = json.loads(json.dumps([clean(one).to_dict() for one in documents_]))
    for one, other in zip(json.loads(done.stdout), expected, strict=True):
        assert one == other
