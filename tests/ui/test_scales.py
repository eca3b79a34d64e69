"""No word is cut off: in both sizes of window, with larger type, from right to left, and on screens of any density."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cut_texts import cut_texts
from painted_texts import painted_texts
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from whole_window import action_dialogs, close_dialogs, dialogs, inner_dialogs, live_in, opened, pages, settle

from planner.usecases.settings import set_setting
from ui.style import SMALL_PX, TEXT_PX, Theme

SIZES = ((1440, 900), (1100, 700))
ORACLES = Path(__file__).parents[1] / "oracles"
PICTURES = os.environ.get("ROADBOOK_TEST_PICTURES", "")


@pytest.fixture
def lived_in(filled, accounts, plan):
    live_in(filled, accounts, plan)
    return filled


@pytest.fixture
def percent():
    """How large the text is, as she sets it."""
    return "125"


@pytest.fixture
def larger_type(qapp, lived_in, percent):
    """A theme in a workspace with larger text."""
    set_setting(lived_in, "text_size", percent)
    theme = Theme(qapp, "light")
    theme.size_text(int(percent))  # what opens before the settings are read is as large
    yield theme
    Theme(qapp, "light")  # as delivered again


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


@pytest.mark.parametrize("percent", ["100", "125", "150"])
def test_no_painted_text_is_cut_off(lived_in, larger_type, percent):
    scale = round(TEXT_PX * int(percent) / 100) / TEXT_PX
    with opened(lived_in, larger_type) as window, painted_texts() as painted:
        for way in (*pages().values(), lambda window: window.actions_by_id["check-places"].trigger()):
            way(window)
            settle(window)
            window.grab()
        next(dialogs()).grab()
    assert any(each.text == "Mon 30" for each in painted)  # the board is among them
    assert {round(SMALL_PX * scale), round(TEXT_PX * scale)} <= {each.type_px for each in painted}
    found = {f"{each.text!r} at {each.type_px} px: {each.ink} in {each.box}" for each in painted if each.is_cut}
    assert not found, "\n".join(sorted(found))


def heights(window):
    """What is as high as its text wants, by name."""
    board, lists = window.week.board, window.left_out.view
    legend = window.map._furniture().legend(QRectF(window.map.rect()), window.map._furnished(window.map.camera))
    return {
        "days": board.header_px,
        "hours": board.gutter_px,
        "left out": lists.visualRect(lists.model().index(0, 0)).height(),
        "accounts": window.accounts.table.rowHeight(0),
        "legend": legend.box.height() / len(legend.rows),
        "rail": window.rail.buttons["week"].height(),
        "badge": window.header.badge.height(),
    }


def test_all_grows_and_shrinks_with_the_setting_while_the_window_is_open(qapp, lived_in, theme):
    def size(window, percent):
        window.settings._keep("text_size", percent)
        settle(window)
        window.show_page("accounts")
        settle(window)
        window.show_page("week")
        settle(window)
        return heights(window)

    with opened(lived_in, theme) as window:
        before, larger, after = size(window, "100"), size(window, "150"), size(window, "100")
        qapp.take_steps()  # all type at once takes Qt a moment, as another theme does
    assert {name: high for name, high in before.items() if larger[name] < 1.3 * high} == {}
    assert after == before


def test_a_painted_text_with_too_little_room_is_found(qapp, theme):
    picture = QPixmap(200, 100)
    with painted_texts() as painted, QPainter(picture) as painter:
        for room in (QRectF(0, 0, 20, 30), QRectF(0, 0, 190, 6), QRectF(0, 0, 190, 30)):
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "Quarterly")
    assert [each.is_cut for each in painted] == [True, True, False]


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
