"""The ledger, as the Python API and the command line use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from warledger.config import Settings, load
from warledger.core import Claim, Document, Event, EventFilter, Issue, Judgement, Record, Run, Source, View
from warledger.errors import NotFoundError, UsageError
from warledger.ledger import judging
from warledger.ledger.adding import Adding, Advance, Order, limited
from warledger.ledger.explanation import Explanation, explain
from warledger.ledger.extracting import RecordFile, RecordMaker, extract_all
from warledger.ledger.filtering import filter_of
from warledger.ledger.finding import Found, find
from warledger.ledger.ordering import newest_first
from warledger.ledger.publishers import add_sources, sources_in_force, take_settings_file
from warledger.ledger.questions import Questions
from warledger.ledger.state import Derived, places_hash, read_state
from warledger.ledger.streaming import uncollected
from warledger.ledger.summary import AddSummary
from warledger.ledger.verifying import verify
from warledger.ledger.views import Views
from warledger.store import Store

if TYPE_CHECKING:
    from warledger.brief import Briefing, TimelineEntry
    from warledger.export import LeftOut
    from warledger.geo import Gazetteer, GazetteerPlace
    from warledger.ingest import ReadOptions
    from warledger.lexicon.actors import ArmedActor

Path_ = str | PathLike[str]


class Ledger(Questions):
    """One ledger: documents in; claims, events, spells, briefings and exports out.

    Open it with `Ledger.open`, as a context manager. Every answer is a function of what was added, and of `as_of` (documents
    published by that day) and `recorded` (rows added by that day or moment) where they are given.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self._views = Views(store, keep=settings.derived_kept)
        self._gazetteer: Gazetteer | None = None
        self._own: tuple[str, RecordMaker] | None = None

    @classmethod
    def open(
        cls,
        path: Path_ | None = None,
        *,
        create: bool = True,
        read_only: bool = False,
        settings: Settings | None = None,
    ) -> Self:
        """Open the ledger at `path`, by default the one that the settings name; make it if there is none and `create` is set.

        Raises LedgerError if there is none or the file is something else, SchemaError for a newer version's, BusyError,
        StorageError, and ConfigError for a setting that cannot be.
        """
        settings = settings or load({"ledger": path}).settings
        file = Path(path) if path is not None else settings.ledger
        return cls(Store.open(file, create=create, read_only=read_only, busy_timeout_s=settings.busy_timeout_s), settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; documents and records of views that were not read before cannot be read any more."""
        self._views.close()
        if self._gazetteer is not None:
            self._gazetteer.close()
        self.store.close()

    # Adding

    def add(
        self,
        paths: Sequence[Path_] | Path_,
        *,
        source: str = "",
        published: date | None = None,
        date_from_text: bool = False,
        fields: Mapping[str, str] | None = None,
        format: str | None = None,  # noqa: A002 - the word of the command line
        options: ReadOptions | None = None,
        records: Path_ | None = None,
        jobs: int | None = None,
        again: bool = False,
        extractor: RecordMaker | None = None,
        progress: Advance | None = None,
    ) -> AddSummary:
        """Read documents, extract what they claim and keep both; what is there already is left as it is.

        `paths` are files, folders, globs, or "-" for standard input. `source` and `published` fill gaps; `options` says all
        that `warledger.ingest.ReadOptions` can, in their place. `records` is a file of extraction records whose `doc` is the
        document's name, taken instead of extracting. `again` reads documents that are there once more where another
        extractor made their record. Each document is one transaction: killed and run again, it goes on where it was.
        `progress` is called with the number done and the total, None where that is not known.
        """
        options = limited(options or self._options(source, published, date_from_text, fields, format), self.settings)
        named = (paths,) if isinstance(paths, str | PathLike) else tuple(paths)
        if not named:
            raise UsageError("there is nothing to add: give a file, a folder, a glob, or - for standard input")
        self.take_sources()
        order = Order(named, options, jobs or self.settings.processes, again, progress)
        made = RecordFile(Path(records)) if records is not None else None
        adding = Adding(self.store, self._begin("add"), order)
        if made is not None:
            return adding.with_records(made)
        return adding.with_extractor(self._maker(extractor))

    def add_read(
        self, items: Iterable[Document | Issue], *, jobs: int | None = None, extractor: RecordMaker | None = None
    ) -> AddSummary:
        """Keep documents and issues that were read already, for instance from a feed, as `add` keeps what it reads.

        An issue about a document comes right after it.
        """
        order = Order((), self._options(), jobs or self.settings.processes, items=items)
        return Adding(self.store, self._begin("add"), order).with_extractor(self._maker(extractor))

    def reextract(
        self, *, jobs: int | None = None, extractor: RecordMaker | None = None, progress: Advance | None = None
    ) -> AddSummary:
        """Have every document read again whose record another extractor made; records made by hand stay."""
        order = Order((), self._options(), jobs or self.settings.processes, again=True, advance=progress)
        return Adding(self.store, self._begin("reextract"), order).once_more(self._maker(extractor))

    def extract(
        self,
        paths: Sequence[Path_] | Path_,
        *,
        options: ReadOptions | None = None,
        jobs: int | None = None,
        extractor: RecordMaker | None = None,
    ) -> Iterator[tuple[Document, Record] | Issue]:
        """Each document with its record, and an Issue for what could not be read; nothing is kept."""
        from warledger.ingest import read

        named = (paths,) if isinstance(paths, str | PathLike) else tuple(paths)
        jobs = jobs or self.settings.processes
        issues: list[Issue] = []

        def documents() -> Iterator[Document]:
            for item in read(named, limited(options or self._options(), self.settings)):
                if isinstance(item, Document):
                    yield item
                else:
                    issues.append(item)

        maker = self._maker(extractor)()
        for document, record, failures in extract_all(maker, documents(), jobs):
            yield document, record
            yield from (*issues, *failures)
            issues.clear()
        yield from issues

    @staticmethod
    def _options(
        source: str = "",
        published: date | None = None,
        date_from_text: bool = False,
        fields: Mapping[str, str] | None = None,
        form: str | None = None,
    ) -> ReadOptions:
        from warledger.ingest import ReadOptions

        return ReadOptions(
            source=source, published=published, date_from_text=date_from_text, fields=dict(fields or {}), format=form
        )

    def _begin(self, command: str) -> Run:
        from warledger.version import __version__

        return self.store.log.begin_run(command, __version__)

    def _maker(self, extractor: RecordMaker | None) -> Callable[[], RecordMaker]:
        """What loads the extractor when it is needed: the one given, or the package's with this ledger's places."""

        def load_own() -> RecordMaker:
            from warledger.model import prepare

            prepare()  # while everything else is imported
            from warledger.extract import Extractor

            places = tuple(self.store.knowledge.places())
            known = places_hash(places)
            if self._own is None or self._own[0] != known:
                self._gazetteer = self.gazetteer(places)
                own = Extractor.load(self._gazetteer)
                if places:
                    own.name += f" places {known}"
                self._own = known, own
            return self._own[1]

        return load_own if extractor is None else lambda: extractor

    # Asking

    def view(self, *, as_of: date | None = None, recorded: date | datetime | None = None) -> View:
        """The ledger as it stood: documents and records (read when asked for), links, sources, events and spells."""
        return self._derived(as_of, recorded).view

    def _derived(self, as_of: date | None = None, recorded: date | datetime | None = None) -> Derived:
        return self._views.derived(as_of, recorded)

    def _judged(self, as_of: date | None, recorded: date | datetime | None) -> tuple[Judgement, ...]:
        return read_state(self.store, as_of, recorded).judgements

    def events(
        self,
        wanted: EventFilter | None = None,
        *,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
        **filters: object,
    ) -> tuple[Event, ...]:
        """The events that the filter admits, newest first, undated ones last.

        `filters` are the fields of `EventFilter`, with `type`, `grade`, `status` and `frame` for one word or several:
        `ledger.events(place="Hama", type="seize")`. Raises UsageError for a filter that cannot be.
        """
        view = self.view(as_of=as_of, recorded=recorded)
        admitted = filter_of(wanted, filters)
        return tuple(newest_first(event for event in view.events if admitted.admits(event, view)))

    def claims(
        self,
        wanted: EventFilter | None = None,
        *,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
        **filters: object,
    ) -> tuple[Claim, ...]:
        """The claims that the filter admits, as for `events`, in the order of their documents and texts."""
        view = self.view(as_of=as_of, recorded=recorded)
        admitted = filter_of(wanted, filters)
        return tuple(claim for claim in view.claims.values() if admitted.admits_claim(claim, view))

    def show(self, wanted: str, *, as_of: date | None = None, recorded: date | datetime | None = None) -> Found:
        """What an id, its beginning or a name means: a document, claim, event, spell, issue, judgement, actor or place.

        Raises NotFoundError, which names what is alike, and UsageError where several ids begin so.
        """
        return find(wanted, self.view(as_of=as_of, recorded=recorded), self.store)

    def read_at(self, document: str) -> datetime:
        """When a document, by its id, was first read into the ledger, in UTC. Raises NotFoundError."""
        added_at = self.store.documents.added_at(document)
        if added_at is None:
            raise NotFoundError(f"there is no document {document!r}")
        return datetime.fromisoformat(added_at)

    def why(self, wanted: str, *, as_of: date | None = None, recorded: date | datetime | None = None) -> Explanation:
        """What an event rests on: its claims and their words, what matched on what, what each field rests on, its grade's rule.

        `wanted` is an event's id or its beginning, or the id of one of its claims. Raises NotFoundError for anything else.
        """
        view = self.view(as_of=as_of, recorded=recorded)
        found = find(wanted, view, self.store)
        if isinstance(found, Claim) and found.id in view.event_of:
            found = view.event_of[found.id]
        if not isinstance(found, Event):
            raise NotFoundError(f"{wanted!r} is a {type(found).__name__.lower()}, not an event; `events` lists them")
        return explain(found, view)

    def brief(
        self,
        *,
        place: str = "",
        since: date | None = None,
        until: date | None = None,
        title: str = "",
        as_of: date | None = None,
        recorded: date | datetime | None = None,
    ) -> Briefing:
        """A situation briefing; `warledger.brief.render` writes it as Markdown, HTML or plain text.

        With `since` it opens with what changed from the state of the day before, if there was anything by then.
        """
        from warledger.brief import compose

        before = None
        if since is not None and since > date.min and (as_of is None or since <= as_of):
            before = self.view(as_of=since - timedelta(days=1), recorded=recorded)
            before = before if before.documents else None
        view = self.view(as_of=as_of, recorded=recorded)
        return compose(view, place=place, since=since, until=until, title=title, before=before)

    def timeline(
        self,
        wanted: EventFilter | None = None,
        *,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
        **filters: object,
    ) -> list[TimelineEntry]:
        """Dated events, oldest first, a line each; filters as for `events`."""
        from warledger.brief import timeline

        return timeline(self.view(as_of=as_of, recorded=recorded), filter_of(wanted, filters))

    def export(
        self,
        format: str,  # noqa: A002 - the word of the command line
        out: TextIO | str | Path,
        wanted: EventFilter | None = None,
        *,
        with_texts: bool = False,
        as_of: date | None = None,
        recorded: date | datetime | None = None,
        **filters: object,
    ) -> LeftOut:
        """Write the view to a text stream or path in a format of `warledger.export`; gives what it could not take, and why.

        A package (`with_texts` puts the documents' texts in) and Parquet need a path. Raises UsageError for another format, or
        one whose extra is missing. Open a stream with newline="" for CSV.
        """
        from warledger.export import export

        admitted = filter_of(wanted, filters)
        with self.store.reading():
            view = self._views.reading_through(as_of, recorded)
            if view is not None:
                with uncollected():
                    return export(view, format, out, admitted, with_texts=with_texts)
        return export(self.view(as_of=as_of, recorded=recorded), format, out, admitted, with_texts=with_texts)

    def verify(self) -> Iterator[Issue]:
        """Every fault: each quote read against its document, each checksum, id, reference and signature worked out again."""
        return verify(self.store)

    def issues(self) -> Iterator[Issue]:
        """What could not be read or decided: the issues that were kept, then the judgements that cannot be applied now."""
        yield from (issue for _, issue in self.store.log.issues())
        if self.store.log.judgements():
            yield from self._derived().issues

    # Knowing and judging

    def gazetteer(self, places: tuple[GazetteerPlace, ...] | None = None) -> Gazetteer:
        """The gazetteer with `places`, by default those that were added to this ledger."""
        from warledger.geo import Gazetteer

        extra = tuple(self.store.knowledge.places()) if places is None else places
        return Gazetteer.open(cache_dir=self.settings.cache_dir, extra=extra)

    def gazetteer_add(self, path: Path_) -> tuple[int, int]:
        """Add the places of a GeoNames dump or a CSV; how many were read and how many of them were new.

        A row that is no place is an issue. Raises InputError for a file that cannot be read. Documents that are there keep
        their places until `reextract`.
        """
        from warledger.geo import GazetteerPlace, read_places

        run = self._begin("gazetteer add")
        counts = Counter[str]()
        with self.store.transaction():
            for item in read_places(Path(path)):
                if isinstance(item, GazetteerPlace):
                    counts["read"] += 1
                    counts["new"] += self.store.knowledge.add_places((item,), run)
                else:
                    counts["issues"] += 1
                    self.store.log.add_issues((item,), run)
        self.store.log.end_run(run, counts)
        return counts["read"], counts["new"]

    def gazetteer_search(self, name: str, *, country: str = "", limit: int = 10) -> list[GazetteerPlace]:
        """Places of the gazetteer whose name is like `name`, best first."""
        with self.gazetteer() as gazetteer:
            return gazetteer.search(name, country, limit)

    @staticmethod
    def actors_search(text: str, *, limit: int = 10) -> list[ArmedActor]:
        """Armed actors of the lexicon whose name or alias is like `text`, best first."""
        from warledger.lexicon.actors import ActorLexicon

        return list(ActorLexicon.load().search(text, limit))

    def source_add(self, source: Source) -> bool:
        """Say all that is known of a source, in the place of what was; False if that is known already."""
        with self.store.transaction():
            return self.store.knowledge.add_sources([source], self._begin("source add")) == 1

    def sources_add(self, path: Path_) -> tuple[int, int]:
        """Take what a `sources.toml` says into the ledger; how many sources it names, and of how many that is new.

        Raises InputError, which lists every fault of the file; then nothing is taken.
        """
        return add_sources(self.store, path, self._begin)

    def take_sources(self) -> None:
        """Take in the file that the setting `sources` names, as `add` and `watch` do. Raises InputError and ConfigError."""
        take_settings_file(self.store, self.settings, self._begin)

    def sources_known(self, *, recorded: date | datetime | None = None) -> tuple[Source, ...]:
        """Every source of which something is known: first those that were added, by name, then those of warledger."""
        return sources_in_force(self.store, recorded)

    def judge(
        self, kind: str, subjects: Sequence[str], change: Mapping[str, str] | None = None, *, reason: str = "", user: str = ""
    ) -> Judgement:
        """Keep a person's decision: "same" or "different" for events or claims, "claim" to set fields of one, "undo".

        `subjects` are ids or their beginnings; an event stands for its first claim, which a better extractor keeps.
        `change` is for "claim": {"status": "denied"}, or {"reject": "yes"}. Raises NotFoundError and UsageError.
        """
        checked = judging.check(kind, subjects, change or {}, self.view(), self.store)
        with self.store.transaction():
            return self.store.log.judge(
                kind, checked.subjects, checked.change, user=user or self.settings.user or judging.login(), reason=reason
            )

    def undo(self, judgement: str, *, reason: str = "", user: str = "") -> Judgement:
        """Take a judgement back; an undo can itself be undone."""
        return self.judge("undo", [judgement], reason=reason, user=user)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, undone ones and undoings among them, the first one first."""
        return self.store.log.judgements()
