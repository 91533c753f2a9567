"""A small corpus out of the whole one, in the same files: enough for every step to run, far too little to learn from."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]

LINKS = ("train.links.jsonl", "train2.links.jsonl", "train3.links.jsonl")
LINKED = 5
"""Linked reports that are taken of each file of links."""
TRAINING, DEVELOPMENT, TEXTS = 24, 6, 10
"""Annotated reports and texts without labels that are taken; of dev, the first."""


def lines(path: Path) -> list[Json]:
    """The JSON objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write(path: Path, found: list[Json]) -> None:
    """Write JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")


def few_links(rows: list[Json], count: int) -> list[Json]:
    """The head of a file of links with about `count` of its reports, those of its first links, and what links these."""
    head, *links = rows
    names: dict[str, None] = {}
    for link in links:
        if len(names) < count:
            names |= dict.fromkeys(name for name, _ in link["events"])
    kept = [link | {"events": [e for e in link["events"] if e[0] in names]} for link in links]
    return [head | {"documents": [n for n in head["documents"] if n in names]}, *(x for x in kept if x["events"])]


def write_small(corpus: Path, out: Path) -> None:
    """Write the small corpus into `out`."""
    chosen: dict[str, None] = {}
    for name in LINKS:
        links = few_links(lines(corpus / name), LINKED)
        write(out / name, links)
        chosen |= dict.fromkeys(links[0]["documents"])
    for stem, names in (("train", chosen), ("dev", {})):
        documents = lines(corpus / f"{stem}.docs.jsonl")
        count = TRAINING if stem == "train" else DEVELOPMENT
        others = [row["doc"] for row in documents if row["doc"] not in names]
        kept = {*names, *others[: max(0, count - len(names))]}
        write(out / f"{stem}.docs.jsonl", [row for row in documents if row["doc"] in kept])
        write(out / f"{stem}.gold.jsonl", [row for row in lines(corpus / f"{stem}.gold.jsonl") if row["doc"] in kept])
    (out / "public").mkdir(exist_ok=True)
    for name in ("unlabelled", "satp_train"):
        path = Path("public") / f"{name}.jsonl.gz"
        with gzip.open(corpus / path, "rt", encoding="utf-8") as rows, gzip.open(out / path, "wt", encoding="utf-8") as few:
            few.writelines(row for _, row in zip(range(TEXTS), rows, strict=False))
