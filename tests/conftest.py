"""What holds for all tests: hypothesis draws the same examples on every machine, and takes no offence at a slow one."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("warledger", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("warledger")
