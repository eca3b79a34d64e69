"""Robustness of a plan: the chance of keeping each appointment when drives and visits take longer or shorter than planned."""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.model.request import DayRequest, WeekRequest
from planner.model.week import DayPlan, VisitKind, WeekPlan
from planner.planning.instance import FAR, Ints, Span, free_starts, merged
from planner.values import Struct

TIGHT = 0.85
"""An appointment that is kept less often than this is a tight spot."""
QUICKEST = 0.7
"""No drive takes less than this part of its planned time, which is that of roads without a jam: little is to be gained on them."""


class Variation(Struct, frozen=True):
    """How a week differs from its plan: relative standard deviations of drive times and visit lengths.

    Each is drawn by itself, lognormal with mean 1, so that delays may be long and gains are small; drives are cut off at `QUICKEST`.
    `late_s` is how late a fixed appointment may be begun and still count as kept, `runs` how many weeks are drawn.
    """

    drive: float = 0.15
    visit: float = 0.2
    late_s: int = 300
    runs: int = 2000
    seed: int = 1


class StopChance(Struct, frozen=True):
    """The chance to keep one appointment; `late_s` is the median lateness of the runs that miss it, 0 where none does."""

    key: str
    chance: float
    tight: bool
    late_s: int


class DayChances(Struct, frozen=True):
    """The chances of one day: each stop, being back when the day closes, lunch by its latest start, and `chance`: all stops in one run."""

    day: date
    stops: tuple[StopChance, ...]
    back: float
    lunch: float
    chance: float


class Robustness(Struct, frozen=True):
    """The chances of a week, day by day."""

    days: tuple[DayChances, ...]

    @property
    def chance(self) -> float:
        """The chance that every appointment of the week is kept; days are independent of each other."""
        return math.prod(day.chance for day in self.days)

    @property
    def tight_spots(self) -> list[tuple[date, StopChance]]:
        """The appointments that are kept too seldom, in order of the week."""
        return [(day.day, stop) for day in self.days for stop in day.stops if stop.tight]


type _Appointment = tuple[list[Span], int]  # the spans in which it may start and count as kept, the last start that is on time


class _Runs(Struct, frozen=True):
    """A day simulated: `start` and `kept` (stops, runs), `back` and `lunch` (runs,). The start of a missed stop is when she got there."""

    start: Ints
    kept: NDArray[np.bool_]
    back: Ints
    lunch: Ints


def robustness(request: WeekRequest, plan: WeekPlan, variation: Variation) -> Robustness:
    """The chances of a plan made for this request (with its locks, if any), found by simulating each of its days many times.

    She leaves at the planned time and keeps the order and the place of lunch. Where she is early she waits for the window. What comes too
    late is skipped: she drives on at once, so that one delay does not count against all that follows. A drive or lunch that would overlap
    a call begins after it; a visit begins only where its planned length fits, as nobody knows beforehand that it will take longer, and ends
    when a call begins. Fixed appointments (`VisitKind.DUTY`), lunch and calls keep their length. A late lunch is taken all the same.
    """
    numbers = {asked.day: index for index, asked in enumerate(request.days)}
    days = []
    for day in plan.days:
        asked = request.days[numbers[day.day]]
        appointments = _appointments(request, day, numbers[day.day], variation.late_s)
        runs = _simulated(day, asked, appointments, *_draws(day, variation))
        days.append(_chances(day, asked, appointments, runs))
    return Robustness(tuple(days))


def padded(seconds: NDArray[np.int32], variation: Variation, z: float = 1.0) -> NDArray[np.int32]:
    """Drive times lengthened by `z` standard deviations, rounded up to whole seconds; 0 and negative ones (no road) stay.

    A plan made with them holds on the true ones: each drive is over by its planned time, and being earlier is never worse: she can wait.
    """
    longer = np.round(seconds * (1.0 + z * variation.drive), 6)  # 100 x 1.1 is a hair over 110
    return np.where(seconds > 0, np.ceil(longer), seconds).astype(np.int32)


def _calls(day: DayPlan) -> list[Span]:
    return merged((block.start_s, block.end_s) for block in day.blocks)


def _appointments(request: WeekRequest, day: DayPlan, number: int, late_s: int) -> list[_Appointment]:
    """When each stop of a day may start: in its windows, a part of a block so much after them as it comes after the block's start."""
    known = {("", candidate.key): (candidate, 0) for candidate in request.candidates}
    known |= {(candidate.key, part.key): (candidate, part.after_s) for candidate in request.candidates for part in candidate.parts}
    calls, appointments = _calls(day), []
    for stop in day.stops:
        length, windows, fixed = stop.leave_s - stop.start_s, [(stop.start_s, stop.start_s)], True
        if (stop.block, stop.key) in known:
            candidate, after = known[stop.block, stop.key]
            windows = [(window.from_s + after, window.to_s + after) for window in candidate.windows if window.day == number]
            fixed = candidate.mandatory and all(begin == end for begin, end in windows)
            length = length if after else candidate.service_s  # a block is begun only where all of it fits
        starts = free_starts(merged(windows), calls, length)
        by = starts[-1][1] if starts else stop.start_s
        if fixed:  # begun late, it may be cut short by a call, but it is not begun during one
            starts = free_starts(merged((begin, end + late_s) for begin, end in starts), calls, 1)
        appointments.append((starts, by))
    return appointments


def _draws(day: DayPlan, variation: Variation) -> tuple[Ints, Ints]:
    """Drives (stops + 1, runs) and visits (stops, runs) in seconds; seeded by the date, so that no day depends on what others hold."""
    rng = np.random.default_rng((variation.seed, day.day.toordinal()))
    drives = [(stop.drive_s, variation.drive) for stop in day.stops] + [(day.last_drive_s, variation.drive)]
    visits = [(stop.leave_s - stop.start_s, 0.0 if stop.kind is VisitKind.DUTY else variation.visit) for stop in day.stops]
    return _drawn(rng, drives, variation.runs, QUICKEST), _drawn(rng, visits, variation.runs)


def _drawn(rng: np.random.Generator, planned: Sequence[tuple[int, float]], runs: int, least: float = 0.0) -> Ints:
    """Whole seconds (planned, runs) for planned ones and their relative deviations s: by a lognormal factor, `least` or more.
    For a factor of mean 1 and standard deviation s, the logarithm has variance ln(1 + s^2) and mean minus half of that.
    """
    seconds, spreads = np.array(planned, dtype=np.float64).reshape(-1, 2, 1).swapaxes(0, 1)
    variance = np.log1p(spreads**2)
    factors = np.exp(np.sqrt(variance) * rng.standard_normal((len(planned), runs)) - variance / 2)
    return np.rint(seconds * np.maximum(factors, least)).astype(np.int64)


def _simulated(day: DayPlan, asked: DayRequest, appointments: Sequence[_Appointment], drives: Ints, visits: Ints) -> _Runs:
    """Follow one day through all runs at once: step 2i is drive i, step 2i + 1 the stop after it, and lunch is before one of the steps."""
    calls, (begins, ends) = _calls(day), day.lunch or (0, 0)
    meals = free_starts([(asked.lunch.earliest_s if asked.lunch else begins, FAR)], calls, ends - begins)
    start, kept, lunch_step = np.zeros_like(visits), np.ones(visits.shape, dtype=np.bool_), _lunch_step(day)
    time, lunch = np.full(drives.shape[1], day.leave_s), np.full(drives.shape[1], begins)
    for step in range(2 * len(drives)):
        i = step // 2
        if step == lunch_step:
            lunch, _ = _first(meals, time)
            time = lunch + ends - begins
        if step % 2 == 0:
            for begin, end in calls:
                time = np.where((drives[i] > 0) & (time < end) & (time + drives[i] > begin), end, time)
            time = time + drives[i]
        elif i < len(visits):
            start[i], kept[i] = _first(appointments[i][0], time)
            time = start[i] + np.where(kept[i], visits[i], 0)
            for begin, _end in calls:
                time = np.where((start[i] < begin) & (time > begin), begin, time)
    return _Runs(start, kept, time, lunch)


def _lunch_step(day: DayPlan) -> int | None:
    """The step of the day before which lunch is taken; None without lunch or when she leaves after it."""
    if day.lunch is None or day.lunch[1] <= day.leave_s:
        return None
    i = next((i for i, stop in enumerate(day.stops) if day.lunch[1] <= stop.start_s), len(day.stops))
    departs = day.stops[i].arrive_s - day.stops[i].drive_s if i < len(day.stops) else day.back_s - day.last_drive_s
    return 2 * i if day.lunch[1] <= departs else 2 * i + 1


def _first(starts: Sequence[Span], time: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The earliest starts at or after these times, and whether there is one; where there is none, the time itself."""
    at = np.searchsorted(np.array([end for _begin, end in starts], dtype=np.int64), time)
    return np.maximum(np.array([*(begin for begin, _end in starts), 0])[at], time), at < len(starts)


def _chances(day: DayPlan, asked: DayRequest, appointments: Sequence[_Appointment], runs: _Runs) -> DayChances:
    stops = []
    for stop, (_starts, by), start, kept in zip(day.stops, appointments, runs.start, runs.kept, strict=True):
        late, chance = start[~kept] - by, float(kept.mean())
        stops.append(StopChance(stop.key, chance, chance < TIGHT, int(np.median(late)) if late.size else 0))
    lunch = float((runs.lunch <= asked.lunch.latest_s).mean()) if asked.lunch else 1.0
    return DayChances(day.day, tuple(stops), float((runs.back <= asked.closes_s).mean()), lunch, float(runs.kept.all(axis=0).mean()))
