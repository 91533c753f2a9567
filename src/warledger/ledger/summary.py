"""What an `add` did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from warledger.core import Claim, DocumentLink, Issue

MOST_SKIPPED = 1000
"""So many issues are listed one by one; a table of a million broken rows must not fill the memory."""


@dataclass(frozen=True, slots=True)
class AddSummary:
    """The counts of an `add`: documents unless another word is used.

    `read` are `new` or `already_there`, or refused with an issue. `revised` are those already there that were given a new
    record; `not_extracted` are kept without claims, for their language or a failure. `skipped` are the errors of what could not
    be taken, the first 1,000 of `skipped_count`; `issues_by_code` counts every issue, notes and warnings among them.
    """

    run: str
    read: int
    new: int
    already_there: int
    revised: int
    not_extracted: int
    copies: int
    revisions: int
    claims: int
    claims_by_type: tuple[tuple[str, int], ...]
    issues: int
    issues_by_code: tuple[tuple[str, int], ...]
    skipped_count: int
    skipped: tuple[Issue, ...]


class Tally:
    """Counts while an `add` goes on."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.skipped: list[Issue] = []

    def issue(self, issue: Issue) -> None:
        """Count an issue; keep it if it says that something was left out."""
        self.codes[issue.code] += 1
        if issue.severity == "error":
            self.counts["skipped"] += 1
            if len(self.skipped) < MOST_SKIPPED:
                self.skipped.append(issue)

    def claims(self, claims: tuple[Claim, ...]) -> None:
        """Count the claims of a record that was kept."""
        self.types.update(claim.type for claim in claims)

    def links(self, links: tuple[DocumentLink, ...]) -> None:
        """Count links that were found."""
        self.counts.update({"copy": "copies", "revision": "revisions"}[link.kind] for link in links)

    def numbers(self) -> dict[str, int]:
        """The counts, for the row of the run."""
        return dict(self.counts) | {"claims": self.types.total(), "issues": self.codes.total()}

    def summary(self, run: str) -> AddSummary:
        """What was counted."""
        return AddSummary(
            run=run,
            read=self.counts["read"],
            new=self.counts["new"],
            already_there=self.counts["already there"],
            revised=self.counts["revised"],
            not_extracted=self.counts["not extracted"],
            copies=self.counts["copies"],
            revisions=self.counts["revisions"],
            claims=self.types.total(),
            claims_by_type=_ranked(self.types),
            issues=self.codes.total(),
            issues_by_code=_ranked(self.codes),
            skipped_count=self.counts["skipped"],
            skipped=tuple(self.skipped),
        )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
