"""Packs a fitted network for the package: ONNX with 8-bit weights, the small tables, the tokenizer, and their hashes.

python -m train.pack --state build/model/network.pt --out src/warledger/model/data
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from train.network import Network, load_encoder, load_teacher, tokenizer_path, unpack_teacher

from warledger.model import layout


def export(net: Network, path: Path) -> None:
    """Write the network as an ONNX graph of 32-bit floats with free batch and length."""
    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "windows", 1: "tokens"}
    names = ["tags", "trigger", "null", "first", "last"]
    net.encoder.config._attn_implementation = "eager"
    torch.onnx.export(
        net,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["ids", "mask"],
        output_names=names,
        dynamic_axes=dict.fromkeys(["ids", "mask", *names], axes),
        opset_version=17,
        dynamo=False,
    )


def quantise(model: Any) -> None:
    """Replace every large weight by 8-bit integers with a scale for each output column (embeddings: for each row)."""
    graph = model.graph
    nodes, kept = [], []
    gathered = {n.input[0] for n in graph.node if n.op_type == "Gather"}
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.ndim != 2 or array.size < 10_000:
            kept.append(tensor)
            continue
        axis = 0 if tensor.name in gathered else 1
        scale = np.maximum(np.abs(array).max(axis=1 - axis), 1e-8).astype(np.float32) / 127
        whole = np.round(array / np.expand_dims(scale, 1 - axis)).clip(-127, 127).astype(np.int8)
        kept.append(numpy_helper.from_array(whole, tensor.name + "_q"))
        kept.append(numpy_helper.from_array(scale, tensor.name + "_s"))
        kept.append(numpy_helper.from_array(np.zeros(scale.shape, np.int8), tensor.name + "_z"))
        inputs = [tensor.name + suffix for suffix in ("_q", "_s", "_z")]
        nodes.append(helper.make_node("DequantizeLinear", inputs, [tensor.name], axis=axis))
    ordered = nodes + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(ordered)


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of networks that were fitted one from another."""
    return {
        name: torch.stack([s[name] for s in states]).mean(0) if x.dtype.is_floating_point else x
        for name, x in states[0].items()
    }


def tables(net: Network) -> dict[str, Any]:
    """The link biases and relation weights, which are applied outside the graph."""
    state = net.state_dict()
    return {k: np.round(state[k].numpy().astype(float), 5).tolist() for k in ("bias", "relation", "relation_bias")}


def main() -> None:
    """Export, quantise and seal."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--state", type=Path, action="append", required=True, help="of several, fitted one from another, the mean")
    ap.add_argument("--out", type=Path, default=Path("src/warledger/model/data"))
    ap.add_argument("--teacher", type=Path, help="the state is a teacher's, which was unpacked into this folder")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    net = Network(load_teacher(unpack_teacher(a.teacher)) if a.teacher else load_encoder())
    net.load_state_dict(mean([torch.load(path) for path in a.state]))
    net.eval()
    raw = a.out / "raw.onnx"
    export(net, raw)
    model = onnx.load(str(raw))
    raw.unlink()
    quantise(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(a.out / "network.onnx"))
    shutil.copy(tokenizer_path(), a.out / "tokenizer.json")
    old = json.loads((a.out / "tables.json").read_text()) if (a.out / "tables.json").exists() else {}
    fitted = {k: x for k, x in old.items() if k in ("thresholds", "calibration")}
    (a.out / "tables.json").write_text(
        json.dumps(tables(net) | fitted | {"heads": {k: list(x) for k, x in layout.HEADS.items()}})
    )
    seal(a.out)


def seal(folder: Path) -> None:
    """Write the hashes that the package checks when it loads the network."""
    files = ("network.onnx", "tables.json", "tokenizer.json")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    (folder / "sha256.json").write_text(json.dumps(hashes, indent=1) + "\n")
    print({name: (folder / name).stat().st_size for name in files})


if __name__ == "__main__":
    main()
