from datetime import datetime

import pytest


@pytest.fixture
def at(plan):
    """A time of the plan's Monday on her wall clock."""
    day = plan.days[0].day
    return lambda hour, minute: datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a wall clock
