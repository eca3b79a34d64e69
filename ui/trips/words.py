"""Trips and drives in words and figures."""

from dataclasses import dataclass
from datetime import date

from planner.model.tracking import CostKind, Drive, DriveKind, Source, Trip, TripState, TripStop
from planner.usecases.trips import TripSums
from ui.words import METRES_PER_MILE, clock, month_day

STATES = {
    TripState.PLANNED: "Planned",
    TripState.UNDER_WAY: "Under way",
    TripState.DONE: "Done",
    TripState.CANCELLED: "Cancelled",
}
COSTS = {kind: kind.value.capitalize() for kind in CostKind}
SOURCES = {Source.PLAN: "Plan", Source.ODOMETER: "Odometer", Source.GPX: "GPX", Source.TYPED: "Typed"}
DRIVES = {kind: kind.value.capitalize() for kind in DriveKind}


@dataclass(frozen=True, slots=True)
class TripLine:
    """A trip as it really was so far, how far it is, what to do about it (or empty), what it comes to, and the trip as it is kept."""

    trip: Trip
    state: TripState
    hint: str
    sums: TripSums
    kept: Trip | None = None


def dollars(cents: int | None) -> str:
    """Money to the cent, or a dash when it is not known."""
    return "–" if cents is None else f"${cents / 100:,.2f}"


def far(metres: int | None, units: str) -> str:
    """A distance to one decimal, or a dash when it is not known."""
    if metres is None:
        return "–"
    value, unit = (metres / 1000, "km") if units == "kilometres" else (metres / METRES_PER_MILE, "mi")
    return f"{value:,.1f} {unit}"


def days_words(first: date, last: date) -> str:
    """The days of a trip: "Mon, Nov 30", "Nov 30 – Dec 2"."""
    return f"{first:%a}, {month_day(first)}" if first == last else f"{month_day(first)} – {month_day(last)}"


def times_words(begin_s: int | None, end_s: int | None) -> str:
    """From when to when, as far as it is known."""
    if begin_s is None:
        return "–" if end_s is None else f"until {clock(end_s)}"
    return clock(begin_s) if end_s in {None, begin_s} else f"{clock(begin_s)}–{clock(end_s or 0)}"


def typed_far(metres: int | None, units: str) -> str:
    """A distance as it is typed: to one decimal without its unit; empty when it is not known."""
    return "" if metres is None else far(metres, units).rpartition(" ")[0].replace(",", "")


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
        STATES[line.state],
        f"{done} of {planned}",
        far(sums.planned_m, units),
        far(sums.driven_m, units),
        f"{sums.nights}" if sums.nights else "–",
        dollars(sums.cost_cents) if sums.cost_cents else "–",
    )


def odometer_words(drive: Drive) -> str:
    """What the odometer showed at the start and at the end, in miles."""
    return "–" if drive.odometer is None else f"{drive.odometer[0] / 10:,.1f} – {drive.odometer[1] / 10:,.1f}"


def drive_row(drive: Drive, cents: int | None, units: str) -> tuple[str, ...]:
    """The row of a drive in the log; `cents` is what it is claimed with."""
    return (
        "✓ Confirmed" if drive.confirmed else "○ Not claimed",
        f"{drive.day:%a}, {month_day(drive.day)}",
        drive.start,
        drive.destination,
        drive.purpose,
        far(drive.metres, units),
        dollars(cents) if drive.confirmed and cents else "–",
        DRIVES[drive.kind],
        SOURCES[drive.source],
        odometer_words(drive),
    )
