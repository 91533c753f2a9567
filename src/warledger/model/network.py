"""Loads the network from the package, checks its hashes, and runs it on windows with OpenVINO on the CPU.

One window is one request, so what the network says of it does not depend on what else is read or on how many cores read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from warledger.errors import ModelError
from warledger.model import layout
from warledger.model.windows import CLS, SEP, Window

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

DATA: Final = Path(__file__).parent / "data"
PAD_TO: Final = 16
"""Lengths are padded to a multiple of this: the runtime prepares each anew (10 ms a core), and sums in another order, which
can change what it says, where a length is no multiple of its vectors' 8 or 16 floats.
"""


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
    """The network and its tokenizer, ready to run. Safe to use from several threads: `jobs` documents are read at once, each by
    a thread and with a request of the network's own, so that no more threads than the runtime has streams ask it for anything.
    """

    def __init__(self, compiled: CompiledModel, tokenizer: Tokenizer, tables: Tables, digest: str, *, jobs: int = 1) -> None:
        self._runners = ThreadPoolExecutor(jobs, thread_name_prefix="network")
        self._requests: SimpleQueue[InferRequest] = SimpleQueue()
        for _ in range(jobs):
            self._requests.put(compiled.create_infer_request())
        self.tokenizer = tokenizer
        self.tables = tables
        self.digest = digest
        """The first eight hex digits of the weights' hash: part of the extractor's name."""

    @classmethod
    def load(cls, folder: Path = DATA, *, jobs: int = 1) -> Network:
        """Read and verify the files in `folder`; `jobs` documents can be read at once. Raises ModelError."""
        try:
            hashes = dict(json.loads((folder / "sha256.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(
                f"the network is missing from {folder.name}/ or has no list of hashes; install warledger again"
            ) from error
        graph, tables, tokens = (_read(folder, name, hashes) for name in ("network.onnx", "tables.json", "tokenizer.json"))
        from tokenizers import Tokenizer

        try:
            compiled = _compile(graph, jobs)
            tokenizer = Tokenizer.from_buffer(tokens)
        except Exception as error:
            raise ModelError(f"the network could not be prepared on this machine: {error}") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        network = cls(compiled, tokenizer, _tables(tables), hashes["network.onnx"][:8], jobs=jobs)
        network.run([Window(np.array([CLS, SEP], np.int32), np.zeros(1, np.int32), np.zeros(1, np.int32), 0)])
        # The runtime's bindings set themselves up at the first request; two threads that do so at once can wait for each
        # other for ever, one with Python's lock and one with the bindings' own.
        return network

    def run(self, windows: Sequence[Window]) -> list[Output]:
        """What the network says of each window, in order."""
        return self._runners.submit(self._run, windows).result()

    def _run(self, windows: Sequence[Window]) -> list[Output]:
        request = self._requests.get()
        try:
            return [_ask(request, window) for window in windows]
        finally:
            self._requests.put(request)


def _runtime() -> Any:  # noqa: ANN401 - the runtime has no types
    """OpenVINO, kept from reporting its use: it would open a connection when it is imported, and warledger opens none."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import then fails and a stub is used
    import openvino
    import openvino.passes

    return openvino


CPU_FLAGS: Final = Path("/proc/cpuinfo")
"""Where Linux lists what the processor can do."""


def multiplies_short_floats(core: Any) -> bool:  # noqa: ANN401 - the runtime has no types
    """Whether the processor multiplies 16-bit floats itself, and quicker than 32-bit ones: Intel's without AMX take 1.6 times
    as long for them.
    """
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        return False
    if "Intel" not in core.get_property("CPU", "FULL_DEVICE_NAME"):
        return True
    return CPU_FLAGS.exists() and "amx_bf16" in CPU_FLAGS.read_text("utf-8", "replace")


def _compile(graph: bytes, jobs: int) -> CompiledModel:
    """The graph, made ready in 16-bit floats where the processor multiplies them itself, or else in 32-bit ones.

    8-bit integers are a fifth quicker on some processors, but err three times as much as 16-bit floats, which changes what is
    read, and the runtime crashed now and then while they were in use.
    """
    runtime = _runtime()
    core = runtime.Core()
    model = core.read_model(graph)
    widening = runtime.passes.Manager()
    widening.register_pass(runtime.passes.ConstantFolding())  # the 8-bit weights made floats once, not in every request
    widening.run_passes(model)
    settings = {
        "INFERENCE_PRECISION_HINT": "bf16" if multiplies_short_floats(core) else "f32",
        "INFERENCE_NUM_THREADS": jobs,
        "NUM_STREAMS": jobs,
        "CPU_DENORMALS_OPTIMIZATION": "NO",  # would change the arithmetic of the caller's thread, and gains nothing
        "ENABLE_CPU_PINNING": "NO",
    }
    return core.compile_model(model, "CPU", settings)


def _ask(request: InferRequest, window: Window) -> Output:
    size = -(-len(window.ids) // PAD_TO) * PAD_TO
    ids = np.zeros((1, size), np.int64)
    mask = np.zeros((1, size), np.int64)
    ids[0, : len(window.ids)] = window.ids
    mask[0, : len(window.ids)] = 1
    request.infer({"ids": ids, "mask": mask}, share_inputs=True)
    tags, trigger, null, first, last = (np.array(request.get_output_tensor(i).data[0, window.at], np.float32) for i in range(5))
    return Output(tags, trigger.reshape(-1, len(layout.ROLES), layout.ROLE_DIM), null, first, last)


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


@lru_cache(maxsize=2)
def prepare(jobs: int) -> Future[Network]:
    """Begin to load the packaged network, once a process, and go on: with the runtime at hand it needs no lock of Python's.

    The result raises ModelError where the network's files are at fault.
    """
    _runtime()
    pool = ThreadPoolExecutor(1)
    loading = pool.submit(Network.load, jobs=jobs)
    pool.shutdown(wait=False)
    return loading
