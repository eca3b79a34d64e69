"""Today in the whole window: its map, its status bar, and alone on the screen."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from planner.model.calendar import IsoWeek
from planner.store.plans import save_plan
from planner.values import replace
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.map.progress import Standing

TODAY = datetime.now().astimezone().date()


@pytest.fixture
def window(qtbot, context_of, filled, plan, is_quiet):
    """The window on the week of the plan, turned to Today; Monday's plan is that of today."""
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=IsoWeek.of(TODAY), days=(replace(plan.days[0], day=TODAY),)), sample=False)
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home), follow_theme=False)
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(lambda: context.desk.plan is not None and is_quiet())
    made.today_page.page._now = lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 11)  # noqa: DTZ001 - a wall clock
    made.show_page("today")
    qtbot.waitUntil(lambda: bool(made.today_page.page.lines) and is_quiet())
    yield made
    made.close()
    qtbot.waitUntil(is_quiet)


def test_the_map_and_the_status_bar_have_today_whatever_week_is_on_show(qtbot, window, is_quiet):
    content = window.map._content
    assert window.status.summary.text() == "1 of 2 done · 3 of 12 mi · on time"
    assert [content.progress.of(stop.stop_key) for stop in content.active_stops] == [Standing.DONE, Standing.NEXT]
    window._context.desk.show_week(IsoWeek.of(TODAY).plus(5))
    qtbot.waitUntil(is_quiet)
    assert [stop.stop_key for stop in window.map._content.active_stops] == ["account-1", "account-2"]
    assert window.status.summary.text() == "1 of 2 done · 3 of 12 mi · on time"
    window.show_page("week")
    assert not window.map._content.progress.is_told
    assert list(window.map._content.active_stops) == []


def test_today_is_alone_on_the_screen_until_escape(qtbot, window):
    around = (window.header, window.rail, window.status)
    before = window.workplace._across.sizes()
    window.actions_by_id["full-screen"].trigger()
    assert window.isFullScreen()
    assert not any(each.isVisible() for each in around)
    assert window.today_page.page.clock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert all(each.isVisible() for each in around)
    qtbot.waitUntil(lambda: window.workplace._across.sizes() == before)


def test_the_button_of_the_page_goes_in_and_out(window):
    page = window.today_page.page
    page.full_button.click()
    assert window.full_screen.is_on
    assert page.full_button.accessibleName() == "Leave full screen"
    page.full_button.click()
    assert not window.full_screen.is_on


def test_the_map_is_beside_it_only_where_there_is_room(qtbot, window):
    window.full_screen._enter()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: not window.map.isVisible())
    assert window.today_page.isVisible()
    window.resize(1400, 800)
    qtbot.waitUntil(window.map.isVisible)
    window.full_screen.leave()


def test_another_page_has_the_window_around_it_and_the_whole_screen_is_the_windows_own_there(window):
    window.actions_by_id["full-screen"].trigger()
    window.show_page("week")
    assert not window.full_screen.is_on
    assert window.header.isVisible()
    window.actions_by_id["full-screen"].trigger()
    assert window.isFullScreen()
    assert window.header.isVisible()


def test_nothing_of_it_is_remembered(window):
    kept = []
    window._geometry.keep_sizes = lambda name, sizes: kept.append(name)
    window.full_screen._enter()
    kept.clear()
    window.workplace.keep_sizes()
    assert kept == []
    window.close()
    assert not window.isFullScreen()
