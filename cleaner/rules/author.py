"""Author boxes and lines that lead to an author's other texts.

"About the author", "View all posts by". Biographies are prose, so the words must carry it. A short author box may
stay or go; what follows it must go.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="introduces the author or the author's other texts",
    fires=("About the author", "À propos de l'auteur"),
    silent=("The author of the attack remains unknown.", "L'auteur de l'attaque reste inconnu."),
)
