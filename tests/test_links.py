"""Links as converters write them are read as their labels, and lists of addresses belong to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.lines import make_blocks, split_lines
from cleaner.links import NO_LINKS, Links, find_links

DUMP = """\
   The council kept [1]Wick Bridge open on Monday.

     * [2]Share
     * [3]Print

References

   Visible links
   1. https://example.org/tag/bridge
   2. https://example.org/share?a=1
   3. javascript:print()

   Hidden links:
   4. https://example.org/
"""
DEFINED = """\
The council kept [Wick Bridge][1] open.

[Share][2]

   [1]: https://example.org/tag/bridge

   [2]: https://example.org/share (Share it)
"""


def read(text: str) -> list[tuple[str, bool]]:
    """The blocks of a text as they are read, and whether each is a link."""
    lines = split_lines(text)
    links = find_links(lines)
    return [(block.text, block.linked) for block in make_blocks(lines[: links.lines], links)]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("See [the report](https://example.org/r) for more.", "See the report for more."),
        ('[Share](/s "Share it")', "Share"),
        ("[Arch (bridge)](/wiki/Arch_(bridge))", "Arch (bridge)"),
        ("![The bridge in 1911](a.jpg)", "The bridge in 1911"),
        ("* [![](1.jpg) Flood warning](/1)", "* Flood warning"),
        ("[One](/1) | [Two](/2)", "One | Two"),
    ],
)
def test_a_link_of_markdown_is_read_as_its_label(written: str, seen: str) -> None:
    assert NO_LINKS.read(written) == seen


@pytest.mark.parametrize(
    "text", ["![](a.jpg)", "a[0](x, y)", "[citation needed]", "[3] Doe, J. (2019)", "[1]Share", "[Share][1]"]
)
def test_what_is_no_link_stays_as_it_is_written(text: str) -> None:
    assert NO_LINKS.read(text) == text


def test_the_numbers_of_a_dump_are_left_out_and_its_list_of_addresses_is_not_read() -> None:
    assert read(DUMP) == [("The council kept Wick Bridge open on Monday.", False), ("* Share", True), ("* Print", True)]


def test_labels_with_deferred_addresses_are_read_where_the_addresses_stand_below() -> None:
    assert read(DEFINED) == [("The council kept Wick Bridge open.", False), ("Share", True)]
    assert [text for text, _ in read(DEFINED.partition("   [1]")[0])] == ["The council kept [Wick Bridge][1] open.", "[Share][2]"]


@pytest.mark.parametrize("marker", ["", "* ", "- ", "• ", "1. ", "2) "])
def test_a_list_item_that_is_a_link_is_a_link_whatever_its_marker(marker: str) -> None:
    assert read(f"{marker}[Follow us](https://example.org/f)") == [(f"{marker}Follow us", True)]
    assert read(f"{marker}We met [Ada](https://example.org/a)") == [(f"{marker}We met Ada", False)]


def test_a_numbered_list_of_addresses_that_no_number_points_to_is_the_text_s_own() -> None:
    text = "Three shops are open.\n\nWhere to buy\n\n1. https://example.org/\n2. https://example.com/\n"
    assert [line for line, _ in read(text)] == [line for line in text.split("\n") if line]


def test_notes_of_a_text_keep_their_numbers() -> None:
    text = "The bridge is old.[1] It was repaired.[2]\n\nNotes\n\n[1] https://example.org/a\n[2] https://example.org/b\n"
    assert [line for line, _ in read(text)] == [line for line in text.split("\n") if line]


def test_a_list_of_addresses_goes_with_the_tail_above_it_and_stays_below_an_article() -> None:
    article = "\n".join(
        [f"   The council met on day {number} and kept the [1]bridge open for carts and people." for number in range(9)]
    )
    listed = "\n\nReferences\n\n   1. https://example.org/bridge\n   2. https://example.org/follow\n"
    tail = "\n\n   [2]Follow us on Facebook\n   Subscribe to our newsletter\n   Copyright 2024 Example News. All rights reserved."
    assert clean(article + listed).text == article + listed
    assert clean(article + tail + listed).text == article + "\n"


@given(st.text(alphabet=st.sampled_from("[]()!12 a:\n/\"'")), st.booleans(), st.booleans())
def test_reading_adds_nothing_and_leaves_no_line_empty(text: str, numbered: bool, defined: bool) -> None:
    seen = Links(0, numbered, defined).read(text)
    assert len(seen) <= len(text)
    assert bool(seen.strip()) == bool(text.strip())
    letters = iter(text)
    assert all(letter in letters for letter in seen)
