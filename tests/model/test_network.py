"""The network is fed windows, gives each window its own rows, and is refused where its files are at fault."""

import hashlib
import json

import numpy as np
import onnxruntime
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.unknown_fields import UnknownFieldSet

from warledger.errors import ModelError
from warledger.model import Network, Output, Tables, Window, cut, layout, prepare, read_words
from warledger.model.network import DATA

ROLES, DIM = len(layout.ROLES), layout.ROLE_DIM
WIDTHS = (layout.TAG_COLUMNS, ROLES * DIM, ROLES, layout.MENTION_COLUMNS, layout.MENTION_COLUMNS)
TABLES = Tables(np.zeros(0), np.zeros(0), np.zeros(0), {}, ())


class Session:
    """Stands for the runtime: every column of a token's row is the token's number, plus the array's."""

    def __init__(self):
        self.seen = []

    def run(self, names, given):
        assert list(names) == ["tags", "trigger", "null", "first", "last"]
        (ids,) = given.values()
        self.seen.append(ids)
        rows = ids[:, :, None].astype(np.float32)
        return [np.broadcast_to(rows + 1000 * n, (*ids.shape, width)) for n, width in enumerate(WIDTHS)]


def window(ids, at, core=0):
    return Window(np.array(ids, np.int32), np.arange(len(at), dtype=np.int32), np.array(at, np.int32), core)


def run(windows):
    session = Session()
    return Network(session, None, TABLES, "0" * 8).run(windows), session.seen


def test_a_row_for_each_word_from_its_first_token():
    (output,), _ = run([window([101, 7, 8, 9, 102], [1, 3])])
    assert isinstance(output, Output)
    assert output.tags.shape == (2, layout.TAG_COLUMNS)
    assert output.trigger.shape == (2, ROLES, DIM)
    assert output.null.shape == (2, ROLES)
    assert output.first.shape == output.last.shape == (2, layout.MENTION_COLUMNS)
    assert output.tags[:, 0].tolist() == [7, 9]
    assert output.trigger[:, 2, 5].tolist() == [1007, 1009]
    assert [a[1, 0].item() for a in (output.null, output.first, output.last)] == [2009, 3009, 4009]


def test_every_window_is_as_long_as_it_is():
    _, seen = run([window([101, 102], []), window(range(1, 18), [1])])
    assert [ids.tolist() for ids in seen] == [[[101, 102]], [list(range(1, 18))]]


def test_the_windows_of_a_document_stay_in_order():
    outputs, seen = run([window([101, 200 + n, 102], [1]) for n in range(5)])
    assert [ids[0, 1] for ids in seen] == [200, 201, 202, 203, 204]
    assert [o.tags[0, 0].item() for o in outputs] == [200, 201, 202, 203, 204]


def test_no_windows_no_request():
    assert run([]) == ([], [])


def test_the_columns_lie_side_by_side():
    at = 0
    for head, labels in layout.HEADS.items():
        assert layout.COLUMNS[head] == slice(at, at + len(labels))
        at += len(labels)
    assert at == layout.TAG_COLUMNS
    assert list(layout.DISTANCES) == sorted(set(layout.DISTANCES))


def test_the_packaged_network_has_this_layout():
    network = prepare().result()
    assert network is prepare().result()
    assert len(network.digest) == 8
    tables = network.tables
    assert tables.bias.shape == (ROLES, layout.RELATIVE)
    assert tables.relation.shape == (len(layout.RELATIONS), layout.RELATION_DIM)
    assert tables.relation_bias.shape == (len(layout.RELATIONS),)
    scale = [x for x, _ in tables.calibration]
    assert scale == sorted(scale)
    assert all(0 <= y <= 1 for _, y in tables.calibration)


def test_the_packaged_network_reads_a_window_alike_alone_and_beside_others():
    network = prepare().result()
    text = "Rebels took the town. " + "The army left the hills near the town on Friday morning. " * 30
    words = read_words(text, [(0, 21), (22, len(text))], network.tokenizer)
    windows = cut(words)
    assert len(windows) > 1
    together = network.run(windows)
    assert sum(len(o.tags) - w.core for w, o in zip(windows, together, strict=True)) == len(words.pieces)
    alone = network.run(windows[-1:])[0]
    assert np.array_equal(alone.tags, together[-1].tags)
    again = network.run(windows)
    assert all(np.array_equal(a.tags, b.tags) for a, b in zip(together, again, strict=True))


def laid(folder, **files):
    """A folder of the given files, with their right hashes."""
    hashes = {}
    for name, raw in files.items():
        file = name.replace("_", ".")
        (folder / file).write_bytes(raw)
        hashes[file] = hashlib.sha256(raw).hexdigest()
    (folder / "sha256.json").write_text(json.dumps(hashes))
    return folder


def test_weights_that_are_none_are_refused(tmp_path):
    folder = laid(tmp_path, network_onnx=b"no graph", tables_json=b"{}", tokenizer_json=b"{}")
    with pytest.raises(ModelError, match="could not be prepared"):
        Network.load(folder)


def test_a_tokenizer_that_is_none_is_refused(tmp_path):
    folder = laid(tmp_path, network_onnx=(DATA / "network.onnx").read_bytes(), tables_json=b"{}", tokenizer_json=b"{}")
    with pytest.raises(ModelError, match="could not be prepared"):
        Network.load(folder)


def test_tables_of_another_form_are_refused(tmp_path):
    files = {n.replace(".", "_"): (DATA / n).read_bytes() for n in ("network.onnx", "tokenizer.json")}
    for raw in (b"{}", b"[]", b"no json", json.dumps({"heads": {k: list(x) for k, x in layout.HEADS.items()}}).encode()):
        with pytest.raises(ModelError, match="tables"):
            Network.load(laid(tmp_path, tables_json=raw, **files))


@pytest.mark.parametrize("hashes", ["", "[]", "3", '{"network.onnx": "0"}'])
def test_a_list_of_hashes_that_is_none_is_refused(tmp_path, hashes):
    laid(tmp_path, network_onnx=b"", tables_json=b"", tokenizer_json=b"")
    (tmp_path / "sha256.json").write_text(hashes)
    with pytest.raises(ModelError, match="install warledger again"):
        Network.load(tmp_path)


def test_no_folder_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="missing from nowhere/"):
        Network.load(tmp_path / "nowhere")


def test_running_it_leaves_the_arithmetic_of_the_process_alone():
    network = prepare().result()
    network.run(cut(read_words("Rebels took the town.", [(0, 21)], network.tokenizer)))
    smallest = float("5e-324")
    assert smallest * 1.0 > 0


def fields(raw, number):
    """The values of one field of a message of protocol buffers."""
    return [f.data for f in UnknownFieldSet(Empty.FromString(raw)) if f.field_number == number]


def test_two_neighbours_of_a_column_are_small_enough_to_be_added_in_16_bits():
    """Field numbers are those of ONNX: graph, node and initializer, their names and inputs, sizes and numbers."""
    (graph,) = fields((DATA / "network.onnx").read_bytes(), 7)
    products = [fields(node, 1) for node in fields(graph, 1) if fields(node, 4) == [b"MatMulInteger"]]
    tensors = {fields(tensor, 8)[0]: tensor for tensor in fields(graph, 5)}
    matrices = [tensors[inputs[1]] for inputs in products]
    assert len(matrices) > 36  # six of a layer, and the heads
    for tensor in matrices:
        (raw,), size = fields(tensor, 9), fields(tensor, 1)
        together = np.abs(np.frombuffer(raw, np.int8).astype(int)).reshape(size[0] // 2, 2, size[1]).sum(1)
        assert together.max() <= 32767 // 255


def test_sums_of_products_are_exact_on_every_processor(monkeypatch):
    """Without an instruction for them (VNNI) the runtime adds two products in 16 bits, unless told to widen them first."""
    text = "Rebels seized the town of Exampleville on Monday after the army withdrew. " * 5
    network = prepare().result()
    windows = cut(read_words(text, [(0, len(text))], network.tokenizer))
    (output,) = network.run(windows)
    options = onnxruntime.SessionOptions

    def wide():
        made = options()
        made.add_session_config_entry("session.x64quantprecision", "1")
        return made

    monkeypatch.setattr("onnxruntime.SessionOptions", wide)
    (widened,) = Network.load().run(windows)
    assert np.array_equal(output.tags, widened.tags)
    assert np.array_equal(output.trigger, widened.trigger)
