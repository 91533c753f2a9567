"""What several tests of training and evaluation need."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def training(monkeypatch):
    """Imports a module of `train`, which is no part of the package, by its name; afterwards none is left loaded."""
    monkeypatch.syspath_prepend(ROOT)
    yield lambda name: importlib.import_module(f"train.{name}")
    for loaded in [m for m in sys.modules if m == "train" or m.startswith("train.")]:
        del sys.modules[loaded]
