"""Every setting: its name, type, default, unit and meaning, in one place.

`SETTINGS` is the table that `config show` and the docs print; `Settings` has a field for each row.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from warledger.errors import ConfigError

Value = str | int | float | Path


@dataclass(frozen=True, slots=True)
class Setting:
    """What one setting is. `unit` is what its number counts; a number lies from `low` to `high`, both included."""

    name: str
    type: type
    default: Value
    doc: str
    unit: str = ""
    low: float = 0
    high: float = math.inf

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"WARLEDGER_{self.name.upper()}"

    def read(self, value: object, where: str) -> Value:
        """`value` as this setting's type. Raises ConfigError, which says `where` the value was given."""
        if self.type is Path:
            if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
                raise self._refuse(value, where, "a path")
            return Path(value).expanduser()
        if self.type is str:
            if not isinstance(value, str):
                raise self._refuse(value, where, "words")
            return value
        return self._number(value, where)

    def _number(self, value: object, where: str) -> Value:
        wanted = ("a whole number" if self.type is int else "a number") + f" from {self.low:g}"
        if self.high < math.inf:
            wanted += f" to {self.high:g}"
        whole = not isinstance(value, float) or self.type is float
        if not whole or isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self._refuse(value, where, wanted)
        try:
            number: int | float = self.type(value)
        except (ValueError, OverflowError) as error:
            raise self._refuse(value, where, wanted) from error
        if not self.low <= number <= self.high:
            raise self._refuse(value, where, wanted)
        return number

    def _refuse(self, value: object, where: str, wanted: str) -> ConfigError:
        shown = repr(value) if len(repr(value)) <= 80 else repr(value)[:77] + "..."
        unit = f" ({self.unit})" if self.unit else ""
        return ConfigError(f"{self.name} = {shown}, given by {where}, must be {wanted}{unit}")


SETTINGS = (
    Setting("ledger", Path, Path("warledger.db"), "The ledger's file; made on first use."),
    Setting(
        "sources",
        Path,
        Path("sources.toml"),
        "What you know of sources, taken into the ledger by `add` and `watch`; the default is read if it is there.",
    ),
    Setting(
        "cache_dir", Path, Path("~/.cache/warledger"), "Where what can be made again is kept, such as the gazetteer's index."
    ),
    Setting("jobs", int, 0, "How many processes extract at once; 0 is one for each processor.", "processes", 0, 1024),
    Setting(
        "max_file_bytes",
        int,
        50_000_000,
        "The largest file that is one document; a larger one is an issue. Tables and JSON Lines have no limit.",
        "bytes",
        1,
    ),
    Setting(
        "max_archive_bytes",
        int,
        10_000_000_000,
        "How much an archive (ZIP, gzip, WARC, WACZ, .xlsx, Parquet) may unpack to, with all that is nested in it.",
        "bytes",
        1,
    ),
    Setting(
        "max_archive_members", int, 1_000_000, "How many files an archive may hold, with all that is nested in it.", "files", 1
    ),
    Setting(
        "max_archive_depth",
        int,
        5,
        "How many archives may lie in one another; the pages of a packed web archive are two deep.",
        "archives",
        0,
        16,
    ),
    Setting("max_pages", int, 2_000, "How many pages of a PDF are read.", "pages", 1),
    Setting("max_feed_bytes", int, 10_000_000, "The longest answer that is taken from a feed, unpacked.", "bytes", 1),
    Setting("fetch_stall_s", float, 20.0, "How long a server may be silent.", "seconds", 0.1, 3_600),
    Setting("fetch_total_s", float, 120.0, "How long one request may take in all, redirects too.", "seconds", 0.1, 86_400),
    Setting("user_agent", str, "", "What `watch` calls itself to servers; empty is the name and version of warledger."),
    Setting(
        "busy_timeout_s", float, 30.0, "How long to wait while another process writes to the ledger.", "seconds", 0, 86_400
    ),
    Setting("derived_kept", int, 8, "For how many of its states the ledger keeps the derived events and spells.", "states", 0),
    Setting("user", str, "", "The name put under judgements; empty is the login name."),
)
"""Every setting, in the order in which `config show` prints them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, one field a setting; `warledger.config.load` fills it."""

    ledger: Path
    sources: Path
    cache_dir: Path
    jobs: int
    max_file_bytes: int
    max_archive_bytes: int
    max_archive_members: int
    max_archive_depth: int
    max_pages: int
    max_feed_bytes: int
    fetch_stall_s: float
    fetch_total_s: float
    user_agent: str
    busy_timeout_s: float
    derived_kept: int
    user: str

    @property
    def processes(self) -> int:
        """`jobs`, with 0 as the number of processors that this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def defaults(environment: Mapping[str, str]) -> dict[str, Value]:
    """The value of each setting where nothing else is said. XDG_CACHE_HOME moves the cache, as it does for other programs."""
    values = {setting.name: setting.default for setting in SETTINGS}
    base = environment.get("XDG_CACHE_HOME", "")
    values["cache_dir"] = Path(base) / "warledger" if base.startswith("/") else Path("~/.cache/warledger").expanduser()
    return values
