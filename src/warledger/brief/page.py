"""A briefing as one self-contained HTML page: no script, nothing fetched, every value escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from warledger.brief.chart import draw_lanes, draw_map, holders_of
from warledger.brief.grammar import day_words
from warledger.brief.model import Briefing, Reference
from warledger.brief.plain import more_words, source_words, summary_words

if TYPE_CHECKING:
    from markupsafe import Markup

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff](?:[^\\w]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff0-9])*"
)
"""Runs of Hebrew, Arabic and related scripts, with the spaces and digits within."""
_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that change the direction of text or show nothing; a report's could reorder ours."""

GRADE_WORDS: Final = {
    "confirmed": "confirmed", "corroborated": "several origins", "claimed": "one side’s word", "reported": "one origin",
    "contested": "disputed", "denied": "denied", "retracted": "withdrawn",
}  # fmt: skip
"""Grades as a reader's label."""


def isolated(text: str) -> Markup:
    """`text` escaped, with runs that are written from right to left set apart from what stands around them."""
    from markupsafe import Markup, escape

    clean = _UNSEEN.sub("", text)
    out, at = Markup(""), 0
    for found in _RIGHT_TO_LEFT.finditer(clean):
        out += escape(clean[at : found.start()]) + Markup("<bdi>{}</bdi>").format(found[0])
        at = found.end()
    return out + escape(clean[at:])


def marked(reference: Reference) -> Markup:
    """The sentence of a reference with its words marked."""
    from markupsafe import Markup, escape

    out, at = Markup(""), 0
    for start, end in reference.marks:
        out += escape(_UNSEEN.sub("", reference.sentence[at:start]))
        out += Markup("<mark>{}</mark>").format(_UNSEEN.sub("", reference.sentence[start:end]))
        at = end
    return out + escape(_UNSEEN.sub("", reference.sentence[at:]))


def html(briefing: Briefing) -> str:
    """The page. Its style is allowed by hash, everything else is forbidden by its content security policy."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    package = files("warledger.brief")
    style = (package / "page.css").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(isolated=isolated, marked=marked)
    template = environment.from_string((package / "page.html.j2").read_text(encoding="utf-8"))
    holders = holders_of(briefing.points, briefing.lanes)
    return template.render(
        briefing=briefing,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        summary=summary_words(briefing),
        as_of=day_words(briefing.as_of) if briefing.as_of is not None else "",
        grades=GRADE_WORDS,
        more=more_words,
        source=source_words,
        safe_url=lambda url: url if re.match(r"https?://", url, re.IGNORECASE) else "",
        map=draw_map(briefing.points, holders),
        lanes=draw_lanes(briefing.lanes, holders, briefing.counts.first, briefing.counts.last),
        holders=holders,
    )
