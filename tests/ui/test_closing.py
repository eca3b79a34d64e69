"""Closing the window ends whatever runs, within the time that the runner allows itself, and leaves the data as it was or wholly new."""

import multiprocessing
import re
import shutil
from collections import Counter

import pytest
from map_servers import Fault, MapServer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from whole_window import CSV, dialogs, open_window, settle

from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.planning import compiled
from planner.store.accounts import all_accounts, save_accounts
from planner.usecases.accounts import list_accounts
from planner.usecases.backups import check_database, list_backups, make_backup
from planner.usecases.encryption import PassphraseNeeded
from planner.usecases.export_everything import ExportForm
from planner.usecases.settings import set_setting
from planner.usecases.workspace import open_workspace
from ui.map_export.files import Page
from ui.places.online import LookUpOnline

pytestmark = pytest.mark.usefixtures("quick_keys")

PASSPHRASE = "four words are enough"
MANY, MORE = 400, 600
UNFINISHED = re.compile(r"\.(tmp|part|partial|new|(?!sqlite)[A-Za-z]{6})$|~$")
"""The names of files that are written beside their place; Qt's end on six letters."""


@pytest.fixture(scope="module")
def busy_home(planned_home, tmp_path_factory):
    """The planned sample with so many more accounts that all there is to do with them takes its time."""
    home = tmp_path_factory.mktemp("busy") / "home"
    shutil.copytree(planned_home, home)
    with open_workspace(home) as workspace:
        here = next(account.place for account in list_accounts(workspace) if account.place)
        with workspace.writing("Many") as db:
            save_accounts(db, [_one_of_many(number, here) for number in range(MANY)])
        set_setting(workspace, "plan_seconds", "60")
        set_setting(workspace, "fill_drive_times", "no")
        make_backup(workspace)
    return home


def _one_of_many(number, here):
    address = PostalAddress(f"{number % 300} East Main Street", "Alder Falls", "PA", "16991")
    place = LatLon(here.lat + number % 40 / 2000, here.lon + number // 40 / 2000) if number % 4 else None
    return Account(0, f"many{number}", f"Shop of {number % 400} Brothers", AccountKind.PROSPECT, address, place=place, sample=True)


def plan(window, _tmp_path):
    window.actions_by_id["plan-week"].trigger()


def fill_drive_times(window, _tmp_path):
    set_setting(window._context.workspace, "fill_drive_times", "yes")
    window.commands.fill_drive_times()


def write_files(window, tmp_path):
    window.commands.exports.write(tmp_path / "all", ExportForm.CSV)
    window.actions_by_id["export-map"].trigger()


def write_map(window, tmp_path):
    window.map_export.write_picture(tmp_path / "map.png", 3.0)
    window.map_export.write_page(tmp_path / "map.pdf", Page())


def back_up(window, _tmp_path):
    window.commands.safety.back_up()
    window.commands.safety.check()


def encrypt(window, _tmp_path):
    window.commands.safety.use_passphrase(PASSPHRASE)


def go_back(window, _tmp_path):
    window.commands.safety.go_back(list_backups(window._context.workspace)[-1].path)


def look_for_duplicates(window, _tmp_path):
    window.actions_by_id["duplicates"].trigger()
    window.commands.roads.examine()


def remove_sample(window, _tmp_path):
    window.actions_by_id["remove-sample"].trigger()


def draft_import(window, tmp_path):
    window.commands.import_files([many_rows(tmp_path)])


def keep_import(window, tmp_path):
    window.commands.import_files([many_rows(tmp_path)])
    settle(window)
    wizard = next(dialogs())
    wizard.next_()
    settle(window)
    wizard.next_()


def many_rows(folder):
    file = folder / "more.csv"
    rows = (
        f"001Dn{n:010d}AAA,Larkspur Bakery {n},Prospect,{n % 200} East Main Street,Alder Falls,PA,16991,814-555-0171\n" for n in range(MORE)
    )
    file.write_text(CSV + "".join(rows), encoding="utf-8")
    return file


WORKS = (
    plan,
    fill_drive_times,
    write_files,
    write_map,
    back_up,
    encrypt,
    go_back,
    look_for_duplicates,
    remove_sample,
    draft_import,
    keep_import,
)


@pytest.fixture
def ended(monkeypatch):
    """What the runner said when it was shut down: whether all threads had ended in time."""
    from ui.workers import Runner

    told, shut_down = [], Runner.shut_down

    def ask(runner, *arguments):
        told.append(shut_down(runner, *arguments))
        return told[-1]

    monkeypatch.setattr(Runner, "shut_down", ask)
    return told


@pytest.mark.parametrize("start", WORKS, ids=lambda work: work.__name__)
def test_the_window_closes_while_something_runs(monkeypatch, tmp_path, copy_of, busy_home, theme, ended, start):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "route.html"), ""))
    workspace = copy_of(busy_home)
    kept = kept_in(workspace.home)
    window = open_window(workspace, theme)
    before = set(workspace.home.rglob("*"))
    window.commands.give_way()
    start(window, tmp_path)
    close_meanwhile(window, ended)
    workspace.close()
    assert not multiprocessing.active_children()
    left = [path for path in (set(workspace.home.rglob("*")) - before) | set(tmp_path.glob("*")) if UNFINISHED.search(path.name)]
    assert left == []
    assert kept_in(workspace.home) in {kept, (0, 0) if start is remove_sample else (kept[0], MORE)}


def test_the_window_closes_while_the_sample_is_made(tmp_path, theme, ended):
    with open_workspace(tmp_path / "home") as workspace:
        window = open_window(workspace, theme)
        window.actions_by_id["add-sample"].trigger()
        close_meanwhile(window, ended, until=lambda: any(multiprocessing.active_children()))
    assert not multiprocessing.active_children()
    assert kept_in(tmp_path / "home") == (0, 0)


def test_the_window_closes_while_a_server_lets_it_wait(tmp_path, theme, ended, copy_of, busy_home):
    workspace = copy_of(busy_home)
    kept = kept_in(workspace.home)
    with MapServer() as server:
        server.fail("/", *[Fault(after_bytes=1, stalls=True)] * 9)
        set_setting(workspace, "nominatim", f"{server.url}/")
        set_setting(workspace, "ask_online", "yes")
        window = open_window(workspace, theme)
        dialog = LookUpOnline(window._context, window)
        dialog.open()
        settle(window)
        dialog.yes.click()
        close_meanwhile(window, ended, until=lambda: bool(server.requests))
    workspace.close()
    assert kept_in(workspace.home) == kept


def test_the_window_closes_while_the_search_is_compiled_for_the_first_time(monkeypatch, tmp_path, theme, ended, copy_of, busy_home):
    code = tmp_path / "code"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(code))  # for the process that compiles
    monkeypatch.setattr(compiled, "_folder", lambda: code)
    workspace = copy_of(busy_home)
    kept = kept_in(workspace.home)
    window = open_window(workspace, theme)
    close_meanwhile(window, ended, until=lambda: any(code.glob("*.nbi")))
    workspace.close()
    assert not multiprocessing.active_children()
    assert not compiled.is_whole()
    assert kept_in(workspace.home) == kept


def close_meanwhile(window, ended, until=None):
    """Close the window as soon as its work tells how far it is, or a moment after it began, or when what is waited for has come."""
    runner, told = window._context.runner, []
    for job in runner.jobs:
        job.progressed.connect(lambda *_: told.append(1))
    for _look in range(3000 if until else 20):
        if until() if until else told:
            break
        QTest.qWait(10)
    del ended[:]
    window.close()
    QTest.qWait(20)  # what was told before
    window.deleteLater()
    QTest.qWait(0)
    assert ended == [True]
    assert list(dialogs()) == []
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def kept_in(home):
    """How many accounts are in a home, the sample's and her own, once it is sure that the data opens and is sound, its backups too."""
    try:
        workspace = open_workspace(home)
    except PassphraseNeeded:
        workspace = open_workspace(home, passphrase=PASSPHRASE)
    with workspace:
        assert check_database(workspace) == []
        assert all(backup.readable for backup in list_backups(workspace))
        with workspace.reading() as db:
            kept = Counter(account.sample for account in all_accounts(db))
    return kept[True], kept[False]
