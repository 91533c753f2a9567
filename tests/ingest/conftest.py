"""What the tests of readers read with."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_samples import Items

from warledger.core import Document, Issue
from warledger.ingest import ReadOptions, read


@pytest.fixture
def items(tmp_path: Path) -> Items:
    """Reads bytes or text as a file of a name that says nothing; gives documents and issues."""

    def of(content: str | bytes, name: str = "in.dat", **options: object) -> tuple[list[Document], list[Issue]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = list(read([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
        return [i for i in found if isinstance(i, Document)], [i for i in found if isinstance(i, Issue)]

    return of
