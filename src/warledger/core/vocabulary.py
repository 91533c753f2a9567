"""The closed lists of the annotation guide: what a claim, figure, actor, place and relation can be."""

from __future__ import annotations

from typing import Final

FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "violence": (
        "clash", "offensive", "airstrike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "attack",
        "sexual_violence", "destroy", "toll",
    ),
    "custody": ("abduct", "arrest", "release"),
    "territory": ("seize", "withdraw", "control", "besiege"),
    "movement": ("deploy", "displace", "evacuate"),
    "accord": ("agree", "negotiate", "support", "aid"),
    "speech": ("demand", "accuse", "threaten", "reject", "declare", "sanction"),
    "civil": ("protest", "found"),
}  # fmt: skip
"""Claim types by family, as in the scorer of the annotation guide."""

CLAIM_TYPES: Final = tuple(
    (
        "clash offensive airstrike shelling bombing suicide_bombing chemical_attack attack sexual_violence abduct "
        "arrest seize withdraw control besiege deploy destroy release displace evacuate toll agree negotiate "
        "support aid demand accuse threaten reject declare sanction protest found"
    ).split()
)
"""In the order of the guide's table; the network's output columns follow it."""
FAMILY_OF: Final = {claim_type: family for family, members in FAMILIES.items() for claim_type in members}
SPEECH_ACTS: Final = frozenset({"demand", "accuse", "threaten", "reject", "declare"})
"""Types whose initiator is the speaker, so that `voice` stays empty."""
STATUSES: Final = ("happened", "planned", "possible", "denied", "failed")
FRAMES: Final = ("news", "background")
MEASURES: Final = tuple(
    (
        "killed injured casualties missing detained released displaced returned evacuated forces destroyed "
        "population in_need other"
    ).split()
)
GROUPS: Final = tuple(
    (
        "people civilians combatants children women elderly medics aid_workers journalists detainees refugees "
        "families vehicles aircraft buildings weapons other"
    ).split()
)
ACTOR_KINDS: Final = tuple(
    (
        "state_forces government rebel_group militia jihadist_group external_forces political leader spokesperson "
        "monitor media igo ngo civilians other"
    ).split()
)
ARMED_GROUPS: Final = frozenset({"rebel_group", "jihadist_group", "militia"})
"""Kinds of actors that bear arms and are no state's."""
PERSON_KINDS: Final = frozenset({"leader", "spokesperson", "political", "other"})
"""Kinds that an actor who is one person can be of."""
PLACE_KINDS: Final = tuple(
    ("city town village district neighbourhood province country region facility base road border_crossing natural").split()
)
RELATION_TYPES: Final = tuple(
    (
        "leads member_of part_of speaks_for backed_by allied_with opposed_to affiliated_with "
        "designated_terrorist_by split_from same_as"
    ).split()
)
SOURCE_KINDS: Final = (
    "wire", "newspaper", "broadcaster", "state media", "party to the conflict", "monitor", "NGO", "UN", "unknown",
)  # fmt: skip
BASES: Final = ("incident", "cumulative")
GRADES: Final = ("retracted", "denied", "contested", "confirmed", "corroborated", "claimed", "reported")
"""In the order in which the rules are tried."""
