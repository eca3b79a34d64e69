"""Run every benchmark of this folder, one after the other, and say which failed."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run them; returns 1 when one failed."""
    failed = []
    for script in sorted(HERE.glob("bench_*.py")):
        print(f"== {script.stem}", flush=True)
        surroundings = dict(os.environ, PYTHONPATH=str(HERE.parents[1]), QT_QPA_PLATFORM="offscreen")
        if subprocess.run([sys.executable, str(script)], env=surroundings, check=False).returncode != 0:
            failed.append(script.stem)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
