"""Trips and drives in words and figures."""

from datetime import date

from planner.model.tracking import CostKind, Drive, DriveKind, Source, Trip, TripState, TripStop
from planner.usecases.mileage import WeekMiles
from planner.usecases.trips import TripSums
from planner.values import Struct
from ui.words import METRES_PER_MILE, clock, money, month_day, near_day, number, times, typed

STATES = {
    TripState.PLANNED: "Planned",
    TripState.UNDER_WAY: "Under way",
    TripState.DONE: "Done",
    TripState.CANCELLED: "Cancelled",
}
COSTS = {kind: kind.value.capitalize() for kind in CostKind}
SOURCES = {Source.PLAN: "Plan", Source.ODOMETER: "Odometer", Source.GPX: "GPX", Source.TYPED: "Typed"}
DRIVES = {kind: kind.value.capitalize() for kind in DriveKind}


class TripLine(Struct, frozen=True):
    """A trip as it really was so far, how far it is, what to do about it (or empty), what it comes to, and the trip as it is kept."""

    trip: Trip
    state: TripState
    hint: str
    sums: TripSums
    kept: Trip | None = None


def state_words(line: TripLine) -> str:
    """How far a trip is, or what is still to be done about it."""
    if not line.hint or line.state is TripState.CANCELLED:
        return STATES[line.state]
    return "To finish" if line.state is TripState.DONE else "Not logged"


def dollars(cents: int | None) -> str:
    """Money to the cent, or a dash when it is not known."""
    return money(cents, 2)


def far(metres: int | None, units: str) -> str:
    """A distance to one decimal, or a dash when it is not known."""
    return "–" if metres is None else f"{number(_in_units(metres, units), 1)} {'km' if units == 'kilometres' else 'mi'}"


def days_words(first: date, last: date) -> str:
    """The days of a trip: "Mon, Nov 30", "Nov 30 – Dec 2"."""
    return near_day(first) if first == last else f"{month_day(first)} – {month_day(last)}"


def times_words(begin_s: int | None, end_s: int | None) -> str:
    """From when to when, as far as it is known."""
    if begin_s is None:
        return "–" if end_s is None else f"until {clock(end_s)}"
    return clock(begin_s) if end_s in {None, begin_s} else times(begin_s, end_s or 0)


def typed_far(metres: int | None, units: str) -> str:
    """A distance as it is typed: to one decimal without its unit; empty when it is not known."""
    return "" if metres is None else typed(_in_units(metres, units))


def _in_units(metres: int, units: str) -> float:
    return metres / (1000 if units == "kilometres" else METRES_PER_MILE)


def stops_done(trip: Trip) -> tuple[int, int]:
    """How many visits of a trip took place, and how many it has."""
    visits = [stop for stop in trip.stops if stop.account_id is not None]
    return sum(is_done(stop) for stop in visits), len(visits)


def is_done(stop: TripStop) -> bool:
    """Whether something is known of a stop having been reached."""
    return stop.came_s is not None or stop.went_s is not None


def trip_row(line: TripLine, units: str) -> tuple[str, ...]:
    """The row of a trip."""
    trip, sums = line.trip, line.sums
    done, planned = stops_done(trip)
    return (
        days_words(trip.first, trip.last),
        trip.name,
        trip.purpose.value.capitalize(),
        state_words(line),
        f"{done} of {planned}" if planned else "–",
        far(sums.planned_m, units),
        far(sums.driven_m, units),
        f"{sums.nights}" if sums.nights else "–",
        dollars(sums.cost_cents) if sums.cost_cents else "–",
    )


def week_words(week: WeekMiles, units: str) -> str:
    """What was driven in a week: "Week of Nov 30: 20.0 mi, of which 12.0 mi not confirmed"."""
    told = f"Week of {month_day(week.week.day(0))}: {far(week.metres, units)}"
    return f"{told}, of which {far(week.unconfirmed_m, units)} not confirmed" if week.unconfirmed_m else told


def odometer_words(drive: Drive) -> str:
    """What the odometer showed at the start and at the end, in miles."""
    return "–" if drive.odometer is None else " – ".join(number(tenths / 10, 1) for tenths in drive.odometer)


def drive_row(drive: Drive, cents: int | None, units: str) -> tuple[str, ...]:
    """The row of a drive in the log; `cents` is what it is claimed with."""
    return (
        "✓ Confirmed" if drive.confirmed else "○ Not claimed",
        near_day(drive.day),
        drive.start,
        drive.destination,
        drive.purpose,
        far(drive.metres, units),
        dollars(cents) if drive.confirmed and cents else "–",
        DRIVES[drive.kind],
        SOURCES[drive.source],
        odometer_words(drive),
    )
