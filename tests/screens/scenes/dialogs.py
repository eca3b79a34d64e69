"""The dialogs over the sample territory."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace

from clock import ZONE
from PySide6.QtWidgets import QLineEdit
from scene import Scene
from stage import Stage

from planner.errors import DamagedDatabase, UserProblem
from planner.model.places import NamedPlace
from planner.usecases.log_visit import list_visits
from scenes.pages import at, on_a_stop

BY_ACTION = (
    "log-visit",
    "edit-account",
    "history",
    "duplicates",
    "check-places",
    "before-leaving",
    "backups",
    "versions",
    "duties",
    "export-map-picture",
    "export-map-pdf",
    "shortcuts",
)
ACCOUNTS = """Account ID,Account Name,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Phone
001Dn00000aaaaAAAA,Larkspur Bakery,Prospect,12 East Main Street,Alder Falls,PA,16991,814-555-0171
001Dn00000bbbbBBBB,Tamarack Canoe Works,Customer,40 North Ferry Avenue,Alder Falls,PA,16992,814-555-0172
001Dn00000ccccCCCC,Hemlock & Sons,Customer,PO Box 12,Nowhere,PA,00000,n/a
"""


def act(action: str):
    """What an action opens over the Week page."""

    def arrange(stage: Stage) -> None:
        at("week")(stage)
        stage.settle()
        stage.act(action)

    return arrange


def account_of(stage: Stage):
    """The account that is selected."""
    on_a_stop(stage)
    return stage.desk.accounts[stage.desk.selected]


def logged(stage: Stage):
    """A visit that is logged."""
    return list_visits(stage.context.workspace, sample=True)[-3]


def export_everything(stage: Stage) -> None:
    act("export-everything")(stage)
    stage.settle()
    stage.dialog.findChild(QLineEdit).setText("/home/sam/Roadbook/exports")


def about(stage: Stage) -> None:
    """Without the versions, which change with every update."""
    from ui.dialogs import about as module

    module._version = lambda _name: "1.0"
    module.qVersion = lambda: "6"
    module.platform = SimpleNamespace(python_version=lambda: "3")
    act("about")(stage)


def log_help(stage: Stage) -> None:
    from planner.usecases.team import list_reps

    stage.window.commands.visits.log_help(list_reps(stage.context.workspace)[0].name)


def account_history(stage: Stage) -> None:
    from ui.history.account_dialog import AccountHistory

    visit = logged(stage)
    AccountHistory(stage.context, stage.desk.accounts[visit.account_id], stage.window).open()


def import_files(stage: Stage) -> None:
    file = Path(gettempdir()) / "accounts.csv"
    file.write_text(ACCOUNTS, encoding="utf-8")
    stage.window.commands.import_files([file])
    stage.settle()


def import_preview(stage: Stage) -> None:
    import_files(stage)
    stage.dialog.next_()
    stage.settle()


def import_done(stage: Stage) -> None:
    """The last scene: it keeps what was imported."""
    import_preview(stage)
    stage.dialog.next_()
    stage.settle()


def import_preset(stage: Stage) -> None:
    import_files(stage)
    stage.dialog._ask_preset_name()


def trips(deed: str):
    """A dialog of the Trips tab over the trip of Monday."""

    def arrange(stage: Stage) -> None:
        stage.turn_to("reports")
        tabs = stage.window.reports.page
        tabs.tabs.show_tab(0)
        stage.settle()
        tabs.trips.table.pick(len(tabs.trips.lines) - 1)
        getattr(tabs.trips, deed)()

    return arrange


def drives(deed: str):
    """A dialog of the Mileage tab."""

    def arrange(stage: Stage) -> None:
        stage.turn_to("reports")
        tabs = stage.window.reports.page
        tabs.tabs.show_tab(1)
        stage.settle()
        tabs.mileage.table.pick(0)
        getattr(tabs.mileage, deed)()

    return arrange


def backups(deed: str):
    """What is asked from the backups."""

    def arrange(stage: Stage) -> None:
        act("backups")(stage)
        stage.settle()
        getattr(stage.dialog, deed)()

    return arrange


def merge_all(stage: Stage) -> None:
    act("duplicates")(stage)
    stage.settle()
    stage.dialog._ask_all()


def look_up_online(stage: Stage) -> None:
    from ui.places.online import LookUpOnline

    LookUpOnline(stage.context, stage.window).open()


def track(stage: Stage) -> None:
    from planner.usecases.tracks import TrackPiece, TrackRead
    from ui.trips.commands import TripCommands
    from ui.trips.track_dialog import TrackDialog

    stops = [stop for stop in stage.desk.plan.days[0].stops if stop.account_id is not None][:5]
    places = [stage.desk.plan.days[0].start, *(NamedPlace(stop.title, stop.place) for stop in stops)]
    pieces = []
    for number, (start, end) in enumerate(pairwise(places)):
        began = datetime(2026, 11, 30, 12 + number, 40, tzinfo=UTC)
        pieces.append(TrackPiece(start, end, began, began + timedelta(minutes=7), 4_200.0 + 900 * number, "laid onto the roads", 0, ()))
    day = SimpleNamespace(day=date(2026, 11, 30))
    read = TrackRead("Monday", ZONE, 412, tuple(stops), tuple(pieces), (day,), {}, ("4 points have no time.",))
    TrackDialog(stage.context, TripCommands(stage.context, stage.window), read, stage.window).open()


def columns(stage: Stage) -> None:
    at("accounts")(stage)
    stage.window.accounts.ask_columns()


def condition(stage: Stage) -> None:
    at("accounts")(stage)
    stage.settle()
    stage.window.accounts.ask_filter()


def bulk(stage: Stage) -> None:
    from ui.accounts.bulk_dialog import BulkDialog

    at("accounts")(stage)
    BulkDialog(stage.context, list(stage.desk.accounts.values())[:12], (), "owner", stage.window).open()


def name_view(stage: Stage) -> None:
    from ui.accounts.name_dialog import NameDialog

    NameDialog(stage.context, "Save as a view", "", lambda name: None, stage.window).open()


def ask_word(stage: Stage) -> None:
    from ui.map.tools.ask import AskWord

    AskWord("Tag 12 accounts", "Tag", ["fiber", "school"], "Tag", lambda word: None, stage.window).open()


def findings(stage: Stage) -> None:
    from planner.usecases.doctor import Finding, Health
    from ui.dialogs.findings import Findings

    told = [
        Finding(Health.BAD, "Alder County", "A file of the pack is not as it was built.", "Build the pack again."),
        *(Finding(health, "This laptop", "41 GB of the disk are free.") for health in Health if health is not Health.BAD),
    ]
    Findings(told, stage.theme, stage.window).open()


def problem(stage: Stage) -> None:
    from ui.errors import ProblemDialog

    told = UserProblem(
        "Week 49 cannot be planned.",
        "No road leads from home to “Alder Falls” in this pack.",
        "Build a pack that covers both, or move home.",
    )
    ProblemDialog(told, stage.window).open()


def bug(stage: Stage) -> None:
    from ui.errors import BugDialog

    BugDialog(ValueError("a stop without a day"), stage.window).open()


def damaged(stage: Stage) -> None:
    from planner.usecases.backups import list_backups
    from ui.safety.damaged_dialog import DamagedDialog

    workspace = stage.context.workspace
    kept = list_backups(workspace)
    told = DamagedDatabase(
        "The database roadbook.sqlite is damaged.", "Page 12 is not what it should be.", "", backup=kept[0].path if kept else None
    )
    DamagedDialog(told, workspace, stage.context.runner, stage.theme, stage.window).open()


def unlock(stage: Stage) -> None:
    from planner.usecases.encryption import PassphraseNeeded
    from ui.safety.unlock_dialog import UnlockDialog

    told = PassphraseNeeded("roadbook.sqlite", wrong=False)
    UnlockDialog(told, lambda _word: stage.context.workspace, stage.context.runner, stage.window).open()


def add_account(stage: Stage) -> None:
    act("add-account")(stage)
    typed = {"name": "Larkspur Bakery", "street": "150 Foundry Ln", "city": "Alder Falls", "state": "PA", "owner": "Dana Whitfield"}
    for name, text in typed.items():
        stage.dialog.fields[name].setText(text)
    stage.dialog._look_up()


def duty_form(stage: Stage) -> None:
    act("duties")(stage)
    stage.settle()
    stage.dialog.add.click()


def propose(stage: Stage) -> None:
    from planner.usecases.team import list_reps
    from ui.team.propose_dialog import ProposeDialog

    at("week")(stage)
    stage.settle()
    ProposeDialog(stage.context, list_reps(stage.context.workspace)[0].name, stage.window).open()


def leave_log(stage: Stage) -> None:
    from ui.dialogs.confirm import Confirm

    Confirm(
        "Leave without logging?", "What you typed about this visit is not kept.", "Leave", lambda: None, stage.window, stay="Go on editing"
    ).open()


SCENES = (
    *(Scene(f"dialog-{action}", act(action)) for action in BY_ACTION),
    Scene("dialog-export-everything", export_everything),
    Scene("dialog-about", about),
    Scene("dialog-add-account", add_account),
    Scene("dialog-duty-form", duty_form),
    Scene("dialog-propose", propose),
    Scene("dialog-log-help", log_help),
    Scene("dialog-change-visit", lambda stage: stage.window.commands.visits.change(logged(stage))),
    Scene("dialog-mail", lambda stage: stage.window.commands.visits.draft_mail(logged(stage))),
    Scene("dialog-account-history", account_history),
    Scene("dialog-import-files", import_files),
    Scene("dialog-import-preview", import_preview),
    Scene("dialog-import-preset", import_preset),
    Scene("dialog-add-trip", trips("_add")),
    Scene("dialog-edit-trip", trips("_edit")),
    Scene("dialog-cost", trips("_spend")),
    Scene("dialog-add-drive", drives("_add")),
    Scene("dialog-correct-drive", drives("_correct")),
    Scene("dialog-restore", backups("_ask_restore")),
    Scene("dialog-passphrase", backups("_ask_passphrase")),
    Scene("dialog-merge-all", merge_all),
    Scene("dialog-look-up-online", look_up_online),
    Scene("dialog-columns", columns),
    Scene("dialog-condition", condition),
    Scene("dialog-bulk", bulk),
    Scene("dialog-name-view", name_view),
    Scene("dialog-ask-word", ask_word),
    Scene("dialog-findings", findings),
    Scene("dialog-problem", problem),
    Scene("dialog-bug", bug),
    Scene("dialog-damaged", damaged),
    Scene("dialog-unlock", unlock),
    Scene("dialog-leave", leave_log),
    Scene("dialog-track", track),
    Scene("dialog-import-done", import_done),
)
