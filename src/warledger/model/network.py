"""Loads the network from the package, checks its hashes, and runs it on windows with ONNX Runtime on the CPU.

Windows are run one by one, each as long as it is, so what the network says of one does not depend on what else is read or on
how many cores read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from warledger.errors import ModelError
from warledger.model import layout
from warledger.model.windows import Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

DATA: Final = Path(__file__).parent / "data"
OUTPUTS: Final = ("tags", "trigger", "null", "first", "last")


@dataclass(frozen=True, slots=True)
class Output:
    """What the network says of one window, a row for each of its words (m): `tags` (m, TAG_COLUMNS) logits, `trigger`
    (m, roles, ROLE_DIM), `null` (m, roles), `first` and `last` (m, MENTION_COLUMNS).
    """

    tags: Floats
    trigger: Floats
    null: Floats
    first: Floats
    last: Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """The small fitted tables: biases of links, relation weights, decision thresholds and the calibration of confidence."""

    bias: Floats
    relation: Floats
    relation_bias: Floats
    thresholds: dict[str, float]
    calibration: tuple[tuple[float, float], ...]


def _read(folder: Path, name: str, hashes: dict[str, str]) -> bytes:
    try:
        raw = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"the network's file {name} cannot be read ({error.strerror}); install warledger again") from error
    if hashlib.sha256(raw).hexdigest() != hashes.get(name):
        raise ModelError(f"the network's file {name} is not the one that was shipped; install warledger again")
    return raw


class Network:
    """The network and its tokenizer, ready to run. Safe to pickle, and to use from several threads: each computes
    what it asks for itself."""

    def __init__(
        self, session: InferenceSession, tokenizer: Tokenizer, tables: Tables, digest: str, folder: Path = DATA
    ) -> None:
        self._session, self._folder = session, folder
        self.tokenizer = tokenizer
        self.tables = tables
        self.digest = digest
        """The first eight hex digits of the weights' hash: part of the extractor's name."""

    @classmethod
    def load(cls, folder: Path = DATA) -> Network:
        """Read and verify the files in `folder`. Raises ModelError."""
        try:
            hashes = dict(json.loads((folder / "sha256.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(
                f"the network is missing from {folder.name}/ or has no list of hashes; install warledger again"
            ) from error
        graph, tables, tokens = (_read(folder, name, hashes) for name in ("network.onnx", "tables.json", "tokenizer.json"))
        from tokenizers import Tokenizer

        try:
            session = _session(graph)
            tokenizer = Tokenizer.from_buffer(tokens)
        except Exception as error:
            raise ModelError(f"the network could not be prepared on this machine: {error}") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, _tables(tables), hashes["network.onnx"][:8], folder)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self._folder, self.tables)

    def run(self, windows: Sequence[Window]) -> list[Output]:
        """What the network says of each window, in order."""
        return [self._ask(window) for window in windows]

    def _ask(self, window: Window) -> Output:
        ids = window.ids[None].astype(np.int64)
        answers = self._session.run(OUTPUTS, {"ids": ids})
        tags, trigger, null, first, last = (np.asarray(answer)[0, window.at] for answer in answers)
        return Output(tags, trigger.reshape(-1, len(layout.ROLES), layout.ROLE_DIM), null, first, last)


def _again(folder: Path, tables: Tables) -> Network:
    """The network of a folder, with the tables that it had where it was pickled."""
    network = Network.load(folder)
    network.tables = tables
    return network


def _session(graph: bytes) -> InferenceSession:
    """The graph, made ready for threads that each compute with one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors; they are raised as well
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _tables(raw: bytes) -> Tables:
    try:
        row = json.loads(raw)
        if {k: tuple(x) for k, x in row["heads"].items()} != layout.HEADS:
            raise ModelError("the network was made for other labels than this version has; install warledger again")
        return Tables(
            np.array(row["bias"], np.float32),
            np.array(row["relation"], np.float32),
            np.array(row["relation_bias"], np.float32),
            {str(k): float(x) for k, x in row.get("thresholds", {}).items()},
            tuple((float(a), float(b)) for a, b in row.get("calibration", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError("the network's tables.json is not of its form; install warledger again") from error


@cache
def prepare() -> Future[Network]:
    """Begin to load the packaged network, once a process, and go on.

    The result raises ModelError where the network's files are at fault.
    """
    pool = ThreadPoolExecutor(1)
    loading = pool.submit(Network.load)
    pool.shutdown(wait=False)
    return loading
