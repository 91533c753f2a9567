"""Places that a user adds: GeoNames dumps and CSV files, good rows and bad ones."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.core import Issue
from warledger.errors import InputError
from warledger.geo import Gazetteer, GazetteerPlace, index, read_csv, read_geonames, read_places


def _row(
    identity="170000",
    name="Tell Example",
    lat="35.5",
    lon="36.5",
    feature="P\tPPL",
    country="SY",
    admin1="12",
    people="700",
    others="",
    lower="\t",
):
    ends = f"{people}\t\t300\tAsia/Damascus\t2020-01-01"
    return f"{identity}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{feature}\t{country}\t\t{admin1}\t{lower}\t\t{ends}\n"


def _read(tmp_path, text, reader=read_places):
    path = tmp_path / "places.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    items = list(reader(path))
    return [i for i in items if isinstance(i, GazetteerPlace)], [i for i in items if isinstance(i, Issue)]


def test_a_dump_gives_places_of_the_guides_kinds(tmp_path):
    text = (
        _row(others="Tall Mithal,تل")
        + _row("2", "Northland", feature="A\tADM1", people="0")
        + _row("3", "Example Air Base", feature="S\tAIRB", people="")
        + _row("4", "Long Ridge", feature="T\tMT", people="0")
        + _row("5", "Big Town", people="250000")
    )
    places, issues = _read(tmp_path, text)
    assert issues == []
    assert [p.kind for p in places] == ["village", "province", "base", "natural", "city"]
    assert places[0] == GazetteerPlace(
        "gn170000", "Tell Example", "village", "SY", "12", 35.5, 36.5, 700, ("Tall Mithal", "تل")
    )


def test_a_dump_names_the_divisions_of_its_places(tmp_path):
    text = (
        _row("1", "Tell One", lower="1205\t120501")
        + _row("2", "Example District", feature="A\tADM2", lower="1205\t", people="0")
        + _row("3", "Example Subdistrict", feature="A\tADM3", lower="1205\t120501", people="0")
        + _row("4", "Elsewhere District", feature="A\tADM2", admin1="13", lower="1205\t", people="0")
        + _row("5", "Old District", feature="A\tADM2H", lower="1206\t", people="0")
        + _row("6", "Tell Two", lower="1206\t120601")
        + _row("7", "Tell Three", admin1="", lower="\t")
        + _row("8", "Nameless Code", feature="A\tADM2", lower="\t", people="0")
    )
    places, _ = _read(tmp_path, text)
    assert {p.name: (p.admin2, p.admin3) for p in places} == {
        "Tell One": ("Example District", "Example Subdistrict"),
        "Example District": ("Example District", ""),
        "Example Subdistrict": ("Example District", "Example Subdistrict"),
        "Elsewhere District": ("Elsewhere District", ""),
        "Tell Two": ("", ""),
        "Tell Three": ("", ""),
        "Nameless Code": ("", ""),
    }
    (place,), _ = _read(tmp_path, "name,lat,lon,adm2,admin3\nTell One,35.5,36.5,Example District,Example Subdistrict\n")
    assert (place.admin2, place.admin3) == ("Example District", "Example Subdistrict")


def test_features_that_reports_do_not_name_are_counted_in_a_note(tmp_path):
    places, issues = _read(tmp_path, _row() + _row("2", "Well", feature="H\tWLL"))
    assert len(places) == 1
    assert [(i.code, i.severity, i.found[:6]) for i in issues] == [("gazetteer-passed-over", "note", "1 rows")]


@pytest.mark.parametrize(
    "bad",
    [
        _row(lat="95"),
        _row(lat="nan"),
        _row(lon="inf"),
        _row(lon="east"),
        _row(name=" "),
        _row(people="9" * 400),
        _row(people="-3"),
        _row(country="SYR"),
        _row(identity="x1"),
        "only\tthree\tcells\n",
    ],
)
def test_a_bad_row_is_an_issue_with_its_line_and_the_rest_is_read(tmp_path, bad):
    places, issues = _read(tmp_path, _row() + bad + _row("9", "Tell After"), read_geonames)
    assert [p.id for p in places] == ["gn170000", "gn9"]
    assert [i.where.rsplit(":", 1)[1] for i in issues] == ["2"]
    assert issues[0].found


def test_bytes_that_are_no_text_and_endless_lines_are_issues(tmp_path):
    raw = _row().encode() + b"\xff\xfe\x00bad\n" + b"x" * 2_500_000 + b"\n" + b"\n" + _row("9", "Tell After").encode()
    places, issues = _read(tmp_path, raw)
    assert [p.id for p in places] == ["gn170000", "gn9"]
    assert [i.where.rsplit(":", 1)[1] for i in issues] == ["2", "3"]


def test_a_csv_with_its_usual_column_names(tmp_path):
    text = "\ufeffPlace,Latitude,Longitude,country_code,type,population,aliases\n"
    text += '"Tell, The",35.1,36.2,sy,town,"12,000",Tall|Tel;Tal\nPlain,1,2\n'
    places, issues = _read(tmp_path, text)
    assert issues == []
    assert (places[0].name, places[0].country, places[0].kind, places[0].population) == ("Tell, The", "SY", "town", 12_000)
    assert places[0].names == ("Tall", "Tel", "Tal")
    assert (places[1].kind, places[1].country) == ("village", "")
    assert places[0].id == _read(tmp_path, text)[0][0].id != places[1].id


@pytest.mark.parametrize("row", ["A,91,0", "A,1,", ",1,2", "A,1,2,SY,castle", 'A,"1,2', "A,1,2,SY,town,7,8", "A,1,2,1Y"])
def test_a_bad_csv_row_is_an_issue(tmp_path, row):
    places, issues = _read(tmp_path, f"name,lat,lon,country,kind,population\nGood,1,2\n{row}\n\nBetter,3,4\n")
    assert [p.name for p in places] == ["Good", "Better"]
    assert [i.where.rsplit(":", 1)[1] for i in issues] == ["3"]


@pytest.mark.parametrize(
    ("text", "found"), [("", "an empty file"), ("a,b\n1,2\n", "a header without name"), (b"\xff\xff\n", "bytes")]
)
def test_a_file_without_a_header_is_one_issue(tmp_path, text, found):
    places, issues = _read(tmp_path, text)
    assert places == []
    assert len(issues) == 1
    assert found in issues[0].found


def test_undecodable_csv_rows_are_issues(tmp_path):
    places, issues = _read(tmp_path, b"name;lat;lon\nA;1;2\n\xff;1;2\nB\0;3;4\n", read_csv)
    assert [p.name for p in places] == ["A", "B"]
    assert len(issues) == 1


@pytest.mark.parametrize("reader", [read_places, read_csv, read_geonames])
def test_a_file_that_cannot_be_opened_is_an_error(tmp_path, reader):
    with pytest.raises(InputError, match="cannot be read"):
        list(reader(tmp_path / "missing"))
    with pytest.raises(InputError, match="cannot be read"):
        list(reader(tmp_path))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_break_the_readers(tmp_path_factory, raw, dump):
    path = tmp_path_factory.mktemp("raw") / "file"
    path.write_bytes((_row().encode() if dump else b"name,lat,lon\n") + raw)
    for item in read_places(path):
        assert isinstance(item, GazetteerPlace | Issue)
    os.unlink(path)  # noqa: PTH108


def test_read_places_can_be_found(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "all_places", lambda: iter(()))
    places, _ = _read(tmp_path, _row(others="Tall Mithal"))
    with Gazetteer.open(cache_dir=tmp_path, extra=places) as gazetteer:
        assert gazetteer.search("tall mithal", country="sy")[0].id == "gn170000"
        assert gazetteer.search("tall mithal", country="IQ") == []
