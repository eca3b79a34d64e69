"""Every page, dialog and empty state looks as it was approved."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from difference import compare
from homes import SHARED
from pictures import APPROVED, DIFFERENCES, FONTS, SCREENS, approved_of, load, marked, reduced, save

KEPT = sorted(file.stem for file in APPROVED.glob("*.webp"))
REAL = set() if SHARED.is_dir() else {name for name in KEPT if name.startswith("state-college")}
"""What cannot be taken here."""
UNSTEADY = (
    "accounts-large-text",
    "accounts-layers",
    "dialog-bulk",
    "dialog-duties",
    "empty-dialog-check-places",
    "menu-",
    "state-college-town",
    "state-college-week",
    "week-not-planned",
)
"""What is as large as what was loaded by then, or stands where it found room: taken, to be looked at, and not compared."""
UI = Path(__file__).resolve().parents[2] / "ui"
RENDER = Path(__file__).with_name("render.py")


@pytest.fixture(scope="module")
def taken() -> subprocess.CompletedProcess[str]:
    """What was said while the pictures were taken."""
    return subprocess.run([sys.executable, RENDER], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def screens(taken) -> Path:
    """The folder of the pictures, taken now; skips where letters are drawn otherwise than in the approved ones."""
    if not KEPT:
        pytest.skip("no picture is approved yet: python tests/screens/render.py, look at them, python tests/screens/approve.py")
    if not (SCREENS / FONTS).exists():
        pytest.skip("no picture was taken")
    here, there = ((folder / FONTS).read_text(encoding="utf-8").strip() for folder in (SCREENS, APPROVED))
    if here != there:
        pytest.skip(
            f"The letters of this machine are not those of the approved pictures ({here}, not {there}), so no picture can be compared. "
            "The family is DejaVu Sans 2.37; on Debian and Ubuntu: apt-get install fonts-dejavu-core"
        )
    return SCREENS


@pytest.mark.timeout(900)
def test_every_picture_can_be_taken(taken):
    assert taken.returncode == 0, f"Not every picture could be taken.\n{taken.stderr}"


@pytest.mark.timeout(900)
def test_every_picture_has_been_approved(screens: Path):
    there = {file.stem for file in screens.glob("*.png")}
    new, gone = sorted(there - set(KEPT)), sorted(set(KEPT) - there - REAL)
    assert not new, f"Look at these, then run python tests/screens/approve.py: {', '.join(new)}"
    assert not gone, f"These are not taken any more; if that is meant, run python tests/screens/approve.py: {', '.join(gone)}"


@pytest.mark.timeout(900)
def test_there_is_a_picture_of_every_dialog(screens: Path):
    sources = "\n".join(file.read_text(encoding="utf-8") for file in UI.rglob("*.py"))
    written = set(re.findall(r"^class (\w+)\((?:QDialog|SmallForm)\)", sources, re.MULTILINE))
    shown = set((screens / "dialogs.txt").read_text(encoding="utf-8").split())
    assert written - shown == {"SmallForm"}, "Give each of them a scene in tests/screens/scenes/dialogs.py"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [name for name in KEPT if not name.startswith(UNSTEADY)])
def test_it_looks_as_approved(screens: Path, tmp_path: Path, name: str):
    file = screens / f"{name}.png"
    if not file.exists():
        pytest.skip("it was not taken: the real data beside the project is not there, or see above")
    now, kept = reduced(load(file)), load(approved_of(file))
    found = compare(now, kept)
    if found.is_noticed:  # once more by itself: a busy machine may have been slow to bring something
        theme = "dark" if "-dark-" in name else "light"
        subprocess.run([sys.executable, RENDER, "--only", name, "--theme", theme, "--out", tmp_path], capture_output=True, check=True)
        file = tmp_path / file.name
        now = reduced(load(file))
        found = compare(now, kept)
    if found.is_noticed:
        for what, pixels in (("now", load(file)), ("approved", kept), ("difference", marked(now, found))):
            save(pixels, DIFFERENCES / f"{name}-{what}.png")
        x, y = (2 * each for each in found.at)
        pytest.fail(
            f"{name} differs by {found.worst:.1f} at ({x}, {y}), over {found.share:.1%} of it; see {DIFFERENCES / name}-difference.png.",
            pytrace=False,
        )
