"""Events, actors and documents as FollowTheMoney entities, JSON Lines, through its own library (the extra "ftm"); and a check.

The library (https://followthemoney.tech/explorer/) knows the schemata, their properties and what values these can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from warledger.core import Actor, Document, Event, EventFilter, View
from warledger.core.filter import sentence_of
from warledger.errors import UsageError
from warledger.export.checking import Fault
from warledger.export.form import chosen, line, source_names
from warledger.export.jsonchecking import json_lines
from warledger.export.leftout import LeftOut, Skipped
from warledger.export.rowids import actor_id
from warledger.export.rows import figure_row
from warledger.export.spooling import Ids

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


def ftm_model() -> Any:  # noqa: ANN401 - the library is not there for the type checker
    """The library's model. Raises UsageError, which names the extra, where it is not installed."""
    try:
        from followthemoney import model
    except ImportError as error:
        raise UsageError("FollowTheMoney needs its library, which is not installed: pip install 'warledger[ftm]'") from error
    return model


def write_ftm(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
    """Write each event after the documents and actors that it names, each of these once; what the library refuses is returned.

    Raises UsageError where the library is not installed.
    """
    made = _Made(ftm_model())
    for event in chosen(view, filters):
        if event.status != "happened" or event.grade.name in ("denied", "retracted"):
            told = event.status if event.status != "happened" else event.grade.name
            reason = f"{event.type} is {told}; an entity says that it happened"
            made.skipped.append(Skipped(event.id, "not-happened", reason))
            continue
        out.writelines(
            line(entity) for ident, schema, told in _told(event, view) for entity in made.entity(ident, schema, told)
        )
    return made.skipped


_Told = tuple[str, str, Mapping[str, list[str]]]
"""An id, a schema, and values by property."""


class _Made:
    """The entities that have been made so far, each once."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - as ftm_model
        self._model = model
        self._seen = Ids()
        self.skipped = LeftOut()

    def entity(self, ident: str, schema: str, told: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
        """The entity, if it has not been made yet."""
        if ident in self._seen:
            return
        self._seen.update([ident])
        entity = self._model.make_entity(schema)
        entity.id = ident
        for name, values in told.items():
            for value in filter(None, values):
                cleaned = entity.schema.get(name).type.clean(value, proxy=entity)
                if cleaned is None:
                    self.skipped.append(
                        Skipped(ident, "value-refused", f"{value[:80]!r} is no {name} that the schema {schema} takes")
                    )
                else:
                    entity.add(name, cleaned, cleaned=True)
        yield {**entity.to_dict(), "datasets": [DATASET]}


def _told(event: Event, view: View) -> Iterator[_Told]:
    documents = [view.documents[i] for i in event.documents if i in view.documents]
    yield from (_document(document) for document in documents)
    actors = _actors(event, view)
    names = tuple(dict.fromkeys((*event.initiator, *event.target)))
    for name in names:
        yield _actor(name, actors.get(name))
    place, when = event.place, event.when
    by, against = ", ".join(event.initiator), ", ".join(event.target)
    yield (
        event.id,
        "Event",
        {
            "name": [", ".join(part for part in (event.type, place.name if place else "", when.edtf if when else "") if part)],
            "summary": [" ".join(part for part in (event.type, by and f"by {by}", against and f"against {against}") if part)],
            "startDate": [when.first.isoformat() if when and when.first else ""],
            "endDate": [when.last.isoformat() if when and when.last else ""],
            "location": [place.name if place else ""],
            "country": [place.country.lower() if place else ""],
            "involved": [actor_id(name) for name in names],
            "proof": [document.id for document in documents],
            "sourceUrl": [document.url for document in documents],
            "publisher": list(source_names(event, view)),
            "description": [sentence_of(view.claims[i], view) for i in event.claims if i in view.claims],
            "notes": [f"grade: {event.grade.name}. {event.grade.rule}", *map(_figure, map(figure_row, event.figures))],
            "keywords": list(event.types),
            "recordId": [event.id],
        },
    )


def _actors(event: Event, view: View) -> dict[str, Actor]:
    records = [view.record_of(view.claims[i]) for i in event.claims if i in view.claims]
    return {actor.name: actor for record in reversed(records) for actor in record.actors}


def _actor(name: str, actor: Actor | None) -> _Told:
    kind = actor.kind if actor is not None else ""
    country = actor.country.lower() if actor is not None else ""
    return actor_id(name), SCHEMATA.get(kind, "LegalEntity"), {"name": [name], "country": [country]}


def _document(document: Document) -> _Told:
    return (
        document.id,
        "Document",
        {
            "fileName": [document.label],
            "title": [document.title],
            "sourceUrl": [document.url],
            "publisher": [document.source],
            "author": [document.author],
            "publishedAt": [document.published.isoformat() if document.published else ""],
            "notes": [f"sha256:{document.raw_sha256}" if document.raw_sha256 else ""],
        },
    )


def _figure(row: Mapping[str, Any]) -> str:
    bounds = f"{row.get('low', '')}..{row.get('high', '')}"
    return f"{row['measure']} {row['group']} {bounds} {row['basis']}" + (f", says {row['said_by']}" if "said_by" in row else "")


def check_ftm(stream: TextIO) -> Iterator[Fault]:
    """Every fault of a file of entities, of whatever schema. Raises UsageError where the library is not installed."""
    model = ftm_model()
    ids: set[str] = set()
    named: dict[str, int] = {}
    for number, row, fault in json_lines(stream):
        if fault is not None:
            yield fault
            continue
        ident = row.get("id")
        if not isinstance(ident, str) or not ident:
            yield Fault(number, "id", "required", "error", "id is required")
        elif ident in ids:
            yield Fault(number, "id", "id-twice", "warning", f"{ident} is there twice; readers merge the two")
        else:
            ids.add(ident)
        schema, properties = model.get(str(row.get("schema"))), row.get("properties")
        if schema is None or schema.abstract:
            yield Fault(number, "schema", "schema", "error", f"{row.get('schema')!r} is no schema that an entity can have")
        elif not isinstance(properties, dict):
            yield Fault(number, "properties", "required", "error", "properties is required, an object")
        else:
            yield from _properties(number, properties, schema, named)
    for ident, number in named.items():
        if ident not in ids:
            yield Fault(number, "", "reference", "warning", f"{ident} is named and not in the file")


def _properties(number: int, properties: Mapping[str, Any], schema: Any, named: dict[str, int]) -> Iterator[Fault]:  # noqa: ANN401 - the library's
    for name in schema.required:
        if not properties.get(name):
            yield Fault(number, name, "required", "error", f"{name} is required of a {schema.name}")
    for name, values in properties.items():
        prop = schema.get(name)
        if prop is None or prop.stub:
            yield Fault(number, name, "property", "error", f"{name!r} is no property that a {schema.name} has")
        elif not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            yield Fault(number, name, "values", "error", f"{name} must be a list of strings")
        elif wrong := next((value for value in values if not prop.type.validate(value)), ""):
            yield Fault(number, name, "value", "error", f"{wrong[:80]!r} is no {prop.type.name}")
        elif prop.type.name == "entity":
            named.update((value, number) for value in values if value not in named)
