"""What one panel of the window tells another, and the menu of an account over them."""

from typing import TYPE_CHECKING

from ui.context import AppContext
from ui.visits.menus import AccountMenus, MenuHooks
from ui.week.left_out_model import LEFT_OUT
from ui.week.map_drag import MapDrag
from ui.week.weeks_room import WeeksRoom
from ui.week.why_day import WhyDay

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def link_panels(window: "MainWindow", context: AppContext) -> None:
    """Connect the panels of a window with each other, once all of them are made."""
    hooks = MenuHooks(
        details=window.open_details,
        card=window.week.fill_menu,
        reach=window.layers.reach.show_reach,
        near=window.tools.near,
        correct=window.tools.correct,
        measure=window.tools.measure_from,
        add=window.commands.add_account,
        show_all=window.map.show_all,
    )
    menus = AccountMenus(context, window.commands.visits, window.deeds, window.week.board, window.map, hooks)
    menus.watch(window.left_out.view, lambda index: index.data(LEFT_OUT).account_id)
    window.accounts.menu_wanted.connect(lambda account_id, at: menus.open(account_id, at, window.accounts.fill_menu))
    context.desk.arrived.connect(window.feed.go_to)
    window.accounts.opened.connect(window.feed.go_to)
    window.accounts.fitted.connect(window.feed.show_accounts)
    window.territory.shown.connect(window.territory_figures.show_territories)
    window.territory.chosen.connect(window.territory_figures.show_chosen)
    window.territory.fitted.connect(window.feed.show_accounts)
    MapDrag(context, window.map)
    window.details.add_wanted.connect(lambda account_id: window.deeds.add_to_week([account_id]))
    window.details.lock_wanted.connect(window.week.verbs.hold)
    WhyDay(context, window.week.verbs).told.connect(window.details.show_why_day)
    window.week.board.opened.connect(window.feed.go_to)
    window.week.day_opened.connect(window.feed.show_day)
    window.week.two_weeks_shown.connect(window.actions_by_id["two-weeks"].setChecked)
    window.actions_by_id["two-weeks"].setChecked(window.week.verbs.two_weeks)
    room = WeeksRoom(window, lambda panel, aside: window.workplace.put_aside("week", panel, aside=aside), two=window.week.verbs.two_weeks)
    window.week.two_weeks_shown.connect(room.follow)
