"""The mileage log: its lines from a trip, what they are worth, and what an odometer says against them.

Amounts are reckoned line by line from what the log shows: miles to one decimal (half a tenth is rounded up) times the rate of the day's
year, rounded to whole cents (half a cent is rounded up). Whoever checks a line with a pocket calculator gets the same cents.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.errors import UserProblem
from planner.model.places import LatLon
from planner.model.tracking import Drive, DriveKind, Source, Trip, TripStop
from planner.model.week import VisitKind
from planner.model.writing import USUAL_WRITING, Writing
from planner.tracking.trips import is_logged
from planner.values import Struct

METRES_A_TENTH = Decimal("160.9344")
"""Of a mile."""
UNKNOWN = "How far it was is not known yet."

Rates = Mapping[int, Decimal]
"""Dollars a mile by year."""

_AT_OFFICE_M = 100.0
_GAP_TENTHS = 10  # a mile: what an odometer and a map differ by on short ways
_GAP_SHARE = 0.05  # and on long ones
_PURPOSES = {
    VisitKind.CAPTURE: "Sales call on a prospect",
    VisitKind.CARE: "Visit to a client",
    VisitKind.SUPPORT: "Support of a rep",
    VisitKind.DUTY: "Appointment",
}


class MonthTotals(Struct, frozen=True):
    """What was driven in a month, in metres: confirmed business, commute and personal drives, those not confirmed, and what is claimed."""

    month: int
    business_m: int = 0
    commute_m: int = 0
    personal_m: int = 0
    unconfirmed_m: int = 0
    cents: int = 0


class YearTotals(Struct, frozen=True):
    """The twelve months of a year, and their sums."""

    year: int
    months: tuple[MonthTotals, ...]

    @property
    def whole(self) -> MonthTotals:
        """The sums of all months, as month 0."""
        names = ("business_m", "commute_m", "personal_m", "unconfirmed_m", "cents")
        return MonthTotals(0, **{name: sum(getattr(month, name) for month in self.months) for name in names})


def drives_of_trip(trip: Trip, office: LatLon | None = None) -> list[Drive]:
    """The drives of a trip as lines of the log, none of them confirmed: one a leg, as far as it was where that is known, else as planned.

    On a day of which something driven is known, what was only planned is left out. Between base and the office, with no account before
    or after on that day, it is a commute. A leg of no metres is no drive; one whose metres nobody knows says so in its note.
    """
    drives, start, at_office = [], trip.start, _is_office(trip.start, trip.start_place, None, office)
    from_base_office = at_office  # then the office is base, and going there is no commute
    for day in sorted({stop.day for stop in trip.stops}):
        stops = _driven([stop for stop in trip.stops if stop.day == day])
        for number, stop in enumerate(stops):
            reaches = _is_office(stop.name, stop.place, stop.account_id, office)
            before = any(each.account_id is not None for each in stops[:number])
            after = any(each.account_id is not None for each in stops[number:])
            commute = not from_base_office and ((reaches and not before) or (at_office and not after)) and not (reaches and at_office)
            drives += _drive(trip, start, stop, commute=commute)
            start, at_office = stop.name, reaches
    return drives


def tenths_of(metres: int) -> int:
    """Tenths of a mile, as the log shows them; half a tenth is rounded up."""
    return int((Decimal(metres) / METRES_A_TENTH).quantize(Decimal(1), ROUND_HALF_UP))


def metres_of(tenths: int) -> int:
    """Whole metres of tenths of a mile."""
    return int((tenths * METRES_A_TENTH).quantize(Decimal(1), ROUND_HALF_UP))


def rate_cents_per_mile(day: date, rates: Rates) -> tuple[Decimal, str]:
    """Cents a mile on a day, and a sentence where they are those of an earlier year; raises UserProblem when there are none so early."""
    known = [year for year in rates if year <= day.year]
    if not known:
        raise UserProblem(
            f"There is no mileage rate for {day.year}.",
            "Amounts are reckoned with the rate of the year.",
            f"Add it to the setting mileage_rates, such as {day.year} = 0.70.",
        )
    newest = max(known)
    note = "" if newest == day.year else f"There is no mileage rate for {day.year}: that of {newest} is used."
    return rates[newest] * 100, note


def amount_cents(drive: Drive, rates: Rates) -> int:
    """What a drive is claimed with: nothing unless it is confirmed and business."""
    if not drive.confirmed or drive.kind is not DriveKind.BUSINESS:
        return 0
    return cents_for(drive.metres, drive.day, rates)


def cents_for(metres: int, day: date, rates: Rates) -> int:
    """What so many metres are worth on a day, as one line of the log."""
    return int((tenths_of(metres) * rate_cents_per_mile(day, rates)[0] / 10).quantize(Decimal(1), ROUND_HALF_UP))


def totals(drives: Iterable[Drive], year: int, rates: Rates) -> YearTotals:
    """What was driven and is claimed in each month of a year."""
    months: list[dict[str, int]] = [{} for _month in range(12)]
    for drive in drives:
        if drive.day.year == year:
            month, name = months[drive.day.month - 1], f"{drive.kind.value}_m" if drive.confirmed else "unconfirmed_m"
            month[name] = month.get(name, 0) + drive.metres
            month["cents"] = month.get("cents", 0) + amount_cents(drive, rates)
    return YearTotals(year, tuple(MonthTotals(number, **month) for number, month in enumerate(months, start=1)))


def check_odometer(drives: Sequence[Drive], writing: Writing = USUAL_WRITING) -> list[str]:
    """What the odometer says against the log, each in a sentence: going back, overlaps, and miles that no line explains.

    `drives` are in the order in which they were driven; those without an odometer explain what lies between the others.
    """
    told: list[str] = []
    last: Drive | None = None
    between = 0
    for drive in sorted(drives, key=lambda each: each.day):
        if drive.odometer is None:
            between += tenths_of(drive.metres)
            continue
        if drive.odometer[1] < drive.odometer[0]:
            begin, end = (_miles(tenths, writing) for tenths in drive.odometer)
            told.append(f"{_words(drive, writing)} goes back on the odometer, from {begin} to {end}.")
            continue
        told += _against(last, drive, between, writing)
        last, between = drive, 0
    return told


def _against(last: Drive | None, drive: Drive, between: int, writing: Writing) -> Iterator[str]:
    if last is None or last.odometer is None or drive.odometer is None:
        return
    this, before = _words(drive, writing), _words(last, writing)
    missing = drive.odometer[0] - last.odometer[1] - between
    allowed = max(_GAP_TENTHS, round(_GAP_SHARE * between))
    if drive.odometer[1] <= last.odometer[0] and drive.odometer[0] < last.odometer[1]:
        yield f"{this} has less on the odometer ({_miles(drive.odometer[0], writing)}) than {before} before it."
    elif drive.odometer[0] < last.odometer[1]:
        ends = f"{before} ends at {_miles(last.odometer[1], writing)}"
        yield f"{this} begins at {_miles(drive.odometer[0], writing)}, before {ends}: they overlap."
    elif missing > allowed:
        yield f"{_miles(missing, writing)} miles between {before} and {this} are in no line of the log."
    elif -missing > allowed:
        yield f"The log has {_miles(-missing, writing)} miles more between {before} and {this} than the odometer."


def _words(drive: Drive, writing: Writing) -> str:
    return f"{drive.start} to {drive.destination} on {writing.full_day(drive.day)}"


def _miles(tenths: int, writing: Writing) -> str:
    return writing.number(tenths / 10, 1)


def _driven(stops: Sequence[TripStop]) -> list[TripStop]:
    """The stops of a day that were driven to, or all of them where nothing is known of that."""
    if not any(stop.drove_m is not None for stop in stops):
        return list(stops)
    return [stop for stop in stops if is_logged(stop)]


def _is_office(name: str, place: LatLon | None, account_id: int | None, office: LatLon | None) -> bool:
    if account_id is not None:
        return False
    return name.strip().casefold() == "office" or bool(place and office and place.metres_to(office) <= _AT_OFFICE_M)


def _drive(trip: Trip, start: str, stop: TripStop, *, commute: bool) -> list[Drive]:
    metres = stop.metres if stop.drove_m is None else stop.drove_m
    if metres == 0:
        return []
    purpose = "Commute" if commute else _PURPOSES[stop.kind] if stop.kind else "Drive to a hotel" if _goes_on(trip, stop) else "Drive back"
    return [
        Drive(
            id=0,
            day=stop.day,
            start=start,
            destination=stop.name,
            metres=metres or 0,
            source=Source.PLAN if stop.drove_m is None else trip.source,
            kind=DriveKind.COMMUTE if commute else DriveKind.BUSINESS,
            purpose=purpose,
            account_id=stop.account_id,
            trip_id=trip.id or None,
            note=UNKNOWN if metres is None else "",
            sample=trip.sample,
        )
    ]


def _goes_on(trip: Trip, stop: TripStop) -> bool:
    return stop.day < trip.last or (trip.nights > 0 and trip.nights > (trip.last - trip.first).days)
