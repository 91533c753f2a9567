"""Events, actors and documents as FollowTheMoney entities, JSON Lines, and their check.

The form is that of FollowTheMoney 4 (https://followthemoney.tech/explorer/): id, schema, and properties whose values are lists
of strings. It is written without the library, which brings some thirty packages for what is a few lines of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from warledger.core import Actor, Document, Event, EventFilter, View, content_id
from warledger.core.filter import sentence_of
from warledger.export.checking import Fault
from warledger.export.form import Skipped, chosen, line, source_names
from warledger.export.jsonchecking import json_lines
from warledger.export.rows import figure_row

DATASET: Final = "warledger"
SCHEMATA: Final = {"leader": "Person", "spokesperson": "Person", "government": "PublicBody"} | dict.fromkeys(
    (
        "state_forces",
        "rebel_group",
        "militia",
        "jihadist_group",
        "external_forces",
        "political",
        "monitor",
        "media",
        "igo",
        "ngo",
    ),
    "Organization",
)
"""Kind of actor → schema; the others (civilians, other) are a LegalEntity, which says no more than that somebody acts."""
_REQUIRED: Final = {
    "Event": "name", "Person": "name", "Organization": "name", "PublicBody": "name", "LegalEntity": "name",
    "Document": "fileName",
}  # fmt: skip
_DATES: Final = ("date", "startDate", "endDate", "publishedAt")
_REFERENCES: Final = ("involved", "proof")
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T[\d:.+Z-]+)?")


def write_ftm(view: View, out: TextIO, filters: EventFilter) -> list[Skipped]:
    """Write each event after the documents and actors that it names, each of these once."""
    skipped, seen = [], set[str]()
    for event in chosen(view, filters):
        if event.status != "happened" or event.grade.name == "denied":
            told = event.status if event.status != "happened" else event.grade.name
            skipped.append(Skipped(event.id, "not-happened", f"{event.type} is {told}; an entity says that it happened"))
            continue
        for entity in _entities(event, view):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(line(entity))
    return skipped


def _entities(event: Event, view: View) -> Iterator[dict[str, Any]]:
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    yield from (_document(document) for document in documents)
    actors = _actors(event, view)
    names = tuple(dict.fromkeys((*event.initiator, *event.target)))
    for name in names:
        yield _actor(name, actors.get(name))
    place, when = event.place, event.when
    by, against = ", ".join(event.initiator), ", ".join(event.target)
    yield _entity(
        event.id, "Event",
        name=[", ".join(part for part in (event.type, place.name if place else "", when.edtf if when else "") if part)],
        summary=[" ".join(part for part in (event.type, by and f"by {by}", against and f"against {against}") if part)],
        startDate=[when.first.isoformat() if when and when.first else ""],
        endDate=[when.last.isoformat() if when and when.last else ""],
        location=[place.name if place else ""],
        country=[place.country.lower() if place else ""],
        involved=[actor_id(name) for name in names],
        proof=[document.id for document in documents],
        sourceUrl=[document.url for document in documents],
        publisher=list(source_names(event, view)),
        description=[sentence_of(view.claims[i], view) for i in event.claims if i in view.claims],
        notes=[f"grade: {event.grade.name}. {event.grade.rule}", *map(_figure, map(figure_row, event.figures))],
        keywords=list(event.types),
        recordId=[event.id],
    )  # fmt: skip


def actor_id(name: str) -> str:
    """The id of the entity of an actor's name."""
    return content_id("a", name)


def _actors(event: Event, view: View) -> dict[str, Actor]:
    records = [view.record_of(view.claims[i]) for i in event.claims if i in view.claims]
    return {actor.name: actor for record in reversed(records) for actor in record.actors}


def _actor(name: str, actor: Actor | None) -> dict[str, Any]:
    kind = actor.kind if actor is not None else ""
    country = actor.country.lower() if actor is not None else ""
    return _entity(actor_id(name), SCHEMATA.get(kind, "LegalEntity"), name=[name], country=[country])


def _document(document: Document) -> dict[str, Any]:
    return _entity(
        document.id, "Document",
        fileName=[document.label], title=[document.title], sourceUrl=[document.url], publisher=[document.source],
        publishedAt=[document.published.isoformat() if document.published else ""],
        notes=[f"sha256:{document.raw_sha256}" if document.raw_sha256 else ""],
    )  # fmt: skip


def _figure(row: Mapping[str, Any]) -> str:
    bounds = f"{row.get('low', '')}..{row.get('high', '')}"
    return f"{row['measure']} {row['group']} {bounds} {row['basis']}" + (f", says {row['said_by']}" if "said_by" in row else "")


def _entity(ident: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    told = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {
        "id": ident,
        "schema": schema,
        "properties": {name: values for name, values in told.items() if values},
        "datasets": [DATASET],
    }


def check_ftm(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file of entities. Schemata that we do not write are only looked at for their form."""
    ids: set[str] = set()
    named: dict[str, int] = {}
    for number, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        ident, properties = row.get("id"), row.get("properties")
        if not isinstance(ident, str) or not ident:
            yield Fault(number, "id", "required", "error", "id is required")
        elif ident in ids:
            yield Fault(number, "id", "id-twice", "warning", f"{ident} is there twice; readers merge the two")
        else:
            ids.add(ident)
        schema = row.get("schema")
        if not isinstance(schema, str) or schema not in _REQUIRED:
            severity: Any = "warning" if isinstance(schema, str) and schema else "error"
            yield Fault(number, "schema", "schema", severity, f"{schema!r} is no schema that is checked")
        if not isinstance(properties, dict):
            yield Fault(number, "properties", "required", "error", "properties is required, an object")
            continue
        yield from _properties(number, properties, _REQUIRED.get(str(schema), ""))
        for name in _REFERENCES:
            values = properties.get(name)
            named.update(
                (v, number) for v in (values if isinstance(values, list) else ()) if isinstance(v, str) and v not in named
            )
    for ident, number in named.items():
        if ident not in ids:
            yield Fault(number, "", "reference", "warning", f"{ident} is named and not in the file")


def _properties(number: int, properties: Mapping[str, Any], required: str) -> Iterator[Fault]:
    if required and not properties.get(required):
        yield Fault(number, required, "required", "error", f"{required} is required")
    for name, values in properties.items():
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            yield Fault(number, name, "values", "error", f"{name} must be a list of strings")
        elif name in _DATES and (wrong := next((v for v in values if _DATE.fullmatch(v) is None), "")):
            yield Fault(number, name, "date", "error", f"{wrong!r} is no date; write it like 2024-12-05")
