"""Phrases: how they are written, folded and found.

A lexicon writes `"follow us on"`, `"^tags$"`, `"# comments"` or `"follow * on facebook"`; a text says "Follow us, on:".
Both are folded to the same form, so that a look-up of words is enough: case, accents, compatibility forms, punctuation,
emoji and the kinds of quotes and spaces do not matter, numbers become `#`. Cost is linear in the text: each word of a
line is looked up once, and only the phrases that share their longest word with the line are compared.

What this module does not do: it does not know what a phrase means; kinds are opaque here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, compress, count, pairwise, repeat
from sys import intern
from typing import NamedTuple, TypeVar

# Accents fall ("A LIRE AUSSI" is "À lire aussi" in capitals; Greek capitals lose their tonos). Marks of other scripts
# carry letters and stay.
# A pattern that starts with one sign and not with a run is searched for three times as fast: the run would be tried at
# every character, one sign is looked for. The same below.
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f]")
# Must not start with a space: that would cost a trial at every word.
# Vowel signs of Indic scripts, Thai and Lao are no `\\w`, but words fall apart without them.
_SIGNS = "\u0900-\u0963\u0971-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u1000-\u109f"
_NOT_WORD = re.compile(rf"[^\w\n {_SIGNS}][^\w\n{_SIGNS}]*")
# "3小时前" and "댓글 3개" hold a number, "3d" and "2nd" do not.
_NUMBER = re.compile("\\d\\d*(?: +\\d+)*[km]?(?![^\\W\\d_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
# What ASCII characters are folded to. A table takes a tenth of the time of the patterns.
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128) if chr(code) != "\n"}
# The marks of printed text that are most frequent where all the rest is ASCII.
_PRINTED = "’‘“”–—…•·»«\u00a0"
# Anything that normalization could change into another letter; punctuation and symbols become spaces anyway.
_FOREIGN = re.compile("[^\x00-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff]")
# Thai to Myanmar, Khmer, kana, Chinese characters: scripts that put no space between words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# `*` stands for one to four words: "follow The Evening Post on facebook".
GAP_WORDS = 4
# How a list number looks that starts a folded line.
_LIST_NUMBER = "# "
_GAP = rf"\S+(?: \S+){{0,{GAP_WORDS - 1}}}"


def fold(text: str) -> str:
    """The form in which phrases and texts are compared: lower-case words with one space between them, on one line."""
    return " ".join(word for words in fold_lines(text) for word in words)


def fold_lines(text: str) -> list[list[str]]:
    """The folded words of each line (lines end at a line feed).

    Of the lines of the labelled pages, 98 in 100 are ASCII but for the marks of printed text; they are folded together.
    """
    if not text.isascii():
        for mark in _PRINTED:
            text = text.replace(mark, " ")
    if text.isascii():
        return _words(text.translate(_PLAIN))
    lines = text.split("\n")
    plain = list(map(str.isascii, lines))
    others = iter(_words(_folded("\n".join([line for line in lines if not line.isascii()]))))
    plains = iter(_words("\n".join(compress(lines, plain)).translate(_PLAIN)))
    return [next(plains if one else others) for one in plain]


def _folded(text: str) -> str:
    """Lower-case letters and digits with spaces between them, in any script."""
    if _FOREIGN.search(text):
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", _ACCENTS.sub("", text))))
    text = text.casefold()
    return text.translate(_PLAIN) if text.isascii() else _NOT_WORD.sub(" ", text.replace("_", " "))


def _words(folded: str) -> list[list[str]]:
    return [line.split() for line in _NUMBER.sub("#", folded).split("\n")]


_Key = TypeVar("_Key")


class Phrase(NamedTuple):
    """One phrase of a lexicon: as it was written, its kind, and the language (or file) that it comes from."""

    written: str
    kind: str
    source: str


class Match(NamedTuple):
    """A phrase of this kind was found, in these characters of the folded line."""

    kind: str
    start: int
    end: int
    text: str


class PhraseError(ValueError):
    """A phrase that can never match: nothing is left of it when it is folded, or a gap stands where no word ends."""


class _Needle(NamedTuple):
    """A phrase made ready: where it may stand, its kind, and its folded words with `*` for a gap."""

    at_start: bool
    at_end: bool
    kind: str
    folded: str


class Tables(NamedTuple):
    """All phrases by what a look-up can start from: the whole line ("^tags$" is under "tags"), the two adjacent words
    with the longest of them ("follow us"), a single word, or, in scripts without spaces, the first two characters
    (`dense`).

    The values of `lines` are kinds; the other values are entries "<^ or space><$ or space>kind<tab>folded phrase". What
    has the same key is joined by line feeds. Strings and not tuples, because they load ten times as fast from the cache
    and most are never looked at.
    """

    lines: dict[str, str]
    words: dict[str, str]
    pairs: dict[tuple[str, ...], str]
    dense: dict[str, str]


def build_tables(phrases: Iterable[Phrase]) -> Tables:
    """The tables of these phrases. Raises PhraseError."""
    tables = Tables({}, {}, {}, {})
    for phrase in dict.fromkeys(phrases):
        needle = _parse(phrase)
        kind = intern(needle.kind)
        entry = f"{'^' if needle.at_start else ' '}{'$' if needle.at_end else ' '}{kind}\t"
        dense = needle.folded.replace(" ", "")
        if needle.at_start and needle.at_end and "*" not in needle.folded:
            _add(tables.lines, dense if UNSPACED.search(dense) else needle.folded, kind)
        elif UNSPACED.search(needle.folded):
            _add(tables.dense, dense[:2], entry + dense)
        elif len(key := _key(needle.folded)) == 1:
            _add(tables.words, key[0], entry + needle.folded)
        else:
            _add(tables.pairs, key, entry + needle.folded)
    return tables


def _add(table: dict[_Key, str], key: _Key, entries: str) -> None:
    table[key] = f"{table[key]}\n{entries}" if key in table else entries


def _key(folded: str) -> tuple[str, ...]:
    words = folded.split(" ")
    pairs = [pair for pair in pairwise(words) if "*" not in pair]
    if not pairs:
        return (max((word for word in words if word != "*"), key=len),)
    return max(pairs, key=lambda pair: max(len(word) for word in pair if word != "#" or len(set(pair)) == 1))


def _parse(phrase: Phrase) -> _Needle:
    written = phrase.written.strip()
    at_start, at_end = written.startswith("^"), written.endswith("$")
    body = written[at_start : len(written) - at_end]
    words = [word if word in ("#", "*") else fold(word) for word in re.findall(r"[#*]|[^#*\s]+", body)]
    folded = " ".join(word for word in words if word)
    if not folded.replace("*", "").strip():
        raise PhraseError(f"the phrase {phrase.written!r} has no word: write at least one letter or #")
    if "*" in folded and UNSPACED.search(folded):
        raise PhraseError(
            f"the phrase {phrase.written!r} has a gap (*) in a script without spaces: write what stands on either side as phrases"
        )
    return _Needle(at_start, at_end, phrase.kind, folded)


def merge_tables(tables: Sequence[Tables]) -> Tables:
    """The phrases of several tables in one."""
    if len(tables) == 1:
        return tables[0]
    return Tables(*map(_merged, *tables))


def _merged(first: dict[_Key, str], *others: dict[_Key, str]) -> dict[_Key, str]:
    merged = first.copy()
    for one in others:
        shared = {key: f"{merged[key]}\n{one[key]}" for key in merged.keys() & one.keys()}
        merged |= one
        merged |= shared
    return merged


@cache
def _needles(entries: str) -> tuple[_Needle, ...]:
    """The phrases of one key, unpacked when they are first needed."""
    parts = [line.partition("\t") for line in entries.split("\n")]
    return tuple(_Needle(head[0] == "^", head[1] == "$", head[2:], folded) for head, _, folded in parts)


# Behind each line, so that no pair of words reaches into the next.
_END = ("\n",)


class PhraseIndex:
    """Phrases, ready to be found. Never changes what it answers."""

    def __init__(self, *tables: Tables, rest: Callable[[], Tables] | None = None) -> None:
        """`rest` gives the phrases whose keys are not all ASCII, where `tables` leaves them out; it is asked when a text
        comes that may hold one."""
        self._tables = merge_tables(tables)
        self._rest = rest

    def find(self, lines: Sequence[Sequence[str]]) -> dict[int, list[Match]]:
        """The phrases in each line of folded words that holds any, by the line's number; those of a line without order.

        All lines, words and pairs of words of the text are looked up in three sweeps, without a step of Python for each:
        one word in a hundred is a key.
        """
        folded = list(map(" ".join, lines))
        rest = self._rest
        if rest is not None and not all(map(str.isascii, folded)):
            # In this order, so that a second thread finds either nothing or all of it done.
            self._tables = merge_tables((self._tables, rest()))
            self._rest = None
        tables = self._tables
        found: dict[int, list[Match]] = {}
        for number in compress(count(), map(tables.lines.__contains__, folded)):
            found[number] = _whole(tables.lines[folded[number]], folded[number])
        # "^" may stand behind a list number: "1) Follow us" and "Follow us" are the same line.
        offsets = [len(_LIST_NUMBER) if line.startswith(_LIST_NUMBER) else 0 for line in folded]
        for number in compress(count(), offsets):
            line, offset = folded[number], offsets[number]
            if line[offset:] in tables.lines:
                found.setdefault(number, []).extend(_whole(tables.lines[line[offset:]], line, offset))
        # A line feed behind each line, so that no pair reaches into the next.
        words = list(chain.from_iterable(chain.from_iterable(zip(lines, repeat(_END)))))
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        keys: dict[int, dict[str, None]] = {}
        for place in compress(count(), map(tables.words.__contains__, words)):
            keys.setdefault(bisect_right(starts, place) - 1, {})[tables.words[words[place]]] = None
        for place in compress(count(), map(tables.pairs.__contains__, pairwise(words))):
            keys.setdefault(bisect_right(starts, place) - 1, {})[tables.pairs[words[place], words[place + 1]]] = None
        for number, some in keys.items():
            line = folded[number]
            for needle in chain.from_iterable(map(_needles, some)):
                # Most end here: "this article" alone is the key of 24 phrases.
                if needle.folded not in line and "*" not in needle.folded:
                    continue
                span = _locate(needle, line, offsets[number])
                if span is not None:
                    found.setdefault(number, []).append(Match(needle.kind, *span, line[span[0] : span[1]]))
        return found

    def find_unspaced(self, folded: str) -> list[Match]:
        """The same for the phrases of scripts without spaces; positions are those of the line without its spaces."""
        dense = folded.replace(" ", "")
        table = self._tables
        found = []
        starts = compress(count(), map(table.dense.__contains__, map("".join, pairwise(dense))))
        for start in starts:
            for needle in _needles(table.dense[dense[start : start + 2]]):
                end = start + len(needle.folded)
                if not dense.startswith(needle.folded, start):
                    continue
                if (needle.at_start and start > dense.startswith("#")) or (needle.at_end and end < len(dense)):
                    continue
                found.append(Match(needle.kind, start, end, needle.folded))
        if dense != folded and dense in table.lines:
            found += _whole(table.lines[dense], dense)
        return found


def _whole(kinds: str, line: str, offset: int = 0) -> list[Match]:
    return [Match(kind, offset, len(line), line[offset:]) for kind in kinds.split("\n")]


@cache
def _gapped(folded: str) -> re.Pattern[str]:
    return re.compile(" ".join(_GAP if word == "*" else re.escape(word) for word in folded.split(" ")))


def _locate(needle: _Needle, folded: str, offset: int) -> tuple[int, int] | None:
    """Where the needle stands in the line at word borders, or None."""
    if "*" in needle.folded:
        found = (one.span() for one in _gapped(needle.folded).finditer(folded))
        return next((span for span in found if _fits(needle, folded, *span, offset)), None)
    size = len(needle.folded)
    start = folded.find(needle.folded)
    while start >= 0:
        if _fits(needle, folded, start, start + size, offset):
            return start, start + size
        start = folded.find(needle.folded, start + 1)
    return None


def _fits(needle: _Needle, folded: str, start: int, end: int, offset: int) -> bool:
    if (needle.at_start and start not in (0, offset)) or (needle.at_end and end != len(folded)):
        return False
    return (start == 0 or folded[start - 1] == " ") and (end == len(folded) or folded[end] == " ")


@cache
def _spelled(folded: str) -> re.Pattern[str]:
    """The words of a folded match with anything that is no word between them. Compiling takes longer than the search."""
    return re.compile(
        r"[\W_]*".join([r"\d[\d\W_]*[kKmM]?" if word == "#" else re.escape(word) for word in folded.split()]), re.IGNORECASE
    )


def locate(text: str, start: int, end: int, folded: str) -> tuple[int, int]:
    """Where the words of a folded match stand in `text[start:end]`, in characters of the text; all of it if nowhere.

    Folding is not reversible (an "ﬁ" becomes two letters), so the words are searched; a miss only makes a display wider.
    """
    if not folded:
        return start, end
    part = text[start:end]
    lower = part.lower()
    if "#" not in folded and len(lower) == len(part) and (place := lower.find(folded)) >= 0:
        return start + place, start + place + len(folded)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", part))
    found = _spelled(folded).search(plain)
    if found is None:
        return start, end
    if len(plain) == len(part):
        return start + found.start(), start + found.end()
    # Accents were dropped from decomposed letters: count the letters of the original that lie before.
    return start + _original(part, found.start()), start + _original(part, found.end())


def _original(text: str, place: int) -> int:
    """The character of `text` at which its accent-free decomposition has `place` characters."""
    count = 0
    for number, sign in enumerate(text):
        if count >= place:
            return number
        count += len(_ACCENTS.sub("", unicodedata.normalize("NFD", sign)))
    return len(text)
