"""The Territory page in the window: the list, what it narrows, and what the map shows meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.model.changes import Changes
from planner.store.accounts import save_accounts
from planner.usecases.account_colours import ColourBy
from planner.values import replace
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.map_layers.choice import MapChoice, read_choice
from ui.territory.model import TERRITORY


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    """The window on the Territory page of the six accounts: three of Rep A, three of Rep B."""
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.resize(1240, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    made.show_page("territory")
    qtbot.waitUntil(lambda: is_quiet() and len(made.territory.model.territories) == 2)
    return made


def rows(window):
    model = window.territory.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def lines(window):
    return [each.accessibleName() for each in window.territory_figures.findChildren(QPushButton) if each.property("role") == "linkline"]


def test_every_owner_stands_in_the_list_after_everyone(window):
    assert rows(window) == ["Everyone", "Rep A", "Rep B"]
    assert window.territory.heading.text() == "TERRITORIES · 2 OWNERS"
    assert window.territory.territory is None
    assert [each.group for each in window.territory.model.territories] == [0, 1]
    assert "Rep A, 3 accounts: 0 clients · 3 prospects" in window.territory.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_picking_one_narrows_map_and_lists_and_everyone_widens_them(qtbot, window):
    window.territory.choose("Rep A")
    assert window.territory_figures.title.text() == "Rep A"
    assert window.accounts.model.rowCount() == 3
    qtbot.waitUntil(lambda: set(window.map._content.pins.keys) == {1, 3, 5})
    qtbot.keyClick(window.territory, Qt.Key.Key_Escape)
    assert window.territory.view.currentIndex().row() == 0
    assert window.accounts.model.rowCount() == 6


def test_the_accounts_page_keeps_to_the_territory_and_the_week_does_not(window):
    window.territory.choose("Rep B")
    window.territory_figures.accounts.click()
    assert window.page == "accounts"
    assert window.accounts.model.rowCount() == 3
    window.show_page("week")
    assert window.accounts.model.rowCount() == 6
    assert window.territory.territory is None


def test_showing_all_elsewhere_picks_everyone(window):
    window.territory.choose("Rep B")
    window.accounts.clear_filter()
    assert window.territory.view.currentIndex().data(TERRITORY) is None
    assert window.territory_figures.title.text() == "Everyone"


def test_the_map_shows_owners_while_the_page_is_on_show(qtbot, window, filled):
    assert (window.layers.choice.colour, window.layers.choice.territories) == (ColourBy.OWNER, True)
    window.show_page("accounts")
    assert window.layers.choice == MapChoice() == read_choice(Geometry(filled.home))
    window.show_page("territory")
    window.layers.choose(replace(window.layers.choice, colour=ColourBy.TIER))
    window.show_page("week")
    assert window.layers.choice == MapChoice()


def test_what_is_out_of_balance_is_told_and_leads_to_its_owner(window):
    # The one open deal is Rep A's, and Rep A has two prospects of tier A and B: Rep B one client.
    told = lines(window)
    assert "Rep A: $1,800 expected, 100 % more than the mean" in told
    assert "Rep B: $0 expected, 100 % less than the mean" in told
    button = next(each for each in window.territory_figures.findChildren(QPushButton) if each.accessibleName().startswith("Rep B: $0"))
    button.click()
    assert window.territory.territory.owner == "Rep B"


def test_money_is_expected_and_billing_that_was_never_imported_is_none(window):
    spoken = window.territory.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Expected $1,800 a month" in spoken
    tiles = [each.accessibleName() for each in window.territory_figures.figures.children() if each.isWidgetType()]
    assert tiles[:2] == ["6 accounts, 1 client, 1 not placed", "– paid a month, no billing imported"]
    assert [window.territory.sort.itemText(row) for row in range(2)] == ["Name", "Expected"]


def test_a_change_of_owner_is_followed(qtbot, window, filled, accounts, is_quiet):
    window.territory.choose("Rep A")
    with filled.writing("Test") as db:
        save_accounts(db, [replace(each, owner="Rep A" if each.id == 2 else each.owner) for each in accounts])
    window._context.bus.changed.emit(Changes("Test", accounts=True))
    qtbot.waitUntil(lambda: is_quiet() and window.territory.model.territories[0].accounts == 4)
    assert window.territory.territory.owner == "Rep A"
    assert window.accounts.model.rowCount() == 4


def test_they_can_be_sorted_and_the_pick_stays(window):
    window.territory.choose("Rep A")
    for key, first in (("value", "Rep A"), ("accounts", "Rep A"), ("name", "Rep A")):
        window.territory.sort.setCurrentIndex(window.territory.sort.findData(key))
        assert rows(window)[1] == first
        assert window.territory.view.currentIndex().data() == "Rep A"


def test_without_owners_it_says_what_to_do(qtbot, window, filled, accounts, is_quiet):
    with filled.writing("Test") as db:
        save_accounts(db, [replace(each, owner="") for each in accounts])
    window._context.bus.changed.emit(Changes("Test", accounts=True))
    qtbot.waitUntil(lambda: is_quiet() and window.territory.empty.isVisible())
    assert [each.text() for each in window.territory.empty.findChildren(QPushButton)] == [
        "Import accounts…",
        "Draw a line around accounts",
    ]


def test_it_is_painted_in_both_directions(qtbot, window):
    plain = window.territory.view.grab().toImage()
    window.territory.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert window.territory.view.grab().toImage() != plain
