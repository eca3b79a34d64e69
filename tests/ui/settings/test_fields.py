"""The fields of the settings: each shows what is kept in words, and gives back the text that is kept."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent

from planner.model.street_names import us_states
from planner.settings import SETTINGS, Kind, check, setting, weekdays_of, weekdays_text
from planner.usecases.time_zones import time_zones
from ui.settings.row import SettingRow


@pytest.fixture
def row_of(qtbot):
    """A row of a setting, on show, with a list of what it kept."""

    def make(key):
        kept = []
        row = SettingRow(setting(key), lambda _key, value: kept.append(value))
        row.kept = kept
        qtbot.addWidget(row)
        row.show_value(setting(key).default)
        row.show()
        return row

    return make


@pytest.mark.parametrize("key", [each.key for each in SETTINGS if each.kind is not Kind.ZONE])
def test_every_field_gives_back_what_it_shows(row_of, key):
    assert row_of(key).field.value == setting(key).default


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("day_opens", "06:45"),
        ("day_closes", "24:00"),
        ("working_days", "Tue, Thu"),
        ("nights", "Mon-Wed, Fri"),
        ("cadence_outcomes", "met, other"),
        ("holidays", ""),
        ("holidays", "NY"),
        ("hotels", "Inn = 1 Main St, Bellefonte, PA 16823; Lodge = 2 Elm St"),
        ("rush_hours", "7-9 = 1.25; 16-24 = 1.3"),
        ("mileage_rates", "2026 = 0.725"),
        ("timezone", "Europe/Berlin"),
    ],
)
def test_other_values_come_back_as_they_were_kept(row_of, key, value):
    row = row_of(key)
    row.show_value(value)
    assert row.field.value == value == check(key, value)
    assert row.back.isVisible() == (value != setting(key).default)


def test_days_are_chosen_by_chips(row_of):
    row = row_of("working_days")
    row.field.chips["4"].click()
    assert row.kept == ["Mon-Thu"]
    row.field.chips["6"].click()
    assert row.kept[-1] == "Mon-Thu, Sun"
    assert row.field.chips["0"].accessibleName() == "Working days: Mon"


@pytest.mark.parametrize("days", [(), (0,), (0, 1), (0, 1, 2), (5, 6), (0, 2, 3, 4, 6), tuple(range(7))])
def test_weekdays_round_trip(days):
    assert weekdays_of(weekdays_text(days)) == days


def test_a_time_is_on_the_clock_of_the_window_and_is_kept_as_one_of_24_hours(qtbot, row_of, qapp):
    row = row_of("day_closes")
    assert row.field.text() == "18:00"
    row.field.setTime(QTime(17, 15))
    row.field.editingFinished.emit()
    assert row.kept == ["17:15"]
    qapp.setProperty("twelve hours", True)
    try:
        row.show_value("17:15")
        assert row.field.text() == "5:15 PM"
    finally:
        qapp.setProperty("twelve hours", False)


def test_a_list_is_edited_row_by_row_and_waits_until_a_row_is_whole(row_of):
    row = row_of("hotels")
    row.field.add.click()
    name, address = row.field.rows[0]
    name.setText("Inn; at the = river")
    name.settled.emit()
    assert row.kept == []
    address.setText("1 Main St")
    address.settled.emit()
    assert row.kept == ["Inn, at the - river = 1 Main St"]
    assert address.accessibleName() == "Hotels, row 1: Address"


def test_rush_hours_are_hours_and_per_cent(row_of):
    row = row_of("rush_hours")
    row.show_value("7-9 = 1.25")
    begin, end, longer = row.field.rows[0]
    assert [each.value for each in (begin, end, longer)] == ["7", "9", "25"]
    longer.setText("40 %")
    longer.settled.emit()
    assert row.kept == ["7-9 = 1.4"]
    longer.setText("much")
    longer.settled.emit()
    with pytest.raises(Exception, match="must be hours"):
        check("rush_hours", row.kept[-1])


def test_a_row_that_is_removed_is_kept_at_once(qtbot, row_of):
    row = row_of("mileage_rates")
    grid = row.field._grid
    grid.itemAtPosition(1, 2).widget().click()
    assert row.kept == ["2025 = 0.70; 2026 = 0.725"]


def test_a_zone_is_found_by_its_city_and_what_is_none_changes_nothing(qtbot, row_of):
    row = row_of("timezone")
    row.offer(time_zones())
    assert row.field.currentText() == "Eastern time · New York"
    row.field.lineEdit().setText("chicago")
    row.field.lineEdit().editingFinished.emit()
    assert row.kept == []
    assert row.field.currentText() == "Eastern time · New York"
    row.field.lineEdit().setText("central time · chicago")
    row.field.lineEdit().editingFinished.emit()
    assert row.kept == ["America/Chicago"]
    assert ("Europe/Berlin", "Berlin · Europe") in time_zones()
    assert check("timezone", "Europe/Berlin")


def test_states_are_offered_by_their_names(row_of):
    row = row_of("holidays")
    assert row.field.currentText() == us_states()["PA"] == "Pennsylvania"


def test_the_wheel_over_a_field_that_is_not_used_is_the_pages(qtbot, row_of, qapp):
    row = row_of("units")
    down = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                       Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    qapp.sendEvent(row.field, down)
    assert row.field.value == "miles"
    assert row.kept == []
