"""The packaged extractor on documents of our own: what it must find, and what must hold of every record."""

import json
import shutil
from dataclasses import replace
from datetime import date
from functools import lru_cache
from threading import Event
from time import sleep

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warledger.core import Document, document_id
from warledger.core.codec import from_json, to_json
from warledger.errors import ModelError
from warledger.extract import Extractor
from warledger.model import Network
from warledger.model.network import DATA

TEXT = """EXAMPLE CITY - Syrian rebels captured the town of Saraqib on Thursday after heavy clashes with government forces.
The Syrian army confirmed that its troops had withdrawn from Saraqib, according to a statement carried by state media.
At least 12 civilians were killed in Russian air strikes on Idlib on Wednesday, the Syrian Observatory for Human Rights said.
More than 300 people, including 40 civilians, have been killed since the offensive began eight days ago, the observatory said.
Turkey denied that it was involved in the attack."""


def document(text=TEXT, **fields):
    return replace(Document(document_id(text, "Example Wire"), text, "Example Wire", date(2024, 12, 6), name="one"), **fields)


@lru_cache
def extractor():
    return Extractor.load()


@lru_cache
def record():
    return extractor().extract(document())


def claims(claim_type):
    return [c for c in record().claims if c.type == claim_type]


def names(ids):
    return {record().actor(i).name for i in ids}


def test_a_seizure_has_its_parties_place_and_day():
    seized = claims("seize")[0]
    assert names(seized.initiator) == {"rebels (Syria)"}
    place = record().place(seized.place)
    assert (place.name, place.country) == ("Saraqib", "SY")
    assert place.lat == pytest.approx(35.86, abs=0.1)
    assert str(seized.when) == "2024-12-05"
    assert seized.status == "happened"


def test_an_admission_has_its_voice():
    withdrawn = claims("withdraw")[0]
    assert names([withdrawn.voice[0].who]) == {"Syrian Armed Forces"}
    assert withdrawn.voice[0].cue


def test_a_strike_has_its_dead():
    strike = claims("airstrike")[0]
    assert "Russian Armed Forces" in names(strike.initiator)
    assert [(f.measure, f.group, f.low, f.high) for f in strike.figures] == [("killed", "civilians", 12, None)]
    assert str(strike.when) == "2024-12-04"


def test_a_toll_is_cumulative_and_nested_numbers_stay_apart():
    figures = sorted(
        (f.low, f.group, f.basis) for c in record().claims for f in c.figures if f.low and f.low >= 40 and f.low != 12
    )
    assert [(low, group) for low, group, _ in figures] in (
        [(40, "civilians"), (300, "people")],
        [(40, "civilians"), (301, "people")],
    )


def test_every_quote_reads_back():
    for claim in record().claims:
        for evidence in (claim.trigger, claim.when_text, *(f.words for f in claim.figures)):
            assert evidence is None or evidence.holds(TEXT)
    for thing in (*record().actors, *record().places):
        assert all(m.span.of(TEXT) == m.text for m in thing.mentions)


def test_the_record_survives_its_json():
    row = json.loads(json.dumps(to_json(record(), "one")))
    assert from_json(row, document(), record().extractor) == record()


def test_confidence_is_a_chance():
    assert all(0 <= c.confidence <= 1 for c in record().claims)


def test_many_at_a_time_give_what_one_at_a_time_gives():
    documents = [document(TEXT.replace("Saraqib", name), name=name) for name in ("Homs", "Hama", "Idlib", "Raqqa", "Aleppo")]
    one = [extractor().extract(d) for d in documents]
    two = list(Extractor.load().extract_many(documents, jobs=2))
    assert one == two
    assert list(extractor().extract_many(documents)) == one


@pytest.mark.parametrize("text", ["", "   \n ", "...", "\U0001f4a5" * 40])
def test_nothing_to_read_gives_an_empty_record(text):
    assert extractor().extract(document(text)).claims == ()


def test_another_language_is_not_extracted():
    assert extractor().extract(document(language="ar")).claims == ()


def test_no_date_gives_no_relative_times():
    undated = extractor().extract(document(published=None))
    assert undated.claims
    assert not [c for c in undated.claims if c.when is not None and c.when_text and c.when_text.quote == "on Thursday"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_read_without_a_fault(text):
    read = extractor().extract(document(f"Rebels shelled {text} on Friday, killing 5."))
    for claim in read.claims:
        assert claim.trigger.holds(f"Rebels shelled {text} on Friday, killing 5.")


def packaged(folder):
    for name in ("network.onnx", "tables.json", "tokenizer.json", "sha256.json"):
        shutil.copy(DATA / name, folder / name)
    return folder


def test_a_changed_weight_is_refused(tmp_path):
    folder = packaged(tmp_path)
    raw = bytearray((folder / "network.onnx").read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / "network.onnx").write_bytes(raw)
    with pytest.raises(ModelError, match="not the one that was shipped"):
        Network.load(folder)


def test_a_missing_file_is_a_clear_error(tmp_path):
    folder = packaged(tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        Network.load(folder)
    (folder / "sha256.json").unlink()
    with pytest.raises(ModelError, match="missing"):
        Network.load(folder)


def test_weights_for_other_labels_are_refused(tmp_path):
    import hashlib

    folder = packaged(tmp_path)
    tables = json.loads((folder / "tables.json").read_text())
    tables["heads"]["trigger"] = ["O", "I"]
    (folder / "tables.json").write_text(json.dumps(tables))
    hashes = json.loads((folder / "sha256.json").read_text())
    hashes["tables.json"] = hashlib.sha256((folder / "tables.json").read_bytes()).hexdigest()
    (folder / "sha256.json").write_text(json.dumps(hashes))
    with pytest.raises(ModelError, match="other labels"):
        Network.load(folder)


def test_who_fought_before_one_of_them_won_are_enemies_in_what_is_told_again():
    text = (
        "The rebel offensive began on 27 November in the villages west of Aleppo.\n"
        "The counter-offensive that the Syrian army had announced for Aleppo never came."
    )
    after = extractor().extract(document(text, published=date(2024, 12, 12)))
    rebels, army = (next(c for c in after.claims if c.trigger.quote == said) for said in ("offensive", "counter-offensive"))
    assert rebels.event != army.event
    assert (rebels.status, army.status) == ("happened", "denied")


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_first_of_many_is_there_before_the_second_is_asked_for(jobs):
    asked = []

    def documents():
        for name in ("Homs", "Hama"):
            asked.append(name)
            yield document(TEXT.replace("Saraqib", name), name=name)

    records = extractor().extract_many(documents(), jobs=jobs)
    next(records)
    assert asked == ["Homs"]
    assert len(list(records)) == 1


def test_a_record_that_is_ready_waits_for_one_more_document_at_most(monkeypatch):
    asked, read = [], Event()

    def extract(_, document):
        read.set()
        return document.name

    def documents():
        for name in ("Homs", "Hama", "Idlib", "Raqqa", "Aleppo"):
            asked.append(name)
            yield document(name=name)
            read.wait(10)
            read.clear()
            sleep(0.2)  # for what is read to be handed over

    monkeypatch.setattr(Extractor, "extract", extract)
    records = Extractor.load().extract_many(documents(), jobs=2)
    assert [next(records) for _ in range(3)] == ["Homs", "Hama", "Idlib"]
    assert len(asked) in (3, 4)
