"""A pager: page numbers with an arrow, or "Next:" with a title.

What leads to other pages stands behind the text. A row of numbers without an arrow is a score or a table.
"""

from cleaner.rules import short_rule

# Not in the lexicons: a phrase can say neither the figures in front nor the colon behind.
_NEXT = (
    r"(?:next|weiter|suivante?|siguiente|pr[óo]xim[ao]|avanti|successiva|volgende|nast[ęe]pn[ay]|nästa|neste|næste|seuraava"
    r"|následující|další|következő|sonraki|далее|дальше|вперед|следующая|наступна|επόμενη|التالي|הבא|下一頁|下一页|次へ|다음)"
)

RULE = short_rule(
    __name__,
    __doc__,
    why="leads to other pages",
    pattern=rf"(?i:(?:[«‹<←]+\s*)?(?:\d{{1,4}} +(?:(?:…|\.\.\.) +)?){{1,15}}(?:[»›>→]+|{_NEXT}\s*[»›>→]*)$"
    r"|(?:next|previous|prev|newer|older)(?: (?:article|post|story|page|chapter))?\s?[:›»→]\s*\S|[«‹←→»›]+$)",
    longest=130,
    needs=(*(f"{digit} " for digit in range(10)), "ext", "EXT", "rev", "REV", "ewer", "EWER", "lder", "LDER", *"→←»«›‹"),
    fires=("1 2 3 >", "« 1 2 3 »", "1 3 weiter", "Previous article: The old mill"),
    silent=("1 2 3", "Next to him stood the mayor.", "2 3 1"),
)
