from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import TripState
from planner.model.week import VisitKind
from planner.planning.fitting import Fit
from planner.store.plans import save_plan
from planner.usecases.log_visit import draft_visit, list_visits, log_visit
from planner.usecases.trips import list_trips
from planner.usecases.undo import undo
from planner.values import replace
from ui.today.commands import TodayCommands
from ui.today.one_line import OneLine
from ui.today.panel import TodayPanel
from ui.today.verbs import News
from ui.visits.log_dialog import LogVisit
from ui.words import long_day

TODAY = datetime.now().astimezone().date()
WEEK = IsoWeek.of(TODAY)


@pytest.fixture
def panel(qtbot, context_of, filled, plan, is_quiet):
    """The page over a plan whose first day is today and whose second is tomorrow."""
    first = replace(plan.days[0], day=TODAY)
    second = replace(plan.days[1], day=TODAY + timedelta(days=1))
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=WEEK, days=(first, second)), sample=False)
    context = context_of(filled)
    context.desk.week = WEEK
    made = TodayPanel(context, now=lambda: datetime.combine(TODAY, made.time))
    made.time = time(9, 20)
    qtbot.addWidget(made)
    made.resize(560, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(lambda: bool(made.lines) and is_quiet())
    made.open_today()
    qtbot.waitUntil(is_quiet)
    return made


def test_every_stop_has_its_button_and_a_logged_one_its_tick(qtbot, panel, filled, is_quiet):
    assert [line.done is not None for line in panel.lines] == [True, False]
    panel.time = time(13, 30)
    panel._tick()
    qtbot.waitUntil(lambda: [line.done is not None for line in panel.lines] == [True, True])
    panel.lines[1].done.click()
    qtbot.waitUntil(is_quiet)
    dialog = panel.findChild(LogVisit)
    assert dialog.heading.text() == "Yards Leasing"
    assert dialog.form.time.text() == "13:00"
    dialog.form.note.setPlainText("Renews in spring\nsecond line")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[1].visit is not None and is_quiet())
    assert list_visits(filled)[0].stop_key == "account-2"
    assert panel.lines[1].done is None
    assert "Met · Renews in spring" in [each.text() for each in panel.lines[1].findChildren(QLabel)]
    undone = undo(filled)
    panel._context.bus.changed.emit(undone)
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[1].visit is None and is_quiet())
    assert panel.lines[1].done is not None


def test_a_visit_logged_elsewhere_is_ticked_too(qtbot, panel, filled, is_quiet):
    _, changes = log_visit(filled, replace(draft_visit(filled, 1, datetime.now()), stop_key="", start_s=None))  # noqa: DTZ005 - a wall clock
    panel._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[0].visit is not None and is_quiet())
    assert panel.lines[0].done is None


def told(panel):
    """All lines of the page."""
    return [each.text() for each in panel.findChildren(QLabel)]


def test_it_shows_today_whatever_day_and_week_the_window_shows(qtbot, panel, is_quiet):
    desk = panel._context.desk
    desk.show_day(1)
    qtbot.waitUntil(is_quiet)
    desk.show_week(WEEK.plus(3))
    qtbot.waitUntil(lambda: desk.plan is None and is_quiet())
    panel._fresh.outdate()
    qtbot.waitUntil(lambda: not panel._fresh._stale)
    assert panel.day.day == TODAY
    assert [line._stop.key for line in panel.lines] == ["account-1", "account-2"]
    assert panel.sums == "0 of 2 done · 0 of 12 mi · 20 min late"


def test_a_plan_of_today_kept_while_another_week_is_on_show_is_shown(qtbot, panel, filled, plan, is_quiet):
    panel._context.desk.show_week(WEEK.plus(3))
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=WEEK, days=(replace(plan.days[1], day=TODAY),)), sample=False)
    panel._context.bus.changed.emit(Changes("Test", plans=True))
    qtbot.waitUntil(lambda: [line._stop.key for line in panel.lines] == ["duty-1", "account-3"] and is_quiet())


def test_a_day_without_a_plan_says_what_comes_after_it(qtbot, panel, filled, plan, is_quiet):
    later = replace(plan.days[0], day=TODAY + timedelta(days=1))
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=IsoWeek.of(later.day), days=(later,)), sample=False)
        if IsoWeek.of(later.day) != WEEK:
            save_plan(db, replace(plan, week=WEEK, days=()), sample=False)
    panel._context.bus.changed.emit(Changes("Test", plans=True))
    qtbot.waitUntil(lambda: "Nothing planned for today" in told(panel) and is_quiet())
    assert f"Next is {long_day(later.day)}: Uni-Mart HQ at 9:00." in told(panel)
    assert panel.sums == ""


def test_the_map_is_told_what_is_behind_and_what_is_next(qtbot, panel, is_quiet):
    moves = []
    panel.moved.connect(moves.append)
    panel.time = time(10, 1)
    panel._tick()
    qtbot.waitUntil(lambda: bool(moves) and is_quiet())
    assert (moves[-1].day.day, moves[-1].done, moves[-1].coming) == (TODAY, {"account-1"}, "account-2")
    panel.time = time(20, 0)
    panel._tick()
    assert (moves[-1].done, moves[-1].coming) == ({"account-1", "account-2"}, "")


def test_the_drive_says_from_where_and_what_is_missing(qtbot, panel, is_quiet):
    qtbot.waitUntil(lambda: bool(panel._under_way.why_no_way) and is_quiet())
    qtbot.waitUntil(lambda: "No streets: There are no roads on this laptop yet." in told(panel))
    assert "1 h 00 · 3.1 mi" in told(panel)
    assert "from Home" in told(panel)
    panel.time = time(10, 1)
    panel._tick()
    qtbot.waitUntil(lambda: "from Uni-Mart HQ" in told(panel))


def test_who_is_near_comes_before_a_stop_that_is_late_and_says_so(panel):
    fit = Fit("account-4", "Pine Hall Office", VisitKind.CAPTURE, 12.0, 4, 0, 0, 300, 9 * 3600 + 1500, 10 * 3600)
    panel.commands.found.emit([(TODAY, fit)])
    panel._show()
    assert "You are 20 min late for Uni-Mart HQ already: whoever is put in comes before it." in told(panel.near)
    panel.time = time(8, 0)
    panel._show()
    assert panel.near is not None
    assert not any("late for" in text for text in told(panel.near))


def test_large_type_is_larger_and_the_clock_stays(panel):
    before = panel.clock.fontMetrics().height()
    panel.enlarge(large=True)
    assert panel.clock.isVisible()
    assert panel.clock.fontMetrics().height() > 1.3 * before
    panel.enlarge(large=False)
    assert panel.clock.fontMetrics().height() == before


def test_a_long_name_stays_on_one_line_and_is_whole_in_its_tip(qtbot):
    line = OneLine("Quiñones & <b>Eriksen</b> DMD of Alder Falls", "big")
    qtbot.addWidget(line)
    line.resize(120, 24)
    line.show()
    assert line.shown.endswith("…")
    assert line.toolTip() == "<qt>Quiñones &amp; &lt;b&gt;Eriksen&lt;/b&gt; DMD of Alder Falls</qt>"
    line.short = "Quiñones"
    assert line.shown == "Quiñones"
    line.resize(900, 24)
    assert line.shown == line.text()
    assert line.toolTip() == ""


def test_the_buttons_are_for_thumbs_and_have_a_key_each(panel):
    assert list(panel.buttons) == ["R", "A", "D", "S", "L", "W"]
    assert min(each.height() for each in panel.buttons.values()) >= 44
    assert all(each.shortcut().toString() == key for key, each in panel.buttons.items())
    assert panel.clock.text() == "9:20"
    assert panel.coming.heading.text() == "NEXT · was to begin 20 min ago"


def test_arrived_begins_the_trip_and_the_visit_is_logged_from_then(qtbot, panel, filled, is_quiet):
    panel.coming.buttons["A"].click()
    qtbot.waitUntil(lambda: panel.coming is not None and "A" not in panel.coming.buttons and is_quiet())
    assert panel.coming.heading.text() == "HERE SINCE 9:20 · until 10:20"
    assert list(panel.buttons) == ["D", "L", "W"]
    assert panel.doing.text.text() == "Arrived at Uni-Mart HQ at 9:20."
    (trip,) = list_trips(filled, TODAY, TODAY)
    assert trip.state is TripState.UNDER_WAY
    assert [stop.came_s for stop in trip.stops if stop.day == TODAY] == [9 * 3600 + 1200, None, None]
    panel.time = time(10, 5)
    panel.coming.buttons["D"].click()
    qtbot.waitUntil(is_quiet)
    dialog = panel.findChild(LogVisit)
    assert dialog.form.time.text() == "9:20"
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(list_visits(filled)) and is_quiet() and panel.lines[0].visit is not None)
    assert [(visit.start_s, visit.minutes) for visit in list_visits(filled)] == [(9 * 3600 + 1200, 45)]
    assert panel.coming.heading.text().startswith("NEXT")


def test_without_a_road_pack_it_is_refused_in_the_page_and_nothing_changes(qtbot, panel, is_quiet):
    before = panel._context.desk.plan
    for key in ("S", "L", "W"):
        panel.buttons[key].click()
        qtbot.waitUntil(is_quiet)
        assert "road pack" in panel.doing.text.text()
        assert panel.doing.text.property("role") == "bad told"
        panel.doing.close_button.click()
        assert not panel.doing.isVisible()
        qtbot.waitUntil(lambda: is_quiet() and panel.buttons["S"].isEnabled())
    assert panel._context.desk.plan is before


def test_a_key_does_what_its_button_does(qtbot, panel, is_quiet, monkeypatch):
    skipped = []
    monkeypatch.setattr(TodayCommands, "skip", lambda _self, _day, stop, here: skipped.append((stop.key, here.done, here.time_s)))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    qtbot.keyClick(panel, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(skipped))
    assert skipped == [("account-1", (), 9 * 3600 + 1200)]


def test_news_stay_until_they_are_closed_and_bad_ones_are_red(panel):
    panel.commands.told.emit(News(("Planned anew.", "Cannot be kept: Yards Leasing. It closes."), Changes("Test"), bad=True))
    assert panel.doing.isVisible()
    assert panel.doing.text.text() == "Planned anew.\nCannot be kept: Yards Leasing. It closes."
    assert panel.doing.text.property("role") == "bad told"
    panel.doing.close_button.click()
    assert not panel.doing.isVisible()


def test_directions_unfold_stay_so_and_say_why_there_are_none(qtbot, panel, is_quiet):
    missing = "The turns cannot be shown; the drive time is that of the plan. There are no roads on this laptop yet."
    panel.buttons["R"].click()
    qtbot.waitUntil(lambda: missing in told(panel) and is_quiet())
    panel._fresh.outdate()
    qtbot.waitUntil(lambda: not panel._fresh._stale)
    assert missing in told(panel)
    panel.buttons["R"].click()
    qtbot.waitUntil(lambda: missing not in told(panel))


def test_as_the_day_goes_on_the_next_stop_is_shown_by_itself(qtbot, panel, is_quiet):
    first = panel.coming
    panel.time = time(9, 30)
    panel._tick()
    assert panel.coming is first
    assert first.heading.text() == "NEXT · was to begin 30 min ago"
    panel.time = time(10, 1)
    panel._tick()
    qtbot.waitUntil(lambda: panel.coming is not first)
    assert panel.coming.heading.text() == "NEXT · leave in 2 h 29"
    panel.time = time(20, 0)
    panel._tick()
    qtbot.waitUntil(lambda: panel.coming is None)
    assert any(each.text() == "Done for today" for each in panel.findChildren(QLabel))
