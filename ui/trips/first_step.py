"""What is to be done first, so that a page has something to show."""

from PySide6.QtWidgets import QWidget

from planner.values import Struct
from ui.desk import Desk


class FirstStep(Struct, frozen=True):
    """The id of the action of the window that does it, what its button says, and why it comes first."""

    action: str
    text: str
    why: str


def first_step(desk: Desk) -> FirstStep | None:
    """What comes before the trips of the week on show; None when it is planned."""
    if desk.plan is not None:
        return None
    if desk.pack is None:
        return FirstStep("footprint", "Get the roads of your area…", "To plan a week, the roads of your area are needed first.")
    if not desk.accounts:
        return FirstStep("import", "Import accounts…", "To plan a week, your accounts are needed first.")
    return FirstStep("plan-week", f"Plan week {desk.week.number}", "The week on show is not planned yet.")


def do_action(widget: QWidget, action: str) -> None:
    """Do what an action of the window around a widget does, if it has it and it is on."""
    for each in widget.window().actions():
        if each.objectName() == action:
            each.trigger()
