"""Endings of articles that were written for calibration, in thirty languages, below articles of the same language.

The benchmark's tails are those of web pages: lists of headlines, buttons, footers. What people most want gone from plain
text (a plea in full sentences, a bank account, a list of channels) is rare there, and so are the last lines of articles
that resemble it (where to buy the tickets, how to give to the charity the article is about). `data` holds both, articles
of languages of which the benchmark has few, and whole texts whose own last lines are easily mistaken (letters, FAQs,
directories, appeals): `CODE.tails.txt`, `CODE.kept.txt`, `CODE.articles.txt`, `CODE.whole.txt`, entries between lines of
`=====`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from documents import Labelled, articles, fold_of, opening

DATA = Path(__file__).parent / "data"


def written(documents: Sequence[Labelled], seed: int = 7) -> Iterator[Labelled]:
    """Each ending twice: below a whole article and below the first paragraphs of another; what is kept also above a tail.

    The same seed gives the same documents. An ending is in the fold of the articles above it.
    """
    chance = random.Random(seed)
    pool = articles(documents)
    for path in sorted(DATA.glob("*.tails.txt")):
        code = path.name.partition(".")[0]
        language = code.partition("-")[0]
        bodies = _bodies(code) or [one for one in pool if one.language == language]
        tails, kept = entries(path), entries(path.with_name(f"{code}.kept.txt"))
        for number, tail in enumerate(tails):
            for whole in (True, False):
                article = _above(chance, bodies, f"{code}-tail-{number}", whole)
                yield _document(chance, article, "", tail, "made-written")
        for number, ending in enumerate(kept):
            for whole in (True, False):
                yield _document(chance, _above(chance, bodies, f"{code}-kept-{number}", whole), ending, "", "made-kept")
            article = _above(chance, bodies, f"{code}-both-{number}", False)
            yield _document(chance, article, ending, tails[number], "made-kept")
        for number, text in enumerate(entries(path.with_name(f"{code}.whole.txt"))):
            name = f"{code}-whole-{number}"
            yield Labelled("made-kept", name, language, fold_of(name), text, len(text), len(text))


def entries(path: Path) -> list[str]:
    """The entries of a file of endings or articles; none where there is no such file."""
    if not path.exists():
        return []
    return [entry.strip("\n") for entry in path.read_text(encoding="utf-8").split("\n=====\n")]


def _bodies(code: str) -> list[Labelled]:
    found = entries(DATA / f"{code}.articles.txt")
    return [
        Labelled("articles", f"{code}-{number}", code, fold_of(f"{code}-{number}"), text, len(text), len(text))
        for number, text in enumerate(found)
    ]


def _above(chance: random.Random, bodies: Sequence[Labelled], name: str, whole: bool) -> Labelled:
    """An article of the fold that the ending's name falls into (of any, where there is none), under that name."""
    fold = fold_of(name)
    article = chance.choice([one for one in bodies if one.fold == fold] or bodies)
    text = article.text if whole else opening(chance, article.text)
    return Labelled("articles", f"{name}-{whole}", article.language, fold, text, len(text), len(text))


def _document(chance: random.Random, article: Labelled, ending: str, tail: str, name: str) -> Labelled:
    gap = chance.choice(("\n", "\n\n")) if "\n\n" not in article.text else "\n\n"
    text = gap.join(filter(None, (article.text, ending)))
    end = len(text)
    start = end + len(gap) if tail else end
    whole = gap.join(filter(None, (text, tail)))
    return Labelled(name, article.id, article.language, article.fold, whole, end, start)
