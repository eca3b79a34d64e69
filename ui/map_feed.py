"""What the map shows of what is on the desk: the drives and stops of the plan, and a pin for every account that is worth one."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject

from planner.model.accounts import Account, AccountKind
from planner.model.travel import Route
from planner.model.week import DayPlan, VisitKind, WeekPlan
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
        self._context.runner.run(lambda _job: pins_of(accounts.values()), self._take_pins, lane="map pins", latest=True)

    def _take_pins(self, pins: PinSet) -> None:
        self._pins = pins
        self._show_pins()

    def _show_pins(self) -> None:
        desk = self._context.desk
        routed = self._page in ROUTED_PAGES
        keep = ~np.isin(self._pins.keys, list(planned_ids(desk.plan))) if routed else np.ones(len(self._pins), dtype=np.bool_)
        if not routed and self._filtered is not None:
            keep &= np.isin(self._pins.keys, list(self._filtered))
        self._view.set_pins(self._pins.chosen(keep, dimmed=routed and desk.plan is not None))
        self._view.select(desk.selected)
        self._frame()

    def show_other_days(self, *, shown: bool) -> None:
        """Show the drives of the whole week, or only that of the day looked at."""
        if shown != self._other_days:
            self._other_days = shown
            self._show_routes()

    def _show_routes(self) -> None:
        desk = self._context.desk
        days = desk.plan.days if desk.plan is not None and self._page in ROUTED_PAGES else ()
        drawn = [(index, day) for index, day in enumerate(days) if day.stops and (self._other_days or index == desk.day)]
        self._view.set_routes([day_route(index, day, desk.routes.get(day.day)) for index, day in drawn])
        self._mark_day(desk.day)
        self._view.select(desk.selected)

    def _show_day(self, day: int) -> None:
        if self._other_days:
            self._mark_day(day)
        else:
            self._show_routes()

    def _mark_day(self, day: int) -> None:
        plan = self._context.desk.plan
        self._view.set_active_day(day if plan is not None and self._page in ROUTED_PAGES else None)

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


def planned_ids(plan: WeekPlan | None) -> frozenset[int]:
    """The accounts a plan visits."""
    stops = (stop for day in (plan.days if plan else ()) for stop in day.stops)
    return frozenset(stop.account_id for stop in stops if stop.account_id is not None)


def pins_of(accounts: Iterable[Account]) -> PinSet:
    """The pins of all accounts that have a place; 20,000 take a third of a second, which is for a thread."""
    return PinSet([pin_of(account) for account in accounts if account.place is not None])


def pin_of(account: Account) -> Pin:
    """The pin of an account that has a place."""
    assert account.place is not None
    kind = VisitKind.CAPTURE if account.kind is AccountKind.PROSPECT else VisitKind.CARE
    return Pin(account.id, account.place, kind, account.name, f"{account_kind(account)} · {account.address.street}".strip(" ·"))


def day_route(index: int, day: DayPlan, route: Route | None) -> DayRoute:
    """A day's drive for the map; without a shape while its roads are still being looked up."""
    shape = tuple(point for leg in route.legs for point in leg.shape) if route is not None else ()
    return DayRoute(index, short_day(day.day), tuple(_route_stops(day)), day.start, day.end, shape)


def _route_stops(day: DayPlan) -> Iterator[RouteStop]:
    """Visits are numbered as on the board; an appointment has no number."""
    number = 0
    for stop in day.stops:
        is_visit = stop.kind is not VisitKind.DUTY
        number += is_visit
        yield RouteStop(number if is_visit else 0, stop.account_id, stop.place, stop.kind, stop.title)
