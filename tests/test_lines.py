"""Lines and blocks: where a line ends, what belongs together, and where a sentence starts."""

from __future__ import annotations

import sys
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import SENTENCES

from cleaner.lines import (
    WRAP_JOINTS,
    count_breaks,
    count_lines,
    list_marker,
    make_blocks,
    split_block,
    split_lines,
    split_sentences,
    wrapping,
)
from cleaner.model import Block, Line

PARAGRAPH = " ".join(SENTENCES["en"])
OTHER = " ".join(reversed(SENTENCES["en"]))
# Characters at which str.splitlines breaks a line and nothing else on a terminal, in an editor or in `wc` does.
NO_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
BROKEN = st.text(alphabet=st.sampled_from("ab \n\r\t" + NO_LINE_ENDS + "é中"))


def blocks_of(text: str) -> list[Block]:
    return make_blocks(split_lines(text))


def items_of(text: str) -> list[int]:
    return [block.item for block in blocks_of(text)]


# --- lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", [Line(0, "a", "")]),
        ("a\n", [Line(0, "a", "\n")]),
        ("\n", [Line(0, "", "\n")]),
        ("a\nb", [Line(0, "a", "\n"), Line(2, "b", "")]),
        ("a\r\nb\rc\n", [Line(0, "a", "\r\n"), Line(3, "b", "\r"), Line(5, "c", "\n")]),
        ("a\n\rb", [Line(0, "a", "\n"), Line(2, "", "\r"), Line(3, "b", "")]),
        ("\r\r\n\n", [Line(0, "", "\r"), Line(1, "", "\r\n"), Line(3, "", "\n")]),
    ],
)
def test_a_line_ends_at_a_line_feed_a_carriage_return_or_both(text: str, lines: list[Line]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize("sign", NO_LINE_ENDS)
def test_a_line_ends_nowhere_else_although_splitlines_does(sign: str) -> None:
    text = f"a{sign}b"
    assert len(text.splitlines()) == 2
    assert split_lines(text) == [Line(0, text, "")]
    assert count_lines(text) == 1


@given(BROKEN)
def test_the_lines_and_their_terminators_joined_are_the_text(text: str) -> None:
    lines = split_lines(text)
    assert "".join(line.text + line.terminator for line in lines) == text
    for line in lines:
        assert line.terminator in ("\n", "\r\n", "\r", "")
        assert text[line.start : line.end] == line.text
        assert not {"\r", "\n"} & set(line.text)
    assert all(line.terminator for line in lines[:-1])
    assert all(one.end + len(one.terminator) == other.start for one, other in pairwise(lines))


@given(BROKEN)
def test_lines_are_counted_as_they_are_split(text: str) -> None:
    assert count_lines(text) == len(split_lines(text))
    assert count_breaks(text) == sum(bool(line.terminator) for line in split_lines(text))


@given(st.text(alphabet="ab \n\r"))
def test_without_exotic_line_ends_splitlines_agrees(text: str) -> None:
    assert [line.text for line in split_lines(text)] == text.splitlines()


def test_splitting_can_start_in_the_middle_with_offsets_of_the_whole_text() -> None:
    assert split_lines("ab\ncd\nef", 3) == [Line(3, "cd", "\n"), Line(6, "ef", "")]


# --- blocks -----------------------------------------------------------------------------------------


def test_a_block_is_a_line_without_the_white_space_around_it() -> None:
    text = "  one \n\n\t\ntwo\r\n"
    assert blocks_of(text) == [Block(0, 0, 0, 6, "one", 0, 0), Block(3, 3, 10, 13, "two", 2, 0)]


@given(BROKEN)
def test_blocks_hold_every_line_that_is_not_blank_in_order(text: str) -> None:
    lines, blocks = split_lines(text), blocks_of(text)
    assert [block.line for block in blocks] == [number for number, line in enumerate(lines) if line.text.strip()]
    for block in blocks:
        assert text[block.start : block.end].strip() == block.text
        assert block.text


@pytest.mark.parametrize("width", [60, 66, 72, 76, 80])
def test_the_lines_of_a_hard_wrapped_paragraph_are_joined_again(width: int) -> None:
    text = textwrap.fill(PARAGRAPH, width) + "\n\n" + textwrap.fill(OTHER, width) + "\n"
    assert [block.text for block in blocks_of(text)] == [PARAGRAPH, OTHER]
    first, second = blocks_of(text)
    lines = split_lines(text)
    assert (first.line, first.last_line) == (0, lines.index(next(line for line in lines if not line.text)) - 1)
    assert (second.line, second.last_line) == (first.last_line + 2, len(lines) - 1)
    assert text[second.start : second.end] == textwrap.fill(OTHER, width)


def test_the_terminators_of_a_wrapped_text_do_not_matter() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    for terminator in ("\r\n", "\r"):
        assert [block.text for block in blocks_of(wrapped.replace("\n", terminator))] == [PARAGRAPH]


def test_lines_that_each_hold_a_whole_paragraph_are_not_joined() -> None:
    for language, sentences in SENTENCES.items():
        text = "\n".join(sentences)
        assert [block.text for block in blocks_of(text)] == list(sentences), language


def test_signs_that_nobody_sees_belong_to_no_block_and_make_no_line() -> None:
    text = "\u200bShare\u200b\n\u200e\u200f\n\u200f شارك \u200e\n\ufeff \u00a0\u200b\nA\u200bB"
    assert [(block.line, block.text, block.gap) for block in blocks_of(text)] == [
        (0, "Share", 0),
        (2, "شارك", 1),
        (4, "A\u200bB", 1),
    ]


def test_white_space_between_signs_that_nobody_sees_makes_no_line() -> None:
    every = [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()]
    assert len(every) > 25
    assert [blocks_of(f"\ufeff{sign}\u200b") for sign in every] == [[]] * len(every)


def test_spaces_that_do_not_break_a_line_are_read_as_spaces() -> None:
    assert [block.text for block in blocks_of("Suivez-nous\u202f:\u00a0ici")] == ["Suivez-nous : ici"]


def test_verses_and_addresses_are_not_joined() -> None:
    verses = """\
The bridge was open when the river rose and took the mill away,
and nobody could cross it then
until the second day.
The miller stood upon the bank and counted what was gone:
a wheel, a roof, a bag of flour,
and then he counted on.
He built another by the weir, with stones from far upstream,
and those who come and ask for bread
are told about the dream.
The bridge is closed, the mill is gone, the weir is overgrown,
and in the garden of the inn
the children find a stone.
"""
    assert len(blocks_of(verses)) == 12
    assert wrapping(split_lines("Example News\n12 Bridge Street\nSpringfield 12345\nUnited States of America\n")) == (0, 0)


def test_a_text_of_long_lines_with_a_few_wrapped_ones_is_not_wrapped() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    assert wrapped.count("\n") > WRAP_JOINTS
    assert wrapping(split_lines(f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{wrapped}")) == (0, 0)


def test_lines_below_a_wrapped_article_that_are_not_wrapped_are_not_joined() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    headlines = [
        "Council delays its decision on the new swimming pool again",
        "Storm leaves hundreds of homes in the valley without any power",
        "Why the old railway station may open again next spring",
        "Farmers warn of a poor harvest after the driest of summers",
    ] * 3
    assert wrapping(split_lines(wrapped)).lines == wrapped.count("\n") + 1
    assert [block.text for block in blocks_of("\n".join([wrapped, "", *headlines]))] == [PARAGRAPH, *headlines]
    assert [block.text for block in blocks_of(f"{wrapped}\n\n{OTHER}\n{OTHER}")] == [PARAGRAPH, OTHER, OTHER]


def test_an_address_that_is_too_long_to_wrap_does_not_hide_the_wrapping() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    address = "https://example.org/" + "a" * 200
    assert [block.text for block in blocks_of(f"{wrapped}\n\n{address}\n\n{wrapped}")] == [
        PARAGRAPH,
        address,
        PARAGRAPH,
    ]


def test_a_list_item_starts_a_block_inside_a_wrapped_text() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    items = [textwrap.fill(f"{number}. {OTHER}", 72, subsequent_indent="   ") for number in (1, 2)]
    text = f"{wrapped}\n\n" + "\n".join(items)
    assert [(block.item, block.text[:6]) for block in blocks_of(text)] == [(0, "The ci"), (1, "1. Two"), (2, "2. Two")]


# --- list runs --------------------------------------------------------------------------------------

NUMBERED = ("{}) ", "{}. ", "({}) ", "[{}] ", "{} ) ", "{} - ", "{} – ", "{}: ", "{}.", "{}\ufe0f\u20e3 ")


@pytest.mark.parametrize("style", NUMBERED)
def test_numbered_items_carry_their_place_in_the_run(style: str) -> None:
    text = "Our sites:\n" + "".join(f"{style.format(number)}Site\n" for number in range(1, 13))
    assert items_of(text) == [0, *range(1, 13)]


@pytest.mark.parametrize("bullet", "•‣▪●○■◆★✓✔➤➢►▶→➡»›👉📌🔗🔹⭐*+·-–—")
def test_bulleted_items_carry_their_place_in_the_run(bullet: str) -> None:
    assert items_of(f"Our sites:\n{bullet} One\n{bullet} Two\n{bullet} Three\n") == [0, 1, 2, 3]


def test_circled_numbers_and_letters_are_numbers() -> None:
    assert items_of("① One\n② Two\n③ Three\n") == [1, 2, 3]
    assert items_of("❶ One\n❷ Two\n") == [1, 2]
    assert items_of("➀ One\n➁ Two\n") == [1, 2]
    assert items_of("a) One\nb) Two\nc) Three\n") == [1, 2, 3]


def test_a_run_goes_on_over_blank_lines_and_one_line_of_text() -> None:
    assert items_of("1) One\n\n2) Two\nhttps://example.org/\n3) Three\n") == [1, 2, 0, 3]


def test_a_run_that_starts_at_two_has_its_first_item_inside_the_lead_in() -> None:
    """As in the text that the program was conceived for: "... three sites: 1) The first" and then "2) The second"."""
    assert items_of("We have three sites: 1) One\n2) Two\n3) Three\n") == [0, 2, 3]


def test_a_number_that_does_not_follow_starts_a_new_run() -> None:
    assert items_of("1) One\n2) Two\n7) Seven\n1) One\n") == [1, 2, 1, 1]


def test_a_run_of_another_style_is_another_run() -> None:
    assert items_of("1) One\n• Sub\n2) Two\n• Sub\n• Sub\n") == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "1.5 million people",
        "12:30 The doors open",
        "2024 was a good year",
        "-5 degrees",
        "1)",
        "•",
        "a",
        "",
        "*",
        "U.S. troops",
        "www.example.org",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert list_marker(text) is None


# --- sentences --------------------------------------------------------------------------------------


def sentences_of(text: str) -> list[str]:
    starts = split_sentences(text)
    return [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentences_of_a_paragraph_are_found_in_every_language(language: str) -> None:
    join = "" if language in ("ja", "zh") else " "
    assert sentences_of(join.join(SENTENCES[language])) == list(SENTENCES[language])


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", [""]),
        ("No mark at all", ["No mark at all"]),
        ("It rained. Then it stopped.", ["It rained.", "Then it stopped."]),
        ("Did it rain? Yes! And then …  Nothing.", ["Did it rain?", "Yes!", "And then …", "Nothing."]),
        ('He said "go." She went.', ['He said "go."', "She went."]),
        ("It is known.[12] Others disagree.", ["It is known.[12]", "Others disagree."]),
        ("Ask Dr. Smith or Mrs. Jones. They know.", ["Ask Dr. Smith or Mrs. Jones.", "They know."]),
        ("M. Dupont et Mme. Durand sont venus. Ils rient.", ["M. Dupont et Mme. Durand sont venus.", "Ils rient."]),
        ("The U.S. Senate and J. Doe agree. So do we.", ["The U.S. Senate and J. Doe agree.", "So do we."]),
        ("It costs 3.50 euros. That is cheap.", ["It costs 3.50 euros.", "That is cheap."]),
        ("See example.org for more. Share it!", ["See example.org for more.", "Share it!"]),
        ("and so on ... and on. Done.", ["and so on ... and on.", "Done."]),
        ("雨が降った。「止んだ。」次の日。", ["雨が降った。", "「止んだ。」", "次の日。"]),
        ("下雨了！然后呢？停了。", ["下雨了！", "然后呢？", "停了。"]),
        ("बारिश हुई। फिर रुक गई।", ["बारिश हुई।", "फिर रुक गई।"]),
        ("هل أمطرت؟ نعم۔ ثم توقف", ["هل أمطرت؟", "نعم۔", "ثم توقف"]),
    ],
)
def test_a_sentence_starts_behind_a_mark_and_not_behind_an_abbreviation(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@given(st.text(alphabet="aB. !?…。」\"'1[])\n"))
def test_sentence_starts_rise_from_zero_and_never_stand_on_white_space(text: str) -> None:
    starts = split_sentences(text)
    assert starts[0] == 0
    assert all(one < other for one, other in pairwise(starts))
    assert not any(text[start].isspace() for start in starts[1:])


@given(st.lists(st.sampled_from(SENTENCES["en"]), min_size=1, max_size=4), st.sampled_from((0, 66, 72)))
def test_the_pieces_of_a_block_cover_it_without_overlap(sentences: list[str], width: int) -> None:
    paragraph = " ".join(sentences)
    text = "Above.\n\n  " + (textwrap.fill(paragraph, width) if width else paragraph) + "\n"
    for block in blocks_of(text):
        starts = [block.start + start for start in split_sentences(text[block.start : block.end])]
        pieces = split_block(block, text, starts)
        assert " ".join(piece.text for piece in pieces) == block.text
        assert [piece.gap for piece in pieces] == [block.gap] + [-1] * (len(pieces) - 1)
        assert [piece.item for piece in pieces] == [block.item] + [0] * (len(pieces) - 1)
        assert (pieces[0].start, pieces[-1].end) == (block.start, len(text[: block.end].rstrip()))
        for piece in pieces:
            assert piece.line == count_breaks(text[: piece.start])
            assert piece.last_line == count_breaks(text[: piece.end])
