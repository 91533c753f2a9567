"""warledger: dated reports about an armed conflict in, a ledger of sourced claims, events and control out.

    from warledger import Ledger

    with Ledger.open("warledger.db") as ledger:
        ledger.add(["reports/"])
        for event in ledger.events(place="Hama"):
            print(ledger.why(event.id).grade.rule)

Names are loaded when they are first asked for, so that `import warledger` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

_HOME = {
    **dict.fromkeys(("AddSummary", "Explanation", "Ledger"), "warledger.ledger"),
    "WarledgerError": "warledger.errors",
}
"""Where a public name lives that is not in `warledger.core`."""

__all__ = [
    "Actor", "AddSummary", "Claim", "Document", "DocumentLink", "Event", "EventFigure", "EventFilter", "EventPlace", "Evidence",
    "Explanation", "Figure", "Grade", "Issue", "Judgement", "Ledger", "Match", "Mention", "Origin", "Place", "Record",
    "Relation", "Run", "Source", "Span", "Spell", "View", "Voice", "WarledgerError", "When", "__version__",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a name of any kind
    """The public name, loaded from where it lives."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME.get(name, "warledger.core")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
