"""Finds, verifies and runs the network; nothing else knows which runtime."""

from warledger.model.network import Network, Output, Tables, prepare
from warledger.model.windows import Window, Words, cut, read_words

__all__ = ["Network", "Output", "Tables", "Window", "Words", "cut", "prepare", "read_words"]
