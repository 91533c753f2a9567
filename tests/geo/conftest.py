"""A small gazetteer, so that the tests of the layer need not build the real index."""

import pytest
from tests_geo_places import PLACES

from warledger.geo import Gazetteer, index


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A gazetteer of PLACES in a folder of its own."""
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    gazetteer = Gazetteer.open(cache_dir=tmp_path / "cache")
    yield gazetteer
    gazetteer.close()
