"""What `make` installs and offers: the locks and the targets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock; several where systems differ."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def named(requirements: list[object]) -> set[str]:
    """The names of the packages that requirements ask for, as locks write them."""
    plain = (one for one in requirements if isinstance(one, str))
    return {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", one)[0]).lower() for one in plain}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_its_hashes_and_comes_from_no_named_place(lock):
    text = (ROOT / lock).read_text("utf-8")
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert not re.search(r"https?://|file:|--index|--find-links|@ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_the_project_asks_for_and_no_torch(lock):
    wanted = named(PROJECT["project"]["dependencies"]) | named(PROJECT["dependency-groups"]["build"])
    if lock == "requirements-dev.lock":
        wanted |= named(PROJECT["dependency-groups"]["dev"])
    assert wanted <= set(pinned(lock)), "run `make lock`"
    assert "torch" not in pinned(lock)


def test_both_locks_pin_the_same():
    runtime, dev = (pinned(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


def test_make_alone_lists_every_target():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shown = subprocess.run(["make"], cwd=ROOT, env=clean, capture_output=True, text=True, check=True).stdout  # noqa: S607
    targets = set(re.findall(r"^([a-z-]+): .*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"help", "env", "demo", "test", "lint", "type", "imports", "cover", "eval", "bench", "train", "clean"} <= targets
    assert targets == set(re.findall(r"^  ([a-z-]+) {2,}\S", shown, re.MULTILINE))


def test_what_must_pass_is_run_by_a_script_that_stops_at_the_first_fault():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "set -eu" in script.read_text("utf-8")
    assert "make test" in script.read_text("utf-8")
