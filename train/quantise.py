"""Makes a network of 32-bit floats one of 8-bit integers: its word vectors are kept as such, its matrices multiplied as such.

What is multiplied by a matrix gets its scale anew in every window, one for all of it. So that a few channels with large values
do not leave the others a few steps only, each channel is first divided by what it reaches on training reports, to a power, and
the matrix multiplied by that; where a layer is wider than the network, the few channels that reach furthest are multiplied
apart, in floats. Source of the first: Xiao et al., SmoothQuant (2023); of the second: Dettmers et al., LLM.int8() (2022).

Where a processor has no instruction for sums of products of bytes, the runtime adds the products of two neighbours of a column
in 16 bits, and cuts off what is more. So two neighbours are small enough together for that never to happen: whatever the
processor, sums are exact, and as quick as it can make them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

Floats = NDArray[np.float32]

SHARE = 12
"""Of so many training reports one is read, to see how far a network's channels reach."""
SMALL = 10_000
"""Matrices with fewer numbers stay floats."""
LEAST = 1e-3
"""The least that a channel is taken to reach."""
EVENED, EVENED_WIDE = 0.7, 0.5
"""The power of what a channel reaches that it is divided by, and that in wide layers: those with the least error, of 0 to 1."""
APART = 4
"""Channels of a wide layer that are multiplied in floats: in the first four layers one or two reach three times as far as the
next.
"""
TOGETHER = 128
"""What two neighbours of a column are together at most: 255 times as much is less than 32,768."""
WIDER = np.arange(1, 2.02, 0.02)
"""How much wider the steps of a column may be than its largest number asks for."""


def _matrices(model: Any) -> dict[str, list[str]]:
    """By the name of what is multiplied, the names of the large matrices that it is multiplied by."""
    large = {t.name for t in model.graph.initializer if len(t.dims) == 2 and np.prod(t.dims) >= SMALL}
    found: dict[str, list[str]] = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in large:
            found[node.input[0]].append(node.input[1])
    return found


def reach(model: Any, windows: Sequence[Sequence[int]]) -> dict[str, Floats]:
    """By the name of what is multiplied, how far each of its channels goes from zero in `windows` (token numbers)."""
    names = sorted(_matrices(model))
    seen = onnx.ModelProto()
    seen.CopyFrom(model)
    seen.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = InferenceSession(seen.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found = {name: np.full(1, LEAST, np.float32) for name in names}
    for window in windows:
        ids = np.array([window], np.int64)
        for name, values in zip(names, session.run(names, {"ids": ids}), strict=True):
            found[name] = np.maximum(found[name], np.abs(values[0]).max(0))
    return found


class _Graph:
    """The nodes and constants of the graph that is being made."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def quantise(model: Any, reached: Mapping[str, Floats]) -> None:
    """Turn every large matrix and table of word vectors of `model` into 8-bit integers, with a scale for each column (of a
    table: each row). `reached` is what `reach` gives for the same model.
    """
    arrays = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    large = {name for names in _matrices(model).values() for name in names}
    tables = {
        n.input[0] for n in model.graph.node if n.op_type == "Gather" and arrays.get(n.input[0], np.zeros(0)).size >= SMALL
    }
    width = min(len(x) for x in reached.values())
    made = _Graph()
    evened: dict[str, tuple[Floats, NDArray[np.intp]]] = {}
    for node in model.graph.node:
        first, second = (*node.input, "", "")[:2]
        if node.op_type == "Gather" and first in tables:
            _look_up(made, arrays[first], first, second, node.output[0])
        elif node.op_type == "MatMul" and second in large:
            if first not in evened:
                evened[first] = _even(made, first, reached[first], width)
            _multiply(made, arrays[second], first, second, node.output[0], *evened[first])
        else:
            made.nodes.append(node)
    kept = [t for t in model.graph.initializer if t.name not in large | tables]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend([*kept, *made.constants])
    model.graph.node.extend(made.nodes)


def paired(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """`matrix`, of an even number of rows, as 8-bit integers, and each column's scale: of `WIDER` that with the least error.

    Two neighbours of a column, the first and second, third and fourth and so on, are `TOGETHER` at most, so that their products
    by numbers up to 255 add up within 16 bits; each gives half of what is more.
    """
    most = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 127
    least, best, at = np.full(len(most), np.inf), np.zeros(matrix.shape), most
    for wider in WIDER:
        scale = (most * wider).astype(np.float32)
        whole = np.round(matrix / scale)
        size = np.abs(whole)
        more = np.maximum(size[::2] + size[1::2] - TOGETHER, 0)
        whole -= np.sign(whole) * np.repeat(np.ceil(more / 2), 2, axis=0)
        error = ((whole * scale - matrix) ** 2).sum(axis=0)
        better = error < least
        least, best, at = np.where(better, error, least), np.where(better, whole, best), np.where(better, scale, at)
    return best.astype(np.int8), at


def _look_up(made: _Graph, table: Floats, name: str, rows: str, out: str) -> None:
    """`out`: the rows of a table."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127
    whole = np.round(table / scale).clip(-127, 127).astype(np.int8)
    found = made.add("Gather", [made.constant(f"{name}_q", whole), rows], f"{out}_q", axis=0)
    scales = made.add("Gather", [made.constant(f"{name}_s", scale), rows], f"{out}_s", axis=0)
    made.add("Mul", [made.add("Cast", [found], f"{out}_f", to=TensorProto.FLOAT), scales], out)


def evening(reached: Floats, width: int) -> tuple[Floats, NDArray[np.intp]]:
    """What each channel is divided by, and which channels are left out, to be multiplied apart, in a network of `width`."""
    wide = len(reached) > width
    by = reached ** (EVENED_WIDE if wide else EVENED)
    apart = np.argsort(reached)[len(reached) - APART :] if wide else np.zeros(0, np.intp)
    return (by / np.exp(np.log(by).mean())).astype(np.float32), np.sort(apart)


def _even(made: _Graph, x: str, reached: Floats, width: int) -> tuple[Floats, NDArray[np.intp]]:
    """Makes `x` integers; gives what `evening` says of it."""
    by, apart = evening(reached, width)
    factor = 1 / by
    factor[apart] = 0
    even = made.add("Mul", [x, made.constant(f"{x}_by", factor)], f"{x}_even")
    made.nodes.append(helper.make_node("DynamicQuantizeLinear", [even], [f"{x}_q", f"{x}_s", f"{x}_z"]))
    if len(apart):
        made.add("Gather", [x, made.constant(f"{x}_apart", apart)], f"{x}_few", axis=2)
    return by, apart


def _multiply(made: _Graph, matrix: Floats, x: str, name: str, out: str, by: Floats, apart: NDArray[np.intp]) -> None:
    """`out`: what `_even` made of `x`, times the matrix."""
    rest = matrix * by[:, None]
    rest[apart] = 0
    whole, scale = paired(rest)
    product = made.add("MatMulInteger", [f"{x}_q", made.constant(f"{name}_q", whole), f"{x}_z"], f"{out}_i")
    scales = made.add("Mul", [f"{x}_s", made.constant(f"{name}_s", scale)], f"{out}_s")
    floats = made.add("Cast", [product], f"{out}_f", to=TensorProto.FLOAT)
    if not len(apart):
        made.add("Mul", [floats, scales], out)
        return
    few = made.add("MatMul", [f"{x}_few", made.constant(f"{name}_few", matrix[apart])], f"{out}_few")
    made.add("Add", [made.add("Mul", [floats, scales], f"{out}_rest"), few], out)
