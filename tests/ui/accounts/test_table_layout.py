import pytest
from accounts_page import actions, desk, dialog, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from planner.model.account_views import Comparison, Condition
from ui.accounts.columns_dialog import ColumnsDialog
from ui.accounts.menus import fill_arrange_menu, fill_cell_menu, fill_header_menu
from ui.accounts.panel import AccountsPanel

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


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_overdue_is_red_in_a_chosen_row_too_and_the_rest_of_it_is_not(panel, theme, name):
    theme.choose(name)
    overdue = next(row for row in range(panel.model.rowCount()) if (panel.model.row_at(row).extra.due_days or 0) < 0)
    panel.table.selectRow(overdue)

    def colours(key):
        picture = panel.table.viewport().grab(panel.table.visualRect(panel.model.index(overdue, panel.model.section_of(key)))).toImage()
        return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}

    for key, ink in {"due": theme.colours.bad, "owner": theme.colours.text}.items():
        assert {ink, theme.colours.chosen} <= colours(key)
        assert not {theme.colours.bad, theme.colours.text} - {ink} & colours(key)
    theme.choose("light")


def test_every_control_has_a_name(panel):
    panel.filter_by([REP_A])
    for widget in (panel.table, panel.filters.add, panel.columns, panel.arrange, panel.views, *panel.bar.buttons.values()):
        assert widget.accessibleName() or widget.text()
    assert all(chip.cross.accessibleName() for chip in panel.filters.chips)


# Widths


def widths(panel):
    table = panel.table
    return {key: table.columnWidth(panel.model.section_of(key)) for key in panel.layout_.keys}


def test_the_names_take_the_room_that_the_others_do_not_need(qtbot, panel):
    panel.resize(1900, 500)
    qtbot.waitUntil(lambda: sum(widths(panel).values()) == panel.table.viewport().width())
    wide = widths(panel)
    panel.resize(2100, 500)
    qtbot.waitUntil(lambda: widths(panel)["name"] == wide["name"] + 200)
    assert {key: px for key, px in widths(panel).items() if key != "name"} == {key: px for key, px in wide.items() if key != "name"}


def test_where_the_table_scrolls_no_column_is_cut_at_its_edge(qtbot, panel):
    panel.resize(700, 500)
    qtbot.waitUntil(lambda: panel.table.viewport().width() < sum(widths(panel).values()))
    edge, ends = 0, []
    for px in widths(panel).values():
        edge += px
        ends.append(edge)
    assert panel.table.viewport().width() in ends


@pytest.mark.parametrize(
    ("room", "expected"), [(700, (420, 150, 130)), (470, (216, 150, 104)), (455, (205, 120, 130)), (440, (216, 120, 104))]
)
def test_scarce_room_makes_whole_columns_first_and_then_goes_to_the_names(qtbot, panel, room, expected):
    panel.layout_.show(["kind", "name", "stage", "owner"])
    panel.layout_._widths["kind"] = 500
    panel.layout_._contents |= {"name": (70, 300), "stage": (50, 150), "owner": (50, 130)}
    panel.resize(panel.width() + 500 + room - panel.table.viewport().width(), 500)
    qtbot.waitUntil(lambda: panel.table.viewport().width() == 500 + room)
    assert tuple(widths(panel).values()) == (500, *expected)


def test_no_name_of_a_column_is_cut_off(panel):
    header = panel.table.horizontalHeader()
    for key, px in widths(panel).items():
        assert px >= header.fontMetrics().horizontalAdvance(panel.model.columns[panel.model.section_of(key)].title), key


def test_a_width_given_by_hand_stays(panel):
    section = panel.model.section_of("stage")
    panel.table.horizontalHeader().resizeSection(section, 222)
    panel.layout_.fit()
    assert panel.table.columnWidth(section) == 222


def test_the_map_is_asked_to_show_what_is_left_by_the_filter(panel):
    asked = []
    panel.fitted.connect(asked.append)
    assert panel.fit.isHidden()
    panel.filter_by([REP_A])
    assert not panel.fit.isHidden()
    panel.fit.click()
    assert asked == [{1, 3, 5}]


def test_where_there_is_little_room_the_columns_are_chosen_from_the_menu_beside_it(panel):
    panel.resize(700, 500)
    assert panel.columns.isHidden()
    menu = QMenu()
    fill_arrange_menu(panel, menu)
    assert "Columns…" in actions(menu)
    panel.resize(1200, 500)
    assert not panel.columns.isHidden()


def test_accounts_are_added_by_the_action(qtbot, context_of, filled, is_quiet):
    action = QAction("Add an account…")
    pressed = []
    action.triggered.connect(lambda: pressed.append(1))
    panel = AccountsPanel(context_of(filled), add=action)
    qtbot.addWidget(panel)
    panel.add.click()
    assert len(pressed) == 1
    action.setEnabled(False)
    assert not panel.add.isEnabled()
    qtbot.waitUntil(is_quiet)
