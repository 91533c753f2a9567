"""The example dossier from records made by hand, and the answers to it that are pinned as files beside this one.

    .venv/bin/python tests/golden/golden_files.py

writes the files anew. Read the difference before you keep it: each line is what a careful analyst would write.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from warledger import Ledger
from warledger.brief import render, render_difference
from warledger.control import changes
from warledger.core import Event, Spell, View

HERE = Path(__file__).parent
DOSSIER = HERE.parents[1] / "examples" / "dossier"
RECORDS = HERE / "dossier.records.jsonl"
FROM, TO = date(2024, 12, 4), date(2024, 12, 6)
"""The two days whose states are compared."""


def make(path: Path) -> None:
    """A ledger of the dossier at `path`, with the records made by hand."""
    with Ledger.open(path) as ledger:
        ledger.add(DOSSIER, records=RECORDS)


def answers(ledger: Ledger) -> dict[str, str]:
    """File name → what stands in it."""
    view, briefing = ledger.view(), ledger.brief()
    return {
        "events.txt": _text(line for event in _in_time(view.events) for line in event_lines(event, view)),
        "spells.txt": _text(map(spell_line, view.spells)),
        "changes.txt": _text(
            f"{c.when}  {c.after.place.name}: {_before(c.before)} → {c.after.holder}" for c in changes(date.min, view.spells)
        ),
        "briefing.md": render(briefing, "md"),
        "briefing.txt": render(briefing, "txt"),
        "diff.txt": render_difference(ledger.diff(FROM, TO)),
    }


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _in_time(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda e: (str(e.when or "~"), e.place.name if e.place else "", e.type, e.documents))


def _title(event: Event) -> str:
    """An event in a line, without its id, which is a hash."""
    places = [place.name for place in (event.place, *event.also_places) if place is not None]
    roles = " → ".join(filter(None, (" & ".join(event.initiator), " & ".join(event.target))))
    words = (event.type, event.status, " & ".join(places) or "no place", str(event.when or "no day"), roles)
    return " · ".join(filter(None, words)) + (" · background" if event.frame == "background" else "")


def event_lines(event: Event, view: View) -> list[str]:
    """An event, its grade with the rule, its claims by document, its figures, and what it stands in relation to."""
    lines = [_title(event), f"  {event.grade.name}: {event.grade.rule}"]
    for claim in (view.claims[i] for i in event.claims):
        voice = ", ".join(view.actor_names(claim, tuple(v.who for v in claim.voice if v.who)))
        status = "" if claim.status == "happened" else f" ({claim.status})"
        lines.append(
            f"  {view.documents[claim.document].name[:2]} “{claim.trigger.quote}”{status}{f' by {voice}' if voice else ''}"
        )
    for figure in event.figures:
        bounds = f"{figure.low if figure.low is not None else ''}–{figure.high if figure.high is not None else ''}"
        inside = f", within the {figure.nested_in + 1}." if figure.nested_in is not None else ""
        since = f" since {figure.since}" if figure.since is not None else ""
        whose = f" of {figure.side}" if figure.side else ""
        lines.append(f"  {bounds} {figure.group}{whose} {figure.measure}{since}, by {figure.said_by}{inside}")
    lines += [f"  {kind}: {_title(view.events_by_id[other])}" for kind, other in event.related]
    return [*lines, ""]


def spell_line(spell: Spell) -> str:
    """A spell in a line: place, layer, holder, from when until when, the last word, the grade."""
    holder = f"{spell.extent} {spell.holder}".strip() + (f" ({', '.join(spell.between)})" if spell.between else "")
    times = f"since {spell.since or 'before'}, until {spell.until or 'no later holder'}, last word {spell.last_known}"
    return f"{spell.place.name} · {spell.layer} · {holder} · {times} · {spell.grade} · side: {spell.side or 'none'}"


def _before(spell: Spell | None) -> str:
    return spell.holder if spell is not None else "nobody told"


def write() -> None:
    """Write every golden file anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "golden.db"
        make(path)
        with Ledger.open(path) as ledger:
            for name, text in answers(ledger).items():
                (HERE / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write()
