"""Evidence packages: what is in them, equal bytes for equal content, and every way to break one."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_events import ARMY, REBELS, Happening, view_of, with_spells

from warledger.core import DocumentLink, EventFilter, View
from warledger.errors import InputError, UsageError
from warledger.export import export, validate
from warledger.export.package import reading

VIEW = view_of(
    Happening("seize", (REBELS,), (ARMY,), "Rebels took the town on Thursday.", figures=(("killed", "people", 9, 9, "nine"),)),
    Happening("airstrike", (ARMY,), (REBELS,), when="2024-12-07", place=None, published=date(2024, 12, 8)),
)


HELD = with_spells(VIEW, (ARMY[0], "", "2024-12-05", 1), (REBELS[0], "2024-12-05", "", 0))
"""The same with spells of control."""


def made(goal, view=VIEW, **more):
    skipped = export(view, "package", goal, **more)
    return goal, skipped


def rules(path):
    return sorted({fault.rule for fault in validate("package", path)})


def rows(folder, name):
    return [json.loads(line) for line in (folder / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def sealed(folder):
    """Give a package that was changed the checksums of its files, so that only what is in them is wrong."""
    for manifest, files in (
        ("manifest-sha256.txt", sorted(p for p in (folder / "data").rglob("*") if p.is_file())),
        ("tagmanifest-sha256.txt", [folder / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]),
    ):
        lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in files]
        (folder / manifest).write_text("".join(lines), "utf-8")


def edited(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


class TestWriting:
    def test_events_claims_quotes_and_hashes(self, tmp_path):
        folder, skipped = made(tmp_path / "p")
        assert skipped == []
        assert rules(folder) == []
        event = rows(folder, "events")[0]
        claims = {claim["id"]: claim for claim in rows(folder, "claims")}
        documents = {document["id"]: document for document in rows(folder, "documents")}
        claim = claims[event["claims"][0]]
        text = VIEW.documents[claim["document"]].text
        assert [quote["of"] for quote in claim["quotes"]] == ["sentence", "trigger", "killed people"]
        assert all(text[slice(*quote["span"])] == quote["quote"] for quote in claim["quotes"])
        assert documents[claim["document"]]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert documents[claim["document"]]["author"] == "Jana Doe"
        assert not (folder / "data" / "texts").exists()

    def test_texts_only_where_they_are_asked_for(self, tmp_path):
        folder, _ = made(tmp_path / "p", with_texts=True)
        texts = {path.stem: path.read_bytes().decode() for path in (folder / "data" / "texts").iterdir()}
        assert texts == {ident: document.text for ident, document in VIEW.documents.items()}
        assert rules(folder) == []

    def test_equal_content_is_equal_bytes(self, tmp_path):
        (tmp_path / "other").mkdir()
        one, _ = made(tmp_path / "one.zip", with_texts=True)
        two, _ = made(tmp_path / "other" / "two.ZIP", with_texts=True)
        assert one.read_bytes() == two.read_bytes()
        assert rules(one) == []
        assert {Path(name).parts[0] for name in zipfile.ZipFile(one).namelist()} == {"evidence"}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "other"]

    def test_the_metadata_describes_each_file(self, tmp_path):
        folder, _ = made(tmp_path / "p", with_texts=True)
        text = (folder / "data" / "ro-crate-metadata.json").read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
        graph = json.loads(text)["@graph"]
        entities = {entity["@id"]: entity for entity in graph}
        parts = [part["@id"] for part in entities["./"]["hasPart"]]
        files = sorted(p.relative_to(folder / "data").as_posix() for p in (folder / "data").rglob("*") if p.is_file())
        assert sorted([*parts, "ro-crate-metadata.json"]) == files
        assert entities["./"]["datePublished"] == "2024-12-08"
        assert all(entities[part]["contentSize"] == str((folder / "data" / part).stat().st_size) for part in parts)

    def test_only_what_the_chosen_events_rest_on(self, tmp_path):
        folder, _ = made(tmp_path / "p", filters=EventFilter(types=("seize",)))
        assert [event["type"] for event in rows(folder, "events")] == ["seize"]
        assert (len(rows(folder, "claims")), len(rows(folder, "documents"))) == (1, 1)

    def test_spells_of_control_with_their_claims_and_documents(self, tmp_path):
        folder, skipped = made(tmp_path / "p", HELD)
        assert (skipped, rules(folder)) == ([], [])
        before, after = rows(folder, "spells")
        assert (before["holder"], before["until"], after["since"]) == (ARMY[0], "2024-12-05", "2024-12-05")
        assert after["claims"] == list(VIEW.events[0].claims)
        assert "evidence" not in after
        graph = json.loads((folder / "data" / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
        assert "2 events and 2 spells" in next(entity for entity in graph if entity["@id"] == "./")["description"]

    def test_a_spell_brings_the_claims_that_no_chosen_event_has(self, tmp_path):
        folder, _ = made(tmp_path / "p", HELD, filters=EventFilter(actor=REBELS[0], types=("seize",)))
        assert [spell["holder"] for spell in rows(folder, "spells")] == [REBELS[0]]
        elsewhere = replace(HELD, events=HELD.events[1:])
        folder, _ = made(tmp_path / "q", elsewhere, filters=EventFilter(types=("seize",)))
        assert (rows(folder, "events"), len(rows(folder, "claims")), len(rows(folder, "documents"))) == ([], 1, 1)
        assert rules(folder) == []

    def test_a_spell_that_cannot_be_shown_in_full_is_left_out(self, tmp_path):
        lacking = replace(HELD, spells=(replace(HELD.spells[1], claims=("c0",)), HELD.spells[0]))
        folder, skipped = made(tmp_path / "p", lacking)
        assert [(one.id, one.rule) for one in skipped] == [(HELD.spells[1].id, "claim-not-held")]
        assert len(rows(folder, "spells")) == 1

    def test_an_empty_package_is_whole(self, tmp_path):
        folder, _ = made(tmp_path / "p", view_of())
        assert rules(folder) == []

    def test_links_of_copies_are_told(self, tmp_path):
        first, second = sorted(VIEW.documents)
        folder, _ = made(tmp_path / "p", replace(VIEW, links=(DocumentLink(second, first, "copy", 0.9),)))
        assert [document.get("links") for document in rows(folder, "documents")] == [None, [{"kind": "copy", "of": first}]]

    def test_an_event_that_cannot_be_shown_in_full_is_left_out(self, tmp_path):
        event = VIEW.events[0]
        lacking = replace(VIEW, events=(replace(event, claims=(*event.claims, "c0")), VIEW.events[1]))
        folder, skipped = made(tmp_path / "p", lacking)
        assert [(one.id, one.rule) for one in skipped] == [(event.id, "claim-not-held")]
        assert len(rows(folder, "events")) == 1
        held = {ident: d for ident, d in VIEW.documents.items() if ident not in event.documents}
        without = View(held, VIEW.records, events=VIEW.events)
        assert [one.rule for one in made(tmp_path / "q", without)[1]] == ["document-not-held"]

    def test_what_is_there_already_stays(self, tmp_path):
        (tmp_path / "p").mkdir()
        with pytest.raises(UsageError, match="there already"):
            made(tmp_path / "p")
        (tmp_path / "q.zip").mkdir()
        with pytest.raises(UsageError, match="cannot be written over"):
            made(tmp_path / "q.zip")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "q.zip"]


class TestChecking:
    @pytest.fixture
    def folder(self, tmp_path):
        return made(tmp_path / "p", HELD)[0]

    @pytest.fixture
    def full(self, tmp_path):
        return made(tmp_path / "full", with_texts=True)[0]

    def test_any_byte_that_changes(self, full):
        for path in sorted(p for p in full.rglob("*") if p.is_file() and p.name != "tagmanifest-sha256.txt"):
            kept = path.read_bytes()
            path.write_bytes(kept + b" ")
            assert "checksum" in rules(full), path.name
            path.write_bytes(kept)
        assert rules(full) == []

    def test_any_file_that_is_missing(self, full):
        for path in sorted(p for p in full.rglob("*") if p.is_file()):
            kept = path.read_bytes()
            path.unlink()
            assert "missing-file" in rules(full), path.name
            path.write_bytes(kept)

    def test_a_file_too_many(self, folder):
        (folder / "data" / "more.txt").write_text("more")
        (folder / "note.txt").write_text("more")
        (folder / "link").symlink_to(folder / "bagit.txt")
        assert rules(folder) == ["not-in-manifest", "strange-file"]

    @pytest.mark.parametrize(
        ("name", "old", "new", "rule"),
        [
            ("claims", '"quote": "Rebel"', '"quote": "Robel"', "quote"),
            ("claims", '"quote": "Rebel"', '"quote": "Rebels"', "quote"),
            ("claims", '"span": [0, 5], "quote"', '"span": [0, 5.0], "quote"', "quote"),
            ("claims", '"trigger": "Rebel"', '"trigger": "Rabel"', "quote"),
            ("claims", '"quotes": [', '"quotes": [], "other": [', "required"),
            ("claims", '"document": "d', '"document": "x', "reference"),
            ("claims", '"id": "c', '"id": 7, "was": "c', "json"),
            ("claims", '{"id"', '{"id', "json"),
            ("documents", '"text_sha256": "', '"text_sha256": "x', "hash"),
            ("documents", '"characters": ', '"characters": "many", "was": ', "required"),
            ("documents", '"characters": ', '"characters": 2, "was": ', "quote"),
            ("documents", '"id": "d', '"id": "x', "reference"),
            ("events", '"type": "seize"', '"type": "war"', "type"),
            ("events", '"claims": ["c', '"claims": ["x', "reference"),
            ("events", '"documents": ["d', '"documents": ["x', "reference"),
            ("events", '"claims": [', '"claims": 7, "was": [', "form"),
            ("spells", '"claims": ["c', '"claims": ["x', "reference"),
            ("spells", '"claims": [', '"claims": [], "was": [', "required"),
            ("spells", '"holder"', '"keeper"', "required"),
            ("spells", '"layer": "control"', '"layer": "cake"', "layer"),
            ("spells", '"until": "2024-12-05"', '"until": "soon"', "when"),
            ("events", '"rule": "a rule", "claims": []', '"rule": "a rule", "claims": ["c0"]', "reference"),
        ],
    )
    def test_content_that_was_changed_with_its_checksums(self, folder, name, old, new, rule):
        edited(folder, f"data/{name}.jsonl", old, new)
        sealed(folder)
        assert rule in rules(folder)
        assert "checksum" not in rules(folder)

    def test_a_row_that_is_there_twice(self, folder):
        for name in ("events", "claims", "documents", "spells"):
            path = folder / "data" / f"{name}.jsonl"
            path.write_text(path.read_text("utf-8") * 2, "utf-8")
        sealed(folder)
        assert [f.column for f in validate("package", folder) if f.rule == "id-twice"] == [
            *["data/documents.jsonl"] * 2, *["data/claims.jsonl"] * 2, *["data/events.jsonl"] * 2, *["data/spells.jsonl"] * 2,
        ]  # fmt: skip

    def test_a_text_that_was_changed_with_its_checksums(self, full):
        path = next(p for p in (full / "data" / "texts").iterdir() if "Rebels took" in p.read_text("utf-8"))
        path.write_text(path.read_text("utf-8").replace("Rebels", "Troops"), "utf-8")
        sealed(full)
        assert rules(full) == ["id-changed", "quote", "text-changed"]

    def test_a_text_of_no_document(self, full):
        shutil.copy(next((full / "data" / "texts").iterdir()), full / "data" / "texts" / "d0.txt")
        sealed(full)
        assert rules(full) == ["reference"]

    def test_metadata_and_manifest_of_another_form(self, folder):
        edited(folder, "data/ro-crate-metadata.json", '"claims.jsonl"', '"lost.jsonl"')
        sealed(folder)
        assert rules(folder) == ["reference"]
        edited(folder, "data/ro-crate-metadata.json", '"@id": "https://w3id.org/ro/crate/', '"@id": "https://example.org/')
        sealed(folder)
        assert rules(folder) == ["metadata", "reference"]
        (folder / "data" / "ro-crate-metadata.json").write_text("[]")
        (folder / "manifest-sha256.txt").write_text("nothing\n")
        assert {"metadata", "manifest", "not-in-manifest"} <= set(rules(folder))
        (folder / "manifest-sha256.txt").write_bytes(b"\xff\xfe")
        assert "unreadable" in rules(folder)

    def test_a_line_or_file_that_is_too_large(self, folder, monkeypatch):
        monkeypatch.setattr(reading, "MAX_LINE_BYTES", 50)
        monkeypatch.setattr(reading, "MAX_TEXT_BYTES", 50)
        assert {"unreadable", "metadata"} <= set(rules(folder))

    def test_what_is_no_package(self, tmp_path):
        other = tmp_path / "other.zip"
        other.write_bytes(b"PK\x03\x04 and no more")
        with pytest.raises(InputError, match="no package"):
            rules(other)
        with pytest.raises(InputError, match="cannot be read"):
            rules(tmp_path / "nowhere")
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("a.txt", "a")
        assert rules(other) == ["missing-file"]


class TestHostileArchives:
    def packed(self, tmp_path, *more):
        path, _ = made(tmp_path / "p.zip")
        with zipfile.ZipFile(path, "a") as archive:
            for name in more:
                archive.writestr(name, "x")
        return path

    def test_names_that_lead_elsewhere(self, tmp_path):
        path = self.packed(tmp_path, "evidence/../../x", "/etc/x", "elsewhere.txt")
        faults = [(f.column, f.rule) for f in validate("package", path)]
        assert faults == [(name, "strange-file") for name in ("evidence/../../x", "/etc/x", "elsewhere.txt")]

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_name_twice(self, tmp_path):
        assert rules(self.packed(tmp_path, "evidence/data/events.jsonl")) == ["strange-file"]

    def test_a_bomb_is_not_read(self, tmp_path, monkeypatch):
        monkeypatch.setattr(reading, "MAX_TOTAL_BYTES", 100)
        with pytest.raises(InputError, match="unpacks to more"):
            rules(self.packed(tmp_path))

    def test_a_damaged_member(self, tmp_path):
        path = self.packed(tmp_path)
        raw = path.read_bytes()
        path.write_bytes(raw.replace(b'"type": "seize"', b'"type": "sneze"', 1))
        assert "unreadable" in rules(path)
