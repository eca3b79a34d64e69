"""The window: its pages, what is selected and searched in it, and what it shows of a workspace."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.places import Bounds
from planner.values import replace
from ui.geometry import Geometry
from ui.options import PAGES
from ui.week.board_layout import Piece


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_an_empty_workspace_says_welcome_with_the_sample_and_three_steps(window_of, workspace):
    window = window_of(workspace)
    assert window.stack.currentWidget() is window.welcome
    assert [button.text() for button in window.welcome.findChildren(QPushButton) if button.isVisible()] == [
        "Set up your week…",
        "Get the map of your area…",
        "Import your accounts…",
        "Look around with the sample territory",
    ]
    assert window.header.badge.text() == "No roads yet"


def test_a_filled_workspace_shows_the_plan_everywhere(qtbot, window_of, filled):
    window = window_of(filled)
    assert window.stack.currentWidget() is window.workplace
    assert len([card for card in window.week.board.cards if card.piece is Piece.VISIT]) == 4
    assert window.left_out.heading.text() == "NOT IN THE PLAN · 3 of 6"
    assert window.status.summary.text().startswith("3 visits · 3 h 00 driving")
    assert window.header.week.text() == "Week 49 · Nov 30 – Dec 4"
    qtbot.waitUntil(lambda: "Monday, November 30" in texts(window.details))


def test_one_selection_reaches_board_list_map_table_and_details(qtbot, window_of, filled, is_quiet):
    window = window_of(filled)
    window.week.board.setFocus()
    qtbot.keyClick(window.week.board, Qt.Key.Key_Down)
    qtbot.waitUntil(is_quiet)
    assert window.map.selected == 1
    qtbot.waitUntil(lambda: "Uni-Mart HQ" in texts(window.details))
    window.map.picked.emit(5)
    qtbot.waitUntil(is_quiet)
    assert window.week.board.current is None
    assert window.left_out.view.currentIndex().data() == "Hoag's Catering"
    qtbot.waitUntil(lambda: any("52 min detour" in text for text in texts(window.details)))
    window.show_page("accounts")
    assert window.accounts.table.currentIndex().siblingAtColumn(0).data() == "Hoag's Catering"
    window.accounts.table.selectRow(window.accounts.model.row_of(3))
    qtbot.waitUntil(is_quiet)
    assert window.week.board.current.title == "Torrey Dental"
    assert window.left_out.view.selectionModel().selectedIndexes() == []


def test_selecting_a_visit_turns_to_its_day(window_of, filled, qtbot, is_quiet):
    window = window_of(filled)
    window._context.desk.select(3)
    qtbot.waitUntil(is_quiet)
    assert window._context.desk.day == 1


def test_the_search_filters_list_and_table_and_counts(qtbot, window_of, filled):
    window = window_of(filled)
    with qtbot.waitSignal(window._context.bus.searched):
        window.left_out.search.setText("pine hall off")
    assert window.left_out.heading.text() == "NOT IN THE PLAN · 1 of 3 shown"
    window.show_page("accounts")
    assert window.accounts.count.text() == "1 of 6"
    assert window.accounts.search.text() == "pine hall off"
    with qtbot.waitSignal(window._context.bus.searched):
        window.accounts.search.clear()
    assert window.accounts.count.text() == "6 accounts"
    assert window.left_out.search.text() == ""


def test_ctrl_f_filters_the_list_on_show_else_the_accounts(qtbot, window_of, filled):
    window = window_of(filled)
    window.activateWindow()
    window.actions_by_id["search"].trigger()
    qtbot.waitUntil(window.left_out.search.hasFocus)
    window.show_page("settings")
    window.actions_by_id["search"].trigger()
    assert window.page == "accounts"
    qtbot.waitUntil(window.accounts.search.hasFocus)


def primary(window):
    """The texts of the buttons of the window that are primary and in sight."""
    return [each.text() for each in window.findChildren(QPushButton) if each.property("role") == "primary" and each.isVisible()]


def test_a_page_has_one_primary_action_at_most(qtbot, window_of, filled, is_quiet):
    window = window_of(filled)
    assert primary(window) == ["Plan week"]
    for page, wanted in {"accounts": ["Import…"], "territory": [], "settings": [], "week": ["Plan week"]}.items():
        window.show_page(page)
        assert primary(window) == wanted, page
    window.actions_by_id["next-week"].trigger()
    qtbot.waitUntil(is_quiet)
    assert primary(window) == ["Plan week"]
    assert window.header.plan.property("role") == ""
    window.show_page("accounts")
    window._context.bus.searched.emit("nobody is called so")
    assert primary(window) == ["Clear the filter"]
    window.accounts.clear_filter()
    assert primary(window) == ["Import…"]
    assert window.accounts.search.text() == ""


def test_an_empty_workspace_has_the_primary_action_of_its_welcome(window_of, workspace):
    assert primary(window_of(workspace)) == ["Set up your week…"]


def test_an_alarm_stands_alone_and_nothing_is_said_to_be_ready(window_of, filled, qtbot, is_quiet):
    window = window_of(filled)
    window._has_sample = True
    window._show_alarm("")
    assert window.notice.isVisible()
    window.banner.tell("The data is damaged. Go back to a good backup before you go on.")
    assert window.banner.isVisible()
    assert not window.notice.isVisible()
    assert window.header.badge.property("ready") == "alarm"
    assert "damaged" in window.header.badge.toolTip()
    window.banner.tell("")
    assert window.notice.isVisible()
    assert window.header.badge.text() == "No roads yet"


def test_the_sample_is_added_once_and_says_why_not_again(window_of, filled):
    window = window_of(filled)
    add, remove = (window.actions_by_id[f"{name}-sample"] for name in ("add", "remove"))
    assert add.isEnabled()
    assert (remove.isEnabled(), remove.toolTip()) == (False, "There is no sample territory.")
    window._show_pack(RoadPack("p", "County", Path(), "", "2026-01-01", "", Bounds(0, 0, 1, 1), {}, (), sample=True))
    assert (add.isEnabled(), add.toolTip()) == (False, "The sample territory is there already.")
    assert remove.isEnabled()


def test_the_value_of_a_plan_is_whole_while_it_rises(window_of, filled, qtbot):
    window = window_of(filled)
    window.header.show_planning(planning=True)
    progress = window.header.progress
    progress.begin()
    for value in (189, 1890, 18_900):
        progress.show_value(value)
        qtbot.waitUntil(lambda: progress.value.width() >= progress.value.sizeHint().width())
    assert progress.value.text() == "value 18,900"


def test_a_chip_shows_only_what_was_left_out_for_its_reason(window_of, filled):
    window = window_of(filled)
    chips = {button.text(): button for button in window.left_out.chips.findChildren(QPushButton)}
    assert set(chips) == {"No room 1", "Too far 1", "Unplaced address 1"}
    chips["Too far 1"].click()
    assert [each.title for each in window.left_out.model.shown] == ["Hoag's Catering"]


def test_the_list_stays_while_a_search_passes_through_plans_without_reasons(window_of, filled, plan):
    window = window_of(filled)
    bus, desk = window._context.bus, window._context.desk
    bus.planning.emit(True)
    desk.show_plan(replace(plan, left_out=()), routed=False)
    assert window.left_out.model.total == 3
    desk.show_plan(replace(plan, left_out=plan.left_out[:1]), routed=False)
    assert window.left_out.model.total == 1


def test_another_week_is_loaded_and_says_it_is_not_planned(qtbot, window_of, filled, is_quiet):
    window = window_of(filled)
    window.actions_by_id["next-week"].trigger()
    qtbot.waitUntil(is_quiet)
    assert window.header.week.text() == "Week 50 · Dec 7 – 11"
    assert window.week.currentWidget() is window.week.empty
    assert window.status.summary.text() == ""
    window.actions_by_id["previous-week"].trigger()
    qtbot.waitUntil(is_quiet)
    assert window.week.currentWidget() is window.week.board


def test_every_page_opens(window_of, filled):
    window = window_of(filled)
    for page, button in window.rail.buttons.items():
        button.click()
        assert window.page == page
        assert [name for name, other in window.rail.buttons.items() if other.isChecked()] == [page]
        window.grab()


def test_no_page_is_still_to_come(window_of, filled):
    window = window_of(filled)
    for page in PAGES:
        window.show_page(page)
        assert not any("not part of this version" in text for text in texts(window.stack.currentWidget()))


def test_keys_hide_and_show_the_panels(window_of, filled):
    window = window_of(filled)
    window.actions_by_id["panel-details"].trigger()
    assert not window.details.isVisible()
    window.actions_by_id["panel-details"].trigger()
    assert window.details.isVisible()


def test_where_the_panels_were_is_remembered_in_the_home_of_the_workspace(qtbot, window_of, filled, context_of):
    window = window_of(filled)
    window.workplace._across.setSizes([400, 500, 300])
    kept = window.workplace._across.sizes()
    window.close()
    assert (filled.home / "window.ini").is_file()
    again = Geometry(filled.home)
    assert again.sizes("week across", []) == kept


def test_a_write_reloads_what_it_changed(qtbot, window_of, filled, accounts, is_quiet):
    from planner.store.accounts import save_accounts

    window = window_of(filled)
    with filled.writing("Test") as db:
        save_accounts(
            db, [accounts[0].__class__(id=0, crm_id="001new", name="New Bank", kind=accounts[0].kind, address=accounts[0].address)]
        )
    window.show_page("accounts")
    window._context.bus.changed.emit(Changes("Import", accounts=True))
    qtbot.waitUntil(is_quiet)
    qtbot.waitUntil(lambda: window.accounts.count.text() == "7 accounts")


def test_a_setting_is_kept_and_a_wrong_one_is_told_beside_its_field(qtbot, window_of, filled, is_quiet):
    window = window_of(filled)
    window.show_page("settings")
    field = window.settings.fields["max_drive_minutes"]
    field.setText("240")
    field.editingFinished.emit()
    qtbot.waitUntil(is_quiet)
    assert window._context.desk.settings.seconds("max_drive_minutes") == 240 * 60
    field.setText("plenty")
    field.editingFinished.emit()
    qtbot.waitUntil(is_quiet)
    assert window.settings.rows["max_drive_minutes"].problem.isVisible()
    assert window._context.desk.settings.seconds("max_drive_minutes") == 240 * 60
