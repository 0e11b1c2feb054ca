"""Asks to sign in or to register.

Account prompts of the site. It misleads in how-tos, whose steps say the same inside sentences.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="asks to sign in or register",
    fires=("Forgot your password?", "Mot de passe oublié ?"),
    silent=("The treaty was signed in Vienna.", "Le traité a été signé à Vienne."),
)
