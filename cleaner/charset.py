"""Bytes that are no plain UTF-8: which encoding they are in.

Escape sequences and byte orders can be told by themselves; what is left goes to chardet, whose order is then corrected
by how each reading looks as text, since its confidence is no probability (a correct French text in Windows-1252 may
score 0.15 and still be the best). An encoding that was named is read here as well.

Apart from `cleaner.decode`, which imports it when it is needed: its patterns take longer to compile than most documents
take to clean, and most documents are UTF-8. Deliberately not here: a guess where no reading looks like text.
"""

from __future__ import annotations

import codecs
import itertools
import math
import re
from collections.abc import Iterator
from encodings.aliases import aliases

from cleaner.decode import MARKS, strictly
from cleaner.model import CleanerError, Decoded, Guard

SAMPLE = 16_384
"""How many bytes are looked at to tell legacy encodings apart. chardet scores no more either, and its authors measured
that more wins none of 835 files; our places are picked from all over the file, and leave most ASCII out."""

WIDE_ODD = 0.05
"""Share of unusual characters up to which bytes are UTF-16 or UTF-32 text: random pairs of bytes have 0.4 and more."""

WIDE_PLAIN = 0.01
"""Share of spaces, ASCII letters, kana and punctuation that UTF-16 text has at least: Chinese prose has 0.1, Thai
0.02."""

REACH = 60
"""Bytes of context on either side of a place that is not ASCII: 30, 60 and 120 measure the same on the own samples."""

REGIONS = 8
"""Parts of a large file that are sampled alike: what decides (one £, one œ) may come late."""

LOOSE = 2 * REGIONS
"""Broken characters allowed in a sample: one at each end of a region, where a text without any space was cut."""

MOST_READINGS = 12
"""Candidates whose text is looked at: enough for every code page of one alphabet, and a bound on the time."""

ODDITY_WEIGHT = 0.2
"""What an oddity of 1 costs, in chardet's confidence. From 0.1 to 0.4 the own samples measure alike; without it (and
without rarity) single words fall from 88.5 to 86.1 % and three words from 94.3 to 90.0 %."""

MOST_ODD = 0.5
"""Oddity above which a reading is no text, however much chardet likes it. chardet's files have 0.35 at most (box
drawing in Johab), then 0.14; random bytes, where they have no control bytes, are found out in 24 cases of 60."""

ODD_ENOUGH = 32
"""Bytes that are not ASCII from which oddity may reject every reading; a few odd places are a typist's."""

RARITY, RARITY_FADES = 0.02, 1.5
"""What a tier of rarity costs where one byte is not ASCII, and in how many more bytes that falls to a third: `caf\\xe9`
says nothing between a dozen encodings, and is Windows-1252. With it three words in Windows-1252 rise from 78 to 93 %,
at the price of DOS and Macintosh pages."""

TIERS: dict[float, tuple[str, ...]] = {
    0.0: ("cp1252", "iso8859-1"),
    1.0: (
        *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "tis-620"),
        *("cp932", "shift_jis_2004", "euc_jis_2004", "gb18030", "big5hkscs", "cp949", "euc_kr"),
    ),
    1.2: ("iso8859-15", "iso8859-2", "iso8859-7", "iso8859-9", "koi8-r", "koi8-u"),
    1.5: ("iso8859-5", "iso8859-6", "iso8859-8", "iso8859-13", "iso8859-4", "mac-roman", "cp866", "cp1258"),
    1.7: ("cp850",),
}
"""How rare encodings are, roughly as the legacy encodings of web pages go."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "cp1252": ("cp1252", "iso8859-1"),
    "iso8859-1": ("cp1252", "iso8859-1"),
    "iso8859-15": ("iso8859-15",),
    "mac-roman": ("mac-roman",),
    "mac-iceland": ("mac-iceland",),
    "cp850": ("cp850",),
    "cp437": ("cp437",),
    "cp1250": ("cp1250",),
    "iso8859-2": ("iso8859-2",),
    "cp852": ("cp852",),
    "mac-latin2": ("mac-latin2",),
    "cp1251": ("cp1251",),
    "koi8-r": ("koi8-r",),
    "koi8-u": ("koi8-u",),
    "iso8859-5": ("iso8859-5",),
    "mac-cyrillic": ("mac-cyrillic",),
    "cp866": ("cp866",),
    "cp855": ("cp855",),
    "cp1253": ("cp1253",),
    "iso8859-7": ("iso8859-7",),
    "cp737": ("cp737",),
    "mac-greek": ("mac-greek",),
    "cp1254": ("cp1254",),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "cp857": ("cp857",),
    "mac-turkish": ("mac-turkish",),
    "cp1255": ("cp1255",),
    "iso8859-8": ("iso8859-8",),
    "cp862": ("cp862",),
    "cp1256": ("cp1256",),
    "iso8859-6": ("iso8859-6",),
    "cp1257": ("cp1257",),
    "iso8859-13": ("iso8859-13",),
    "iso8859-4": ("iso8859-4",),
    "cp1258": ("cp1258",),
    "cp874": ("cp874", "iso8859-11"),
    "tis-620": ("cp874", "iso8859-11"),
    "cp932": ("shift_jis", "cp932", "shift_jis_2004"),
    "shift_jis_2004": ("shift_jis", "cp932", "shift_jis_2004"),
    "euc_jis_2004": ("euc_jp", "euc_jis_2004"),
    "gb18030": ("gb18030",),
    "big5hkscs": ("big5", "cp950", "big5hkscs"),
    "euc_kr": ("cp949",),
    "cp949": ("cp949",),
    "johab": ("johab",),
}
"""chardet's candidates (nobody's plain text is EBCDIC or RISC OS), each with the Python codecs to read it by, in turn:
the first that reads all the bytes. GB 2312 is read as GB 18030, the standard in force, whose dash is a dash."""

NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap"})
"""Codecs that Python counts as text encodings although no file is written in them."""

# Encodings that hide in ASCII. --------------------------------------------------------------------------------------

_ESCAPES: tuple[tuple[re.Pattern[bytes], tuple[str, ...]], ...] = (
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (
        re.compile(rb"\x1b(?:\$[@B]|\$\([@BDOPQ]|\([IJ])"),
        ("iso2022_jp", "iso2022_jp_1", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_jp_2004", "iso2022_jp_2"),
    ),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), ("hz",)),
    (re.compile(rb"\+[A-Za-z0-9+/]{3}"), ("utf-7",)),
)
"""The sequence that must be there, and the codecs to try: narrow ones first, which know fewer escapes."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SHIFTED = re.compile(rb"\+([A-Za-z0-9+/]*)")
_UTF7_SIGN = re.compile("[\u00a1-\u024f\u2010-\u203a\u20ac\u2122\u3001-\u30ff\uff01-\uff5e\\\\~]+")
_UTF7_SHARED = re.compile("[ -~\u00a0-\u024f\u0300-\u0323\u1ea0-\u1eff\u2010-\u2122]+")
_UTF7_SCRIPTS = tuple(
    re.compile(f"[{letters}]*")
    for letters in (
        *(
            "\u0370-\u03ff\u1f00-\u1fff",
            "\u0400-\u052f",
            "\u0590-\u05ff",
            "\u0600-\u06ff\u200b-\u200f",
            "\u0e00-\u0e7f",
        ),
        *("\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef", "\uac00-\ud7a3\u3000-\u303f\u1100-\u11ff"),
    )
)
UTF7_LITTLE = 3
"""Characters in shifts below which only accented letters and signs count: three random letters behind a plus are valid
in 25 % of cases and a Chinese character in 10 %."""

UTF7_LOWER = 0.05
"""Share of shifts without a capital: 4 of 71,510 in chardet's UTF-7 files, nearly all in `+word` of plain ASCII."""


def _strictly(data: bytes, codec: str) -> str | None:
    """The text, or None; also None for a lone surrogate, which UTF-7 lets through and so is broken."""
    text = strictly(data, codec)
    return None if text is not None and codec == "utf-7" and _SURROGATE.search(text) else text


def escaped(data: bytes) -> Decoded | None:
    """ISO-2022, HZ and UTF-7: seven-bit bytes that are ASCII to every other test."""
    for pattern, names in _ESCAPES:
        if not pattern.search(data):
            continue
        for codec in names:
            text = _strictly(data, codec)
            if text is None or text.isascii() or "\x1b" in text or not _means_it(data, text, codec):
                continue
            return Decoded(text, _shown(codec), codec, 0, f"escape sequences of {_shown(codec)}")
    return None


def _means_it(data: bytes, text: str, codec: str) -> bool:
    """Whether HZ and UTF-7 are there by intent: `~{` and `+` stand in plain ASCII too."""
    if codec == "hz":
        signs = [sign.encode("gb2312")[0] for sign in text if sign > "\x7f"]
        return sum(lead < _LEVEL_TWO for lead in signs) >= HZ_COMMON * len(signs)
    if codec == "utf-7":
        return _is_utf7([run for run in _SHIFTED.findall(data) if run])
    return True


_LEVEL_TWO = 0xD8
HZ_COMMON = 0.8
"""Share of everyday characters in HZ text: our sample has 1.0, `~{` and lower-case words `~}` none."""


def _is_utf7(runs: list[bytes]) -> bool:
    """Whether what stands behind each `+` is letters of one script, or, where that is little, an accented letter or a
    sign: `a+bcd-e`, telephone numbers, search operators and base64 blobs are not."""
    try:
        texts = [(b"+" + run + b"-").decode("utf-7") for run in runs]
    except UnicodeDecodeError:
        return False
    if sum(run.lower() == run for run in runs) > UTF7_LOWER * len(runs):
        return False
    text = "".join(texts)
    if len(text) < UTF7_LITTLE:
        return bool(_UTF7_SIGN.fullmatch(text))
    letters = _UTF7_SHARED.sub("", text)
    return any(script.fullmatch(letters) for script in _UTF7_SCRIPTS)


# UTF-16 and UTF-32 without a mark. ----------------------------------------------------------------------------------

_WIDE_USUAL = re.compile(
    "[\t\n\r -~\u00a0-\u017f\u0218-\u021b\u0300-\u0323\u0370-\u03ff\u0400-\u045f\u0490\u0491\u05d0-\u05ea"
    "\u0600-\u06ff\u0e00-\u0e5b\u1ea0-\u1ef9\u2009-\u203a\u20ac\u2122\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff5e\U0001f300-\U0001faff]"
)
_WIDE_PLAIN = re.compile("[\t\n\r -~\u2010-\u2026\u3001-\u30ff\uff01-\uff1f]")
_WIDE_DENSE = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")


def wide(data: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark: full of NUL or control bytes, and text once read in the right order."""
    best, found = 0.0, None
    for codec, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % width or (text := _strictly(data, codec)) is None:
            continue
        score = _wide_score(text[:SAMPLE])
        if score > best and "\0" not in text:
            best, found = score, Decoded(text, codec, codec, 0, f"pairs or fours of bytes that read as {codec}")
    return found


def _wide_score(text: str) -> float:
    """0 for no text; else the more, the plainer: ASCII in the wrong order reads as Chinese, which scores a third."""
    usual, plain = len(_WIDE_USUAL.findall(text)), len(_WIDE_PLAIN.findall(text))
    if usual < (1 - WIDE_ODD) * len(text) or plain < WIDE_PLAIN * len(text):
        return 0.0
    return (3 * usual - 2 * len(_WIDE_DENSE.findall(text)) + plain) / len(text)


# Legacy encodings. --------------------------------------------------------------------------------------------------

_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_LETTER = r"[^\W\d_]"

ODD: tuple[tuple[float, re.Pattern[str]], ...] = (
    # A control, private or unassigned character: the code page has a hole where the text has a letter.
    (3.0, re.compile("[\x80-\x9f\ue000-\uf8ff\ufff0-\uffff]")),
    # Box drawing: letters of another DOS or KOI8 page.
    (1.5, re.compile("[\u2320\u2321\u2500-\u25ff]")),
    # A sign inside a word: `caf©s`, `M„rz`. Apostrophes (also `it´s`), hyphens, joiners, accents and em dashes do stand
    # there.
    (
        1.5,
        re.compile(
            f"(?<={_LETTER})[^\\w\\s\\x00-\\x7f’‘´·\u00ad\u2010\u2011\u2013\u200c\u200d\u0300-\u036f\u0590-\u05c7\u0610-\u065f"
            f"\u0e31-\u0e4e\u3000-\u303f\uff00-\uff65—“”«»…](?={_LETTER})"
        ),
    ),
    # `pi–ata`, `potr… r`: an en dash or dots between small letters are rare, but met.
    (0.7, re.compile("(?<=[a-zß-ÿ])[–…](?=[a-zß-ÿ])")),
    # A mark that stands alone in no text but leans on a word: `¸a`, `a¬ `, `a„ `.
    (
        0.6,
        re.compile(
            f"(?<={_LETTER})[¡¢£¤¥¦§¨¬¯°±µ¶¸¿¼½¾¹×÷ˆ˜˙˚˛˝ˇ˘√∫≈∆◊Ω∂∑∏≤≥∞≠ƒ‰†‡‹„‚](?!\\w)"
            f"|(?<!\\w)[¢¤¥¦¨¬¯µ¶¸ˆ˜˙˚˛˝ˇ˘√∫≈∆◊∂∑∏≤≥∞≠ƒ‰](?={_LETTER})"
        ),
    ),
    # Signs that code pages have room for and prose has no use for; half-width kana, which Japanese avoids.
    (0.5, re.compile("[¤¦¨¬¯¸ˆ˜˙˚˛˝ˇ˘√∫≈∆◊∂∑∏≤≥∞≠ƒªº¹‗¶÷\uff61-\uff9f]")),
    # ¿ and ¡ that open nothing, a yen sign without a number.
    (0.7, re.compile(r"[¡¿](?!\w|[\s\"'«“¡¿(]*\w)|¡(?=[A-Z]\b)|¥(?!\s?\d)")),
    # One accented letter that is a word of no language.
    (0.7, re.compile(r"(?<![\w’'])[ÂÃÄÇËÎÏÐÑÔÕÙÛÜÝÞßâãäçëîïðñôõùûüþÿŒœŠšŽžŸƒ](?![\w’'.])")),
    # Two scripts in one word.
    (
        1.0,
        re.compile("[A-Za-zÀ-ɏ](?=[\u0370-\u0eff])|[\u0370-\u0eff](?=[A-Za-zÀ-ɏ])|[\u0370-\u03ff](?=[\u0400-\u0eff])"),
    ),
)
"""What a wrong reading looks like: the price of one such place, and the place."""

CASE = 1.5
"""The price of a capital behind a small letter, one of them not ASCII: koi8-r read as cp1251 is full of them."""

_WORD = re.compile(f"{_LETTER}+")


def oddity(text: str) -> float:
    """How unlike text a reading is, for each character that is not ASCII: 0 for prose, 1 and more for a wrong one."""
    signs = len(_NOT_ASCII.findall(text))
    odd = sum(price * len(pattern.findall(text)) for price, pattern in ODD)
    return (odd + CASE * sum(_wrong_case(word) for word in _WORD.findall(text) if not word.isascii())) / max(signs, 1)


def _wrong_case(word: str) -> int:
    return sum(left.islower() and right.isupper() and not (left + right).isascii() for left, right in itertools.pairwise(word))


def legacy(data: bytes) -> Decoded | None:
    """The reading that looks most like text among those that chardet thinks of and that all the bytes allow."""
    near, far = _surroundings(data), data[:SAMPLE]
    weights = _weights(near), _weights(far)
    high = len(_HIGH.findall(near))
    first = sorted(
        {name: sum(one.get(name, 0.0) for one in weights) / 2 for one in weights for name in one}.items(),
        key=lambda pair: -pair[1],
    )
    ranked = []
    for name, weight in first[:MOST_READINGS]:
        if text := _loosely(near, name):
            odd = oddity(text)
            rare = RARITY * _tier(name) * math.exp((1 - high) / RARITY_FADES)
            ranked.append((weight - ODDITY_WEIGHT * odd - rare, odd, name))
    for _score, odd, name in sorted(ranked, key=lambda one: -one[0]):
        for codec in FAMILIES[name] if odd <= MOST_ODD or high < ODD_ENOUGH else ():
            if (text := _strictly(data, codec)) is not None:
                why = f"of {len(ranked)} legacy encodings this one reads most like text"
                return Decoded(text, _shown(codec), codec, 0, why)
    return None


def _weights(sample: bytes) -> dict[str, float]:
    """chardet's confidence in each candidate. Imported here: it takes 65 ms, and most documents are UTF-8."""
    from chardet import detect_all

    found = detect_all(sample, True, compat_names=False, include_encodings=FAMILIES, no_match_encoding="cp1252")
    return {one["encoding"]: one["confidence"] for one in found if one["encoding"] in FAMILIES}


def _tier(name: str) -> float:
    """How rare an encoding is in what people keep as plain text: 0 for Windows-1252, 2 for a Macintosh page."""
    return next((tier for tier, names in TIERS.items() if name in names), 2.0)


def _loosely(sample: bytes, name: str) -> str | None:
    """The text of a sample, whose ends may cut a character; None where no codec of the family reads it."""
    for codec in FAMILIES[name]:
        text = sample.decode(codec, "replace")
        if text.count("\ufffd") <= LOOSE:
            return text
    return None


def _surroundings(data: bytes) -> bytes:
    """The places that are not ASCII, with a few words around, from all over the data; SAMPLE bytes at most.

    Most of an English page in Windows-1252 is ASCII, which says nothing and drowns the quotes that decide.
    """
    regions = 1 if len(data) <= SAMPLE else REGIONS
    size = -(-len(data) // regions)
    found: list[bytes] = []
    for start in range(0, len(data), size):
        border = _BORDER.search(data, start, start + size) if start else None
        found += _surroundings_in(data, border.end() if border else start, start + size, SAMPLE // regions)
    return b"\n".join(found)


def _surroundings_in(data: bytes, start: int, end: int, most: int) -> Iterator[bytes]:
    """The places of one region. They start and stop at a border, so that no character of two bytes is cut."""
    place = start
    while most > 0 and (high := _HIGH.search(data, place, end)):
        first, last = max(place, high.start() - REACH), min(end, high.start() + most)
        line = max(data.rfind(b"\n", first, high.start()), data.rfind(b"\r", first, high.start())) + 1
        first = line or (first if first == place else data.find(b" ", first, high.start()) + 1 or high.start())
        stop = _ends(data, high.end(), last)
        if stop == last < len(data) and (borders := _BORDER.findall(data, high.end(), stop)):
            stop = data.rindex(borders[-1], high.end(), stop)
        yield data[first:stop]
        most -= stop - first
        place = stop


def _ends(data: bytes, place: int, limit: int) -> int:
    """Where the text around a place ends: with the line, or REACH behind the last byte that is not ASCII."""
    line = _LINE_END.search(data, place, limit)
    limit = line.start() if line else limit
    while high := _HIGH.search(data, place, min(limit, place + REACH)):
        place = high.end()
    if place + REACH >= limit:
        return limit
    blank = data.rfind(b" ", place, place + REACH)
    return blank if blank > 0 else place + REACH


_LINE_END = re.compile(rb"[\r\n]")

# Space, line ends and signs up to the slash: no encoding of two bytes (or four: gb18030) uses them as a second byte.
_BORDER = re.compile(rb"[\t-/]")


# An encoding that was named. ----------------------------------------------------------------------------------------


def as_told(data: bytes, name: str) -> Decoded | Guard:
    codec = _codec(name)
    for mark, marked, shown in MARKS:
        family = marked[:6]
        if codec in (marked, family, "utf-8-sig" if family == "utf-8" else family) and data.startswith(mark):
            return _decoded_as_told(data, marked, len(mark), shown)
    if codec == "utf-8-sig":
        codec = "utf-8"
    if codec in ("utf-16", "utf-32"):
        codec = _order(data, codec)
    return _decoded_as_told(data, codec, 0, _shown(codec))


def _order(data: bytes, codec: str) -> str:
    """Which byte order reads as text; little-endian, as on nearly all machines, where neither does."""
    readings = {f"{codec}-{order}": _strictly(data, f"{codec}-{order}") for order in ("le", "be")}
    return max(readings, key=lambda one: _wide_score((readings[one] or "")[:SAMPLE]) if readings[one] else -1.0)


def _decoded_as_told(data: bytes, codec: str, bom: int, shown: str) -> Decoded | Guard:
    try:
        text = data[bom:].decode(codec)
    except UnicodeDecodeError as error:
        place = bom + error.start
        raise CleanerError(
            f"the bytes are not {shown}: 0x{data[place]:02x} at byte {place:,} does not fit; "
            "try without --encoding, which finds the encoding, or name another"
        ) from None
    if "\0" in text:
        return Guard("binary", f"read as {shown}, the text holds NUL characters")
    return Decoded(text, shown, codec, bom, "named by --encoding")


def _codec(name: str) -> str:
    """Python's name of the codec, or CleanerError."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        raise CleanerError(f"unknown encoding {name!r}{_near(name)}") from None
    if info.name.replace("-", "_") in NO_TEXT or not info._is_text_encoding:
        raise CleanerError(f"{name!r} is no text encoding{_near(name)}")
    return info.name


def _near(name: str) -> str:
    """A hint at names that look like this one."""
    import difflib

    known = {_shown(one) for one in aliases.values()} - {_shown(one) for one in NO_TEXT}
    near = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else "; examples: utf-8, cp1252, iso-8859-15, shift-jis"


def _shown(codec: str) -> str:
    """A codec's name as people write it."""
    return re.sub(r"^(iso)-?(\d{4})-?", r"\1-\2-", codec.replace("_", "-"))
