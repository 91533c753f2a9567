"""The columns of UCDP GED and the closed lists that their values come from."""

from __future__ import annotations

from typing import Final

COLUMNS: Final = tuple(
    (
        "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
        "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
        "source_article source_office source_date source_headline source_original where_prec where_coordinates "
        "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
        "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
    ).split()
)
REGIONS: Final = ("Africa", "Americas", "Asia", "Europe", "Middle East")
STATE_BASED: Final = 1
NON_STATE: Final = 2
ONE_SIDED: Final = 3
CIVILIANS: Final = "Civilians"
ACTIVE_DEATHS: Final = 25
"""Deaths of a dyad in a calendar year that make the year active."""
CLOCK: Final = " 00:00:00.000"
"""What stands behind every date."""
DATE_PRECISION_DAYS: Final = ((1, 1), (2, 6), (3, 7), (4, 31), (5, 366))
"""date_prec and the most days that it covers, narrowest first."""
