"""A week in the words and numbers that the exported map shows. Names stay as they are: the page sets them as text, never as markup."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.exports.navigation import day_links, stop_links
from planner.exports.route_lines import packed_line
from planner.exports.wording import KIND_NAMES, count, duration, length, week_name
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import Route
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.model.writing import USUAL_WRITING, Writing

# Of the days Monday to Sunday; told apart by colour-blind readers, and different from the colours of the kinds of visit.
_DAY_COLOURS = ("#2f6fed", "#c2185b", "#2e7d32", "#d9480f", "#6d28d9", "#0e7490", "#7a5c00")

Json = dict[str, Any]


def week_data(
    plan: WeekPlan,
    routes: Mapping[date, Route],
    addresses: Mapping[str, str],
    units: str,
    made: date,
    notice: str,
    writing: Writing = USUAL_WRITING,
) -> Json:
    """Everything the page shows besides the basemap, ready for JSON."""
    name, whole_name = f"Week {plan.week.number}", f"Week {plan.week.number}, {plan.week.year}"
    if plan.days:
        first, last = plan.days[0].day, plan.days[-1].day
        name, whole_name = (week_name(plan.week, first, last, writing, with_year=with_year) for with_year in (False, True))
    return {
        "title": name,
        "name": whole_name,
        "summary": _summary(plan.visits, plan.drive_s, plan.drive_m, units, writing),
        "made": f"Made {writing.full_day(made)}",
        "notice": notice,
        "units": units,
        "kinds": {kind.value: text for kind, text in KIND_NAMES.items()},
        "days": [_day(day, routes.get(day.day), addresses, units, writing) for day in plan.days],
    }


def _summary(visits: int, drive_s: int, drive_m: int, units: str, writing: Writing) -> str:
    if not visits and not drive_s:
        return "No visits"
    return f"{count(visits, 'visit')} · {duration(drive_s)} driving · {length(drive_m, units, writing)}"


def _day(day: DayPlan, route: Route | None, addresses: Mapping[str, str], units: str, writing: Writing) -> Json:
    visits = sum(stop.kind is not VisitKind.DUTY for stop in day.stops)
    places = day_places(day)
    return {
        "short": writing.weekday(day.day),
        "number": str(day.day.day),
        "name": f"{writing.weekday_name(day.day)}, {writing.month_day(day.day)}",
        "colour": _DAY_COLOURS[day.day.weekday()],
        "summary": _summary(visits, day.drive_s, day.drive_m, units, writing),
        "lines": [packed_line(leg.shape) for leg in route.legs if leg.shape] if route else [packed_line(places)] if places else [],
        "onRoads": route is not None,
        "directions": list(day_links(places)),
        "entries": _entries(day, addresses, units, writing),
    }


def day_places(day: DayPlan) -> list[LatLon]:
    """Where a day leads: start, stops, end; none for a day without stops."""
    return [day.start.point, *(stop.place for stop in day.stops), day.end.point] if day.stops else []


def _entries(day: DayPlan, addresses: Mapping[str, str], units: str, writing: Writing) -> list[Json]:
    """The lines of a day in the order of time."""
    timed: list[tuple[int, Json]] = [
        (stop.arrive_s, _stop(number, stop, addresses.get(stop.key, ""), units, writing)) for number, stop in enumerate(day.stops, 1)
    ]
    timed += [(block.start_s, _pause(block.title, block.start_s, block.end_s, writing)) for block in day.blocks]
    if day.lunch:
        timed.append((day.lunch[0], _pause("Lunch", *day.lunch, writing)))
    timed.sort(key=lambda pair: pair[0])
    entries = [entry for _, entry in timed]
    if not day.stops:
        return entries
    leave = _place(day.start, writing.clock(day.leave_s), "Leave")
    back = _place(day.end, writing.clock(day.back_s), _drive(day.last_drive_s, day.last_drive_m, units, writing))
    return [leave, *entries, back]


def _place(place: NamedPlace, time: str, text: str) -> Json:
    return {"type": "place", "title": place.name, "time": time, "text": text, "at": _at(place.point), "links": _links(place.point)}


def _pause(title: str, from_s: int, to_s: int, writing: Writing) -> Json:
    return {"type": "pause", "title": title, "time": writing.clock(from_s), "text": duration(to_s - from_s)}


def _stop(number: int, stop: Stop, address: str, units: str, writing: Writing) -> Json:
    wait = f"wait {duration(stop.start_s - stop.arrive_s)}, then " if stop.start_s - stop.arrive_s >= 60 else ""
    return {
        "type": "stop",
        "number": number,
        "kind": stop.kind.value,
        "title": stop.title,
        "address": address,
        "time": writing.clock(stop.arrive_s),
        "visit": f"{wait}{writing.clock(stop.start_s)} \N{EN DASH} {writing.clock(stop.leave_s)}, {duration(stop.leave_s - stop.start_s)}",
        "stay": duration(stop.leave_s - stop.start_s),
        "drive": _drive(stop.drive_s, stop.drive_m, units, writing),
        "at": _at(stop.place),
        "links": _links(stop.place),
    }


def _drive(seconds: int, metres: int, units: str, writing: Writing) -> str:
    return f"{duration(seconds)} drive, {length(metres, units, writing)}" if metres or seconds else "No drive"


def _at(point: LatLon) -> list[float]:
    return [round(point.lat, 6), round(point.lon, 6)]


def _links(point: LatLon) -> list[list[str]]:
    return [list(link) for link in stop_links(point)]
