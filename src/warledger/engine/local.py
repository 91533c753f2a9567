"""The engine of one machine: threads or processes, in order, with a bounded number of items in flight."""

from __future__ import annotations

import multiprocessing
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Literal, TypeVar

from warledger.engine.components import Node, components
from warledger.errors import WarledgerError

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)

Workers = Literal["processes", "threads"]

IN_FLIGHT_PER_WORKER = 4
"""Enough that a worker never waits for the next item, few enough that a long input is not held in memory."""


class Engine(ABC):
    """What runs stages: `map`, `group` and `components`. Every engine gives the same results in the same order."""

    @abstractmethod
    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The results of `function`, in the order of `items`; a failure is raised where its result would have come."""

    @abstractmethod
    def group(self, items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
        """The items by `key`: keys in the order of their first item, items in the order given."""

    @abstractmethod
    def components(self, nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
        """Which nodes hang together: each component sorted, in the order of their least node."""


class LocalEngine(Engine):
    """`jobs` processes or threads of this machine; one job runs in the calling thread.

    Work for processes must be picklable. `prepare` is called once in each worker, before its first item (to load a model).
    """

    def __init__(self, jobs: int = 1, *, workers: Workers = "processes", prepare: Callable[[], None] | None = None) -> None:
        if jobs < 1:
            raise ValueError(f"an engine needs at least one job, not {jobs}")
        self.jobs = jobs
        self.workers = workers
        self.prepare = prepare

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """As `Engine.map`. Raises WarledgerError where a worker process ended by itself (killed, out of memory)."""
        if self.jobs == 1:
            if self.prepare is not None:
                self.prepare()
            yield from map(function, items)
            return
        with self._executor() as executor:
            try:
                yield from _in_order(executor, function, iter(items), self.jobs * IN_FLIGHT_PER_WORKER)
            except BrokenProcessPool as error:
                message = "a worker process ended before its work was done; it may have run out of memory: try fewer jobs"
                raise WarledgerError(message) from error
            finally:
                executor.shutdown(wait=True, cancel_futures=True)

    def _executor(self) -> Executor:
        if self.workers == "threads":
            return ThreadPoolExecutor(self.jobs, initializer=self.prepare)
        # A fresh interpreter: a copy of one that runs threads (as ONNX Runtime does) can hang.
        return ProcessPoolExecutor(self.jobs, mp_context=multiprocessing.get_context("spawn"), initializer=self.prepare)

    def group(self, items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
        """As `Engine.group`."""
        groups: dict[Key, list[Item]] = {}
        for item in items:
            groups.setdefault(key(item), []).append(item)
        return groups

    def components(self, nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
        """As `Engine.components`."""
        return components(nodes, edges)


def _in_order(
    executor: Executor, function: Callable[[Item], Result], items: Iterator[Item], in_flight: int
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque(executor.submit(function, item) for item in islice(items, in_flight))
    while waiting:
        result = waiting.popleft().result()
        for item in islice(items, 1):
            waiting.append(executor.submit(function, item))
        yield result
