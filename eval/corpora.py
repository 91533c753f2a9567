"""The corpora of the evaluation, each read once and only where a task asks for it, and what the extractor says of them."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from warledger.core import Document, Span
from warledger.core.codec import to_json
from warledger.evaluate.baseline import learn
from warledger.extract import Extractor
from warledger.extract.tagged import read_tags
from warledger.ingest import ReadOptions, read
from warledger.model import cut, read_words
from warledger.text.sentences import split

Json = dict[str, Any]
DEV = ["dev.docs.jsonl", "dev.gold.jsonl"]
"""The development documents and their records."""
JOBS = 2


def read_jsonl(path: Path) -> list[Json]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_packed(path: Path) -> list[Json]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Corpora:
    """What lies in the folder `shared`, read when it is first asked for."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.folder = shared / "corpus"
        self.public = self.folder / "public"

    @cached_property
    def scorer(self) -> ModuleType:
        """The annotation guide's own scorer."""
        path = self.shared / "annotation" / "score.py"
        spec = importlib.util.spec_from_file_location("score", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    @cached_property
    def extractor(self) -> Extractor:
        """The packaged extractor."""
        return Extractor.load()

    def extract(self, documents: Sequence[Document], eager: Mapping[str, float] | None = None) -> list[Json]:
        """The records of `documents`, in the guide's form; `eager` as in `tags`."""
        network = copy(self.extractor.network)
        network.tables = replace(network.tables, thresholds=self._thresholds(eager))
        extractor = Extractor(network, self.extractor.gazetteer, self.extractor.lexicon)
        found = extractor.extract_many(documents, jobs=JOBS)
        return [to_json(record, d.label) for d, record in zip(documents, found, strict=True)]

    @cached_property
    def dev_rows(self) -> list[Json]:
        """The development documents as their file has them."""
        return read_jsonl(self.folder / DEV[0])

    @cached_property
    def gold(self) -> list[Json]:
        """The annotated records of the development documents."""
        return read_jsonl(self.folder / DEV[1])

    @cached_property
    def documents(self) -> list[Document]:
        """The development documents as they are ingested."""
        found = read([str(self.folder / DEV[0])], ReadOptions(undated=True))
        return [d for d in found if isinstance(d, Document)]

    @cached_property
    def predicted(self) -> list[Json]:
        """What the extractor says of the development documents, in their order."""
        return self.extract(self.documents)

    @cached_property
    def scored(self) -> list[Json]:
        """The same with the network's score of each claim's trigger for its confidence, as no scale has touched it."""
        found = []
        for document, record in zip(self.documents, self.predicted, strict=True):
            triggers = self.extractor.read(document).triggers
            scores = {(t.span.start, t.span.end, t.type): t.score for t in triggers}
            claims = [c | {"confidence": scores[(*c["span"], c["type"])]} for c in record["claims"]]
            found.append(record | {"claims": claims})
        return found

    @cached_property
    def _train(self) -> list[Json]:
        return read_jsonl(self.folder / "train.gold.jsonl")

    @cached_property
    def words(self) -> dict[str, str]:
        """The trivial baseline, learned from the training records."""
        rows = {d["doc"]: d for d in read_jsonl(self.folder / "train.docs.jsonl")}
        return learn((rows[r["doc"]], r) for r in self._train)

    @cached_property
    def place_names(self) -> list[str]:
        """The places that the training records name."""
        return sorted({p["name"] for r in self._train for p in r["places"]})

    def _thresholds(self, eager: Mapping[str, float] | None) -> dict[str, float]:
        least = dict(self.extractor.network.tables.thresholds)
        return least | {layer: least.get(layer, 0.0) + more for layer, more in (eager or {}).items()}

    def tags(self, text: str, eager: Mapping[str, float] | None = None) -> tuple[list[Span], list[Span], list[Span]]:
        """Sentences of `text`, and the reporting words and actors that the network tags in them.

        `eager` is taken from the logit of "outside" by layer, on top of the extractor's own thresholds.
        """
        network, least = self.extractor.network, self._thresholds(eager)
        sentences = split(text)
        words = read_words(text, sentences, network.tokenizer)
        windows = cut(words)
        tagged = read_tags(text, words, windows, network.run(windows), least)
        cues, actors = ([tag.span for tag in tagged.mentions[layer]] for layer in ("cue", "actor"))
        return [Span(*s) for s in sentences], cues, actors
