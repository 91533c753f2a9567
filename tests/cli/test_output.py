"""JSON lines and tables."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from warledger.cli import output
from warledger.cli.marking import marked
from warledger.core import Evidence, Figure, Span, When


def test_plain_leaves_out_what_is_empty_and_writes_times_as_edtf():
    figure = Figure("killed", "people", 0, None, Evidence("d1", Span(3, 7), "none"), since=When.parse("2024-11-27/.."))
    assert output.plain({"figure": (figure,), "day": date(2024, 12, 5)}) == {
        "figure": [
            {
                "measure": "killed",
                "group": "people",
                "low": 0,
                "words": {"document": "d1", "span": {"start": 3, "end": 7}, "quote": "none"},
                "about": False,
                "basis": "incident",
                "since": "2024-11-27/..",
            }
        ],
        "day": "2024-12-05",
    }


def test_json_lines_keep_letters_and_survive_a_name_that_is_no_unicode():
    assert output.json_line({"name": "Ḥamā حماة"}) == '{"name": "Ḥamā حماة"}'
    assert json.loads(output.json_line({"path": "bad\udcff"})) == {"path": "bad\udcff"}
    output.json_line({"path": "bad\udcff"}).encode("utf-8")


def test_rows_are_json_lines_when_piped_and_a_table_when_asked(capsys):
    rows = [{"id": "c1", "what": "one", "_mark": "x"}, {"id": "c2", "what": None}]
    assert output.write_rows(iter(rows), "auto", ("id",)) == 2
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"id": "c1", "what": "one"},
        {"id": "c2", "what": None},
    ]
    assert output.write_rows(iter(rows), "table", ("number=id", "what", "mark=_mark|right")) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["number", "what", "mark"]
    assert lines[1].split() == ["c1", "one", "x"]
    assert all(line == line.rstrip() for line in lines)


def test_an_empty_table_says_so_on_standard_error(capsys):
    assert output.write_rows([], "table", ("id",), empty="No events.") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "No events.\n"


def test_a_long_value_is_folded_within_the_width(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    output.write_rows([{"id": "c1", "text": "word " * 30}], "table", ("id|nowrap", "text"))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert sum(line.count("word") for line in lines) == 30


def test_text_cannot_steer_the_terminal(capsys):
    hostile = "a\x1b[2Jb\u202ec\x9bd [bold]e[/bold]"
    output.write_rows([{"text": hostile}], "table", ("text",))
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]e[/bold]" in shown


def test_marks_are_brackets_where_there_is_no_style():
    text = "Troops entered Exampletown and left."
    spans = [(Span(7, 14), "seize"), (Span(10, 14), "inner"), (Span(31, 35), ""), (Span(90, 95), "out")]
    assert marked(text, spans, styled=False).plain == "Troops [entered](seize) Exampletown and [left]."
    assert marked(text, spans, styled=True).plain == "Troops entered(seize) Exampletown and left."
    assert marked(text[7:], [(Span(7, 14), "")], styled=False, offset=7).plain.startswith("[entered] ")


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_without_no_color(monkeypatch, no_color, coloured):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    assert output.wants_table("auto")
    output.show(marked("They fled.", [(Span(5, 9), "displace")], styled=True))
    assert ("\x1b[36m" in screen.getvalue() or "\x1b[1;33m" in screen.getvalue()) is coloured
