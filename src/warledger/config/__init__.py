"""Settings: what can be set, and where each value came from."""

from warledger.config.load import Config, load
from warledger.config.settings import SETTINGS, Setting, Settings

__all__ = ["SETTINGS", "Config", "Setting", "Settings", "load"]
