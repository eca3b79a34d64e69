"""The window with 20,000 accounts: how soon it is of use, how long a selection takes, its longest steps, and the memory it takes.

python tests/bench/bench_window.py [HOME]   (without one, a home is made in half a minute)
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from large_home import make_large_home

from planner.model.calendar import this_week

HERE = Path(__file__).parent


def main(home: Path) -> int:
    """Measure in processes of their own, as they would be started; returns 1 when the window was kept busy for longer than it may."""
    surroundings = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    code = 0
    for part in ("start", "start", "start", "use"):
        command = [sys.executable, str(HERE / "use_window.py"), part, str(home), str(time.time())]
        code |= subprocess.run(command, env=surroundings, check=False).returncode
    return code


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "home"
        make_large_home(made, this_week(date.today()))  # noqa: DTZ011 - her own calendar day
        sys.exit(main(made))
