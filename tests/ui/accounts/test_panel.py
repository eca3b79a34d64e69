from accounts_page import actions, click, desk, dialog, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from planner.model.account_views import Comparison, Condition
from planner.model.places import MatchQuality
from planner.store.accounts import all_accounts
from planner.usecases.account_views import list_views
from planner.usecases.undo import undo
from ui.accounts.bulk_dialog import BulkDialog
from ui.accounts.filter_form import FilterForm
from ui.accounts.menus import quick_filters
from ui.accounts.name_dialog import NameDialog

REP_A = Condition("owner", Comparison.IS, "Rep A")


# The one selection


def test_a_row_that_is_clicked_is_selected_everywhere_and_the_other_way_round(qtbot, panel):
    click(qtbot, panel, 3)
    assert desk(panel).selected == 3
    desk(panel).select(5)
    assert panel.table.currentIndex().data() == "Hoag's Catering"
    assert panel.table.chosen == [5]
    desk(panel).select(None)
    assert panel.table.chosen == []


def test_the_arrows_walk_through_the_accounts(qtbot, panel):
    desk(panel).select(panel.model.row_at(0).account.id)
    press(qtbot, panel, Qt.Key.Key_Down)
    assert desk(panel).selected == panel.model.row_at(1).account.id


def test_the_selection_stays_through_sorting_filtering_and_new_rows(panel, qtbot, is_quiet):
    desk(panel).select(3)
    panel.sort_by("last_visit", descending=True)
    assert panel.table.currentIndex().row() == panel.model.row_of(3)
    panel.filter_by([REP_A])
    assert panel.table.chosen == [3]
    panel._loader._load()
    qtbot.waitUntil(is_quiet)
    assert panel.table.chosen == [3]


def test_a_double_click_and_enter_open_an_account(qtbot, panel):
    opened = []
    panel.opened.connect(opened.append)
    click(qtbot, panel, 2)
    at = panel.table.visualRect(panel.table.currentIndex()).center()
    qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert opened == [2, 2]


def test_a_typed_name_is_gone_to(qtbot, panel):
    qtbot.keyClicks(panel.table, "ho")
    assert desk(panel).selected == 5


# Several at once


def test_several_are_chosen_by_mouse_and_keys_and_a_bar_says_how_many(qtbot, panel):
    click(qtbot, panel, 1)
    assert not panel.bar.isVisible()
    click(qtbot, panel, 4, Qt.KeyboardModifier.ControlModifier)
    assert set(panel.table.chosen) == {1, 4}
    assert panel.bar.told.text() == "2 accounts selected"
    assert panel.bar.isVisible()
    press(qtbot, panel, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.table.chosen) == 6
    press(qtbot, panel, Qt.Key.Key_Escape)
    assert panel.table.chosen == [4]
    press(qtbot, panel, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, panel, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.table.chosen) == 2


def test_several_stay_chosen_in_another_order(panel, qtbot):
    click(qtbot, panel, 1)
    click(qtbot, panel, 5, Qt.KeyboardModifier.ControlModifier)
    panel.sort_by("last_visit", descending=True)
    assert set(panel.table.chosen) == {1, 5}
    panel.filter_by([REP_A])
    assert set(panel.table.chosen) == {1, 5}
    assert desk(panel).selected == 5


def test_they_are_changed_in_one_step_and_the_dialog_says_how_many(qtbot, panel, filled, is_quiet):
    panel.table.selectAll()
    panel.bar.buttons["owner"].click()
    form = dialog(BulkDialog)
    assert form.marks["owner"].isChecked()
    form.fields["owner"].setText("Rep B")
    qtbot.waitUntil(form.save.isEnabled)
    assert form.told.text() == "Changes 3 of 6 accounts."
    form.save.click()
    qtbot.waitUntil(is_quiet)
    with filled.reading() as db:
        assert {account.owner for account in all_accounts(db)} == {"Rep B"}
    undo(filled)
    with filled.reading() as db:
        assert {account.owner for account in all_accounts(db)} == {"Rep A", "Rep B"}


def test_what_cannot_be_read_is_told_in_the_dialog(qtbot, panel):
    panel.table.selectAll()
    panel.do("edit")
    form = dialog(BulkDialog)
    form.fields["hours"].setText("whenever")
    qtbot.waitUntil(lambda: "cannot be read" in form.told.text())
    assert not form.save.isEnabled()
    form.fields["hours"].setText("Mo-Fr 08:00-17:00")
    form.marks["tier"].setChecked(False)
    qtbot.waitUntil(lambda: form.told.text() == "All 6 accounts are so already.")
    form.close()


def test_copied_rows_are_those_chosen_with_their_columns(qtbot, panel, is_quiet):
    click(qtbot, panel, 1)
    panel.layout_.show(["name", "owner", "deals"])
    press(qtbot, panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert QGuiApplication.clipboard().text() == "Account\tOwner\tOpen deals\nUni-Mart HQ\tRep A\t$2,400\n"


def test_shown_rows_are_written_to_a_file(qtbot, panel, tmp_path, is_quiet):
    panel.filter_by([REP_A])
    panel.verbs.write(panel.model.shown_rows, [panel.model.list.columns["name"], panel.model.list.columns["deals"]], tmp_path / "a.csv")
    qtbot.waitUntil(is_quiet)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["Account,Open deals", "Hoag's Catering,", "Torrey Dental,", "Uni-Mart HQ,2400.00"]


# Filters and views


def test_conditions_are_chips_that_are_taken_out_by_their_cross_and_by_del(qtbot, panel):
    shown = []
    panel._context.bus.filtered.connect(shown.append)
    panel.filter_by([REP_A, Condition("deals", Comparison.NOT_EMPTY)])
    assert [chip.text.text() for chip in panel.filters.chips] == ["Owner is Rep A", "Open deals is not empty"]
    assert panel.count.text() == "1 of 6"
    assert shown[-1] == {1}
    panel.filters.chips[1].cross.click()
    assert panel.count.text() == "3 of 6"
    qtbot.keyClick(panel.filters.chips[0].text, Qt.Key.Key_Delete)
    assert panel.count.text() == "6 accounts"
    assert shown[-1] is None


def test_a_condition_is_asked_for_and_says_how_many_it_leaves(qtbot, panel):
    panel.filters.add.click()
    form = dialog(FilterForm)
    form.column.setCurrentIndex(form.column.findData("last_visit"))
    form.comparison.setCurrentIndex(form.comparison.findData(Comparison.LONGER_AGO.value))
    form.number.setText("soon")
    assert not form.apply.isEnabled()
    assert form.told.text() == "Write a number of days, such as 90."
    form.number.setText("0")
    assert form.told.text() == "6 of 6 accounts"
    form.apply.click()
    assert panel.model.conditions == (Condition("last_visit", Comparison.LONGER_AGO, "0"),)
    assert panel.filters.chips[0].text.text() == "Last visit more than 0 days ago"


def test_a_chip_that_is_pressed_changes_its_condition(panel):
    panel.filter_by([REP_A])
    panel.filters.chips[0].text.click()
    form = dialog(FilterForm)
    assert form.condition == REP_A
    form.text.setEditText("Rep B")
    form.apply.click()
    assert panel.model.conditions == (Condition("owner", Comparison.IS, "Rep B"),)


def test_where_nothing_is_left_a_button_clears_the_filter(panel):
    panel._context.bus.searched.emit("nobody is called so")
    panel.filter_by([REP_A])
    assert panel.empty.isVisible()
    panel.clear_filter()
    assert panel.table.isVisible()
    assert panel.count.text() == "6 accounts"
    assert panel.search.text() == ""


def test_the_views_that_are_always_there_say_how_many_they_leave(panel):
    panel.views._fill()
    texts = list(actions(panel.views.menu_))
    assert "Places to check\t2" in texts
    actions(panel.views.menu_)["Places to check\t2"].trigger()
    assert {account.id for account in panel.model.shown} == {5, 6}
    assert panel.views.text() == "Places to check  ▾"
    assert all(account.match_quality in {MatchQuality.STREET, MatchQuality.NONE} for account in panel.model.shown)


def test_a_view_is_saved_looked_by_renamed_and_deleted(qtbot, panel, filled, is_quiet):
    panel.filter_by([REP_A])
    panel.layout_.show(["name", "phone"])
    panel.group_by("tier")
    panel.views.save_as()
    form = dialog(NameDialog)
    form.name.setText("No owner")
    form.save.click()
    qtbot.waitUntil(form.problem.isVisible)
    form.name.setText("Mine & ours")
    form.save.click()
    qtbot.waitUntil(lambda: len(panel.views.saved) == 1)
    assert panel.views.text() == "Mine && ours  ▾"
    panel.show_view(panel.views.views()[0])
    assert (panel.count.text(), panel.model.groups) == ("6 accounts", ())
    panel.layout_.show(["name", "owner"])
    panel.show_view(panel.views.saved[0])
    assert (panel.layout_.keys, panel.model.group_key, panel.count.text()) == (("name", "phone"), "tier", "3 of 6")
    panel.views._fill()
    actions(panel.views.menu_)["Delete “Mine && ours”"].trigger()
    qtbot.waitUntil(lambda: not panel.views.saved)
    qtbot.waitUntil(is_quiet)
    assert panel.views.text() == "All accounts  ▾"
    undo(filled)
    assert [view.name for view in list_views(filled)] == ["Mine & ours"]


def test_the_value_of_a_cell_suggests_filters(panel):
    columns, row = panel.model.list.columns, panel.model.row_at(panel.model.row_of(1))
    assert quick_filters(columns["owner"], row)[0] == ("Only owner: Rep A", REP_A)
    assert [each.value for _text, each in quick_filters(columns["deals"], row)] == ["2400.00"] * 3
    assert quick_filters(columns["tags"], row)[0][1] == Condition("tags", Comparison.EMPTY)
    for column in columns.values():
        first = quick_filters(column, row)[0][1]
        panel.filter_by([first])
        assert 1 in {account.id for account in panel.model.shown}, column.key


def test_the_menu_of_a_row_is_asked_for_by_mouse_and_by_key(qtbot, panel):
    asked = []
    panel.menu_wanted.connect(lambda account_id, _at: asked.append(account_id))
    click(qtbot, panel, 4)
    at = panel.table.visualRect(panel.table.currentIndex()).center()
    from PySide6.QtGui import QContextMenuEvent

    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(panel.table.viewport(), QContextMenuEvent(reason, at, panel.table.viewport().mapToGlobal(at)))
    assert asked == [4, 4]
    menu = QMenu()
    panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(4), panel.model.section_of("owner")))
    panel.fill_menu(menu)
    actions(menu)["Only owner: Rep B"].trigger()
    assert panel.count.text() == "3 of 6"
