"""The clock that stands still, in a process of its own: it must not stop for the other tests."""

import subprocess
import sys
from pathlib import Path

_ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import date, datetime
from clock import stop_clocks
stop_clocks(datetime(2026, 12, 1, 10, 20))
print(date.today(), datetime.now().astimezone().isoformat())
stop_clocks(datetime(2026, 12, 24, 8))
print(date.today())
"""


def test_everybody_who_asks_is_told_the_same_moment():
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert asked.stdout.splitlines() == ["2026-12-01 2026-12-01T10:20:00-05:00", "2026-12-24"]
