"""What this program is, what it is made of, and whose map data it shows."""

import platform
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.parts import label, pair, separator

MAP_DATA = "Map data is © OpenStreetMap contributors, under the Open Database License (openstreetmap.org/copyright)."
SAMPLE = "The sample territory is invented: its county, people and businesses do not exist."
_LONGEST = 36


class About(QDialog):
    """Versions and licences of the program and of the libraries it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Roadbook")
        self.resize(560, 560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(6)
        layout.addWidget(label(f"Roadbook {_version('roadbook')}", "title"))
        layout.addWidget(label("A territory and travel planner that works with no network. MIT licence.", "quiet", wrap=True))
        layout.addWidget(label(f"{MAP_DATA} {SAMPLE}", wrap=True))
        inside = QWidget()
        inside.setObjectName("scrolled")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 10, 0)
        lines.setSpacing(3)
        for name, told in (("Python", platform.python_version()), ("Qt", qVersion()), *libraries()):
            lines.addWidget(pair(name, told, right_role="quiet"))
            lines.addWidget(separator())
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName("Libraries and their licences")
        layout.addWidget(scroll, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def libraries() -> list[tuple[str, str]]:
    """The libraries that the program needs, each with its version and licence."""
    names = sorted({_name(each) for each in requires("roadbook") or () if "extra ==" not in each}, key=str.casefold)
    return [(name, f"{_version(name)} · {licence_of(name)}") for name in names]


def licence_of(name: str) -> str:
    """The licence of a library as its package tells it, on one short line."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "not installed"
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    text = " ".join((told.get("License-Expression") or ", ".join(classified) or told.get("License") or "see its package").split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _name(requirement: str) -> str:
    head = requirement.split(";", maxsplit=1)[0]
    return next((head[:at] for at, letter in enumerate(head) if not (letter.isalnum() or letter in "-_.")), head).strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
