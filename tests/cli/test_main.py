"""The command line as a whole."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys

import click
import pytest

from warledger import __version__
from warledger.cli.main import ENTRIES, cli


def all_commands():
    found = []

    def walk(command, words):
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                walk(command.get_command(context, name), (*words, name))
        if words:
            found.append((" ".join(words), command))

    walk(cli, ())
    return found


COMMANDS = all_commands()


def test_help_lists_every_command_of_the_table(run):
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    for entry in ENTRIES:
        assert re.search(rf"^  {entry.name} ", out, re.MULTILINE), entry.name


def test_version(run):
    assert run("--version") == (0, f"warledger {__version__}\n", "")


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_each_command_has_one_example_and_says_what_each_option_is(name, command, run):
    status, out, _ = run(*name.split(), "--help")
    assert status == 0
    assert re.findall(r"Example: .*warledger", out), name
    assert out.count("Example:") == 1
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_list_says_what_the_command_says(entry):
    command = cli.get_command(click.Context(cli), entry.name)
    assert command is not None
    assert command.help is not None
    assert command.help.splitlines()[0] == entry.help


def test_a_misspelt_command_is_answered_with_the_nearest(run):
    status, out, err = run("evnts")
    assert (status, out) == (2, "")
    assert "There is no command 'evnts'. Did you mean events" in err
    assert run("qqqqqq")[2].rstrip().endswith("There is no command 'qqqqqq'.")


def test_python_runs_the_package_as_the_command():
    done = subprocess.run([sys.executable, "-m", "warledger", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"warledger {__version__}\n", "")


def test_help_imports_nothing_heavy_and_is_quick():
    script = (
        "import sys\n"
        "from warledger.cli.main import main\n"
        "main(['--help'])\n"
        "heavy = {'numpy', 'rich', 'jinja2', 'onnxruntime', 'tokenizers', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=unmeasured)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    # Processor time, which does not grow with what else the machine does; twice what is promised, for slow machines.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.6


@pytest.mark.parametrize("day", ["9999-99-99", "yesterday", "2024-13-01"])
def test_a_day_that_is_none_is_refused_with_the_form(day, run):
    status, _, err = run("events", "--since", day)
    assert status == 2
    assert "write it like 2024-12-05" in err


def test_settings_are_listed_with_where_they_come_from(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARLEDGER_JOBS", "3")
    status, out, _ = run("config", "show", "--format", "table", "--ledger", "here.db")
    assert status == 0
    assert re.search(r"^ledger +here\.db +--ledger", out, re.MULTILINE)
    assert re.search(r"^jobs +3 +WARLEDGER_JOBS", out, re.MULTILINE)


def test_a_setting_that_cannot_be_is_refused(run, monkeypatch):
    monkeypatch.setenv("WARLEDGER_JOBS", "many")
    status, out, err = run("config", "show")
    assert (status, out) == (2, "")
    assert err.startswith("warledger: jobs = 'many'")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_warledger(shell, run):
    status, out, err = run("completion", shell)
    assert (status, err) == (0, "")
    assert "_WARLEDGER_COMPLETE" in out


def test_completion_offers_commands_and_values():
    environment = {**os.environ, "_WARLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "warledger ev", "COMP_CWORD": "1"}
    script = "import sys; from warledger.cli.main import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.split() == ["plain,events"]
