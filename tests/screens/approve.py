"""Take the pictures in build/screens/ as they should be: `python tests/screens/approve.py`, after looking at them.

What is there replaces what was approved, and a picture that is not taken any more goes; README.md shows some of the same pictures.
`--only NAME` approves those with this in their name.
"""

import argparse
import shutil
import sys
from pathlib import Path

from difference import compare
from pictures import APPROVED, FONTS, SCREENS, approved_of, load, reduced, save

SCREENSHOTS = Path(__file__).resolve().parents[2] / "resources" / "screenshots"
SHOWN = {"week": "week-light-1440", "week-dark": "week-dark-1440", "today": "today-light-1440", "accounts": "accounts-light-1440"}
"""The pictures of README.md, and which of the screens they are."""


def main() -> int:
    """Approve, and say how many were new, changed and gone, and how large the set is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", default="", help="approve only pictures with this in their name")
    only = parser.parse_args().only
    taken = [file for file in sorted(SCREENS.glob("*.png")) if only in file.name]
    if not taken:
        sys.stderr.write(f"There is no picture to approve in {SCREENS}. Take them first: python tests/screens/render.py\n")
        return 1
    new = changed = 0
    for file in taken:
        kept, now = approved_of(file), reduced(load(file))
        if not kept.exists():
            new += 1
        elif compare(now, load(kept)).is_noticed:
            changed += 1
        else:
            continue  # the same to the eye: the file stays, so that the history does not grow
        save(now, kept)
    gone = [] if only else [kept for kept in APPROVED.glob("*.webp") if not (SCREENS / f"{kept.stem}.png").exists()]
    for kept in gone:
        kept.unlink()
    shutil.copyfile(SCREENS / FONTS, APPROVED / FONTS)
    for name, screen in SHOWN.items():
        if (SCREENS / f"{screen}.png").exists():
            shutil.copyfile(SCREENS / f"{screen}.png", SCREENSHOTS / f"{name}.png")
    size = sum(file.stat().st_size for file in APPROVED.iterdir()) / 1e6
    sys.stdout.write(f"{new} new, {changed} changed, {len(gone)} gone, {len(taken) - new - changed} as they were: {size:.1f} MB approved\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
