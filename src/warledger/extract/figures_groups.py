"""Who or what a counted noun is: the groups of the annotation guide (*Figures*)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from warledger.extract.figures_numbers import QUANTITY

_NOUNS: Final = {
    "civilians": "civilian citizen resident inhabitant villager pilgrim protester demonstrator protestor worshipper teacher "
    "student "
    "villager shopper passer-by bystander mourner contractor farmer labourer laborer shepherd player visitor tourist lawyer "
    "judge "
    "employee passenger activist worker engineer imam cleric official trader shopkeeper businessman businessmen priest "
    "politician councillor headman",
    "combatants": "fighter militant terrorist rebel soldier troop force commander insurgent gunman gunmen extremist jihadist "
    "jihadi "
    "mercenary mercenaries militiaman militiamen militia policeman policemen police officer recruit trooper paratrooper "
    "marine guard "
    "combatant loyalist defector deserter general colonel major lieutenant sergeant captain conscript operative guerrilla "
    "attacker "
    "bomber sniper serviceman servicemen servicewoman guardsman guardsmen bodyguard assailant infiltrator pilot airman airmen "
    "aviator gunner partisan member comrade personnel elements element ringleader emir leader leaders suspect auxiliary "
    "auxiliaries diehard "
    "reinforcement garrison battalion crewman crewmen reservist cadet sailor agent adviser advisor instructor legionnaire "
    "executioner warlord "
    "supporter ally allies aide cadre constable jawan paramilitary separatist",
    "children": "child children kid boy girl schoolchild schoolchildren schoolboy schoolgirl baby babies infant toddler "
    "minor teenager teen "
    "grandchild grandchildren pupil newborn",
    "women": "woman women grandmother",
    "elderly": "pensioner elder",
    "medics": "medic doctor nurse paramedic surgeon physician",
    "aid_workers": "rescuer humanitarian volunteer",
    "journalists": "journalist reporter correspondent cameraman cameramen photographer photojournalist film-maker filmmaker "
    "broadcaster",
    "detainees": "prisoner detainee hostage inmate captive prisoners-of-war abductee",
    "refugees": "refugee asylum-seeker",
    "families": "family families household",
    "vehicles": "vehicle tank truck car bus buses lorry lorries bulldozer jeep humvee apc ship boat vessel ambulance convoy "
    "vbied motorcycle "
    "motorbike excavator loader crane pickup warship tanker train frigate tractor",
    "aircraft": "aircraft helicopter jet plane warplane drone uav airplane chopper airliner fighter-jet bomber-jet gunship",
    "buildings": "building house home hospital school mosque church clinic facility facilities shop factory factories "
    "warehouse headquarters "
    "depot station apartment store mill shrine bakery bakeries tower hotel compound camp post checkpoint center centre "
    "market base mall "
    "site prison outpost hideout stronghold",
    "weapons": "weapon rocket missile launcher gun rifle mortar cache ied bomb landmine mine howitzer shell machinegun "
    "machine-gun "
    "cannon system emplacement artillery grenade munition warhead bullet",
    "other": "bridge position observer monitor tunnel pipeline company companies jack well",
    "people": "people person persons man men adult victim casualty casualties body bodies corpse others other lives life "
    "brother sister father "
    "mother son daughter wife husband martyr foreigner national native youth looter local dead death fatality fatalities "
    "injury injuries "
    "individual soul head relative cousin colleague patient migrant evacuee returnee human",
}
_GROUP_OF: Final = {noun: group for group, nouns in _NOUNS.items() for noun in nouns.split()}

PEOPLE_WORDS: Final = frozenset(
    ("dead", "killed", "wounded", "injured", "missing", "displaced", "hurt", "slain", "detained", "martyred")
)
"""Words that count people without naming them ("12 dead", "150 wounded")."""
_UNNAMED: Final = frozenset(
    ("other", "others", "dead", "death", "casualty", "casualties", "fatality", "fatalities", "injury", "injuries")
)
"""Nouns that leave open whose; a figure before them may say."""

_OTHERS: Final = re.compile(r"\b(?:others?|more)\b(?!\s+than\b)", re.IGNORECASE)
_PHRASES: Final = (
    (re.compile(r"women\s+and\s+children|children\s+and\s+women"), "civilians"),
    (re.compile(r"(?:red\s+(?:crescent|cross)|sarc|aid|relief|humanitarian|rescue|civil\s+defen[cs]e|white\s+helmet)s?\b"),
    "aid_workers"), (re.compile(r"(?:medical|health|hospital)\s+(?:staff|workers?|personnel|professionals?|team)"), "medics"),
    (re.compile(r"(?:media|news|press)\s+(?:staff|workers?|crew)|(?:television|tv|media|press)\s+(?:worker|employee)s?"),
    "journalists"), (re.compile(r"famil(?:y|ies)\s+members?|members?\s+of\s+(?:\w+\s+){0,3}famil(?:y|ies)|relatives"),
    "people"), (re.compile(r"civilian\s+(?:lives|deaths|casualt\w+|victims?|fatalit\w+)"), "civilians"),
    (re.compile(r"school\s*(?:children|boys?|girls?)"), "children"),
    (re.compile(r"fighter\s+(?:jet|plane|aircraft)s?"), "aircraft"),
    (re.compile(r"(?:machine|anti-aircraft)[\s-]*guns?\b(?!-)"), "weapons"),
    (re.compile(r"personnel\s+carriers?"), "vehicles"),
    (re.compile(r"elderly|(?<!-)(?<!years )\bold\s+(?:men|man|women|woman|people)"), "elderly"),
    (re.compile(r"border\s+guards?|security\s+(?:personnel|guards?|men|forces?|officers?)|police"), "combatants"),
    (re.compile(r"(?:armed|military|regime|government|opposition|army|kurdish|russian)\s+(?:men|personnel)"), "combatants"),
)  # fmt: skip
_WORD: Final = re.compile(r"[a-z][a-z'’-]*|[a-z]")
_CLAUSE: Final = re.compile(
    r",|\b(?:from|in|with|including|among|who|at|near|on|by|were|was|when|after|for|belonging|loyal|aboard)\b"
)
_JOINT: Final = re.compile(r"\band\b")
_OF: Final = re.compile(r"^\s*of\s+(?:the\s|its\s|his\s|their\s|these\s|those\s)?")
AGE: Final = ("-year", " year-old", "-month-old", " years-old")
"""What makes a number an age."""


_BARE: Final = re.compile(
    r"(?:(?:at\s+least|more\s+than|over|about|some|around|nearly|another|up\s+to)\s+)*\d[\d,]*"
    r"(?:\s+(?:injured|wounded|killed|dead|hurt|missing))?",
    re.IGNORECASE,
)
"""A number without a noun. Behind a figure of people or combatants it counts such too: all 44 such in training records."""


def group_beside(words: str, before: str) -> str:
    """The group of words that leave open whose they count ("30 others", "four more"): that of the figure `before` them; ""
    where that does not say. Others than the children or women among the victims are people.
    """
    if before in ("people", "combatants") and _BARE.fullmatch(words):
        return before
    if not _OTHERS.search(words):
        return ""
    return "people" if before in ("children", "women", "elderly") else before


@lru_cache(maxsize=4096)
def group_of_noun(word: str) -> str:
    """The group of one noun, singular or plural; "" for a word that is none."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip("'-")
    for form in (
        plain,
        plain.removesuffix("s"),
        plain.removesuffix("es"),
        plain.rpartition("-")[2],
        plain.rpartition("-")[2].removesuffix("s"),
    ):
        if form in _GROUP_OF:
            return _GROUP_OF[form]
    return ""


def group_of(words: str) -> str:
    """The group that a counting phrase names; "" where it names none ("dozens", "16 others", "at least 20").

    The head of the first noun phrase decides: "18 members of the militia" are members, "dozens of terrorists" terrorists.
    """
    text = " ".join(words.lower().split())[:200]
    counted = QUANTITY.search(text)
    if counted is not None and not text[counted.end() : counted.end() + 12].startswith(AGE):
        text = _OF.sub("", text[counted.end() :])
    phrase = _CLAUSE.split(text, maxsplit=1)[0]
    for pattern, group in _PHRASES:
        if pattern.search(phrase):
            return group
    first, _, rest = phrase.partition(" of ")
    for part in (_JOINT.split(first, maxsplit=1)[0], first, rest, text):
        found = group_in(part)
        if found:
            return found
    return ""


def group_in(phrase: str) -> str:
    """The group of the last noun of `phrase` that has one, leaving out those that do not say whose ("others", "deaths")."""
    for word in reversed(_WORD.findall(phrase.lower())):
        if word not in _UNNAMED:
            found = group_of_noun(word)
            if found:
                return found
    return ""
