"""How many of chardet's test files `decode` reads as written: PYTHONPATH=. python tests/bench/encodings.py DIR.

DIR is `tests` of the chardet 5.2.0 source distribution: a folder for each encoding, `encoding` or `encoding-language`.
A file is right where our text equals the text Python's codec of that name gives. The second figure also takes
as right what differs only in how vendors map the same bytes (`VENDORS`), and smart quotes where the folder's codec has
C1 controls; the third is chardet alone. `--bare` takes declarations (`encoding=`, `charset=`) out of the files first.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import chardet

from cleaner.decode import decode
from cleaner.model import Decoded

LANGUAGE = re.compile("-(arabic|bulgarian|croatian|czech|greek|hebrew|hungarian|polish|romanian|russian|slovak|slovene|turkish)$")
DECLARED = re.compile(rb"(?i)(encoding|charset)\s*=\s*[\"']?[-\w]+[\"']?")
VENDORS = str.maketrans("―・〜−‖¢£¬", "—·～－∥￠￡￢")


def _read(data: bytes, name: str | None) -> str | None:
    try:
        return data.decode(name or "undefined")
    except (LookupError, UnicodeError):
        return None


def _alike(ours: str, theirs: str) -> bool:
    """Equal but for vendors' mappings of the same bytes."""
    pairs = zip(ours.translate(VENDORS), theirs.translate(VENDORS), strict=False)
    return len(ours) == len(theirs) and all(one == other or "\x80" <= other <= "\x9f" for one, other in pairs)


def main(directory: Path, bare: bool) -> None:
    """Print each file that is not read as written, then the figures."""
    total = same = alike = alone = 0
    for path in sorted(one for one in directory.glob("*/*") if one.is_file()):
        data = DECLARED.sub(b"", path.read_bytes()) if bare else path.read_bytes()
        theirs = _read(data, LANGUAGE.sub("", path.parent.name))
        if theirs is None:
            print(f"{path.relative_to(directory)}: Python has no such codec, not counted")
            continue
        found = decode(data)
        ours, name = (found.text, found.encoding) if isinstance(found, Decoded) else ("", f"{found.id}: {found.why}")
        total, same, alike = total + 1, same + (ours == theirs), alike + _alike(ours, theirs)
        alone += _read(data, chardet.detect(data)["encoding"]) == theirs
        if ours != theirs:
            print(f"{path.relative_to(directory)}: {name}{' (vendor mapping)' if _alike(ours, theirs) else ''}")
    print(f"{total} files: {same} as written, {alike} but for vendor mappings; chardet alone {alone}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--bare" in sys.argv)
