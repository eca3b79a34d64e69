from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from planner.usecases.places import mark_right, put_pin
from ui.places.places_link import PlacesLink


def test_the_number_is_seen_only_while_there_is_one(qtbot, context_of, poor, accounts, is_quiet):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    context = context_of(poor)
    ran = []
    action = QAction(holder)
    action.triggered.connect(lambda: ran.append(1))
    link = PlacesLink(context, action)
    link.setParent(holder)
    assert not link.isVisible()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    assert link.isVisible()
    assert link.text() == "2 places to check"  # and one in the middle of its ZIP, as all are without a road pack
    link.click()
    assert ran == [1]
    context.bus.changed.emit(mark_right(poor, [5]))
    qtbot.waitUntil(is_quiet)
    assert link.text() == "1 place to check"
    context.bus.changed.emit(put_pin(poor, 6, accounts[0].place))
    qtbot.waitUntil(is_quiet)
    assert not link.isVisible()
