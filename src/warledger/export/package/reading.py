"""Reads the files of a package, folder or zip, as they stand. No name in it is ever used as a path of this machine."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, Self

from warledger.errors import InputError
from warledger.export.package.layout import BAGIT

MAX_TOTAL_BYTES: Final = 16 << 30
"""A zip file that says it unpacks to more is not read."""
MAX_LINE_BYTES: Final = 64 << 20
"""A longer line of JSON is not read; the largest events of a ledger take some megabytes."""
MAX_TEXT_BYTES: Final = 256 << 20
"""A larger text or metadata file is not read."""
_BLOCK: Final = 1 << 20
_ENCRYPTED: Final = 0x1

DAMAGED: Final = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged or hostile file raises."""


class Package:
    """The files of a package by name, "/" between folders; `strange` are names that no package has, with what is wrong."""

    def __init__(self, path: Path) -> None:
        """Raises InputError for what is neither a folder nor a zip file, or is too large."""
        self.strange: list[tuple[str, str]] = []
        self._archive: zipfile.ZipFile | None = None
        self._paths: dict[str, Path] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            if path.is_dir():
                self._list_folder(path)
            else:
                self._archive = zipfile.ZipFile(path)
                self._list_archive(self._archive.infolist(), path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            self.close()
            raise InputError(f"{path} is no package: neither a folder nor a zip file that can be read ({error})") from error
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
        self.names = tuple(sorted(self._paths or self._members))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the zip file."""
        if self._archive is not None:
            self._archive.close()

    def open(self, name: str) -> IO[bytes]:
        """The file of this name. Raises KeyError if there is none, and one of DAMAGED."""
        if self._archive is not None:
            return self._archive.open(self._members[name])
        return self._paths[name].open("rb")

    def sha256(self, name: str) -> tuple[str, int]:
        """Hash and size in bytes of a file. Raises as `open` does."""
        digest, size = hashlib.sha256(), 0
        with self.open(name) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
        return digest.hexdigest(), size

    def read(self, name: str) -> bytes:
        """A whole file. Raises as `open` does; ValueError for one that is larger than MAX_TEXT_BYTES."""
        with self.open(name) as stream:
            found = stream.read(MAX_TEXT_BYTES + 1)
        if len(found) > MAX_TEXT_BYTES:
            raise ValueError(f"it is larger than {MAX_TEXT_BYTES >> 20} MiB")
        return found

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file. Raises as `open` does; ValueError for a line longer than MAX_LINE_BYTES."""
        with self.open(name) as stream:
            while found := stream.readline(MAX_LINE_BYTES + 1):
                if len(found) > MAX_LINE_BYTES:
                    raise ValueError(f"a line is longer than {MAX_LINE_BYTES >> 20} MiB")
                yield found

    def _list_folder(self, root: Path) -> None:
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                self.strange.append((name, "a link; a package holds files alone"))
            elif path.is_file():
                self._paths[name] = path
            elif not path.is_dir():
                self.strange.append((name, "neither a file nor a folder"))

    def _list_archive(self, members: list[zipfile.ZipInfo], path: Path) -> None:
        if sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
            raise InputError(f"{path} unpacks to more than {MAX_TOTAL_BYTES >> 30} GiB and is not read")
        tops = [m.filename.removesuffix(BAGIT) for m in members if m.filename.split("/")[-1] == BAGIT]
        top = min(tops, key=len, default="")
        for member in members:
            name = member.filename
            if member.is_dir():
                continue
            if not name.startswith(top) or name.startswith("/") or ".." in name.split("/"):
                self.strange.append((name, "it stands outside the package's folder"))
            elif name.removeprefix(top) in self._members:
                self.strange.append((name, "the name is there twice"))
            elif member.flag_bits & _ENCRYPTED:
                self.strange.append((name, "it is locked with a password"))
            else:
                self._members[name.removeprefix(top)] = member
