"""What the map shows of what is on the desk: the drives and stops of the plan, and a pin for every account that is worth one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject

from planner.model.accounts import Account, Opportunity
from planner.model.travel import Route
from planner.model.week import DayPlan, VisitKind, WeekPlan
from planner.usecases.accounts import purpose_of_visit
from planner.values import Struct
from ui.context import AppContext
from ui.map.pins import Pin, PinSet
from ui.map.routes import DayRoute, RouteStop
from ui.map.tile_painter import Basemap
from ui.map.view import MapView
from ui.words import account_kind, short_day

ROUTED_PAGES = frozenset({"week", "today"})


class BasemapFile(Basemap, Protocol):
    """A basemap that keeps its file open."""

    def close(self) -> None:
        """Let go of the file."""


class DayOnMap(Struct, frozen=True):
    """Today as its page has it: its way where that is known, the keys of the stops that are behind, and of the next one."""

    day: DayPlan
    route: Route | None
    done: frozenset[str]
    coming: str


class MapFeed(QObject):
    """Listens on the bus and feeds the one map; the map's own clicks go back to the desk."""

    def __init__(self, context: AppContext, view: MapView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._page = "week"
        self._filtered: AbstractSet[int] | None = None
        self._framed: set[tuple[str, bool]] = set()
        self._planning = False
        self._today: DayOnMap | None = None
        self._pins = PinSet()
        self._other_days = True
        self._basemap: BasemapFile | None = None
        bus, desk, theme = context.bus, context.desk, context.theme
        bus.basemap_shown.connect(self._show_basemap)
        bus.accounts_shown.connect(self._show_accounts)
        bus.plan_shown.connect(self._show_plan)
        bus.routes_shown.connect(lambda _routes: self._show_routes())
        bus.selected.connect(view.select)
        bus.day_changed.connect(self._show_day)
        bus.filtered.connect(self._filter)
        bus.planning.connect(self._follow_planning)
        bus.page_changed.connect(self._turn_to)
        view.picked.connect(desk.select)
        view.activated.connect(self.go_to)
        view.failed.connect(lambda problem: bus.told.emit(str(problem)))
        bus.settings_shown.connect(lambda settings: view.set_metric(settings.text("units") == "kilometres"))
        theme.changed.connect(lambda: view.set_theme(theme.name))
        view.set_theme(theme.name)

    def _show_basemap(self, basemap: BasemapFile | None) -> None:
        self._view.set_basemap(basemap)
        if self._basemap is not None:
            self._basemap.close()
        self._basemap = basemap
        self._frame()

    def _show_plan(self, _plan: WeekPlan | None) -> None:
        # While a search runs its plans come and go; the pins can wait for the last one.
        if not self._planning:
            self._show_pins()
        self._show_routes()

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning
        if not planning:
            self._show_pins()

    def _show_accounts(self, accounts: dict[int, Account]) -> None:
        deals = self._context.desk.deals
        self._context.runner.run(lambda _job: pins_of(accounts.values(), deals), self._take_pins, lane="map pins", latest=True)

    def _take_pins(self, pins: PinSet) -> None:
        self._pins = pins
        self._show_pins()

    def _show_pins(self) -> None:
        desk = self._context.desk
        routed = self._page in ROUTED_PAGES
        days, _ = self._days()
        keep = ~np.isin(self._pins.keys, list(planned_ids(days))) if routed else np.ones(len(self._pins), dtype=np.bool_)
        if not routed and self._filtered is not None:
            keep &= np.isin(self._pins.keys, list(self._filtered))
        self._view.set_pins(self._pins.chosen(keep, dimmed=routed and bool(days)))
        self._view.select(desk.selected)
        self._frame()

    def show_other_days(self, *, shown: bool) -> None:
        """Show the drives of the whole week, or only that of the day looked at."""
        if shown != self._other_days:
            self._other_days = shown
            self._show_routes()

    def show_today(self, today: DayOnMap | None) -> None:
        """Show how far today has come, while its page is on show."""
        before, self._today = self._today, today
        if self._page != "today":
            return
        if (before and (before.day, before.route)) == (today and (today.day, today.route)):
            self._mark_progress()
        else:
            self._show_pins()
            self._show_routes()

    def _days(self) -> tuple[Sequence[DayPlan], int]:
        """The days that the page on show has on the map, and which of them is looked at: on the page of today always today."""
        desk, today = self._context.desk, self._today
        week = desk.plan.days if desk.plan is not None and self._page in ROUTED_PAGES else ()
        if self._page != "today":
            return week, desk.day
        if today is None:
            return (), 0
        index = next((index for index, day in enumerate(week) if day.day == today.day.day), None)
        return ((today.day,), 0) if index is None else ((*week[:index], today.day, *week[index + 1 :]), index)

    def _show_routes(self) -> None:
        desk = self._context.desk
        days, active = self._days()
        routes = desk.routes
        if self._page == "today" and self._today is not None and self._today.route is not None:
            routes = {**routes, self._today.day.day: self._today.route}
        drawn = [(index, day) for index, day in enumerate(days) if day.stops and (self._other_days or index == active)]
        self._view.set_routes([day_route(index, day, routes.get(day.day)) for index, day in drawn])
        self._mark_day()
        self._mark_progress()
        self._view.select(desk.selected)

    def _show_day(self, _day: int) -> None:
        if self._other_days:
            self._mark_day()
        else:
            self._show_routes()

    def _mark_day(self) -> None:
        days, active = self._days()
        self._view.set_active_day(active if days else None)

    def _mark_progress(self) -> None:
        today = self._today if self._page == "today" else None
        self._view.set_progress(today.done if today else (), today.coming if today else "")

    def _filter(self, shown: AbstractSet[int] | None) -> None:
        if shown != self._filtered:
            self._filtered = shown
            self._show_pins()

    def _turn_to(self, page: str) -> None:
        if page != self._page:
            self._page = page
            self._show_pins()
            self._show_routes()

    def go_to(self, account_id: int) -> None:
        """Bring an account to the middle of the map."""
        account = self._context.desk.accounts.get(account_id)
        if account is not None and account.place is not None:
            self._view.centre_on(account.place)

    def show_accounts(self, account_ids: AbstractSet[int] | None) -> None:
        """Bring these accounts into sight, or all for None."""
        if account_ids is None:
            self._view.show_all()
        else:
            accounts = self._context.desk.accounts.values()
            self._view.show_points([each.place for each in accounts if each.place is not None and each.id in account_ids])

    def show_day(self, day: int) -> None:
        """Bring a whole day of the plan into sight."""
        plan = self._context.desk.plan
        if plan is not None and day < len(plan.days):
            planned = plan.days[day]
            self._view.show_points([planned.start.point, *(stop.place for stop in planned.stops), planned.end.point])

    def _frame(self) -> None:
        """Show all accounts once for each road pack, and a day of its first plan once; then the map is where the user has put it."""
        desk = self._context.desk
        if desk.pack is None or not desk.accounts:
            return
        days = desk.plan.days if desk.plan else ()
        planned = next((day for day in (*days[desk.day : desk.day + 1], *days) if day.stops), None)
        stops = [planned.start.point, *(stop.place for stop in planned.stops), planned.end.point] if planned else []
        wanted = (desk.pack.id, bool(stops))
        if wanted not in self._framed:
            self._framed |= {wanted, (desk.pack.id, False)}
            places = [account.place for account in desk.accounts.values() if account.place is not None]
            self._view.show_points(stops or [place for place in places if desk.pack.bounds.contains(place)] or places)


def planned_ids(days: Iterable[DayPlan]) -> frozenset[int]:
    """The accounts that days visit."""
    stops = (stop for day in days for stop in day.stops)
    return frozenset(stop.account_id for stop in stops if stop.account_id is not None)


def pins_of(accounts: Iterable[Account], deals: Mapping[str, Sequence[Opportunity]]) -> PinSet:
    """The pins of all accounts that have a place; 20,000 take a third of a second, which is for a thread.

    `deals` are the open ones by the CRM id of their account.
    """
    return PinSet([pin_of(account, deals.get(account.crm_id, ())) for account in accounts if account.place is not None])


def pin_of(account: Account, deals: Sequence[Opportunity]) -> Pin:
    """The pin of an account that has a place, of the kind that a visit would be."""
    assert account.place is not None
    kind = purpose_of_visit(account, deals)
    return Pin(account.id, account.place, kind, account.name, f"{account_kind(account)} · {account.address.street}".strip(" ·"))


def day_route(index: int, day: DayPlan, route: Route | None) -> DayRoute:
    """A day's drive for the map; without a shape while its roads are still being looked up."""
    legs = route.legs if route is not None else ()
    shape = tuple(point for leg in legs for point in leg.shape)
    return DayRoute(index, short_day(day.day), tuple(_route_stops(day)), day.start, day.end, shape, tuple(len(leg.shape) for leg in legs))


def _route_stops(day: DayPlan) -> Iterator[RouteStop]:
    """Visits are numbered as on the board; an appointment has no number."""
    number = 0
    for stop in day.stops:
        is_visit = stop.kind is not VisitKind.DUTY
        number += is_visit
        yield RouteStop(number if is_visit else 0, stop.account_id, stop.place, stop.kind, stop.title, stop.key)
