"""Watches feeds: asks each from time to time, adds what is new or changed, and remembers what it has seen beside the ledger.

What is remembered is written after the items are kept. So a run that is stopped between the two asks again, finds the items
in the ledger, and nothing is lost or doubled; and if the memory is lost, all that costs is asking once more.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from warledger.core import Document, Issue
from warledger.errors import InputError, StorageError, UsageError
from warledger.version import __version__

if TYPE_CHECKING:
    from warledger.ingest.fetching import FetchLimits
    from warledger.ledger.extracting import RecordMaker
    from warledger.ledger.ledger import Ledger
    from warledger.ledger.summary import AddSummary

HOST_PAUSE_S: Final = 1.0
"""Between two requests to one host."""
LEAST_EVERY_S: Final = 60.0
"""No feed changes so often that asking more than once a minute were polite."""
LONGEST_BACKOFF_S: Final = 86_400.0
MOST_DOUBLINGS: Final = 10
LONGEST_LIST_BYTES: Final = 16 << 20
SEEN_KEPT: Final = 5_000
"""So many items of a feed are remembered; an older one that comes back is found in the ledger itself."""

Outcome = Literal["read", "unchanged", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a feed: the marks of its last answer, hashes of the items seen, and how it failed since.

    `wait_until` is a Unix time before which it is not asked.
    """

    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()
    failures: int = 0
    fault: str = ""
    wait_until: float = 0.0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of asking one feed; `summary` is that of adding its new items, None where there were none to add."""

    url: str
    outcome: Outcome
    reason: str = ""
    summary: AddSummary | None = None


@dataclass(slots=True)
class Watch:
    """How to watch. `every_s` seconds lie between two rounds; `once` ends after the first.

    `source` is for items that name none; `extractor` reads them in the place of the package's own. `allow_loopback` lets feeds
    on this machine be asked. `sleep` and `clock` (Unix time) can be replaced by tests.
    """

    every_s: float = 900.0
    once: bool = False
    source: str = ""
    allow_loopback: bool = False
    extractor: RecordMaker | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    asked_at: dict[str, float] = field(default_factory=dict)
    """Unix time of the last request to each host."""


def watch(ledger: Ledger, feeds: Sequence[str], how: Watch) -> Iterator[Poll]:
    """Ask each of `feeds` (addresses, and OPML files that list some) in turn, one request at a time; round after round.

    A feed that fails is asked less and less often, up to once a day; one that is gone (410) never again. Raises UsageError
    if there is no address or `every_s` is under a minute, and InputError for an OPML file that cannot be read.
    """
    if how.every_s < LEAST_EVERY_S and not how.allow_loopback:
        raise UsageError(f"every {how.every_s:g} seconds is too often; once a minute is the most")
    urls = addresses(feeds)
    ledger.take_sources()
    file = Path(f"{ledger.store.backend.name}.feeds.json")
    memories = _remembered(file)
    while True:
        begun = how.clock()
        for url in urls:
            memory = memories.get(url, Memory())
            if memory.gone or how.clock() < memory.wait_until:
                continue
            poll, memories[url] = _poll(ledger, url, memory, how)
            _remember(file, memories)
            yield poll
        if how.once or all(memories.get(url, Memory()).gone for url in urls):
            return
        how.sleep(max(0.0, begun + how.every_s - how.clock()))


def addresses(feeds: Sequence[str]) -> tuple[str, ...]:
    """The addresses that are given or listed in OPML files, each once, in their order. Raises as `watch` does."""
    from warledger.ingest.feeds import outlines
    from warledger.ingest.fetching import FetchFault, host_of

    found: dict[str, None] = {}
    for feed in feeds:
        if "://" in feed:
            found[feed] = None
            continue
        try:
            with Path(feed).open("rb") as file:
                raw = file.read(LONGEST_LIST_BYTES + 1)
        except OSError as error:
            raise InputError(f"{feed}: {(error.strerror or type(error).__name__).lower()}") from error
        if len(raw) > LONGEST_LIST_BYTES:
            raise InputError(f"{feed} is over {LONGEST_LIST_BYTES:,} bytes and no list of feeds")
        listed = outlines(raw)
        if not listed:
            raise InputError(f"{feed} lists no feed; an OPML file has outlines with an xmlUrl")
        found.update(dict.fromkeys(listed))
    for url in found:
        try:
            host_of(url)
        except FetchFault as error:
            raise UsageError(f"{url} cannot be watched: {error}") from error
    if not found:
        raise UsageError("there is nothing to watch: give an address or an OPML file")
    return tuple(found)


def _poll(ledger: Ledger, url: str, memory: Memory, how: Watch) -> tuple[Poll, Memory]:
    """Ask a feed, add what is new; what came of it, and what is to be remembered."""
    from warledger.ingest.fetching import FetchFault, fetch, host_of

    host = host_of(url)
    since = how.clock() - how.asked_at.get(host, 0.0)
    if 0 <= since < HOST_PAUSE_S:
        how.sleep(HOST_PAUSE_S - since)
    try:
        fetched = fetch(url, _limits(ledger, how), etag=memory.etag, modified=memory.modified)
    except FetchFault as fault:
        return _failed(ledger, url, memory, how, fault)
    finally:
        how.asked_at[host] = how.clock()
    well = replace(memory, failures=0, fault="", wait_until=0.0)
    if fetched.body is None:
        return Poll(url, "unchanged"), well
    items, seen = _unseen(fetched.body, url, memory, ledger, how)
    well = replace(well, etag=fetched.etag[:1_000], modified=fetched.modified[:200], seen=seen)
    if not items:
        return Poll(url, "unchanged"), well
    return Poll(url, "read", summary=ledger.add_read(items, extractor=how.extractor)), well


def _unseen(
    body: bytes, url: str, memory: Memory, ledger: Ledger, how: Watch
) -> tuple[list[Document | Issue], tuple[str, ...]]:
    """The documents and issues of items that were not seen before or changed since; and what has been seen now."""
    from warledger.ingest import ReadOptions, read_bytes

    options = ReadOptions(source=how.source, format="feed", max_bytes=ledger.settings.max_feed_bytes)
    known = set(memory.seen)
    fresh: list[Document | Issue] = []
    now: dict[str, None] = {}
    skipped = ""
    for item in read_bytes(body, url, options):
        if isinstance(item, Document):
            now[item.raw_sha256] = None
            skipped = item.id if item.raw_sha256 in known else ""
            if not skipped:
                fresh.append(item)
            continue
        mark = f"{item.code} {item.where} {item.found}"
        now[mark] = None
        if mark not in known and not (item.document and item.document == skipped):
            fresh.append(item)
    older = (mark for mark in memory.seen if mark not in now)
    return fresh, (*now, *older)[:SEEN_KEPT]


def _failed(ledger: Ledger, url: str, memory: Memory, how: Watch, fault: Exception) -> tuple[Poll, Memory]:
    """A failed request: an Issue the first time that it fails so, and a wait that doubles each time."""
    reason, gone = str(fault), bool(getattr(fault, "gone", False))
    wait = min(how.every_s * 2 ** min(memory.failures, MOST_DOUBLINGS), LONGEST_BACKOFF_S)
    wait = max(wait, float(getattr(fault, "wait_s", 0.0)))
    summary = None
    if reason != memory.fault:
        todo = "take it off the list" if gone else "nothing, if it passes: the feed is asked again, less and less often"
        issue = Issue("fetch", url, found=reason, expected="a feed", todo=todo, severity="warning")
        summary = ledger.add_read([issue], extractor=how.extractor)
    after = replace(memory, failures=memory.failures + 1, fault=reason, wait_until=how.clock() + wait, gone=gone)
    return Poll(url, "gone" if gone else "failed", reason, summary), after


def _limits(ledger: Ledger, how: Watch) -> FetchLimits:
    from warledger.ingest.fetching import FetchLimits

    settings = ledger.settings
    agent = settings.user_agent or f"warledger/{__version__} (reads feeds)"
    return FetchLimits(agent, settings.max_feed_bytes, settings.fetch_stall_s, settings.fetch_total_s, how.allow_loopback)


def _remembered(file: Path) -> dict[str, Memory]:
    """What the file remembers; nothing where it is not there or damaged, which costs no more than asking again."""
    try:
        kept = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {url: _memory(value) for url, value in kept.items()} if isinstance(kept, dict) else {}


def _memory(value: object) -> Memory:
    if not isinstance(value, Mapping):
        return Memory()
    seen = value.get("seen")
    given = {name: value[name] for name in ("etag", "modified", "fault") if isinstance(value.get(name), str)}
    failures, wait = value.get("failures"), value.get("wait_until")
    return Memory(
        **given,
        seen=tuple(mark for mark in seen if isinstance(mark, str)) if isinstance(seen, list) else (),
        failures=failures if isinstance(failures, int) else 0,
        wait_until=float(wait) if isinstance(wait, int | float) else 0.0,
        gone=value.get("gone") is True,
    )


def _remember(file: Path, memories: Mapping[str, Memory]) -> None:
    """Write the file whole or not at all. Raises StorageError."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as out:
            json.dump({url: asdict(memory) for url, memory in sorted(memories.items())}, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}") from error
