"""warledger: dated reports about an armed conflict in, a ledger of sourced claims, events and control out.

    from warledger import Ledger

    with Ledger.open("warledger.db") as ledger:
        ledger.add(["reports/"])
        for event in ledger.events(place="Hama"):
            print(ledger.why(event.id).grade.rule)

Names are loaded when they are first asked for, so that `import warledger` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warledger.lazily import lazily
from warledger.version import __version__

if TYPE_CHECKING:
    from warledger.core import (
        Actor,
        Claim,
        Document,
        DocumentLink,
        Event,
        EventFigure,
        EventFilter,
        EventPlace,
        Evidence,
        Figure,
        Grade,
        Issue,
        Judgement,
        Match,
        Mention,
        Origin,
        Place,
        Record,
        Relation,
        Run,
        Source,
        Span,
        Spell,
        View,
        Voice,
        When,
    )
    from warledger.errors import WarledgerError
    from warledger.ledger import AddSummary, Explanation, Ledger

__all__ = [
    "Actor", "AddSummary", "Claim", "Document", "DocumentLink", "Event", "EventFigure", "EventFilter", "EventPlace", "Evidence",
    "Explanation", "Figure", "Grade", "Issue", "Judgement", "Ledger", "Match", "Mention", "Origin", "Place", "Record",
    "Relation", "Run", "Source", "Span", "Spell", "View", "Voice", "WarledgerError", "When", "__version__",
]  # fmt: skip

_HOME = {
    **dict.fromkeys(__all__, "warledger.core"),
    **dict.fromkeys(("AddSummary", "Explanation", "Ledger"), "warledger.ledger"),
    "WarledgerError": "warledger.errors",
    "__version__": "warledger.version",
}
"""Where each public name lives."""

__getattr__, __dir__ = lazily(__name__, _HOME)
