from accounts_page import actions, desk, dialog, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from planner.model.account_views import Comparison, Condition
from ui.accounts.columns_dialog import ColumnsDialog
from ui.accounts.menus import fill_arrange_menu, fill_cell_menu, fill_header_menu

REP_A = Condition("owner", Comparison.IS, "Rep A")

# Columns


def test_columns_are_chosen_found_and_moved_by_keys(qtbot, panel):
    panel.columns.click()
    form = dialog(ColumnsDialog)
    form.search.setText("zip")
    visible = [form.list.item(row) for row in range(form.list.count()) if not form.list.isRowHidden(row)]
    assert [item.text() for item in visible] == ["ZIP"]
    visible[0].setCheckState(Qt.CheckState.Checked)
    assert panel.layout_.keys[-1] == "zip"
    form.search.clear()
    form.list.setCurrentRow(1)
    qtbot.keyClick(form, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert panel.layout_.keys[:3] == ("name", "tier", "kind")
    header = panel.table.horizontalHeader()
    assert [header.visualIndex(panel.model.section_of(key)) for key in ("name", "tier", "kind")] == [0, 1, 2]
    assert not header.isSectionHidden(panel.model.section_of("zip"))
    form.close()


def test_columns_widths_and_order_are_remembered(open_panel, panel, filled, qtbot, is_quiet):
    header = panel.table.horizontalHeader()
    header.moveSection(header.visualIndex(panel.model.section_of("owner")), 1)
    header.resizeSection(panel.model.section_of("owner"), 177)
    panel.hide_column("stage")
    panel.sort_by("due", descending=True)
    panel.group_by("kind")
    other = open_panel(filled)
    assert other.layout_.keys[:2] == ("name", "owner")
    assert "stage" not in other.layout_.keys
    assert other.table.columnWidth(other.model.section_of("owner")) == 177
    assert (other.model.sort_key, other.model.descending, other.model.group_key) == ("due", True, "kind")


def test_a_header_that_is_clicked_sorts_and_its_menu_hides(qtbot, panel):
    header = panel.table.horizontalHeader()
    section = panel.model.section_of("tier")
    at = QPoint(header.sectionViewportPosition(section) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.model.sort_key == "tier"
    menu = QMenu()
    fill_header_menu(panel, menu, panel.model.columns[section])
    assert not menu.isEmpty()
    actions(menu)["Hide tier"].trigger()
    assert header.isSectionHidden(section)
    assert panel.model.sort_key == "tier"


def test_the_names_cannot_be_hidden(panel):
    panel.hide_column("name")
    assert panel.layout_.keys[0] == "name"


# Groups


def test_groups_are_folded_by_keys_and_by_the_mouse(qtbot, panel):
    panel.group_by("owner")
    desk(panel).select(1)
    panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(1), 0))
    press(qtbot, panel, Qt.Key.Key_Left)
    assert panel.model.group_at(panel.table.currentIndex().row()).title == "Rep A"
    press(qtbot, panel, Qt.Key.Key_Left)
    assert panel.model.rowCount() == 2 + 3
    press(qtbot, panel, Qt.Key.Key_Right)
    press(qtbot, panel, Qt.Key.Key_Minus)
    assert panel.model.rowCount() == 2 + 3
    press(qtbot, panel, Qt.Key.Key_Plus)
    assert panel.model.rowCount() == 2 + 6
    heading = panel.table.visualRect(panel.model.index(0, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert panel.model.rowCount() == 2 + 3
    panel.table.fold_all(collapsed=True)
    assert panel.model.rowCount() == 2
    assert desk(panel).selected == 1


def test_what_is_selected_elsewhere_is_brought_into_sight_in_its_group(panel):
    panel.group_by("owner")
    panel.table.fold_all(collapsed=True)
    desk(panel).select(2)
    assert panel.table.currentIndex().row() == panel.model.row_of(2) >= 0
    assert panel.model.rowCount() == 2 + 3


def test_all_in_groups_can_be_chosen_but_no_heading(qtbot, panel):
    panel.group_by("owner")
    panel.table.selectAll()
    assert len(panel.table.chosen) == 6
    assert panel.bar.told.text() == "6 accounts selected"


def test_any_column_can_be_grouped_and_sorted_by_from_the_menu(panel):
    menu = QMenu()
    fill_arrange_menu(panel, menu)
    sort, group = (actions(menu)[text].menu() for text in ("Sort by", "Group by"))

    def every(of):
        return [deep for action in of.actions() for deep in (every(action.menu()) if action.menu() else [action]) if deep.text()]

    assert len(every(sort)) == len(panel.model.columns)
    for action in every(group):
        action.trigger()
        assert len(panel.model.shown) == 6
    cell = QMenu()
    fill_cell_menu(panel, cell)


# The rest


def test_a_window_that_only_shows_offers_no_change(open_panel, filled):
    filled.read_only = True
    panel = open_panel(filled)
    assert not panel.bar.buttons["edit"].isEnabled()
    assert panel.bar.buttons["copy"].isEnabled()
    panel.views._fill()
    assert not actions(panel.views.menu_)["Save as a view…"].isEnabled()


def test_everything_is_painted_in_both_themes_and_from_right_to_left(panel, theme):
    panel.group_by("owner")
    panel.layout_.show([column.key for column in panel.model.columns])
    for name in ("light", "dark"):
        theme.choose(name)
        for side in Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft:
            panel.setLayoutDirection(side)
            panel.table.setFocus()
            assert not panel.grab().isNull()
    theme.choose("light")


def test_every_control_has_a_name(panel):
    panel.filter_by([REP_A])
    for widget in (panel.table, panel.filters.add, panel.columns, panel.arrange, panel.views, *panel.bar.buttons.values()):
        assert widget.accessibleName() or widget.text()
    assert all(chip.cross.accessibleName() for chip in panel.filters.chips)
