"""The window with 20,000 accounts: how soon it is of use, how long a selection takes, its longest steps, and the memory it takes.

python tests/bench/bench_window.py [HOME]   (without one, a home is made in half a minute)
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from as_started import in_window
from large_home import make_large_home

from planner.model.calendar import this_week


def main(home: Path) -> int:
    """Measure in processes of their own, as they would be started; returns 1 when the window was kept busy for longer than it may."""
    code = 0
    for done in in_window("use_window", [(part, str(home)) for part in ("start", "start", "start", "use")]):
        print(done.stdout + done.stderr, end="", flush=True)
        code |= done.returncode
    return code


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "home"
        make_large_home(made, this_week(date.today()))  # noqa: DTZ011 - her own calendar day
        sys.exit(main(made))
