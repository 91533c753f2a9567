"""Fixtures of the tests of the documents."""

from tests_docs import hama, hama_made

__all__ = ["hama", "hama_made"]
