"""The work of the window: files dropped on it, the footprint, drive times ahead, planning, and what is kept when."""

import re

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from planner.usecases.edit_accounts import edit_account
from ui.geometry import Geometry
from ui.main_window import MainWindow


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def drop(qapp, window, *files):
    """Drag files over a window, and let them go; what they are in has to live until then."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    qapp.sendEvent(window, QDragEnterEvent(QPointF(5, 5), *how))
    qapp.sendEvent(window, QDropEvent(QPointF(5, 5), *how))


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
        qtbot.waitUntil(lambda: any(job.background and job.label for job in jobs), timeout=30_000)

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
    window.commands.planning.plan_week()
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
    edit = edit_account(filled, 1, {"name": "Another name"})
    context.bus.changed.emit(edit)
    assert re.fullmatch(r"Saved \d?\d:\d\d", window.status.saved.text())
    qtbot.waitUntil(is_quiet)
