"""The pages that are still to come: one plain sentence of what will be there."""

from ui.icons import icon
from ui.style import Theme
from ui.widgets.parts import EmptyState

LATER = {
    "territory": ("Territory", "Here you will see who owns which accounts, and balance them by value, workload and drive time."),
    "team": ("Team", "Here you will see your reps, the support they asked for, and the visits you make with them."),
    "reports": ("Reports", "Here you will make the weekly summary, the forecast and the coverage of your territory."),
}


def later_page(page: str, theme: Theme) -> EmptyState:
    """The empty state of a page; KeyError for a page that is there already."""
    title, sentence = LATER[page]
    empty = EmptyState(title, f"{sentence} It is not part of this version.")

    def tint() -> None:
        empty.set_icon(icon(page, theme.colours.quiet))

    theme.changed.connect(tint)
    tint()
    return empty
