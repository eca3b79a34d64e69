from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from planner.model.tracking import Purpose, Source, TripState, TripStop
from planner.model.week import VisitKind
from planner.usecases.log_visit import draft_visit, log_visit
from planner.usecases.mileage import propose_drives
from planner.usecases.trips import edit_trip, get_trip, list_trips
from planner.values import replace
from ui.trips.stop_rows import by_words
from ui.trips.trip_form import AddTrip, EditTrip, days_of

DAY = datetime.now().astimezone().date() - timedelta(days=9)
MILE = 1609.344


@pytest.fixture
def form(tab):
    """The form of a new trip, on a day that is over."""
    tab.first_add.click()
    dialog = tab.window_for_test.findChild(AddTrip)
    dialog.name.setText("County fair")
    dialog.first.show_day(DAY)
    return dialog


@pytest.fixture
def edit_of(qtbot, tab, is_quiet):
    """Opens the form of the trip that is there."""

    def make():
        tab.edit.click()
        dialog = next(each for each in tab.window_for_test.findChildren(EditTrip) if each.isVisible())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        return dialog

    tab.first_make.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    return make


def fill(row, place="", came="", went="", far=""):
    for field, text in ((row.place, place), (row.came, came), (row.went, went), (row.far, far)):
        field.setText(text)


def test_a_trip_that_took_place_is_kept_with_its_stops_and_miles(qtbot, tab, form, travelled, is_quiet):
    first, back = form.stops.rows
    fill(first, "uni-mart hq", "9:00", "10:15", "12.4")
    fill(form.stops.insert(), "Bistro", "12:00", "1 pm", "2")
    fill(back, "Home", "3:30 pm", "", "13")
    form.purpose.setCurrentIndex(form.purpose.findData("support"))
    form.save.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    trip = list_trips(travelled)[0]
    assert (trip.name, trip.first, trip.last, trip.state, trip.purpose) == ("County fair", DAY, DAY, TripState.DONE, Purpose.SUPPORT)
    assert (trip.start, trip.nights, trip.source) == ("Home", 0, Source.TYPED)
    stops = [(stop.name, stop.account_id, stop.kind, stop.came_s, stop.went_s, round((stop.drove_m or 0) / MILE, 1)) for stop in trip.stops]
    assert stops == [
        ("Uni-Mart HQ", 1, VisitKind.CAPTURE, 32_400, 36_900, 12.4),
        ("Bistro", None, VisitKind.DUTY, 43_200, 46_800, 2.0),
        ("Home", None, None, 55_800, None, 13.0),
    ]
    purposes = [drive.purpose for drive in propose_drives(travelled, trip.id)[0]]
    assert purposes == ["Sales call on a prospect", "Appointment", "Drive back"]


def test_a_trip_ahead_is_planned_over_its_days(qtbot, tab, form, travelled, is_quiet):
    ahead = DAY + timedelta(days=30)
    form.first.show_day(ahead)
    form.last.show_day(ahead + timedelta(days=2))
    assert form.state.value == "planned"
    assert form.stops.rows[-1].day.value == (ahead + timedelta(days=2)).isoformat()
    fill(form.stops.rows[0], "Yards Leasing", "9:00", "10:00", "5")
    form.save.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    trip = list_trips(travelled)[0]
    assert (trip.state, trip.nights) == (TripState.PLANNED, 2)
    assert (trip.stops[0].kind, trip.stops[0].arrive_s, trip.stops[0].leave_s, trip.stops[0].came_s) == (
        VisitKind.CARE,
        32_400,
        36_000,
        None,
    )
    assert [stop.day for stop in trip.stops] == [ahead, ahead + timedelta(days=2)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda form: form.name.clear(), "The trip has no name. Say what to call it."),
        (lambda form: form.stops.rows[0].far.setText("far"), "A stop has no place. Say where it was, or delete its line."),
        (lambda form: fill(form.stops.rows[0], "Fair", "soon"), "The time “soon” at Fair cannot be read. Write it as 14:30 or 2:30 pm."),
        (lambda form: fill(form.stops.rows[0], "Fair", far="far"), "The miles “far” cannot be read. Write a number such as 12.4."),
        (
            lambda form: fill(form.stops.rows[0], "Fair", "10:00", "9:00"),
            "At Fair she would leave before she comes. Correct one of the times.",
        ),
        (lambda form: form.last.show_day(DAY - timedelta(days=1)), "The trip would end before it begins. Give a later last day."),
        (lambda form: form.start.clear(), "The trip begins nowhere. Say where it starts."),
        (lambda form: form.last.show_day(DAY + timedelta(days=500)), "The trip would take more than a year. Give an earlier last day."),
    ],
)
def test_what_cannot_be_is_told_with_everything_still_there(qtbot, form, travelled, is_quiet, change, told):
    change(form)
    form.save.click()
    qtbot.waitUntil(is_quiet)
    assert form.problem.text() == told
    assert form.isVisible()
    assert list_trips(travelled) == []


def test_what_is_ahead_cannot_have_taken_place(form, travelled):
    form.last.show_day(DAY + timedelta(days=20))
    form.state.setCurrentIndex(form.state.findData("was"))
    form.save.click()
    assert form.problem.text().startswith("The trip is not over yet")


def test_lines_without_anything_are_left_out_and_lines_can_be_deleted(qtbot, tab, form, travelled, is_quiet):
    form.stops.add.click()
    form.stops.add.click()
    assert len(form.stops.rows) == 4
    form.stops.rows[1].out.click()
    assert [row.place.text() for row in form.stops.rows] == ["", "", "Home"]
    form.save.click()
    qtbot.waitUntil(lambda: len(tab.lines) == 1 and is_quiet())
    assert [stop.name for stop in list_trips(travelled)[0].stops] == ["Home"]


def test_accounts_of_one_name_are_told_apart_by_their_address(accounts):
    twice = [accounts[0], replace(accounts[1], name="UNI-MART HQ"), accounts[2]]
    found = by_words(twice)
    assert set(found) == {"uni-mart hq · 1 pine hall rd, state college", "uni-mart hq · 2 pine hall rd, state college", "torrey dental"}
    assert found["torrey dental"][1].id == 3


def test_the_days_of_a_trip():
    assert days_of(date(2026, 11, 30), date(2026, 12, 1)) == [date(2026, 11, 30), date(2026, 12, 1)]
    assert days_of(date(2026, 11, 30), date(2026, 11, 1)) == [date(2026, 11, 30)]
    assert len(days_of(date(2026, 1, 1), date(2036, 1, 1))) == 366


def test_the_name_note_times_and_miles_of_a_trip_are_corrected(qtbot, tab, edit_of, travelled, is_quiet):
    before = list_trips(travelled)[0]
    dialog = edit_of()
    dialog.name.setText("Pine Hall")
    dialog.note.setText("Snow")
    dialog.stops.rows[0].came.setText("9:10")
    dialog.stops.rows[0].far.setText("7.5")
    dialog.save.click()
    qtbot.waitUntil(lambda: tab.lines[0].trip.name == "Pine Hall" and is_quiet())
    trip = get_trip(travelled, before.id)
    assert (trip.note, trip.source) == ("Snow", Source.TYPED)
    assert trip.stops[0] == replace(before.stops[0], came_s=33_000, drove_m=12_070)
    assert trip.stops[1:] == before.stops[1:]


def test_what_was_not_touched_stays_to_the_second_and_the_metre(qtbot, tab, edit_of, travelled, is_quiet):
    kept = list_trips(travelled)[0]
    _, changes = edit_trip(travelled, replace(kept, stops=(replace(kept.stops[0], came_s=32_411, drove_m=12_345), *kept.stops[1:])))
    tab._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: tab.lines[0].trip.stops[0].came_s == 32_411 and is_quiet())
    dialog = edit_of()
    assert (dialog.stops.rows[0].came.text(), dialog.stops.rows[0].far.text()) == ("9:00", "7.7")
    dialog.note.setText("Only this")
    dialog.save.click()
    qtbot.waitUntil(lambda: tab.lines[0].trip.note == "Only this" and is_quiet())
    trip = get_trip(travelled, kept.id)
    assert (trip.stops[0].came_s, trip.stops[0].drove_m, trip.source) == (32_411, 12_345, kept.source)


def test_times_that_a_logged_visit_says_are_changed_there(qtbot, tab, edit_of, travelled, is_quiet):
    visit = draft_visit(travelled, 1, datetime(DAY.year, DAY.month, DAY.day, 20))  # noqa: DTZ001 - a wall clock
    _, changes = log_visit(travelled, replace(visit, start_s=33_600, minutes=50))
    tab._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: tab.lines[0].trip.stops[0].came_s == 33_600 and is_quiet())
    dialog = edit_of()
    row = dialog.stops.rows[0]
    assert (row.came.text(), row.came.isEnabled(), row.far.isEnabled()) == ("9:20", False, True)
    assert "visit that is logged" in row.came.toolTip()
    row.far.setText("4")
    dialog.save.click()
    qtbot.waitUntil(lambda: tab.lines[0].trip.stops[0].drove_m == 6437 and is_quiet())
    assert get_trip(travelled, tab.lines[0].trip.id).stops[0].came_s is None


def test_a_trip_that_was_changed_meanwhile_is_not_overwritten(qtbot, edit_of, travelled, is_quiet):
    dialog = edit_of()
    kept = list_trips(travelled)[0]
    edit_trip(travelled, replace(kept, note="Newer"))
    dialog.note.setText("Older")
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.problem.text().startswith("The trip was changed meanwhile.")
    assert get_trip(travelled, kept.id).note == "Newer"


def test_of_a_trip_the_plan_still_makes_only_name_and_note_are_typed(qtbot, tab, edit_of, context):
    line = tab.lines[0]
    dialog = EditTrip(tab._commands, context, line, DAY - timedelta(days=1), tab.window_for_test)
    qtbot.addWidget(dialog)
    assert dialog.stops.rows == []
    assert line.kept.week
    by_hand = replace(line, kept=replace(line.kept, week="", stops=(TripStop(0, DAY, "Fair", arrive_s=3600),)))
    by_hand = replace(by_hand, trip=by_hand.kept)
    other = EditTrip(tab._commands, context, by_hand, DAY - timedelta(days=1), tab.window_for_test)
    qtbot.addWidget(other)
    assert other.stops.rows[0].came.text() == "1:00"
