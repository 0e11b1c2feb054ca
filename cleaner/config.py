"""The configuration file: found above the inputs, read strictly, turned into the same values that options give.

The nearest directory at or above all inputs counts that has a `.cleaner.toml`, or a pyproject.toml with a table
`[tool.cleaner]`; in one directory the former wins. Both hold the same keys:

    level = "cautious"             # and encoding, to-utf8, jobs, as the options of that name
    rules = ["site.toml"]          # seen from the file's directory
    disable = ["hashtags"]
    include = ["*.txt"]
    exclude = ["drafts/"]
    keep = ["^reporting by"]       # phrases, as in a rules file: keep, block, and tables such as [follow]
    block = ["^more from our network"]

What is given on the command line takes the place of the same key here. Files further up are not read: a setting has one
place. Whatever is not understood is an error, since a mistyped `keep` would cost articles.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.model import CleanerError, Level
from cleaner.render.visible import visible_name

if TYPE_CHECKING:
    from cleaner.lexicons import Lexicon

NAME, PROJECT = ".cleaner.toml", "pyproject.toml"
_STRINGS = ("rules", "disable", "include", "exclude")
_OPTIONS = ("level", "encoding", "to-utf8", "jobs", *_STRINGS)
_PHRASES = ("keep", "block")


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says: where it is (None: there is none), the options by their names in Python, and the
    phrases it adds."""

    path: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    phrases: Lexicon | None = None


def find(paths: Sequence[str]) -> str | None:
    """The configuration file that counts for these inputs (none: for the working directory)."""
    folder = _common(paths)
    while True:
        own = os.path.join(folder, NAME)  # noqa: PTH118
        if os.path.isfile(own):  # noqa: PTH113
            return own
        project = os.path.join(folder, PROJECT)  # noqa: PTH118
        if os.path.isfile(project) and _has_table(project):  # noqa: PTH113
            return project
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return None
        folder = parent


def load(path: str) -> Config:
    """What the file says. Raises CleanerError that names the file, the key, what was expected and the nearest key."""
    name = visible_name(path)
    data = _parse(path)
    if Path(path).name == PROJECT:
        data = data.get("tool", {}).get("cleaner", {})
        name = f"{name}: [tool.cleaner]"
    if not isinstance(data, dict):
        raise CleanerError(f"{name}: must be a table, not {_type(data)}")
    options = {key.replace("-", "_"): _checked(key, data[key], name) for key in _OPTIONS if key in data}
    if "rules" in options:
        options["rules"] = [os.path.join(os.path.dirname(path), one) for one in options["rules"]]  # noqa: PTH118, PTH120
    return Config(path, options, _phrases({key: data[key] for key in data if key not in _OPTIONS}, name))


def _common(paths: Sequence[str]) -> str:
    """The deepest directory that holds all inputs."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]  # noqa: PTH112, PTH120
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()  # noqa: PTH109
    except (OSError, ValueError):  # a name with NUL, two drives on Windows, a working directory that is gone
        return os.sep


def _has_table(path: str) -> bool:
    # The parser is only loaded for a file that may have the table; a project that has nothing to do with this program
    # may be as broken as it likes.
    try:
        if b"cleaner" not in Path(path).read_bytes():
            return False
    except OSError:
        return False
    tool = _parse(path).get("tool")
    return isinstance(tool, dict) and "cleaner" in tool


def _parse(path: str) -> dict[str, Any]:
    import tomllib

    name = visible_name(path)
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CleanerError(f"{name}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise CleanerError(f"{name}: is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise CleanerError(f"{name}: is not valid TOML: {error}") from error


def _checked(key: str, value: Any, name: str) -> Any:
    if key in _STRINGS:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise CleanerError(f'{name}: "{key}" must be a list of strings, not {_type(value)}')
        return value
    if key == "level":
        levels = [str(level) for level in Level]
        if value not in levels:
            raise CleanerError(f'{name}: "level" must be one of {", ".join(levels)}, not {_shown(value)}')
    elif key == "encoding":
        if not isinstance(value, str) or not value:
            raise CleanerError(f'{name}: "encoding" must be a string, not {_type(value)}')
    elif key == "to-utf8":
        if not isinstance(value, bool):
            raise CleanerError(f'{name}: "to-utf8" must be true or false, not {_shown(value)}')
    elif not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise CleanerError(f'{name}: "jobs" must be a number from 1, not {_shown(value)}')
    return value


def _phrases(data: Mapping[str, Any], name: str) -> Lexicon | None:
    if not data:
        return None
    from difflib import get_close_matches

    from cleaner.lexicons import KINDS, parse_lexicon

    known = (*_OPTIONS, *_PHRASES, *KINDS)
    for key in data:
        if key not in (*_PHRASES, *KINDS):
            near = get_close_matches(key.replace("_", "-"), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join((*_OPTIONS, *_PHRASES))}"
            raise CleanerError(f"{name}: unknown key {key!r}, {hint}")
    # The loader of lexicons takes TOML, and words its errors by its keys; a string of JSON is one of TOML, too.
    top = [f"{_toml(key)} = {_toml(value)}" for key, value in data.items()]
    return parse_lexicon("\n".join(top), name)


def _toml(value: Any) -> str:
    import json

    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value) if isinstance(value, (str, bool, int)) else json.dumps(str(value))


def _shown(value: Any) -> str:
    return repr(value) if isinstance(value, (str, int, float)) else _type(value)


def _type(value: Any) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")
