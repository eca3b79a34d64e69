"""No word is cut off: in both sizes of window, with larger type, from right to left, and on screens of any density."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cut_texts import cut_texts
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget
from whole_window import action_dialogs, close_dialogs, dialogs, inner_dialogs, live_in, opened, pages, settle

from ui import style
from ui.style import Theme

SIZES = ((1440, 900), (1100, 700))
LARGER = 1.25
ORACLES = Path(__file__).parents[1] / "oracles"
PICTURES = os.environ.get("ROADBOOK_TEST_PICTURES", "")


@pytest.fixture
def lived_in(filled, accounts, plan):
    live_in(filled, accounts, plan)
    return filled


@pytest.fixture
def larger_type(monkeypatch, qapp):
    """A theme with all type of the widgets a quarter larger."""

    def larger(found):
        return f"font-size: {round(int(found[1]) * LARGER)}px"

    monkeypatch.setattr(style, "SHEET", re.sub(r"font-size: (\d+)px", larger, style.SHEET))
    theme, face = Theme(qapp, "light"), QFont(qapp.font())
    face.setPixelSize(round(style.TEXT_PX * LARGER))
    qapp.setFont(face)
    return theme


def cut_on_pages(window, name):
    """What is cut off on the pages, in both sizes."""
    found = []
    for size in SIZES:
        window.resize(*size)
        for page, way in pages().items():
            way(window)
            settle(window)
            found += [f"{page} at {size[0]}: {each}" for each in cut_texts(window)]
            if PICTURES:
                window.grab().save(f"{PICTURES}/{name} {page} {size[0]}.png")
    return found


def cut_in_dialogs(window, folder, name):
    found = []
    for dialog, way in (action_dialogs() | inner_dialogs(folder)).items():
        kept = way(window)
        settle(window)
        shown = next(dialogs())
        found += [f"{dialog}: {each}" for each in cut_texts(shown)]
        if PICTURES:
            shown.grab().save(f"{PICTURES}/{name} dialog {dialog}.png")
        close_dialogs(window)
        del kept
    return found


def test_nothing_is_cut_off_as_delivered(lived_in, theme):
    with opened(lived_in, theme) as window:
        found = cut_on_pages(window, "usual")  # the dialogs are looked at with larger type
    assert not found, "\n".join(found)


def test_nothing_is_cut_off_when_all_type_is_a_quarter_larger(lived_in, larger_type, tmp_path):
    with opened(lived_in, larger_type) as window:
        found = cut_on_pages(window, "larger") + cut_in_dialogs(window, tmp_path, "larger")
    assert not found, "\n".join(found)


def test_nothing_is_cut_off_from_right_to_left_and_the_window_is_mirrored(qapp, lived_in, theme):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        with opened(lived_in, theme) as window:
            found = cut_on_pages(window, "mirrored")
            assert window.rail.mapTo(window, QPoint(0, 0)).x() > window.width() / 2
            assert window.header.badge.x() < window.header.brand.x()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert not found, "\n".join(found)


def test_nothing_is_cut_off_on_denser_screens(copy_of, lived_in):
    lived_in.close()
    ratios = ("1.5", "2", "3")
    homes = [copy_of(lived_in.home) for _ in ratios]
    for home in homes:
        home.close()
    runs = [
        subprocess.Popen(
            [sys.executable, str(ORACLES / "scaled_window.py"), str(home.home), PICTURES],
            env=os.environ | {"QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for ratio, home in zip(ratios, homes, strict=True)
    ]
    told = [json.loads(run.communicate(timeout=120)[0]) for run in runs]
    assert [each["ratio"] for each in told] == [1.5, 2.0, 3.0]
    found = [f"{each['ratio']}: {line}" for each in told for line in each["cut"]]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("room", [20, 400])
def test_a_label_with_too_little_room_is_found(qtbot, room):
    around = QWidget()
    qtbot.addWidget(around)
    label = QLabel("Quarterly business review", around)
    label.setFixedWidth(room)
    around.show()
    assert bool(cut_texts(around)) is (room == 20)
