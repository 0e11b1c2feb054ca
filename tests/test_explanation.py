"""An explanation gives the figures of the decision itself, whatever was decided, and reads well anywhere.

The real engine is asked, so nothing here depends on what the weights are; the golden files show figures made up here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import log
from pathlib import Path

import pytest
from cli_fakes import check_golden, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import PLAIN_TAIL, SENTENCES, article
from test_render import ANYTHING, NASTY, columns

from cleaner.cut import SAFETY
from cleaner.explanation import Comparison, Explanation, Part, Reason, Spot, explain
from cleaner.lexicons import parse_lexicon
from cleaner.model import Guard, Level, Result
from cleaner.pipeline import WINDOW, Cleaner
from cleaner.render.explanation import PLACES_MAX, SIGNALS_MAX, explanation_view
from cleaner.render.visible import visible
from cleaner.signals import NEAR_PREFIX, candidates, scores, weights_for
from cleaner.weights import SIGNALS

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLE = article("en")
TAIL = "\n".join((*PLAIN_TAIL, "Related articles", "Copyright © 2024 Example News. All rights reserved.")) + "\n"
CUT = f"{ARTICLE}\n{TAIL}"
# A call in the middle of an article: a place, but no tail.
UNCUT = f"{ARTICLE}\nShare this article\n\n{ARTICLE}"
PROMOTION = TAIL
ONE_LINE = " ".join(SENTENCES["en"]) + " Follow us on Telegram."
ROWS = "\n".join(f"{number};station {number};{number * 7};city;open;yes;no" for number in range(30))
RECORDS = f"{ROWS}\n\n{SENTENCES['en'][0]}\n\n{TAIL}"
KEPT = f"{CUT}Reporting by Anna\n"
DOCUMENTS = {
    "cut": CUT,
    "uncut": UNCUT,
    "without a place": ARTICLE,
    "one line": ONE_LINE,
    "one short line": "Follow us on Telegram",
    "empty": "",
    "blank": " \r\n\n",
    "promotion": PROMOTION,
    "records": RECORDS,
}


def explained(text: str, rules: str = "", level: Level = Level.NORMAL) -> tuple[Explanation, Result]:
    """The explanation of a text, and the result that it explains."""
    cleaner = Cleaner(level, [parse_lexicon(rules, "rules.toml")] if rules else ())
    result = cleaner.clean(text)
    return explain(cleaner.judge(text), result), result


def shown(explanation: Explanation, width: int = 80, color: bool = False) -> str:
    return explanation_view(explanation, width=width, color=color)


def flat(explanation: Explanation) -> str:
    """What is shown, without the ends of lines."""
    return " ".join(shown(explanation).split())


# --- figures --------------------------------------------------------------------------------------


def check_figures(explanation: Explanation) -> None:
    """The figures fit together: probabilities are one, sums are sums, parts make up the difference of the scores."""
    total = 0.0
    for spot in explanation.spots:
        total += spot.likely
        assert spot.safe == pytest.approx(total, abs=1e-12)
    assert total + explanation.no_cut == pytest.approx(1)
    compared = explanation.comparison
    if compared is not None:
        assert sum(part.difference for part in compared.parts) == pytest.approx(compared.difference, abs=1e-9)
        if min(compared.spot.likely, compared.rival_likely) > 0:
            assert compared.difference == pytest.approx(log(compared.spot.likely / compared.rival_likely), abs=1e-9)
        sizes = [abs(part.difference) for part in compared.parts]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_signals_add_up_to_the_difference_of_the_scores_and_the_probabilities_to_one(kind: str, level: Level) -> None:
    check_figures(explained(DOCUMENTS[kind], level=level)[0])


@pytest.mark.parametrize("folder", ["articles", "keep", "known-failures"])
def test_the_figures_fit_together_for_the_documents_of_the_fixtures(folder: str) -> None:
    for path in sorted(FIXTURES.joinpath(folder).glob("*.txt"))[::4]:
        explanation, result = explained(path.read_bytes().decode("utf-8", "replace"))
        check_figures(explanation)
        assert (explanation.chosen is None) == (result.cut is None and result.guard is None)


def test_a_second_look_is_explained_by_its_own_figures_and_names_where_the_first_one_cut() -> None:
    looked_twice = 0
    for path in sorted(FIXTURES.joinpath("articles").glob("*.txt")):
        explanation, result = explained(path.read_bytes().decode("utf-8", "replace"))
        if explanation.cut_before is not None:
            looked_twice += 1
            assert explanation.chosen is not None
            assert result.cut is not None
            assert explanation.chosen.line == result.cut.line <= explanation.cut_before.line
            assert explanation.chosen.safe >= explanation.safety
            assert max(spot.line for spot in explanation.spots) <= explanation.cut_before.line
            assert f"A first look cut at line {explanation.cut_before.line}" in flat(explanation)
    assert looked_twice >= 3


def test_the_scores_are_those_that_decided() -> None:
    explanation, _ = explained(CUT)
    _, analysis, _ = Cleaner().judge(CUT)
    by_block = {one.block: one.score for one in scores(analysis, SIGNALS)}
    blocks = {block.text: number for number, block in enumerate(analysis.blocks)}
    compared = explanation.comparison
    assert compared is not None
    rival = len(analysis.blocks) if compared.rival is None else blocks[compared.rival.text]
    assert compared.difference == by_block[blocks[compared.spot.text]] - by_block[rival]


def test_a_part_holds_the_value_and_the_weight_of_its_signal() -> None:
    explanation, _ = explained(CUT)
    _, analysis, _ = Cleaner().judge(CUT)
    compared = explanation.comparison
    assert compared is not None
    values = {analysis.blocks[one.block].text: one.signals for one in candidates(analysis) if one.block < len(analysis.blocks)}
    weights = weights_for(SIGNALS, len(analysis.blocks))
    assert weights != SIGNALS
    for part in compared.parts:
        assert part.here == values[compared.spot.text].get(part.signal, 0.0)
        weight = weights.get(part.signal, 0.0)
        assert part.weight == weight + (weights.get(NEAR_PREFIX + part.signal, 0.0) if part.near_end else 0.0)
    assert any(part.near_end for part in compared.parts)


# --- what is explained ----------------------------------------------------------------------------


def test_the_chosen_place_is_the_cut_and_no_place_before_it_is_safe_enough() -> None:
    explanation, result = explained(CUT)
    assert result.cut is not None
    assert explanation.chosen is not None
    assert (explanation.reason, explanation.guard) == (Reason.SAFE, None)
    assert explanation.chosen.line == result.cut.line == 8
    assert explanation.chosen.safe >= explanation.safety == SAFETY[Level.NORMAL]
    assert round(min(explanation.chosen.safe, 0.999), 3) == result.cut.confidence
    assert all(spot.safe < explanation.safety for spot in explanation.spots[: explanation.spots.index(explanation.chosen)])
    assert explanation.comparison is not None
    assert explanation.comparison.spot == explanation.chosen


def test_the_rival_of_the_chosen_place_is_the_likeliest_other() -> None:
    explanation, _ = explained(CUT)
    others = [spot.likely for spot in explanation.spots if spot != explanation.chosen]
    assert explanation.comparison is not None
    assert explanation.comparison.rival_likely == max(*others, explanation.no_cut)


def test_where_nothing_is_cut_the_likeliest_place_is_compared_with_no_cut() -> None:
    explanation, result = explained(UNCUT)
    assert not result.changed
    assert (explanation.reason, explanation.chosen, explanation.guard) == (Reason.UNSAFE, None, None)
    assert explanation.comparison is not None
    assert explanation.comparison.rival is None
    assert explanation.comparison.rival_likely == explanation.no_cut
    assert explanation.comparison.spot.likely == max(spot.likely for spot in explanation.spots)
    assert "no cut" in {part.signal for part in explanation.comparison.parts}
    said = flat(explanation)
    assert 'Nothing is cut: "begun" gets no higher than' in said
    assert "against no cut" in said


@pytest.mark.parametrize("text", [ARTICLE, "", " \n"])
def test_a_document_without_a_place_says_so(text: str) -> None:
    explanation, _ = explained(text)
    assert (explanation.spots, explanation.comparison, explanation.no_cut) == ((), None, 1.0)
    assert flat(explanation).endswith("A tail can start where a rule speaks for boilerplate. None does, so nothing is cut.")


def test_places_inside_one_line_are_told_apart_by_their_first_words() -> None:
    explanation, result = explained(ONE_LINE)
    assert {(spot.line, spot.inside) for spot in explanation.spots} == {(1, True)}
    assert "Follow us" in flat(explanation)
    if result.changed:
        assert "Cut inside line 1" in flat(explanation)


def test_a_text_that_is_promotion_as_a_whole_is_explained_by_the_place_where_that_shows() -> None:
    explanation, result = explained(PROMOTION)
    assert result.guard is not None
    assert explanation.guard == result.guard
    assert explanation.reason is Reason.PROMOTION
    assert explanation.chosen is not None
    assert explanation.chosen.safe >= 0.5
    assert "promotion as a whole" in flat(explanation)


def test_a_text_of_records_is_explained_by_the_cut_that_it_would_have_had() -> None:
    explanation, result = explained(RECORDS)
    assert result.guard is not None
    assert (result.guard.id, explanation.guard, explanation.reason) == ("records", result.guard, Reason.SAFE)
    assert explanation.chosen is not None
    assert explanation.chosen.text == "Share this article"
    assert f"Kept as it is, although line {explanation.chosen.line} is the first place" in flat(explanation)
    assert f": {result.guard.why}." in flat(explanation)


def test_a_phrase_to_keep_is_explained_by_the_cut_above_it() -> None:
    explanation, result = explained(KEPT, 'keep = ["reporting by anna"]')
    assert result.guard is not None
    assert (explanation.guard, explanation.reason) == (result.guard, Reason.SAFE)
    assert explanation.chosen is not None
    assert explanation.chosen.line == 8
    assert "line 13 holds a phrase that the rules file says to keep" in flat(explanation)


def test_a_phrase_to_keep_above_the_cut_says_why_the_cut_is_not_earlier() -> None:
    text = f"{ARTICLE}\nShare this article\nReporting by Anna\n" + TAIL.partition("\n")[2]
    without, _ = explained(text)
    assert without.chosen is not None
    assert without.chosen.line == 8
    explanation, result = explained(text, 'keep = ["reporting by anna"]')
    assert result.cut is not None
    assert result.cut.line > 9
    assert "Not earlier: above it stands a phrase that the rules file says to keep." in flat(explanation)


@pytest.mark.parametrize("named", ["residents of the old town", "share this article"])
def test_a_line_that_the_users_rules_block_needs_no_comparison(named: str) -> None:
    text = CUT if named.startswith("residents") else UNCUT
    explanation, result = explained(text, f'block = ["{named}"]')
    assert result.cut is not None
    assert (explanation.reason, explanation.comparison) == (Reason.BLOCK, None)
    assert explanation.chosen is not None
    assert explanation.chosen in explanation.spots
    assert explanation.chosen.line == result.cut.line
    assert "this is a line with a phrase that the rules file says starts the tail" in flat(explanation)
    check_figures(explanation)


def test_a_blocked_line_with_nothing_above_it_is_explained_by_the_guard() -> None:
    explanation, result = explained(ARTICLE, 'block = ["the city council"]')
    assert result.guard is not None
    assert (explanation.reason, explanation.guard) == (Reason.BLOCK, result.guard)
    assert "Kept as it is, although line 1 is a line with a phrase" in flat(explanation)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_it_says_what_the_other_levels_would_do(kind: str) -> None:
    explanation, _ = explained(DOCUMENTS[kind])
    for level, spot in explanation.elsewhere:
        cut = Cleaner(level).clean(DOCUMENTS[kind]).cut
        assert (spot.line if spot else None) == (cut.line if cut else None)
    assert {level for level, _ in explanation.elsewhere} == {Level.CAUTIOUS, Level.THOROUGH}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_from_the_start_of_a_long_document(end: str) -> None:
    head = f"{ARTICLE}\n" * (3 * WINDOW // len(ARTICLE))
    explanation, result = explained((head + CUT).replace("\n", end))
    assert result.cut is not None
    assert explanation.chosen is not None
    assert explanation.chosen.line == result.cut.line == head.count("\n") + 8
    assert 1 < explanation.first_line < result.cut.line
    assert f"from line {explanation.first_line:,} on, where reading began" in flat(explanation)


# --- how it reads ---------------------------------------------------------------------------------

SPOTS = (
    Spot(2, False, "Share", 0.05, 0.05),
    Spot(1024, False, f"FOLLOW us on {NASTY} and on every other network that anybody has ever heard of", 0.89962, 0.94962),
    Spot(1025, False, "我们的第二个网站,有很多很多很多很多很多很多很多很多很多很多的新闻", 0.00001, 0.94963),
    Spot(1026, True, "[red]Subscribe[/red] to our newsletter, which is free", 0.05, 0.99963),
)
MADE_UP = Explanation(
    level=Level.NORMAL,
    safety=0.9,
    cut_before=None,
    reason=Reason.SAFE,
    guard=None,
    spots=SPOTS,
    chosen=SPOTS[1],
    before=SPOTS[0],
    no_cut=0.00037,
    first_line=1,
    elsewhere=((Level.CAUTIOUS, SPOTS[3]), (Level.THOROUGH, SPOTS[1])),
    comparison=Comparison(
        SPOTS[1],
        SPOTS[3],
        0.05,
        2.89,
        (
            Part("previous is a list item, and much more that takes a lot of room", 1.5, 2.0, 0.5, near_end=True),
            Part("inside a line", -0.64, 0.0, 1.0),
            *(Part(f"signal {number}", 0.2, 0.0, -1.0 if number % 2 else 1.0) for number in range(12)),
        ),
    ),
)
UNSAFE = replace(
    MADE_UP,
    level=Level.CAUTIOUS,
    safety=0.985,
    spots=(*SPOTS[:3], replace(SPOTS[3], safe=0.98463)),
    no_cut=0.01537,
    reason=Reason.UNSAFE,
    chosen=None,
    before=None,
    elsewhere=((Level.NORMAL, None), (Level.THOROUGH, None)),
    comparison=Comparison(SPOTS[1], None, 0.01537, 4.07, (Part("no cut", -4.07, 0.0, 1.0),)),
)
GUARDED = replace(MADE_UP, guard=Guard("records", f"most of it is {NASTY}"))


@pytest.mark.parametrize("width", [40, 80])
def test_explanations_look_like_this(width: int) -> None:
    check_golden(f"explanation-{width}.txt", "\n".join(shown(one, width) for one in (MADE_UP, UNSAFE, GUARDED)))


def test_an_explanation_in_colour_looks_like_this_and_says_the_same() -> None:
    check_golden("explanation-color.txt", shown(MADE_UP, color=True))
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown(MADE_UP, color=True))
    assert [line.rstrip() for line in plain.split("\n")] == shown(MADE_UP).split("\n")


def test_a_rounded_sum_never_stands_on_the_wrong_side_of_what_the_level_asks_for() -> None:
    near = replace(SPOTS[0], likely=0.89962, safe=0.89962)
    assert ' "begun" is 0.8996.' in flat(replace(MADE_UP, spots=(near, *SPOTS[1:]), before=near))


def test_no_probability_is_shown_as_certain_or_impossible_that_is_not() -> None:
    sure = replace(SPOTS[1], likely=1 - 1e-9, safe=1 - 1e-9)
    said = shown(replace(MADE_UP, spots=(sure,), chosen=sure, before=None, no_cut=1e-9, comparison=None))
    assert ">0.999  >0.999" in said
    assert "<0.001" in said
    assert "1.000" not in said


def test_of_many_places_the_likeliest_are_shown_with_the_chosen_and_the_rest_is_summed() -> None:
    many = tuple(Spot(number, False, "x", number / 1000, number * (number + 1) / 2000) for number in range(1, 31))
    said = shown(replace(MADE_UP, spots=many, chosen=many[9], before=many[8], comparison=None))
    lines = [int(found) for found in re.findall(r"^[> ] +(\d+)  ", said, re.MULTILINE)]
    assert lines == [9, 10, *range(31 - PLACES_MAX, 31)]
    assert re.findall(r"^> +(\d+)  ", said, re.MULTILINE) == ["10"]
    together = sum(number for number in range(1, 31) if number not in lines) / 1000
    assert f"{30 - len(lines)} less likely places have {together:.3f} together." in said


def test_the_signals_that_count_most_are_named_and_the_rest_is_summed() -> None:
    rows = shown(MADE_UP, width=120).partition("signal\n")[2].splitlines()
    assert [row.split()[-1] for row in rows[2:SIGNALS_MAX]] == [str(number) for number in range(SIGNALS_MAX - 2)]
    assert rows[SIGNALS_MAX].split() == ["+0.00", "2", "further", "signals", "together"]
    assert rows[SIGNALS_MAX + 1].split() == ["+2.89", "all", "signals"]


def test_scores_that_are_far_apart_are_no_strange_numbers() -> None:
    assert MADE_UP.comparison is not None
    for difference, said in ((900.0, "900.00 higher"), (-900.0, "900.00 lower")):
        far = replace(MADE_UP, comparison=replace(MADE_UP.comparison, difference=difference))
        likely = "as likely" if difference > 0 else "less likely"
        assert f"That of the first is {said}, which makes it more than a million times {likely}" in flat(far)


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [1, 16, 17, 24, 30, 39, 46, 52, 80, 120, 200])
def test_no_line_of_an_explanation_is_wider_than_the_terminal(width: int, color: bool) -> None:
    for one in (MADE_UP, UNSAFE, GUARDED, *(explained(text)[0] for text in DOCUMENTS.values())):
        for line in re.sub(r"\x1b\[[\d;]*m", "", shown(one, width, color)).split("\n"):
            assert columns(line) <= max(16, width), line


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(ANYTHING, st.sampled_from([*PLAIN_TAIL, *SENTENCES["en"], NASTY, "\n"])), max_size=12).map("\n".join),
    st.integers(1, 120),
)
def test_whatever_a_document_holds_it_can_be_explained_and_nothing_hostile_comes_through(text: str, width: int) -> None:
    explanation, _ = explained(text)
    check_figures(explanation)
    for line in shown(explanation, width).split("\n"):
        assert visible(line) == line


def test_markup_in_a_document_stays_text_in_an_explanation() -> None:
    assert "[red]Subscribe[/red] to our newsletter" in flat(MADE_UP)


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes], None]:
    """Write a file into the working directory, which is empty."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CLEANER_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def write(name: str, data: bytes) -> None:
        tmp_path.joinpath(name).write_bytes(data)

    return write


def test_the_explanation_stands_below_the_preview_of_each_document(write: Callable[[str, bytes], None]) -> None:
    write("a.txt", CUT.encode())
    write("b.txt", UNCUT.encode())
    done = run("preview", "--explain", "a.txt", "b.txt")
    assert (done.code, done.err) == (0, "")
    first, second = (run("preview", name).out.decode() for name in ("a.txt", "b.txt"))
    first += "\n" + shown(explained(CUT)[0])
    second += "\n" + shown(explained(UNCUT)[0])
    assert done.out.decode() == f"{first}\n{second}"
    assert run("preview", "--explain", "-q", "a.txt", "b.txt").out.decode() == first


def test_the_explanation_is_of_the_level_and_the_rules_that_were_asked_for(write: Callable[[str, bytes], None]) -> None:
    write("a.txt", CUT.encode())
    write("my.toml", b'block = ["residents of the old town"]')
    said = run("preview", "--explain", "--level", "cautious", "--rules", "my.toml", "a.txt").out.decode()
    assert f'Level cautious cuts at the first place where "begun" reaches {SAFETY[Level.CAUTIOUS]}' in " ".join(said.split())
    assert "the rules file says starts" in said


def test_of_what_is_no_text_there_is_nothing_to_explain(write: Callable[[str, bytes], None]) -> None:
    write("a.bin", b"\0\1\2" * 100)
    done = run("preview", "--explain", "a.bin")
    assert done.code == 0
    assert done.out == run("preview", "a.bin").out


def test_an_explanation_in_any_encoding_is_of_the_text(write: Callable[[str, bytes], None]) -> None:
    write("a.txt", b"\xff\xfe" + CUT.encode("utf-16-le"))
    assert shown(explained(CUT)[0]) in run("preview", "--explain", "a.txt").out.decode()
