"""The formats of a briefing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from warledger.brief import plain
from warledger.brief.model import Briefing
from warledger.errors import UsageError


def _html(briefing: Briefing) -> str:
    from warledger.brief.page import html

    return html(briefing)


FORMATS: Final[Mapping[str, Callable[[Briefing], str]]] = {"md": plain.markdown, "html": _html, "txt": plain.text}
"""Format → what writes it."""


def render(briefing: Briefing, form: str = "md") -> str:
    """The briefing as "md" (Markdown), "html" (one self-contained page) or "txt". Raises UsageError for another format."""
    if form not in FORMATS:
        raise UsageError(f"a briefing is written as {', '.join(FORMATS)}, not as {form!r}")
    return FORMATS[form](briefing)
