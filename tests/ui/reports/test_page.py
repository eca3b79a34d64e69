from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.model.week import VisitKind
from planner.usecases.log_visit import log_visit
from planner.values import replace
from ui.reports.page import ReportsPage
from ui.trips.trips_tab import TripsTab

LONG_AGO = datetime.now().astimezone().date() - timedelta(days=90)


@pytest.fixture
def page(qtbot, context_of, filled, is_quiet):
    """The page after one capture visit long ago."""
    log_visit(filled, Visit(0, 3, LONG_AGO, VisitOutcome.MET, kind=VisitKind.CAPTURE, minutes=60))
    context = context_of(filled)
    made = ReportsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


def rows(model):
    return [tuple(model.index(row, column).data() for column in range(model.columnCount())) for row in range(model.rowCount())]


def test_the_first_tab_is_that_of_the_trips_and_a_tab_loads_when_it_is_looked_at(qtbot, page, is_quiet):
    assert page.tabs.stack.currentWidget() is page.trips
    assert rows(page.funnel.model) == []
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(rows(page.funnel.model)) and is_quiet())


def test_the_page_is_there_before_its_first_tab(qtbot, context_of, filled, is_quiet):
    made = ReportsPage(context_of(filled))
    qtbot.addWidget(made)
    made.show()
    assert not made.findChildren(TripsTab)
    qtbot.waitUntil(lambda: bool(made.findChildren(TripsTab)) and is_quiet())
    assert made.tabs.stack.currentWidget() is made.trips


def test_a_tab_that_is_asked_for_before_is_the_one_on_show(qtbot, context_of, filled, is_quiet):
    made = ReportsPage(context_of(filled))
    qtbot.addWidget(made)
    trips = made.trips
    assert made.tabs.stack.currentWidget() is trips
    made.show()
    qtbot.waitUntil(is_quiet)


def test_the_funnel_counts_by_rep_area_and_month(qtbot, page, is_quiet):
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(rows(page.funnel.model)) and is_quiet())
    assert [row[:6] for row in rows(page.funnel.model)] == [
        ("All", "5", "1", "1", "1", "0"),
        ("Rep A", "3", "1", "1", "1", "0"),
        ("Rep B", "2", "0", "0", "0", "0"),
    ]
    page.funnel.groups.choose(1)
    assert [row[0] for row in rows(page.funnel.model)] == ["All", "State College"]
    page.funnel.groups.choose(2)
    assert len(rows(page.funnel.model)) == 2


def test_the_chart_is_of_the_row_and_says_what_it_shows(qtbot, page, is_quiet):
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(rows(page.funnel.model)) and is_quiet())
    chart = page.funnel.chart
    assert page.funnel.chart_heading.text() == "FUNNEL · ALL"
    assert chart.accessibleDescription().split(". ")[:3] == [
        "Prospect: 5, $2,400 a month",
        "First visit: 1, 20 % of prospects",
        "Qualified: 1, 20 % of prospects · $2,400 a month",
    ]
    page.funnel.table.pick(2)
    assert chart.accessibleName() == "Capture funnel: Rep B"
    assert [bar.amount for bar in chart.bars] == [2, 0, 0, 0, 0, 0]
    page.funnel.groups.choose(2)
    assert rows(page.funnel.model)[1][0] == f"{LONG_AGO:%B %Y}"
    assert page.funnel.model.headerData(0, Qt.Orientation.Horizontal) == "Month"


def test_the_focus_goes_with_the_tab_that_is_shown(qtbot, page):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.tabs.row.buttons[0].setFocus()
    qtbot.waitUntil(page.tabs.row.buttons[0].hasFocus)
    page.tabs.show_tab(2)
    assert page.tabs.row.buttons[2].hasFocus()
    page.funnel.table.setFocus()
    page.tabs.show_tab(0)
    assert not any(each.hasFocus() for each in page.tabs.row.buttons)


def test_nobody_visited_is_no_word_of_quiet_prospects(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    made = ReportsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(rows(made.funnel.model)) and is_quiet())
    assert made.funnel.currentWidget() is made.funnel.counted
    assert not made.funnel.quiet_heading.isVisible()


def test_without_prospects_the_funnel_says_what_to_do(qtbot, context_of, workspace, is_quiet):
    made = ReportsPage(context_of(workspace))
    qtbot.addWidget(made)
    asked = []
    action = QAction(made, objectName="import")
    action.triggered.connect(lambda: asked.append(True))
    made.addAction(action)
    made.show()
    made.tabs.show_tab(2)
    qtbot.waitUntil(lambda: made.funnel.currentWidget() is made.funnel.empty and is_quiet())
    made.funnel.empty.findChild(QPushButton).click()
    assert asked == [True]


def test_a_period_counts_only_what_was_in_it(qtbot, page, is_quiet):
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(rows(page.funnel.model)) and is_quiet())
    page.funnel.periods.choose(3)
    qtbot.waitUntil(lambda: rows(page.funnel.model)[0][2] == "0" and is_quiet())


def test_a_prospect_gone_quiet_is_listed_and_selected(qtbot, page, is_quiet):
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(page.funnel.quiet) and is_quiet())
    assert page.funnel.quiet_heading.text() == "VISITED, BUT QUIET FOR 45 DAYS · 1"
    assert rows(page.funnel.quiet_model)[0][0] == "Torrey Dental"
    page.funnel.quiet_table.pick(0)
    assert page.funnel._context.desk.selected == 3


def test_a_new_visit_ends_the_quiet(qtbot, page, filled, is_quiet):
    page.tabs.show_tab(2)
    qtbot.waitUntil(lambda: bool(page.funnel.quiet) and is_quiet())
    visit = Visit(0, 3, LONG_AGO + timedelta(days=89), VisitOutcome.PHONE, kind=VisitKind.CAPTURE)
    _, changes = log_visit(filled, replace(visit, note="Called"))
    page.funnel._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: not page.funnel.quiet and is_quiet())
    assert page.funnel.quiet_heading.text().startswith("No prospect you have visited has gone quiet")
