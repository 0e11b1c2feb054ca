"""Asks whether the page was helpful or reports errors.

Help centres and papers ask it below every text.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="asks what the reader thinks of the page",
    fires=("Was this article helpful?", "Cet article vous a-t-il été utile ?"),
    silent=("The hint was helpful, the police said later.", "L'indice a été utile, a dit la police."),
)
