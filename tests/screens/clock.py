"""A stopped clock, so that the header, Today and the line of now are the same in every picture."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

ZONE = "America/New_York"


def stop_clocks(at: datetime) -> None:
    """Let it be `at`, a wall clock of ZONE, for all that asks from now on; it can be called again for another moment."""
    time_machine.travel(at.replace(tzinfo=ZoneInfo(ZONE)), tick=False).start()
