"""No figure of the extractor on the development documents is below its floor."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "corpus").exists(), reason="the corpora are not here")
def test_no_figure_is_below_its_floor():
    run = [sys.executable, str(ROOT / "eval" / "run.py"), "--shared", str(SHARED), "--task", "claims", "--task", "calibration"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "trigger" in done.stdout
    assert "ece" in done.stdout
