"""The list of what was left out, and the sorting of what does not fit into memory."""

from __future__ import annotations

import gc
import io
import json

import pytest

from warledger.errors import StorageError
from warledger.export import leftout, spooling
from warledger.export.leftout import LeftOut, Skipped, write_skipped
from warledger.export.spooling import Ids, Sorted


def entries(count: int) -> list[Skipped]:
    """So many entries, with words that are hard to write."""
    return [Skipped(f"e{n}", "no-place", f"„nowhere“\nand\udce9 {n}") for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8, 11])
def test_a_list_is_what_was_added_whether_in_memory_or_in_a_file(count, monkeypatch):
    monkeypatch.setattr(leftout, "HELD", 4)
    told, expected = LeftOut(), entries(count)
    told.extend(expected)
    assert len(told) == count
    assert list(told) == expected == list(told)
    assert (told == expected, told == [*expected, *entries(1)]) == (True, False)
    assert told != "nothing"
    assert bool(told) is bool(count)
    assert told[1:3] == tuple(expected[1:3])
    for index in range(-count, count):
        assert told[index] == expected[index]
    with pytest.raises(IndexError):
        told[count]


def test_what_is_held_does_not_grow_and_the_file_goes_with_the_list(monkeypatch):
    monkeypatch.setattr(leftout, "HELD", 4)
    told = LeftOut()
    told.extend(entries(1001))
    assert len(told._last) == 1
    file = told._file
    for _, again in zip(range(10), told, strict=False):
        assert again.rule == "no-place"
    told.append(entries(1)[0])
    assert len(list(told)) == 1002
    del told
    gc.collect()
    assert file is not None
    assert file.closed


def test_the_list_is_written_an_object_a_line():
    out = io.StringIO()
    told = LeftOut()
    told.append(Skipped("e1", "no-date", "„no“ time"))
    write_skipped(told, out)
    assert out.getvalue() == '{"id": "e1", "rule": "no-date", "reason": "„no“ time"}\n'
    assert json.loads(out.getvalue())["id"] == "e1"


def test_texts_come_in_the_order_of_their_keys():
    keys = [("b", "2"), ("a", "9"), ("b", "1"), ("a b", "1"), ("é", ""), ("B\udce9", "x")]
    found = Sorted()
    for key in keys:
        found.add(*key, text="\n".join(key))
    assert list(found) == ["\n".join(key) for key in sorted(keys)] == list(found)


@pytest.mark.parametrize("held", [1, 3, 100])
def test_ids_are_a_set_in_order_however_few_are_held(held, monkeypatch):
    monkeypatch.setattr(spooling, "HELD", held)
    found, added = Ids(), [f"d{n * 7919 % 41:03}" for n in range(60)]
    for at in range(0, 60, 2):
        found.update(added[at : at + 2])
        assert all(ident in found for ident in added[: at + 2])
        assert len(found._new) < held
    assert list(found) == sorted(set(added)) == list(found)
    assert "d999" not in found
    assert list(Ids()) == []


def test_no_room_for_a_file_is_said(monkeypatch):
    monkeypatch.setattr(spooling, "HELD", 1)
    found = Ids()
    found.update(["d1"])
    assert found._file is not None
    found._file._connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(StorageError, match=r"full.*TMPDIR"):
        found.update(f"d{number:06}" for number in range(10_000))
