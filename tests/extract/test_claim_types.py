"""Types that the guide's definitions decide once doer and place are known."""

from datetime import date

import pytest
from fake_network import FakeNetwork
from made_claims import links, reading

from warledger.core import Actor, Claim, Evidence, Span, When, claim_id
from warledger.extract.actors import Actors
from warledger.extract.claim_types import settled

DAY = date(2024, 12, 5)


def types(text, *claims, places=(), enemies=False, kinds=("rebel_group", "state_forces")):
    """The types of `claims`, each (trigger, type, initiator, place)."""
    net = FakeNetwork(text)
    for words, kind, *_ in claims:
        net.trigger(words, kind)
    for words in places:
        net.mention("place", words)
    read = reading(net, [links()] * len(claims), owner=(), places=tuple(range(len(places))), text=net.text)
    actors = Actors(tuple(Actor(f"a{n + 1}", f"Actor {n + 1}", kind) for n, kind in enumerate(kinds)), ())
    read = read.__class__(**{f: getattr(read, f) for f in read.__slots__} | {"actors": actors, "enemies": lambda *_: enemies})
    found = []
    for trigger, (words, kind, who, place) in zip(read.tagged.triggers, claims, strict=True):
        span = Span(trigger.span.start, trigger.span.end)
        evidence = Evidence("d1", span, words)
        found.append(
            Claim(
                claim_id("d1", kind, span),
                "d1",
                trigger.sentence,
                "",
                kind,
                evidence,
                (who,),
                place=place,
                when=When.of(DAY, DAY),
            )
        )
    out = settled(read, found)
    assert [c.id for c in out] == [claim_id("d1", c.type, c.span) for c in out]
    return [c.type for c in out]


@pytest.mark.parametrize(
    ("text", "taken", "enemies", "kind"),
    [
        ("They were returning Exampleville to its people .", True, False, "seize"),
        ("They were returning the town of Exampleville to its people .", True, False, "seize"),
        ("They were returning Exampleville to its people .", True, True, "withdraw"),
        ("They were returning Exampleville to its people .", False, False, "withdraw"),
        ("They were returning people to Exampleville .", True, False, "displace"),
        ("They were returning home to Exampleville .", True, False, "displace"),
        ("They were returning Exampleville its people .", True, False, "displace"),
    ],
)
def test_a_place_that_is_handed_to_somebody_moves_nobody(text, taken, enemies, kind):
    other = ("Rebels took it .", "took", "seize") if taken else ("Rebels shelled it .", "shelled", "shelling")
    found = types(
        f"{text}\n{other[0]}",
        ("returning", "displace", "a1", "p1"),
        (other[1], other[2], "a2", "p1"),
        places=("Exampleville",),
        enemies=enemies,
    )
    assert found == [kind, other[2]]


@pytest.mark.parametrize(
    ("text", "who", "place", "kind"),
    [
        ("The army redeployed troops to spare lives .", "a1", "p1", "withdraw"),
        ("The army redeployed troops to Otherville .", "a1", "p1", "deploy"),
        ("The army redeployed troops to spare lives .", "a2", "p1", "deploy"),
        ("The army redeployed troops to spare lives .", "a1", "p2", "deploy"),
    ],
)
def test_who_redeploys_after_leaving_a_place_has_left_it(text, who, place, kind):
    claims = (("redeployed", "deploy", "a1", "p1"), ("withdrew", "withdraw", who, place))
    assert types(f"{text}\nIt withdrew .", *claims, places=("Otherville",) if "Otherville" in text else ()) == [
        kind,
        "withdraw",
    ]


def test_a_deployment_stays_one():
    claims = (("deployed", "deploy", "a1", "p1"), ("withdrew", "withdraw", "a1", "p1"))
    assert types("The army deployed troops .\nIt withdrew .", *claims) == ["deploy", "withdraw"]


@pytest.mark.parametrize(("kind", "found"), [("rebel_group", "found"), ("government", "sanction")])
def test_a_group_that_breaks_ties_splits_and_a_state_suspends_relations(kind, found):
    assert types("It broke ties with them .", ("broke", "found", "a1", ""), kinds=(kind,)) == [found]
