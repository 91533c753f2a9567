"""Places are met by the province and the country that they lie in."""

from datetime import date

import pytest

from warledger.core import Claim, Document, EventFilter, Evidence, Place, Record, Span, View, claim_id, document_id

PLACES = {
    "Saraqib": Place("p1", "Saraqib", "town", "SY", admin1="12"),
    "Idlib": Place("p2", "Idlib", "province", "SY", admin1="12"),
    "Aleppo": Place("p3", "Aleppo", "city", "SY", admin1="09"),
    "Aleppo province": Place("p4", "Aleppo", "province", "SY", admin1="09"),
    "Beirut": Place("p5", "Beirut", "city", "LB", admin1="12"),
    "Syria": Place("p6", "Syria", "country", "SY"),
    "Manbij": Place("p7", "Manbij", "town", "SY", admin1="09"),
}


def view_of(*names):
    text = " ".join(f"Shells hit {name}." for name in names)
    doc = Document(document_id(text, "Wire"), text, "Wire", date(2031, 5, 6))
    claims = []
    for name in names:
        start = text.index(f"hit {name}.")
        span = Span(start, start + 3)
        words = Evidence(doc.id, span, "hit")
        claims.append(Claim(claim_id(doc.id, "shelling", span), doc.id, 0, name, "shelling", words, place=PLACES[name].id))
    return View({doc.id: doc}, {doc.id: Record(doc.id, (), tuple(PLACES.values()), tuple(claims))})


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ("Idlib", {"Saraqib", "Idlib"}),
        ("idlib province", {"Saraqib", "Idlib"}),
        ("Aleppo Governorate", {"Aleppo", "Manbij", "Aleppo province"}),
        ("Aleppo", {"Aleppo", "Aleppo province"}),
        ("Syria", {"Saraqib", "Idlib", "Aleppo", "Aleppo province", "Manbij", "Syria"}),
        ("Homs province", set()),
    ],
)
def test_a_province_or_country_meets_what_lies_in_it(asked, met):
    view = view_of(*PLACES)
    wanted = EventFilter(place=asked)
    assert {c.event for c in view.claims.values() if wanted.admits_claim(c, view)} == met
