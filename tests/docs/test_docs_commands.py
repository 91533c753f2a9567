"""docs/reference/commands.md and the command line say the same; every command that a document shows can be given."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator

import click
import pytest
from tests_docs import ROOT, Block, blocks, code, rows, sections

from warledger.cli.main import cli

PAGE = "reference/commands.md"
LINK = re.compile(r"\]\(#([\w-]+)\)")
SHARED = frozenset({"common-options", "format-of-lists", "reading-options", "period-options", "filters"})
HELP = frozenset({"--help", "-h"})


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a command, with its path."""
    if path:
        yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None, name
                yield from walk(found, (*path, name))


COMMANDS = dict(walk(cli))


def options_of(command: click.Command) -> frozenset[str]:
    """All the names of a command's options, help aside."""
    names = {
        name for p in command.params if isinstance(p, click.Option) and not p.hidden for name in (*p.opts, *p.secondary_opts)
    }
    return frozenset(names) - HELP


def documented(section: str) -> frozenset[str]:
    """The options in the tables of a section and of the shared sections that it refers to."""
    page = sections(PAGE)
    texts = [section, *(page[a] for a in LINK.findall(section) if a in SHARED)]
    cells = [row[0] for text in texts for row in rows(text)]
    return frozenset(word.split()[0] for cell in cells for word in code(cell) if word.startswith("-")) - HELP


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_every_command_has_a_section_with_its_very_options_and_an_example(path: tuple[str, ...]) -> None:
    section = sections(PAGE).get("-".join(("warledger", *path)))
    assert section is not None, f"docs/{PAGE} lacks `warledger {' '.join(path)}`"
    assert documented(section) == options_of(COMMANDS[path])
    assert re.search(rf"^\$ .*\bwarledger {' '.join(path)}\b", section, re.MULTILINE), "no example"


def test_every_section_is_a_command() -> None:
    told = {name for name in sections(PAGE) if name.startswith("warledger-")}
    assert told == {"-".join(("warledger", *path)) for path in COMMANDS}


def test_the_global_options_are_documented() -> None:
    page = sections(PAGE)
    told = documented(page["global-options"]) | documented(page["common-options"]) | documented(page["format-of-lists"])
    assert told == options_of(cli)


def test_usage_names_every_argument() -> None:
    page = sections(PAGE)
    for path, command in COMMANDS.items():
        wanted = [p.make_metavar(click.Context(command)).strip("[]{}") for p in command.params if isinstance(p, click.Argument)]
        if not isinstance(command, click.Group) and wanted:
            usage = re.search(r"^Usage: `(.+)`", page["-".join(("warledger", *path))], re.MULTILINE)
            assert usage is not None, path
            assert [w.strip("[]") for w in usage[1].split() if w.isupper() or "..." in w][-len(wanted) :] == [
                w if w.isupper() or "..." in w else "SHELL" for w in wanted
            ], path


def test_every_exit_status_is_documented() -> None:
    told = {cell[0] for cell in rows(sections(PAGE)["commands"])}
    assert told == {"0", "1", "2", "3", "4", "5", "6", "70", "130", "141"}


def shown() -> list[tuple[str, list[str]]]:
    """The warledger commands that console blocks show: where, and the words of each."""
    found = []
    for block in blocks("console"):
        found += [(block.where, words) for words in commands_in(block)]
    return found


def commands_in(block: Block) -> Iterator[list[str]]:
    """The words of each call of warledger in a block; variables before it, pipes and redirections left out."""
    for line in block.text.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            lexer = shlex.shlex(line[2:], posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            call: list[str] = []
            for word in [*lexer, ";"]:
                if set(word) <= set("|&;<>()"):
                    yield from _called(call)
                    call = []
                else:
                    call.append(word)


def _called(call: list[str]) -> Iterator[list[str]]:
    while call and re.fullmatch(r"[A-Z_]+=.*", call[0]):
        call = call[1:]
    if call and call[0].endswith("warledger"):
        yield call[1:]


def check(words: list[str], *, whole: bool = True) -> None:
    """Raise click's usage error for options, choices and counts of arguments that the command does not take; an argument may
    be missing where `whole` is not set.
    """
    command: click.Command = cli
    context = click.Context(cli, info_name="warledger")
    rest = list(words)
    while True:
        values, left, order = command.make_parser(context).parse_args(list(rest))
        for parameter in order:
            value = values.get(parameter.name)
            kind = parameter.type
            if isinstance(kind, click.Choice | click.types.IntParamType | click.IntRange) and isinstance(
                value, str | tuple | list
            ):
                for one in value if isinstance(value, list | tuple) else (value,):
                    kind.convert(one, parameter, context)
        if not isinstance(command, click.Group):
            given = {p: values.get(p.name) for p in command.params if p.required}
            missing = [p.human_readable_name for p, x in given.items() if not (isinstance(x, str | tuple | list) and x)]
            asked_for_help = "--help" in words or "-h" in words
            if missing and whole and not asked_for_help:
                raise click.UsageError(f"{words} lacks {missing}")
            if left:
                raise click.UsageError(f"{words} has too much: {left}")
            return
        if not left or left[0].startswith("-"):
            return
        found = command.get_command(context, left[0])
        if found is None:
            raise click.UsageError(f"there is no command {left[0]!r}")
        context = click.Context(found, parent=context, info_name=left[0])
        command, rest = found, left[1:]


@pytest.mark.parametrize(("where", "words"), shown(), ids=lambda x: x if isinstance(x, str) else " ".join(x)[:60])
def test_every_command_that_is_shown_can_be_given(where: str, words: list[str]) -> None:
    check(words)


@pytest.mark.parametrize(
    "words",
    ["events --grade certain", "events --colour", "exprot csv", "export pdf", "show", "why a b", "actors search x --limit 0"],
)
def test_a_command_that_cannot_be_given_is_found(words: str) -> None:
    with pytest.raises(click.UsageError):
        check(words.split())


def messages() -> list[tuple[str, str]]:
    """The commands in backticks that strings of the code name: where, and the command, with X for what is put in."""
    found = []
    for path in sorted((ROOT / "src" / "warledger").rglob("*.py")):
        text = path.read_text("utf-8")
        if "`warledger " not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.JoinedStr):
                words = "".join(str(p.value) if isinstance(p, ast.Constant) else "X" for p in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                words = node.value
            else:
                continue
            found += [(f"{path.name}:{node.lineno}", command) for command in re.findall(r"`warledger ([^`]+)`", words)]
    return found


@pytest.mark.parametrize(("where", "command"), messages())
def test_every_command_that_a_message_names_can_be_given(where: str, command: str) -> None:
    for words in commands_in(Block(ROOT, 0, "console", f"$ warledger {command}")):
        check(words, whole=False)


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_the_example_in_a_command_s_own_help_can_be_given(path: tuple[str, ...]) -> None:
    help_text = COMMANDS[path].help or ""
    examples = re.findall(r"^\s*Example: (.+)$", help_text, re.MULTILINE)
    assert examples, path
    found = [w for line in examples for w in commands_in(Block(ROOT, 0, "console", f"$ {line}"))]
    assert found or "completion" in path
    for words in found:
        check(words)
