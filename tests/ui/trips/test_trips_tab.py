from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from planner.model.calendar import IsoWeek
from planner.model.packs import RoadPack
from planner.model.places import Bounds
from planner.model.tracking import Cost, CostKind, TripState
from planner.usecases.log_visit import draft_visit, log_visit
from planner.usecases.trip_costs import list_costs, receipt_file
from planner.usecases.trips import get_trip, list_trips, make_trips
from planner.usecases.undo import undo
from planner.values import replace
from ui.errors import ProblemDialog
from ui.trips.cost_dialog import CostDialog

PACK = RoadPack("p", "Centre County", Path(), "", "2026-01-01", "", Bounds(0, 0, 1, 1), {}, ())
DAY = datetime.now().astimezone().date() - timedelta(days=9)


@pytest.fixture
def made(qtbot, tab, is_quiet):
    """The tab with the trip of the week."""
    tab.first_make.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    return tab


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def cell(tab, column):
    return tab.model.index(0, column).data()


def test_without_trips_the_page_says_what_to_do(tab):
    assert tab.currentWidget() is tab.empty
    assert tab.first_make.text() == f"Make the trips of week {IsoWeek.of(DAY).number}"


def test_a_week_without_a_plan_is_planned_first(tab):
    asked = []
    action = QAction(tab.window_for_test, objectName="plan-week")
    action.triggered.connect(lambda: asked.append(True))
    tab.window_for_test.addAction(action)
    desk = tab._context.desk
    desk.pack = PACK
    desk.show_week(desk.week.plus(30))
    assert tab.first_make.text() == f"Plan week {desk.week.number}"
    tab.first_make.click()
    assert asked == [True]


@pytest.mark.parametrize(
    ("pack", "known", "text", "action"),
    [(None, {}, "Get the roads of your area…", "footprint"), (PACK, {}, "Import accounts…", "import")],
)
def test_what_a_plan_needs_comes_before_it(tab, pack, known, text, action):
    asked = []
    for name in ("footprint", "import", "plan-week"):
        made = QAction(tab.window_for_test, objectName=name)
        made.triggered.connect(lambda _on=False, name=name: asked.append(name))
        tab.window_for_test.addAction(made)
    desk = tab._context.desk
    desk.pack, desk.accounts = pack, known
    desk.show_week(desk.week.plus(30))
    assert tab.first_make.text() == text
    assert "needed first" in tab.empty.sentence.text()
    tab.first_make.click()
    assert asked == [action]


def test_trips_that_are_there_are_updated_and_the_button_no_longer_stands_out(qtbot, tab, is_quiet):
    assert tab.make.property("role") == "primary"
    tab.first_make.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    assert (tab.make.text(), tab.make.property("role")) == (f"Update the trips of week {IsoWeek.of(DAY).number}", "")


def test_no_column_but_what_the_details_tell_goes_where_there_is_little_room(qtbot, made):
    def shown():
        table = made.table
        return [column for column in range(9) if not table.isColumnHidden(column)]

    made.window_for_test.resize(1400, 700)
    qtbot.waitUntil(lambda: shown() == list(range(9)))
    made.window_for_test.resize(1000, 700)
    qtbot.waitUntil(lambda: shown() == [0, 1, 3, 4, 5, 6, 8])
    qtbot.waitUntil(lambda: made.table.horizontalScrollBar().maximum() == 0)


def test_deeds_are_in_the_menu_of_the_trip_and_of_its_row(made):
    in_menu = [each.text() for each in made.deeds.menu().actions() if not each.isSeparator()]
    assert in_menu == ["Add cost…", "Begin", "Finish", "Cancel trip", "Delete"]
    assert [each.text() for each in made.table.actions() if not each.isSeparator()] == ["Edit…", *in_menu]
    assert made.table.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu


def test_a_week_becomes_trips_in_a_table(qtbot, made, travelled):
    assert made.currentWidget() is not made.empty
    assert [cell(made, column) for column in range(3, 8)] == ["Not logged", "0 of 2", "11.8 mi", "–", "–"]
    qtbot.waitUntil(lambda: any("none of its stops was logged" in text for text in texts(made.side)))
    assert [trip.state for trip in list_trips(travelled)] == [TripState.PLANNED]


def test_planned_stands_against_what_was_logged_and_finishing_counts_the_miles(qtbot, made, travelled, is_quiet):
    for account_id in (1, 2):
        visit = draft_visit(travelled, account_id, datetime(DAY.year, DAY.month, DAY.day, 20))  # noqa: DTZ001 - a wall clock
        _, changes = log_visit(travelled, replace(visit, minutes=50))
    made._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: cell(made, 4) == "2 of 2" and is_quiet())
    assert cell(made, 3) == "To finish"
    qtbot.waitUntil(lambda: {"9:00–10:00", "9:00–9:50"} <= set(texts(made.side)))
    shown = texts(made.side)
    assert "It is over: finish it, so that its miles count as driven." in shown
    next(each for each in made.side.findChildren(QPushButton) if each.text() == "Finish the trip").click()
    qtbot.waitUntil(lambda: cell(made, 6) == "11.8 mi" and is_quiet())
    assert cell(made, 3) == "Done"
    assert get_trip(travelled, made.lines[0].trip.id).state is TripState.DONE
    assert not made.finish.isEnabled()


def test_finishing_what_nobody_logged_is_refused_plainly(qtbot, made, is_quiet):
    made.finish.trigger()
    qtbot.waitUntil(is_quiet)
    problem = made.window_for_test.findChild(ProblemDialog)
    assert any("was logged" in text for text in texts(problem))
    problem.accept()


def test_begin_cancel_and_delete_follow_the_state(qtbot, made, travelled, is_quiet):
    made.begin.trigger()
    qtbot.waitUntil(lambda: not made.begin.isEnabled() and is_quiet())
    assert [trip.state for trip in list_trips(travelled)] == [TripState.UNDER_WAY]
    made.cancel.trigger()
    qtbot.waitUntil(lambda: cell(made, 3) == "Cancelled" and is_quiet())
    assert not made.cancel.isEnabled()
    made.delete.trigger()
    qtbot.waitUntil(lambda: made.currentWidget() is made.empty and is_quiet())
    made._context.bus.changed.emit(undo(travelled))
    qtbot.waitUntil(lambda: len(made.lines) == 1 and is_quiet())


def test_a_cost_is_added_with_its_receipt_and_taken_out(qtbot, made, travelled, tmp_path, is_quiet):
    receipt = tmp_path / "bill.pdf"
    receipt.write_bytes(b"%PDF-")
    made.spend.trigger()
    dialog = made.window_for_test.findChild(CostDialog)
    dialog.amount.setText("about ten")
    dialog.save.click()
    assert dialog.problem.text() == "The amount “about ten” cannot be read. Write it as 24.50."
    dialog.amount.setText("$1,024.50")
    dialog.kind.setCurrentIndex(dialog.kind.findData("hotel"))
    dialog.receipt = receipt
    dialog.save.click()
    qtbot.waitUntil(lambda: cell(made, 8) == "$1,024.50" and is_quiet())
    cost = list_costs(travelled, made.lines[0].trip.id)[0]
    assert (cost.kind, cost.cents, cost.day) == (CostKind.HOTEL, 102_450, DAY)
    assert receipt_file(travelled, cost).read_bytes() == b"%PDF-"
    next(each for each in made.side.findChildren(QPushButton) if each.text() == "Delete").click()
    qtbot.waitUntil(lambda: cell(made, 8) == "–" and is_quiet())


def test_a_receipt_that_is_gone_is_told(qtbot, made):
    told = []
    made._context.bus.told.connect(told.append)
    made._open_receipt(Cost(1, 1, date(2026, 1, 1), CostKind.MEALS, 100, receipt="gone.pdf"))
    qtbot.waitUntil(lambda: told == ["The file of this receipt is gone."])


def test_trips_made_elsewhere_show_up(qtbot, tab, travelled, is_quiet):
    _, changes = make_trips(travelled, IsoWeek.of(DAY))
    tab._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    assert tab.sums.text() == "1 trip · $0.00 spent"
