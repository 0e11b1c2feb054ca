"""The hooks for pre-commit, run by pre-commit itself in a repository made for it, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLE = "The bridge opens on Monday.\n\nIt took three years.\n"
DOCUMENT = ARTICLE + "ZZYZX and all that\n"

pytestmark = pytest.mark.skipif(
    shutil.which("pre-commit") is None or shutil.which("git") is None, reason="pre-commit or git is not installed"
)


def git(*args: str, folder: Path) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository that uses the hooks of another one; `cleaner` is on the path, so nothing is installed."""
    hooks, project, programs = tmp_path / "hooks", tmp_path / "project", tmp_path / "bin"
    for folder in (hooks, project, programs):
        folder.mkdir()
    definition = (ROOT / ".pre-commit-hooks.yaml").read_text()
    (hooks / ".pre-commit-hooks.yaml").write_text(definition.replace("language: python", "language: system"))
    program = programs / "cleaner"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cleaner "$@"\n')
    program.chmod(0o755)
    git("init", "-q", folder=hooks)
    git("add", ".", folder=hooks)
    git("commit", "-qm", "hooks", folder=hooks)
    git("tag", "v1", folder=hooks)
    git("init", "-q", folder=project)
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: v1\n  hooks:\n  - id: cleaner-check\n  - id: cleaner\n"
    )
    (project / ".cleaner.toml").write_text('block = ["^zzyzx"]\n')
    (project / "a.txt").write_text(DOCUMENT)
    (project / "b c.txt").write_text(ARTICLE)
    (project / "code.py").write_text(DOCUMENT)
    git("add", ".", folder=project)
    return project


def pre_commit(hook: str, project: Path) -> subprocess.CompletedProcess[str]:
    # Inside another hook's run, git's own variables would lead to the wrong repository.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    paths = os.pathsep.join([str(project.parent / "bin"), os.environ["PATH"]])
    return subprocess.run(
        ["pre-commit", "run", "--all-files", hook],
        cwd=project,
        env=kept | {"PATH": paths, "PRE_COMMIT_HOME": str(project.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_names_the_file_and_changes_nothing(project: Path) -> None:
    done = pre_commit("cleaner-check", project)
    assert done.returncode == 1, done.stderr
    assert "a.txt: 1 of 4 lines removed" in done.stdout
    assert (project / "a.txt").read_text() == DOCUMENT


def test_the_fix_cleans_texts_once_and_can_be_undone(project: Path) -> None:
    assert pre_commit("cleaner", project).returncode == 1
    assert (project / "a.txt").read_text() == ARTICLE
    assert (project / "code.py").read_text() == DOCUMENT
    git("add", ".", folder=project)
    assert pre_commit("cleaner", project).returncode == 0
    assert pre_commit("cleaner-check", project).returncode == 0
    names = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True).stdout
    assert ".cleaner/" not in names
    subprocess.run(
        [sys.executable, "-m", "cleaner", "restore", "-q", "."],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert (project / "a.txt").read_text() == DOCUMENT
