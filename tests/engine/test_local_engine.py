"""The local engine: the same results in the same order, whatever works on them."""

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.engine import LocalEngine, components
from warledger.errors import WarledgerError


def square(number: int) -> int:
    return number * number


def square_late_when_small(number: int) -> int:
    time.sleep(0.01 if number < 3 else 0)
    return number * number


def die(number: int) -> int:
    os._exit(9)


def refuse_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


@pytest.mark.parametrize("jobs", [1, 3])
def test_threads_keep_the_order(jobs: int) -> None:
    assert list(LocalEngine(jobs, workers="threads").map(square_late_when_small, range(30))) == [n * n for n in range(30)]


def test_processes_give_what_one_job_gives() -> None:
    assert list(LocalEngine(2).map(square, range(9))) == list(LocalEngine(1).map(square, range(9)))


def test_items_are_read_as_they_are_needed() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    results = LocalEngine(2, workers="threads").map(square, items())
    assert [next(results) for _ in range(3)] == [0, 1, 4]
    assert len(read) < 20
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_comes_where_its_result_would_have_come(jobs: int) -> None:
    results = LocalEngine(jobs, workers="threads").map(refuse_three, range(9))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(WarledgerError, match="fewer jobs"):
        list(LocalEngine(2).map(die, range(2)))


def test_each_worker_is_prepared_before_its_first_item() -> None:
    ready = []
    assert list(LocalEngine(1, prepare=lambda: ready.append(1)).map(lambda n: (n, len(ready)), [5])) == [(5, 1)]
    ready.clear()
    engine = LocalEngine(2, workers="threads", prepare=lambda: ready.append(1))
    assert all(len(ready) >= 1 for _ in engine.map(square, range(4)))


def test_an_engine_needs_a_job() -> None:
    with pytest.raises(ValueError, match="at least one job"):
        LocalEngine(0)


def test_groups_keep_the_order_of_items() -> None:
    assert LocalEngine().group(range(6), lambda n: n % 2) == {0: [0, 2, 4], 1: [1, 3, 5]}


EDGES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=30)


@given(st.sets(st.integers(0, 20)), EDGES, st.randoms())
def test_components_do_not_depend_on_the_order(nodes: set[int], edges: list[tuple[int, int]], random) -> None:
    shuffled = [(b, a) for a, b in edges]
    random.shuffle(shuffled)
    found = LocalEngine().components(sorted(nodes), edges)
    assert found == components(sorted(nodes, reverse=True), shuffled)
    assert sorted(n for part in found for n in part) == sorted(nodes | {n for edge in edges for n in edge})
    home = {node: i for i, part in enumerate(found) for node in part}
    assert all(home[a] == home[b] for a, b in edges)


def test_what_no_edge_joins_stays_apart() -> None:
    assert components("dcba", [("d", "a"), ("c", "b")]) == [["a", "d"], ["b", "c"]]
