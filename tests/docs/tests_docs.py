"""The project's Markdown files, cut into sections, tables and code blocks; and a small ledger for the examples to run on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
DOSSIER = ROOT / "examples" / "dossier"
HAMA = ("12-state-denies-hama.txt", "14-wire-hama-falls.txt", "15-opposition-hama.txt")

_FENCE = re.compile(r"^[ ]{0,3}(```+)(\w*)[^\n]*\n(.*?)^[ ]{0,3}\1[ ]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and where it stands."""

    path: Path
    number: int
    language: str
    text: str

    @property
    def where(self) -> str:
        return f"{self.path.relative_to(ROOT)}-{self.number}"


def markdown_files() -> list[Path]:
    """Every Markdown file that a reader of the project meets."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def blocks(language: str) -> list[Block]:
    """The fenced blocks of a language in all files."""
    found = []
    for path in markdown_files():
        for number, match in enumerate(_FENCE.finditer(path.read_text("utf-8")), start=1):
            text = re.sub(r"^ {3}", "", match[3], flags=re.MULTILINE) if match[0].startswith("   ") else match[3]
            found.append(Block(path, number, match[2], text))
    return [block for block in found if block.language == language]


def without_code(text: str) -> str:
    """The text of a file without its fenced blocks and inline code."""
    return _CODE.sub("", _FENCE.sub("", text))


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def sections(name: str) -> dict[str, str]:
    """The sections of a file under docs/ by the anchor of their headings, each up to the next heading of any level."""
    text = (ROOT / "docs" / name).read_text("utf-8")
    hidden = _FENCE.sub(lambda m: "".join("\n" if c == "\n" else " " for c in m[0]), text)
    heads = list(_HEADING.finditer(hidden))
    ends = [*(h.start() for h in heads[1:]), len(text)]
    return {anchor(text[h.start(2) : h.end(2)]): text[h.end() : end] for h, end in zip(heads, ends, strict=True)}


def rows(section: str) -> Iterator[list[str]]:
    """The cells of the tables of a section, without heads and rules."""
    lines = section.splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("|") and before.startswith("|") and not set(line) <= set("|- :"):
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def code(text: str) -> list[str]:
    """What stands in inline code."""
    return _CODE.findall(text)


@pytest.fixture(scope="session")
def hama_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reports/`, `records.jsonl`, and the `warledger.db` made of them."""
    from warledger import Ledger

    folder = tmp_path_factory.mktemp("hama")
    (folder / "reports").mkdir()
    for name in HAMA:
        shutil.copy(DOSSIER / name, folder / "reports" / name)
    shutil.copy(HERE / "hama.records.jsonl", folder / "records.jsonl")
    with Ledger.open(folder / "warledger.db") as ledger:
        summary = ledger.add(folder / "reports", records=folder / "records.jsonl")
        assert (summary.new, summary.issues, summary.claims) == (3, 0, 12)
        assert ledger.events(place="Hama")
    return folder


@pytest.fixture
def hama(hama_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, made the current one, as the examples expect it."""
    monkeypatch.chdir(shutil.copytree(hama_made, tmp_path / "hama"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("WARLEDGER_LEDGER", "WARLEDGER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "hama"
