"""Every rule keeps what its file promises: its examples, its documentation, its name, its place in the registry."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import cleaner.rules
from cleaner.analysis import analyse
from cleaner.lexicons import KINDS, Lexicon, builtin_tables
from cleaner.phrases import PhraseIndex, build_tables
from cleaner.rules import PHRASE_RULES, Hit, Rule, Rules, load_rules
from cleaner.weights import RULES

FOLDER = Path(cleaner.rules.__file__).parent
# Files in the folder of the rules that hold none.
HELPERS = {"__init__", "shape"}
PLACES = ("whole", "start", "sentence", "inside")
RULE_IDS = list(load_rules())
# `keep` and `block` listen to a user's phrases; their examples go with these.
OF_A_USER = Lexicon("example", "", keep=("this line of the example stays",), block=("the tail of the example starts here",))


@cache
def index() -> PhraseIndex:
    return PhraseIndex(builtin_tables(), build_tables(OF_A_USER.phrases()))


def hits_of(rule: Rule, example: str) -> list[Hit]:
    """What a rule says about an example, whose lines are the lines of a document."""
    analysis = analyse(example, 0, index(), Rules([rule.id]))
    return [hit for spoken in analysis.testimony for hit in spoken.values()]


def _examples(which: str) -> list[tuple[str, str]]:
    return [(rule.id, example) for rule in load_rules().values() for example in getattr(rule, which)]


@pytest.mark.parametrize(("rule_id", "example"), _examples("fires"))
def test_a_rule_fires_on_its_examples(rule_id: str, example: str) -> None:
    hits = hits_of(load_rules()[rule_id], example)
    assert hits
    for hit in hits:
        assert hit.place in PLACES
        assert hit.match.strip()


@pytest.mark.parametrize(("rule_id", "example"), _examples("silent"))
def test_a_rule_is_silent_on_the_others(rule_id: str, example: str) -> None:
    assert hits_of(load_rules()[rule_id], example) == []


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_has_examples_of_both_kinds(rule_id: str) -> None:
    rule = load_rules()[rule_id]
    assert rule.fires
    assert rule.silent
    assert not set(rule.fires) & set(rule.silent)


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_is_documented_by_a_title_and_a_body(rule_id: str) -> None:
    title, blank, *body = load_rules()[rule_id].doc.strip().split("\n")
    assert title == load_rules()[rule_id].title
    assert title.endswith(".")
    assert blank == ""
    assert len(" ".join(body)) > 40


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_reason_goes_on_where_a_sentence_about_the_line_begins(rule_id: str) -> None:
    """Reasons are printed behind a rule's name: "telegram +3.0: links to a Telegram channel"."""
    why = load_rules()[rule_id].why
    assert re.fullmatch(r"[a-z][^\n]*[^.\s]", why)


@pytest.mark.parametrize(
    "path", sorted(path for path in FOLDER.glob("*.py") if path.stem not in HELPERS), ids=lambda path: path.stem
)
def test_every_file_holds_one_registered_rule_of_its_name(path: Path) -> None:
    rule = load_rules().get(path.stem.replace("_", "-"))
    assert rule is not None, f"{path.name} is not registered in cleaner/rules/__init__.py"
    assert rule.doc in path.read_text(encoding="utf-8")


def test_no_rule_is_registered_without_a_file() -> None:
    assert {rule_id.replace("-", "_") for rule_id in RULE_IDS} == {path.stem for path in FOLDER.glob("*.py")} - HELPERS


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_an_id_is_in_kebab_case(rule_id: str) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule_id)
    assert load_rules()[rule_id].id == rule_id


def test_every_kind_of_the_lexicons_has_a_rule_that_listens_to_it() -> None:
    assert {rule.kind for rule in load_rules().values()} == {*KINDS, "keep", "block", ""}
    assert {rule.id for rule in load_rules().values() if rule.kind} == PHRASE_RULES


def test_every_weight_belongs_to_a_rule_and_a_place() -> None:
    for key in RULES:
        rule_id, _, place = key.partition("/")
        assert rule_id in load_rules()
        assert place in PLACES


# A fitted weight this close to zero says nothing for either side.
NOTHING = 0.3


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_the_weights_of_a_rule_speak_for_what_it_says_it_speaks_for(rule_id: str) -> None:
    """`cleaner rules` says for what a rule speaks; the fitted weights must not say the contrary."""
    weights = [weight for place in PLACES if (weight := RULES.get(f"{rule_id}/{place}"))]
    if load_rules()[rule_id].opposes:
        assert all(weight < NOTHING for weight in weights)
    else:
        assert not weights or max(weights) > -NOTHING


def test_the_example_lexicon_speaks_for_keep_and_block_alone() -> None:
    line = "This line of the example stays"
    assert [rule.id for rule in load_rules().values() if rule.kind and hits_of(rule, line)] == ["keep"]


def test_the_first_blocks_of_a_text_get_the_testimony_that_they_would_get_alone() -> None:
    """Otherwise a rule looks ahead that is not among those that do."""
    rules = load_rules()
    fixtures = sorted((Path(__file__).parents[2] / "fixtures").glob("*/*.txt"))
    texts = [path.read_bytes().decode("utf-8", "replace") for path in fixtures]
    for text in (*texts, *(example for _, example in _examples("fires"))):
        whole = analyse(text, 0, index(), rules)
        for count in range(len(whole.blocks)):
            part = whole.first(count)
            alone: list[dict[str, Hit]] = [{} for _ in range(count)]
            for name, hit in rules.observe(part.scene):
                alone[hit.block][name] = hit
            assert part.testimony == alone, text
