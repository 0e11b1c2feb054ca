"""A line that is little more than a date or a time.

Datelines of teasers and comments. Bylines and chronologies use it too.
"""

from cleaner.rules import short_rule

# A day of a year, in figures or with the month's name in front of the year.
DAY_OF_YEAR = (
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}\.? [^\W\d_]{3,12}\.?,? (?:19|20)\d\d"
)

RULE = short_rule(
    __name__,
    __doc__,
    why="is a date or a time",
    pattern=rf"(?=\D*+\d)[^\n]{{0,30}}?(?:\b(?:{DAY_OF_YEAR})\b|\b[^\W\d_]{{3,12}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    r"|(?:19|20)\d\d\s?[年년]|\b\d{1,2}[:h]\d\d\b)[^\n]{0,20}$",
    longest=70,
    fires=("12 March 2024", "Published 03/04/2021, 14:05"),
    silent=("On 12 March 2024 the council met for the first time in the new town hall.", "It cost 12.50."),
)
