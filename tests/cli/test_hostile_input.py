"""What people will feed to it: the command line ends each with a message, keeps what is good, and the ledger verifies."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "warledger.cli.main"]
GOOD = "source: Example Wire\ndate: 2024-12-05\n\nTroops left the village of Exampleville on Thursday, residents said.\n"


@pytest.fixture
def add(run, tmp_path, monkeypatch):
    """Adds files beside one good document, without a network; gives the status, the summary and what was said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WARLEDGER_LEDGER", raising=False)
    (tmp_path / "records.jsonl").write_text("")

    def call(*arguments, stdin=b""):
        status, out, err = run("--format", "jsonl", "add", *arguments, "--records", "records.jsonl", stdin=stdin)
        assert "Traceback" not in err
        assert run("verify")[0] == 0
        return status, json.loads(out), err

    return call


def held(run):
    """The codes of all issues that the ledger keeps."""
    return [json.loads(line)["code"] for line in run("issues", "--format", "jsonl")[1].splitlines()]


HOSTILE = {
    "empty": b"",
    "blank": b" \n\n\t \n",
    "binary": bytes(range(256)) * 40,
    "zeros": bytes(5000),
    "no date": b"source: Example Wire\n\nTroops left the village.\n",
    "impossible date": b"source: Example Wire\ndate: 9999-99-99\n\nTroops left the village.\n",
    "impossible date in the form of the reports": b"date 9999-99-99\nTroops left the village.\n",
    "broken JSON": b'{"text": "Troops left the village.", "date": ',
    "deep JSON": b"[" * 100_000,
    "a huge number for a date": b'{"text": "Troops left.", "date": ' + b"9" * 400 + b"}",
    "JSON without a text": b'{"title": "nothing", "date": "2024-12-05"}',
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_an_issue_and_the_rest_goes_in(raw, add, run, tmp_path):
    (tmp_path / "bad.dat").write_bytes(raw)
    (tmp_path / "good.txt").write_text(GOOD)
    status, summary, err = add("bad.dat", "good.txt")
    assert status == 0
    assert summary["new"] == 1
    (code,) = {code for code, _ in summary["issues_by_code"]} - {"no-record"}
    assert code in held(run)
    assert code in err


@pytest.mark.parametrize("raw", [HOSTILE["empty"], HOSTILE["binary"]])
def test_where_nothing_can_be_read_the_status_says_so(raw, add, tmp_path):
    (tmp_path / "bad.dat").write_bytes(raw)
    status, summary, _ = add("bad.dat")
    assert (status, summary["read"]) == (3, 0)


def test_a_path_that_is_not_there_is_said(add):
    status, _, err = add("nowhere/*.txt", "missing.txt")
    assert status == 3
    assert "missing.txt" in err
    assert "nowhere/*.txt" in err


def test_a_file_of_200_megabytes_is_left_out_at_once(add, tmp_path):
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.write(b"date 2024-12-05\n")
        stream.truncate(200 << 20)
    (tmp_path / "good.txt").write_text(GOOD)
    status, summary, err = add("huge.txt", "good.txt")
    assert (status, summary["new"]) == (0, 1)
    assert "huge.txt" in err


@pytest.mark.slow
def test_a_table_of_50_000_lines_with_broken_rows_gives_its_good_ones(add, tmp_path):
    with (tmp_path / "big.csv").open("w", newline="") as stream:
        stream.write("id,text,date,source\n")
        for number in range(50_000):
            match number % 4:
                case 0 if number % 5000 == 0:
                    stream.write(f'{number},"Troops left village number {number} on Thursday.",2024-12-05,Example Wire\n')
                case 0:
                    stream.write(f"{number},,2024-12-05,Example Wire\n")
                case 1:
                    stream.write(f"{number}\n")
                case 2:
                    stream.write(f"{number},,9999-99-99,Example Wire,too,many,cells\n")
                case _:
                    stream.write(f"{number},,,\n")
    status, summary, err = add("big.csv")
    assert (status, summary["new"]) == (0, 10)
    assert summary["skipped_count"] > 10_000
    assert re.search(r"and [0-9,]+ more", err)
    assert len(err) < 10_000


def test_scripts_in_a_page_are_neither_kept_nor_written_out(add, run, tmp_path):
    page = (
        "<html><head><title>Page</title><meta name=date content=2024-12-05><script>alert('x')</script></head><body>"
        "<p>Troops left the village of Exampleville on Thursday.</p><img src=x onerror=alert(1)></body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "plain.txt").write_text(GOOD.replace("Troops", "<script>alert(2)</script> Troops"))
    _, summary, _ = add("page.html", "plain.txt", "--date", "2024-12-05")
    assert summary["new"] == 2
    shown = run("show", "page.html", "--format", "table")[1]
    assert "alert" not in shown
    assert "Troops left the village" in shown
    status, html, _ = run("brief", "--format", "html")
    assert status == 0
    assert "<script>alert(2)" not in html


def test_a_count_of_400_digits_is_refused_with_its_record(add, run, tmp_path):
    digits = "9" * 400
    text = f"At least {digits} people were killed in shelling."
    (tmp_path / "count.txt").write_text(f"source: Example Wire\ndate: 2024-12-05\n\n{text}\n")
    start = text.index("shelling")
    figure = {"measure": "killed", "group": "people", "low": int(digits), "text": digits, "span": [9, 409]}
    claim = {"s": 0, "event": "e1", "type": "shelling", "trigger": "shelling", "span": [start, start + 8], "figures": [figure]}
    (tmp_path / "records.jsonl").write_text(json.dumps({"doc": "count.txt", "claims": [claim]}) + "\n")
    _, summary, _ = add("count.txt")
    assert (summary["new"], summary["claims"]) == (1, 0)
    assert any("record" in code for code in held(run))


def test_a_record_that_is_none_is_an_issue(add, run, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "records.jsonl").write_text('not json\n[1]\n{"doc": "good.txt", "claims": [{"type": "nonsense"}]}\n')
    status, summary, _ = add("good.txt")
    assert (status, summary["new"], summary["claims"]) == (0, 1, 0)
    assert {"record-form"} <= set(held(run))


def test_standard_input_is_read(add):
    status, summary, _ = add("-", stdin=GOOD.encode())
    assert (status, summary["new"]) == (0, 1)
    assert add("-", stdin=b"")[1]["new"] == 0


def test_a_folder_without_permission_is_said_and_the_rest_goes_in(add, tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text(GOOD)
    looked = Path.iterdir

    def refuse(path):
        if path.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    status, summary, err = add("closed", "good.txt")
    assert (status, summary["new"]) == (0, 1)
    assert "closed" in err


def test_a_name_that_is_no_unicode_and_one_that_steers_terminals_are_taken(add, run, tmp_path):
    names = [os.fsencode(tmp_path) + b"/bad\xff.txt", os.fsencode(tmp_path) + b"/esc\x1b[2J.txt"]
    for number, name in enumerate(names):
        Path(os.fsdecode(name)).write_text(GOOD.replace("village", f"village {number}"))
    status, summary, err = add(*map(os.fsdecode, names))
    assert (status, summary["new"]) == (0, 2)
    assert "\x1b" not in err
    table = run("claims", "--format", "table")
    assert table[0] == 0


def started(*arguments, limit=None, cwd):
    """Runs in a process of its own, in which no file may grow over `limit` bytes, as on a disk that is full."""
    script = (
        "import resource, sys\n"
        "from warledger.cli.main import main\n"
        "from warledger.text import identify\n"
        "identify('its model is unpacked to a file when it is first used')\n"
        f"limit = {limit}\n"
        "if limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, check=False, timeout=120, cwd=cwd, env=unmeasured,
    )  # fmt: skip


def test_a_full_disk_ends_add_with_a_message_and_a_ledger_that_verifies(tmp_path):
    (tmp_path / "records.jsonl").write_text("")
    rows = [
        {"text": f"Troops left village {number}. " * 600, "date": "2024-12-05", "source": "Example Wire", "language": "en"}
        for number in range(40)
    ]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    add = ("--format", "jsonl", "add", "many.jsonl", "--records", "records.jsonl")
    done = started(*add, limit=800_000, cwd=tmp_path)
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    assert "Free some space" in done.stderr
    assert started("verify", cwd=tmp_path).returncode == 0
    again = started(*add, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    summary = json.loads(again.stdout)
    assert summary["new"] + summary["already_there"] == 40
    assert summary["already_there"] > 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_under_standard_output_is_said(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "config", "show"], stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path
        )
    assert done.returncode == 5
    assert done.stderr.startswith("warledger: No space left on device")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_ledger_is_refused(run, tmp_path):
    (tmp_path / "not.db").write_bytes(b"this is no ledger " * 100)
    status, out, err = run("--ledger", tmp_path / "not.db", "events")
    assert (status, out) == (5, "")
    assert "not.db" in err


def test_reading_a_ledger_that_is_not_there_says_so_and_makes_none(run, tmp_path):
    status, _, err = run("events", "--ledger", tmp_path / "absent.db")
    assert status == 5
    assert "absent.db" in err
    assert not (tmp_path / "absent.db").exists()
