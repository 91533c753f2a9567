"""Derived values to text and back, so that a ledger can keep them: frozen dataclasses as lists of their fields.

The form is for one version of warledger alone: what is kept is found again by a hash that includes the code (`state`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from warledger.core.when import When

Frozen = TypeVar("Frozen")
Decoder = Callable[[Any], Any]

_THEMSELVES: Final = frozenset({str, int, float, bool, NoneType})
"""Most of what there is: looked up at once, since states are written often."""


def dump(values: Sequence[object]) -> str:
    """`values`, all of one frozen dataclass, as JSON."""
    return json.dumps([plain(value) for value in values], ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Frozen], text: str) -> tuple[Frozen, ...]:
    """What `dump` made of values of `kind`."""
    decode: Decoder = _decoder(kind)  # type: ignore[arg-type]
    return tuple([decode(value) for value in json.loads(text)])


def restored(kind: type[Frozen], value: object) -> Frozen:
    """What `plain` made a value of JSON of."""
    decode: Decoder = _decoder(kind)  # type: ignore[arg-type]
    found: Frozen = decode(value)
    return found


_scan: Final = json.JSONDecoder().raw_decode


def starts(text: str) -> Iterator[tuple[list[Any], int]]:
    """Each value that `dump` made a text of, undecoded, and where it begins there: `load_at` reads it from there."""
    at = 1
    while at < len(text) and text[at] != "]":
        value, end = _scan(text, at)
        yield value, at
        at = end + (text[end] == ",")


def load_one(kind: type[Frozen], text: str) -> Frozen:
    """The value that `plain` was written of as JSON."""
    return restored(kind, json.loads(text))


def load_at(kind: type[Frozen], text: str, start: int) -> Frozen:
    """The value at one of the `starts` of a text."""
    return restored(kind, _scan(text, start)[0])


def plain(value: object) -> object:
    """A frozen value as lists, numbers and text, for JSON."""
    if type(value) in _THEMSELVES:
        return value
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    names = _field_names(type(value))  # type: ignore[arg-type]
    return value if names is None else [plain(getattr(value, name)) for name in names]


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass in their order; None for what is none."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON's own types stand for themselves
    return value


@cache
def _decoder(kind: Any) -> Decoder:  # noqa: ANN401 - any annotation
    if kind is When:
        return When.parse
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if isinstance(kind, UnionType):
        (inner,) = (_decoder(one) for one in get_args(kind) if one is not NoneType)
        return inner if inner is _same else lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        return _of_tuple(get_args(kind))
    return _same


def _of_dataclass(kind: Any) -> Decoder:  # noqa: ANN401 - a class known only at run time
    """The list of fields is decoded in its place: most of them stand for themselves, and are not so much as looked at."""
    hints = get_type_hints(kind)
    decoders = [(n, decode) for n, f in enumerate(fields(kind)) if (decode := _decoder(hints[f.name])) is not _same]
    if not decoders:
        return lambda values: kind(*values)

    def made(values: list[Any]) -> Any:  # noqa: ANN401 - an instance of `kind`
        for index, decode in decoders:
            values[index] = decode(values[index])
        return kind(*values)

    return made


def _of_tuple(kinds: tuple[Any, ...]) -> Decoder:
    if kinds[-1] is Ellipsis:
        one = _decoder(kinds[0])
        return tuple if one is _same else lambda values: tuple([one(value) for value in values]) if values else ()
    decoders = [_decoder(kind) for kind in kinds]
    return lambda values: tuple(decode(value) for decode, value in zip(decoders, values, strict=True))
