"""The frozen types that everything else speaks in. Standard library only."""

from warledger.core.claim import (
    NOT_EXTRACTED,
    Actor,
    Claim,
    Figure,
    Mention,
    Place,
    Record,
    Relation,
    Voice,
    claim_id,
    is_sum_beyond,
    nearest_mention,
)
from warledger.core.document import Document, DocumentLink, Source, document_id
from warledger.core.event import Event, EventFigure, EventPlace, Grade, Match, Origin, Spell
from warledger.core.filter import EventFilter
from warledger.core.ids import content_id, fold, slug
from warledger.core.log import Issue, Judgement, Run
from warledger.core.span import Evidence, Span
from warledger.core.view import View
from warledger.core.when import When, week_of

__all__ = [
    "NOT_EXTRACTED", "Actor", "Claim", "Document", "DocumentLink", "Event", "EventFigure", "EventFilter", "EventPlace",
    "Evidence", "Figure", "Grade", "Issue", "Judgement", "Match", "Mention", "Origin", "Place", "Record", "Relation", "Run",
    "Source", "Span", "Spell", "View", "Voice", "When", "claim_id", "content_id", "document_id", "fold", "is_sum_beyond",
    "nearest_mention", "slug", "week_of",
]  # fmt: skip
