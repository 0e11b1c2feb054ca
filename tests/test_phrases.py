"""How a phrase is written, what it matches, and where the match is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import SENTENCES, TAIL_LINES

from cleaner.lines import make_blocks, split_lines
from cleaner.phrases import Phrase, PhraseError, PhraseIndex, build_tables, fold, locate
from cleaner.rules import Hit, Scene

KIND = "follow"


def hits(line: str, *phrases: str) -> list[Hit]:
    """What these phrases are found as in a line."""
    index = PhraseIndex(build_tables(Phrase(written, KIND, "test") for written in phrases))
    return list(Scene(make_blocks(split_lines(line)), index).phrases(KIND))


def matches(phrase: str, line: str) -> bool:
    return bool(hits(line, phrase))


# --- folding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Follow us, on: Facebook!", "follow us on facebook"),
        ("À LIRE AUSSI", "a lire aussi"),
        ("A\u0300 lire", "a lire"),
        ("Ακολουθήστε ΜΑΣ", "ακολουθηστε μασ"),
        ("ﬁle № ½ ｆｕｌｌ", "file no # full"),
        ("STRASSE Straße", "strasse strasse"),
        ("“Quoted” «quoted» ‘quoted’ „quoted‟", "quoted quoted quoted quoted"),
        ("l'info l’info", "l info l info"),
        ("suivez-nous", "suivez nous"),
        ("_follow_ **us**", "follow us"),
        ("a -_- b", "a b"),
        ("👉 Follow 📲 us", "follow us"),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("12 comments", "# comments"),
        ("1 234 567 vues", "# vues"),
        ("1,234 views", "# views"),
        ("3k shares", "# shares"),
        ("3.5M views", "# views"),
        ("٣ تعليقات", "# تعليقات"),
        ("３ comments", "# comments"),
        ("", ""),
        ("!?… — 👍", ""),
    ],
)
def test_case_accents_punctuation_and_numbers_do_not_matter(text: str, folded: str) -> None:
    assert fold(text).strip() == folded


def test_marks_that_carry_letters_stay() -> None:
    """In Indic and South-East Asian scripts a vowel is a mark; without it another word would be left."""
    assert fold("हमें फ़ॉलो करें") != fold("हम फल कर")


@given(st.text())
def test_folding_what_is_folded_changes_nothing_but_number_signs(text: str) -> None:
    once = fold(text).strip()
    assert fold(once).strip() == re.sub(" +", " ", once.replace("#", " ")).strip()


@given(st.text())
def test_a_folded_text_has_single_spaces_and_no_capitals(text: str) -> None:
    folded = fold(text).strip()
    assert "  " not in folded
    assert folded == folded.casefold()


# --- words, borders, anchors ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("follow us", "Please FOLLOW US!", True),
        ("follow us", "follow, us", True),
        ("follow us", "follow\u00a0us", True),
        ("follow us", "They follow usage rules", False),
        ("follow us", "unfollow us", False),
        ("follow us", "follow them", False),
        ("follow us", "us follow", False),
        ("suivez-nous", "Suivez nous", True),
        ("à lire", "A LIRE", True),
        ("a lire", "À lire", True),
        ("tag", "hashtag", False),
        ("tag", "#tag", True),
        ("^tags", "Tags: bridge", True),
        ("^tags", "More tags", False),
        ("^tags", "» Tags", True),
        ("^tags", "1) Tags", True),
        ("^tags", "12 Tags", True),
        ("^tags", "Old 12 tags", False),
        ("us$", "Contact us!", True),
        ("us$", "Contact us today", False),
        ("^tags$", "TAGS:", True),
        ("^tags$", "3. Tags", True),
        ("^tags$", "Tags: bridge", False),
        ("^tags$", "The tags", False),
        ("^about us$", "About us", True),
        ("^about us$", "About us all", False),
    ],
)
def test_a_phrase_is_found_at_word_borders_and_at_its_anchors(phrase: str, line: str, found: bool) -> None:
    assert matches(phrase, line) is found


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("# comments", "3 comments", True),
        ("# comments", "1,204 comments", True),
        ("# comments", "3k comments", True),
        ("# comments", "no comments", False),
        ("# comments", "comments", False),
        ("^# comments$", "12 comments", True),
        ("^# comments$", "12 comments more", False),
        ("^#$", "42", True),
        ("^#$", "42 a", False),
        ("top #", "Top 10", True),
        ("# of #", "3 of 12", True),
        ("# of #", "one of 12", False),
    ],
)
def test_a_number_sign_stands_for_a_number(phrase: str, line: str, found: bool) -> None:
    assert matches(phrase, line) is found


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("follow * on facebook", "Follow us on Facebook", True),
        ("follow * on facebook", "Follow The Evening Post now on Facebook", True),
        ("follow * on facebook", "Follow one two three four five on Facebook", False),
        ("follow * on facebook", "Follow on Facebook", False),
        ("follow * on facebook", "unfollow us on Facebook", False),
        ("follow * on facebook", "follow us on Facebooks", False),
        ("^follow *$", "Follow The Evening Post", True),
        ("^follow *$", "Follow", False),
        ("^follow *$", "Follow the long road to the north", False),
        ("^* says$", "Jane Roe says", True),
        ("^* says$", "says", False),
        ("by *$", "Written by Jane Roe", True),
        ("follow * on *$", "Follow us on the web", True),
        ("more from *", "more from", False),
    ],
)
def test_a_star_stands_for_one_to_four_words(phrase: str, line: str, found: bool) -> None:
    assert matches(phrase, line) is found


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("関連記事", "関連記事", True),
        ("関連記事", "■関連記事はこちら", True),
        ("関連記事", "この関連 記事を読む", True),
        ("関連記事", "関連する記事", False),
        ("^関連記事", "関連記事はこちら", True),
        ("^関連記事", "この関連記事", False),
        ("^関連記事$", "【関連記事】", True),
        ("^関連記事$", "関連記事一覧", False),
        ("記事$", "関連記事", True),
        ("ติดตามเรา", "กรุณาติดตามเราที่นี่", True),
        ("分享到", "点击分享到微信", True),
        ("# 条评论", "12条评论", True),
    ],
)
def test_scripts_without_spaces_need_no_borders(phrase: str, line: str, found: bool) -> None:
    assert matches(phrase, line) is found


@pytest.mark.parametrize("phrase", ["...", "^$", "*", "^*$", "👍", " - "])
def test_a_phrase_of_which_nothing_is_left_is_an_error(phrase: str) -> None:
    with pytest.raises(PhraseError, match="has no word"):
        build_tables([Phrase(phrase, KIND, "test")])


@given(st.sampled_from([line for lines in TAIL_LINES.values() for line in lines]), st.sampled_from(SENTENCES["en"]))
def test_every_line_contains_itself_as_a_phrase_and_a_sentence_about_bridges_does_not(line: str, sentence: str) -> None:
    assert matches(line, line)
    assert matches(f"^{line}$", line.upper())
    assert not matches(line, sentence)


@given(st.permutations(["follow us", "us on *", "follow * on facebook", "facebook", "read * there", "and read"]))
def test_the_order_of_phrases_does_not_matter(phrases: list[str]) -> None:
    line = "Please do follow us on Facebook and read a lot more there"
    assert hits(line, *phrases) == hits(line, *sorted(phrases))


# --- how much of a line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Follow us", "whole"),
        ("Follow us on X", "whole"),
        ("Follow us if you want to read more about bridges", "start"),
        ("If you want to read more about bridges, follow us", "inside"),
    ],
)
def test_a_hit_says_how_much_of_the_line_it_is_about(line: str, place: str) -> None:
    assert hits(line, "follow us") == [Hit(0, place, "follow us")]


def test_of_several_phrases_the_one_that_says_most_of_the_line_counts() -> None:
    line = "Follow us if you want to read more about bridges on facebook"
    assert [hit.place for hit in hits(line, "facebook", "follow us")] == ["start"]
    assert [hit.place for hit in hits(line, "facebook", "follow * bridges on facebook", "^follow us *")] == ["start"]


def test_each_line_gets_its_own_hit() -> None:
    assert [hit.block for hit in hits("Follow us\nIt rained.\nFollow us\n", "follow us")] == [0, 2]


def test_a_match_in_a_line_that_mixes_scripts_is_the_phrase() -> None:
    assert [hit.match for hit in hits("Tags and more 分享到微信 and more", "分享到微信")] == ["分享到微信"]


# --- showing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "phrase", "shown"),
    [
        ("Please follow us, on: Facebook today", "follow us on facebook", "follow us, on: Facebook"),
        ("PLEASE FOLLOW US", "follow us", "FOLLOW US"),
        ("Voyez « À lire aussi » ici", "à lire aussi", "À lire aussi"),
        ("Voyez « A\u0300 lire aussi » ici", "à lire aussi", "A\u0300 lire aussi"),
        ("Read all 1,234 comments below", "# comments", "1,234 comments"),
        ("Read it, suivez-nous ici", "suivez nous", "suivez-nous"),
        ("Please follow The Post on facebook now", "follow * on facebook", "follow The Post on facebook"),
    ],
)
def test_a_match_is_shown_where_it_stands_in_the_text(line: str, phrase: str, shown: str) -> None:
    text = f"Follow us above.\n{line}\nFollow us below."
    start = text.index(line)
    (hit,) = hits(line, phrase)
    found = locate(text, start, start + len(line), hit.match)
    assert text[slice(*found)] == shown


@given(st.text(max_size=40), st.text(max_size=10), st.integers(0, 20))
def test_a_match_is_always_shown_inside_its_line(text: str, match: str, start: int) -> None:
    start = min(start, len(text))
    found = locate(text, start, len(text), match)
    assert start <= found[0] <= found[1] <= len(text)


def test_a_match_that_cannot_be_found_again_is_shown_as_the_whole_line() -> None:
    assert locate("The ﬁle is here", 4, 15, "nowhere") == (4, 15)
