"""The process edge: from whatever happens to an exit code, and from every error to one line.

0 done, 1 only with --check, 2 an error, 130 interrupted, 141 broken pipe. click by itself would exit with 1 for most of
these, and Python with a traceback. Nothing is decided here about text, files or options.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

_ERROR, _INTERRUPTED, _BROKEN_PIPE = 2, 130, 141


def main(args: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code. Never raises, except where CLEANER_DEBUG=1 asks for it."""
    try:
        with _orderly_termination():
            return _run(args)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return _BROKEN_PIPE


@contextmanager
def _orderly_termination() -> Iterator[None]:
    """Let `kill` and a lost connection end the program by an exception, so that no temporary file stays behind."""
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What was set to be ignored (nohup) stays ignored; only a main thread may set handlers.
    changed = [one for one in signals if _in_main_thread() and signal.getsignal(one) is signal.SIG_DFL]
    for one in changed:
        signal.signal(one, _terminate)
    try:
        yield
    finally:
        for one in changed:
            signal.signal(one, signal.SIG_DFL)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _terminate(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _run(args: Sequence[str] | None) -> int:
    # Imported here, so that Ctrl-C during start-up is met as well.
    import click

    from cleaner.model import CleanerError
    from cleaner.render.summary import error_line
    from cleaner.sinks import reserve_standard_descriptors, say

    reserve_standard_descriptors()
    from cleaner.cli import commands
    from cleaner.cli.options import PROGRAM
    from cleaner.settings import debugging

    try:
        code = commands.main(args=None if args is None else list(args), prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        say(error_line(error.format_message()))
        if isinstance(error, click.UsageError):
            command = error.ctx.command_path.removesuffix(" clean") if error.ctx else PROGRAM
            say(f"Try '{command} --help'.")
        return _ERROR
    except CleanerError as error:
        say(error_line(str(error)))
        return _ERROR
    except BrokenPipeError:
        raise
    except Exception as error:
        if debugging():
            raise
        kind = type(error).__name__
        say(error_line(f"internal error ({kind}: {error}): please report it; CLEANER_DEBUG=1 shows where"))
        return _ERROR
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
