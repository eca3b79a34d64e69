"""Colours, type and the style sheet: one light and one dark theme over Qt's Fusion style, in any size of type."""

import re
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from planner.model.week import VisitKind
from planner.values import Struct
from ui.style_sheet import sheet

FAMILIES = ["Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Inter", "DejaVu Sans"]
TEXT_PX, SMALL_PX, TITLE_PX = 13, 11, 16


class Colours(Struct, frozen=True):
    """Every colour of one theme, as #rrggbb. Text on its ground keeps a contrast of at least 4.5:1."""

    ground: str
    raised: str
    hover: str
    line: str
    faint_line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_hover: str
    chosen: str
    chip: str
    good: str
    bad: str
    notice: str
    alarm: str
    capture: str
    care: str
    support: str
    duty: str
    overnight: str
    capture_tint: str
    care_tint: str
    support_tint: str
    duty_tint: str
    hatch: str

    def of_kind(self, kind: VisitKind) -> QColor:
        """The strong colour of a kind of visit."""
        return QColor(getattr(self, kind.value))

    def tint_of(self, kind: VisitKind) -> QColor:
        """The ground of a card of this kind."""
        return QColor(getattr(self, f"{kind.value}_tint"))


LIGHT = Colours(
    ground="#ffffff",
    raised="#ffffff",
    hover="#f2f4f7",
    line="#e3e6ec",
    faint_line="#eef0f4",
    text="#181d27",
    quiet="#596275",
    accent="#1f5fd6",
    on_accent="#ffffff",
    accent_hover="#1a51b8",
    chosen="#e6eefd",
    chip="#eef0f3",
    good="#15803d",
    bad="#b42318",
    notice="#fdf3e2",
    alarm="#fdeae8",
    capture="#1f5fd6",
    care="#0f766e",
    support="#b45309",
    duty="#667085",
    overnight="#7c3aed",
    capture_tint="#e6eefd",
    care_tint="#e3f4f1",
    support_tint="#fdf0de",
    duty_tint="#eef0f3",
    hatch="#d3d8e0",
)

DARK = Colours(
    ground="#1b1f27",
    raised="#232832",
    hover="#272d38",
    line="#2e3440",
    faint_line="#262b35",
    text="#e8ebf0",
    quiet="#9ba5b5",
    accent="#5b96ff",
    on_accent="#0c1322",
    accent_hover="#7aabff",
    chosen="#1d2e52",
    chip="#2b313c",
    good="#4ade80",
    bad="#ff8a7a",
    notice="#372b18",
    alarm="#451f1f",
    capture="#6ea2ff",
    care="#45c4ae",
    support="#f5a742",
    duty="#98a2b3",
    overnight="#a78bfa",
    capture_tint="#1d2d4f",
    care_tint="#173732",
    support_tint="#3d2d19",
    duty_tint="#2a2f39",
    hatch="#3a4150",
)


def font(pixels: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The text face: so many pixels as delivered, more where the type is larger; one object for all, so not to be changed."""
    return _face(round(scaled(pixels)), bold=bold)


def scaled(pixels: float) -> float:
    """A length that goes with the type, such as the height of a line: so many pixels as delivered, more where the type is larger."""
    return pixels * type_scale()


def type_scale() -> float:
    """How many times larger than as delivered the application's type is."""
    pixels = QApplication.font().pixelSize()
    return pixels / TEXT_PX if pixels > 0 else 1.0


@cache
def _face(pixels: int, *, bold: bool) -> QFont:
    """With digits of one width where the face has them."""
    face = QFont(FAMILIES)
    face.setPixelSize(pixels)
    face.setBold(bold)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


class Theme(QObject):
    """The theme in use: follows the system unless told otherwise, and tells everyone who paints with its own hand when it changes, as
    when the type does.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        app.setStyle("Fusion")
        app.setFont(_face(TEXT_PX, bold=False))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.colours = LIGHT
        self._percent = 100
        self._dressed: Colours | None = None
        self._follow()

    @property
    def name(self) -> Literal["light", "dark"]:
        """Either "light" or "dark"."""
        return "dark" if self.colours is DARK else "light"

    def choose(self, choice: str) -> None:
        """Use "light", "dark", or what the "system" has."""
        if choice != self._choice:
            self._choice = choice
            self._follow()

    def size_text(self, percent: int) -> None:
        """Set all text in so many per cent of the size it is delivered in."""
        if percent != self._percent:
            self._percent = percent
            self._app.setFont(_face(round(TEXT_PX * percent / 100), bold=False))
            self._dress()

    def _follow(self) -> None:
        dark = self._choice == "dark" or (self._choice == "system" and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark)
        colours = DARK if dark else LIGHT
        if colours is self._dressed:
            return
        self._dressed = self.colours = colours
        self._app.setPalette(_qt_palette(self.colours))
        self._dress()

    def _dress(self) -> None:
        self._app.setStyleSheet(_filled(sheet(self.name), self.colours))
        self.changed.emit()


def _filled(sheet: str, colours: Colours) -> str:
    """The style sheet in these colours and in the application's size of type."""
    sheet = re.sub(r"font-size: (\d+)px", lambda found: f"font-size: {round(scaled(int(found[1])))}px", sheet)
    # Longest names first, so that @capture does not eat the head of @capture_tint.
    for name in sorted(Colours.__slots__, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", getattr(colours, name))
    return sheet


def _qt_palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, colours.ground),
        (role.Base, colours.ground),
        (role.AlternateBase, colours.hover),
        (role.Button, colours.raised),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.Mid, colours.line),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.duty))
    return palette
