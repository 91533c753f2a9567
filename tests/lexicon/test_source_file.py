"""`sources.toml`: what comes back as it was written, what fills gaps, and what is refused, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.core import Source
from warledger.core.vocabulary import SOURCE_KINDS
from warledger.errors import InputError
from warledger.lexicon.source_file import MOST_FAULTS, blank_sources, read_sources, write_sources
from warledger.lexicon.sources import SourceLexicon

FILE = """# Our own.
[[source]]
name = "Hill Wire"
aliases = ["HW", "Hill Wire Service"]
addresses = ["https://www.Hill.example/", "hw.example"]
owner = "Hill Media"
kind = "party to the conflict"
country = "sy"
side = "Government of Syria"

[[source]]
name = "Hill Monitor"
"""


def put(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "s.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_file_gives_every_field(tmp_path: Path) -> None:
    assert read_sources(put(tmp_path, FILE)) == [
        Source(
            "Hill Wire", "Hill Media", "party to the conflict", "Government of Syria", ("HW", "Hill Wire Service"), "SY",
            ("hill.example", "hw.example"),
        ),
        Source("Hill Monitor"),
    ]  # fmt: skip


def test_what_is_left_out_of_a_known_source_stays_and_what_is_emptied_goes(tmp_path: Path) -> None:
    packaged = SourceLexicon.load()
    reuters, anadolu = packaged.named("Reuters"), packaged.named("Anadolu Agency")
    assert reuters is not None
    assert anadolu is not None
    one, two = read_sources(
        put(tmp_path, '[[source]]\nname = "Reuters News"\naliases = ["RTRS"]\n[[source]]\nname = "anadolu agency"\nside = ""\n')
    )
    assert (one.name, one.owner, one.kind, one.aliases) == ("Reuters", reuters.owner, "wire", (*reuters.aliases, "RTRS"))
    assert (two.name, two.side, two.kind, two.owner) == ("Anadolu Agency", "", "state media", anadolu.owner)
    assert anadolu.side != ""
    file = put(tmp_path, "\n".join(write_sources([two])))
    assert read_sources(file) == [two]


def test_the_voice_of_an_armed_group_takes_its_side(tmp_path: Path) -> None:
    text = "[[source]]\nname = 'A'\nkind = 'party to the conflict'\nowner = 'Hezbollah'\n"
    assert [s.side for s in read_sources(put(tmp_path, text))] == ["Hezbollah"]
    assert [s.side for s in read_sources(put(tmp_path, text + "side = 'Hamas'\n"))] == ["Hamas"]


def test_the_packaged_sources_come_back_as_they_are(tmp_path: Path) -> None:
    packaged = list(SourceLexicon.load().sources.values())
    assert len(packaged) >= 300
    assert read_sources(put(tmp_path, "\n".join(write_sources(packaged)))) == packaged


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(st.lists(WORDS, max_size=4), WORDS)
def test_any_words_are_written_as_toml(aliases: list[str], owner: str) -> None:
    import tomllib

    source = Source("Hill Wire", owner, "wire", "", tuple(aliases), "", ())
    (row,) = tomllib.loads("\n".join(write_sources([source])))["source"]
    assert (row["name"], row["owner"], row.get("aliases", [])) == ("Hill Wire", owner, aliases)


def test_blanks_to_fill_in_are_read(tmp_path: Path) -> None:
    names = ["Hill “Wire”", 'The "Post"', "a\\b", "خبر\u200cگزاری", "\u200fالوطن", "Two\n lines"]
    found = read_sources(put(tmp_path, "\n".join(blank_sources(names))))
    assert found == [Source(name) for name in (*names[:-1], "Two lines")]
    assert SourceLexicon(found).match("Two\n lines") == found[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]]\nname = 1", "line 2, name: must be words"),
        ("[[source]]\n\nkind = 'wire'", "line 1: a source without a name"),
        ("[[source]]\nname = '...'", "line 2, name: must have a letter"),
        ("[[source]]\nname = 'A'\nkind = 'wires'", "line 3, kind: 'wires' is no kind of source; did you mean wire?"),
        ("[[source]]\nname = 'A'\nkind = 'party to the conflict'", "line 3, kind: a party to the conflict needs a side"),
        ("[[source]]\nname = 'A'\ncountry = 'Syria'", "line 3, country: 'Syria' is not two letters"),
        ("[[source]]\nname = 'A'\naliases = 'B'", "line 3, aliases: must be a list"),
        ("[[source]]\nname = 'A'\naliases = [1]", "line 3, aliases: must be words"),
        ("[[source]]\nname = 'A'\naddresses = ['t.me/a']", "line 3, addresses: 't.me/a' is no host"),
        ("[[source]]\nname = 'A'\naddresses = ['file:///x.example']", "is no host"),
        ("[[source]]\nname = 'A'\nadress = ['a.example']", "line 3, adress: no such field; did you mean addresses?"),
        ("[[source]]\nname = 'A'\nowner = '''a\nb'''", "line 3, owner: has a line break"),
        (f"[[source]]\nname = '{'a' * 301}'", "301 characters"),
        (
            "[[source]]\nname = 'A'\n[[source]]\nname = 'B'\naliases = ['a']",
            "line 3: the name or alias “a” is that of A too (line 1)",
        ),
        ("[[source]]\nname = 'Reuters'\n[[source]]\nname = 'Reuters News'", "is that of Reuters too"),
        (
            "[[source]]\nname = 'A'\naddresses = ['a.example']\n[[source]]\nname = 'B'\naddresses = ['www.a.example']",
            "the address “a.example”",
        ),
        ("source = [{name = 'A', kind = 'x'}]", "source 1, kind: 'x' is no kind"),
        ("source = 5", "each source is a table"),
        ("[source]\nname = 'A'", "each source is a table"),
        ("outlets = []\n[[source]]\nname = 'A'", "'outlets' is nothing"),
        ("", "names no source"),
        ('[[source]]\nname = "A\n', "at line 2"),
        ("a = " + "[" * 100_000, "is not TOML"),
        (b"[[source]]\nname = '\xff'", "is no UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_and_field(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as told:
        read_sources(put(tmp_path, text))
    assert words in str(told.value)
    assert "s.toml" in str(told.value)


def test_every_fault_is_told_up_to_a_number(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_sources(put(tmp_path, "[[source]]\nkind = 'x'\n" * 20))
    assert str(told.value).count("\n") == MOST_FAULTS + 1
    assert "and 30 more" in str(told.value)
    with pytest.raises(InputError, match="cannot be read"):
        read_sources(tmp_path)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warledger.lexicon.source_file.MAX_FILE_BYTES", 10)
    with pytest.raises(InputError, match="over 10 bytes"):
        read_sources(put(tmp_path, FILE))


def test_own_sources_go_before_the_packaged_ones() -> None:
    own = Source("Hill Wire", aliases=("Reuters News",), addresses=("news.sky.com",))
    lexicon = SourceLexicon([own], over=SourceLexicon.load())
    assert lexicon.match("reuters news") == own
    assert lexicon.match("https://news.sky.com/x") == own
    assert lexicon.match("https://live.news.sky.com/x") == own
    reuters = lexicon.match("Reuters")
    assert reuters is not None
    assert "Reuters News" not in reuters.aliases
    mine = SourceLexicon([Source("reuters", "Somebody")], over=SourceLexicon.load())
    assert mine.match("Reuters") == Source("reuters", "Somebody")
    assert "Reuters" not in mine.sources
    named = SourceLexicon([Source("hill.example")])
    assert named.match("hill.example") == Source("hill.example")


def test_every_publisher_of_the_package_has_a_kind_of_the_list() -> None:
    assert {s.kind for s in SourceLexicon.load().sources.values()} == set(SOURCE_KINDS) - {"unknown"}
