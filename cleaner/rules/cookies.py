"""Cookie and consent notices.

They belong to the page, whatever the article says; recipes bake cookies, though, so only whole phrases count.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is a cookie or consent notice",
    fires=("We use cookies to improve your experience.", "Nous utilisons des cookies"),
    silent=("Bake the cookies for twelve minutes.", "Faites cuire les biscuits douze minutes."),
)
