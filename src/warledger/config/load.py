"""Settings from defaults, `warledger.toml`, the environment and arguments; a later place outranks an earlier one."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from warledger.config.settings import SETTINGS, Setting, Settings, Value, defaults
from warledger.errors import ConfigError

FILE_NAME = "warledger.toml"
FILE_VARIABLE = "WARLEDGER_CONFIG"
"""Names another file than ./warledger.toml."""
MAX_FILE_BYTES = 1 << 20
"""A settings file is a page of text; more than a mebibyte is some other file."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force and, for each by name, where its value came from ("default", "warledger.toml", ...)."""

    settings: Settings
    where: Mapping[str, str]

    def rows(self) -> list[tuple[Setting, Value, str]]:
        """Each setting with its value and where that came from, for `config show`."""
        return [(s, getattr(self.settings, s.name), self.where[s.name]) for s in SETTINGS]


def load(
    arguments: Mapping[str, object] | None = None,
    *,
    file: str | Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Read the settings. `arguments` that are None say nothing. Raises ConfigError for a name or value that cannot be.

    `file` must exist; so must the one that WARLEDGER_CONFIG names. Without either, ./warledger.toml is read if it is there.
    A relative path in the file counts from the file's folder.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Value] = defaults(environment)
    where = dict.fromkeys(values, "default")

    def take(setting: Setting, value: object, place: str, base: Path | None = None) -> None:
        read = setting.read(value, place)
        values[setting.name] = base / read if base is not None and isinstance(read, Path) else read
        where[setting.name] = place

    named = file if file is not None else environment.get(FILE_VARIABLE) or None
    path = Path(named if named is not None else FILE_NAME)
    for name, value in _file_values(path, must_exist=named is not None).items():
        base = path.parent if path.parent != Path() else None
        take(_known(name, str(path)), value, str(path), base)
    for setting in SETTINGS:
        if text := environment.get(setting.variable):
            take(setting, text, setting.variable)
    for name, value in (arguments or {}).items():
        if value is not None:
            take(_known(name, "the call"), value, f"--{name.replace('_', '-')}")
    return Config(Settings(**values), where)  # type: ignore[arg-type]


def _known(name: str, place: str) -> Setting:
    by_name = {setting.name: setting for setting in SETTINGS}
    if name in by_name:
        return by_name[name]
    near = get_close_matches(name, by_name, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(by_name)}"
    raise ConfigError(f"{place} sets {name!r}, which is no setting{hint}")


def _file_values(path: Path, *, must_exist: bool) -> Mapping[str, object]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        if must_exist:
            raise ConfigError(f"there is no settings file {path}") from error
        return {}
    except OSError as error:
        raise ConfigError(f"the settings file {path} cannot be read: {error.strerror}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigError(f"{path} is over {MAX_FILE_BYTES} bytes and no settings file")
    try:
        return tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
