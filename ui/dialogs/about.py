"""What this program is, what it is made of, and whose map data it shows."""

import platform
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.dialogs.frame import close_button, column_of
from ui.widgets.parts import label
from ui.widgets.scrolled import Scrolled

MAP_DATA = "Map data is © OpenStreetMap contributors, under the Open Database License (openstreetmap.org/copyright)."
SAMPLE = "The sample territory is invented: its county, people and businesses do not exist."


class About(QDialog):
    """Versions and licenses of the program and of the libraries it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(680, 600)
        column = column_of(self, f"Roadbook {_version('roadbook')}", window_title="About Roadbook", spacing=6)
        column.addWidget(label("A territory and travel planner that works with no network. MIT license.", "quiet", wrap=True))
        column.addWidget(label(f"{MAP_DATA} {SAMPLE}", wrap=True))
        inside = QWidget()
        table = QGridLayout(inside)
        table.setContentsMargins(0, 4, 16, 4)
        table.setHorizontalSpacing(20)
        table.setVerticalSpacing(6)
        table.setColumnStretch(2, 1)
        own = (("Python", platform.python_version(), "PSF-2.0"), ("Qt", qVersion(), "LGPL-3.0-only"))
        for row, (name, its_version, licence) in enumerate((*own, *libraries())):
            table.addWidget(label(name), row, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(label(its_version, "quiet"), row, 1, Qt.AlignmentFlag.AlignTop)
            table.addWidget(label(licence, "quiet", wrap=True), row, 2)
        table.setRowStretch(table.rowCount(), 1)
        column.addWidget(Scrolled(inside, "Libraries and their licenses"), 1)
        column.addWidget(close_button(self))


def libraries() -> list[tuple[str, str, str]]:
    """The libraries that the program needs, each with its version and license."""
    names = sorted({_name(each) for each in requires("roadbook") or () if "extra ==" not in each}, key=str.casefold)
    return [(name, _version(name), licence_of(name)) for name in names]


def licence_of(name: str) -> str:
    """The license of a library as its package tells it; of one that tells all of its text, what it is called."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "not installed"
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    own = (told.get("License") or "").strip().partition("\n")[0]
    return " ".join((told.get("License-Expression") or ", ".join(classified) or own or "see its package").split())


def _name(requirement: str) -> str:
    head = requirement.split(";", maxsplit=1)[0]
    return next((head[:at] for at, letter in enumerate(head) if not (letter.isalnum() or letter in "-_.")), head).strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
