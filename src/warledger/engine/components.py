"""Connected components: which nodes hang together by edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...  # noqa: ANN401 - as typeshed has it
    def __hash__(self) -> int: ...


Node = TypeVar("Node", bound=_Ordered)


def components(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The components, each sorted, in the order of their least node; independent of the order of nodes and edges.

    A node that only an edge names counts too.
    """
    parent: dict[Node, Node] = {node: node for node in nodes}

    def root(node: Node) -> Node:
        parent.setdefault(node, node)
        top = node
        while parent[top] != top:
            top = parent[top]
        while parent[node] != top:
            parent[node], node = top, parent[node]
        return top

    for left, right in edges:
        a, b = root(left), root(right)
        if a != b:
            low, high = (a, b) if a < b else (b, a)
            parent[high] = low
    members: dict[Node, list[Node]] = {}
    for node in sorted(parent):
        members.setdefault(root(node), []).append(node)
    return list(members.values())
