"""What is known of sources: the file that a user keeps of them, into the ledger, and all that is in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Final

from warledger.config import Settings
from warledger.core import Run, Source
from warledger.errors import ConfigError
from warledger.store import Store

USUAL_FILE: Final = Path("sources.toml")
"""Need not be there; any other file that a setting names must."""

Begin = Callable[[str], Run]


def add_sources(store: Store, path: str | PathLike[str], begin: Begin) -> tuple[int, int]:
    """Keep what a file says of sources; how many it names, and of how many that was not known so. Raises InputError."""
    from warledger.lexicon.source_file import read_sources

    found = read_sources(Path(path))
    known = store.knowledge.sources()
    if all(known.get(source.name) == source for source in found):
        return len(found), 0
    with store.transaction():
        run = begin("sources add")
        new = store.knowledge.add_sources(found, run)
        store.log.end_run(run, {"read": len(found), "new": new})
    return len(found), new


def take_settings_file(store: Store, settings: Settings, begin: Begin) -> None:
    """Keep what the file of the setting `sources` says. Raises InputError for its faults, ConfigError if it is not there."""
    if settings.sources.exists():
        add_sources(store, settings.sources, begin)
    elif settings.sources != USUAL_FILE:
        raise ConfigError(f"there is no file {settings.sources}, which the setting sources names")


def sources_in_force(store: Store, recorded: date | datetime | None = None) -> tuple[Source, ...]:
    """Every source of which something is known: those that were added to the ledger, by name, then those of warledger."""
    from warledger.ledger.state import moment
    from warledger.lexicon.sources import SourceLexicon

    own = store.knowledge.sources(recorded=moment(recorded))
    lexicon = SourceLexicon(own.values(), over=SourceLexicon.load())
    return (*own.values(), *(source for source in lexicon.sources.values() if source.name not in own))
