"""What other people's formats call the states of the world, by number, code and region (`data/countries.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from warledger.ontology.tables import rows


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A state in ISO 3166-1 (`iso2`, `iso3`, `iso_numeric`), Gleditsch and Ward (`gw`, None where they list
    none), ACLED and UCDP.
    """

    iso2: str
    iso3: str
    iso_numeric: int
    gw: int | None
    acled_name: str
    acled_region: str
    ucdp_name: str
    ucdp_region: str


@cache
def country_codes() -> dict[str, CountryCodes]:
    """Every state by its ISO 3166-1 two letters."""
    return {
        row["iso2"]: CountryCodes(
            row["iso2"],
            row["iso3"],
            int(row["iso_numeric"]),
            int(row["gw"]) if row["gw"] else None,
            row["acled_name"],
            row["acled_region"],
            row["ucdp_name"],
            row["ucdp_region"],
        )
        for row in rows("countries.csv")
    }
