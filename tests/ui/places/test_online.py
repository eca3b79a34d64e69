import pytest
from PySide6.QtWidgets import QLabel

from planner.errors import Cancelled, ServerProblem
from planner.model.changes import Changes
from planner.model.placing import OnlineQueue
from planner.usecases.ask_online import OnlineOutcome
from planner.usecases.settings import get_settings
from ui.dialogs.confirm import Confirm
from ui.errors import ProblemDialog
from ui.places.online import LookUpOnline

SERVER = "nominatim.example"


@pytest.fixture
def asked(monkeypatch):
    """Stands in for the server: every run that asked, with what came of it."""
    runs = []

    def ask(_workspace, report):
        report(0.5, "Asking")
        runs.append(1)
        return OnlineOutcome(3, 2, 0, None, Changes("Place 2 accounts by Nominatim", accounts=True))

    monkeypatch.setattr("ui.places.online.ask_online", ask)
    return runs


@pytest.fixture
def look_up(qtbot, context_of, poor, is_quiet, monkeypatch):
    """Opens the dialog with so many addresses waiting."""

    def make(addresses, *, allowed=True):
        monkeypatch.setattr("ui.places.online.online_queue", lambda _workspace: OnlineQueue(addresses, float(addresses), SERVER, allowed))
        dialog = LookUpOnline(context_of(poor))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        return dialog

    return make


def texts(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_it_says_how_many_which_server_gets_what_and_how_long_before_anything_is_sent(look_up, asked):
    dialog = look_up(120)
    told = texts(dialog)
    assert "120 addresses" in told
    assert SERVER in told
    assert "at least 2 minutes" in told
    assert "no contacts" in told
    assert dialog.yes.text() == "Look up 120 addresses"
    assert asked == []


def test_what_came_of_it_is_told_and_everyone_hears_of_it(qtbot, look_up, asked, is_quiet):
    dialog = look_up(3)
    heard = []
    dialog._context.bus.changed.connect(heard.append)
    dialog.yes.click()
    qtbot.waitUntil(is_quiet)
    assert asked == [1]
    assert dialog.title.text() == "2 addresses found"
    assert dialog.text.text() == "Place 2 accounts by Nominatim. Ctrl+Z takes it back.\nThe server does not know 1 address."
    assert [changes.accounts for changes in heard] == [True]
    assert not dialog.bar.isVisible()


def test_switched_off_it_is_allowed_there_and_then(qtbot, look_up, poor, asked, is_quiet):
    dialog = look_up(3, allowed=False)
    assert "switched off" in texts(dialog)
    assert get_settings(poor).text("ask_online") == "no"
    dialog.yes.click()
    qtbot.waitUntil(is_quiet)
    assert get_settings(poor).text("ask_online") == "yes"
    assert asked == [1]


def test_cancel_changes_no_setting(look_up, poor, asked):
    look_up(3, allowed=False).no.click()
    assert get_settings(poor).text("ask_online") == "no"
    assert asked == []


def test_more_than_two_hundred_are_asked_for_only_after_one_more_question(qtbot, look_up, asked, is_quiet):
    dialog = look_up(1310)
    dialog.yes.click()
    question = dialog.findChild(Confirm)
    assert "at least 22 minutes" in texts(question)
    assert asked == []
    question.yes.click()
    qtbot.waitUntil(is_quiet)
    assert asked == [1]


def test_nothing_to_look_up_is_said(look_up):
    dialog = look_up(0)
    assert dialog.title.text() == "Nothing to look up"
    assert not dialog.yes.isVisible()


def test_stop_ends_the_asking_and_tells_what_was_found(qtbot, look_up, is_quiet, monkeypatch):
    def ask(_workspace, report):
        try:
            while True:
                report(0.1, "Asking Nominatim: 1 of 9")
        except Cancelled:
            return OnlineOutcome(1, 1, 8, None, Changes("Place 1 account by Nominatim", accounts=True))

    monkeypatch.setattr("ui.places.online.ask_online", ask)
    dialog = look_up(9)
    dialog.yes.click()
    qtbot.waitUntil(lambda: dialog.text.text() == "Asking Nominatim: 1 of 9")
    assert dialog.bar.isVisible()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "1 address found"
    assert dialog.text.text().endswith("8 addresses are left; look up again to go on.")
    dialog.no.click()
    assert not dialog.isVisible()


def test_a_server_that_gives_up_is_told_plainly(qtbot, look_up, is_quiet, monkeypatch):
    problem = ServerProblem("The server cannot be reached.", remedy="Try again later.")
    monkeypatch.setattr("ui.places.online.ask_online", lambda *_: OnlineOutcome(0, 0, 9, problem, Changes("")))
    dialog = look_up(9)
    dialog.yes.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "Nothing was looked up"
    assert "The server cannot be reached. Try again later." in dialog.text.text()


def test_an_error_is_shown_and_the_dialog_can_be_closed(qtbot, look_up, is_quiet, monkeypatch):
    def refuse(*_):
        raise ServerProblem("Refused.")

    monkeypatch.setattr("ui.places.online.ask_online", refuse)
    dialog = look_up(9)
    dialog.yes.click()
    qtbot.waitUntil(is_quiet)
    for shown in dialog.findChildren(ProblemDialog):
        shown.close()
    assert dialog.title.text() == "Nothing was looked up"
    dialog.no.click()
    assert not dialog.isVisible()
