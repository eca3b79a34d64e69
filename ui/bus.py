"""The one place where panels hear of each other: nobody calls a panel, everybody listens here."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """What can happen in the window.

    `changed` carries the `Changes` of a write; `selected` an account id or None; `week_changed` an IsoWeek; `day_changed` the index of the
    day looked at; `plan_shown` the WeekPlan on show or None; `accounts_shown` the accounts; `routes_shown` the drives by day;
    `searched` the text of the search field; `page_changed` the id of the page; `filtered` the ids of the accounts a list has left after its
    filter, or None for all; `narrowed` the ids that lists are to keep to, or None for all; `planning` whether a search runs; `told` a line
    for the status bar.
    """

    changed = Signal(object)
    selected = Signal(object)
    week_changed = Signal(object)
    day_changed = Signal(int)
    plan_shown = Signal(object)
    routes_shown = Signal(object)
    accounts_shown = Signal(object)
    pack_shown = Signal(object)
    basemap_shown = Signal(object)
    status_shown = Signal(object)
    settings_shown = Signal(object)
    searched = Signal(str)
    filtered = Signal(object)
    narrowed = Signal(object)
    page_changed = Signal(str)
    planning = Signal(bool)
    told = Signal(str)
