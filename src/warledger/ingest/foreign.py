"""Other people's readers, kept quiet: what they warn of and log is for their authors, not for a reader of reports."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LOGGERS: Final = ("trafilatura", "htmldate", "courlan", "justext", "readability", "pypdf", "openpyxl", "warcio", "feedparser")


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings inside. Not to be held over a `yield`: the filters belong to the whole process."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
