"""Opens the dialogs of one account, or that begin with it; they are read from the disk when they are first asked for."""

from PySide6.QtWidgets import QWidget

from planner.model.accounts import Account
from planner.model.places import LatLon
from ui.context import AppContext
from ui.undo import show_once


def add_account(context: AppContext, window: QWidget, place: LatLon | None = None) -> None:
    """Ask for an account that no file has, to be put at a place or else by its address; it is selected once it is there."""
    from ui.details.add_dialog import AddAccount

    dialog = AddAccount(context, place, window)
    dialog.added.connect(context.desk.select_when_shown)
    dialog.open()


def edit_account(context: AppContext, account: Account, window: QWidget) -> None:
    """Ask for what is to be changed of an account."""
    from ui.details.edit_dialog import EditAccount

    EditAccount(context, account, window).open()


def show_history(context: AppContext, account: Account, window: QWidget) -> None:
    """Show who changed what of an account."""
    from ui.history.account_dialog import AccountHistory

    AccountHistory(context, account, window).open()


def check_places(context: AppContext, window: QWidget) -> None:
    """Show the places to check, the one of the selected account first."""
    from ui.places.dialog import PlacesDialog

    footprint = next(action for action in window.actions() if action.objectName() == "footprint")
    show_once(window, PlacesDialog, lambda: PlacesDialog(context, footprint, window))
