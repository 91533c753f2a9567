"""Engines run pure stages over many items; the result does not depend on the engine or on how many work at once."""

from warledger.engine.components import components
from warledger.engine.local import Engine, LocalEngine

__all__ = ["Engine", "LocalEngine", "components"]
