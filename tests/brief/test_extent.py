import pytest

from warledger.brief.extent import GROUND, extent_of
from warledger.text.extent import NEAR


@pytest.mark.parametrize(
    ("sentence", "trigger", "extent"),
    [
        ("Rebels captured Hama.", "captured", ""),
        ("Rebels captured the major northern city of Hama.", "captured", ""),
        ("They have taken control of Hama.", "taken control of", ""),
        ("Hama was captured by rebels.", "captured", ""),
        ("Hama’s fall came early.", "fall", ""),
        ("The army withdrew from Hama.", "withdrew", ""),
        ("Rebels captured it.", "captured", ""),
        ("Rebels captured a hill near Hama.", "captured", NEAR),
        ("Rebels captured several districts of Hama.", "captured", "parts of"),
        ("Rebels captured villages in Hama.", "captured", GROUND),
        ("Rebels captured most of Hama.", "captured", "most of"),
        ("Rebels hold nearly all of Hama.", "hold", "nearly all of"),
        ("Rebels captured a mill; the army still shells Hama.", "captured", GROUND),
        ("Rebels captured a mill.", "captured", GROUND),
    ],
)
def test_a_place_is_whole_only_where_it_is_the_object(desk, sentence, trigger, extent):
    paper = desk.paper("w", "Example Wire", "2024-12-05", sentence, "Hama is a city.")
    claim = paper.claim("seize", trigger, at="Hama")
    desk.event(claim)
    assert extent_of([claim], "seize", desk.view()) == extent


def test_one_claim_of_the_whole_is_enough(desk):
    paper = desk.paper("w", "Example Wire", "2024-12-05", "Rebels captured a hill near Hama.", "Then they captured Hama.")
    claims = [paper.claim("seize", "captured", s=s, at="Hama") for s in (0, 1)]
    desk.event(*claims)
    assert extent_of(claims, "seize", desk.view()) == ""
    assert extent_of(claims[:1], "seize", desk.view()) == NEAR
