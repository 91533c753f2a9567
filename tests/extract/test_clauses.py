"""Doers, places and times that a clause gives plainly, and ties that titles and set phrases give."""

from dataclasses import replace

import numpy as np
import pytest
from test_actors_places import MARK, marked

from warledger.core import Actor, Span
from warledger.extract import clauses, ties
from warledger.extract.tagged import Tag, Trigger, dateline_span


def tagged_sentence(source):
    """Actors [a:…], places [p:…], times [t:…] and triggers [x:…] of one sentence; the last trigger is the one asked about."""
    layers = {"a": "actor", "p": "place", "t": "time", "x": "trigger"}
    text, tagged = marked(MARK.sub(lambda m: f"[other:{m[2]}]", source))
    spans, shift = [], 0
    for found in MARK.finditer(source):
        start = found.start() - shift
        spans.append((layers[found[1]], Span(start, start + len(found[2]))))
        shift += len(found[0]) - len(found[2])
    chars = tagged.words.chars
    mentions = {layer: [] for layer in ("actor", "place", "time", "figure", "cue")}
    triggers = []
    for layer, span in spans:
        inside = np.flatnonzero((chars[:, 0] >= span.start) & (chars[:, 1] <= span.end))
        first, last = int(inside[0]), int(inside[-1])
        if layer == "trigger":
            triggers.append(Trigger(first, last, 0, span, 1.0, "seize", "happened", "news", "none"))
        else:
            mentions[layer].append(Tag(first, last, 0, span, 1.0))
    tagged = replace(tagged, mentions={k: tuple(x) for k, x in mentions.items()}, triggers=tuple(triggers))
    return text, tagged, triggers[-1]


def doers(source):
    text, tagged, trigger = tagged_sentence(source)
    return [tagged.mentions["actor"][n].span.of(text) for n in clauses.subjects(text, tagged, trigger)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a:The brigade] has quickly [x:captured] the hill.", ["The brigade"]),
        ("[a:The brigade] and [a:its allies] [x:captured] the hill.", ["its allies", "The brigade"]),
        ("The hill was [x:captured] by [a:the brigade].", ["the brigade"]),
        ("The hill was [x:captured] by storm, [a:the brigade] said.", []),
        ("[a:The ministry], which [x:supports] [a:the brigade], left.", ["The ministry"]),
        ("[a:The ministry], which backs [a:the brigade], has [x:urged] calm.", ["The ministry"]),
        ("[a:The mayor] has [x:vowed] to fight and [x:accused] the army.", ["The mayor"]),
        ("[a:The brigade] [x:attacked] the hill by launching a new [x:offensive].", ["The brigade"]),
        ("[a:The brigade] left after [a:the army]'s [x:offensive].", []),
        ("The day [x:ended] badly.", []),
        ("[a:The army] was surrounded when the hill [x:fell].", []),
        ("After talks with [a:the army], [a:the brigade] [x:captured] the hill.", ["the brigade"]),
        ("[a:The army], [a:the brigade] and [a:the front] [x:captured] it.", ["the front", "the brigade", "The army"]),
    ],
)
def test_doers(source, expected):
    assert doers(source) == expected


def done_to(source):
    text, tagged, trigger = tagged_sentence(source)
    return [tagged.mentions["actor"][n].span.of(text) for n in clauses.objects(text, tagged, trigger)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a:The guards] were later [x:arrested] by [a:the army].", ["The guards"]),
        ("[a:The guards] and [a:the mayor] had been [x:killed].", ["the mayor", "The guards"]),
        ("[a:Two guards] [x:killed] in the blast were brothers.", ["Two guards"]),
        ("[a:The villagers] who [x:fled] the hill came back.", ["The villagers"]),
        ("[a:The guards] [x:killed] two men.", []),
        ("[a:The guards] [x:killed] at least two men.", []),
        ("[a:The guards] [x:left] early.", ["The guards"]),
        ("[a:The mayor] said they were [x:killed].", []),
        ("He was [x:killed] by [a:the guards].", []),
    ],
)
def test_those_to_whom_it_is_done(source, expected):
    assert done_to(source) == expected


def test_a_list_joins_its_actors():
    text, tagged, _ = tagged_sentence("They [x:urged] [a:Exampleland], [a:Otherland] and [a:the front] to meet [a:the mayor].")
    assert clauses.listed(text, tagged, 0, 2)
    assert clauses.listed(text, tagged, 2, 0)
    assert not clauses.listed(text, tagged, 1, 3)


def sides(source):
    text, tagged, trigger = tagged_sentence(source)
    return [tagged.mentions["actor"][n].span.of(text) for n in clauses.between(text, tagged, trigger)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[x:Fighting] in the north between [a:the army] and [a:the front] went on.", ["the army", "the front"]),
        ("[x:Fighting] between [a:the army] went on.", []),
        ("[x:Fighting] between [a:the army], [a:the front] said.", []),
        ("[x:Talks], which the rift between [a:the army] and [a:the front] delays, went on.", []),
    ],
)
def test_two_sides(source, expected):
    assert sides(source) == expected


@pytest.mark.parametrize(
    ("source", "building"),
    [
        ("They hit [a:the police] station.", True),
        ("They hit [a:police]'s main headquarters.", True),
        ("They hit [a:police] on patrol.", False),
        ("They hit [a:the army] headquarters.", False),
    ],
)
def test_a_police_station_is_not_the_police(source, building):
    text, tagged, _ = tagged_sentence(source + " [x:End]")
    assert clauses.only_a_building(text, tagged.mentions["actor"][0]) is building


def where(source):
    text, tagged, trigger = tagged_sentence(source)
    number = clauses.place_of(text, tagged, trigger)
    return None if number is None else tagged.mentions["place"][number].span.of(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("They [x:captured] the main northern city of [p:Exampleville] from [p:Otherton].", "Exampleville"),
        ("They [x:withdrew] from [p:Exampleville].", "Exampleville"),
        ("North of [p:Otherton] lies [p:Exampleville], which [a:the brigade] [x:captured].", "Exampleville"),
        ("In [p:Exampleville], [a:the brigade] [x:fought].", None),
        ("[a:The brigade] [x:fought] all day.", None),
    ],
)
def test_places(source, expected):
    assert where(source) == expected


def test_a_when_clause_hangs_on_its_time():
    text, tagged, trigger = tagged_sentence("Quiet since [t:2016], when the army [x:retook] the hill.")
    assert clauses.time_of(text, tagged, trigger) == 0
    text, tagged, trigger = tagged_sentence("In [t:2016] the army [x:retook] the hill.")
    assert clauses.time_of(text, tagged, trigger) is None


def said(source, *kinds):
    text, tagged = marked(source)
    tags = tagged.mentions["actor"]
    actors = {n: Actor(f"a{n}", tag.span.of(text), kinds[n]) for n, tag in enumerate(tags)}
    return [(actors[t.source].name, t.type, actors[t.target].name) for t in ties.between(text, tags, actors)]


@pytest.mark.parametrize(
    ("source", "kinds", "expected"),
    [
        ("[leader:Jane Example], the leader of [rebel_group:the Brigade], spoke.", ("leader", "rebel_group"), "leads"),
        ("[leader:Jane Example], a spokeswoman for [rebel_group:the Brigade],", ("spokesperson", "rebel_group"), "speaks_for"),
        ("[rebel_group:the Brigade], backed by [government:Exampleland],", ("rebel_group", "government"), "backed_by"),
        ("[rebel_group:the Brigade] backed by [government:Exampleland]", ("rebel_group", "government"), "backed_by"),
        ("[rebel_group:the Brigade] is allied with [rebel_group:the Front].", ("rebel_group", "rebel_group"), "allied_with"),
        ("[rebel_group:the Brigade] is part of [rebel_group:the Front].", ("rebel_group", "rebel_group"), "part_of"),
        ("[rebel_group:rebels] fighting to topple [leader:the mayor].", ("rebel_group", "leader"), "opposed_to"),
        ("[rebel_group:the Brigade] in alliance with [rebel_group:the Front].", ("rebel_group", "rebel_group"), "allied_with"),
        ("[rebel_group:men] who seek to unseat [leader:the mayor].", ("rebel_group", "leader"), "opposed_to"),
        ("[rebel_group:the Brigade], which was armed by [government:Exampleland],", ("rebel_group", "government"), "backed_by"),
        ("[rebel_group:the Brigade] fights alongside [rebel_group:the Front].", ("rebel_group", "rebel_group"), "allied_with"),
        ("[other:Jane Example], a researcher at [ngo:the Watch], spoke.", ("other", "ngo"), "member_of"),
        ("[other:Jane Example], who joined [rebel_group:the Front], left.", ("other", "rebel_group"), "member_of"),
    ],
)
def test_ties_left_to_right(source, kinds, expected):
    assert [kind for _, kind, _ in said(source, *kinds)] == [expected]
    assert said(source, *kinds)[0][0] == MARK.search(source)[2]


def test_a_title_between_group_and_person_turns_the_tie_round():
    assert said("[rebel_group:The Brigade] leader [leader:Jane Example] spoke.", "rebel_group", "leader") == [
        ("Jane Example", "leads", "The Brigade")
    ]


def test_a_group_leads_nobody():
    assert said("[rebel_group:The Brigade], the leader of [rebel_group:the Front],", "rebel_group", "rebel_group") == []


def test_a_group_may_be_led_by_somebody():
    source = "[rebel_group:The Brigade], a group led by [leader:Jane Example], fought."
    assert said(source, "rebel_group", "leader") == [("Jane Example", "leads", "The Brigade")]


def test_who_dominates_a_group_is_a_part_of_it():
    source = "[rebel_group:The Brigade], an alliance that is dominated by [rebel_group:the Front], fought."
    assert said(source, "rebel_group", "rebel_group") == [("the Front", "part_of", "The Brigade")]


def test_who_supports_a_group_backs_it():
    source = "[government:Exampleland], which supports [rebel_group:the Brigade], left."
    assert said(source, "government", "rebel_group") == [("the Brigade", "backed_by", "Exampleland")]


def test_its_allies_are_the_allies_of_whom_they_are_named_with():
    source = "[rebel_group:The Brigade] and [rebel_group:its allies] fought."
    assert said(source, "rebel_group", "rebel_group") == [("its allies", "allied_with", "The Brigade")]


def held(source):
    text, tagged = marked(source)
    tags = tagged.mentions["actor"]
    kinds = {n: Actor(f"a{n}", tag.span.of(text), tagged.label("actor_kind", tag.first)) for n, tag in enumerate(tags)}
    return [(kind, mention.text) for _, kind, mention in ties.holders(text, tags, kinds)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[leader:The Exampleland president, Jane Example], spoke.", [("leads", "Exampleland")]),
        ("[leader:Exampleland’s president, Jane Example], spoke.", [("leads", "Exampleland")]),
        ("[leader:Hill Brigade military commander Jane Example] spoke.", [("member_of", "Hill Brigade")]),
        ("[political:Exampleland's Foreign Minister Jane van Example] spoke.", [("member_of", "Exampleland")]),
        ("[political:The UN special envoy for Exampleland, Jane Example], spoke.", [("speaks_for", "UN")]),
        ("[other:Exampleland's ambassador to the UN, Jane Example], spoke.", [("speaks_for", "Exampleland")]),
        ("[other:The Exampleland special envoy for Otherland] spoke.", [("speaks_for", "Exampleland")]),
        ("[leader:Jane Example, the head of the Hill Brigade], spoke.", [("leads", "Hill Brigade")]),
        ("[leader:Jane Example, Exampleland's prime minister], spoke.", [("leads", "Exampleland")]),
        ("[spokesperson:A spokesman for the Hill Brigade] spoke.", [("speaks_for", "Hill Brigade")]),
        ("[spokesperson:A Hill Brigade spokeswoman] spoke.", [("speaks_for", "Hill Brigade")]),
        ("[leader:President Jane Example] spoke.", []),
        ("[leader:Jane Example] spoke.", []),
        ("[rebel_group:Hill Brigade leader Jane Example's men] spoke.", []),
    ],
)
def test_an_office_ties_its_holder(source, expected):
    assert held(source) == expected


def patrons(source):
    text, tagged = marked(source)
    tags = tagged.mentions["actor"]
    return [(m.text, kind, [tags[n].span.of(text) for n in numbers]) for m, kind, numbers in ties.patrons(text, tags)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("by rebel backer [government:Exampleland] alone", [("rebel", "backed_by", ["Exampleland"])]),
        ("by [other:rebel backer Exampleland] alone", [("rebel", "backed_by", ["rebel backer Exampleland"])]),
        (
            "by Thirdland's close allies [government:Exampleland] and [government:Otherland].",
            [("Thirdland", "allied_with", ["Exampleland", "Otherland"])],
        ),
        (
            "by Thirdland's ally [government:Exampleland] and [government:rebel backer Otherland].",
            [("Thirdland", "allied_with", ["Exampleland"]), ("rebel", "backed_by", ["rebel backer Otherland"])],
        ),
        ("by its ally [government:Exampleland]", []),
        ("by Thirdland's ally [rebel_group:rebels]", []),
        ("by Thirdland's allies.", []),
    ],
)
def test_backers_and_allies_before_their_names(source, expected):
    assert patrons(source) == expected


def test_backers():
    text, tagged = marked("[rebel_group:The US-backed Brigade] and [rebel_group:the Front]")
    found = list(ties.backers(text, tagged.mentions["actor"]))
    assert [(n, m.text, m.span.of(text)) for n, m in found] == [(0, "US", "US")]


@pytest.mark.parametrize(
    ("said", "backers"),
    [
        ("the northern US-trained fighters", ["US"]),
        ("Exampleland- and Otherland-backed forces", ["Exampleland", "Otherland"]),
        ("the Brigade's Exampleland and Otherland-funded wing", ["Exampleland", "Otherland"]),
        ("the US Brigade", []),
    ],
)
def test_every_backer_that_a_mention_names(said, backers):
    text, tagged = marked(f"[rebel_group:{said}] left")
    assert [m.text for _, m in ties.backers(text, tagged.mentions["actor"])] == backers


@pytest.mark.parametrize(
    ("said", "allies"),
    [
        ("the Exampleland-aligned fighters", ["Exampleland"]),
        ("Hill-allied militias", ["Hill"]),
        ("fighters aligned to the Hill", []),
    ],
)
def test_the_ally_that_a_mention_names(said, allies):
    text, tagged = marked(f"[rebel_group:{said}] left")
    assert [m.text for _, m in ties.aligned(text, tagged.mentions["actor"])] == allies


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BEIRUT - Rebels left.", "BEIRUT - "),
        ("Rebels left - fast.", ""),
        ("", ""),
        ("GENEVA (XYZ) \u2014 A", "GENEVA (XYZ) \u2014 "),
        ("Correction: a number was wrong.\n\nLONDON - A total", "LONDON - "),
        ("word " * 200 + "\nLONDON - A total", ""),
    ],
)
def test_a_dateline_begins_a_line_near_the_top(text, dateline):
    start, end = dateline_span(text)
    assert text[start:end] == dateline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Residents accused the army of deliberately shelling a market.", True),
        ("The group was accused by residents of killing ten people in shelling of a market.", True),
        ("Residents blamed the army for the shelling.", True),
        ("Residents accused the army of a crime, while shelling went on.", False),
        ("Residents condemned the army as shelling went on.", False),
        ("Residents accused the army before the shelling.", False),
    ],
)
def test_what_somebody_is_accused_of(text, expected):
    accusing = next(w for w in ("accused", "blamed", "condemned") if w in text)
    tags = [Span(text.index(w), text.index(w) + len(w)) for w in (accusing, "shelling")]
    one, other = (Trigger(0, 0, 0, span, 1.0, "accuse", "happened", "news", "none") for span in tags)
    assert clauses.accused_of(text, one, other) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a:A source] denied that [a:rebels] had [x:entered] the town.", True),
        ("[a:A source] denied that [a:rebels] had entered and said they had [x:fled].", False),
        ("[a:A source] denied any part in the [x:offensive].", False),
        ("[a:A source] denies [x:supporting] them.", True),
        ("[a:A source] denies ever having deliberately [x:targeting] them.", True),
        ("[a:A source] denied that, [x:shelling] the town.", False),
        ("[a:A source] said that [a:rebels] had [x:entered] the town.", False),
    ],
)
def test_denied(source, expected):
    text, tagged, trigger = tagged_sentence(source)
    assert clauses.denied(text, 0, tagged, trigger) is expected


@pytest.mark.parametrize(
    ("source", "follows"),
    [
        ("An intense [x:air campaign] [x:forced] them out.", True),
        ("The [x:raid] later [x:destroyed] it.", True),
        ("The [x:raid] on the hill [x:destroyed] it.", False),
        ("They [x:attacked] and [x:destroyed] it.", False),
        ("An [x:advance] [x:assisted] by militias went on.", False),
    ],
)
def test_a_trigger_may_be_the_subject_of_the_next(source, follows):
    text, tagged, trigger = tagged_sentence(source)
    assert clauses.follows(text, tagged.triggers[0], trigger) is follows


@pytest.mark.parametrize(
    ("source", "helped"),
    [
        ("They [x:retook] the town with the [x:help] of Exampleland.", True),
        ("They [x:fought] on with foreign [x:support].", True),
        ("They [x:struck] with and in [x:support] of the army.", False),
        ("They [x:fought] for [x:help].", False),
        ("They [x:left] and with it [x:intervention] ended.", False),
    ],
)
def test_what_is_done_with_help_helps_who_does_it(source, helped):
    text, tagged, trigger = tagged_sentence(source)
    assert clauses.helped(text, tagged.triggers[0], trigger) is helped


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[rebel_group:the Hill Front-linked Brigade] left", [("the Hill Front-linked Brigade", "Hill Front")]),
        ("[rebel_group:former Hill Front affiliate Brigade] left", [("former Hill Front affiliate Brigade", "Hill Front")]),
        ("[rebel_group:al-Hill's offshoot, the Brigade] left", [("al-Hill's offshoot, the Brigade", "al-Hill")]),
        ("[rebel_group:Exampleland's Hill Front affiliate] left", [("Exampleland's Hill Front affiliate", "Hill Front")]),
        ("[rebel_group:al-Hills Exampleland branch] left", [("al-Hills Exampleland branch", "al-Hill")]),
        ("[rebel_group:the local al-Hills affiliate] left", [("the local al-Hills affiliate", "al-Hills")]),
        ("[rebel_group:groups affiliated to the Hill Front] left", [("groups affiliated to the Hill Front", "Hill Front")]),
        ("[rebel_group:the brigade] left", []),
    ],
)
def test_an_affiliate_names_whose_it_is(source, expected):
    text, tagged = marked(source)
    tags = tagged.mentions["actor"]
    assert [(tags[n].span.of(text), m.text) for n, m in ties.affiliates(text, tags)] == expected


def test_an_affiliate_is_tied():
    text, tagged = marked("[jihadist_group:al-Hill] leads. [rebel_group:the al-Hill-linked Brigade] left")
    assert [m.text for _, m in ties.affiliates(text, tagged.mentions["actor"])] == ["al-Hill"]


@pytest.mark.parametrize(
    ("source", "is_accused"),
    [
        ("[a:The front] [x:accused] it of [x:shelling] the town.", True),
        ("[a:The front] [x:accused] them of looting and [x:shelling] the town.", True),
        ("[a:The front] [x:accused] it of looting while [a:rebels] [x:shelled] the town.", False),
        ("[a:The front] [x:accused] [a:rebels] of [x:shelling] the town.", False),
        ("[x:Shelling] went on.", False),
    ],
)
def test_whom_a_pronoun_accuses(source, is_accused):
    text, tagged, trigger = tagged_sentence(source)
    kinds = [replace(t, type="accuse" if t.span.of(text) == "accused" else "shelling") for t in tagged.triggers]
    found = clauses.accused(text, replace(tagged, triggers=tuple(kinds)), trigger)
    assert found == (0 if is_accused else None)


@pytest.mark.parametrize(
    ("source", "whose"),
    [
        (
            "[a:The mayor] vowed to fight, while his key allies [a:Exampleland] and [a:Otherland] offered help.",
            ["The mayor", ""],
        ),
        ("[a:Exampleland]’s main backer, [a:Otherland], sent help.", ["Exampleland"]),
        ("[a:The front] and its allies [a:the brigade] met.", [""]),
        ("[a:The front] met its ally [a:Otherland].", ["The front"]),
        ("[a:The mayor] met its ally [a:Otherland].", [""]),
        ("His ally [a:Otherland] came to [a:the mayor].", ["", ""]),
    ],
)
def test_whose_ally_one_is_called(source, whose):
    text, tagged, _ = tagged_sentence(f"{source} It was [x:seized].")
    tags = tagged.mentions["actor"]
    kinds = ["leader" if "mayor" in tag.span.of(text) else "rebel_group" for tag in tags]
    found = [clauses.whose_ally(text, tagged, n, kinds) for n in range(len(tags))]
    assert ["" if n is None else tags[n].span.of(text) for n in found[-len(whose) :]] == whose


@pytest.mark.parametrize(
    ("words", "leader"),
    [
        ("forces loyal to Exampleland's president", ""),
        ("forces loyal to the president, Jane Example", "Jane Example"),
        ("the government of President Jane al-Example", "President Jane al-Example"),
        ("Exampleland leader Jane Example's forces", "Jane Example"),
        ("President Example's army", "President Example"),
        ("the Jane Example regime", "Jane Example"),
        ("Example's army", ""),
        ("The Example regime", ""),
        ("the army", ""),
    ],
)
def test_forces_may_be_called_after_who_leads_them(words, leader):
    text, tagged = marked(f"[state_forces:{words}] left")
    assert [m.text for _, m in ties.followers(text, tagged.mentions["actor"])] == [leader] * bool(leader)


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("[leader:the prime minister, Jane Example], spoke.", ["leads"]),
        ("the foreign secretary, [other:Jane Example], spoke.", ["member_of"]),
        ("press secretary [other:Jane Example] spoke.", ["speaks_for"]),
        ("former prime minister [leader:Jane Example] spoke.", []),
        ("[leader:President Jane Example] spoke.", []),
        ("[leader:Prime Minister Example] spoke.", []),
        ("the minister met [leader:Jane Example].", []),
    ],
)
def test_an_office_before_a_full_name(source, kinds):
    text, tagged = marked(source)
    assert [kind for _, kind in ties.offices(text, tagged.mentions["actor"])] == kinds


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("[a:The army] met [a:the rebels] after it had quickly [x:seized] the town.", "The army"),
        ("[a:The army] met [a:the front], and it [x:seized] the town.", "the front"),
        ("[a:The army] was hit by [a:the front], [a:Exampleland] and [a:Otherland] before it [x:seized] the town.", "The army"),
        ("[a:The army] was [a:Exampleland]’s ally until it [x:seized] the town.", "The army"),
        ("[a:The army] was [a:Exampleland’s] ally until it [x:seized] the town.", "The army"),
        ("[a:The army] was hit by [a:the front], which left before it [x:seized] the town.", "the front"),
        ("[a:The mayor] said it [x:seized] the town.", None),
        ("[a:The army] said that rain fell and people [x:seized] it.", None),
        ("It [x:seized] the town, said [a:the army].", None),
    ],
)
def test_whom_it_means(source, meant):
    text, tagged, trigger = tagged_sentence(source)
    tags = tagged.mentions["actor"]
    kinds = ["leader" if "mayor" in tag.span.of(text) else "rebel_group" for tag in tags]
    found = clauses.meant_by_it(text, tagged, trigger, 0, kinds)
    assert (None if found is None else tags[found].span.of(text)) == meant


def test_it_may_mean_whom_the_sentence_before_tells_of_first():
    text, tagged, trigger = tagged_sentence("[a:The army] met [a:the front]. It [x:seized] the town.")
    tagged = replace(tagged, triggers=(replace(trigger, sentence=1),))
    start = text.index("It")
    assert clauses.meant_by_it(text, tagged, tagged.triggers[0], start, ["state_forces", "rebel_group"]) == 0
