"""What `decode` reads, what it leaves alone, and that a place in the text is a place in the bytes."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from encoding_samples import LEGACY, TEXTS, UNICODE, held_by
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.charset import FAMILIES
from cleaner.decode import ERRORS, byte_offset, decode
from cleaner.model import CleanerError, Decoded, Guard

AMBIGUOUS = {
    ("estonian", "iso8859-15"): "the only signs that tell are three ž and š, and Baltic pages read them as ø: chardet "
    "knows Estonian in Baltic pages alone",
}
"""Samples that are read wrongly, and why nothing better is to be had."""


def _pairs() -> list[object]:
    pairs = [(language, encoding) for language, encodings in LEGACY.items() for encoding in encodings]
    return [
        pytest.param(*pair, marks=pytest.mark.xfail(reason=AMBIGUOUS[pair], strict=True)) if pair in AMBIGUOUS else pair
        for pair in pairs
        if held_by(TEXTS[pair[0]], pair[1]) is not None
    ]


def _text(data: bytes, encoding: str | None = None) -> str:
    found = decode(data, encoding)
    assert isinstance(found, Decoded), found
    return found.text


def _offsets_hold(data: bytes, characters: list[int]) -> None:
    """For each place: the bytes in front decode to the characters in front, and places come in order."""
    found = decode(data)
    assert isinstance(found, Decoded)
    assert byte_offset(found, data, len(found.text)) == len(data)
    places = [(character, byte_offset(found, data, character)) for character in sorted(characters)]
    for character, place in places:
        kept = data[found.bom : place].decode(found.codec, ERRORS)
        assert kept == found.text[:character]
    assert all(one[1] <= other[1] for one, other in pairwise(places))


@pytest.mark.parametrize(("language", "encoding"), _pairs())
def test_a_news_text_is_read_as_it_was_written(language: str, encoding: str) -> None:
    text = held_by(TEXTS[language], encoding)
    assert text is not None
    assert _text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("language", TEXTS)
def test_every_language_is_read_in_every_form_of_unicode(language: str, encoding: str) -> None:
    assert _text(TEXTS[language].encode(encoding)) == TEXTS[language]


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", "utf-8", ""),
        (b"plain", "utf-8", "plain"),
        (b"caf\xe9", "cp1252", "café"),
        (b"\x93Yes,\x94 she said. It\x92s \xa35.", "cp1252", "“Yes,” she said. It’s £5."),
        (b"M\xfcller", "cp1252", "Müller"),
        (b"\x1b[31mred\x1b[0m ~{not HZ~}", "utf-8", "\x1b[31mred\x1b[0m ~{not HZ~}"),
        (b"C++, a+bcd-e, +49-30-1234, 1+1-2", "utf-8", "C++, a+bcd-e, +49-30-1234, 1+1-2"),
        (b"find +foo +bar +bacon +eggs", "utf-8", "find +foo +bar +bacon +eggs"),
        (b"caf+AOk-", "utf-7", "café"),
        (b"a\r\nb\rc\n\x85d\xe9", "cp1252", "a\r\nb\rc\n…dé"),
    ],
)
def test_short_inputs_get_what_a_reader_would_guess(data: bytes, encoding: str, text: str) -> None:
    found = decode(data)
    assert isinstance(found, Decoded)
    assert (found.encoding, found.text) == (encoding, text)


@pytest.mark.parametrize(
    ("mark", "name", "codec"),
    [
        ("\ufeff".encode(), "utf-8-sig", "utf-8"),
        (b"\xff\xfe", "utf-16", "utf-16-le"),
        (b"\xfe\xff", "utf-16", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32", "utf-32-be"),
    ],
)
def test_a_mark_names_the_encoding_and_is_no_part_of_the_text(mark: bytes, name: str, codec: str) -> None:
    found = decode(mark + "né\r\n".encode(codec))
    assert isinstance(found, Decoded)
    assert (found.text, found.encoding, found.codec, found.bom) == ("né\r\n", name, codec, len(mark))
    assert byte_offset(found, mark + "né\r\n".encode(codec), 0) == len(mark)


def test_utf8_with_a_broken_byte_stays_utf8_and_keeps_the_byte() -> None:
    data = TEXTS["french"].encode() + b"\xe9" + TEXTS["french"].encode()
    found = decode(data)
    assert isinstance(found, Decoded)
    assert found.encoding == "utf-8"
    assert found.text.encode(found.codec, ERRORS) == data
    assert "1 broken byte kept as found" in found.why
    _offsets_hold(data, [0, 10, len(TEXTS["french"]), len(TEXTS["french"]) + 1, len(TEXTS["french"]) + 2])


def test_utf8_that_is_cut_inside_its_last_character_stays_utf8() -> None:
    assert _text("déjà vu — é".encode()[:-1]) == "déjà vu — \udcc3"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"PK\x03\x04abc", b"\x89PNG\r\n\x1a\n", b"a\0b text", bytes(range(256)), b"\x01\x02\x03\x04" * 9],
)
def test_binary_data_is_left_alone_and_the_guard_says_why(data: bytes) -> None:
    found = decode(data)
    assert isinstance(found, Guard)
    assert found.id == "binary"
    assert found.why


def test_bytes_that_look_like_text_in_no_encoding_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["cleaner.charset"], "MOST_ODD", -1.0)
    found = decode(TEXTS["russian"].encode("cp1251"))
    assert isinstance(found, Guard)
    assert found.id == "undecodable"


@pytest.mark.parametrize("name", ["utf9", "rot13", "base64", "hex", "zip", "idna", "unicode_escape", "undefined", "", "a\0b"])
def test_a_name_that_is_no_text_encoding_is_an_error_that_repeats_it(name: str) -> None:
    with pytest.raises(CleanerError) as caught:
        decode(b"abc", name)
    assert repr(name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_brings_near_ones_to_mind() -> None:
    with pytest.raises(CleanerError, match=r"did you mean .*cp125"):
        decode(b"abc", "cp1259")


def test_bytes_that_are_not_in_the_named_encoding_are_an_error_with_a_place_and_advice() -> None:
    with pytest.raises(CleanerError, match=r"not utf-8: 0xe9 at byte 3 .* without --encoding"):
        decode(b"caf\xe9", "utf-8")


def test_a_named_encoding_overrides_what_would_be_found() -> None:
    assert _text(b"\xe9", "cp1251") == "й"
    assert _text(b"\xff\xfea\0", "utf-16") == "a"
    assert _text(b"\0a\0b", "utf-16") == "ab"
    assert _text(b"\xef\xbb\xbfa", "utf8") == "a"
    assert isinstance(decode(b"a\0b", "latin-1"), Guard)


@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr", "hz", "gb18030", "big5hkscs", "cp932", "utf-7"])
def test_a_line_start_in_the_text_is_a_line_start_in_the_bytes(encoding: str) -> None:
    language = {"iso2022_kr": "korean", "gb18030": "chinese-simplified", "hz": "chinese-simplified"}
    language |= {"big5hkscs": "chinese-traditional"}
    text = held_by(TEXTS[language.get(encoding, "japanese")], encoding)
    assert text is not None
    text = text.replace("。", "。\r\n").replace("다. ", "다.\n") + "\r\n" + text
    starts = [place + 1 for place, sign in enumerate(text) if sign == "\n"]
    _offsets_hold(text.encode(encoding), starts)


@pytest.mark.parametrize(
    "data",
    [b"\x87\x90\xed\x40\xfa\x5c\x81\xca" * 8, b"\x1b$B4A\x1b(B\x1b$B;z\x1b(J.\x1b(B\n\x1b$B4A\x1b(B"],
)
def test_places_are_right_where_the_text_does_not_encode_to_the_same_bytes(data: bytes) -> None:
    for name in ("cp932", "iso2022_jp"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        found = Decoded(text, name, name, 0, "")
        for character in range(len(text)):
            assert data[: byte_offset(found, data, character)].decode(name) == text[:character]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_left_alone_and_never_raise(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Decoded):
        assert data[found.bom :].decode(found.codec, ERRORS) == found.text
        places = [byte_offset(found, data, character) for character in range(len(found.text) + 1)]
        assert places == sorted(places)
        assert places[-1] == len(data)
    else:
        assert found.id in {"binary", "undecodable"}


ENDS = st.lists(st.sampled_from(["\r\n", "\r", "\n"]), min_size=4, max_size=4)
PLACES = st.lists(st.integers(0, 2000), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [
            (language, encoding)
            for language, encodings in LEGACY.items()
            for encoding in encodings
            if held_by(TEXTS[language], encoding) and (language, encoding) not in AMBIGUOUS
        ]
    ),
    ENDS,
    PLACES,
)
def test_line_ends_and_places_survive_every_encoding(pair: tuple[str, str], ends: list[str], places: list[int]) -> None:
    text = held_by(TEXTS[pair[0]], pair[1])
    assert text is not None
    quarter = len(text) // 4
    text = "".join(text[part * quarter : (part + 1) * quarter] + end for part, end in enumerate(ends))
    data = text.encode(pair[1])
    assert _text(data) == text
    _offsets_hold(data, [place % len(text) for place in places])


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=80), st.sampled_from(UNICODE[1:4]))
def test_any_text_behind_a_mark_or_in_utf8_is_read_back(text: str, encoding: str) -> None:
    if not text.isascii() and not text.startswith("\ufeff"):
        assert _text(text.encode()) == text
    if encoding != "utf-16-le":
        assert _text(text.encode(encoding)) == text


def test_what_decides_may_come_late_in_a_large_file() -> None:
    data = b"nothing but plain words here\n" * 40_000 + "Она сказала, что придёт завтра.\n".encode("koi8-r")
    assert _text(data).endswith("Она сказала, что придёт завтра.\n")


@pytest.mark.parametrize("unit", [b"\x80", b"\x1b", b"~{", b"+AAA", b"\xe9 ", b"\x81\x30"])
def test_hostile_input_costs_no_more_than_its_length(unit: bytes) -> None:
    start = time.perf_counter()
    decode(unit * (2_000_000 // len(unit)))
    assert time.perf_counter() - start < 5


def test_chardet_is_not_loaded_where_utf8_or_a_mark_decides() -> None:
    code = (
        "import sys; from cleaner.decode import decode; decode('é'.encode()); decode('é'.encode('utf-16'));"
        "assert 'chardet' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_candidate_is_one_that_chardet_and_python_know() -> None:
    from chardet.registry import normalize_encodings

    assert normalize_encodings(FAMILIES, "include_encodings") == frozenset(FAMILIES)
    for codecs in FAMILIES.values():
        for codec in codecs:
            "a".encode(codec)
