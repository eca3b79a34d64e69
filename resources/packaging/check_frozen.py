"""Check a built application: on a fresh account it plans without compiling anything, builds roads, draws routes and opens its window.

usage: python check_frozen.py [FOLDER]     the folder that PyInstaller made; dist/roadbook when not given
"""
# ruff: noqa: INP001, S603, T201 - a script of its own that starts the programs it is given, and prints

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BUILT = Path(__file__).resolve().parents[2] / "dist" / "roadbook"
ENDING = ".exe" if sys.platform == "win32" else ""
HOUR = 3600


def fresh(folder: Path) -> dict[str, str]:
    """The environment of an account that has never run Roadbook, where numba tells what machine code it loads and what it compiles."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "PYTHON"))}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_DATA_HOME", "ROADBOOK_HOME"), str(folder))
    return kept | homes | {"NUMBA_DEBUG_CACHE": "1", "NUMBA_DUMP_BYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}


def tiny_week() -> str:
    """Two days and nine visits in the benchmark format, with a lunch, a block, a duty and a pair of which one is enough."""
    places = range(10)
    hours = {"start": 0, "end": 0, "opens": 8 * HOUR, "closes": 17 * HOUR, "max_drive": 4 * HOUR}
    lunch = {"earliest": 11 * HOUR, "latest": 14 * HOUR, "seconds": HOUR}
    days = [hours | {"lunch": lunch, "blocks": [[9 * HOUR, 10 * HOUR]]}, hours | {"lunch": None}]
    windows = [[day, 8 * HOUR, 16 * HOUR] for day in range(len(days))]
    visits = [
        {"id": f"{k}", "place": k, "service": HOUR, "value": k, "mandatory": k == 1, "group": "pair" if k > 7 else None, "windows": windows}
        for k in places[1:]
    ]
    seconds = [[600 * abs(a - b) for b in places] for a in places]
    return json.dumps({"format": "roadbook-week-1", "name": "tiny", "seconds": seconds, "days": days, "visits": visits})


def check(environment: dict[str, str], program: Path, *arguments: str) -> None:
    """Run one of the programs; it must end well, load machine code and compile none."""
    what = f"{program.stem} {arguments[0]}"
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode != 0:
        sys.exit(f"{what} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    loaded, compiled = done.stdout.count("[cache] data loaded"), done.stdout.count("\tRESUME(")  # every function's bytecode begins so
    print(f"{what}: {loaded} functions loaded, {compiled} compiled")
    if compiled or not loaded:
        sys.exit("all machine code should have come with the application")


def main() -> None:
    """Run all checks; ends with a message and exit code 1 at the first that fails."""
    application = Path(sys.argv[1] if len(sys.argv) > 1 else BUILT).resolve()
    command, window = application / f"roadbook{ENDING}", application / f"roadbook-desktop{ENDING}"
    with tempfile.TemporaryDirectory(prefix="roadbook-check-") as scratch:
        folder = Path(scratch)
        week, demo, picture = folder / "week.json", folder / "demo", folder / "window.png"
        week.write_text(tiny_week(), encoding="utf-8")
        check(fresh(folder), command, "solve", str(week), "--seconds", "3")
        check(fresh(folder), command, "demo", "--out", str(demo), "--seconds", "1")
        check(fresh(folder), window, "--screenshot", str(picture), "--home", str(demo / "data"))
        for drawn in (demo / "window.png", picture):
            if not drawn.exists():
                sys.exit(f"{drawn.relative_to(folder)} was not drawn")
    print("the application is whole")


if __name__ == "__main__":
    main()
