"""Briefings as Markdown and as plain text."""

from __future__ import annotations

import re
import textwrap
from typing import Final

from warledger.brief.grammar import day_words, period_words
from warledger.brief.model import Briefing, Item, Reference, Section, Sentence

WIDTH: Final = 88
"""Columns of the plain text."""
TIED: Final = "\N{NO-BREAK SPACE}"
"""Stands before reference numbers until lines are broken, so that they stay with the words that rest on them."""

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~&])")


def summary_words(briefing: Briefing) -> str:
    """What the briefing was composed from, in one line."""
    counts = briefing.counts
    told = (("document", counts.documents), ("source", counts.sources), ("claim", counts.claims), ("event", counts.events))
    words = " · ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for noun, count in told if count)
    if briefing.as_of is not None:
        words = f"As of {day_words(briefing.as_of)} · {words}"
    if period := period_words(briefing.since, briefing.until):
        words = f"{words} · {period}"
    return words


def more_words(section: Section) -> str:
    """The line for what was left out of a section; empty where nothing was."""
    return f"and {section.more} more: {section.command}" if section.more else ""


def source_words(reference: Reference) -> str:
    """Source, title and date of a reference, as far as they are known."""
    title = f"“{reference.title}”" if reference.title else ""
    day = day_words(reference.published) if reference.published is not None else "no date"
    return ", ".join(part for part in (reference.source, title, day) if part)


def _cited(sentence: Sentence) -> str:
    """The words of a sentence, each piece followed by its numbers."""
    words = []
    for piece in sentence.pieces:
        words.append(piece.text)
        if piece.references:
            words.append(TIED + "".join(f"[{n}]" for n in piece.references))
    return "".join(words)


def text(briefing: Briefing) -> str:
    """Plain text, wrapped at 88 columns, no markup."""
    lines = [
        *textwrap.wrap(briefing.title, WIDTH),
        "=" * min(WIDTH, len(briefing.title)),
        *textwrap.wrap(summary_words(briefing), WIDTH),
    ]
    for section in briefing.sections:
        lines += ["", section.title.upper(), ""]
        for group in section.groups:
            if group.heading:
                lines += [group.heading]
            for item in group.items:
                lines += _text_item(item)
            lines.append("")
        if more := more_words(section):
            lines += [f"  … {more}"]
        while lines and not lines[-1]:
            lines.pop()
    if not briefing.sections:
        lines += ["", "Nothing to report for this place and period."]
    if briefing.limits:
        lines += ["", "LIMITS", ""]
        for limit in briefing.limits:
            lines += _wrap(limit, "  ", "  ")
    if briefing.references:
        lines += ["", "REFERENCES", ""]
        for reference in briefing.references:
            lead = f"[{reference.number}] "
            lines += _wrap(f"{source_words(reference)} ({reference.label})", lead, " " * len(lead))
            lines += _wrap(f"“{' '.join(reference.sentence.split())}”", " " * len(lead), " " * len(lead))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrap(words: str, first: str, rest: str) -> list[str]:
    lines = textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=True, break_on_hyphens=False
    ) or [first.rstrip()]
    return [line.replace(TIED, " ") for line in lines]


def _text_item(item: Item) -> list[str]:
    words = " ".join(_cited(s) for s in item.sentences)
    lines = _wrap(words, "  - ", "    ")
    for position in item.positions:
        lines += _wrap(_cited(position), "      * ", "        ")
    return lines


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def markdown(briefing: Briefing) -> str:
    """Markdown with footnotes: every number leads to its entry in the list of references."""
    lines = [f"# {_escaped(briefing.title)}", "", f"*{_escaped(summary_words(briefing))}*", ""]
    for section in briefing.sections:
        lines += [f"## {_escaped(section.title)}", ""]
        for group in section.groups:
            if group.heading:
                lines += [f"### {_escaped(group.heading)}", ""]
            for item in group.items:
                lines += _markdown_item(item)
            lines.append("")
        if section.more:
            lines += [f"*… and {section.more} more:* `{section.command.replace('`', '')}`", ""]
    if not briefing.sections:
        lines += ["Nothing to report for this place and period.", ""]
    if briefing.limits:
        lines += ["## Limits", "", *(f"- {_escaped(limit)}" for limit in briefing.limits), ""]
    if briefing.references:
        lines += ["## References", ""]
        for reference in briefing.references:
            where = f"{_escaped(source_words(reference))} ({_escaped(reference.label)})"
            lines += [f"[^{reference.number}]: {where}: {_marked(reference)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_item(item: Item) -> list[str]:
    lines = [f"- {' '.join(_footnoted(s) for s in item.sentences)}"]
    return lines + [f"  - {_footnoted(position)}" for position in item.positions]


def _footnoted(sentence: Sentence) -> str:
    return "".join(
        _escaped_keeping_space(piece.text) + "".join(f"[^{n}]" for n in piece.references) for piece in sentence.pieces
    )


def _marked(reference: Reference) -> str:
    """The sentence of a reference with the words that count in bold."""
    out, at = [], 0
    for start, end in reference.marks:
        out.append(_escaped_keeping_space(reference.sentence[at:start]))
        out.append(f"**{_escaped(reference.sentence[start:end])}**")
        at = end
    out.append(_escaped_keeping_space(reference.sentence[at:]))
    return f"“{''.join(out).strip()}”"


def _escaped_keeping_space(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", words))
