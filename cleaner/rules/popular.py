"""Heading of a most-read or latest-news list.

Site-wide lists never belong to the article; they seldom start the tail but confirm it.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="heads a list of popular or latest texts",
    fires=("Most read", "Les plus lus"),
    silent=(
        "It is one of the most read books of the decade, the library said on Monday.",
        "C'est l'un des livres les plus lus de la décennie, selon la bibliothèque municipale.",
    ),
)
