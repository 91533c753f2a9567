"""The columns of ACLED's export and the closed lists that their values come from."""

from __future__ import annotations

from typing import Final

from warledger.ontology.crosswalk import acled_group_types

COLUMNS: Final = tuple(
    (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
        "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude "
        "longitude geo_precision source source_scale notes fatalities tags timestamp"
    ).split()
)
GONE: Final = ("event_id_no_cnty", "data_id", "iso3")
"""Columns of files before 2023-03-20."""
OPTIONAL: Final = ("population_1km", "population_2km", "population_5km", "population_best")
"""Columns that come only where population is asked for."""
DISORDER_TYPES: Final = (
    "Political violence", "Demonstrations", "Strategic developments", "Political violence; Demonstrations",
)  # fmt: skip
REGIONS: Final = (
    "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa", "South Asia", "Southeast Asia",
    "Middle East", "Europe", "Caucasus and Central Asia", "Central America", "South America", "Caribbean", "East Asia",
    "North America", "Oceania", "Antarctica",
)  # fmt: skip
SCALES: Final = ("Local partner", "Other", "New media", "Subnational", "National", "Regional", "International")
INTERACTION_CODES: Final = frozenset(
    int(code)
    for code in (
        "10 11 12 13 14 15 16 17 18 20 22 23 24 25 26 27 28 30 33 34 35 36 37 38 40 44 45 46 47 48 50 55 56 57 58 60 66 67 68 "
        "70 77 78 80 88"
    ).split()
)
CIVILIANS_TARGETED: Final = "Civilians targeted"
SUICIDE: Final = "Suicide bomb"
"""The sub-event in which somebody dies at any rate: the bomber counts."""


def interaction(inter1: str, inter2: str) -> str:
    """The label of a pair of group types, lower code first; "Rebel group only" where there is one, "" where none is."""
    codes = acled_group_types()
    pair = sorted((one for one in (inter1, inter2) if one), key=lambda one: codes[one])
    if pair == ["Civilians", "External/Other forces"]:
        return "External/Other forces-Civilians"
    return f"{pair[0]} only" if len(pair) == 1 else "-".join(pair)


def interactions() -> dict[str, int]:
    """The 44 legal labels with their codes: the lower number first, 0 for nobody."""
    codes = acled_group_types()
    return {
        interaction(one, other): code
        for one, low in codes.items()
        for other, high in (("", 0), *codes.items())
        if (code := low * 10 + high) in INTERACTION_CODES
    }
