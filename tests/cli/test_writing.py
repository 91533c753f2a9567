"""Results in files."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from warledger.cli.writing import written


def test_a_file_is_whole_and_keeps_its_permissions(tmp_path):
    goal = tmp_path / "out.txt"
    goal.write_text("old")
    goal.chmod(0o640)
    with written(str(goal)) as stream:
        stream.write("new ◆\n")
        assert goal.read_text() == "old"
    assert goal.read_bytes() == "new ◆\n".encode()
    assert goal.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [goal]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    goal = tmp_path / "out.txt"
    goal.write_text("old")

    def fail():
        with written(str(goal)) as stream:
            stream.write("half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert goal.read_text() == "old"
    assert list(tmp_path.iterdir()) == [goal]


def test_standard_output_and_devices_are_written_to_as_they_are(capsys):
    for path in (None, "-"):
        with written(path) as stream:
            stream.write("here")
    assert capsys.readouterr().out == "herehere"
    with written(os.devnull) as stream:
        stream.write("nowhere")
    assert Path(os.devnull).is_char_device()
