"""The compiled index: same bytes each time, safe beside others, made anew where it is damaged."""

import os
import pickle
import random
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from tests_geo_places import PLACES

from warledger.errors import StorageError
from warledger.geo import Gazetteer, GazetteerPlace, build_index, index


@pytest.fixture
def built(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    return build_index(cache_dir=tmp_path)


def _compiled(path: Path, places) -> bytes:
    index.compile_into(path, places, "stamp")
    return path.read_bytes()


def test_the_same_places_give_the_same_bytes_in_any_order(tmp_path):
    shuffled = list(PLACES)
    random.Random(7).shuffle(shuffled)  # noqa: S311
    assert _compiled(tmp_path / "a", PLACES) == _compiled(tmp_path / "b", shuffled)


def test_the_name_holds_what_the_index_is_built_from(built, monkeypatch, tmp_path):
    assert built.name == f"gazetteer-{index.stamp()}.sqlite"
    monkeypatch.setattr(index, "INDEX_VERSION", 99)
    assert build_index(cache_dir=tmp_path) != built


def test_a_sound_index_is_not_built_again(built, monkeypatch):
    def refuse():
        raise AssertionError("built twice")

    monkeypatch.setattr(index, "all_places", refuse)
    assert build_index(cache_dir=built.parent) == built


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "no meta"])
def test_a_damaged_file_is_built_anew(built, damage):
    sound = built.read_bytes()
    if damage == "no meta":
        built.unlink()
        with sqlite3.connect(built) as connection:
            connection.execute("CREATE TABLE other (x)")
        connection.close()
    else:
        built.write_bytes({"empty": b"", "cut": sound[:-5000], "text": b"no database" * 1000}[damage])
    assert build_index(cache_dir=built.parent).read_bytes() == sound


def test_damage_found_while_reading_builds_anew(built):
    sound = built.read_bytes()
    broken = bytearray(sound)
    broken[4096:] = os.urandom(16) * ((len(sound) - 4096) // 16)
    with sqlite3.connect(built) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
    connection.close()
    broken[(root - 1) * 4096 : root * 4096] = sound[(root - 1) * 4096 : root * 4096]
    built.write_bytes(broken)
    with Gazetteer.open(cache_dir=built.parent) as gazetteer:
        assert [reading.place.id for reading in gazetteer.readings("sarmin")] == ["6"]
    assert built.read_bytes() == sound


def test_an_index_that_vanishes_is_told(built):
    gazetteer = Gazetteer.open(cache_dir=built.parent)
    gazetteer.close()
    built.unlink()
    with pytest.raises(StorageError, match="open the gazetteer again"):
        gazetteer.readings("hama")


_BUILDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests_geo_places import PLACES
from warledger.geo import Gazetteer, index

def slowly():
    Path(sys.argv[1], f"built-{sys.argv[3]}").touch()
    time.sleep(0.5)
    return iter(PLACES)

index.all_places = slowly
with Gazetteer.open(cache_dir=Path(sys.argv[1])) as gazetteer:
    print(gazetteer.search("Sarmin")[0].id)
"""


def test_two_processes_build_it_once(tmp_path):
    here = str(Path(__file__).parent)
    started = [
        subprocess.Popen([sys.executable, "-c", _BUILDER, str(tmp_path), here, str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(2)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in started] == ["6", "6"]
    assert len(list(tmp_path.glob("built-*"))) == 1
    assert not list(tmp_path.glob(".*tmp"))


def test_a_failed_build_leaves_nothing_behind(tmp_path):
    def broken():
        yield PLACES[0]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        index.compile_into(tmp_path / "x", broken(), "stamp")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_gives_way_to_the_temporary_one(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    path = build_index(cache_dir=occupied / "cache")
    assert path.parent == tmp_path / "tmp" / f"warledger-{os.getuid()}"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_folder_at_all_is_told(tmp_path, monkeypatch):
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(occupied / "tmp"))
    with pytest.raises(StorageError, match="WARLEDGER_CACHE_DIR"):
        build_index(cache_dir=occupied / "cache")


def test_a_temporary_folder_of_somebody_else_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    path = build_index(cache_dir=tmp_path / "warledger-x")
    assert path.exists()
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    (tmp_path / "warledger-987654").mkdir()
    with pytest.raises(StorageError, match="somebody else"):
        build_index(cache_dir=tmp_path / "warledger-x")


def test_cache_folders_follow_argument_then_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("WARLEDGER_CACHE_DIR", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert index.cache_folders(tmp_path)[0] == tmp_path
    assert index.cache_folders()[0] == tmp_path / "own"
    monkeypatch.delenv("WARLEDGER_CACHE_DIR")
    assert index.cache_folders()[0] == tmp_path / "xdg" / "warledger"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert index.cache_folders()[0].parts[-2:] == (".cache", "warledger")


def test_the_gazetteer_survives_pickling_threads_and_forks(small):
    assert pickle.loads(pickle.dumps(small)).search("Hama")[0].id == "4"  # noqa: S301
    found = []
    threads = [threading.Thread(target=lambda: found.append(small.search("Homs")[0].id)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["5"] * 4
    small._pid = -1  # as after a fork: the connections of the parent are left alone
    assert small.search("Idlib")[0].id == "2"


def test_many_extra_places_are_compiled_once(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    extra = [GazetteerPlace(f"x{n}", f"Tell Number{n}", "village", "SY", "", 35 + n / 1000, 37.0) for n in range(600)]
    for _ in range(2):
        with Gazetteer.open(cache_dir=tmp_path, extra=extra) as gazetteer:
            assert gazetteer.search("Tell Number77")[0].id == "x77"
    assert len(list(tmp_path.glob("extra-*.sqlite"))) == 1


def test_an_extra_place_stands_in_for_the_one_with_its_id(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    moved = GazetteerPlace("6", "Sarmin", "town", "SY", "12", 35.91, 36.72, 20_000)
    with Gazetteer.open(cache_dir=tmp_path, extra=[moved]) as gazetteer:
        assert gazetteer.get("6") == moved
        assert [r.place.population for r in gazetteer.readings("sarmin")] == [20_000]


def test_a_folder_of_ones_own_goes_before_the_temporary_one(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    fallback = build_index(cache_dir=index.cache_folders()[1])
    assert build_index(cache_dir=tmp_path / "own").parent != fallback.parent


def test_a_rebuild_replaces_a_sound_index(built, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(PLACES[:3]))
    assert build_index(cache_dir=built.parent) == built
    with Gazetteer.open(cache_dir=built.parent) as gazetteer:
        assert gazetteer.get("6") is not None
    build_index(cache_dir=built.parent, rebuild=True)
    with Gazetteer.open(cache_dir=built.parent) as gazetteer:
        assert gazetteer.get("6") is None
