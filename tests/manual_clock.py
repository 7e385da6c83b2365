"""The test kit's clock, under the name that the rooms know."""

from videogen_agents.testing.manual_clock import ManualClock

__all__ = ["ManualClock"]
