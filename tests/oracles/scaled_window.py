"""Run as a program with QT_SCALE_FACTOR set: opens a home in the window, and prints every text that is cut off on its pages."""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication


def main(home: Path, pictures: str) -> None:
    """Print what is cut off, and the pixels that each of the window's has, as JSON."""
    from cut_texts import cut_texts
    from whole_window import opened, pages, settle

    from planner.usecases.workspace import open_workspace
    from ui.style import Theme

    app = QApplication(["scaled"])
    cut: list[str] = []
    with open_workspace(home) as workspace, opened(workspace, Theme(app, "light"), (1100, 700)) as window:
        for page, way in pages().items():
            way(window)
            settle(window)
            cut += [f"{page}: {each}" for each in cut_texts(window)]
            if pictures:
                window.grab().save(f"{pictures}/{page} {window.devicePixelRatio():.1f}.png")
        ratio = window.devicePixelRatio()
    sys.stdout.write(json.dumps({"ratio": ratio, "cut": cut}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
