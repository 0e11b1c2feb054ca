"""Bytes become text, and a place in the text becomes a place in the bytes again.

A cut is found in characters and made in bytes, so the text must be what the writer wrote: a wrong encoding hides
the phrases that rules look for. What is certain is tried first and costs nothing (byte order mark, UTF-8, escape
sequences); what is left is `cleaner.charset`'s to guess, which is imported only then.

Deliberately not here: no line-end translation, no normalisation, no repair of mojibake, no language for the rules to
use, and no guess where no reading looks like text: that is a guard, and the bytes go out as they came in.

The bytes of every `Decoded` decode with `Decoded.codec` and the error handler `ERRORS`. For all codecs but UTF-8 the
handler does nothing; UTF-8 with a few broken bytes keeps each of them as one lone surrogate (U+DC80 to U+DCFF).
"""

from __future__ import annotations

import codecs
import re

from cleaner.model import Decoded, Guard

ERRORS = "surrogateescape"

MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),  # before UTF-16 LE, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
"""Mark, codec of the bytes behind it, name to show."""

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"OggS\x00", "an Ogg file"),
    (b"fLaC\x00", "a FLAC file"),
)
"""What no text starts with. Two-letter signatures (BM, MZ) are left to the control share: words start so."""

MOST_CONTROLS = 0.02
"""Share of control bytes above which data is binary: random and compressed bytes have 0.1; of chardet's 425 files none
has any but ISO-2022-KR, which is seen before, and one made of NUL bytes. Tab, line ends, form feed, backspace (man
pages), escape (colours) and the end of file of DOS do not count."""

FEWEST_CONTROLS = 2
"""One stray control byte in a short text is dirt, not a sign of binary data."""

MOST_BROKEN = 0.4
"""Broken bytes for each multi-byte character up to which a text is still UTF-8. Of 144 own texts in legacy encodings,
each also word by word, and chardet's files, none has less than 0.5, and that in single words (`рабочим` in cp866)."""

_CONTROLS = bytes(byte for byte in [*range(0x20), 0x7F] if byte not in b"\t\n\v\f\r\b\x1b\x1a")


def decode(data: bytes, encoding: str | None = None) -> Decoded | Guard:
    """Turn bytes into text.

    `encoding` overrides detection. Returns a guard (`binary`, `undecodable`) where the bytes must stay as they are.
    Raises CleanerError where `encoding` is unknown, no text encoding, or not the encoding of these bytes.
    """
    if encoding is not None:
        from cleaner.charset import as_told

        return as_told(data, encoding)
    for step in (_empty, _marked, _magic, _escaped, _wide, _binary, _utf8, _legacy):
        if found := step(data):
            return found
    return Guard("undecodable", "the bytes are text in no encoding that was tried; name one with --encoding")


def byte_offset(decoded: Decoded, data: bytes, character: int) -> int:
    """How many bytes of `data` (byte order mark included) hold the first `character` characters of the text.

    `data[:n]` decodes to `text[:character]`. Where no n does (between two characters that share a sequence of bytes:
    in a shifted run of UTF-7, in か゚ of Shift_JIS-2004) it is the next n behind: more is kept, never less.
    """
    if character <= 0:
        return decoded.bom
    if character >= len(decoded.text):
        return len(data)
    try:
        prefix = decoded.text[:character].encode(decoded.codec, ERRORS)
    except UnicodeEncodeError:
        prefix = None
    if prefix is not None and data.startswith(prefix, decoded.bom):
        return decoded.bom + len(prefix)
    return _walk(data, decoded, character)


# How far the walk goes before it looks how many characters it has: what follows is repeated byte by byte, once.
_STRIDE = 4096
_BACK_TO_ASCII = (b"\x1b(B", b"\x0f", b"~}")


def _walk(data: bytes, decoded: Decoded, character: int) -> int:
    """The same by decoding, where the text does not encode to the bytes it came from: several sequences of bytes give
    one character (cp932, gb18030), or a writer set escapes otherwise than Python."""
    decoder = codecs.getincrementaldecoder(decoded.codec)(ERRORS)
    place, count = decoded.bom, 0
    while place < len(data):
        state = decoder.getstate()
        here = len(decoder.decode(data[place : place + _STRIDE]))
        if count + here >= character:
            decoder.setstate(state)
            break
        place, count = place + _STRIDE, count + here
    while place < len(data) and count < character:
        count += len(decoder.decode(data[place : place + 1]))
        place += 1
    for reset in _BACK_TO_ASCII:
        if decoded.codec.startswith(("iso2022", "hz")) and data.startswith(reset, place):
            return place + len(reset)
    return place


def _empty(data: bytes) -> Decoded | None:
    return None if data else Decoded("", "utf-8", "utf-8", 0, "there are no bytes")


def _marked(data: bytes) -> Decoded | Guard | None:
    """What a byte order mark says, where the bytes behind it agree."""
    for mark, codec, name in MARKS:
        if not data.startswith(mark):
            continue
        text = strictly(data[len(mark) :], codec)
        if text is None and codec == "utf-8":
            text = data[len(mark) :].decode(codec, ERRORS)
        if text is not None and "\0" not in text:
            return Decoded(text, name, codec, len(mark), f"a byte order mark says {name}{_broken(text, len(mark))}")
    return None


def _magic(data: bytes) -> Guard | None:
    for start, what in MAGIC:
        if data.startswith(start):
            return Guard("binary", f"the first bytes are those of {what}")
    return None


def _binary(data: bytes) -> Guard | None:
    """NUL bytes or many other control bytes: no text, once UTF-16 and UTF-32 are ruled out."""
    if nuls := data.count(0):
        return Guard("binary", f"{nuls:,} NUL byte{'s' * (nuls > 1)}, which no text holds")
    controls = _controls(data)
    if controls >= FEWEST_CONTROLS and controls > MOST_CONTROLS * len(data):
        return Guard("binary", f"{controls:,} of {len(data):,} bytes are control characters")
    return None


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def strictly(data: bytes, codec: str) -> str | None:
    """The text, or None where the bytes are broken."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


# What needs a closer look. ------------------------------------------------------------------------------------------

_ESCAPE_STARTS = (b"\x1b", b"~{", b"+")
"""What ISO-2022, HZ and UTF-7 cannot do without."""


def _escaped(data: bytes) -> Decoded | None:
    if not data.isascii() or not any(start in data for start in _ESCAPE_STARTS):
        return None
    from cleaner.charset import escaped

    return escaped(data)


def _wide(data: bytes) -> Decoded | None:
    if 0 not in data and _controls(data) <= MOST_CONTROLS * len(data):
        return None
    from cleaner.charset import wide

    return wide(data)


def _legacy(data: bytes) -> Decoded | None:
    from cleaner.charset import legacy

    return legacy(data)


# UTF-8. -------------------------------------------------------------------------------------------------------------


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with a few broken bytes: read as a legacy encoding it would be mojibake from end to end."""
    if (text := strictly(data, "utf-8")) is not None:
        why = "the bytes are ASCII" if text.isascii() else "the bytes are valid UTF-8"
        return Decoded(text, "utf-8", "utf-8", 0, why)
    text = data.decode("utf-8", ERRORS)
    clean = text.encode("utf-8", "ignore").decode("utf-8")
    broken, whole = len(text) - len(clean), len(clean) - len(clean.encode("ascii", "ignore"))
    if broken > MOST_BROKEN * whole:
        return None
    return Decoded(text, "utf-8", "utf-8", 0, f"nearly all bytes are valid UTF-8{_broken(text, 0)}")


def _broken(text: str, before: int) -> str:
    """Where the broken bytes of a UTF-8 text are."""
    broken = [found.start() for found in re.finditer("[\udc80-\udcff]", text)]
    if not broken:
        return ""
    place = before + len(text[: broken[0]].encode("utf-8", ERRORS))
    return f"; {len(broken):,} broken byte{'s' * (len(broken) > 1)} kept as found, the first at offset {place:,}"
