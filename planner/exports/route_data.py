"""A week in the words and numbers that the exported map shows. Names stay as they are: the page sets them as text, never as markup."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.exports.navigation import day_links, stop_links
from planner.exports.route_lines import packed_line
from planner.exports.wording import KIND_NAMES, clock, count, duration, length, month_day, week_name
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import Route
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan

# Of the days Monday to Sunday; told apart by colour-blind readers, and different from the colours of the kinds of visit.
_DAY_COLOURS = ("#2f6fed", "#c2185b", "#2e7d32", "#d9480f", "#6d28d9", "#0e7490", "#7a5c00")

Json = dict[str, Any]


def week_data(plan: WeekPlan, routes: Mapping[date, Route], addresses: Mapping[str, str], units: str, made: date, notice: str) -> Json:
    """Everything the page shows besides the basemap, ready for JSON."""
    name = week_name(plan.week, plan.days[0].day, plan.days[-1].day) if plan.days else f"Week {plan.week.number}"
    return {
        "title": name,
        "year": plan.days[-1].day.year if plan.days else plan.week.year,
        "summary": _summary(plan.visits, plan.drive_s, plan.drive_m, units),
        "made": f"Made {month_day(made)}, {made.year}",
        "notice": notice,
        "units": units,
        "kinds": {kind.value: text for kind, text in KIND_NAMES.items()},
        "days": [_day(day, routes.get(day.day), addresses, units) for day in plan.days],
    }


def _summary(visits: int, drive_s: int, drive_m: int, units: str) -> str:
    return f"{count(visits, 'visit')} · {duration(drive_s)} driving · {length(drive_m, units)}" if visits or drive_s else "No visits"


def _day(day: DayPlan, route: Route | None, addresses: Mapping[str, str], units: str) -> Json:
    visits = sum(stop.kind is not VisitKind.DUTY for stop in day.stops)
    places = day_places(day)
    return {
        "short": f"{day.day:%a}",
        "number": str(day.day.day),
        "name": f"{day.day:%A}, {month_day(day.day)}",
        "colour": _DAY_COLOURS[day.day.weekday()],
        "summary": _summary(visits, day.drive_s, day.drive_m, units),
        "lines": [packed_line(leg.shape) for leg in route.legs if leg.shape] if route else [packed_line(places)] if places else [],
        "onRoads": route is not None,
        "directions": list(day_links(places)),
        "entries": _entries(day, addresses, units),
    }


def day_places(day: DayPlan) -> list[LatLon]:
    """Where a day leads: start, stops, end; none for a day without stops."""
    return [day.start.point, *(stop.place for stop in day.stops), day.end.point] if day.stops else []


def _entries(day: DayPlan, addresses: Mapping[str, str], units: str) -> list[Json]:
    """The lines of a day in the order of time."""
    timed: list[tuple[int, Json]] = [
        (stop.arrive_s, _stop(number, stop, addresses.get(stop.key, ""), units)) for number, stop in enumerate(day.stops, 1)
    ]
    timed += [(block.start_s, _pause(block.title, block.start_s, block.end_s)) for block in day.blocks]
    if day.lunch:
        timed.append((day.lunch[0], _pause("Lunch", *day.lunch)))
    timed.sort(key=lambda pair: pair[0])
    entries = [entry for _, entry in timed]
    if not day.stops:
        return entries
    leave = _place(day.start, clock(day.leave_s), "Leave")
    back = _place(day.end, clock(day.back_s), _drive(day.last_drive_s, day.last_drive_m, units))
    return [leave, *entries, back]


def _place(place: NamedPlace, time: str, text: str) -> Json:
    return {"type": "place", "title": place.name, "time": time, "text": text, "at": _at(place.point), "links": _links(place.point)}


def _pause(title: str, from_s: int, to_s: int) -> Json:
    return {"type": "pause", "title": title, "time": clock(from_s), "text": duration(to_s - from_s)}


def _stop(number: int, stop: Stop, address: str, units: str) -> Json:
    wait = f"wait {duration(stop.start_s - stop.arrive_s)}, then " if stop.start_s - stop.arrive_s >= 60 else ""
    return {
        "type": "stop",
        "number": number,
        "kind": stop.kind.value,
        "title": stop.title,
        "address": address,
        "time": clock(stop.arrive_s),
        "visit": f"{wait}{clock(stop.start_s)} \N{EN DASH} {clock(stop.leave_s)}, {duration(stop.leave_s - stop.start_s)}",
        "stay": duration(stop.leave_s - stop.start_s),
        "drive": _drive(stop.drive_s, stop.drive_m, units),
        "at": _at(stop.place),
        "links": _links(stop.place),
    }


def _drive(seconds: int, metres: int, units: str) -> str:
    return f"{duration(seconds)} drive, {length(metres, units)}" if metres or seconds else "No drive"


def _at(point: LatLon) -> list[float]:
    return [round(point.lat, 6), round(point.lon, 6)]


def _links(point: LatLon) -> list[list[str]]:
    return [list(link) for link in stop_links(point)]
