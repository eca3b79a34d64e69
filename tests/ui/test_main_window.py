import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton

from planner.model.changes import Changes
from planner.usecases.edit_accounts import edit_account
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.options import PAGES
from ui.week.board_layout import Piece


@pytest.fixture
def window_of(qtbot, context_of, is_quiet):
    """Opens the window on a workspace and waits until everything is loaded."""

    def open_window(workspace):
        context = context_of(workspace)
        window = MainWindow(context, Geometry(workspace.home))
        qtbot.addWidget(window)
        window.resize(1200, 760)
        window.show()
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        return window

    return open_window


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def drop(qapp, window, *files):
    """Drag files over a window, and let them go; what they are in has to live until then."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    qapp.sendEvent(window, QDragEnterEvent(QPointF(5, 5), *how))
    qapp.sendEvent(window, QDropEvent(QPointF(5, 5), *how))


def test_an_empty_workspace_says_welcome_with_the_sample_and_three_steps(window_of, workspace):
    window = window_of(workspace)
    assert window.stack.currentWidget() is window.welcome
    assert [button.text() for button in window.welcome.findChildren(QPushButton) if button.isVisible()] == [
        "Look around with the sample territory",
        "1   You and your week…",
        "2   Get the roads of your footprint…",
        "3   Import accounts…",
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
    with qtbot.waitSignal(window.header.searched):
        window.header.search.setText("pine hall off")
    assert window.left_out.heading.text() == "NOT IN THE PLAN · 1 of 3 shown"
    window.show_page("accounts")
    assert window.accounts.count.text() == "1 of 6"
    with qtbot.waitSignal(window.header.searched):
        window.header.search.clear()
    assert window.accounts.count.text() == "6 accounts"


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


def test_dropped_files_are_imported_and_what_is_none_of_them_is_told_there(monkeypatch, qapp, window_of, workspace, tmp_path):
    window = window_of(workspace)
    seen = []
    monkeypatch.setattr(window.commands, "import_files", seen.extend)
    drop(qapp, window, tmp_path / "accounts.csv", tmp_path / "photo.png")
    assert [file.name for file in seen] == ["accounts.csv", "photo.png"]


def test_an_import_opens_the_wizard_and_what_it_keeps_is_shown(qtbot, window_of, workspace, tmp_path, is_quiet):
    from ui.imports.wizard import ImportWizard

    file = tmp_path / "accounts.csv"
    file.write_text(
        "Account ID,Account Name,Account Owner,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code\n"
        "001Dn000000pIls,Lifestyle Financial,Rep B,Prospect,409 S Pugh St,State College,PA,16801\n",
        encoding="utf-8",
    )
    window = window_of(workspace)
    window.commands.import_files([file])
    qtbot.waitUntil(is_quiet)
    (wizard,) = window.findChildren(ImportWizard)
    for _step in ("preview", "keep"):
        wizard.next_()
        qtbot.waitUntil(is_quiet)
    assert "1 account added" in texts(wizard)
    assert window.stack.currentWidget() is window.workplace
    wizard.accept()


def test_the_footprint_is_reached_from_welcome_the_menu_and_the_badge_and_left_for_the_page_before(window_of, workspace):
    window = window_of(workspace)
    window.footprint.tabs[2].click()  # the only way in that asks no server
    window.show_page("accounts")
    for way_in in (window.welcome.buttons[2], window.header.badge, window.actions_by_id["footprint"]):
        (way_in.trigger if hasattr(way_in, "trigger") else way_in.click)()
        assert window.stack.currentWidget() is window.footprint
        window.footprint.closed.emit()
        assert window.page == "accounts"
        assert window.stack.currentWidget() is window.welcome


def test_a_dropped_extract_opens_the_footprint_page_with_it(qtbot, qapp, window_of, workspace, tmp_path, is_quiet):
    from small_town import town_xml

    file = tmp_path / "small-town.osm"
    file.write_text(town_xml(), encoding="utf-8")
    window = window_of(workspace)
    window.footprint.tabs[2].click()
    drop(qapp, window, file)
    qtbot.waitUntil(is_quiet)
    assert window.page == "footprint"
    assert window.footprint.files.files == (file,)
    assert window.footprint.start.name.text() == "Small Town"


@pytest.fixture(scope="module")
def roads_home(tmp_path_factory):
    """A home with the roads of a small town and two accounts in it, whose drive times are still to be computed."""
    from small_town import crossing, town_xml

    from planner.model.accounts import Account, AccountKind
    from planner.model.places import PostalAddress
    from planner.progress import silent
    from planner.store.accounts import save_accounts
    from planner.usecases.footprint import build_from_files
    from planner.usecases.workspace import open_workspace

    folder = tmp_path_factory.mktemp("roads")
    (folder / "town.osm").write_text(town_xml(), encoding="utf-8")
    with open_workspace(folder / "home") as opened:
        build_from_files(opened, [folder / "town.osm"], "Town", silent)
        places = [crossing(1, 1), crossing(7, 7)]
        with opened.writing("Test") as db:
            save_accounts(
                db, [Account(0, f"crm{n}", f"Shop {n}", AccountKind.CLIENT, PostalAddress(), place=p) for n, p in enumerate(places)]
            )
    return folder / "home"


def setting_of(workspace):
    from planner.usecases.settings import get_settings

    return get_settings(workspace).text("fill_drive_times")


def test_drive_times_ahead_are_paused_and_taken_up_again_by_one_action(qtbot, window_of, copy_of, roads_home, is_quiet):
    from planner.usecases.drive_times import missing_drive_times

    workspace = copy_of(roads_home)
    window = window_of(workspace)
    action = window.actions_by_id["pause-drive-times"]
    assert action.isChecked()
    assert not window.drive_times.isVisible()
    action.trigger()
    qtbot.waitUntil(is_quiet)
    assert setting_of(workspace) == "no"
    assert window.drive_times.isVisible()
    window.commands.fill_drive_times()
    qtbot.waitUntil(is_quiet)
    assert missing_drive_times(workspace) == 2
    window.drive_times.go_on.click()
    qtbot.waitUntil(lambda: is_quiet() and setting_of(workspace) == "yes", timeout=30_000)
    assert action.isChecked()
    qtbot.waitUntil(lambda: is_quiet() and missing_drive_times(workspace) == 0, timeout=30_000)


def test_pause_in_the_status_bar_lasts_and_giving_way_to_other_work_does_not(qtbot, window_of, copy_of, roads_home, is_quiet, runner):
    workspace = copy_of(roads_home)
    window = window_of(workspace)
    jobs = []
    runner.started.connect(jobs.append)

    def fill():
        jobs.clear()
        window.commands.fill_drive_times()
        qtbot.waitUntil(lambda: any(job.background for job in jobs), timeout=30_000)

    fill()
    window.commands.give_way()
    qtbot.waitUntil(is_quiet, timeout=30_000)
    assert setting_of(workspace) == "yes"
    fill()
    assert window.status.cancel.text() == "Pause"
    window.status.cancel.click()
    qtbot.waitUntil(is_quiet, timeout=30_000)
    assert setting_of(workspace) == "no"
    assert not window.actions_by_id["pause-drive-times"].isChecked()


def test_planning_without_a_road_pack_is_a_problem_told_plainly(qtbot, window_of, filled, is_quiet):
    from ui.errors import ProblemDialog

    window = window_of(filled)
    window.commands.plan_week()
    assert window.header.progress.isVisible()
    qtbot.waitUntil(is_quiet)
    assert not window.header.progress.isVisible()
    problem = window.findChildren(ProblemDialog)[0]
    assert any("no roads" in text for text in texts(problem))
    problem.accept()


def test_closing_leaves_no_work_behind(window_of, filled, runner):
    window = window_of(filled)
    window.commands.begin()
    window.close()
    assert runner.shut_down()


def test_the_status_bar_says_when_something_was_last_kept(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    window = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(window)
    window.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    assert window.status.saved.text() == ""
    edit = edit_account(filled, 1, {"name": "Another name"})
    context.bus.changed.emit(edit)
    assert re.fullmatch(r"Saved \d?\d:\d\d", window.status.saved.text())
    qtbot.waitUntil(is_quiet)
