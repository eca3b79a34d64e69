from PySide6.QtWidgets import QWidget

from ui.geometry import Geometry
from ui.workplace import Arrangement, Workplace


def panel(least_px):
    made = QWidget()
    made.setMinimumWidth(least_px)
    return made


def test_a_list_does_not_need_the_room_of_another_pages_list(qtbot, tmp_path):
    narrow, wide, view = panel(120), panel(420), QWidget()
    pages = {
        "week": Arrangement(left=narrow, details=True, across=(240, 0, 240)),
        "today": Arrangement(left=wide, across=(500, 0, 0)),
    }
    place = Workplace(view, panel(200), pages, Geometry(tmp_path))
    qtbot.addWidget(place)
    place.resize(1400, 700)
    place.show_page("today")
    place.show()
    qtbot.waitUntil(lambda: wide.width() >= 420)
    place.show_page("week")
    qtbot.waitUntil(lambda: narrow.isVisible() and narrow.width() < 300)
    before = narrow.width()
    pages["week"].left.updateGeometry()  # the panels are laid out anew
    qtbot.wait(20)
    assert narrow.width() == before < 420
