"""A link to a page on a social network.

Profile links of the publisher stand in its tail. One such link inside a sentence is a source.
"""

from cleaner.rules import pattern_rule

_SIGNS = (".com/", ".me/", ".ru/", ".net/", "pinterest.", "mastodon.", "bsky.app/")

RULE = pattern_rule(
    __name__,
    __doc__,
    why="links to a page on a social network",
    pattern=r"(?i:\b(?:facebook\.com|fb\.com|fb\.me|twitter\.com|x\.com|instagram\.com|youtube\.com/(?:@|c/|user/|channel/)|tiktok\.com|linkedin\.com/(?:in|company)|pinterest\.[a-z]{2,3}|vk\.com|ok\.ru|mastodon\.[a-z]+|bsky\.app/profile|threads\.net|threads\.com|dzen\.ru|rutube\.ru|odysee\.com|gettr\.com|rumble\.com/c)/[^\s]+)",
    needs=(*_SIGNS, *map(str.upper, _SIGNS)),
    sign="/",
    fires=("Facebook: https://www.facebook.com/examplepost", "instagram.com/example.post"),
    silent=("He bought x.com from his old firm.", "Elle travaille pour facebook.com depuis 2012."),
)
