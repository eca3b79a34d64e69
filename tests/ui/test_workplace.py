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


def test_a_panel_put_aside_comes_back_and_toggling_brings_it_back_before(qtbot, tmp_path):
    left, details = panel(120), panel(200)
    place = Workplace(QWidget(), details, {"week": Arrangement(left=left, details=True), "other": Arrangement()}, Geometry(tmp_path))
    qtbot.addWidget(place)
    place.resize(1400, 700)
    place.show_page("week")
    place.show()
    wide = left.width()
    place.put_aside("week", "left", aside=True)
    assert not left.isVisible()
    place.show_page("other")
    place.show_page("week")
    assert not left.isVisible()
    place.put_aside("week", "left", aside=False)
    qtbot.waitUntil(lambda: left.isVisible() and abs(left.width() - wide) <= 2)
    place.toggle("details")
    place.put_aside("week", "details", aside=True)
    place.toggle("details")
    assert details.isVisible()
    place.put_aside("week", "details", aside=False)
    assert details.isVisible()
