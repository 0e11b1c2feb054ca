"""An entry of a bibliography or a note.

References belong to the article, also below a banner. "[1] https://…" of a text browser looks alike and is judged by
what stands above it.
"""

from cleaner.rules import pattern_rule

RULE = pattern_rule(
    __name__,
    __doc__,
    why="is a reference or a footnote",
    pattern=r"\b(?:doi[:.]|DOI[:.]|ISBN\b|et al\b|pp?\.\s?\d|[Vv]ol\.\s?\d|Retrieved \w|[Ii]bid\b|arXiv\b|op\. cit)|\((?:19|20)\d\d[a-z]?\)[.,:]|^(?:\[\d{1,3}\]|[¹²³⁴-⁹]+|\^) ?\S",
    needs=(
        "doi",
        "DOI",
        "ISBN",
        "et al",
        "p.",
        "ol.",
        "Retrieved ",
        "bid",
        "arXiv",
        "(19",
        "(20",
        "[",
        "^",
        "¹",
        "²",
        "³",
        *"⁴⁵⁶⁷⁸⁹",
    ),
    fires=("[3] Doe, J. (2019). On bridges. Example Press.", "Roe, R. Rivers of the north, pp. 12-40"),
    silent=("Related articles", "We met in 2019."),
    opposes=True,
)
