"""Times of day in the planner's messages are those the board shows."""

import pytest

from planner.planning.frame import clock_text


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0:00"), (29, "0:00"), (31, "0:01"), (39_710, "11:02"), (39_689, "11:01"), (59_399, "16:30"), (86_400, "24:00")],
)
def test_a_time_is_told_to_the_nearest_minute(seconds: int, told: str) -> None:
    assert clock_text(seconds) == told
