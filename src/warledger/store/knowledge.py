"""The tables of what the user adds to what warledger knows: places of the gazetteer and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from warledger.core import Run, Source
from warledger.store.backend import Backend
from warledger.store.clock import now
from warledger.store.current import LAST, Mark
from warledger.store.rows import compact

if TYPE_CHECKING:
    from warledger.geo import GazetteerPlace


class Knowledge:
    """Places and sources. A source that is added again replaces, without overwriting, the one of its name."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def add_places(self, places: Iterable[GazetteerPlace], run: Run) -> int:
        """Keep places; how many were new, or were there and are now first said to lie in a division.

        A place whose id is there stays as it was otherwise.
        """
        return sum(self._add_place(place, run) for place in places)

    def _add_place(self, p: GazetteerPlace, run: Run) -> bool:
        sql = (
            "INSERT INTO places (id, name, kind, country, admin1, lat, lon, population, names, added_at, run) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
        )
        row = (p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, compact(list(p.names)))
        new = self._backend.execute(sql, (*row, now(), run.id))
        if p.admin2 or p.admin3:
            sql = (
                "INSERT INTO place_divisions (place, admin2, admin3, added_at, run) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (place) DO NOTHING"
            )
            new += self._backend.execute(sql, (p.id, p.admin2, p.admin3, now(), run.id))
        return new > 0

    def places(self) -> Iterator[GazetteerPlace]:
        """Every place that was added, by id."""
        from warledger.geo import GazetteerPlace

        sql = (
            "SELECT p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.names, d.admin2, d.admin3 "
            "FROM places p LEFT JOIN place_divisions d ON d.place = p.id ORDER BY p.id"
        )
        for ident, name, kind, country, admin1, lat, lon, population, names, admin2, admin3 in self._backend.rows(sql):
            yield GazetteerPlace(
                id=str(ident), name=str(name), kind=str(kind), country=str(country), admin1=str(admin1),
                lat=float(lat or 0), lon=float(lon or 0), population=int(population or 0), names=tuple(json.loads(str(names))),
                admin2=str(admin2 or ""), admin3=str(admin3 or ""),
            )  # fmt: skip

    def add_sources(self, sources: Iterable[Source], run: Run) -> int:
        """Keep what is known of sources; of how many that is not what is in force."""
        known = self.sources()
        fresh = [source for source in sources if known.get(source.name) != source]
        sql = (
            "INSERT INTO sources (name, owner, kind, side, aliases, country, addresses, added_at, run) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        for one in fresh:
            lists = compact(list(one.aliases)), one.country, compact(list(one.addresses))
            self._backend.execute(sql, (one.name, one.owner, one.kind, one.side, *lists, now(), run.id))
        return len(fresh)

    def sources(self, *, recorded: str | None = None, upto: Mark | None = None) -> dict[str, Source]:
        """What is known of each source by name, as of the moment `recorded` and the mark `upto` (None: now)."""
        columns = "name, owner, kind, side, aliases, country, addresses"
        sql = f"SELECT {columns} FROM sources WHERE added_at <= ? AND seq <= ? ORDER BY seq"
        last = LAST if upto is None else upto.sources
        latest = {
            str(name): Source(
                str(name), str(owner), str(kind), str(side), tuple(json.loads(str(aliases))), str(country),
                tuple(json.loads(str(addresses))),
            )
            for name, owner, kind, side, aliases, country, addresses in self._backend.rows(sql, (recorded or "~", last))
        }  # fmt: skip
        return dict(sorted(latest.items()))
