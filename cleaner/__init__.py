"""Strip the boilerplate that hangs below an article from plain text, and say why.

    from cleaner import clean, Cleaner
    result = clean(text_or_bytes, level="normal")
    result.text, result.removed, result.cut, result.evidence, result.guard, result.encoding

The engine is imported when it is first used: `import cleaner` alone costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.model import CleanerError, Level, Result
    from cleaner.pipeline import Cleaner, clean

__all__ = ["Cleaner", "CleanerError", "Level", "Result", "__version__", "clean"]
__version__ = "0.1.0"

_HOMES = {
    "Cleaner": "cleaner.pipeline",
    "clean": "cleaner.pipeline",
    "CleanerError": "cleaner.model",
    "Level": "cleaner.model",
    "Result": "cleaner.model",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
