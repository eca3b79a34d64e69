from planner.usecases.edit_accounts import edit_account
from ui.history.account_dialog import AccountHistory


def test_the_history_of_an_account_says_who_changed_what_from_what_to_what(qtbot, context_of, filled, accounts, is_quiet):
    edit_account(filled, 1, {"phone": "814 555 0107"})
    context = context_of(filled)
    dialog = AccountHistory(context, accounts[0])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(is_quiet)
    first = [dialog.model.index(0, column).data() for column in range(6)]
    assert first[2:] == ["Change phone of Uni-Mart HQ", "Phone", "", "814 555 0107"]
    context.bus.changed.emit(edit_account(filled, 1, {"owner": "<b>Rep</b> Z"}))
    qtbot.waitUntil(is_quiet)
    assert [dialog.model.index(0, column).data() for column in (3, 4, 5)] == ["Owner", "Rep A", "<b>Rep</b> Z"]
