"""The links of the corpus, which neither weights nor threshold were fitted on, as its own scorer scores them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from warledger.core import Document, document_id
from warledger.core.codec import from_json
from warledger.reconcile import reconcile

SHARED = Path(__file__).parents[2].parent / "shared"
FLOOR = 0.95


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the corpora are not here")
def test_events_from_hand_made_claims_meet_the_floor(tmp_path):
    corpus = SHARED / "corpus"
    documents, records = {}, {}
    by_label = {}
    for line in (corpus / "dev.docs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences = tuple(tuple(s) for s in row["sentences"])
        key = document_id(row["text"], row["source"])
        day = date.fromisoformat(row["date"])
        documents[key] = Document(key, row["text"], row["source"], day, row["title"], name=row["doc"], sentences=sentences)
        by_label[row["doc"]] = documents[key]
    for line in (corpus / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = by_label[row["doc"]]
        records[document.id] = from_json(row, document)
    claims = {c.id: c for r in records.values() for c in r.claims}
    out = tmp_path / "clusters.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for event in reconcile(documents, records).events:
            spans = [[documents[c.document].label, c.span.start, c.span.end] for c in (claims[i] for i in event.claims)]
            file.write(json.dumps({"cluster": event.id, "claims": spans}) + "\n")
    scorer = [sys.executable, str(SHARED / "annotation" / "score_links.py"), str(corpus / "dev.gold.jsonl")]
    done = subprocess.run(
        [*scorer, str(corpus / "dev.links.jsonl"), str(out), "--json"], capture_output=True, text=True, check=True
    )
    scores = json.loads(done.stdout)
    assert scores["pairs_f1"] >= FLOOR
    assert scores["b3_f1"] >= FLOOR
    assert scores["pairs_precision"] >= scores["pairs_recall"], "a wrong join is worse than a missed one"
