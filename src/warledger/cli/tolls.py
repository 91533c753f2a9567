"""Series of counts for people: what each covers, who said what, what follows by which rule, and what stays open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from warledger.cli import words
from warledger.cli.ids import short_length
from warledger.cli.output import Row, Sheet, plain
from warledger.core import View

if TYPE_CHECKING:
    from warledger.reconcile.tolls import Count, Series
    from warledger.reconcile.tolls_rules import Derived, Unreconciled

COUNT_COLUMNS = ("count", "said by=said_by", "published|nowrap", "words", "then=then", "claim|nowrap")


def toll_row(series: Series, open_: Sequence[Unreconciled]) -> Row:
    """A series as one object: its scope, its counts, what is derived with its trace, and what could not be reconciled."""
    from warledger.reconcile.tolls_rules import RULES, derive

    scope = series.scope
    out: dict[str, object] = {
        "id": series.id,
        "measure": scope.measure,
        "group": scope.group,
        "side": scope.side,
        "cause": scope.cause,
        "basis": scope.basis,
        "place": scope.place,
        "since": plain(scope.since) if scope.since is not None else "",
        "event": scope.event,
        "when": plain(series.when) if series.when is not None and scope.event else "",
        "within": series.within,
        "covers": list(series.covers),
        "counts": [{**_object(count), "stands": count.replaced_by is None} for count in series.counts],
        "derived": [{**_object(one), "rule": one.rule, "says": RULES[one.rule]} for one in derive(series)],
        "unreconciled": [{"kind": u.kind, "words": u.words, "claims": list(u.claims)} for u in open_ if series.id in u.series],
    }
    return {key: value for key, value in out.items() if value not in ("", [])}


def _object(value: object) -> dict[str, object]:
    out = plain(value)
    return out if isinstance(out, dict) else {}


def toll_sheet(found: Sequence[Series], open_: Sequence[Unreconciled], view: View, *, trace: bool) -> Sheet:
    """Every series with its counts and what is derived from it; last what could not be reconciled."""
    from warledger.reconcile.tolls_rules import RULES, derive

    sheet, length = Sheet(), short_length(view.claims)
    names = {one.id: _title(one) for one in found}
    for series in found:
        sheet.heading(names[series.id])
        if series.within in names:
            sheet.line(f"counted within: {names[series.within]}")
        if series.covers:
            sheet.line(f"covers {_covered(len(series.covers))} counts are not added to it")
        sheet.table((_count_row(count, length) for count in series.counts), COUNT_COLUMNS)
        values = derive(series)
        sheet.line("; ".join(filter(None, map(_value, values))))
        if trace:
            for value in values:
                sheet.line(f"{value.rule.replace('_', '/')}: {RULES[value.rule]}", indent=2)
                for step in value.trace:
                    sheet.line(step, indent=4)
    sheet.heading("What could not be reconciled")
    for one in open_:
        sheet.line(f"{' / '.join(names[s] for s in one.series if s in names)}: {one.words}")
    if not open_:
        sheet.line("Nothing: within each of these, the counts agree.")
    sheet.line(" ")
    sheet.line("Each of these counts something of its own, or a part of another: they are not to be added up.")
    return sheet


def _title(series: Series) -> str:
    scope = series.scope
    who = scope.group.replace("_", " ") + (f" of {scope.side}" if scope.side else "")
    if scope.basis == "cumulative":
        since = words.when(scope.since).removeprefix("since ").split(" – ")[0]
        time = f"since {since}" if since else "since an unknown day"
    else:
        time = words.when(series.when) or "no day given"
    kind = "running total" if scope.basis == "cumulative" else f"one event, {scope.event[:7]}"
    cause = f" ({scope.cause.replace('_', ' ')})" if scope.cause else ""
    return " · ".join(p for p in (f"{who} {scope.measure}{cause}", scope.place or "no place given", time, kind) if p)


def _count_row(count: Count, length: int) -> Row:
    step = {"first": "", "again": "said again", "rises": "rises", "falls": "lowered", "reworded": "bounds changed"}[count.move]
    gone = "" if count.replaced_by is None else "replaced later"
    within = f"within {words.count(*count.part_of)}" if count.part_of is not None else ""
    return {
        "count": words.count(count.low, count.high, about=count.about),
        "said_by": count.said_by,
        "published": count.published,
        "words": f"“{count.words}”" if count.words else "",
        "then": ", ".join(p for p in (step, within, gone) if p),
        "claim": count.claim[:length],
    }


def _value(one: Derived) -> str:
    """A derived value: `lowest 12`, `low/best/high 12/14/20`, `range 12–20`, `latest 720+`."""
    if one.rule == "lowest":
        return f"lowest {one.low:,}" if one.low is not None else ""
    if one.rule == "low_best_high":
        return "low/best/high " + "/".join("–" if n is None else f"{n:,}" for n in (one.low, one.best, one.high))
    if one.low is None and one.high is None:
        return ""
    return f"{one.rule} {words.count(one.low, one.high)}"


def _covered(events: int) -> str:
    return "1 event that is told by itself; its" if events == 1 else f"{events} events that are told by themselves; their"
