"""The limits of the settings reach the readers; a limit of the call goes before them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from warledger.config import load
from warledger.ingest import ReadOptions
from warledger.ledger import Ledger
from warledger.ledger.adding import limited

NAMES = ("max_archive_bytes", "max_archive_members", "max_archive_depth", "max_pages")


def test_every_limit_is_taken_from_the_settings_and_has_their_default() -> None:
    settings = load(environment={}).settings
    assert limited(ReadOptions(), settings) == ReadOptions()
    changed = replace(settings, max_file_bytes=7, **dict.fromkeys(NAMES, 7))
    taken = limited(ReadOptions(), changed)
    assert [getattr(taken, name) for name in ("max_bytes", *NAMES)] == [7] * 5
    assert limited(ReadOptions(max_pages=3), changed).max_pages == 3


def test_an_archive_of_too_many_files_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLEDGER_MAX_ARCHIVE_MEMBERS", "1")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "")
        archive.writestr("b.txt", "date 2024-12-05 Shells fell on the town of Azaz.")
    with Ledger.open(tmp_path / "l.db") as ledger:
        summary = ledger.add(tmp_path / "a.zip")
        assert (summary.read, [i.code for i in summary.skipped]) == (0, ["archive-limit"])
