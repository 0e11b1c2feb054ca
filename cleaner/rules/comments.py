"""Comment prompts, comment headings and counters.

Where readers are asked to comment the article is over; what follows may be long prose of others. It misleads in
stories that end with an official's comment.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="stands where readers' comments begin",
    fires=("Leave a comment", "Laisser un commentaire"),
    silent=("The minister declined to comment on the report.", "Le ministre n'a fait aucun commentaire."),
)
