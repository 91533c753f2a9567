"""The documents hold together: links lead somewhere, examples run, figures are marked, nothing private is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests_docs import ROOT, Block, anchor, blocks, markdown_files, without_code

import warledger

FILES = markdown_files()
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)
NAMES = [str(path.relative_to(ROOT)) for path in FILES]


def test_the_documents_of_a_project_are_there() -> None:
    wanted = {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "MODEL_CARD.md", "docs/README.md"}
    assert wanted <= set(NAMES)
    for folder in ("tutorial", "how-to", "reference", "explanation"):
        assert list((ROOT / "docs" / folder).glob("*.md")), folder


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(without_code(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, heading = target.partition("#")
        found = (path.parent / file) if file else path
        assert found.exists(), target
        if heading:
            heads = {anchor(h) for h in HEADING.findall(found.read_text("utf-8"))}
            assert heading in heads, target


@pytest.mark.parametrize("block", blocks("python"), ids=lambda b: b.where)
def test_every_python_example_runs(block: Block, hama: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block.text, block.where, "exec"), {"__name__": "example"})  # noqa: S102
    assert capsys.readouterr().err == ""


def test_the_examples_of_the_ledger_print_something(hama: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Filters that nothing meets would make the examples pass in silence."""
    for block in blocks("python"):
        exec(compile(block.text, block.where, "exec"), {"__name__": "example"})  # noqa: S102
        printed = capsys.readouterr().out
        assert printed or "source_add" in block.text, block.where


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda b: b.where)
def test_every_settings_file_and_list_of_sources_is_read(block: Block, tmp_path: Path) -> None:
    from warledger.config import load
    from warledger.lexicon.source_file import read_sources

    if block.text.startswith("[[source]]"):
        (tmp_path / "sources.toml").write_text(block.text, "utf-8")
        assert len(read_sources(tmp_path / "sources.toml")) == block.text.count("[[source]]")
        return
    file = tmp_path / "warledger.toml"
    file.write_text(block.text, "utf-8")
    assert str(file) in load(file=file, environment={}).where.values()


def test_the_changelog_has_the_version() -> None:
    first = re.search(r"^## \[?(\d[^\s\]]*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == warledger.__version__


def test_every_make_target_is_documented_and_every_documented_one_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    told = {t for path in FILES for t in re.findall(r"\bmake ([a-z][a-z-]*)\b", code_only(path.read_text("utf-8")))}
    assert told <= targets
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {t for t in targets if f"`make {t}`" not in guide} == set()


def code_only(text: str) -> str:
    """What stands in code, fenced or inline."""
    return "\n".join([*re.findall(r"```.*?```", text, re.DOTALL), *re.findall(r"`[^`\n]+`", text)])


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_document_names_a_path_of_somebodys_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"(?<![\w.])/(?:home|root|tmp|work|Users|var)/\S*", text) == []
    if path.name not in ("CONTRIBUTING.md", "MODEL_CARD.md"):
        assert "../shared" not in text


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_figures_that_are_measured_are_marked_from_beginning_to_end(path: Path) -> None:
    marks = re.findall(r"<!-- measured:(begin|end) -->", path.read_text("utf-8"))
    assert marks == ["begin", "end"] * (len(marks) // 2)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_one_word_for_one_thing(path: Path) -> None:
    """The project's words: a document is never called an article or a story."""
    words = re.findall(r"\b(?:news ?)?(?:articles?|stories|story)\b", without_code(path.read_text("utf-8")), re.IGNORECASE)
    assert words == []


def test_the_architecture_names_packages_and_files_that_are_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    source = ROOT / "src" / "warledger"
    packages = {path.parent.name for path in source.glob("*/__init__.py")}
    layers = text.partition("## Layers")[2].partition("##")[0]
    told = set(re.findall(r"`(\w+)`", layers))
    assert packages <= told
    for name in re.findall(r"`([\w*./]+/[\w*.]*)`", text):
        places = (source, ROOT)
        assert any(place.joinpath(name).exists() or list(place.glob(name)) for place in places), name
