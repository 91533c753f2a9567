"""The verb table: how each claim type is put, by which of its parts are known.

A form names the parts it needs: I initiator, T target, P place, F figure. The first form of a type whose parts are all known is
taken; a place that the form does not use follows as an adverb. `{V}` is the type's verb and `{N}` its noun, both chosen by the
trigger where it is one of the words below; loaded words ("liberated", "martyred") have no entry and get the plain one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """One way to put a type. `subject` is I, T, P, F or words of its own; `plural` and `agent` tell of such words."""

    needs: str
    subject: str
    verb: str
    rest: str = ""
    plural: bool = False


VERBS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "seize": (
        "capture",
        {
            "seized": "seize", "seize": "seize", "seizing": "seize", "took": "take", "taken": "take", "taking": "take",
            "taken control of": "take control of", "took control of": "take control of", "taken over": "take",
            "retook": "retake", "retaken": "retake", "retaking": "retake", "recaptured": "recapture", "recapture": "recapture",
            "entered": "enter", "overran": "overrun", "overrun": "overrun", "regained control of": "regain control of",
            "regained": "regain control of", "took control": "take control of", "taken control": "take control of",
            "taken full control": "take full control of", "took full control": "take full control of",
            "seized control": "seize control of", "seized control of": "seize control of",
        },
    ),
    "withdraw": ("withdraw", {"retreated": "retreat", "retreat": "retreat", "redeployed": "redeploy", "redeploy": "redeploy"}),
    "attack": (
        "attack",
        {
            "killed": "kill", "executed": "execute", "execution": "execute", "assassinated": "assassinate",
            "ambushed": "ambush", "ambush": "ambush", "tortured": "torture", "killing": "kill", "beheaded": "behead",
            "murdered": "kill", "shot dead": "kill", "stormed": "storm",
        },
    ),
    "arrest": ("detain", {"arrested": "arrest", "arrest": "arrest", "arrests": "arrest", "captured": "capture"}),
    "abduct": ("abduct", {"kidnapped": "kidnap", "kidnapping": "kidnap"}),
    "besiege": (
        "besiege",
        {"encircled": "encircle", "surrounded": "surround", "cut off": "cut off", "cut": "cut", "blockaded": "blockade"},
    ),
    "release": ("release", {"freed": "free"}),
    "deploy": ("send", {"deployed": "deploy", "deploy": "deploy"}),
    "sanction": ("impose", {}),
    "displace": ("displace", {"left": "leave", "fled": "flee", "fleeing": "flee"}),
    "support": (
        "support",
        {
            "pledged": "pledge support to", "offered": "offer support to", "backs": "back", "backed": "back", "help": "help",
            "helped": "help", "intervened": "intervene for",
        },
    ),
}  # fmt: skip
"""Type → its plain verb, and the verb by trigger."""

NOUNS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "offensive": (
        "offensive",
        {
            "assault": "assault", "advance": "advance", "advanced": "advance", "operation": "operation", "campaign": "campaign",
            "counter": "counter-offensive", "push": "advance", "invasion": "invasion", "invaded": "invasion",
        },
    ),
    "airstrike": ("air strikes", {"drone": "drone strikes", "barrel": "barrel bombs"}),
    "shelling": (
        "shelling",
        {"rocket": "rocket fire", "mortar": "mortar fire", "missile": "missile fire", "artillery": "artillery fire"},
    ),
    "bombing": (
        "bombing",
        {
            "car bomb": "car bombing", "truck bomb": "truck bombing", "roadside": "roadside bombing", "mine": "mine blast",
            "landmine": "mine blast", "grenade": "grenade attack",
        },
    ),
    "agree": (
        "agreement",
        {"ceasefire": "ceasefire", "cease-fire": "ceasefire", "truce": "truce", "deal": "deal", "surrender": "surrender deal",
         "armistice": "armistice", "pact": "pact"},
    ),
    "negotiate": ("talks", {}),
    "protest": ("protests", {"strike": "a strike", "riot": "riots"}),
    "clash": ("fighting", {"clash": "clashes"}),
}  # fmt: skip
"""Type → its plain noun, and the noun by a word in the trigger."""

PLURAL_NOUNS: Final = frozenset("talks protests riots clashes".split()) | {"air strikes", "drone strikes", "barrel bombs"}

FORMS: Final[dict[str, tuple[Form, ...]]] = {
    "clash": (
        Form("IT", "I", "fight", "{T}"),
        Form("I2", "I", "fight", "each other"),
        Form("I", "I", "be", "in combat"),
        Form("T", "{N}", "involve", "{T}"),
        Form("", "{N}", "take place"),
    ),
    "offensive": (
        Form("IT", "I", "mount", "{aN} against {T}"),
        Form("I", "I", "mount", "{aN}"),
        Form("T", "{aN}", "be mounted", "against {T}"),
        Form("", "{aN}", "be under way"),
    ),
    "airstrike": (
        Form("IT", "I", "carry out", "{N} on {T}"),
        Form("IP", "I", "carry out", "{N} {onP}"),
        Form("I", "I", "carry out", "{N}"),
        Form("T", "{N}", "hit", "{T}"),
        Form("P", "{N}", "hit", "{P}"),
        Form("", "{N}", "take place"),
    ),
    "shelling": (
        Form("IT", "I", "hit", "{T} with {N}"),
        Form("IP", "I", "hit", "{P} with {N}"),
        Form("I", "I", "carry out", "{N}"),
        Form("T", "{N}", "hit", "{T}"),
        Form("P", "{N}", "hit", "{P}"),
        Form("", "{N}", "take place"),
    ),
    "bombing": (
        Form("IT", "I", "carry out", "{aN} against {T}"),
        Form("I", "I", "carry out", "{aN}"),
        Form("T", "{aN}", "hit", "{T}"),
        Form("P", "{aN}", "hit", "{P}"),
        Form("", "{aN}", "take place"),
    ),
    "suicide_bombing": (
        Form("ITB", "I", "attack", "{T}"),
        Form("IB", "I", "carry out", "an attack"),
        Form("IT", "I", "carry out", "a suicide bombing against {T}"),
        Form("I", "I", "carry out", "a suicide bombing"),
        Form("T", "a suicide bombing", "hit", "{T}"),
        Form("P", "a suicide bombing", "hit", "{P}"),
        Form("", "a suicide bombing", "take place"),
    ),
    "chemical_attack": (
        Form("IT", "I", "carry out", "a chemical attack on {T}"),
        Form("IP", "I", "carry out", "a chemical attack {onP}"),
        Form("I", "I", "carry out", "a chemical attack"),
        Form("T", "a chemical attack", "hit", "{T}"),
        Form("P", "a chemical attack", "hit", "{P}"),
        Form("", "a chemical attack", "take place"),
    ),
    "attack": (
        Form("IK", "I", "{V}", "{K}"),
        Form("K", "K", "be {Vp}"),
        Form("IT", "I", "{V}", "{T}"),
        Form("I", "I", "carry out", "an attack"),
        Form("T", "T", "be {Vp}"),
        Form("P", "an attack", "hit", "{P}"),
        Form("", "an attack", "take place"),
    ),
    "sexual_violence": (
        Form("IT", "I", "commit", "sexual violence against {T}"),
        Form("I", "I", "commit", "sexual violence"),
        Form("T", "T", "be subjected", "to sexual violence"),
        Form("", "sexual violence", "be committed"),
    ),
    "abduct": (
        Form("IF", "I", "{V}", "{F}"),
        Form("IT", "I", "{V}", "{T}"),
        Form("I", "I", "take", "captives"),
        Form("F", "F", "be {Vp}"),
        Form("T", "T", "be {Vp}"),
        Form("", "people", "be {Vp}", "", plural=True),
    ),
    "arrest": (
        Form("FU", "F", "surrender"),
        Form("TU", "T", "surrender"),
        Form("IF", "I", "{V}", "{F}"),
        Form("IT", "I", "{V}", "{T}"),
        Form("I", "I", "make", "arrests"),
        Form("F", "F", "be {Vp}"),
        Form("T", "T", "be {Vp}"),
        Form("", "arrests", "be made", "", plural=True),
    ),
    "seize": (
        Form("IPT", "I", "{V}", "{P} from {T}"),
        Form("IP", "I", "{V}", "{P}"),
        Form("PT", "P", "be captured", "from {T}"),
        Form("P", "P", "be captured"),
        Form("IT", "I", "capture", "ground from {T}"),
        Form("I", "I", "capture", "ground"),
    ),
    "withdraw": (
        Form("IPT", "I", "{V}", "from {P}, leaving it to {T}"),
        Form("IP", "I", "{V}", "from {P}"),
        Form("I", "I", "{V}"),
        Form("P", "forces", "withdraw", "from {P}", plural=True),
    ),
    "control": (
        Form("IP", "I", "hold", "{P}"),
        Form("I", "I", "hold", "territory"),
    ),
    "besiege": (
        Form("IP", "I", "{V}", "{P}"),
        Form("IT", "I", "{V}", "{T}"),
        Form("P", "P", "be besieged"),
        Form("T", "T", "be besieged"),
        Form("I", "I", "lay", "siege"),
    ),
    "deploy": (
        Form("IFP", "I", "{V}", "{F} to {P}"),
        Form("IF", "I", "{V}", "{F}"),
        Form("IPTA", "I", "deploy", "to {P} in support of {T}"),
        Form("IPA", "I", "deploy", "to {P}"),
        Form("ITA", "I", "deploy", "in support of {T}"),
        Form("IA", "I", "deploy"),
        Form("IPT", "I", "{V}", "forces to {P} in support of {T}"),
        Form("IP", "I", "{V}", "forces to {P}"),
        Form("IT", "I", "{V}", "forces in support of {T}"),
        Form("I", "I", "{V}", "forces"),
        Form("FP", "F", "be {Vp}", "to {P}"),
        Form("P", "forces", "be {Vp}", "to {P}", plural=True),
    ),
    "destroy": (
        Form("IF", "I", "destroy", "{F}"),
        Form("IT", "I", "destroy", "property of {T}"),
        Form("F", "F", "be destroyed"),
    ),
    "release": (
        Form("IF", "I", "{V}", "{F}"),
        Form("IT", "I", "{V}", "{T}"),
        Form("F", "F", "be {Vp}"),
        Form("T", "T", "be {Vp}"),
        Form("I", "I", "{V}", "prisoners"),
        Form("", "prisoners", "be {Vp}", "", plural=True),
    ),
    "displace": (
        Form("RP", "R", "return", "to {P}"),
        Form("R", "R", "return"),
        Form("FHP", "F", "take", "refuge in {P}"),
        Form("THP", "T", "take", "refuge in {P}"),
        Form("TPL", "T", "{V}", "{P}"),
        Form("FE", "F", "{V}"),
        Form("TE", "T", "{V}"),
        Form("IF", "I", "displace", "{F}"),
        Form("F", "F", "be displaced"),
        Form("IT", "I", "displace", "{T}"),
        Form("T", "T", "be displaced"),
        Form("I", "I", "displace", "people"),
        Form("", "people", "be displaced", "", plural=True),
    ),
    "evacuate": (
        Form("IFP", "I", "evacuate", "{F} from {P}"),
        Form("IF", "I", "evacuate", "{F}"),
        Form("ITP", "I", "evacuate", "{T} from {P}"),
        Form("IT", "I", "evacuate", "{T}"),
        Form("FP", "F", "be evacuated", "from {P}"),
        Form("F", "F", "be evacuated"),
        Form("TP", "T", "be evacuated", "from {P}"),
        Form("T", "T", "be evacuated"),
        Form("P", "an evacuation", "take place", "from {P}"),
    ),
    "toll": (),
    "agree": (
        Form("IT", "I", "reach", "{aN} with {T}"),
        Form("I2", "I", "reach", "{aN}"),
        Form("I", "I", "reach", "{aN}"),
        Form("", "{aN}", "be reached"),
    ),
    "negotiate": (
        Form("ITM", "I", "mediate", "between {T}"),
        Form("IT", "I", "hold", "talks with {T}"),
        Form("I2", "I", "hold", "talks"),
        Form("I", "I", "take part", "in talks"),
        Form("T", "talks", "be held", "with {T}", plural=True),
        Form("", "talks", "be held", "", plural=True),
    ),
    "support": (
        Form("IT", "I", "{V}", "{T}"),
        Form("T", "T", "receive", "outside support"),
    ),
    "aid": (
        Form("IT", "I", "deliver", "aid to {T}"),
        Form("IP", "I", "deliver", "aid to {P}"),
        Form("I", "I", "deliver", "aid"),
        Form("T", "aid", "be delivered", "to {T}"),
        Form("P", "aid", "be delivered", "to {P}"),
        Form("", "aid", "be delivered"),
    ),
    "demand": (
        Form("IT", "I", "make", "a demand of {T}"),
        Form("I", "I", "make", "a demand"),
    ),
    "accuse": (
        Form("IT", "I", "criticise", "{T}"),
    ),
    "threaten": (
        Form("IT", "I", "threaten", "{T}"),
        Form("I", "I", "make", "a threat"),
    ),
    "reject": (),
    "declare": (
        Form("IC", "I", "claim", "responsibility"),
        Form("C", "a claim of responsibility", "be made"),
    ),
    "sanction": (
        Form("ITD", "I", "designate", "{T} a terrorist organisation"),
        Form("TD", "T", "be designated", "a terrorist organisation"),
        Form("IT", "I", "impose", "sanctions on {T}"),
        Form("T", "sanctions", "be imposed", "on {T}", plural=True),
    ),
    "protest": (
        Form("IT", "I", "protest", "against {T}"),
        Form("I", "I", "protest"),
        Form("T", "{N}", "be held", "against {T}"),
        Form("", "{N}", "take place"),
    ),
    "found": (
        Form("IS", "I", "be formed"),
    ),
}  # fmt: skip
"""Type → its forms, the fullest first. Further marks: I2 two initiators, R those who return, C a claim of responsibility,
D a designation,
S a formation, B a bomber, A armed forces, K a count of the killed, L somebody who left, E somebody who fled, H a
haven, M a mediation between several, U a surrender. A type without a fitting form is quoted."""

SPEECH_VERBS: Final = frozenset(
    (
        "accuse admonish announce appeal ask back blame call challenge claim commend condemn criticise criticize "
        "declare decry demand denounce deny deplore designate dismiss encourage endorse exhort express insist "
        "invite lament offer oppose order pledge praise press promise protest refuse reiterate reject renew repeat "
        "request rule slam suggest support swear tell threaten urge voice vow warn welcome"
    ).split()
)
"""Verbs after which the report's own words can follow in quotation marks, once they are set in the past tense."""

LIGHT_VERBS: Final = frozenset(
    "expressed voiced issued made offered gave repeated renewed announced declared launched laid".split()
)
"""Verbs that carry a noun trigger ("expressed alarm"), which is then quoted."""

KILLING: Final = frozenset({"kill", "execute", "assassinate", "behead"})
"""Verbs that take the killed for their object."""

PARTICIPLES: Final = {
    "killed": "killing", "injured": "injuring", "casualties": "killing or injuring", "displaced": "displacing",
    "destroyed": "destroying", "detained": "detaining",
}  # fmt: skip
TOLL_VERBS: Final = {
    "killed": "be killed", "injured": "be injured", "casualties": "be killed or injured", "missing": "be missing",
    "detained": "be detained", "released": "be released", "displaced": "be displaced", "returned": "return",
    "evacuated": "be evacuated", "destroyed": "be destroyed", "in_need": "be in need of help",
}  # fmt: skip
"""Measure → what is said of those counted."""

TOLLED: Final = ("killed", "injured", "casualties", "missing")
"""What a toll counts, in the order in which it is told."""

OBJECT_MEASURES: Final = {
    "abduct": ("detained", "missing"), "arrest": ("detained",), "release": ("released", "detained"),
    "displace": ("displaced",), "evacuate": ("evacuated",), "deploy": ("forces",), "destroy": ("destroyed",),
}  # fmt: skip
"""Type → measures whose figure can stand in its F slot."""

LABELS: Final = {
    "clash": "fighting", "offensive": "an offensive", "airstrike": "air strikes", "shelling": "shelling",
    "bombing": "a bombing", "suicide_bombing": "a suicide bombing", "chemical_attack": "a chemical attack",
    "attack": "an attack",
    "sexual_violence": "sexual violence", "abduct": "an abduction", "arrest": "arrests", "seize": "a capture",
    "withdraw": "a withdrawal", "control": "control", "besiege": "a siege", "deploy": "a deployment", "destroy": "destruction",
    "release": "a release of prisoners", "displace": "displacement", "evacuate": "an evacuation", "toll": "a toll",
    "agree": "an agreement", "negotiate": "talks", "support": "support", "aid": "aid", "sanction": "sanctions",
    "protest": "protests", "found": "a change of groups",
}  # fmt: skip
"""Type → a name for an event of it in a list."""

CAUSES: Final = {
    "airstrike": "air strikes", "shelling": "shelling", "bombing": "bombings", "suicide_bombing": "suicide bombings",
    "chemical_attack": "chemical attacks", "attack": "attacks", "sexual_violence": "sexual violence", "destroy": "explosions",
}  # fmt: skip
"""Type → what people were killed in, where a running total is of one kind of attack."""

LABELS_OF_PLACE: Final = {
    "seize": "the capture of", "withdraw": "a withdrawal from", "control": "control of", "besiege": "the siege of",
    "displace": "displacement from", "evacuate": "an evacuation from", "deploy": "a deployment to",
}  # fmt: skip
"""The same where the place follows without a preposition of its own."""
