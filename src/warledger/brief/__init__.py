"""Situation briefings and timelines: sentences composed from claims, each with the words that it rests on."""

from warledger.brief.compose import compose
from warledger.brief.difference import KINDS, Change, Difference, difference
from warledger.brief.difference_section import render_difference
from warledger.brief.model import Briefing, BriefSettings, Item, Piece, Reference, Section, Sentence
from warledger.brief.render import FORMATS, render
from warledger.brief.timeline import TimelineEntry, render_timeline, timeline

__all__ = [
    "FORMATS", "KINDS", "BriefSettings", "Briefing", "Change", "Difference", "Item", "Piece", "Reference", "Section",
    "Sentence", "TimelineEntry", "compose", "difference", "render", "render_difference", "render_timeline", "timeline",
]  # fmt: skip
