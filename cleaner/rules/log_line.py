"""An entry of a log: a time, then what happened.

A log is content to its last line. The times of comments and teasers stand alone or behind a name.
"""

from cleaner.rules import pattern_rule

RULE = pattern_rule(
    __name__,
    __doc__,
    why="is an entry of a log",
    pattern=r"^[\[<(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|\d\d:\d\d:\d\d[.,\d]*|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\S*\s\S.{8}|^(?:\[?(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|FATAL)\]?[: ])",
    needs=(":", "INFO", "DEBUG", "WARN", "ERROR", "TRACE", "FATAL"),
    fires=("2024-03-01 12:00:03 INFO server started on port 80", "[12:00:04] alice: see you tomorrow then"),
    silent=("12:30", "March 1, 2024 at 12:00", "2024-03-01 12:00:03"),
    opposes=True,
)
