"""`warledger watch`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from warledger.cli.options import global_options, globals_of
from warledger.cli.session import open_ledger

if TYPE_CHECKING:
    from warledger.ledger.watching import Poll

FAILED: Final = 3
_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def _seconds(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([smhd])", value.strip().lower())
    if found is None or not float(found[1]):
        raise click.BadParameter(f"{value!r} must be a number with s, m, h or d, for example 15m")
    return float(found[1]) * _UNITS[found[2]]


@click.command()
@click.option(
    "--every", default="15m", metavar="TIME", callback=_seconds, show_default=True,
    help="How much time lies between two rounds: 90s, 15m, 2h, 1d; a minute at least.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Ask each feed once and end; for a timer of the system.")
@click.option("--source", default="", metavar="NAME", help="Who published items of feeds that do not say.")
@click.option("--allow-loopback", is_flag=True, hidden=True, help="Also ask this machine; for tests.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@global_options
@click.pass_context
def command(ctx: click.Context, feeds: tuple[str, ...], every: float, once: bool, source: str, allow_loopback: bool) -> int:
    """Ask feeds from time to time and add what is new or changed.

    FEED is the address of an RSS or Atom feed, or an OPML file that lists some. Each is asked for what changed since the last
    time, one request after another; one that fails is asked less and less often. What was seen is remembered beside the
    ledger, so that it can be stopped at any time. Exit status 3 with --once if no feed could be read.

    \b
    Example: warledger watch feeds.opml --every 15m
    """
    from warledger.ledger.watching import Watch, watch

    how = Watch(every, once, source, allow_loopback)
    polls = failed = 0
    with open_ledger(ctx, create=True) as ledger:
        for poll in watch(ledger, feeds, how):
            polls += 1
            failed += poll.outcome in ("failed", "gone")
            _tell(ctx, poll)
    if once and not polls and not globals_of(ctx).quiet:
        click.echo("No feed was asked: each has failed and waits for its time, or is gone.", err=True)
    return FAILED if once and polls and failed == polls else 0


def _tell(ctx: click.Context, poll: Poll) -> None:
    """One line for each answer: JSON on standard output where that is asked for, else words on standard error."""
    from warledger.cli.output import clean, json_line, plain

    if globals_of(ctx).format == "jsonl":
        click.echo(json_line(plain(poll)))
    elif poll.outcome in ("failed", "gone"):
        click.echo(clean(f"{poll.url}: {poll.outcome}: {poll.reason}"), err=True)
    elif not globals_of(ctx).quiet:
        new = poll.summary.new if poll.summary is not None else 0
        click.echo(clean(f"{poll.url}: {new:,} new"), err=True)
