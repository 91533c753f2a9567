"""What a ledger can be asked besides its events and claims: control, tolls, change, doubt and the record of its sources."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from warledger.core import EventFilter, Judgement, Spell, View

if TYPE_CHECKING:
    from warledger.brief import Difference
    from warledger.control import Change
    from warledger.ledger.health import SourceHealth
    from warledger.ledger.holding import Holding
    from warledger.ledger.reviewing import Doubt
    from warledger.ledger.sourcing import SourceRecord
    from warledger.reconcile.tolls import Series


class Questions(ABC):
    """Questions that are answered from a view alone."""

    @abstractmethod
    def view(self, *, as_of: date | None = None, recorded: date | datetime | None = None) -> View:
        """The ledger as it stood."""

    @abstractmethod
    def _judged(self, as_of: date | None, recorded: date | datetime | None) -> tuple[Judgement, ...]:
        """The judgements of a state, carried over to the claims that it has."""

    def held(
        self,
        place: str,
        *,
        on: date | None = None,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
    ) -> tuple[Holding, ...]:
        """Who holds each place of that name on a day, by default at the end of what is known.

        Raises NotFoundError for a name that no document has.
        """
        from warledger.ledger.holding import holdings

        return holdings(self.view(as_of=as_of, recorded=recorded), place, on)

    def control(
        self,
        *,
        on: date | None = None,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
    ) -> tuple[Spell, ...]:
        """The spells of every place on a day, by default those that nothing is said to have ended, ordered by name."""
        from warledger.ledger.holding import spells_on

        view = self.view(as_of=as_of, recorded=recorded)
        found = [s for layer in ("control", "besieged") for s in spells_on(view.spells, layer, on)]
        return tuple(sorted(found, key=lambda s: (s.place.name, s.place.key, s.layer != "control", s.id)))

    def control_changes(
        self, since: date, *, as_of: date | None = None, recorded: date | datetime | None = None
    ) -> tuple[Change, ...]:
        """The changes of hands that may have come on or after a day, the latest first."""
        from warledger.control import changes

        return changes(since, self.view(as_of=as_of, recorded=recorded).spells)

    def tolls(
        self,
        *,
        place: str = "",
        since: date | None = None,
        until: date | None = None,
        side: str = "",
        group: str = "",
        measures: Sequence[str] = (),
        as_of: date | None = None,
        recorded: date | datetime | None = None,
    ) -> tuple[Series, ...]:
        """The counts in series, each of one measure, group, side and scope; `measures` are by default those of casualties.

        `warledger.reconcile.tolls_rules` derives from them. Raises UsageError for a group or measure that is none.
        """
        from warledger.ledger.tolling import chosen

        view = self.view(as_of=as_of, recorded=recorded)
        return chosen(view, EventFilter(place=place, since=since, until=until), side=side, group=group, measures=measures)

    def diff(self, since: date, until: date | None = None, *, recorded: date | datetime | None = None) -> Difference:
        """What changed from what could be known on one day to what could be known on another, by default now.

        Raises UsageError if the second day is before the first.
        """
        from warledger.brief import difference
        from warledger.errors import UsageError

        if until is not None and until < since:
            raise UsageError(f"the second day, {until}, is before the first, {since}")
        return difference(self.view(as_of=since, recorded=recorded), self.view(as_of=until, recorded=recorded))

    def review(self, *, as_of: date | None = None, recorded: date | datetime | None = None) -> tuple[Doubt, ...]:
        """What is worth a person's time, by doubt and consequence; what a judgement settled is left out."""
        from warledger.ledger.reviewing import doubts

        return doubts(self.view(as_of=as_of, recorded=recorded), self._judged(as_of, recorded))

    def source_records(self, *, as_of: date | None = None, recorded: date | datetime | None = None) -> tuple[SourceRecord, ...]:
        """How the lone claims of each origin fared since. It changes no grade."""
        from warledger.ledger.sourcing import source_records

        return source_records(self.view(as_of=as_of, recorded=recorded))

    def source_health(
        self, *, on: date | None = None, as_of: date | None = None, recorded: date | datetime | None = None
    ) -> tuple[SourceHealth, ...]:
        """How many documents each publisher gives a day, when the last one came, and who has fallen silent, as of a day."""
        from warledger.ledger.health import source_health

        return source_health(self.view(as_of=as_of, recorded=recorded), on)
