import pytest

from planner.model.changes import Changes
from planner.store.accounts import save_accounts
from planner.values import replace
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.options import FOOTPRINT


@pytest.fixture
def window(qtbot, context_of, workspace, is_quiet):
    """The window on an empty workspace, with the keyboard."""
    context = context_of(workspace)
    made = MainWindow(context, Geometry(workspace.home))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


def add_accounts(qtbot, window, accounts, is_quiet):
    context = window._context
    with context.workspace.writing("Test") as db:
        save_accounts(db, [replace(account, id=0) for account in accounts])
    context.bus.changed.emit(Changes("Test", accounts=True))
    qtbot.waitUntil(lambda: is_quiet() and bool(context.desk.accounts))


def test_the_first_step_begins_at_the_home_and_leads_to_the_next_one(qtbot, window):
    window.welcome.buttons[1].click()
    step = window.settings.first_step
    qtbot.waitUntil(step.isVisible)
    qtbot.waitUntil(window.settings.fields["home"].hasFocus)
    assert step.text.text().startswith("Step 1 of 3")
    step.button.click()
    assert window.page == FOOTPRINT


def test_the_first_step_is_gone_when_there_are_accounts(qtbot, window, accounts, is_quiet):
    window.show_page("settings")
    qtbot.waitUntil(window.settings.first_step.isVisible)
    add_accounts(qtbot, window, accounts, is_quiet)
    qtbot.waitUntil(lambda: not window.settings.first_step.isVisible())
    assert window.page == "settings"


def test_the_first_accounts_lead_from_the_footprint_to_the_week_and_others_do_not(qtbot, window, accounts, is_quiet):
    window.actions_by_id["footprint"].trigger()
    add_accounts(qtbot, window, accounts[:2], is_quiet)
    assert window.page == "week"
    window.actions_by_id["footprint"].trigger()
    add_accounts(qtbot, window, accounts[2:], is_quiet)
    assert window.page == FOOTPRINT
