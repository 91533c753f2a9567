"""Which series of counts are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from warledger.core import EventFilter, View, When
from warledger.core import vocabulary as v
from warledger.core.filter import names_match
from warledger.errors import UsageError
from warledger.reconcile.tolls import MEASURES, Series, toll_series


def chosen(
    view: View, wanted: EventFilter, *, side: str = "", group: str = "", measures: Sequence[str] = ()
) -> tuple[Series, ...]:
    """The series of the events that `wanted` admits, which cover a day of its period, of one side and group if given.

    `side` is a name of whose losses are counted, or of their side of the conflict: "Syrian army", "government".
    A running total covers the days from its beginning to its last publication. Raises UsageError for a group or measure that is
    not in the guide.
    """
    for what, given, allowed in (("group", (group,) if group else (), v.GROUPS), ("measure", measures, v.MEASURES)):
        for one in given:
            if one not in allowed:
                raise UsageError(f"{what} {one!r} is not one of: {', '.join(allowed)}")
    anywhen = replace(wanted, since=None, until=None)
    events = [event for event in view.events if anywhen.admits(event, view)]
    series = toll_series(view, events, measures=tuple(measures) or MEASURES)
    is_called = _named(side) if side else None
    return tuple(
        one
        for one in series
        if (not group or one.scope.group == group)
        and (is_called is None or is_called(one.scope.side))
        and _in_period(one, wanted)
    )


def _named(wanted: str) -> Callable[[str], bool]:
    """Whether `wanted` is a name of an actor, or of the side that it is on."""
    from warledger.lexicon.actors import ActorLexicon
    from warledger.reconcile.knowledge import ActorBook

    book = ActorBook({}, ActorLexicon.load())
    asked = {wanted, book.canonical(wanted)}

    def is_called(name: str) -> bool:
        known = {name, book.side(name)} - {""} if name else ()
        return any(names_match(one, other) for one in asked for other in known)

    return is_called


def _in_period(one: Series, wanted: EventFilter) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    first, last = one.days
    if first is None and last is None:
        return False
    if first is not None and last is not None and last < first:
        last = first
    return When.of(first, last).overlaps(When.of(wanted.since, wanted.until))
