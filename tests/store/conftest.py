"""The store over each backend that there is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warledger.store import Store

BACKENDS = ("sqlite-file", "sqlite-memory")
"""A backend that is added here goes through every test of the conformance suite."""


@pytest.fixture(params=BACKENDS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens empty stores on one backend, a new one each time."""
    opened: list[Store] = []

    def make() -> Store:
        where = ":memory:" if request.param == "sqlite-memory" else tmp_path / f"{len(opened)}.db"
        opened.append(Store.open(where))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()
