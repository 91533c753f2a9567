"""Packs a fitted network for the package: ONNX with 8-bit integers, the small tables, the tokenizer, and their hashes.

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
from tokenizers import Tokenizer
from train.data import load
from train.network import Network, load_encoder, load_teacher, mean, tokenizer_path, unpack_teacher
from train.quantise import SHARE, quantise, reach

from warledger.model import layout
from warledger.model.windows import cut, read_words


def export(net: Network, path: Path) -> None:
    """Write the network as an ONNX graph of 32-bit floats for windows of any length."""
    ids = torch.ones(1, 16, dtype=torch.long)
    names = ["tags", "trigger", "null", "first", "last"]
    net.encoder.config._attn_implementation = "eager"
    torch.onnx.export(
        net,
        (ids,),
        str(path),
        input_names=["ids"],
        output_names=names,
        dynamic_axes={name: {1: "tokens"} for name in ("ids", *names)},
        opset_version=17,
        dynamo=False,
    )


def some_windows(corpus: Path) -> list[list[int]]:
    """The tokens of the windows of some training reports."""
    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    reports = [document for document, _ in load(corpus, "train")][::SHARE]
    return [window.ids.tolist() for d in reports for window in cut(read_words(d["text"], d["sentences"], tokenizer))]


def tables(net: Network) -> dict[str, Any]:
    """The link biases and relation weights, which are applied outside the graph."""
    state = net.state_dict()
    return {k: np.round(state[k].numpy().astype(float), 5).tolist() for k in ("bias", "relation", "relation_bias")}


def main() -> None:
    """Export, quantise and seal."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--state", type=Path, action="append", required=True, help="of several, fitted one from another, the mean")
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, default=Path("src/warledger/model/data"))
    ap.add_argument("--floats", action="store_true", help="leave it in 32-bit floats: for a network that only teaches")
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
    if not a.floats:
        quantise(model, reach(model, some_windows(a.corpus)))
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
