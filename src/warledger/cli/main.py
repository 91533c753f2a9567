"""Entry of the command line: the list of commands and the options that all of them take."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from warledger.cli.lazy import Entry, LazyGroup
from warledger.cli.options import global_options
from warledger.version import __version__


def _entries(heading: str, **helps: str) -> tuple[Entry, ...]:
    return tuple(Entry(heading, name, text, f"warledger.cli.commands.{name}") for name, text in helps.items())


ENTRIES = (
    *_entries(
        "Read",
        add="Read documents into the ledger: extract their claims and match them to events.",
        watch="Ask feeds from time to time and add what is new or changed.",
        extract="Print what documents say as extraction records; keeps nothing.",
    ),
    *_entries(
        "Look",
        events="List events, newest first.",
        claims="List claims, in the order of their documents.",
        show="Show one document, claim, event, actor or place.",
        why="Explain an event: its claims, their words, and what each field rests on.",
        held="Say who holds a place: since when, by whose word, in which words.",
        control="List who holds which place, or with --changes what changed hands.",
        toll="List counts of casualties in series, and what could not be reconciled; never a sum.",
        diff="Say what changed between two days: events, grades, tolls and towns, each with its cause.",
        sources="Show how often what a source alone had said was later confirmed or contradicted.",
        issues="List what could not be read or decided.",
    ),
    *_entries(
        "Write",
        brief="Write a situation briefing in which every sentence has its sources.",
        timeline="List dated events, oldest first, one line each.",
        export="Write the ledger in a format for other tools.",
        compare="Compare the ledger's events with other people's: what is in both, only here, only there.",
        validate="Check a file in an export format, ours or not; exit status 1 on any error.",
    ),
    *_entries(
        "Keep",
        verify="Check every quote against its document; exit status 1 on any fault.",
        review="List what is worth a person's time, and the command to decide it.",
        judge="Record a decision of yours on claims or events; nothing is overwritten.",
        undo="Take back a judgement.",
    ),
    *_entries(
        "Set up",
        gazetteer="Add places to the gazetteer, or search it.",
        actors="Search the armed actors that warledger knows.",
        config="Show the settings in force and where each comes from.",
        completion="Print the completion script for your shell.",
    ),
)

EPILOG = """\b
Start with:
  warledger add reports/
  warledger brief

Exit status: 0 done, 1 faults found, 2 usage, 3 input, 4 not found, 5 ledger, 6 model, 70 a fault in warledger, 130 interrupted.
"""


@click.group(
    cls=LazyGroup,
    entries=ENTRIES,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, "--version", "-V", message="warledger %(version)s")
@global_options
def cli() -> None:
    """Reports in, a ledger of claims out.

    warledger reads dated reports about an armed conflict and keeps what each of them claims: who did what to whom, where, when,
    with what toll, who says so, in which words. Data goes to standard output, talk to standard error.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. Every error ends here as one message on standard error."""
    from warledger.cli.faults import guarded

    return guarded(lambda: cli.main(args=None if argv is None else list(argv), prog_name="warledger", standalone_mode=False))


if __name__ == "__main__":
    sys.exit(main())
