import pytest

from warledger.brief import BriefSettings
from warledger.brief.statements import Statements
from warledger.core import fold


def said(desk, event, **more):
    return Statements(desk.view(), BriefSettings()).item(event, **more).text


def one(desk, sentence, claim_type, trigger, *, grade="reported", source="Example Wire", also=(), **slots):
    """What is said of a single claim in a single sentence."""
    paper = desk.paper("w1", source, "2024-12-05", sentence)
    claim = paper.claim(claim_type, trigger, **slots)
    for other in also:
        paper.claim(*other)
    return said(desk, desk.event(claim, grade=grade))


REBELS, ARMY = ("rebels (Syria)",), ("Syrian Armed Forces",)


@pytest.mark.parametrize(
    ("claim_type", "trigger", "sentence", "slots", "expected"),
    [
        ("seize", "captured", "Rebels captured Hama.", {"by": REBELS, "at": "Hama"}, "Syrian rebels captured Hama"),
        ("seize", "entered", "Rebels entered Hama city.", {"by": REBELS, "on": ARMY, "at": "Hama"},
         "Syrian rebels entered Hama"),
        ("seize", "fell", "Hama fell.", {"at": "Hama"}, "Hama was captured"),
        ("seize", "seized", "Rebels seized villages near Hama.", {"by": REBELS, "at": "Hama"},
         "Syrian rebels seized ground near Hama"),
        ("seize", "took", "Rebels took most of Hama.", {"by": REBELS, "at": "Hama"}, "Syrian rebels took most of Hama"),
        ("seize", "liberated", "Rebels liberated Hama.", {"by": REBELS, "at": "Hama"}, "Syrian rebels captured Hama"),
        ("seize", "advanced", "Rebels advanced.", {"by": REBELS}, "Syrian rebels captured ground"),
        ("seize", "capture", "Rebels failed to capture Hama.", {"by": REBELS, "at": "Hama", "status": "failed"},
         "Syrian rebels tried to capture Hama but failed"),
        ("withdraw", "left", "The army left Hama.", {"by": ARMY, "at": "Hama"}, "The Syrian army withdrew from Hama"),
        ("withdraw", "pulled out", "The army pulled out of posts around Hama.", {"by": ARMY, "at": "Hama"},
         "The Syrian army withdrew from positions near Hama"),
        ("control", "hold", "Rebels hold Hama.", {"by": REBELS, "at": "Hama"}, "Syrian rebels held Hama"),
        ("besiege", "encircled", "Rebels encircled Hama.", {"by": REBELS, "at": "Hama"}, "Syrian rebels encircled Hama"),
        ("clash", "clashes", "There were clashes in Hama.", {"at": "Hama"}, "Clashes took place in Hama"),
        ("clash", "fought", "Rebels fought the army in Hama.", {"by": REBELS, "on": ARMY, "at": "Hama"},
         "Syrian rebels fought the Syrian army in Hama"),
        ("clash", "fought", "Rebels fought the army in Hama and nine soldiers died.",
         {"by": REBELS, "on": ARMY, "at": "Hama", "figures": [("killed", "combatants", 9, 9, "nine soldiers", {})]},
         "Syrian rebels fought the Syrian army in Hama, and nine soldiers were killed"),
        ("destroy", "destroying", "Rebels inflicted losses, killing nine soldiers and destroying two tanks.",
         {"by": REBELS, "figures": [("destroyed", "vehicles", 2, 2, "two tanks", {}),
                                    ("killed", "combatants", 9, 9, "nine soldiers", {})]},
         "Syrian rebels destroyed two tanks, killing nine soldiers"),
        ("shelling", "damaged", "Shells damaged two houses in Hama.",
         {"at": "Hama", "figures": [("destroyed", "buildings", 2, 2, "two houses", {})]},
         "Shelling hit Hama, damaging two houses"),
        ("clash", "battle", "The army and rebels did battle.", {"by": REBELS + ARMY, "on": ARMY},
         "Syrian rebels fought the Syrian army"),
        ("offensive", "assault", "An assault on Hama began.", {"at": "Hama", "when": "2024-11-27/.."},
         "An assault has been under way in Hama since 27 November 2024"),
        ("offensive", "offensive", "Rebels plan an offensive on Homs.", {"by": REBELS, "at": "Homs", "status": "planned"},
         "Syrian rebels plan to mount an offensive in Homs"),
        ("airstrike", "air strikes", "There were air strikes on Hama.", {"at": "Hama"}, "Air strikes hit Hama"),
        ("airstrike", "drones", "Russian jets and drones bombed Hama.", {"by": ("Russian Armed Forces",), "at": "Hama"},
         "Russian forces carried out drone strikes on Hama"),
        ("shelling", "rockets", "Rebels fired rockets at Hama.", {"by": REBELS, "at": "Hama"},
         "Syrian rebels hit Hama with rocket fire"),
        ("bombing", "car bomb", "A car bomb blew up in Hama.", {"at": "Hama"}, "A car bombing hit Hama"),
        ("attack", "ambushed", "Rebels ambushed the army.", {"by": REBELS, "on": ARMY},
         "Syrian rebels ambushed the Syrian army"),
        ("attack", "shot", "A man was shot in Hama.", {"at": "Hama"}, "An attack hit Hama"),
        ("chemical_attack", "gas", "Some gas may have been used in Hama.", {"at": "Hama", "status": "possible"},
         "A chemical attack may have hit Hama"),
        ("airstrike", "raid", "The army fears that a raid may follow in Hama.", {"at": "Hama", "status": "possible"},
         "Air strikes may hit Hama"),
        ("abduct", "took", "Rebels took nine people.",
         {"by": REBELS, "figures": [("detained", "people", 9, 9, "nine people", {})]}, "Syrian rebels abducted nine people"),
        ("arrest", "arrests", "There were arrests.", {}, "Arrests were made"),
        ("deploy", "sent", "Iran sent men to Hama.", {"by": ("Government of Iran",), "at": "Hama"},
         "Iran sent forces to Hama"),
        ("destroy", "blew up", "Rebels blew up two tanks.",
         {"by": REBELS, "figures": [("destroyed", "vehicles", 2, 2, "two tanks", {})]}, "Syrian rebels destroyed two tanks"),
        ("displace", "fled", "Nine families fled Hama.",
         {"at": "Hama", "figures": [("displaced", "families", 9, 9, "Nine families", {})]},
         "Nine families fled from Hama"),
        ("displace", "returned", "Nine people returned to Hama.",
         {"at": "Hama", "figures": [("returned", "people", 9, 9, "Nine people", {})]}, "Nine people returned to Hama"),
        ("evacuate", "moved", "Civilians were moved out of Hama as civilians.", {"on": ("civilians (Syria)",), "at": "Hama"},
         "Civilians were evacuated from Hama"),
        ("agree", "truce", "A truce was signed in Hama.", {"at": "Hama"}, "A truce was reached in Hama"),
        ("agree", "deal", "The army and rebels struck a deal.", {"by": REBELS + ARMY},
         "Syrian rebels and the Syrian army reached a deal"),
        ("negotiate", "talks", "Turkey held talks with Iran.", {"by": ("Government of Turkey",), "on": ("Government of Iran",)},
         "Turkey held talks with Iran"),
        ("support", "backs", "Iran backs Assad.", {"by": ("Government of Iran",), "on": ("Bashar al-Assad",)},
         "Iran backed Bashar al-Assad"),
        ("aid", "convoy", "A convoy reached Hama.", {"at": "Hama"}, "Aid was delivered to Hama"),
        ("sanction", "designated", "Turkey designated IS.", {"by": ("Government of Turkey",), "on": ("Islamic State",)},
         "Turkey designated Islamic State a terrorist organisation"),
        ("protest", "marched", "People marched in Hama.", {"at": "Hama"}, "Protests took place in Hama"),
        ("declare", "claimed responsibility", "IS claimed responsibility.", {"by": ("Islamic State",)},
         "Islamic State claimed responsibility"),
        ("declare", "claim of responsibility", "There was no claim of responsibility.", {"status": "denied"},
         "No claim of responsibility was made"),
        ("toll", "died", "Nine people died and 20 were hurt in Hama.",
         {"at": "Hama", "figures": [("killed", "people", 9, 9, "Nine people", {}), ("injured", "people", 20, 20, "20", {})]},
         "Nine people were killed in Hama, and 20 people were injured"),
        ("bombing", "bomb", "A bomb killed two people and hurt nine in Hama.",
         {"at": "Hama", "figures": [("killed", "people", 2, 2, "two people", {}), ("injured", "people", 9, 9, "nine", {})]},
         "A bombing hit Hama, killing two people and injuring nine people"),
        ("attack", "attacked", "Civilians were attacked in Hama and two civilians died.",
         {"on": ("civilians (Syria)",), "at": "Hama", "figures": [("killed", "civilians", 2, 2, "two civilians", {})]},
         "Civilians were attacked in Hama, and two civilians were killed"),
    ],
)  # fmt: skip
def test_each_type_is_put_in_its_own_words(desk, claim_type, trigger, sentence, slots, expected):
    assert one(desk, sentence, claim_type, trigger, **slots) == f"{expected}, Example Wire reports."


@pytest.mark.parametrize(
    ("claim_type", "trigger", "sentence", "slots", "expected"),
    [
        ("demand", "urged", "Turkey has urged Assad to open talks, the agency said.",
         {"by": ("Government of Turkey",), "on": ("Bashar al-Assad",)},
         "Turkey urged “Assad to open talks”, Example Wire reports."),
        ("accuse", "alarm", "Turkey voiced alarm at the fighting.", {"by": ("Government of Turkey",)},
         "Turkey voiced “alarm at the fighting”, Example Wire reports."),
        ("threaten", "vowed", "Assad vowed to “crush” the rebels.", {"by": ("Bashar al-Assad",)},
         "Bashar al-Assad vowed “to ‘crush’ the rebels”, Example Wire reports."),
        ("reject", "rules out", "Ankara rules out any role, but its allies doubt it.", {"by": ("Government of Turkey",)},
         "Turkey ruled out “any role”, Example Wire reports."),
        ("declare", "claimed", "The blasts were claimed by IS.", {"by": ("Islamic State",)},
         "Example Wire reports: “The blasts were claimed by IS.”"),
        ("demand", "call", "There was a call from Turkey to Iran.", {"by": ("Government of Turkey",),
         "on": ("Government of Iran",)},
         "Turkey made a demand of Iran, Example Wire reports: “There was a call from Turkey to Iran.”"),
        ("found", "merged", "Two groups merged.", {}, "Example Wire reports: “Two groups merged.”"),
        ("seize", "lost", "The army lost ground.", {"on": ARMY}, "Example Wire reports: “The army lost ground.”"),
    ],
)  # fmt: skip
def test_speakers_keep_their_own_words_and_the_rest_is_quoted(desk, claim_type, trigger, sentence, slots, expected):
    assert one(desk, sentence, claim_type, trigger, **slots) == expected


def test_a_second_claim_in_the_sentence_ends_the_quotation(desk):
    paper = desk.paper("w1", "Example Wire", "2024-12-05", "Assad vowed to fight on and accused Turkey of meddling.")
    vow = paper.claim("threaten", "vowed", by=["Bashar al-Assad"])
    paper.claim("accuse", "accused", by=["Bashar al-Assad"], on=["Government of Turkey"])
    assert said(desk, desk.event(vow)).startswith("Bashar al-Assad vowed “to fight on”,")


class TestWhoseWord:
    def test_a_named_voice_says_it(self, desk):
        text = one(
            desk,
            "Rebels seized Hama, the War Monitor said.",
            "seize",
            "seized",
            by=REBELS,
            at="Hama",
            voice=[("War Monitor", "said", "")],
        )
        assert text == "The War Monitor says that Syrian rebels seized Hama."

    def test_somebody_who_speaks_of_themselves_is_a_pronoun(self, desk):
        text = one(desk, "Rebels said on Telegram they hold Hama.", "control", "hold", by=REBELS, at="Hama", grade="claimed",
                   voice=[("rebels (Syria)", "said", "Telegram")])  # fmt: skip
        assert text == "Syrian rebels say on Telegram that they held Hama."

    def test_who_passed_it_on_is_named(self, desk):
        text = one(desk, "The army told the War Monitor that rebels took Hama.", "seize", "took", by=REBELS, at="Hama",
                   voice=[("Syrian Armed Forces", "told", ""), ("War Monitor", "", "")])  # fmt: skip
        assert text == "The Syrian army says, according to the War Monitor, that Syrian rebels took Hama."

    def test_a_strong_word_is_kept(self, desk):
        text = one(desk, "The army confirmed that rebels took Hama.", "seize", "took", by=REBELS, at="Hama",
                   voice=[("Syrian Armed Forces", "confirmed", "state media")])  # fmt: skip
        assert text == "The Syrian army confirms through state media that Syrian rebels took Hama."

    def test_a_report_without_a_publisher_goes_by_its_date(self, desk):
        text = one(desk, "Rebels seized Hama.", "seize", "seized", by=REBELS, at="Hama", source="")
        assert text == "Syrian rebels seized Hama, a report of 5 December 2024 says."

    def test_a_denier_denies(self, desk):
        text = one(desk, "The army denied that rebels took Hama.", "seize", "took", by=REBELS, at="Hama", grade="denied",
                   status="denied",
                   voice=[("Syrian Armed Forces", "denied", "")])  # fmt: skip
        assert text == "The Syrian army denies that Syrian rebels took Hama."

    def test_a_plan_keeps_its_condition(self, dossier):
        event = next(e for e in dossier.events if e.status == "planned")
        assert said(dossier, event) == "Iran says it plans to send forces to Syria “if Damascus asks for them”."

    def test_the_loser_confirms(self, dossier):
        assert said(dossier, dossier.events[0], dated=False) == (
            "Syrian rebels captured Hama from the Syrian army. The Syrian army, the losing side, confirms it."
        )

    def test_responsibility_is_claimed(self, desk):
        paper = desk.paper("w1", "Example Wire", "2024-12-05", "A bomb hit Hama.", "IS claimed responsibility.")
        bomb = paper.claim("bombing", "bomb", at="Hama", by=["Islamic State"])
        claim = paper.claim("declare", "claimed responsibility", s=1, by=["Islamic State"])
        event = desk.event(bomb, claim, grade="confirmed", fired=(claim,))
        assert said(desk, event).endswith("Islamic State claims responsibility.")

    def test_one_witness_alone_names_the_doer(self, desk):
        wire = desk.paper("w1", "Example Wire", "2024-12-05", "A bomb went off in Hama.")
        post = desk.paper("p1", "Example Post", "2024-12-05", "IS bombed Hama, the army said.")
        event = desk.event(
            wire.claim("bombing", "bomb", at="Hama"),
            post.claim("bombing", "bombed", by=["Islamic State"], at="Hama", voice=[("Syrian Armed Forces", "said", "")]),
            grade="corroborated",
        )
        text = said(desk, event)
        assert text.startswith("A bombing hit Hama. The Syrian army says that Islamic State was responsible.")
        assert "Example Wire and the Syrian army report it independently." in text

    def test_a_withdrawn_report_says_so(self, desk):
        assert one(desk, "Rebels seized Hama.", "seize", "seized", by=REBELS, at="Hama", grade="retracted").startswith(
            "A report that Syrian rebels seized Hama was withdrawn."
        )


def test_accounts_stand_side_by_side_and_are_never_added(dossier):
    strike = next(e for e in dossier.events if e.type == "airstrike")
    item = Statements(dossier.view(), BriefSettings()).item(strike)
    assert [p.text for p in item.positions] == [
        "The War Monitor says that 23 people were killed.",
        "Example Wire reports that at least 16 people were killed.",
    ]
    assert "39" not in item.text


def test_a_later_figure_of_the_same_witness_replaces_the_earlier(desk):
    first = desk.paper("w1", "Example Wire", "2024-12-05", "A bomb in Hama killed two people.")
    later = desk.paper("w2", "Example Wire", "2024-12-06", "The bomb in Hama killed five people.")
    event = desk.event(
        first.claim("bombing", "bomb", at="Hama", figures=[("killed", "people", 2, 2, "two people", {})]),
        later.claim("bombing", "bomb", at="Hama", figures=[("killed", "people", 5, 5, "five people", {})]),
    )
    assert said(desk, event) == "A bombing hit Hama, killing five people, Example Wire reports."


def test_a_toll_told_differently_is_a_quarrel(desk):
    wire = desk.paper("w1", "Example Wire", "2024-12-05", "Nine people died in Hama.")
    post = desk.paper("p1", "Example Post", "2024-12-05", "In Hama 12 people died.")
    event = desk.event(
        wire.claim("toll", "died", at="Hama", when="2024-12-04", figures=[("killed", "people", 9, 9, "Nine people", {})]),
        post.claim("toll", "died", at="Hama", figures=[("killed", "people", 12, 12, "12 people", {})]),
    )
    assert said(desk, event).startswith("Accounts of the toll in Hama on 4 December 2024 differ. Example Post reports that 12")


def test_both_sides_of_a_dispute_are_told(dossier):
    event = next(e for e in dossier.events if e.grade.name == "contested")
    item = Statements(dossier.view(), BriefSettings()).item(event)
    assert item.sentences[0].text == "It is disputed whether Syrian rebels captured Homs on 6 December 2024."
    assert [p.text for p in item.positions] == [
        "Syrian rebels say they captured Homs on 6 December 2024.",
        "The Syrian army denies it.",
    ]


def test_an_event_whose_claims_are_gone_has_no_item(dossier):
    view = dossier.view()
    bare = type(view)(view.documents, {}, events=view.events)
    assert Statements(bare, BriefSettings()).item(view.events[0]) is None
    assert Statements(bare, BriefSettings()).line(view.events[0]) is None


def test_every_name_of_a_claim_can_be_found_again(dossier):
    """No sentence leaves out who did it where the claim says so and one origin stands for it."""
    view = dossier.view()
    statements = Statements(view, BriefSettings())
    for event in view.events:
        text = fold(statements.item(event).text)
        for name in event.initiator:
            words = {fold(statements.namer.actor(name, state=state).text) for state in (True, False)} | {"they", "it"}
            assert any(word in text for word in words), (event.type, text)


class TestTheWayPeopleWrite:
    def test_who_was_killed_is_the_object_of_killing(self, desk):
        killed = [("killed", "civilians", 2, 2, "two civilians", {})]
        text = one(
            desk, "Rebels killed two civilians.", "attack", "killed", by=REBELS, on=["civilians (Syria)"], figures=killed
        )
        assert text == "Syrian rebels killed two civilians, Example Wire reports."

    def test_the_killed_are_the_subject_where_nobody_is_named(self, desk):
        killed = [("killed", "civilians", 2, 2, "two civilians", {})]
        text = one(desk, "Gunmen killed two civilians in Hama.", "attack", "killed", at="Hama", figures=killed)
        assert text == "Two civilians were killed in Hama, Example Wire reports."

    def test_forces_deploy_and_others_send_them(self, desk):
        assert one(desk, "Russian jets moved to Hama.", "deploy", "moved", by=["Russian Armed Forces"], at="Hama") == (
            "Russian forces deployed to Hama, Example Wire reports."
        )

    def test_an_invasion_is_of_a_place(self, desk):
        assert one(desk, "It was an invasion of Syria by IS.", "offensive", "invasion", by=["Islamic State"], at="Syria") == (
            "Islamic State mounted an invasion of Syria, Example Wire reports."
        )

    def test_a_noun_is_not_taken_for_a_verb(self, desk):
        text = one(desk, "Assad made a claim of victory in Hama.", "declare", "claim", by=["Bashar al-Assad"])
        assert text == "Example Wire reports: “Assad made a claim of victory in Hama.”"

    def test_a_person_without_a_title_is_no_thing(self, desk):
        paper = desk.paper("w1", "Example Wire", "2024-12-05", "Lina Saleh said she fled Hama.")
        paper.actor("Lina Saleh", "civilians", ("Lina Saleh",))
        fled = paper.claim("displace", "fled", on=["Lina Saleh"], at="Hama", voice=[("Lina Saleh", "said", "")])
        assert said(desk, desk.event(fled)) == "Lina Saleh says they fled from Hama."

    def test_who_is_given_asylum_takes_refuge_there(self, desk):
        paper = desk.paper("w1", "Example Wire", "2024-12-05", "Lina Saleh was given asylum in Russia.")
        paper.actor("Lina Saleh", "political", ("Lina Saleh",))
        given = paper.claim("displace", "asylum", on=["Lina Saleh"], at="Russia")
        assert said(desk, desk.event(given)) == "Lina Saleh took refuge in Russia, Example Wire reports."

    def test_names_of_events_are_told_as_the_documents_have_them(self, desk):
        from dataclasses import replace

        paper = desk.paper("w1", "Example Wire", "2024-12-05", "Abu Ali said his men took Hama.")
        paper.actor("Abu Ali", "leader", ("Abu Ali",))
        claim = paper.claim("seize", "took", by=["Abu Ali"], at="Hama", voice=[("Abu Ali", "said", "")])
        event = replace(desk.event(claim, grade="claimed"), initiator=("Ali Saleh",))
        desk.events[:] = [event]
        assert said(desk, event) == "Abu Ali says they took Hama."


def test_a_document_without_sentences_is_quoted_by_its_line(desk):
    from dataclasses import replace

    from warledger.brief.quoting import sentence_quote, sentence_span
    from warledger.core import View

    paper = desk.paper("w1", "Example Wire", "2024-12-05", "First line.\nTwo groups merged. More.")
    claim = paper.claim("found", "merged")
    desk.event(claim)
    view = desk.view()
    bare = View({i: replace(d, sentences=()) for i, d in view.documents.items()}, view.records, events=view.events)
    assert sentence_span(claim, bare).of(paper.text) == "Two groups merged."
    assert sentence_quote(claim, bare, 2) == "“Two groups …”"
    gone = View({}, view.records, events=view.events)
    assert sentence_quote(claim, gone, 9) == "“merged”"
    item = Statements(gone, BriefSettings()).item(view.events[0])
    assert item.text == "A report says: “merged”."
