from PySide6.QtWidgets import QWidget

from ui.week.weeks_room import WeeksRoom


def room_of(qtbot, width_px, *, two=False):
    window, hidden = QWidget(), set()
    qtbot.addWidget(window)
    window.resize(width_px, 700)
    made = WeeksRoom(window, lambda panel, aside: (hidden.add if aside else hidden.discard)(panel), two=two)
    window.show()
    return window, made, hidden


def test_the_list_gives_way_to_two_weeks_and_comes_back(qtbot):
    _window, room, hidden = room_of(qtbot, 1440)
    assert hidden == set()
    room.follow(two=True)
    assert hidden == {"left"}
    room.follow(two=False)
    assert hidden == set()


def test_in_a_narrow_window_the_details_give_way_too(qtbot):
    window, _room, hidden = room_of(qtbot, 1100, two=True)
    assert hidden == {"left", "details"}
    window.resize(1500, 700)
    qtbot.waitUntil(lambda: hidden == {"left"})
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: hidden == {"left", "details"})


def test_what_she_brings_back_stays(qtbot):
    window, room, hidden = room_of(qtbot, 1440, two=True)
    hidden.clear()
    window.resize(1430, 700)
    room.follow(two=True)
    assert hidden == set()
