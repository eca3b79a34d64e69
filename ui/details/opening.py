"""Opens the dialogs of one account; they are read from the disk when they are first asked for."""

from PySide6.QtWidgets import QWidget

from planner.model.accounts import Account
from ui.context import AppContext


def edit_account(context: AppContext, account: Account, window: QWidget) -> None:
    """Ask for what is to be changed of an account."""
    from ui.details.edit_dialog import EditAccount

    EditAccount(context, account, window).open()


def show_history(context: AppContext, account: Account, window: QWidget) -> None:
    """Show who changed what of an account."""
    from ui.history.account_dialog import AccountHistory

    AccountHistory(context, account, window).open()
