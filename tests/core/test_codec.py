"""Records survive their JSON; one that breaks a rule of the guide, or is no record, gives a RecordError that says where."""

import copy
import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.core import (
    Actor,
    Claim,
    Document,
    Evidence,
    Figure,
    Mention,
    Place,
    Record,
    Relation,
    Span,
    Voice,
    When,
    claim_id,
)
from warledger.core import vocabulary as v
from warledger.core.codec import MAX_COUNT, from_json, to_json
from warledger.core.kept import from_kept
from warledger.errors import RecordError

SHARED = Path(__file__).parents[2].parent / "shared"
TEXT = "Rebels captured Exampleville on Thursday, killing at least 12 soldiers, the Example Monitor said in a statement."
DOCUMENT = Document("d1", TEXT, "Example Wire", date(2024, 12, 6), name="one", sentences=((0, len(TEXT)),))


def at(words):
    start = TEXT.index(words)
    return [start, start + len(words)]


def sound():
    """A record that uses every field."""
    return {
        "doc": "one",
        "actors": [
            {"id": "a1", "name": "rebels", "kind": "rebel_group", "mentions": ["Rebels"], "spans": [at("Rebels")]},
            {"id": "a2", "name": "Example Monitor", "kind": "monitor", "mentions": [], "spans": [at("the Example Monitor")]},
            {"id": "a3", "name": "Example Army", "kind": "state_forces", "country": "SY", "spans": [at("soldiers")]},
        ],
        "places": [
            {
                "id": "p1", "name": "Exampleville", "kind": "town", "country": "SY", "lat": 35, "lon": 36.5,
                "precision": "exact", "gazetteer_id": "x:1", "admin1": "07", "candidates": [["Exampleville", 35.0, 36.5, 0.9]],
                "mentions": ["Exampleville"], "spans": [at("Exampleville")],
            },
            {"id": "p2", "name": "Exampleshire", "kind": "province", "spans": []},
        ],
        "claims": [
            {
                "s": 0, "event": "e1", "type": "seize", "trigger": "captured", "span": at("captured"), "initiator": ["a1"],
                "target": ["a3"], "place": "p1", "also_places": ["p2"], "when": "2024-12-05", "when_text": "on Thursday",
                "when_span": at("on Thursday"), "confidence": 0.5, "status": "possible", "frame": "background",
                "voice": [{"who": "a2", "cue": "said", "channel": "a statement"}],
                "figures": [
                    {
                        "measure": "killed", "group": "combatants", "low": 12, "high": 20, "about": True, "side": "a3",
                        "basis": "cumulative", "since": "2024-11", "text": "at least 12 soldiers",
                        "span": at("at least 12 soldiers"),
                    }
                ],
            }
        ],
        "relations": [{"s": 0, "type": "opposed_to", "from": "a1", "to": "a3", "ended": True}],
    }  # fmt: skip


def edited(path, value):
    """The sound record with the value at `path` set; `...` takes the field away."""
    row = copy.deepcopy(sound())
    *way, last = path
    here = row
    for step in way:
        here = here[step]
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return row


def test_a_sound_record_is_read_whole():
    record = from_json(sound(), DOCUMENT)
    assert record.extractor == "by hand"
    assert [a.country for a in record.actors] == ["", "", "SY"]
    assert record.actors[1].mentions == (Mention(Span(*at("the Example Monitor")), "the Example Monitor"),)
    place = record.places[0]
    assert (place.lat, place.lon, place.admin1, place.candidates) == (35.0, 36.5, "07", (("Exampleville", 35.0, 36.5, 0.9),))
    (claim,) = record.claims
    assert claim.id == claim_id("d1", "seize", Span(*at("captured")))
    assert (claim.status, claim.frame, claim.confidence, str(claim.when)) == ("possible", "background", 0.5, "2024-12-05")
    assert claim.voice == (Voice("a2", "said", "a statement"),)
    (figure,) = claim.figures
    assert (figure.low, figure.high, figure.about, figure.side, str(figure.since)) == (12, 20, True, "a3", "2024-11")
    assert record.relations == (Relation(0, "opposed_to", "a1", "a3", ended=True),)


def test_what_is_left_out_has_its_default():
    row = {"claims": [{"type": "seize", "span": at("captured")}]}
    (claim,) = from_json(row, DOCUMENT, "warledger 9").claims
    assert (claim.sentence, claim.trigger.quote, claim.status, claim.frame) == (0, "captured", "happened", "news")
    assert claim.event == f"seize-{at('captured')[0]}"
    assert (claim.when, claim.when_text, claim.confidence) == (None, None, None)
    assert from_json({}, DOCUMENT, "warledger 9") == Record("d1", extractor="warledger 9")


def test_null_is_left_out():
    row = {
        "claims": [{"type": "seize", "span": at("captured"), "place": None, "when": None, "confidence": None, "status": None}]
    }
    assert (
        from_json(row, DOCUMENT).claims == from_json({"claims": [{"type": "seize", "span": at("captured")}]}, DOCUMENT).claims
    )


def test_claims_stand_in_the_order_of_the_text():
    row = {
        "claims": [{"type": t, "span": at(w)} for t, w in (("toll", "killing"), ("seize", "captured"), ("clash", "captured"))]
    }
    assert [c.type for c in from_json(row, DOCUMENT).claims] == ["clash", "seize", "toll"]


def test_defaults_are_not_written():
    plain = to_json(from_json({"claims": [{"type": "seize", "span": at("captured"), "event": "e1"}]}, DOCUMENT), "one")
    assert plain["claims"] == [{"s": 0, "event": "e1", "type": "seize", "trigger": "captured", "span": at("captured")}]


def test_mentions_are_written_once_longest_first():
    text = "The army, the army and the army left."
    document = Document("d2", text, "Example Wire", None)
    row = {"actors": [{"id": "a1", "name": "Army", "kind": "other", "spans": [[23, 31], [10, 18], [4, 8], [0, 8]]}]}
    written = to_json(from_json(row, document), "two")["actors"][0]
    assert written["mentions"] == ["The army", "the army", "army"]
    assert written["spans"] == [[0, 8], [4, 8], [10, 18], [23, 31]]
    late, early = Mention(Span(10, 18), "the army"), Mention(Span(0, 8), "The army")
    unsorted = Record("d2", (Actor("a1", "Army", "other", (late, early)),))
    assert to_json(unsorted, "two")["actors"][0]["spans"] == [[0, 8], [10, 18]]


ids = st.sampled_from(["a1", "a2", "a3"])
place_ids = st.sampled_from(["p1", "p2"])
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
chances, lats, lons = (st.floats(*ends) for ends in ((0, 1), (-90, 90), (-180, 180)))
chance = st.none() | chances


@st.composite
def spans(draw):
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, len(TEXT))))


def evidence(span):
    return Evidence("d1", span, span.of(TEXT))


@st.composite
def whens(draw):
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    return draw(
        st.sampled_from([When.of(first, last), When.of(first, None), When.of(None, last), When.parse(f"{last:%Y}".zfill(4))])
    )


@st.composite
def figures(draw):
    low, high = sorted((draw(st.integers(0, MAX_COUNT)), draw(st.integers(0, MAX_COUNT))))
    low, high = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
    return Figure(
        draw(st.sampled_from(v.MEASURES)), draw(st.sampled_from(v.GROUPS)), low, high, evidence(draw(spans())),
        draw(st.booleans()), draw(st.just("") | ids), draw(st.sampled_from(v.BASES)), draw(st.none() | whens()),
    )  # fmt: skip


@st.composite
def claims(draw):
    span, claim_type = draw(spans()), draw(st.sampled_from(v.CLAIM_TYPES))
    words = st.just("") | spans().map(lambda s: s.of(TEXT))
    return Claim(
        claim_id("d1", claim_type, span), "d1", draw(st.integers(0, 9)), draw(names), claim_type, evidence(span),
        tuple(draw(st.lists(ids, max_size=3))), tuple(draw(st.lists(ids, max_size=3))), draw(st.just("") | place_ids),
        tuple(draw(st.lists(place_ids, max_size=2))), draw(st.none() | whens()), draw(st.none() | spans().map(evidence)),
        tuple(draw(st.lists(figures(), max_size=2))), tuple(draw(st.lists(st.builds(Voice, ids, words, words), max_size=2))),
        draw(st.sampled_from(v.STATUSES)), draw(st.sampled_from(v.FRAMES)), draw(chance),
    )  # fmt: skip


@st.composite
def records(draw):
    def mentions():
        return tuple(Mention(s, s.of(TEXT)) for s in sorted(draw(st.sets(spans(), max_size=3))))

    countries = st.sampled_from(["", "SY", "LY"])
    actors = tuple(
        Actor(i, draw(names), draw(st.sampled_from(v.ACTOR_KINDS)), mentions(), draw(countries)) for i in ("a1", "a2", "a3")
    )
    degrees = st.none() | st.tuples(lats, lons)
    candidates = st.lists(st.tuples(names, lats, lons, chances), max_size=2)
    places = tuple(
        Place(
            i, draw(names), draw(st.sampled_from(v.PLACE_KINDS)), draw(countries), *(draw(degrees) or (None, None)), mentions(),
            draw(st.sampled_from(["", "exact", "near"])), draw(names), draw(names), tuple(draw(candidates)),
        )
        for i in ("p1", "p2")
    )  # fmt: skip
    found = draw(st.lists(claims(), max_size=4, unique_by=lambda c: c.id))
    ties = st.lists(
        st.builds(Relation, st.integers(0, 9), st.sampled_from(v.RELATION_TYPES), ids, ids, st.booleans()), max_size=2
    )
    return Record("d1", actors, places, tuple(sorted(found, key=lambda c: (c.span, c.type))), tuple(draw(ties)), draw(names))


@settings(max_examples=60)
@given(records())
def test_a_record_survives_its_json(record):
    row = json.loads(json.dumps(to_json(record, "one"), allow_nan=False))
    assert from_json(row, DOCUMENT, record.extractor) == record
    assert from_kept(row, DOCUMENT, record.extractor) == record


def test_a_kept_record_is_refused_where_the_text_has_other_words():
    changed = replace(DOCUMENT, text=DOCUMENT.text.upper())
    with pytest.raises(RecordError, match="is not what the text has at"):
        from_kept(to_json(from_json(sound(), DOCUMENT), "one"), changed, "by hand")


CLAIM, FIGURE = ("claims", 0), ("claims", 0, "figures", 0)
BROKEN = [
    ((*CLAIM, "type"), "raid", "claim 0: claim type 'raid'"),
    ((*CLAIM, "type"), ..., "claim 0: claim type ''"),
    ((*CLAIM, "trigger"), "took", "claim 0: trigger 'took' is not what the text has"),
    ((*CLAIM, "span"), ..., r"claim 0: span None must be \[start, end\]"),
    ((*CLAIM, "span"), [7, 7], "claim 0: span"),
    ((*CLAIM, "span"), [15, 7], "claim 0: span"),
    ((*CLAIM, "span"), [-8, 15], "claim 0: span"),
    ((*CLAIM, "span"), [0, len(TEXT) + 1], "claim 0: span"),
    ((*CLAIM, "span"), [True, 8], "claim 0: span"),
    ((*CLAIM, "span"), [7.0, 15.0], "claim 0: span"),
    ((*CLAIM, "span"), [7, 15, 16], "claim 0: span"),
    ((*CLAIM, "span"), "7-15", "claim 0: span"),
    ((*CLAIM, "s"), -1, "claim 0: s -1"),
    ((*CLAIM, "s"), True, "claim 0: s True"),
    ((*CLAIM, "s"), 10**400, "claim 0: s a whole number of 1329 bits"),
    ((*CLAIM, "s"), "0", "claim 0: s '0'"),
    ((*CLAIM, "initiator"), ["a9"], "claim 0: initiator 'a9' is not in the record"),
    ((*CLAIM, "initiator"), "a1", "claim 0: initiator must be a list"),
    ((*CLAIM, "target"), ["p1"], "claim 0: target 'p1'"),
    ((*CLAIM, "target"), [1], "claim 0: target must be text"),
    ((*CLAIM, "place"), "p9", "claim 0: place 'p9'"),
    ((*CLAIM, "place"), ["p1"], "claim 0: place must be text"),
    ((*CLAIM, "also_places"), ["a1"], "claim 0: also_places 'a1'"),
    ((*CLAIM, "when"), "2024-12-32", "claim 0: '2024-12-32' is no date"),
    ((*CLAIM, "when"), "yesterday", "claim 0: 'yesterday' is no EDTF"),
    ((*CLAIM, "when"), 2024, "claim 0: when must be text"),
    ((*CLAIM, "when_text"), "on Friday", "claim 0: when_text 'on Friday' is not what the text has"),
    ((*CLAIM, "when_span"), ..., "claim 0: span None"),
    ((*CLAIM, "when_span"), [0, 999], "claim 0: span"),
    ((*CLAIM, "status"), "done", "claim 0: status 'done'"),
    ((*CLAIM, "frame"), "past", "claim 0: frame 'past'"),
    ((*CLAIM, "confidence"), 1.01, "claim 0: confidence 1.01"),
    ((*CLAIM, "confidence"), -0.01, "claim 0: confidence"),
    ((*CLAIM, "confidence"), math.nan, "claim 0: confidence nan"),
    ((*CLAIM, "confidence"), math.inf, "claim 0: confidence inf"),
    ((*CLAIM, "confidence"), 10**400, "claim 0: confidence"),
    ((*CLAIM, "confidence"), True, "claim 0: confidence True"),
    ((*CLAIM, "confidence"), "0.5", "claim 0: confidence '0.5'"),
    ((*CLAIM, "event"), 1, "claim 0: event must be text"),
    ((*CLAIM, "voice"), ["a2"], "claim 0: voice 0: must be an object"),
    ((*CLAIM, "voice"), {"who": "a2"}, "claim 0: voice must be a list"),
    ((*CLAIM, "voice", 0, "who"), "a9", "claim 0: voice 0: who 'a9'"),
    ((*CLAIM, "voice", 0, "cue"), "shouted", "claim 0: voice 0: cue 'shouted' is not in the text"),
    ((*CLAIM, "voice", 0, "channel"), "radio", "claim 0: voice 0: channel 'radio' is not in the text"),
    ((*FIGURE, "measure"), "hurt", "claim 0: figure 0: measure 'hurt'"),
    ((*FIGURE, "group"), ..., "claim 0: figure 0: group ''"),
    ((*FIGURE, "low"), 21, "claim 0: figure 0: figure .* has low 21 over high 20"),
    ((*FIGURE, "low"), 12.0, "claim 0: figure 0: low 12.0"),
    ((*FIGURE, "low"), True, "claim 0: figure 0: low True"),
    ((*FIGURE, "low"), "12", "claim 0: figure 0: low '12'"),
    ((*FIGURE, "low"), -1, "claim 0: figure 0: low -1"),
    ((*FIGURE, "high"), MAX_COUNT + 1, "claim 0: figure 0: high"),
    ((*FIGURE, "high"), 10**400, "claim 0: figure 0: high a whole number of 1329 bits"),
    ((*FIGURE, "high"), math.nan, "claim 0: figure 0: high nan"),
    ((*FIGURE, "about"), 1, "claim 0: figure 0: about must be true or false"),
    ((*FIGURE, "side"), "p1", "claim 0: figure 0: side 'p1'"),
    ((*FIGURE, "basis"), "total", "claim 0: figure 0: basis 'total'"),
    ((*FIGURE, "since"), "2024-00", "claim 0: figure 0: '2024-00'"),
    ((*FIGURE, "text"), "12 soldiers", "claim 0: figure 0: text '12 soldiers' is not what"),
    ((*FIGURE, "span"), None, "claim 0: figure 0: span None"),
    (("actors", 1, "id"), ..., "actor 1: an actor needs an id"),
    (("actors", 1, "id"), "a1", "actor 1: 'a1' is there twice"),
    (("actors", 1, "id"), 2, "actor 1: id must be text"),
    (("actors", 0, "name"), ..., "actor 0: an actor needs an id and a name"),
    (("actors", 0, "name"), "\ud800", "actor 0: name .* lone surrogate"),
    (("actors", 0, "kind"), "army", "actor 0: actor kind 'army'"),
    (("actors", 0, "kind"), ["monitor"], "actor 0: kind must be text"),
    (("actors", 0, "mentions"), ["rebels"], "actor 0: mention 'rebels' is not in the text"),
    (("actors", 0, "mentions"), "Rebels", "actor 0: mentions must be a list"),
    (("actors", 0, "mentions"), [0], "actor 0: mention must be text"),
    (("actors", 0, "spans"), [[0, 9999]], "actor 0: span"),
    (("actors", 0, "spans"), [0, 6], "actor 0: span 0"),
    (("actors", 0, "country"), {"code": "SY"}, "actor 0: country must be text"),
    (("actors", 0), None, "actor 0: must be an object, not None"),
    (("places", 0, "kind"), "hamlet", "place 0: place kind 'hamlet'"),
    (("places", 0, "name"), "", "place 0: a place needs an id and a name"),
    (("places", 1, "id"), "p1", "place 1: 'p1' is there twice"),
    (("places", 0, "lat"), ..., "place 0: place 'Exampleville' has only one of lat and lon"),
    (("places", 0, "lat"), 91, "place 0: lat 91"),
    (("places", 0, "lat"), math.nan, "place 0: lat nan"),
    (("places", 0, "lat"), 10**400, "place 0: lat"),
    (("places", 0, "lat"), True, "place 0: lat True"),
    (("places", 0, "lon"), math.inf, "place 0: lon inf"),
    (("places", 0, "lon"), "36.5", "place 0: lon '36.5'"),
    (("places", 0, "candidates"), [["Exampleville", 35.0, 36.5]], "place 0: candidate"),
    (("places", 0, "candidates"), [["Exampleville", 35.0, None, 1.0]], "place 0: candidate"),
    (("places", 0, "candidates"), [["Exampleville", 35.0, 36.5, math.nan]], "place 0: score nan"),
    (("places", 0, "candidates"), [["Exampleville", 10**400, 36.5, 0.5]], "place 0: lat"),
    (("places", 0, "candidates"), [[None, 35.0, 36.5, 0.5]], "place 0: candidate must be text"),
    (("places", 0, "candidates"), {"abcd": 1}, "place 0: candidates must be a list"),
    (("relations", 0, "type"), "likes", "relation 0: relation type 'likes'"),
    (("relations", 0, "from"), "a9", "relation 0: from and to must be actors"),
    (("relations", 0, "to"), ..., "relation 0: from and to must be actors"),
    (("relations", 0, "to"), ["a1"], "relation 0: to must be text"),
    (("relations", 0, "s"), 1e400, "relation 0: s inf"),
    (("relations", 0, "ended"), "no", "relation 0: ended must be true or false"),
    (("actors",), "", "actors must be a list"),
    (("claims",), {}, "claims must be a list"),
    (("relations",), 0, "relations must be a list"),
]


@pytest.mark.parametrize(("path", "value", "fault"), BROKEN)
def test_a_broken_rule_is_named_with_its_item(path, value, fault):
    with pytest.raises(RecordError, match=f"^record of one: {fault}"):
        from_json(edited(path, value), DOCUMENT)


def test_a_trigger_is_marked_once_with_a_type():
    row = sound()
    row["claims"] += [{"type": "seize", "span": at("killing")}, {"type": "seize", "span": at("captured")}]
    with pytest.raises(RecordError, match=r"^record of one: claim 2: 'seize at 7-15' is there twice"):
        from_json(row, DOCUMENT)


@pytest.mark.parametrize("row", [None, [], "x", 3, True, 1e400])
def test_what_is_no_object_is_no_record(row):
    with pytest.raises(RecordError, match="must be a JSON object"):
        from_json(row, DOCUMENT)


def test_a_message_stays_short():
    nested = []
    for _ in range(300):
        nested = [nested]
    for value in ("x" * 100_000, [0] * 100_000, nested, 10**4000, {"x": ["y" * 10_000] * 1000}):
        with pytest.raises(RecordError) as caught:
            from_json(edited((*CLAIM, "span"), value), DOCUMENT)
        assert len(str(caught.value)) < 400


leaf = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([10**400, -1, "a1", "p1", "seize", "2024-12-05", "captured", "\ud800", "", "0"])
    | st.text(max_size=5)
)
field = st.sampled_from(
    [
        "id", "name", "kind", "mentions", "spans", "lat", "lon", "candidates", "type", "span", "trigger", "s", "event", "voice",
        "figures", "when", "when_text", "when_span", "who", "cue", "low", "high", "text", "from", "to", "ended", "confidence",
    ]
)  # fmt: skip
anything = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(field | st.text(max_size=3), inner, max_size=5),
    max_leaves=12,
)
top = st.sampled_from(["doc", "actors", "places", "claims", "relations"])


@settings(max_examples=150)
@given(anything | st.dictionaries(top, anything | st.lists(st.dictionaries(field, anything, max_size=6), max_size=3)))
def test_any_json_is_a_record_or_a_record_error(row):
    try:
        record = from_json(row, DOCUMENT)
    except RecordError:
        return
    assert from_json(json.loads(json.dumps(to_json(record, "one"), allow_nan=False)), DOCUMENT) == record


def paths(row, way=()):
    """Where every value of the record stands."""
    yield way
    if isinstance(row, dict | list):
        for key in row if isinstance(row, dict) else range(len(row)):
            yield from paths(row[key], (*way, key))


@settings(max_examples=150)
@given(st.sampled_from([p for p in paths(sound()) if p]), anything)
def test_any_value_anywhere_is_read_or_refused(path, value):
    try:
        record = from_json(edited(path, value), DOCUMENT)
    except RecordError:
        return
    assert from_json(json.loads(json.dumps(to_json(record, "one"), allow_nan=False)), DOCUMENT) == record


@pytest.mark.shared
@pytest.mark.parametrize("part", ["dev", "train"])
def test_the_annotated_records_are_read_and_written_back(part):
    folder = SHARED / "corpus"
    if not (folder / f"{part}.gold.jsonl").exists():
        pytest.skip("the annotated corpus is not here")
    rows = [json.loads(line) for line in (folder / f"{part}.docs.jsonl").read_text("utf-8").splitlines()]
    documents = {r["doc"]: Document(r["doc"], r["text"], "Example Wire", None, name=r["doc"]) for r in rows}
    gold = [json.loads(line) for line in (folder / f"{part}.gold.jsonl").read_text("utf-8").splitlines()]
    assert gold
    for row in gold:
        document = documents[row["doc"]]
        record = from_json(row, document)
        assert len(record.claims) == len(row["claims"])
        assert from_json(to_json(record, row["doc"]), document) == record
