from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import DriveKind, Source
from planner.store.trips import save_drive
from planner.usecases.mileage import list_drives
from planner.usecases.trips import make_trips
from planner.usecases.undo import undo
from planner.values import replace
from ui.trips.commands import TripCommands
from ui.trips.drive_dialog import DriveDialog
from ui.trips.mileage_tab import MileageTab
from ui.words import month_day

DAY = datetime.now().astimezone().date() - timedelta(days=9)


@pytest.fixture
def tab(qtbot, context, travelled, is_quiet):
    """The log of the year of the trip, with its three drives."""
    make_trips(travelled, IsoWeek.of(DAY))
    window = QWidget()
    qtbot.addWidget(window)
    made = MileageTab(context, TripCommands(context, window))
    made.year = DAY.year
    QVBoxLayout(window).addWidget(made)
    window.resize(1200, 700)
    window.show()
    qtbot.waitUntil(is_quiet)
    assert made.middle.currentWidget() is made.empty
    made.propose.click()
    qtbot.waitUntil(lambda: len(made.drives) == 3 and is_quiet())
    made.holder = window
    return made


def column(tab, number):
    return [tab.model.index(row, number).data() for row in range(tab.model.rowCount())]


def dialog_of(tab):
    return tab.holder.findChildren(DriveDialog)[-1]


def test_what_a_trip_proposes_is_marked_as_not_claimed(tab):
    assert column(tab, 0) == ["○ Not claimed"] * 3
    assert column(tab, 3) == ["Uni-Mart HQ", "Yards Leasing", "Home"]
    assert tab.sums.text() == "Claimed $0.00"
    assert tab.waiting.text() == "3 drives of 11.8 mi not confirmed, not claimed"


def test_space_confirms_and_goes_on_to_the_next(qtbot, tab, travelled, is_quiet):
    tab.table.pick(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: column(tab, 0)[0] == "✓ Confirmed" and is_quiet())
    assert tab.table.row == 1
    assert [drive.confirmed for drive in list_drives(travelled)] == [True, False, False]
    assert tab.sums.text().startswith("Claimed $")
    assert tab.sums.text() != "Claimed $0.00"
    tab._context.bus.changed.emit(undo(travelled))
    qtbot.waitUntil(lambda: column(tab, 0)[0] == "○ Not claimed" and is_quiet())


def test_several_are_confirmed_in_one_step(qtbot, tab, travelled, is_quiet):
    tab.table.selectAll()
    tab.confirm.click()
    qtbot.waitUntil(lambda: column(tab, 0) == ["✓ Confirmed"] * 3 and is_quiet())
    assert tab.waiting.text() == ""
    undo(travelled)
    assert not any(drive.confirmed for drive in list_drives(travelled))


def test_all_are_confirmed_by_one_button(qtbot, tab, travelled, is_quiet):
    assert (tab.confirm_all.text(), tab.confirm_all.isEnabled()) == ("Confirm all 3", True)
    tab.confirm_all.click()
    qtbot.waitUntil(lambda: column(tab, 0) == ["✓ Confirmed"] * 3 and is_quiet())
    assert not tab.confirm_all.isEnabled()
    undo(travelled)
    assert not any(drive.confirmed for drive in list_drives(travelled))


def test_what_cannot_be_confirmed_yet_is_no_part_of_all(qtbot, tab, travelled, is_quiet):
    later = replace(list_drives(travelled)[0], id=0, day=datetime.now().astimezone().date() + timedelta(days=3), trip_id=None)
    unknown = replace(later, day=DAY, metres=0)
    with travelled.writing("Test") as db:
        for drive in (later, unknown):
            save_drive(db, drive)
    tab._context.bus.changed.emit(Changes("Test", plans=True))
    qtbot.waitUntil(lambda: len(list_drives(travelled)) == 5 and len(tab.drives) >= 4 and is_quiet())
    assert tab.confirm_all.text() == "Confirm all 3"


def test_the_chart_of_the_weeks_says_what_it_shows(qtbot, tab, is_quiet):
    monday = IsoWeek.of(DAY).day(0)
    told = f"Week of {month_day(monday)}: 11.8 mi"
    assert tab.weeks_heading.text() == "MILES BY WEEK"
    assert tab.weeks.accessibleDescription() == f"{told}, of which 11.8 mi not confirmed"
    assert len(tab.weeks.columns) == 12
    before = tab.weeks.grab().toImage()
    tab.confirm_all.click()
    qtbot.waitUntil(lambda: tab.weeks.accessibleDescription() == told and is_quiet())
    assert tab.weeks.grab().toImage() != before


def test_both_ends_of_a_drive_have_the_same_room_and_the_columns_their_names(qtbot, tab):
    table = tab.table
    qtbot.waitUntil(lambda: table.columnWidth(2) == table.columnWidth(3) > 0)
    assert tab.model.headerData(0, Qt.Orientation.Horizontal) == "Claim"


def test_miles_and_odometer_are_corrected_in_the_dialog(qtbot, tab, travelled, is_quiet):
    tab.table.pick(1)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    dialog = dialog_of(tab)
    assert dialog.miles.text() == "3.1"
    dialog.begin.setText("10,200.0")
    dialog.save.click()
    assert dialog.problem.text() == "Only one odometer reading is given. Give both, or leave both out."
    dialog.end.setText("10,204.5")
    dialog.purpose.setText("Renewal")
    dialog.save.click()
    qtbot.waitUntil(lambda: column(tab, 9)[1] == "10,200.0 – 10,204.5" and is_quiet())
    drive = list_drives(travelled)[1]
    assert (drive.metres, drive.source, drive.purpose, drive.confirmed) == (7242, Source.ODOMETER, "Renewal", False)
    tab.table.pick(0)
    tab.correct.click()
    dialog = dialog_of(tab)
    dialog.miles.setText("4")
    dialog.kind.setCurrentIndex(dialog.kind.findData("commute"))
    dialog.save.click()
    qtbot.waitUntil(lambda: column(tab, 5)[0] == "4.0 mi" and is_quiet())
    assert list_drives(travelled)[0].kind is DriveKind.COMMUTE


def test_saving_without_a_new_distance_leaves_the_metres_to_the_metre(qtbot, tab, travelled, is_quiet):
    tab.table.pick(0)
    tab.correct.click()
    dialog_of(tab).purpose.setText("First call")
    dialog_of(tab).save.click()
    qtbot.waitUntil(lambda: column(tab, 4)[0] == "First call" and is_quiet())
    assert (list_drives(travelled)[0].metres, list_drives(travelled)[0].source) == (5000, Source.PLAN)


def test_a_drive_is_added_by_hand_and_taken_out(qtbot, tab, travelled, is_quiet):
    tab.add.click()
    dialog = dialog_of(tab)
    dialog.day.show_day(DAY)
    for field, text in ((dialog.start, "Home"), (dialog.destination, "Post office"), (dialog.miles, "far")):
        field.setText(text)
    dialog.save.click()
    assert dialog.problem.text() == "The miles “far” cannot be read. Write a number such as 12.4."
    dialog.miles.setText("12.4")
    dialog.save.click()
    qtbot.waitUntil(lambda: len(tab.drives) == 4 and is_quiet())
    row = column(tab, 3).index("Post office")
    tab.table.pick(row)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(tab.drives) == 3 and is_quiet())


def test_the_log_is_exported_as_workbook_and_text(qtbot, tab, tmp_path, is_quiet, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.trips.mileage_tab.QDesktopServices.openUrl", opened.append)
    for name in ("log.xlsx", "log.csv"):
        tab.save(tmp_path / name)
        qtbot.waitUntil(is_quiet)
        assert (tmp_path / name).stat().st_size > 0
    assert len(opened) == 2


def test_another_year_is_turned_to(qtbot, tab, is_quiet):
    tab._turn(1)
    qtbot.waitUntil(lambda: tab.which.text() == str(DAY.year + 1) and is_quiet())
    assert tab.drives == () or all(drive.day.year == DAY.year + 1 for drive in tab.drives)
