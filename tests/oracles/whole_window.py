"""The whole window as the program makes it, and every way to something else to look at: pages, tabs and dialogs, each by a name."""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui
from planner.errors import DamagedDatabase, UserProblem
from planner.model.accounts import Account, Contact, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.places import NamedPlace
from planner.model.tracking import Cost, CostKind, Visit
from planner.model.week import WeekPlan
from planner.store.accounts import save_accounts
from planner.store.book import save_contacts
from planner.store.plans import save_plan
from planner.usecases.accounts import list_accounts
from planner.usecases.backups import make_backup
from planner.usecases.doctor import Finding, Health
from planner.usecases.encryption import PassphraseNeeded
from planner.usecases.log_visit import list_visits, log_visit
from planner.usecases.merge import list_duplicates
from planner.usecases.mileage import confirm_drives, list_drives, propose_drives
from planner.usecases.settings import set_setting
from planner.usecases.tracks import TrackPiece, TrackRead
from planner.usecases.trip_costs import add_cost
from planner.usecases.trips import list_trips, make_trips
from planner.usecases.workspace import Workspace
from planner.values import replace
from ui.accounts.bulk_dialog import BulkDialog
from ui.accounts.columns_dialog import ColumnsDialog
from ui.app import make_window
from ui.dialogs.confirm import Confirm
from ui.dialogs.findings import Findings
from ui.duplicates.merge_all import MergeAll
from ui.errors import show_error
from ui.history.account_dialog import AccountHistory
from ui.imports.wizard import ImportWizard
from ui.main_window import MainWindow
from ui.map.tools.ask import AskWord
from ui.map_layers.panel import LayersPanel
from ui.options import FOOTPRINT, PAGES
from ui.places.online import LookUpOnline
from ui.safety.damaged_dialog import DamagedDialog
from ui.safety.passphrase_dialog import PassphraseDialog
from ui.safety.unlock_dialog import UnlockDialog
from ui.style import Theme
from ui.trips.commands import TripCommands
from ui.trips.cost_dialog import CostDialog
from ui.trips.drive_dialog import DriveDialog
from ui.trips.track_dialog import TrackDialog
from ui.trips.trips_tab import TripsTab
from ui.visits.mail_dialog import MailDialog

WEEK = IsoWeek(2026, 49)
LONG_AGO = datetime.now(UTC).date() - timedelta(days=9)
"""A day that is over, so that trips can be finished and drives be claimed."""
MOST_DIALOGS = 12
NO_SERVER = "http://127.0.0.1:1"
QUIET_LOOKS, LOOK_MS, PATIENCE_S = 3, 10, 60.0
UNLABELLED = ("warm up",)
CSV = "Account ID,Account Name,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Phone\n"
ROWS_OF_CSV = "001Dn00000aaaaAAAA,Larkspur Bakery,Prospect,12 East Main Street,Alder Falls,PA,16991,814-555-0171\n"

for _module in walk_packages(ui.__path__, "ui."):
    import_module(_module.name)  # what a window imports when it is first asked for takes none of its time here

Way = Callable[[MainWindow], object]
"""Brings something into sight; what it returns is kept alive by who called."""


def live_in(workspace: Workspace, accounts: list[Account], plan: WeekPlan) -> None:
    """Give a workspace with accounts and a plan what weeks of use leave in it: a trip, drives, a cost, a visit, a twin and a backup."""
    past = replace(plan, week=IsoWeek.of(LONG_AGO), days=(replace(plan.days[0], day=LONG_AGO, last_drive_s=600, last_drive_m=9000),))
    with workspace.writing("Live in it") as db:
        save_plan(db, past, sample=False)
        save_accounts(db, [replace(accounts[1], id=0, crm_id="001twin", name="Yards Leasing Inc")])
        save_contacts(db, [Contact(0, "c1", 1, "Ann", "Lee", "ann@example.org"), Contact(0, "c2", 1, "Bo", "Ray", "bo@example.org")])
    make_trips(workspace, past.week)
    trip = list_trips(workspace)[0]
    propose_drives(workspace, trip.id)
    confirm_drives(workspace, [list_drives(workspace)[0].id], LONG_AGO)
    add_cost(workspace, Cost(0, trip.id, LONG_AGO, CostKind.MEALS, 1550))
    log_visit(workspace, Visit(0, 1, LONG_AGO, VisitOutcome.MET, "Talked it over", next_step="Send the offer", minutes=30))
    for server in ("region_index", "overpass", "nominatim"):
        set_setting(workspace, server, NO_SERVER)
    make_backup(workspace)


def open_window(workspace: Workspace, theme: Theme, size: tuple[int, int] = (1440, 900)) -> MainWindow:
    """The window as the program makes it, on the week of the plan, when it has come to rest."""
    options = argparse.Namespace(week=WEEK, theme=theme.name, size=size, page="week", sample=False, screenshot=None)
    window = make_window(workspace, theme, options)
    window.show()
    settle(window)
    return window


@contextmanager
def opened(workspace: Workspace, theme: Theme, size: tuple[int, int] = (1440, 900)) -> Iterator[MainWindow]:
    """A window that is gone afterwards, with all that stood beside it."""
    window = open_window(workspace, theme, size)
    try:
        yield window
    finally:
        throw_away(window)


def throw_away(window: MainWindow) -> None:
    """Close a window and what stands beside it, and let Qt delete it now."""
    close_dialogs(window)
    window.close()
    window.deleteLater()
    QTest.qWait(0)


def settle(window: MainWindow) -> None:
    """Wait until no work is under way but what nobody sees, and the map is drawn; AssertionError when that never comes."""
    until, quiet = time.monotonic() + PATIENCE_S, 0
    while quiet < QUIET_LOOKS:
        assert time.monotonic() < until, [job.label or job.lane for job in window._context.runner.jobs]
        QTest.qWait(LOOK_MS)
        busy = any(job.lane not in UNLABELLED for job in window._context.runner.jobs) or not window.map.is_settled
        quiet = 0 if busy else quiet + 1


def close_dialogs(window: MainWindow) -> None:
    """Close what stands beside the window, as the user does, the newest first; what is asked back is closed too."""
    for _round in range(MOST_DIALOGS):
        front = next(reversed(list(dialogs())), None)
        if front is None:
            break
        front.reject() if isinstance(front, QDialog) else front.close()
        QApplication.processEvents()
    settle(window)


def dialogs() -> Iterator[QWidget]:
    """The dialogs in sight, and the panel that unfolds over the map."""
    return (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog | LayersPanel) and each.isVisible())


def pages() -> dict[str, Way]:
    """Every page and its tabs."""
    ways: dict[str, Way] = {page: lambda window, page=page: window.show_page(page) for page in PAGES}
    ways["settings"] = lambda window: (window.show_page("settings"), window.settings.rows)
    ways |= {f"report tab {tab}": lambda window, tab=tab: _report(window, tab) for tab in (1, 2)}
    ways |= {f"footprint way {way}": lambda window, way=way: _footprint(window, way) for way in (2, 1, 0)}
    return ways


def action_dialogs() -> dict[str, Way]:
    """The dialogs that an action of the table opens."""
    names = (
        "log-visit", "edit-account", "history", "duplicates", "check-places", "before-leaving", "backups", "export-everything", "versions",
        "export-map-picture", "export-map-pdf", "shortcuts", "about", "map-layers",
    )  # fmt: skip
    return {name: lambda window, name=name: _on_week(window).actions_by_id[name].trigger() for name in names}


def inner_dialogs(folder: Path) -> dict[str, Way]:
    """The dialogs that a button of a page or of another dialog opens; `folder` takes the files of an import."""

    def trips(window: MainWindow) -> TripCommands:
        return TripCommands(window._context, window)

    def workspace(window: MainWindow) -> Workspace:
        return window._context.workspace

    damaged = DamagedDatabase("The data is damaged.", "Its first page is garbage.", "Go back.", backup=None)
    locked = PassphraseNeeded("roadbook.sqlite", wrong=False)
    findings = [Finding(Health.BAD, "Road packs", "One is damaged.", "Build it again."), Finding(Health.GOOD, "Accounts", "All is well.")]
    return {
        "confirm": lambda window: Confirm("Delete it?", "It comes back by undo.", "Delete", lambda: None, window).open(),
        "problem": lambda window: show_error(UserProblem("It failed.", "Because.", "Try again."), window),
        "bug": lambda window: show_error(KeyError("a mistake"), window),
        "findings": lambda window: Findings(findings, window._context.theme, window).open(),
        "columns": lambda window: ColumnsDialog(window.accounts.model.columns, window.accounts.layout_.keys, window).open(),
        "filter": lambda window: window.accounts.ask_filter(),
        "view name": lambda window: window.accounts.views.save_as(),
        "ask word": lambda window: AskWord("Whose?", "Owner", ["Rep A"], "Assign", print, window).open(),
        "merge all": lambda window: MergeAll(list_duplicates(workspace(window)), lambda: None, window).open(),
        "account history": lambda window: AccountHistory(window._context, list_accounts(workspace(window))[0], window).open(),
        "mail": lambda window: MailDialog(window._context, list_visits(workspace(window))[0], window).open(),
        "add trip": lambda window: _trips_tab(window).add.click(),
        "edit trip": lambda window: _trips_tab(window).edit.click(),
        "cost": lambda window: CostDialog(trips(window), workspace(window), list_trips(workspace(window))[0], window).open(),
        "drive": lambda window: DriveDialog(trips(window), workspace(window), list_drives(workspace(window))[0], "mi", window).open(),
        "track": lambda window: TrackDialog(window._context, trips(window), _track(list_accounts(workspace(window))), window).open(),
        "look up online": lambda window: LookUpOnline(window._context, window).open(),
        "passphrase": lambda window: PassphraseDialog(window.commands.safety, encrypted=True, parent=window).open(),
        "unlock": lambda window: _shown(UnlockDialog(locked, lambda _word: workspace(window), window._context.runner)),
        "damaged": lambda window: _shown(DamagedDialog(damaged, workspace(window), window._context.runner, window._context.theme)),
        "edit many": _edit_many,
        "import files": lambda window: _import(window, folder, 0),
        "import preview": lambda window: _import(window, folder, 1),
        "import done": lambda window: _import(window, folder, 2),
    }  # fmt: skip


def _shown(dialog: QDialog) -> QDialog:
    """Open a dialog that stands before any window, where it is thrown away with all else of the start."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _on_week(window: MainWindow) -> MainWindow:
    window.show_page("week")
    window._context.desk.select(1)
    settle(window)
    return window


def _report(window: MainWindow, tab: int) -> None:
    window.show_page("reports")
    window.reports.page.tabs.show_tab(tab)


def _trips_tab(window: MainWindow) -> TripsTab:
    _report(window, 0)
    settle(window)
    trips = window.reports.page.trips
    trips.table.pick(0)
    return trips


def _footprint(window: MainWindow, way: int) -> None:
    window.footprint.tabs[way].click()
    window.show_page(FOOTPRINT)


def _edit_many(window: MainWindow) -> None:
    BulkDialog(window._context, list_accounts(window._context.workspace)[:3], (), "owner", window).open()


def _import(window: MainWindow, folder: Path, steps: int) -> None:
    file = folder / "accounts.csv"
    file.write_text(CSV + ROWS_OF_CSV, encoding="utf-8")
    window.commands.import_files([file])
    settle(window)
    wizard = next(each for each in dialogs() if isinstance(each, ImportWizard))
    for _step in range(steps):
        wizard.next_()
        settle(window)


def _track(accounts: list[Account]) -> TrackRead:
    noon = datetime(2020, 11, 2, 17, tzinfo=UTC)
    places = [NamedPlace(account.name, account.place) for account in accounts if account.place]
    piece = TrackPiece(places[0], places[1], noon, noon + timedelta(minutes=9), 16_093, "laid onto the roads", 0, ())
    return TrackRead("monday", "America/New_York", 100, (), (piece,), (), {}, ("4 points have no time.",))
