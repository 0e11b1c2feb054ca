"""Files are either old or new, never in between; descriptors get every byte or a clear error."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleaner import sinks, sources
from cleaner.model import CleanerError
from cleaner.sinks import write_file


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty directory, and the umask that most systems have."""
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def names() -> list[str]:
    return sorted(one.name for one in Path().iterdir())


def test_a_new_file_has_the_mode_that_the_shell_would_give_it() -> None:
    write_file("new.txt", b"text")
    assert Path("new.txt").read_bytes() == b"text"
    assert stat.S_IMODE(Path("new.txt").stat().st_mode) == 0o644
    assert names() == ["new.txt"]


def test_a_file_that_exists_is_replaced_and_keeps_its_mode() -> None:
    Path("old.txt").write_bytes(b"a longer old text")
    Path("old.txt").chmod(0o640)
    write_file("old.txt", b"new")
    assert Path("old.txt").read_bytes() == b"new"
    assert stat.S_IMODE(Path("old.txt").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_a_link_and_its_target_is_replaced() -> None:
    Path("sub").mkdir()
    Path("sub/target.txt").write_bytes(b"old")
    Path("link").symlink_to("sub/target.txt")
    write_file("link", b"new")
    assert Path("link").is_symlink()
    assert Path("sub/target.txt").read_bytes() == b"new"


def test_a_dangling_link_creates_its_target() -> None:
    Path("link").symlink_to("target.txt")
    write_file("link", b"new")
    assert Path("target.txt").read_bytes() == b"new"


def test_a_name_as_long_as_the_file_system_allows_can_be_written() -> None:
    write_file("x" * 255, b"text")
    assert names() == ["x" * 255]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(os.devnull, b"text")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_named_pipe_is_written_to_and_not_replaced() -> None:
    os.mkfifo("pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_bytes()))
    reader.start()
    write_file("pipe", b"text" * 100_000)
    reader.join(10)
    assert got == [b"text" * 100_000]


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "interrupt"])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("old.txt").write_bytes(b"old")

    def fail(*_: object) -> None:
        if step == "interrupt":
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, "write" if step == "write" else "fsync", fail)
    with pytest.raises(KeyboardInterrupt if step == "interrupt" else CleanerError) as caught:
        write_file("old.txt", b"new")
    if step != "interrupt":
        expected = "old.txt: cannot be written: no space left on the device: free some, or write elsewhere"
        assert str(caught.value) == expected
    assert names() == ["old.txt"]
    assert Path("old.txt").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("folder", "folder: is a directory: name a file, such as folder/article.txt"),
        ("no/x", "no/x: cannot be written: there is no directory no: create it first"),
        ("file/x", "file/x: cannot be written: no such file (a part of the path is not a directory): check the path"),
        ("a\nb\0", "a\\nb\\x00: cannot be written: the name cannot be used (embedded null byte)"),
    ],
)
def test_what_cannot_be_written_is_named_in_one_line(path: str, said: str) -> None:
    Path("folder").mkdir()
    Path("file").touch()
    with pytest.raises(CleanerError) as caught:
        write_file(path, b"text")
    assert str(caught.value) == said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_protected_file_is_not_replaced() -> None:
    Path("old.txt").write_bytes(b"old")
    Path("old.txt").chmod(0o444)
    with pytest.raises(CleanerError, match="permission denied"):
        write_file("old.txt", b"new")


def test_a_short_write_and_a_full_pipe_lose_nothing() -> None:
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    data = bytes(range(256)) * 4000
    got: list[bytes] = []

    def drain() -> None:
        while chunk := os.read(read_end, 1000):
            got.append(chunk)

    reader = threading.Thread(target=drain)
    reader.start()
    sinks.write_all(write_end, data)
    os.close(write_end)
    reader.join(10)
    os.close(read_end)
    assert b"".join(got) == data


def test_a_slow_source_that_does_not_block_is_read_to_its_end() -> None:
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)

    def feed() -> None:
        for _ in range(3):
            threading.Event().wait(0.02)
            os.write(write_end, b"part ")
        os.close(write_end)

    writer = threading.Thread(target=feed)
    writer.start()
    assert sources._read_all(read_end) == b"part part part "
    writer.join(10)
    os.close(read_end)


def _append() -> None:
    with Path("a.txt").open("ab") as file:
        file.write(b"more")


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (_append, "a.txt: changed while it was read: try again when nothing writes to it"),
        (lambda: os.truncate("a.txt", 1), "a.txt: changed while it was read: try again when nothing writes to it"),
        (lambda: Path("a.txt").unlink(), None),
    ],
)
def test_a_file_that_changes_while_it_is_read_is_refused_and_one_that_vanishes_is_still_whole(
    meddle: Callable[[], None], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_bytes(b"text")
    read_all = sources._read_all

    def meddled(descriptor: int, size: int) -> bytes:
        data = read_all(descriptor, size)
        meddle()
        return data

    monkeypatch.setattr(sources, "_read_all", meddled)
    if said is None:
        assert sources.read("a.txt").data == b"text"
    else:
        with pytest.raises(CleanerError) as caught:
            sources.read("a.txt")
        assert str(caught.value) == said


def test_a_read_error_of_the_device_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_bytes(b"text")

    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(sources, "_read_all", fail)
    with pytest.raises(CleanerError, match=r"^a\.txt: the device reports an error: check the disk$"):
        sources.read("a.txt")


def test_two_names_of_one_file_are_the_same_and_devices_never_are() -> None:
    Path("a").touch()
    Path("b").symlink_to("a")
    assert sources.same_file("a", "./b")
    assert not sources.same_file("a", "missing")
    assert not sources.same_file(os.devnull, os.devnull)
