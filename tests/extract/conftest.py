"""Claims are built from links alone here, where a test asks for it."""

import pytest

from warledger.extract import casting, casualties, claims, clauses
from warledger.extract.weighing import Weights


@pytest.fixture
def no_plain_clauses(monkeypatch, request):
    """Links alone decide here, but where a test asks for what clauses say: they have tests of their own."""
    monkeypatch.setattr(casualties, "untold", lambda *_: ())
    if "plain" not in request.keywords:
        monkeypatch.setattr(clauses, "subjects", lambda *_: ())
        monkeypatch.setattr(clauses, "objects", lambda *_: ())
        monkeypatch.setattr(clauses, "place_of", lambda *_: None)
        monkeypatch.setattr(clauses, "time_of", lambda *_: None)
        monkeypatch.setattr(clauses, "is_verb", lambda *_: False)
        zero, even = (dict.fromkeys(casting.ROLES, x) for x in (0.0, 0.5))
        plain = casting.Weights(zero, {role: {"network": 1.0} for role in casting.ROLES}, even, even)
        monkeypatch.setattr(casting, "load_weights", lambda: plain)
        monkeypatch.setattr(claims, "load_weights", lambda _: Weights(0.0, {"network: over none": 1.0}, 0.5))
