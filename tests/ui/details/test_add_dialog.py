import pytest
from PySide6.QtCore import Qt

from planner.errors import UserProblem
from planner.model.places import LatLon, Match, MatchQuality
from planner.usecases.accounts import list_accounts, need_account
from planner.usecases.undo import list_steps, undo
from ui.details import add_dialog
from ui.details.add_dialog import AddAccount
from ui.details.opening import add_account

HERE = LatLon(40.8011, -77.8555)
FOUND = (
    Match(LatLon(40.8, -77.85), MatchQuality.ROOFTOP, "test", 0.9, "7 Mill Street", "The number is known"),
    Match(LatLon(40.9, -77.95), MatchQuality.STREET, "test", 0.5, "Mill Road", "A street of this name"),
)


@pytest.fixture
def found(monkeypatch):
    """What the look-up finds: two places; `asked` are the addresses that were looked up."""
    asked = []

    def find(_workspace, address, name, _report):
        asked.append((address, name))
        return list(FOUND)

    monkeypatch.setattr(add_dialog, "address_candidates", find)
    return asked


@pytest.fixture
def dialog_of(qtbot, context_of, filled, is_quiet):
    """Opens the dialog over the filled workspace, with the accounts on the desk."""

    def make(place=None):
        context = context_of(filled)
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        made = AddAccount(context, place)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.added.connect(context.desk.select_when_shown)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(is_quiet)
        return made

    return make


def write(dialog, **texts):
    for name, text in texts.items():
        dialog.fields[name].setText(text)


def save(qtbot, dialog, is_quiet):
    dialog.save.click()
    qtbot.waitUntil(is_quiet)


def test_without_a_name_it_cannot_be_added(dialog_of):
    dialog = dialog_of()
    assert not dialog.save.isEnabled()
    write(dialog, name="  ")
    assert not dialog.save.isEnabled()
    write(dialog, name="Larkspur")
    assert dialog.save.isEnabled()


def test_it_is_one_step_and_the_account_is_selected_once_it_is_there(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of()
    desk = dialog._context.desk
    arrived = []
    desk.arrived.connect(arrived.append)
    write(dialog, name="Larkspur & Sons <b>", owner="Rep A", phone="814 555 0100")
    dialog.fields["notes"].setPlainText("Ring twice")
    dialog.fields["kind"].setCurrentIndex(1)
    save(qtbot, dialog, is_quiet)
    qtbot.waitUntil(lambda: desk.selected is not None)
    account = need_account(filled, desk.selected)
    assert (account.name, account.owner, account.phone, account.notes) == ("Larkspur & Sons <b>", "Rep A", "814 555 0100", "Ring twice")
    assert account.kind.value == "client"
    assert arrived == [account.id]
    assert not dialog.isVisible()
    assert list_steps(filled)[0].label == "Add Larkspur & Sons <b>"
    undo(filled)
    assert account.id not in {each.id for each in list_accounts(filled)}


def test_the_address_is_looked_up_and_a_place_is_chosen(qtbot, dialog_of, found, filled, is_quiet):
    dialog = dialog_of()
    write(dialog, name="Larkspur", street="7 Mill St", postcode="16801")
    qtbot.waitUntil(lambda: len(dialog.matches) == 2)
    assert [(address.street, name) for address, name in found] == [("7 Mill St", "Larkspur")]
    assert dialog.candidates.isVisible()
    dialog.candidates.buttons[1].click()
    assert dialog.match is dialog.matches[1]
    save(qtbot, dialog, is_quiet)
    qtbot.waitUntil(lambda: dialog._context.desk.selected is not None)
    account = need_account(filled, dialog._context.desk.selected)
    assert account.place == FOUND[1].point
    assert not account.match_doubtful
    assert account.address.street == "7 Mill St"


def test_another_address_asks_for_another_choice(qtbot, dialog_of, found, is_quiet):
    dialog = dialog_of()
    write(dialog, name="Larkspur", street="7 Mill St")
    qtbot.waitUntil(lambda: len(dialog.matches) == 2)
    dialog.candidates.buttons[0].click()
    write(dialog, street="")
    qtbot.waitUntil(lambda: dialog.match is None)
    assert dialog.candidates.isHidden()
    qtbot.waitUntil(is_quiet)


def test_an_address_nobody_knows_is_no_obstacle(qtbot, dialog_of, monkeypatch, is_quiet):
    monkeypatch.setattr(add_dialog, "address_candidates", lambda *_args: [])
    dialog = dialog_of()
    write(dialog, name="Larkspur", street="Nowhere Rd")
    qtbot.waitUntil(lambda: "Nothing on this laptop" in dialog.where.text())
    assert dialog.save.isEnabled()
    qtbot.waitUntil(is_quiet)


def test_a_place_that_was_clicked_is_where_it_stands(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(HERE)
    assert "where you clicked" in dialog.where.text()
    write(dialog, name="Larkspur", street="7 Mill St")
    save(qtbot, dialog, is_quiet)
    qtbot.waitUntil(lambda: dialog._context.desk.selected is not None)
    account = need_account(filled, dialog._context.desk.selected)
    assert (account.place, account.match_quality) == (HERE, MatchQuality.MANUAL)


def test_what_is_refused_is_told_in_place_and_nothing_is_lost(qtbot, dialog_of, monkeypatch, is_quiet):
    def refuse(*_args):
        raise UserProblem("“Larkspur” is there already.")

    monkeypatch.setattr(add_dialog, "add_account", refuse)
    dialog = dialog_of()
    write(dialog, name="Larkspur")
    save(qtbot, dialog, is_quiet)
    assert dialog.problem.isVisible()
    assert "is there already" in dialog.problem.text()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    dialog.reject()


def test_it_opens_over_the_window(qtbot, context_of, filled, is_quiet):
    from PySide6.QtWidgets import QApplication, QWidget

    window = QWidget()
    qtbot.addWidget(window)
    add_account(context_of(filled), window)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, AddAccount) and each.isVisible())
    assert all(field.accessibleName() for field in dialog.fields.values())
    dialog.reject()
