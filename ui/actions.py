"""Every action of the window in one table: menus, header and the shortcut sheet read it."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from planner.values import Struct
from ui.icons import icon
from ui.options import PAGES
from ui.style import Theme


class Row(Struct, frozen=True):
    """One action: a stable id, its text, shortcut, icon and the menu it is in ("" for none of these), whether it can be on or off, and
    another shortcut that some know it by. One that `writes` is off in a window that only shows the data.
    """

    id: str
    text: str
    shortcut: str = ""
    icon: str = ""
    where: str = ""
    checkable: bool = False
    also: str = ""
    writes: bool = False


ROWS = (
    Row("plan-week", "Plan week", "Ctrl+Return", "wand", "plan", writes=True),
    Row("stop-planning", "Stop, this is good", "Ctrl+."),
    Row("reoptimise", "Improve the week", "Ctrl+R", "wand", "plan", writes=True),
    Row("previous-week", "Previous week", "Alt+Left", "previous", "plan"),
    Row("next-week", "Next week", "Alt+Right", "next", "plan"),
    Row("this-week", "This week", "Alt+Home", "", "plan"),
    Row("two-weeks", "Two weeks", "Ctrl+T", "", "plan", checkable=True),
    Row("next-conflict", "Next conflict in the week", "F9", "", "plan"),
    Row("versions", "Versions of the plan…", "Ctrl+Shift+V", "history", "plan"),
    Row("duties", "Recurring duties…", "Ctrl+Shift+D", "calendar", "plan"),
    Row("before-leaving", "Before leaving…", "Ctrl+Shift+L", "ready", "plan"),
    Row("import", "Import accounts or calendar…", "Ctrl+I", "import", "file", writes=True),
    Row("undo", "Undo", "Ctrl+Z", "undo", "edit", writes=True),
    Row("redo", "Redo", "Ctrl+Shift+Z", "redo", "edit", also="Ctrl+Y", writes=True),
    Row("history", "History…", "Ctrl+H", "history", "edit"),
    Row("log-visit", "Log visit…", "Ctrl+L", "check", "edit", writes=True),
    Row("add-account", "Add an account…", "Ctrl+N", "pin", "edit", writes=True),
    Row("edit-account", "Edit the account…", "Alt+Return", "edit", "edit", writes=True),
    Row("check-places", "Places to check…", "Ctrl+Shift+P", "pin", "edit", writes=True),
    Row("duplicates", "Possible duplicates…", "Ctrl+D", "duplicates", "edit", writes=True),
    Row("export-map", "Route map for offline use (HTML)…", "Ctrl+E", "export", "export"),
    Row("export-calendar", "Calendar of the week (.ics)…", "Ctrl+Shift+E", "export", "export"),
    Row("export-map-picture", "Map as picture (PNG)…", "", "export", "export"),
    Row("export-map-pdf", "Map as PDF…", "", "export", "export"),
    Row("export-everything", "Everything as CSV or JSON…", "", "export", "export"),
    Row("footprint", "Footprint and road packs…", "Ctrl+Shift+F", "pack", "file", writes=True),
    Row("pause-drive-times", "Work out drive times ahead", "", "", "file", checkable=True, writes=True),
    Row("backups", "Backups and safety…", "Ctrl+Shift+B", "backup", "file"),
    Row("add-sample", "Add the sample territory", "", "welcome", "file", writes=True),
    Row("remove-sample", "Remove the sample territory", "", "", "file", writes=True),
    Row("find", "Search or do anything…", "Ctrl+K", "search", "view"),
    Row("search", "Filter the lists", "Ctrl+F", "search"),
    Row("panel-left", "Show or hide the list", "F2", "", "view"),
    Row("panel-below", "Show or hide the board or table", "F3", "", "view"),
    Row("panel-details", "Show or hide the details", "F4", "", "view"),
    Row("show-all", "Show everything on the map", "F6", "", "view"),
    Row("map-layers", "Layers of the map…", "Ctrl+M", "layers", "view"),
    Row("tool-move", "Move the map and click pins", "Shift+F8", "tool-move", "view", checkable=True),
    Row("tool-lasso", "Choose accounts by a line around them", "F7", "tool-lasso", "view", checkable=True),
    Row("tool-polygon", "Select accounts in a shape you draw", "Shift+F7", "tool-polygon", "view", checkable=True),
    Row("tool-measure", "Measure distances on the map", "F8", "tool-measure", "view", checkable=True),
    Row("full-screen", "Full screen", "F11", "", "view"),
    Row("hints-again", "Show hints again", "", "", "help"),
    Row("shortcuts", "Keyboard shortcuts", "F1", "", "help"),
    Row("about", "About Roadbook…", "", "", "help"),
    Row("quit", "Quit", "Ctrl+Q", "", "file"),
    *(Row(f"page-{page}", page.capitalize(), f"Ctrl+{number}", page, "go") for number, page in enumerate(PAGES, start=1)),
)


def make_actions(parent: QWidget, theme: Theme, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Make the actions of the table on a window, so that their shortcuts work in all of it; an id without a handler raises KeyError."""
    actions = {}
    for row in ROWS:
        action = QAction(row.text, parent)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        if row.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in (row.shortcut, row.also) if keys])
            action.setToolTip(f"{row.text} ({row.shortcut})")
        action.triggered.connect(lambda _checked=False, run=handlers[row.id]: run())
        parent.addAction(action)
        actions[row.id] = action

    def tint() -> None:
        for row in ROWS:
            if row.icon:
                actions[row.id].setIcon(icon(row.icon, theme.colours.quiet, theme.colours.accent))

    theme.changed.connect(tint)
    tint()
    return actions


def offer_sample(actions: Mapping[str, QAction], *, has_sample: bool) -> None:
    """The sample territory is there once at most: one of the two actions is off, and says why."""
    reasons = {
        "add-sample": "The sample territory is there already." if has_sample else "",
        "remove-sample": "" if has_sample else "There is no sample territory.",
    }
    for name, why in reasons.items():
        actions[name].setEnabled(not why)
        actions[name].setToolTip(why or actions[name].text())


def of_menu(where: str) -> tuple[str, ...]:
    """The ids of the actions of one menu, in the order of the table."""
    return tuple(row.id for row in ROWS if row.where == where)
