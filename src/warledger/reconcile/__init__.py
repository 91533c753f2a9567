"""Claims of many documents into events: blocking, comparison, clustering, consolidation, independence, grade, explanation."""

from warledger.reconcile.judging import SETTABLE, change_claim, event_id, in_force
from warledger.reconcile.knowledge import ActorKnowledge, KnownActor
from warledger.reconcile.run import Reconciliation, reconcile

__all__ = [
    "SETTABLE", "ActorKnowledge", "KnownActor", "Reconciliation", "change_claim", "event_id", "in_force", "reconcile",
]  # fmt: skip
