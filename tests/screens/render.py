"""Pictures of every page, dialog and empty state, to be looked at and compared: `python tests/screens/render.py`, into build/screens/.

Over the sample territory, over an empty home and, where the real data lies beside the project, over State College; light and dark, in two
sizes. The clock stands still, the plan is searched for a number of rounds, one family of letters is used, and Qt draws off screen: there
no window manager, no pointer and no resolution of a screen has a say, so that two runs give the same pictures. What QT_QPA_PLATFORM says
comes first: `QT_QPA_PLATFORM=xcb xvfb-run -a python tests/screens/render.py` takes them through an X server.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fonts import fingerprint, use_only_ours
from scene import BOOKS, LARGE, THEMES

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "screens"
SCREEN = Path(__file__).with_name("screen.json")


def main() -> int:
    """Make what is shown, take the pictures of both themes side by side, and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=OUT, help="where the pictures are written")
    parser.add_argument("--only", default="", help="take only pictures with this in their name")
    parser.add_argument("--theme", choices=THEMES, help="take only pictures of this theme")
    parser.add_argument("--homes", type=Path, help="a folder for the homes that are shown: made there once, and used again the next time")
    parser.add_argument("--take", choices=THEMES, help=argparse.SUPPRESS)
    parser.add_argument("--make", choices=BOOKS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":  # by itself its screen is smaller than the window
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREEN}"
    os.environ["LOGNAME"] = "sam"  # whose name stands in the history
    if options.take:
        return _take(options.homes, options.out, options.take, options.only)
    if options.make:
        return _make(options.homes, options.make)
    began = time.monotonic()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    homes = options.homes or _kept_homes()
    side_by_side = [_again("--make", book, homes, options) for book in _books(options.only, options.theme)]
    failed = sum(process.wait() != 0 for process in side_by_side)
    if not failed:
        side_by_side = [_again("--take", theme, homes, options) for theme in THEMES if options.theme in {None, theme}]
        failed = sum(process.wait() != 0 for process in side_by_side)
    taken = len(list(options.out.glob("*.png")))
    sys.stdout.write(f"{taken} pictures in {options.out}, {time.monotonic() - began:.0f} s\n")
    return 1 if failed else 0


def _again(work: str, what: str, homes: Path, options: argparse.Namespace) -> subprocess.Popen:
    """A process for one theme or book: its letters and its clock are set before Qt and the planner begin."""
    return subprocess.Popen(
        [sys.executable, __file__, work, what, "--homes", str(homes), "--out", str(options.out), "--only", options.only]
    )


def _kept_homes() -> Path:
    """The folder of the homes that are shown: another one as soon as anything is changed that made them."""
    made_by = hashlib.sha256()
    for source in sorted((*(ROOT / "planner").rglob("*.py"), *(ROOT / "data").rglob("*.*"), Path(__file__).with_name("homes.py"))):
        made_by.update(source.read_bytes())
    kept = ROOT / "build" / "screens-homes" / made_by.hexdigest()[:16]
    for other in kept.parent.glob("*") if kept.parent.is_dir() else ():
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)
    kept.mkdir(parents=True, exist_ok=True)
    return kept


def _books(only: str, theme: str | None) -> Iterator[str]:
    """The books that scenes are wanted of."""
    import homes
    import scenes

    for book in BOOKS:
        wanted = any(only in file and (theme or "") in file for scene in scenes.of(book) for file in scene.files())
        if wanted and (book != "state-college" or homes.SHARED.is_dir()):
            yield book
        elif wanted:
            sys.stdout.write("No pictures of State College: the real data is not beside the project.\n")


def _make(folder: Path, book: str) -> int:
    """Make a home, unless it is there already."""
    import homes

    if not (folder / book).exists():
        unfinished = folder / f"{book} unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        {"sample": homes.sample, "empty": homes.empty, "state-college": homes.state_college}[book](unfinished)
        unfinished.rename(folder / book)
    return 0


def _take(folder: Path, out: Path, theme: str, only: str) -> int:
    """Take the pictures of one theme; returns 1 when a scene did not come about, which is told then."""
    use_only_ours()
    import homes
    from clock import stop_clocks
    from PySide6.QtCore import QLocale, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    stop_clocks(homes.NOW)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    qInstallMessageHandler(_tell_qt)
    app = QApplication([])
    app.setCursorFlashTime(0)
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as copies:
        for book in BOOKS:
            if (folder / book).exists():
                failed += _take_book(app, homes.copy(folder / book, Path(copies) / book), book, out, theme, only)
    (out / "fonts.txt").write_text(fingerprint() + "\n", encoding="utf-8")
    return 1 if failed else 0


def _tell_qt(_kind: object, _where: object, text: str) -> None:
    """Off the screen there is no window manager to tell sizes or to raise a window, which Qt says each time."""
    if "does not support" not in text:
        sys.stderr.write(f"Qt: {text}\n")


def _take_book(app, home: Path, book: str, out: Path, theme: str, only: str) -> int:
    import homes
    import scenes
    from stage import Stage, play

    from planner.usecases.workspace import open_workspace
    from ui.app import make_window
    from ui.style import Theme

    mine = [scene for scene in scenes.of(book) if theme in scene.themes]
    wanted = [(scene, size) for scene in mine for size in scene.sizes if only in scene.file(theme, size)]
    if not wanted:
        return 0
    failed = 0
    with open_workspace(home, window=True) as workspace:
        options = argparse.Namespace(week=homes.WEEK, theme=theme, size=LARGE, page="week", sample=False, screenshot=None)
        window = make_window(workspace, Theme(app, theme), options)
        window.show()
        stage = Stage(window, window._context.theme)
        stage.settle()
        for scene, size in wanted:
            file = scene.file(theme, size)
            try:
                play(stage, scene, size, out / file)
            except Exception as error:  # noqa: BLE001 - the other scenes are still wanted
                failed += 1
                sys.stderr.write(f"{file}: {type(error).__name__}: {error}\n")
        stage.clear(LARGE)
        window.close()
    with (out / "dialogs.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in sorted(stage.seen))
    return failed


if __name__ == "__main__":
    from planner.process import settle

    settle()
    raise SystemExit(main())
