"""Labelled documents for calibration: the benchmark's, and variants of them in shapes the benchmark lacks.

The benchmark holds web pages, a paragraph a line. People also pipe in such pages in other shapes (`reshaped`), texts with a
promotional list below them, texts of a few paragraphs, texts joined to a single line, and hard-wrapped mail, so those are made
here: articles of the benchmark with a tail put together from the `fires` examples of the lexicons, or with a list of
sources that must stay. Labels are characters: the article ends at
`article_end` (no place before it may be cut) and the tail starts at `tail_start` (nothing behind it may be left); what
lies between may go or stay.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.lexicons import Lexicon

FOLDS = 5
# Characters. A shorter line is an entry of a menu or of a list.
SHORT_LINE = 60
_MARKERS = ("{}) ", "{}. ", "{} - ", "({}) ", "{} ) ", "• ", "➤ ", "👉 ", "- ", "* ", "→ ", "")
_CALLS = ("follow", "share", "subscribe", "donate", "join", "download", "reader-address", "site-list", "comments", "tags", "related",
          "author", "legal", "email-footer", "feedback", "contact")  # fmt: skip
_ENDS = tuple('.!?…。！？”»"')
_LISTS = ("site-list", "follow", "join", "download", "subscribe", "donate")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels; `name` is the set it belongs to, `fold` the part of the cross-validation."""

    name: str
    id: str
    language: str
    fold: int
    text: str
    article_end: int
    tail_start: int
    record: dict[str, Any] | None = None


def read_set(folder: Path, name: str) -> list[dict[str, Any]]:
    """The records of one set of the benchmark."""
    with gzip.open(folder / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(document_id: str) -> int:
    """The same fold for all documents of a site (pages-multi) or of one id in several sets."""
    parts = re.sub(r"-[0-9a-f]{6,8}$", "", document_id.split("/")[-1]).split("_")
    site = parts[1] if len(parts) > 1 and parts[0].isdigit() else parts[0]
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


def labelled(folder: Path, name: str) -> Iterator[Labelled]:
    """One set of the benchmark with labels in characters."""
    for record in read_set(folder, name):
        text = record["text"]
        if name == "clean":
            end, tail = len(text), len(text)
        elif name == "segments":
            end, tail = _segments(record)
        else:
            lines = text.split("\n")
            starts = [0]
            for line in lines:
                starts.append(starts[-1] + len(line) + 1)
            end = max((starts[i] + len(lines[i]) for i in record["article"]), default=0)
            tail = starts[record["cut"]] if record["cut"] < len(lines) else len(text)
        yield Labelled(name, record["id"], record.get("lang") or "en", fold_of(record["id"]), text, end, max(end, tail), record)


def _segments(record: dict[str, Any]) -> tuple[int, int]:
    """Where the last string to keep ends, and where the first string to drop behind it starts."""
    text = record["text"]
    lines = text.split("\n")
    flat = [" ".join(line.split()) for line in lines]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    kept = [min((i for i, line in enumerate(flat) if " ".join(one.split()) in line), default=-1) for one in record["keep"]]
    last = max(kept, default=-1)
    dropped = [i for one in record["drop"] for i, line in enumerate(flat) if i > last and " ".join(one.split()) in line]
    end = starts[last] + len(lines[last]) if last >= 0 else 0
    return end, starts[min(dropped)] if dropped else len(text)


def articles(documents: Sequence[Labelled]) -> list[Labelled]:
    """The articles alone: documents cut at their end, those of a usable length."""
    found = []
    for one in documents:
        if one.name in ("clean", "pages-multi"):
            text = one.text[: one.article_end].rstrip()
            if 600 < len(text) < 15_000:
                found.append(Labelled("articles", one.id, one.language, one.fold, text, len(text), len(text)))
    return found


def variants(documents: Sequence[Labelled], lexicons: Sequence[Lexicon], seed: int = 7) -> Iterator[Labelled]:
    """Documents in shapes that the benchmark lacks. The same seed gives the same documents."""
    chance = random.Random(seed)
    by_code = {one.code: one for one in lexicons}
    pool = articles(documents)
    chance.shuffle(pool)
    sentences, titles = _sentences(pool), _titles(pool)
    for number, article in enumerate(pool):
        lexicon = by_code.get(article.language, by_code["en"])
        if number % 10 == 3:
            own = _sentences([article])[article.language]
            yield _kept(chance, article, own, lexicon)
            continue
        if number % 6 in (2, 5):
            lines = _sites(chance, lexicon, sentences[article.language])
        else:
            lines = _tail(chance, lexicon if chance.random() < 0.8 else by_code["en"], titles[article.language])
        if number % 6 == 0:
            yield _joined(article, lines, whole=number % 12 == 0)
        elif number % 6 == 1 and "\n\n" in article.text:
            yield _wrapped(article, lines)
        else:
            glue = chance.choice(("\n", "\n\n"))
            yield _with(article, "made-sites" if number % 6 in (2, 5) else "made-tail", glue.join(lines), keep=False)
    for number, article in enumerate(pool):
        lexicon = by_code.get(article.language, by_code["en"])
        yield _short(chance, article, lexicon if chance.random() < 0.8 else by_code["en"], titles[article.language], number)


def reshaped(documents: Sequence[Labelled], seed: int = 7) -> Iterator[Labelled]:
    """Every second document of the benchmark in a shape that other extractors and corpora give to it."""
    chance = random.Random(seed)
    for one in documents:
        if one.name == "segments" or chance.random() < 0.5:
            continue
        parts = one.text[: one.article_end], one.text[one.article_end : one.tail_start], one.text[one.tail_start :]
        article, between, tail = ([line.strip() for line in part.split("\n") if line.strip()] for part in parts)
        blank = "\n\n" if "\n\n" in one.text else "\n"
        shape = chance.choice(("close", "tail in a line", "tail in rows", "in a line", "items"))
        if shape == "close":
            blank = "\n"
        elif shape == "tail in a line":
            tail = [" ".join(tail)]
        elif shape == "tail in rows":
            tail = _rows(chance, tail)
        elif shape == "in a line":
            article, tail = [" ".join(article)], [" ".join(tail)]
            blank = chance.choice((" ", " ", "\n"))
        else:
            article, tail = _itemized(article), _itemized(tail)
        kept = (blank if shape in ("close", "in a line") else "\n\n").join(article)
        middle = "\n".join(["", *between])
        behind = "\n".join(tail)
        text = f"{kept}{middle}{blank}{behind}".rstrip()
        start = min(len(text), len(kept) + len(middle) + len(blank))
        yield Labelled("made-shape", f"{one.id} {shape}", one.language, one.fold, text, len(kept), start)


def _rows(chance: random.Random, lines: Sequence[str]) -> list[str]:
    """Several short lines in one, as menus are written."""
    mark = chance.choice((" | ", " ", "  ", " · ", " / ", " - ", "\t"))
    rows: list[list[str]] = []
    for line in lines:
        if rows and len(line) < SHORT_LINE and len(rows[-1][0]) < SHORT_LINE and chance.random() < 0.8:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [mark.join(row) for row in rows]


def _itemized(lines: Sequence[str]) -> list[str]:
    return [f"* {line}" if len(line) < SHORT_LINE and line[0].isalpha() else line for line in lines]


def _short(chance: random.Random, article: Labelled, lexicon: Lexicon, titles: Sequence[str], number: int) -> Labelled:
    """The first paragraphs of an article with a call or two below them, or with nothing."""
    text = opening(chance, article.text)
    head = Labelled(article.name, article.id, article.language, article.fold, text, len(text), len(text))
    if number % 3 == 0:
        return _with(head, "made-short", "", keep=True)
    tail = _tail(chance, lexicon, titles) if number % 3 == 1 else _examples(chance, lexicon, _CALLS, 1)
    return _with(head, "made-short", chance.choice(("\n", "\n\n")).join(tail), keep=False)


def opening(chance: random.Random, text: str) -> str:
    """The first paragraphs of an article: from 80 to 2,000 characters, short texts as likely as long ones."""
    size = int(80 * 25 ** chance.random())
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append(line)
        if sum(map(len, lines)) >= size and line.strip()[-1:] in _ENDS:
            break
    return "\n".join(lines)


def _sentences(pool: Sequence[Labelled]) -> dict[str, list[str]]:
    """language -> sentences of its articles, of a length that fits an entry of a list."""
    found: dict[str, list[str]] = {}
    for article in pool:
        parts = [part.strip() for part in re.split(r"(?<=[.!?。！？]) ?", article.text) if "\n" not in part.strip()]
        found.setdefault(article.language, []).extend(
            [part for part in parts if 15 < len(part) < 160][:20] or [_title(random.Random(0))]
        )
    return found


def _kept(chance: random.Random, article: Labelled, own: Sequence[str], lexicon: Lexicon) -> Labelled:
    """An article with something at its end that looks like a tail and is content."""
    shapes = {
        "sources": lambda: _sources(chance),
        "directory": lambda: _directory(chance, own),
        "contact": lambda: _contact(chance),
        "licence": lambda: _licence(chance),
        "table": lambda: _table(chance, lexicon),
        "log": lambda: _log(chance, lexicon),
        "code": lambda: _code(chance, lexicon),
    }
    shape = chance.choice(("sources",) * 4 + ("directory",) * 2 + ("contact", "licence", "table", "log", "code"))
    records = shape in ("table", "log", "code")
    return _with(article, "made-records" if records else "made-keep", shapes[shape](), keep=True)


def _titles(pool: Sequence[Labelled]) -> dict[str, list[str]]:
    """language -> first lines of its articles that look like titles."""
    found: dict[str, list[str]] = {}
    for article in pool:
        first = article.text.strip().partition("\n")[0].strip()
        found.setdefault(article.language, []).extend([first] if 15 < len(first) < 110 else [_title(random.Random(1))])
    return found


def _with(article: Labelled, name: str, tail: str, keep: bool) -> Labelled:
    text = f"{article.text}\n\n{tail}\n"
    start = len(article.text)
    return Labelled(
        name,
        article.id,
        article.language,
        article.fold,
        text,
        len(text) if keep else start,
        len(text) if keep else start + 2,
    )


def _joined(article: Labelled, lines: Sequence[str], whole: bool) -> Labelled:
    """The tail in the article's last line; the whole document in one line where asked."""
    body = " ".join(article.text.split()) if whole else article.text
    body = body if body[-1] in '.!?…。！？”»"' else body + "."
    text = f"{body} {' '.join(lines)}"
    return Labelled("made-joined", article.id, article.language, article.fold, text, len(body), len(body) + 1)


def _wrapped(article: Labelled, lines: Sequence[str]) -> Labelled:
    wrap = textwrap.TextWrapper(width=72, break_long_words=False, break_on_hyphens=False)
    body = "\n\n".join(wrap.fill(" ".join(part.split())) for part in article.text.split("\n\n") if part.strip())
    tail = "\n".join(wrap.fill(line) for line in lines)
    return Labelled("made-wrapped", article.id, article.language, article.fold, f"{body}\n\n{tail}\n", len(body), len(body) + 2)


def _address(chance: random.Random) -> str:
    word = "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
    path = chance.choice(("", "", f"/{word[::-1]}", f"/{chance.randint(1, 9999)}"))
    host = f"{word}{chance.choice(('.com', '.org', '.net', '.info', '-news.com', '.blog'))}"
    return chance.choice(
        (
            f"https://{host}{path}",
            f"https://www.{host}/",
            f"www.{host}",
            f"https://t.me/{word}",
            f"https://www.facebook.com/{word}",
        )
    )


def _examples(chance: random.Random, lexicon: Lexicon, kinds: Sequence[str], count: int) -> list[str]:
    usable = [kind for kind in kinds if kind in lexicon.kinds and lexicon.kinds[kind].fires]
    return [chance.choice(lexicon.kinds[chance.choice(usable)].fires) for _ in range(count)] if usable else []


def _tail(chance: random.Random, lexicon: Lexicon, titles: Sequence[str]) -> list[str]:
    """One to three of: calls line by line, calls in one paragraph, a list of sites, related titles, an author's box."""
    parts = [_call_lines, _call_paragraph, _list, _list]
    lines = [line for part in chance.sample(parts, chance.choice((1, 1, 2))) for line in part(chance, lexicon)]
    if chance.random() < 0.3:
        related = _related(chance, lexicon, titles)
        lines = lines + related if chance.random() < 0.5 else related + lines
    if chance.random() < 0.15:
        lines = [*_examples(chance, lexicon, ("author",), 1), *lines]
    if chance.random() < 0.2:
        lines.insert(0, chance.choice(("---", "***", "_____", "* * *")))
    return lines


def _call_lines(chance: random.Random, lexicon: Lexicon) -> list[str]:
    return _examples(chance, lexicon, _CALLS, chance.randint(1, 4))


def _call_paragraph(chance: random.Random, lexicon: Lexicon) -> list[str]:
    """Calls in full sentences one after the other, most of them with an address."""
    calls = [
        f"{one.rstrip(' .:')}{chance.choice(('.', '!', '.'))}" for one in _examples(chance, lexicon, _LISTS, chance.randint(1, 4))
    ]
    if chance.random() < 0.6:
        calls[-1] = f"{calls[-1][:-1]}{chance.choice((' : ', ': ', ' '))}{_address(chance)}"
    return [" ".join(calls)]


def _list(chance: random.Random, lexicon: Lexicon) -> list[str]:
    """A list of sites or channels, with or without a lead-in."""
    marker = chance.choice(_MARKERS)
    lead_in: list[str] = []
    if chance.random() < 0.5:
        labels = _examples(chance, lexicon, _LISTS, chance.randint(2, 6))
    else:
        labels = [_site(chance) for _ in range(chance.randint(2, 7))]
        lead_in = _examples(chance, lexicon, ("site-list", "reader-address", "follow", "join"), 1)
    listed = [
        f"{marker.format(n)}{label}{chance.choice((' ', ' : ', ': ', ' – ', ', '))}{_address(chance)}"
        for n, label in enumerate(labels, 1)
    ]
    if lead_in and chance.random() < 0.15:
        return [f"{lead_in[0]} {listed[0]}", *listed[1:]]
    return lead_in + listed


def _related(chance: random.Random, lexicon: Lexicon, titles: Sequence[str]) -> list[str]:
    """A heading and titles of other articles."""
    marker = chance.choice(("", "", "- ", "• ", "* ", "→ ", "» "))
    heading = _examples(chance, lexicon, ("related", "related", "popular"), 1)
    return heading + [f"{marker}{chance.choice(titles)}" for _ in range(chance.randint(1, 5))]


def _sites(chance: random.Random, lexicon: Lexicon, sentences: Sequence[str]) -> list[str]:
    """A publisher's other sites, each with what it is about, a call and its address, in one line or in several."""
    marker = chance.choice(_MARKERS)
    lines = _examples(chance, lexicon, ("reader-address", "site-list"), 1)
    two_lines = chance.random() < 0.5
    for number in range(1, chance.randint(3, 8)):
        about = chance.choice(sentences).rstrip(".。") if chance.random() < 0.7 else _title(chance)
        label = _examples(chance, lexicon, ("site-list", "site-list", "follow", "share", "join"), 1)
        link = f"{label[0] if label and chance.random() < 0.8 else ''} {chance.choice((':', '', '–'))} {_address(chance)}"
        entry = f"{marker.format(number)}{about}{chance.choice(('.', ':', ',', ' :'))}"
        lines += [entry, link.strip()] if two_lines else [f"{entry} {' '.join(link.split())}"]
    if chance.random() < 0.4:
        # The last entry is often a paragraph: an invitation in full sentences.
        call = " ".join(
            _examples(chance, lexicon, ("follow", "join", "reader-address", "donate", "subscribe"), chance.randint(1, 2))
        )
        last = f"{chance.choice(sentences)} {call} {_address(chance)}{chance.choice(('', f' {chance.choice(sentences)}'))}"
        lines.append(f"{marker.format(len(lines))}{last}")
    if len(lines) > 1 and chance.random() < 0.4:
        lines[:2] = [f"{lines[0]} {lines[1]}"]
    return lines


def _site(chance: random.Random) -> str:
    """What a list of sites says about one of them."""
    name = _title(chance)
    return chance.choice(
        (
            name,
            name,
            f"{name}, {_title(chance).lower()}",
            f"{name}: {_title(chance).lower()} and {_title(chance).lower()}",
        )
    )


def _title(chance: random.Random) -> str:
    words = (
        "water",
        "history",
        "report",
        "rivers",
        "energy",
        "town",
        "method",
        "survey",
        "early",
        "northern",
        "modern",
        "survey of",
        "theory of",
    )
    return " ".join(chance.choice(words) for _ in range(chance.randint(2, 6))).capitalize()


def _sources(chance: random.Random) -> str:
    head = chance.choice(("References", "Sources", "Notes", "Sources:", "Bibliography", "Quellen", "Sources :", "Fuentes", ""))
    style = chance.choice(("[{}] ", "{}. ", "({}) ", "- ", "* ", "• ", "", "^ "))
    entries = []
    for number in range(1, chance.randint(3, 9)):
        name = f"{_title(chance).split()[0].capitalize()}, {chance.choice('ABCDEFGHJKLMNPRST')}."
        year = f"({chance.randint(1950, 2024)})"
        entries.append(
            f"{style.format(number)}{chance.choice((f'{name} {year}. ', f'{name} ', ''))}{_title(chance)}. {_address(chance)}"
        )
    return "\n".join([head, *entries] if head else entries)


def _directory(chance: random.Random, sentences: Sequence[str]) -> str:
    """A numbered list that is the article: what each entry is, and where it is found."""
    style = chance.choice(("{}. ", "{}) ", "#{} ", "{} - ", "• "))
    entries = []
    for number in range(1, chance.randint(4, 10)):
        text = f"{chance.choice(sentences)} {chance.choice(sentences)}"
        entries.append(f"{style.format(number)}{_title(chance)}: {text} {_address(chance)}")
    return "\n\n".join(entries)


def _contact(chance: random.Random) -> str:
    """Where the place or the person that the article is about is found."""
    name = _title(chance).title()
    lines = [
        name,
        f"{chance.randint(1, 200)} {_title(chance).split()[0]} Street",
        f"{chance.choice(('Tel.', 'Phone:', 'Telephone', 'Tél.', 'Tel:', '☎'))} {chance.randint(100, 999)} {chance.randint(100, 999)} {chance.randint(100, 999)}",
        f"{name.split()[0].lower()}@{_address(chance).split('/')[2 if '://' in name else 0].replace('https:', 'mail.org')}",
        _address(chance),
        f"{chance.choice(('Open', 'Opening hours:', 'Mon-Fri', 'Tue-Sun'))} {chance.randint(8, 11)} am - {chance.randint(4, 9)} pm",
        f"Admission {chance.randint(2, 20)} €",
    ]
    chosen = [line for line in lines[1:] if chance.random() < 0.6]
    return chance.choice(("\n", "\n", ", ")).join([name, *chosen])


def _licence(chance: random.Random) -> str:
    """The last sections of a program's read-me file."""
    name = _title(chance).title()
    contact = f"## Contact\n\n{_title(chance)}: {name.split()[0].lower()}@lists.{name.split()[-1].lower()}.org"
    licence = f"## {chance.choice(('License', 'Licence', 'Lizenz', 'Copyright'))}\n\n{chance.choice(('MIT', 'GPL-3.0', 'Apache-2.0', 'BSD'))}. Copyright {chance.randint(1999, 2020)}-{chance.randint(2021, 2026)} {name} and contributors."
    usage = (
        f"## Usage\n\n    $ {name.split()[0].lower()} --help\n    $ {name.split()[0].lower()} run {name.split()[-1].lower()}.txt"
    )
    return "\n\n".join(part for part in (usage, contact, licence) if chance.random() < 0.7) or licence


def _cell(chance: random.Random, lexicon: Lexicon) -> str:
    """A title, or a phrase as it stands in tails: records about a web site hold them."""
    return chance.choice([_title(chance), *_examples(chance, lexicon, _CALLS, 1)]).replace(";", "").replace("\n", " ")


def _table(chance: random.Random, lexicon: Lexicon) -> str:
    separator = chance.choice((";", ",", "\t", "|"))
    rows = [
        (
            str(number),
            _cell(chance, lexicon).replace(separator, " "),
            f"2023-0{number % 9 + 1}-11",
            str(chance.randint(0, 999)),
            _address(chance),
        )
        for number in range(chance.randint(4, 12))
    ]
    return "\n".join(
        separator.join(("id", "title", "date", "count", "url")) if not number else separator.join(row)
        for number, row in enumerate(rows)
    )


def _log(chance: random.Random, lexicon: Lexicon) -> str:
    style = chance.choice(
        ("2024-03-{:02d} {:02d}:{:02d}:07 INFO", "[{:02d}/Mar/2024:{:02d}:{:02d}:07]", "Mar {:02d} {:02d}:{:02d}:07 host app:")
    )
    return "\n".join(f"{style.format(1 + n // 9, n % 24, n % 60)} {_cell(chance, lexicon)}" for n in range(chance.randint(5, 12)))


def _code(chance: random.Random, lexicon: Lexicon) -> str:
    lines = []
    for _ in range(chance.randint(1, 4)):
        word = _title(chance).lower().replace(" ", "_")
        lines += [
            chance.choice((f"def {word}(value):", f"function {word}(value) {{", f"class {word.title()}:")),
            f'    label = "{_cell(chance, lexicon)}"',
            chance.choice((f"    return {word[:5]}(label)", f"    console.log({word[:5]});", "    # " + _cell(chance, lexicon))),
            chance.choice(("}", "")),
        ]
    return "\n".join(lines)
