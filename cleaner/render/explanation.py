"""A decision in words and figures: the likeliest places, why the cut falls where it does, and what made the difference.

Figures stand at the left and words at the right, so that the words can wrap in whatever room there is. Nothing is
computed here but what has to be shown differently: a rounded figure never contradicts what was decided about the exact
one. Text of the document is shown by its first words, spelled out where it is hostile.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from cleaner.cut import BODILESS_MAX, BODY_MIN
from cleaner.explanation import Comparison, Explanation, Reason, Spot
from cleaner.render.console import rendered
from cleaner.render.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

# So many places are shown, the likeliest, besides the chosen one and the one before it.
PLACES_MAX = 8
# So many signals are shown by name.
SIGNALS_MAX = 12
# Columns. With less room behind the figures, the words stand below them.
_WORDS_MIN = 16
# Characters of a line: at the most in a table, and where a sentence has to tell places in one line from each other.
_FIRST_WORDS = 200
_QUOTED = 24
# Decimals of a probability, and how many more there may be where so many would contradict the decision.
_DECIMALS = 3
_DECIMALS_MAX = 16
# Scores further apart make a place more than a million times as likely; the exact number would say no more.
_TIMES_MAX = log(1_000_000)
_NO_CUT = "no cut"
# Columns between figures and words.
_GAP = 2
_CUT_OFF = " ..."
# Colours are for figures alone.
_WORD_STYLES = ("bold", "dim")


def explanation_view(explained: Explanation, *, width: int, color: bool) -> str:
    """What a person is shown of a decision; ends with a line feed."""
    return rendered(lambda console: _print_explanation(console, explained), width=width, color=color)


def _print_explanation(console: Console, explained: Explanation) -> None:
    _print(console, "How this was decided", "bold")
    console.print()
    if explained.cut_before is not None:
        _print(console, _first_look(explained.cut_before))
        console.print()
    _print(console, _introduction(explained))
    if not explained.spots:
        return
    console.print()
    _print_places(console, explained)
    console.print()
    for sentence in _verdict(explained):
        _print(console, sentence)
    if explained.comparison is not None:
        console.print()
        _print_comparison(console, explained.comparison)


def _print(console: Console, text: str, style: str = "") -> None:
    from rich.text import Text

    console.print(Text(text, style), overflow="fold", no_wrap=False, crop=False, soft_wrap=False)


def _first_look(cut: Spot) -> str:
    return (
        f"A first look cut at {_name(cut)}. What that left was judged by itself, as it will be when somebody cleans it again; "
        "the figures are those of that look, and the text is what it was about."
    )


def _introduction(explained: Explanation) -> str:
    reach = "" if explained.first_line == 1 else f" from line {explained.first_line:,} on, where reading began"
    if not explained.spots:
        return f"A tail can start where a rule speaks for boilerplate. None does{reach}, so nothing is cut."
    count = len(explained.spots)
    places = "one place" if count == 1 else f"{count:,} places"
    return (
        f'A tail can start where a rule speaks for boilerplate: {places}{reach}. "Starts" is the probability that it starts '
        'there, "begun" that it has begun by then, the sum down to there. '
        f'Level {explained.level} cuts at the first place where "begun" reaches {explained.safety:.3f}.'
    )


# --- places ---------------------------------------------------------------------------------------


def _print_places(console: Console, explained: Explanation) -> None:
    shown = _likeliest(explained)
    size = max(len(_NO_CUT), *(len(f"{spot.line:,}") for spot in shown), 0)
    _print_row(console, f"  {'line':>{size}}  starts   begun", "first words", "dim")
    for spot in shown:
        mark = ">" if spot == explained.chosen else " "
        figures = f"{mark} {spot.line:>{size},}  {_probability(spot.likely):>6}  {_sum(spot.safe, explained):>6}"
        _print_row(console, figures, _first_words(spot), "bold" if spot == explained.chosen else "", wrapped=False)
    _print_row(console, f"  {_NO_CUT:>{size}}  {_probability(explained.no_cut):>6}        ", "the text has no tail")
    left_out = [spot for spot in explained.spots if spot not in shown]
    if left_out:
        together = _probability(sum(spot.likely for spot in left_out))
        _print(
            console, f"{len(left_out):,} less likely {'place has' if len(left_out) == 1 else 'places have'} {together} together."
        )


def _likeliest(explained: Explanation) -> list[Spot]:
    """The likeliest places with the chosen one and the one before it, in order."""
    likeliest = sorted(explained.spots, key=lambda spot: -spot.likely)[:PLACES_MAX]
    wanted = {*likeliest, explained.chosen, explained.before}
    return [spot for spot in explained.spots if spot in wanted]


def _first_words(spot: Spot) -> str:
    return visible(spot.text[:_FIRST_WORDS])


# --- the decision ---------------------------------------------------------------------------------


def _verdict(explained: Explanation) -> list[str]:
    """Where the cut falls and why not a line earlier or later, a sentence each."""
    chosen = explained.chosen
    if chosen is None:
        return [_not_at_all(explained), _elsewhere(explained)]
    if explained.reason is Reason.PROMOTION:
        return [_promotion(chosen, explained)]
    reason = (
        f'the first place where "begun" reaches {explained.safety:.3f}'
        if explained.reason is Reason.SAFE
        else "a line with a phrase that the rules file says starts the tail"
    )
    if explained.guard is not None:
        return [
            f"Kept as it is, although {_name(chosen)} is {reason}: {visible(explained.guard.why)}.",
            _elsewhere(explained),
        ]
    cut = f"Cut {'inside' if chosen.inside else 'above'} line {chosen.line:,}: this is {reason}."
    if explained.reason is Reason.BLOCK:
        return [cut, f"Not earlier: no place above it that could be cut reaches {explained.safety:.3f}.", _elsewhere(explained)]
    later = "Not later: the first such place counts, and a later one would only leave more of the tail."
    return [cut, _not_earlier(explained), later, _elsewhere(explained)]


def _not_at_all(explained: Explanation) -> str:
    last = explained.spots[-1]
    return (
        f'Nothing is cut: "begun" gets no higher than {_sum(last.safe, explained)}, at the last place, {_name(last)}, and level '
        f"{explained.level} asks for {explained.safety:.3f}. "
        f"The rest, {_probability(explained.no_cut)}, is the probability that there is no tail."
    )


def _promotion(chosen: Spot, explained: Explanation) -> str:
    return (
        f'Kept as it is: at {_name(chosen)} "begun" is {_sum(chosen.safe, explained)}, and above it stand less than {BODY_MIN} '
        f"characters that are no boilerplate themselves. From {BODILESS_MAX:.3f} on, every level takes such a text for "
        "promotion as a whole: nothing of an article would be left."
    )


def _not_earlier(explained: Explanation) -> str:
    before = explained.before
    if before is None:
        return "Not earlier: there is no place above it."
    if before.safe >= explained.safety:
        return "Not earlier: above it stands a phrase that the rules file says to keep."
    return f'Not earlier: at the place before, {_name(before)}, "begun" is {_sum(before.safe, explained)}.'


def _elsewhere(explained: Explanation) -> str:
    levels: dict[Spot | None, list[str]] = {}
    for level, spot in explained.elsewhere:
        levels.setdefault(spot, []).append(str(level))
    said = [
        f"level{'s' if len(names) > 1 else ''} {' and '.join(names)} would cut " + (f"at {_name(spot)}" if spot else "nothing")
        for spot, names in levels.items()
    ]
    return f"{_capital('; '.join(said))}."


def _name(spot: Spot) -> str:
    """What a sentence calls a place. Several may start inside one line: there, its first words tell which."""
    return f'line {spot.line:,}, "{_beginning(spot.text)}"' if spot.inside else f"line {spot.line:,}"


def _beginning(text: str) -> str:
    return visible(text) if len(text) <= _QUOTED else f"{visible(text[:_QUOTED]).rstrip()} ..."


# --- signals --------------------------------------------------------------------------------------


def _print_comparison(console: Console, comparison: Comparison) -> None:
    _print(console, _opposition(comparison))
    console.print()
    _print_row(console, " counts  weight    here   rival", "signal", "dim")
    shown, rest = comparison.parts[:SIGNALS_MAX], comparison.parts[SIGNALS_MAX:]
    for part in shown:
        figures = f"{_signed(part.difference)} {_signed(part.weight)} {part.here:>7.2f} {part.there:>7.2f}"
        _print_row(console, figures, visible(part.signal) + (" *" if part.near_end else ""), _side(part.difference))
    if rest:
        total = sum(part.difference for part in rest)
        words = "one further signal" if len(rest) == 1 else f"{len(rest):,} further signals together"
        _print_row(console, f"{_signed(total)}{'':24}", words, _side(total))
    _print_row(console, f"{_signed(comparison.difference)}{'':24}", "all signals", "bold")
    if any(part.near_end for part in shown):
        _print(console, "* The weight includes what this signal counts extra near the end of a document.")


def _opposition(comparison: Comparison) -> str:
    here, size = _name(comparison.spot), abs(comparison.difference)
    rival = _NO_CUT if comparison.rival is None else f"the likeliest other place, {_name(comparison.rival)}"
    side, likely = ("higher", "as likely") if comparison.difference >= 0 else ("lower", "less likely")
    return (
        f"{_capital(here)} ({_probability(comparison.spot.likely)}) against {rival} ({_probability(comparison.rival_likely)}): "
        "the score of each is the sum of its signals times their weights in a text of this length. "
        f"That of the first is {size:.2f} {side}, which makes it {_times(size)} {likely} (e to the power of {size:.2f}). "
        "A signal counts weight * (here - rival):"
    )


def _times(size: float) -> str:
    """How many times as likely a higher score makes a place."""
    if size > _TIMES_MAX:
        return "more than a million times"
    times = exp(size)
    return f"{times:.1f} times" if times < 10 else f"{times:,.0f} times"


def _side(difference: float) -> str:
    """The colour of what speaks for the tail, or against it, as in the preview."""
    return "red" if difference > 0 else "green"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- figures --------------------------------------------------------------------------------------


def _signed(number: float) -> str:
    # Adding zero makes a negative zero positive.
    return f"{round(number, 2) + 0.0:>+7.2f}"


def _probability(share: float) -> str:
    """Neither nothing nor everything is claimed for what is only near it."""
    least = 10.0**-_DECIMALS
    if 0 < share < least / 2:
        return f"<{least:.{_DECIMALS}f}"
    if share >= 1 - least / 2:
        return f">{1 - least:.{_DECIMALS}f}"
    return f"{share:.{_DECIMALS}f}"


def _sum(share: float, explained: Explanation) -> str:
    """A summed probability, with as many decimals as it takes to stand on its side of what the level asks for."""
    safety = explained.safety
    for decimals in range(_DECIMALS, _DECIMALS_MAX):
        if (round(share, decimals) >= safety) == (share >= safety):
            return _probability(share) if decimals == _DECIMALS else f"{share:.{decimals}f}"
    return repr(share)


# --- rows -----------------------------------------------------------------------------------------


def _print_row(console: Console, figures: str, words: str, style: str = "", *, wrapped: bool = True) -> None:
    """Figures with words behind them, or below where there is no room. Words that may not wrap are cut off."""
    from rich.text import Text

    beside = console.width - len(figures) - _GAP >= _WORDS_MIN
    indent = len(figures) + _GAP if beside else _GAP
    rows = [] if beside else list(Text(figures, style).wrap(console, console.width, overflow="fold"))
    text = Text(words, style if style in _WORD_STYLES else "")
    if wrapped:
        lines = list(text.wrap(console, console.width - indent, overflow="fold"))
    else:
        room = console.width - indent
        if text.cell_len > room:
            text.truncate(room - len(_CUT_OFF), overflow="crop")
            text.rstrip()
            text.append(_CUT_OFF)
        lines = [text]
    for number, line in enumerate(lines):
        line.rstrip()
        rows.append((Text(figures + " " * _GAP, style) if beside and number == 0 else Text(" " * indent)).append_text(line))
    for row in rows:
        console.print(row, overflow="ignore", no_wrap=True, crop=False)
