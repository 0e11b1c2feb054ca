"""Offers an app for download.

App shop lines belong to the publisher, not to the text. It misleads in reviews of apps and how-tos.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="offers an app for download",
    fires=("Download our app", "Téléchargez notre application"),
    silent=(
        "The report took an hour to download over the satellite link.",
        "Le téléchargement du dossier a duré une heure.",
    ),
)
