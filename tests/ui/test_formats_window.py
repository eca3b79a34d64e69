"""The whole window in other formats: every page writes as the settings have it."""

from datetime import datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QWidget

from planner.model.accounts import Rep
from planner.settings import Settings
from planner.store.accounts import save_reps
from planner.usecases.settings import set_setting
from ui.formats import use_formats
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.week.board_layout import Piece

NOON = datetime(2026, 11, 30, 13)  # noqa: DTZ001 - a wall clock


@pytest.fixture
def window_of(qtbot, qapp, context_of, filled, is_quiet):
    """Opens the window over a book that is written in these formats and with this clock."""
    before = QLocale()

    def open_window(formats: str, clock: str) -> MainWindow:
        with filled.writing("Test") as db:
            save_reps(db, [Rep("Rep A", "Account Executive", quota_cents=150_000)], sample=False)
        set_setting(filled, "formats", formats)
        set_setting(filled, "clock", clock)
        window = MainWindow(context_of(filled), Geometry(filled.home))
        qtbot.addWidget(window)
        window.resize(1200, 760)
        window.show()
        window._context.desk.load()
        qtbot.waitUntil(is_quiet)
        return window

    yield open_window
    use_formats(Settings({}))
    QLocale.setDefault(before)


def tells(widget: QWidget, text: str) -> bool:
    return any(text in label.text() for label in widget.findChildren(QLabel))


NO_BREAK = "\N{NO-BREAK SPACE}"
GERMAN = {
    "week": "Week 49 · 30. Nov. – 4. Dez.",
    "day": "Montag, 30. November",
    "one": "13:00",
    "card": "9:00–10:00 · 44",
    "deal": f"2.400{NO_BREAK}$ a month",
    "planned": "planned Mo. 30., 9:00",
    "visited": "2. Juli 2026",
    "drive": "3,1 mi",
    "quota": f"1.500{NO_BREAK}$",
    "expected": f"1.800{NO_BREAK}$ expected",
}
AMERICAN = {
    "week": "Week 49 · Nov 30 – Dec 4",
    "day": "Monday, November 30",
    "one": "1:00 PM",
    "card": "9:00–10:00 AM · 44",
    "deal": "$2,400 a month",
    "planned": "planned Mon 30, 9:00 AM",
    "visited": "Jul 2, 2026",
    "drive": "3.1 mi",
    "quota": "$1,500",
    "expected": "$1,800 expected",
}


@pytest.mark.parametrize(("formats", "clock", "told"), [("de_DE", "24 hours", GERMAN), ("en_US", "12 hours", AMERICAN)])
def test_every_page_writes_as_the_settings_have_it(qtbot, is_quiet, window_of, formats, clock, told):
    window = window_of(formats, clock)
    assert window.header.week.text() == told["week"]
    qtbot.waitUntil(lambda: tells(window.details, told["day"]))
    assert tells(window.details, told["one"])
    visit = next(card for card in window.week.board.cards if card.piece is Piece.VISIT)
    assert visit.note == told["card"]
    assert told["drive"] in visit.tip
    window.status.show_saved(NOON)
    assert window.status.saved.text() == f"Saved {told['one']}"

    card = window.tools.card
    card.show_account(1)
    shown = card.accessibleDescription()
    assert told["deal"] in shown
    assert told["planned"] in shown
    card.dismiss()

    today = window.today_page.page
    today._now = lambda: NOON
    window.show_page("today")
    qtbot.waitUntil(lambda: is_quiet() and tells(today, told["visited"]))
    assert (today.clock.text(), today.day_label.text()) == (told["one"], told["day"])

    window.show_page("territory")
    qtbot.waitUntil(lambda: is_quiet() and tells(window.territory_figures, told["expected"]))

    window.show_page("team")
    team = window.full_pages["team"].page
    qtbot.waitUntil(lambda: is_quiet() and team.model.rowCount() == 1)
    assert team.model.index(0, 1).data() == told["quota"]

    window.show_page("accounts")
    row = window.accounts.model.row_of(2)
    assert told["visited"] in [window.accounts.model.index(row, column).data() for column in range(window.accounts.model.columnCount())]


def test_what_is_on_show_is_written_anew_when_the_settings_change(qtbot, is_quiet, window_of, filled):
    window = window_of("en_US", "24 hours")
    window._context.bus.changed.emit(set_setting(filled, "formats", "de_DE"))
    window._context.bus.changed.emit(set_setting(filled, "clock", "12 hours"))
    qtbot.waitUntil(lambda: is_quiet() and tells(window.details, GERMAN["day"]))
    assert window.header.week.text() == GERMAN["week"]
    qtbot.waitUntil(lambda: any(card.note.startswith("9:00–10:00 AM") for card in window.week.board.cards))
