import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from planner.usecases.accounts import account_details, need_account
from planner.usecases.edit_accounts import EDITABLE
from ui.details.account_fields import LABELS, typed_values
from ui.details.edit_dialog import EditAccount


@pytest.fixture
def dialog(qtbot, context_of, filled, accounts, is_quiet):
    """The dialog on the first account."""
    made = EditAccount(context_of(filled), accounts[0])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_field_that_can_be_typed_is_asked_for(accounts):
    assert set(LABELS) == set(EDITABLE) == set(typed_values(accounts[0]))


def test_only_what_was_changed_is_kept_as_one_step_that_says_it_was_typed(qtbot, dialog, filled, is_quiet):
    from planner.model.imports import Source
    from planner.usecases.undo import next_steps

    assert dialog.changed == {}
    dialog.fields["phone"].setText("814 555 0107")
    dialog.fields["do_not_call"].setChecked(True)
    combo = dialog.fields["tier"]
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData("C"))
    with qtbot.waitSignal(dialog._context.bus.changed):
        dialog.save.click()
    qtbot.waitUntil(is_quiet)
    account = need_account(filled, 1)
    assert (account.phone, account.do_not_call, account.tier.value, account.name) == ("814 555 0107", True, "C", "Uni-Mart HQ")
    assert account_details(filled, 1).origins["phone"][0] is Source.TYPED
    assert next_steps(filled).undo == "Change tier, phone, do not call of Uni-Mart HQ"
    assert not dialog.isVisible()


def test_what_cannot_be_read_is_told_in_the_dialog_and_nothing_is_lost(qtbot, dialog, filled, is_quiet):
    dialog.fields["phone"].setText("814 555 0107")
    dialog.fields["employees"].setText("plenty")
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.isVisible()
    assert dialog.problem.text().startswith("Employees cannot be “plenty”.")
    assert need_account(filled, 1).phone == ""
    assert dialog.fields["phone"].text() == "814 555 0107"
    assert dialog.save.isEnabled()


def test_saving_without_a_change_is_no_step(qtbot, dialog, filled, is_quiet):
    from planner.usecases.undo import list_steps

    before = len(list_steps(filled))
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert not dialog.isVisible()
    assert len(list_steps(filled)) == before
