"""Small weeks to plan: places in kilometres around home, visits with plain hours, roads as the crow flies."""

import os

import numpy as np
from every_plan import shortest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, DayRequest, Lunch, NightRequest, Part, Shares, WeekRequest, Window
from planner.model.travel import TravelMatrix
from planner.model.week import VisitKind
from planner.planning.frame import places_of
from planner.planning.plan import plan_request
from planner.values import replace

WEEK = IsoWeek(2026, 49)
ZONE = "America/New_York"
HOUR = 3600
METRES_A_SECOND = 20.0


def by_chance(test):
    """Run a test of a `seed` with many of them: ROADBOOK_EXAMPLES, or a few."""
    examples = int(os.environ.get("ROADBOOK_EXAMPLES", "25"))
    return settings(max_examples=examples, deadline=None, database=None)(given(seed=st.integers(0, 2**31))(test))


def at(x, y=0.0):
    """The place so many kilometres east and north of home."""
    return LatLon(40.79 + y / 111.2, -77.86 + x / 84.2)


HOME, OFFICE, INN = NamedPlace("Home", at(0)), NamedPlace("Office", at(3, 2)), NamedPlace("Inn", at(100))
LUNCH = Lunch(int(11.5 * HOUR), int(13.5 * HOUR), 2700)


def day(index, **more):
    """A working day from home and back, 8 to 18, four hours of driving at most, with lunch."""
    usual = {"start": HOME, "end": HOME, "opens_s": 8 * HOUR, "closes_s": 18 * HOUR, "max_drive_s": 4 * HOUR, "lunch": LUNCH}
    return DayRequest(WEEK.day(index), **(usual | more))


def visit(number, x, y=0.0, *, opens=9.0, shuts=17.0, on=(0, 1, 2, 3, 4), minutes=30, **more):
    """A visit to an account that is open between two hours on some days."""
    windows = tuple(Window(d, int(opens * HOUR), int(shuts * HOUR) - minutes * 60) for d in on)
    usual = {"kind": VisitKind.CARE, "place": at(x, y), "value": 20.0, "windows": windows, "account_id": number}
    return Candidate(f"account-{number}", f"Account {number}", service_s=minutes * 60, **(usual | more))


def appointment(title, on, begin, end, x=3.0, y=2.0):
    """A fixed appointment with a place."""
    start, length = int(begin * HOUR), int((end - begin) * HOUR)
    return Candidate(f"duty-{title}", title, VisitKind.DUTY, at(x, y), length, 0.0, (Window(on, start, start),), mandatory=True)


def call(title, on, begin, end):
    """A call during which she neither drives nor visits."""
    return Duty(title, title, WEEK.day(on), int(begin * HOUR), int(end * HOUR))


def block(rep, visits, matrix, windows, **more):
    """Visits to accounts of a rep one right after the other."""
    rows = {place: row for row, place in enumerate(matrix.places)}
    parts, clock = [], 0
    for before, each in zip([None, *visits], visits, strict=False):
        drive = (0, 0) if before is None else tuple(int(t[rows[before.place], rows[each.place]]) for t in (matrix.seconds, matrix.metres))
        clock += drive[0]
        parts.append(Part(each.key, each.title, VisitKind.SUPPORT, each.place, each.service_s, each.value, clock, *drive, each.account_id))
        clock += each.service_s
    key = f"block-{rep}-{'-'.join(str(each.account_id) for each in visits)}"
    usual = {
        "value": sum(each.value for each in visits),
        "parts": tuple(parts),
        "groups": (f"block-{rep}", *(f"account-{each.account_id}" for each in visits)),
        "one_of": f"block-{rep}",
        "owner": rep,
        "rep": rep,
    }
    return Candidate(key, f"Block {rep}", VisitKind.SUPPORT, visits[0].place, service_s=clock, windows=tuple(windows), **(usual | more))


def asked(candidates, days=3, **more):
    """A week of so many usual days, or of these days; windows of other days are left out."""
    of_week = tuple(day(d) for d in range(days)) if isinstance(days, int) else tuple(days)
    inside = (replace(each, windows=tuple(w for w in each.windows if w.day < len(of_week))) for each in candidates)
    return WeekRequest(of_week, tuple(inside), **more)


def matrix_of(request, *others):
    """Drive times between all places of a request, and some others."""
    places = tuple(dict.fromkeys([*places_of(request), *others]))
    metres = np.array([[1.2 * a.metres_to(b) for b in places] for a in places]).astype(np.int32)
    return TravelMatrix(places, shortest((metres / METRES_A_SECOND).astype(np.int32)), metres)


def planned(request, matrix=None, iterations=60, **more):
    """The plan of a request after a short search."""
    return plan_request(request, matrix or matrix_of(request), WEEK, ZONE, iterations=iterations, threads=1, **more)


def keys_of(planned_day):
    """The keys of the visits of a planned day, in order."""
    return [stop.key for stop in planned_day.stops]


def any_week(seed, days=3, count=14):
    """A week of everything a week can ask for, by chance: appointments, calls, alternatives, a block, a night away, an open end."""
    draw = np.random.default_rng(seed)
    visits = []
    for number in range(1, count + 1):
        opens = float(draw.choice([8.0, 9.0, 10.0, 13.0]))
        on = [d for d in range(days) if draw.random() < 0.8]
        shuts = opens + float(draw.choice([2.0, 5.0, 8.0]))
        minutes = int(draw.choice([20, 30, 45, 60]))
        x, y = draw.integers(-30, 31, 2)
        value, kind = float(draw.integers(5, 50)), [VisitKind.CAPTURE, VisitKind.CARE, VisitKind.SUPPORT][int(draw.integers(0, 3))]
        groups = ("either",) if draw.random() < 0.15 else ()
        visits.append(
            visit(number, int(x), int(y), opens=opens, shuts=shuts, on=on, minutes=minutes, value=value, kind=kind, groups=groups)
        )
    duties = [appointment("Staff meeting", 0, 8.5, 10), appointment("Review", int(draw.integers(0, days)), 14, 15, -4, 3)]
    asked_days = [day(d, blocks=(call("Call", d, 10.5, 11),) if draw.random() < 0.4 else ()) for d in range(days)]
    nights, linked = (), draw.random()
    if linked < 0.3:
        asked_days[0], asked_days[1] = replace(asked_days[0], end=None), replace(asked_days[1], start=None)
    elif linked < 0.6:
        nights = (NightRequest(0, (NamedPlace("Inn", at(30, 5)), NamedPlace("Lodge", at(-30, -5))), 4.0),)
    request = asked([*duties, *visits], asked_days, nights=nights, night_points=4.0, drive_points=float(draw.choice([0.0, 0.1])))
    if draw.random() < 0.4:
        request = replace(request, shares=Shares(0.4, 0.4, 0.2, 4.0))
    if draw.random() < 0.5:
        two = [replace(each, groups=(f"account-{each.account_id}",)) for each in visits[:2]]
        joint = block("Rep A", two, matrix_of(request), [Window(d, 9 * HOUR, 12 * HOUR) for d in range(days)])
        request = replace(request, candidates=(*duties, *two, *visits[2:], joint))
    return request
