"""A bank account, a PayPal link or the address of a crypto wallet.

An article has no account. It misleads in charity appeals and in stories about fraud.
"""

import re
from collections.abc import Iterator
from functools import cache

from cleaner.rules import Hit, Rule, Scene

ACCOUNT = (
    r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){3,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?\b|\b(?:IBAN|BIC|SWIFT)\s?:"
    r"|\bbc1[a-z0-9]{25,60}\b|\b0x[a-fA-F0-9]{40}\b|\b[13][a-km-zA-HJ-NP-Z1-9]{26,34}\b(?=\s*$)"
    r"|\b(?:paypal\.me|paypal\.com|patreon\.com|ko-fi\.com|buymeacoffee\.com|tipeee\.com|liberapay\.com|donorbox\.org"
    r"|gofundme\.com|leetchi\.com|helloasso\.com|boosty\.to|steadyhq\.com|opencollective\.com|yoomoney\.ru|patronite\.pl)/"
)
# An account number in a text that has none of these words and addresses is not looked for.
_WORDS = ("IBAN", "BIC", "SWIFT", "bc1", "0x")
_ADDRESSES = (".me/", ".com/", ".org/", ".to/", ".ru/", ".pl/")
_DIGITS = tuple("0123456789")


@cache
def _account() -> re.Pattern[str]:
    return re.compile(ACCOUNT, re.MULTILINE)


def _observe(scene: Scene) -> Iterator[Hit]:
    if scene.holding(_ADDRESSES, "/") or any(word in scene.text for word in _WORDS):
        for number in sorted({*scene.holding((*_WORDS, *_DIGITS)), *scene.holding(_ADDRESSES, "/")}):
            if found := _account().search(scene.texts[number]):
                yield Hit(number, "whole", found[0])


RULE = Rule(
    "payment-address",
    __doc__,
    why="gives an address for payments",
    observe=_observe,
    fires=("IBAN: DE89 3704 0044 0532 0130 00", "https://www.paypal.me/example"),
    silent=("Flight BA2490 was late.", "The bank froze the account."),
)
