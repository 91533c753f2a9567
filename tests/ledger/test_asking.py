"""Asking a ledger: views, filters, names and ids, explanations, two times, judgements."""

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_type_hints

import pytest
from ledger_samples import FakeExtractor, write_reports

import warledger
from warledger.config import load
from warledger.core import (
    Claim,
    Document,
    DocumentLink,
    Event,
    EventFigure,
    EventFilter,
    EventPlace,
    Grade,
    Issue,
    Judgement,
    Match,
    Origin,
    Source,
    Spell,
    When,
    frozen,
)
from warledger.errors import NotFoundError, UsageError, WarledgerError, WhenError
from warledger.geo import Gazetteer, GazetteerPlace
from warledger.ledger import ActorEntry, Ledger, PlaceEntry
from warledger.ledger.explanation import explain
from warledger.ledger.ordering import newest_first
from warledger.ledger.state import code_hash


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.db", settings=load(environment={}).settings) as opened:
        opened.add(write_reports(tmp_path / "in", 9), extractor=FakeExtractor())
        yield opened


def test_the_readme_example_runs(ledger: Ledger) -> None:
    with warledger.Ledger.open(ledger.store.backend.name) as opened:
        (event, *_) = opened.events(place="Alderby")
        assert opened.why(event.id).grade.rule


def test_every_claim_is_in_one_event_of_the_view(ledger: Ledger) -> None:
    view = ledger.view()
    assert len(view.documents) == len(view.records) == 9
    claims = [claim for event in view.events for claim in event.claims]
    assert sorted(claims) == sorted(view.claims)
    assert {f"Example Outlet {n}" for n in range(3)} < set(view.sources)
    assert all(set(event.documents) <= set(view.documents) for event in view.events)
    assert "d0" not in view.documents
    with pytest.raises(KeyError):
        view.documents["d0"]
    with pytest.raises(KeyError):
        view.documents[1]  # type: ignore[index]


def test_what_was_worked_out_once_is_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    view = ledger.view()
    assert ledger.view() is view
    monkeypatch.setattr("warledger.ledger.state.work_out", lambda *_, **__: pytest.fail("worked out again"))
    with Ledger.open(ledger.store.backend.name, read_only=True) as again:
        other = again.view()
        assert (other.events, other.spells, other.links) == (view.events, view.spells, view.links)
        assert dict(other.documents) == dict(view.documents)
        assert dict(other.records) == dict(view.records)
        assert again.why(view.events[0].id) == ledger.why(view.events[0].id)


def test_a_ledger_that_may_only_be_read_answers_too(ledger: Ledger) -> None:
    events = ledger.events()
    ledger.store.derived.put("other", {"events": "[]"}, keep=1)
    with Ledger.open(ledger.store.backend.name, read_only=True) as again:
        assert again.events() == events


def test_keeping_no_derived_values_is_a_setting(ledger: Ledger) -> None:
    settings = replace(ledger.settings, derived_kept=0)
    with Ledger.open(ledger.store.backend.name, settings=settings) as again:
        ledger.store.derived.put("other", {"events": "[]"}, keep=1)
        events = again.events()
        state = ledger.store.backend.one("SELECT COUNT(*) FROM derived")
    assert state == (1,)
    assert events == ledger.events()


def test_events_are_listed_newest_first_and_filtered(ledger: Ledger) -> None:
    every = ledger.events()
    assert set(every) == set(ledger.view().events)
    town = ledger.events(place="Alderby", type="seize")
    assert town
    assert all(event.place.name == "Alderby" and "seize" in event.types for event in town)
    assert ledger.events(type=["seize", "withdraw"]) == every
    assert ledger.events(EventFilter(place="Alderby", types=("seize",))) == town
    assert ledger.events(since=date(2031, 3, 7)) == ()
    assert ledger.claims(actor="Army of Northland", type="seize", text=None) == ()
    assert ledger.events(actor="Army of Southland") == ()
    assert len(ledger.claims()) == 18
    assert all(claim.type == "withdraw" for claim in ledger.claims(type="withdraw", min_confidence=0.4))
    assert ledger.claims(min_confidence=0.6) == ()
    for wrong in ({"colour": "red"}, {"type": "feast"}, {"grade": "certain"}):
        with pytest.raises(UsageError):
            ledger.events(**wrong)
    with pytest.raises(UsageError, match="not both"):
        ledger.events(EventFilter(), place="Alderby")


def test_as_of_shows_no_document_of_a_later_day(ledger: Ledger) -> None:
    view = ledger.view(as_of=date(2031, 3, 7))
    assert 0 < len(view.documents) < 9
    assert all(document.published <= date(2031, 3, 7) for document in view.documents.values())
    assert {link.document for link in view.links} <= set(view.documents)
    assert ledger.view(as_of=date(2031, 3, 6)).events == ()
    assert ledger.view(as_of=date(2031, 3, 9)).events == ledger.view().events
    assert ledger.events(as_of=date(2031, 3, 7)) != ledger.events()


def test_recorded_shows_no_row_of_a_later_moment(ledger: Ledger, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    ledger.add(write_reports(tmp_path / "more", 12), extractor=FakeExtractor())
    ledger.reextract(extractor=FakeExtractor("fake 2", confidence=0.9))
    then, now = ledger.view(recorded=before), ledger.view(recorded=before.date() + timedelta(days=1))
    assert (len(then.documents), len(now.documents)) == (9, 12)
    assert {c.confidence for c in then.claims.values()} == {0.5}
    assert {c.confidence for c in now.claims.values()} == {0.9}
    assert ledger.view(recorded=before.replace(tzinfo=None)).events == then.events
    assert len(ledger.view(recorded=date(2020, 1, 1)).documents) == 0


def test_show_finds_things_by_id_and_by_name(ledger: Ledger) -> None:
    view = ledger.view()
    document = next(iter(view.documents.values()))
    claim, event, spell = next(iter(view.claims.values())), view.events[0], view.spells[0]
    for thing in (document, claim, event, spell):
        assert ledger.show(thing.id) == thing
        assert ledger.show(f" {thing.id[:12]}") == thing
    assert ledger.show(document.name) == document
    place = ledger.show("alderby")
    assert isinstance(place, PlaceEntry)
    assert (place.id, place.name, len(place.readings)) == ("alderby", "Alderby", 1)
    assert place.events
    actor = ledger.show("army-of-northland")
    assert isinstance(actor, ActorEntry)
    assert actor == ledger.show("soldiers") == ledger.show("Army of Northland")
    assert (actor.kinds, actor.mentions, len(actor.claims)) == (("state_forces",), ("Soldiers",), 9)


def test_show_says_what_is_alike_and_what_is_not_clear(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"there is .*Alderby"):
        ledger.show("Aldreby")
    with pytest.raises(NotFoundError, match=r"nothing called 'Zzz'$"):
        ledger.show("Zzz")
    with pytest.raises(NotFoundError):
        ledger.show("d0000000")
    with pytest.raises(NotFoundError):
        ledger.show("")
    ledger.add(write_reports(tmp_path / "wide", 200, outlets=7), extractor=FakeExtractor())
    first = sorted(ledger.view().documents)
    shared = next(a[:3] for a, b in pairwise(first) if a[:3] == b[:3])
    with pytest.raises(UsageError, match=f"'{shared}' is the beginning of"):
        ledger.show(shared)
    with pytest.raises(UsageError, match="2 documents are called"):
        ledger.show("report-003.txt")


def test_a_claim_of_an_earlier_reading_is_told_apart(ledger: Ledger) -> None:
    old = next(iter(ledger.view().claims.values()))

    class Blind(FakeExtractor):
        def extract(self, document: Document) -> warledger.Record:
            return replace(super().extract(document), claims=())

    ledger.reextract(extractor=Blind("blind"))
    with pytest.raises(NotFoundError, match="earlier reading"):
        ledger.show(old.id)


def test_show_finds_issues_and_judgements(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    ledger.add(tmp_path / "empty.txt", extractor=FakeExtractor())
    ((ident, issue),) = ledger.store.log.issues()
    assert ledger.show(ident[:8]) == issue
    assert list(ledger.issues()) == [issue]
    one, other = ledger.view().events[:2]
    judgement = ledger.judge("different", [one.id, other.id])
    assert ledger.show(judgement.id) == judgement
    assert list(ledger.issues()) == [issue]


def test_why_gives_the_words_and_what_each_field_rests_on(ledger: Ledger) -> None:
    event = max(ledger.events(), key=lambda e: (len(e.claims), e.id))
    why = ledger.why(event.id)
    assert (why.event, why.grade, why.matches, why.origins) == (event, event.grade, event.matches, event.origins)
    assert [t.claim.id for t in why.tellings] == list(event.claims)
    for one in why.tellings:
        document = ledger.view().documents[one.document]
        assert one.claim.trigger.quote in one.sentence in document.text
        assert (one.label, one.source, one.published) == (document.name, document.source, document.published)
        assert one.place == event.place.name
    support = {(s.field, s.value): s for s in why.fields}
    assert support["place", event.place.name].claims == event.claims
    assert support["when", "2031-03-06"].exact
    assert support["type", event.type].claims
    assert support["grade", event.grade.name].claims == event.grade.claims
    for name in event.initiator:
        assert ("initiator", name) in support
    assert ledger.why(event.claims[0]) == why
    with pytest.raises(NotFoundError, match="is a document, not an event"):
        ledger.why(event.documents[0])


def test_why_words_the_figures_and_says_what_is_only_near(ledger: Ledger) -> None:
    figures = [s for event in ledger.events() for s in ledger.why(event.id).fields if s.field == "figure"]
    said = {s.value.split(",")[0] for s in figures}
    assert {"forces: about 27 vehicles (incident)", "forces: 25 vehicles (incident)"} < said
    assert {"forces: at least 28 vehicles (incident)", "forces: at least about 24 vehicles (incident)"} < said
    event = next(e for e in ledger.events() if e.figures)
    view = ledger.view()
    bound = replace(event.figures[0], low=None, high=9), replace(event.figures[0], low=3, high=9, about=False)
    changed = replace(event, figures=bound, when=When.parse("2031-03"), initiator=("Somebody else",), place=None)
    fields = {(s.field, s.value): s for s in explain(changed, view).fields}
    assert {v.split(" vehicles")[0].replace("about ", "") for f, v in fields if f == "figure"} == {
        "forces: up to 9",
        "forces: 3 to 9",
    }
    assert not fields["when", "2031-03"].exact
    assert fields["when", "2031-03"].claims
    assert not fields["initiator", "Somebody else"].exact
    assert not any(f == "place" for f, _ in fields)
    undated = replace(event, when=None, target=("Somebody else",))
    fields = {(s.field, s.value): s for s in explain(undated, view).fields}
    assert fields["target", "Somebody else"].claims == ()
    assert not any(f == "when" for f, _ in fields)
    assert newest_first([undated, event]) == [event, undated]
    empty = replace(undated, initiator=(), target=())
    assert not {"initiator", "target"} & {s.field for s in explain(empty, view).fields}


def test_a_changed_signature_is_found(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.store.backend.name)) as other:
        other.execute("DROP TRIGGER signatures_no_update")
        other.execute("UPDATE signatures SET signature = x'00' WHERE seq = 3")
        other.commit()
    assert sorted(fault.code for fault in ledger.verify()) == ["damaged"]
    with closing(sqlite3.connect(ledger.store.backend.name)) as other:
        other.execute(
            "CREATE TRIGGER signatures_no_update BEFORE UPDATE ON signatures "
            "BEGIN SELECT RAISE(ABORT, 'rows of signatures are never changed or taken out; add a row instead'); END"
        )
        other.commit()
    (fault,) = ledger.verify()
    assert fault.code == "signature-changed"
    assert fault.document in ledger.view().documents


def test_without_a_login_name_a_judgement_is_unknown_s(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    claims = list(ledger.view().claims)[:2]
    assert ledger.judge("different", claims).user == "unknown"
    named = replace(ledger.settings, user="reader")
    with Ledger.open(ledger.store.backend.name, settings=named) as again:
        assert again.judge("same", claims).user == "reader"


def test_judgements_join_part_and_set_and_are_undone(ledger: Ledger) -> None:
    before = ledger.view().events
    one, other = (ledger.events(place=name)[0] for name in ("Alderby", "Brookton"))
    same = ledger.judge("same", [one.id, other.id], reason="one column took both", user="reader")
    assert same.user == "reader"
    assert same.subjects == (one.claims[0], other.claims[0])
    joined = ledger.view().event_of
    assert joined[one.claims[0]] == joined[other.claims[0]]
    undo = ledger.undo(same.id)
    assert ledger.view().events == before
    claim = ledger.view().claims[one.claims[0]]
    set_ = ledger.judge("claim", [claim.id], {"status": "denied"})
    assert ledger.view().claims[claim.id].status == "denied"
    with Ledger.open(ledger.store.backend.name) as again:
        assert again.view().claims[claim.id].status == "denied"
    assert ledger.judgements() == (same, undo, set_)
    ledger.judge("claim", [claim.id], {"reject": "yes"})
    assert claim.id not in ledger.view().claims
    assert list(ledger.verify()) == []


def test_a_judgement_that_makes_no_sense_is_refused(ledger: Ledger) -> None:
    event, other = ledger.view().events[:2]
    claim = event.claims[0]
    for kind, subjects, change in (
        ("maybe", [event.id], {}),
        ("same", [event.id], {}),
        ("same", [event.id, event.claims[0]], {}),
        ("same", [event.id, event.documents[0]], {}),
        ("same", [event.id, other.id], {"status": "denied"}),
        ("claim", [claim], {}),
        ("claim", [event.id], {"status": "denied"}),
        ("claim", [claim], {"colour": "red"}),
        ("claim", [claim], {"place": "Nowhere"}),
        ("undo", [event.id], {}),
    ):
        with pytest.raises(UsageError):
            ledger.judge(kind, subjects, change)
    with pytest.raises(WarledgerError):
        ledger.judge("claim", [claim], {"status": "perhaps"})
    with pytest.raises(WhenError):
        ledger.judge("claim", [claim], {"when": "9999-99-99"})
    with pytest.raises(NotFoundError):
        ledger.judge("undo", ["j00000000"])
    assert ledger.judgements() == ()


def test_a_judgement_is_carried_over_to_a_better_reading(ledger: Ledger) -> None:
    claim = next(iter(ledger.view().claims.values()))
    ledger.judge("claim", [claim.id], {"status": "denied"})

    class Wider(FakeExtractor):
        """Marks a trigger with the word that follows it."""

        def extract(self, document: Document) -> warledger.Record:
            record = super().extract(document)
            claims = []
            for one in record.claims:
                end = document.text.index(" ", one.span.end + 1)
                span = warledger.Span(one.span.start, end)
                trigger = warledger.Evidence(document.id, span, document.text[span.start : end])
                claims.append(replace(one, trigger=trigger))
            return replace(record, claims=tuple(claims))

    ledger.reextract(extractor=Wider("wider"))
    view = ledger.view()
    assert claim.id not in view.claims
    (denied,) = (c for c in view.claims.values() if c.status == "denied")
    assert (denied.document, denied.type, denied.span.start) == (claim.document, claim.type, claim.span.start)
    ledger.reextract(extractor=FakeExtractor("narrow again"))
    assert ledger.view().claims[claim.id].status == "denied"


def test_what_is_known_of_a_source_is_found_by_its_names(ledger: Ledger) -> None:
    source = Source("The Valley Voice", owner="Valley Media", kind="newspaper", aliases=("example outlet 1",))
    assert ledger.source_add(source)
    assert not ledger.source_add(source)
    assert ledger.view().sources["Example Outlet 1"] == source
    assert ledger.view().sources["Example Outlet 2"] == Source("Example Outlet 2")
    assert ledger.view().sources["Reuters"].kind == "wire"


def test_places_that_are_added_are_known_to_the_gazetteer(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("name,lat,lon,kind,country\nQuillfordstead,52.5,5.5,village,NL\n")
    assert ledger.gazetteer_add(tmp_path / "places.csv") == (1, 1)
    assert ledger.gazetteer_add(tmp_path / "places.csv") == (1, 0)
    (place,) = ledger.store.knowledge.places()
    assert isinstance(place, GazetteerPlace)
    assert ledger.gazetteer_search("Quillfordstead")[0] == place


def test_an_extractor_that_knows_other_places_is_another(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own(FakeExtractor):
        @classmethod
        def load(cls, gazetteer: Gazetteer) -> "Own":
            assert isinstance(gazetteer, Gazetteer)
            return cls("own")

    monkeypatch.setattr("warledger.extract.Extractor", Own)
    assert ledger.reextract().revised == 9
    assert ledger.reextract().revised == 0
    (tmp_path / "places.csv").write_text("name,lat,lon,kind,country\nQuillfordstead,52.5,5.5,village,NL\nbroken,x,y,,\n")
    ledger.gazetteer_add(tmp_path / "places.csv")
    assert [issue.code for issue in ledger.issues()] == ["gazetteer-row"]
    assert ledger.reextract().revised == 9
    names = {record.extractor for record in ledger.view().records.values()}
    assert len(names) == 1
    assert names.pop().startswith("own places ")


def test_actors_are_searched_in_the_lexicon() -> None:
    assert any("Syrian" in actor.name for actor in Ledger.actors_search("Syrian Armed Forces"))


def test_briefings_timelines_and_exports_come_of_the_view(ledger: Ledger) -> None:
    from warledger.brief import render

    assert "Alderby" in render(ledger.brief(place="Alderby"), "txt")
    dated = ledger.timeline(place="Alderby")
    assert [entry.event for entry in dated] == [event.id for event in ledger.events(place="Alderby")][::-1] or len(dated) > 1
    out = io.StringIO()
    ledger.export("clusters", out)
    clusters = [json.loads(line) for line in out.getvalue().splitlines()]
    assert sum(len(cluster["claims"]) for cluster in clusters) == 18
    with pytest.raises(UsageError, match="export format"):
        ledger.export("papyrus", out)


def test_public_names_are_loaded_when_they_are_asked_for() -> None:
    for name in warledger.__all__:
        assert getattr(warledger, name) is not None
    assert "Ledger" in dir(warledger)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = warledger.Nothing
    assert set(warledger.core.__all__) - set(warledger.__all__) <= {
        "NOT_EXTRACTED", "claim_id", "content_id", "document_id", "fold", "is_sum_beyond", "nearest_mention", "slug",
        "week_of",
    }  # fmt: skip


def test_what_only_extracts_loads_no_ledger() -> None:
    program = "import sys, warledger.ledger.extracting; sys.exit('warledger.store' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_code_is_part_of_what_derived_values_follow_from() -> None:
    assert code_hash() == code_hash()
    assert len(code_hash()) == 64


EVENT = Event(
    "e1", "seize", ("seize", "offensive"),
    EventPlace("k", "Alderby", "town", "NL", 52.0, 5.5, "exact"), When.parse("2031-03/.."),
    ("a",), ("b", "c"), "happened", "news", ("c1",), ("d1",), (Origin("Example Wire", "wire", True, ("c1",)),),
    Grade("claimed", "one interested origin", ("c1",)),
    (EventFigure("killed", "people", 3, None, True, "cumulative", When.parse("2031"), "", "x", "c1", "2031-03-07", 0),),
    (Match("c1", "c2", 0.5, ("place: same town",)),), (("denies", "e2"),),
)  # fmt: skip
SPELL = Spell("s1", EVENT.place, "a", "", "control", None, When.parse("2031-03-08"), None, "claimed", ("e1",), ())


@pytest.mark.parametrize("value", [EVENT, replace(EVENT, place=None, when=None, figures=()), SPELL, Issue(*"abcde"),
                                   DocumentLink("d1", "d2", "copy", 0.5)])  # fmt: skip
def test_derived_values_are_kept_whole(value: object) -> None:
    assert frozen.load(type(value), frozen.dump([value, value])) == (value, value)
    assert set(get_type_hints(type(value))) == {f.name for f in fields(value)}  # type: ignore[arg-type]


def test_dates_are_kept_too() -> None:
    assert '"2031-03-07"' in frozen.dump([Document("d", "t", "s", date(2031, 3, 7))])
    assert frozen.load(Document, frozen.dump([Document("d", "t", "s", date(2031, 3, 7))]))[0].published == date(2031, 3, 7)


def test_kinds_of_things_are_what_show_says(ledger: Ledger) -> None:
    assert isinstance(ledger.claims()[0], Claim)
    assert all(not isinstance(j, Judgement) for j in ledger.events())
