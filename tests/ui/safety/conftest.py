"""What the tests of safety share: quick keys, a database with backups, and a hand for dialogs that wait for an answer."""

import pytest
from PySide6.QtCore import QTimer

from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.store.accounts import all_accounts, save_accounts
from planner.usecases.backups import list_backups, make_backup
from planner.usecases.workspace import open_workspace

PASSPHRASE = "four words are enough"


@pytest.fixture(autouse=True)
def _quickly(quick_keys: None) -> None:
    pass


@pytest.fixture
def add():
    """Adds an account in a step of its own."""

    def add_account(workspace, name):
        with workspace.writing(f"Add {name}") as db:
            save_accounts(db, [Account(0, f"crm {name}", name, AccountKind.PROSPECT, PostalAddress("1 Main St"))])

    return add_account


@pytest.fixture
def names():
    """The names of the accounts in a workspace."""

    def read(workspace):
        with workspace.reading() as db:
            return sorted(account.name for account in all_accounts(db))

    return read


@pytest.fixture
def reasons():
    """What the backups were made for, the newest first."""
    return lambda workspace: [each.reason.value for each in list_backups(workspace)]


@pytest.fixture
def kept(workspace, add):
    """A workspace with a backup of one account, and two more accounts since."""
    add(workspace, "First")
    make_backup(workspace)
    add(workspace, "Second")
    add(workspace, "Third")
    return workspace


@pytest.fixture
def damaged_home(tmp_path, add):
    """A home whose database is garbage from its beginning, with a good backup of one account."""
    home = tmp_path / "damaged"
    with open_workspace(home) as workspace:
        add(workspace, "First")
        make_backup(workspace)
        add(workspace, "Second")
    (home / "roadbook.sqlite").write_bytes(b"garbage " * 2000)
    return home


@pytest.fixture
def on_dialog(qapp):
    """Does something with the next dialog of a kind, as soon as it is shown and while the code that opened it waits."""
    timers = []

    def plan(kind, act):
        def look():
            found = next((each for each in qapp.topLevelWidgets() if isinstance(each, kind) and each.isVisible()), None)
            if found is not None:
                timer.stop()
                act(found)

        timer = QTimer(interval=10)
        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)

    yield plan
    assert not any(timer.isActive() for timer in timers), "a dialog never came"
