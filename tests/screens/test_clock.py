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
import planner.store.journal as journal
import planner.usecases.accounts as accounts
import ui.accounts.filter_form as form
import ui.week.board_layout as board
print(accounts.date.today(), board.datetime.now().astimezone().isoformat(), journal.datetime.now(journal.UTC).isoformat())
print(form.QDate.currentDate().toString("yyyy-MM-dd"), isinstance(date(2026, 1, 1), accounts.date), type(accounts.date(2026, 1, 2)) is date)
print(isinstance(datetime(2026, 1, 1), board.datetime), accounts.date.fromisoformat("2026-01-03"), isinstance("2026", accounts.date))
stop_clocks(datetime(2026, 12, 24, 8))
print(accounts.date.today())
"""


def test_everybody_who_asks_is_told_the_same_moment_and_dates_stay_dates():
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert asked.stdout.splitlines() == [
        "2026-12-01 2026-12-01T10:20:00-05:00 2026-12-01T15:20:00+00:00",
        "2026-12-01 True True",
        "True 2026-01-03 False",
        "2026-12-24",
    ]
