from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.model.tracking import Cost, CostKind, TripState
from planner.usecases.log_visit import draft_visit, log_visit
from planner.usecases.trip_costs import list_costs, receipt_file
from planner.usecases.trips import get_trip, list_trips, make_trips
from planner.usecases.undo import undo
from ui.errors import ProblemDialog
from ui.trips.commands import TripCommands
from ui.trips.cost_dialog import CostDialog
from ui.trips.trips_tab import TripsTab

DAY = datetime.now().astimezone().date() - timedelta(days=9)


@pytest.fixture
def tab(qtbot, context, is_quiet):
    """The tab before any trip is made."""
    window = QWidget()
    qtbot.addWidget(window)
    made = TripsTab(context, TripCommands(context, window))
    QVBoxLayout(window).addWidget(made)
    window.resize(1100, 700)
    window.show()
    qtbot.waitUntil(is_quiet)
    made.window_for_test = window
    return made


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
    desk.show_week(desk.week.plus(30))
    assert tab.first_make.text() == f"Plan week {desk.week.number}"
    tab.first_make.click()
    assert asked == [True]


def test_a_week_becomes_trips_in_a_table(made, travelled):
    assert made.currentWidget() is not made.empty
    assert [cell(made, column) for column in range(3, 8)] == ["Planned", "0 of 2", "11.8 mi", "–", "–"]
    assert any("none of its stops was logged" in text for text in texts(made.side))
    assert [trip.state for trip in list_trips(travelled)] == [TripState.PLANNED]


def test_planned_stands_against_what_was_logged_and_finishing_counts_the_miles(qtbot, made, travelled, is_quiet):
    for account_id in (1, 2):
        visit = draft_visit(travelled, account_id, datetime(DAY.year, DAY.month, DAY.day, 20))  # noqa: DTZ001 - a wall clock
        _, changes = log_visit(travelled, replace(visit, minutes=50))
    made._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: cell(made, 4) == "2 of 2" and is_quiet())
    assert cell(made, 3) == "Done"
    shown = texts(made.side)
    assert {"9:00–10:00", "9:00–9:50"} <= set(shown)
    assert "It is over: finish it, so that its miles count as driven." in shown
    made.finish.click()
    qtbot.waitUntil(lambda: cell(made, 6) == "11.8 mi" and is_quiet())
    assert get_trip(travelled, made.lines[0].trip.id).state is TripState.DONE
    assert not made.finish.isEnabled()


def test_finishing_what_nobody_logged_is_refused_plainly(qtbot, made, is_quiet):
    made.finish.click()
    qtbot.waitUntil(is_quiet)
    problem = made.window_for_test.findChild(ProblemDialog)
    assert any("was logged" in text for text in texts(problem))
    problem.accept()


def test_begin_cancel_and_delete_follow_the_state(qtbot, made, travelled, is_quiet):
    made.begin.click()
    qtbot.waitUntil(lambda: cell(made, 3) == "Under way" and is_quiet())
    assert not made.begin.isEnabled()
    made.cancel.click()
    qtbot.waitUntil(lambda: cell(made, 3) == "Cancelled" and is_quiet())
    assert not made.cancel.isEnabled()
    made.delete.click()
    qtbot.waitUntil(lambda: made.currentWidget() is made.empty and is_quiet())
    made._context.bus.changed.emit(undo(travelled))
    qtbot.waitUntil(lambda: len(made.lines) == 1 and is_quiet())


def test_a_cost_is_added_with_its_receipt_and_taken_out(qtbot, made, travelled, tmp_path, is_quiet):
    receipt = tmp_path / "bill.pdf"
    receipt.write_bytes(b"%PDF-")
    made.spend.click()
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
