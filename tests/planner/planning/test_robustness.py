import math
import time
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from statistics import NormalDist, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, DayRequest, Lunch, Part, WeekRequest, Window
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.planning import robustness as inside
from planner.planning.instance import build_instance
from planner.planning.robustness import QUICKEST, TIGHT, DayChances, Robustness, StopChance, Variation, padded, robustness
from planner.planning.schedule import Broken, schedule_day
from planner.values import replace

MONDAY = date(2026, 11, 30)
HOME = NamedPlace("Home", LatLon(0.0, 0.0))
EXACT = Variation(drive=0.0, visit=0.0, runs=3)
HOUR, RUNS = 3600, 40_000


def week_of(*days):
    return WeekPlan(IsoWeek.of(MONDAY), "UTC", tuple(days))


def stop(key, arrive, length, drive, start=None, kind=VisitKind.CARE, block=""):
    begin = arrive if start is None else start
    return Stop(key, key, kind, HOME.point, arrive, begin, begin + length, drive, 0, block=block)


def asked(key, spans, length, *, mandatory=False, day=0, parts=()):
    return Candidate(
        key, key, VisitKind.CARE, HOME.point, length, 1.0, tuple(Window(day, *span) for span in spans), mandatory=mandatory, parts=parts
    )


def call(begin, end):
    return Duty("call", "Call", MONDAY, begin, end)


def one_day(stops, candidates, leave=0, back=None, last=0, lunch=None, meal=None, calls=(), closes=10**6, day=MONDAY):
    """A plan of one day and the request it was made for."""
    back = stops[-1].leave_s + last if back is None else back
    wanted = DayRequest(day, HOME, HOME, 0, closes, 10**6, meal, tuple(calls))
    plan = DayPlan(day, HOME, HOME, leave, back, tuple(stops), last, 0, lunch, tuple(calls))
    return WeekRequest((wanted,), tuple(candidates)), week_of(plan)


def chance_below(limit, planned, spread):
    """The chance that a lognormal time of this mean and relative deviation, in whole seconds, is no more than a limit."""
    sigma = math.sqrt(math.log(1 + spread**2))
    return NormalDist().cdf((math.log((limit + 0.5) / planned) + sigma**2 / 2) / sigma)


def close_to(chance, runs):
    return pytest.approx(chance, abs=4.5 * math.sqrt(chance * (1 - chance) / runs) + 1e-9)


def number_of(request, day):
    return [wanted.day for wanted in request.days].index(day.day)


def overlaps(begin, length, calls):
    return any(begin < to and begin + length > at for at, to in calls)


class SlowDay:
    """One run at a time, second by second."""

    def __init__(self, request, day, late_s):
        self.request, self.day, self.late_s, self.number = request, day, late_s, number_of(request, day)
        self.calls = [(block.start_s, block.end_s) for block in day.blocks]

    def order(self):
        """What happens on the day in the order of its planned times."""
        events = [((each.arrive_s - each.drive_s, each.arrive_s), "drive", i) for i, each in enumerate(self.day.stops)]
        events += [((each.start_s, each.leave_s), "visit", i) for i, each in enumerate(self.day.stops)]
        lunch = self.day.lunch
        home = lunch[0] if lunch and lunch[1] == self.day.back_s else self.day.back_s
        events.append(((home - self.day.last_drive_s, home), "drive", len(self.day.stops)))
        if lunch and lunch[0] >= self.day.leave_s:
            events.append((lunch, "lunch", 0))
        return [(what, i) for _times, what, i in sorted(events)]

    def may_start(self, i, second):
        it = self.day.stops[i]
        length, windows, fixed = it.leave_s - it.start_s, [(it.start_s, it.start_s)], True
        for candidate in self.request.candidates:
            if candidate.key == (it.block or it.key):
                after = sum(part.after_s for part in candidate.parts if part.key == it.key)
                windows = [(w.from_s + after, w.to_s + after) for w in candidate.windows if w.day == self.number]
                fixed = candidate.mandatory and all(a == b for a, b in windows)
                length = candidate.service_s if after == 0 else length
        for late in range(self.late_s + 1) if fixed else (0,):
            on_time = any(a <= second - late <= b for a, b in windows) and not overlaps(second - late, length, self.calls)
            if on_time and (late == 0 or not overlaps(second, 1, self.calls)):
                return True
        return False

    def run(self, drives, visits):
        """The start of each stop, whether it is kept, when she is back, and when lunch begins."""
        wanted, now, lunch = self.request.days[self.number], self.day.leave_s, self.day.lunch[0] if self.day.lunch else 0
        starts, kept = [], []
        for what, i in self.order():
            if what == "drive" and drives[i]:
                while overlaps(now, drives[i], self.calls):
                    now += 1
                now += drives[i]
            elif what == "lunch":
                length = self.day.lunch[1] - self.day.lunch[0]
                now = max(now, wanted.lunch.earliest_s)
                while overlaps(now, length, self.calls):
                    now += 1
                lunch, now = now, now + length
            elif what == "visit":
                start = next((second for second in range(now, now + 400) if self.may_start(i, second)), None)
                starts.append(now if start is None else start)
                kept.append(start is not None)
                if start is not None:
                    now = min([start + visits[i], *(at for at, _to in self.calls if at > start)])
        return starts, kept, now, lunch

    def last_start(self, i):
        """The last start of a stop that is on time."""
        on_time = SlowDay(self.request, self.day, 0).may_start
        return max((second for second in range(500) if on_time(i, second)), default=self.day.stops[i].start_s)


def plans_of(oracle, instance):
    """The days of a tiny week in every order that its schedule allows; odd visits are blocks of two, the first a fixed appointment."""
    for d in range(len(oracle.days)):
        for size in range(min(3, len(oracle.visits)) + 1):
            for route in permutations(range(len(oracle.visits)), size):
                times = schedule_day(instance, d, route)
                if not isinstance(times, Broken):
                    yield as_plan(oracle, d, times)


def as_plan(oracle, d, times):
    stops, candidates = [], []
    for at in times.stops:
        visit, key = oracle.visits[at.visit], f"v{at.visit}"
        spans = [(a, b) for day, a, b in visit.windows if day == d]
        if at.visit == 0:
            stops.append(stop(key, at.arrive_s, visit.service, at.drive_s, at.start_s, VisitKind.DUTY))
            candidates.append(asked(key, [(at.start_s, at.start_s)], visit.service, mandatory=True, day=d))
        elif at.visit % 2 and visit.service >= 3:
            first = hop = visit.service // 3
            after, rest = 2 * first, visit.service - 2 * first
            pieces = ("a", first, 0, 0), ("v0", rest, after, hop)
            parts = tuple(Part(name, "", VisitKind.CARE, HOME.point, length, 1.0, *more) for name, length, *more in pieces)
            stops.append(stop("a", at.arrive_s, first, at.drive_s, at.start_s, block=key))
            stops.append(stop("v0", at.start_s + after, rest, hop, block=key))
            candidates.append(asked(key, spans, visit.service, day=d, parts=parts))
        else:
            stops.append(stop(key, at.arrive_s, visit.service, at.drive_s, at.start_s))
            candidates.append(asked(key, spans, visit.service, day=d, mandatory=True))
    days = [
        DayRequest(MONDAY + timedelta(days=k), HOME, HOME, day.opens, day.closes, day.max_drive, Lunch(*day.lunch) if day.lunch else None)
        for k, day in enumerate(oracle.days)
    ]
    calls = tuple(call(*block) for block in oracle.days[d].blocks)
    plan = DayPlan(days[d].day, HOME, HOME, times.leave_s, times.back_s, tuple(stops), times.last_drive_s, 0, times.lunch, calls)
    return WeekRequest(tuple(days), tuple(candidates)), plan


def runs_of(request, day, variation):
    number = number_of(request, day)
    appointments = inside._appointments(request, day, number, variation.late_s)
    return inside._simulated(day, request.days[number], appointments, *inside._draws(day, variation))


def test_without_variation_the_week_goes_as_its_schedule_says(tiny):
    seen = []

    @settings(max_examples=200, deadline=None, database=None)
    @given(st.integers(0, 2**31))
    def as_planned(seed):
        for request, day in plans_of(*tiny(seed)):
            runs = runs_of(request, day, EXACT)
            assert runs.start.T.tolist() == [[each.start_s for each in day.stops]] * EXACT.runs
            assert runs.back.tolist() == [day.back_s] * EXACT.runs
            assert runs.lunch.tolist() == [day.lunch[0] if day.lunch else 0] * EXACT.runs
            sure = robustness(request, week_of(day), EXACT)
            assert sure.days[0] == DayChances(day.day, tuple(StopChance(each.key, 1.0, False, 0) for each in day.stops), 1.0, 1.0, 1.0)
            assert (sure.chance, sure.tight_spots) == (1.0, [])
            seen.append((bool(day.lunch), any(each.block for each in day.stops), bool(day.blocks)))

    as_planned()
    assert len(set(seen)) == 8


def test_every_run_goes_as_a_slow_clock_says(tiny):
    @settings(max_examples=120, deadline=None, database=None)
    @given(st.integers(0, 2**31), st.floats(0, 0.8), st.floats(0, 0.8), st.integers(0, 6))
    def same(seed, drive, visit, late_s):
        variation = Variation(drive, visit, late_s, runs=6, seed=seed)
        for request, day in list(plans_of(*tiny(seed)))[:12]:
            slow, (drives, visits) = SlowDay(request, day, late_s), inside._draws(day, variation)
            starts, kept, back, lunch = zip(*(slow.run(drives[:, r].tolist(), visits[:, r].tolist()) for r in range(6)), strict=True)
            fast = runs_of(request, day, variation)
            assert fast.start.T.tolist() == list(starts)
            assert fast.kept.T.tolist() == list(kept)
            assert fast.back.tolist() == list(back)
            assert fast.lunch.tolist() == list(lunch)
            told, wanted = robustness(request, week_of(day), variation).days[0], request.days[slow.number]
            assert told.back == np.mean([at <= wanted.closes_s for at in back])
            assert told.lunch == (np.mean([at <= wanted.lunch.latest_s for at in lunch]) if day.lunch else 1.0)
            assert told.chance == np.mean([all(each) for each in kept])
            for i, each in enumerate(told.stops):
                chance = np.mean([run[i] for run in kept])
                late = [start[i] - slow.last_start(i) for start, run in zip(starts, kept, strict=True) if not run[i]]
                assert each == StopChance(day.stops[i].key, chance, bool(chance < TIGHT), int(median(late)) if late else 0)

    same()


@pytest.mark.parametrize(("drive", "minutes", "spread", "late"), [(1800, 0, 0.15, 300), (3600, 5, 0.3, 0), (2400, 10, 0.15, 60)])
def test_one_drive_to_a_fixed_appointment_is_kept_as_often_as_the_lognormal_law_says(drive, minutes, spread, late):
    at, arrive = 9 * HOUR, 9 * HOUR - 60 * minutes
    meeting, wish = stop("m", arrive, HOUR, drive, at, VisitKind.DUTY), asked("m", [(at, at)], HOUR, mandatory=True)
    request, plan = one_day([meeting], [wish], arrive - drive)
    told = robustness(request, plan, Variation(spread, 0.5, late, RUNS)).days[0].stops[0]
    wanted = chance_below(60 * minutes + drive + late, drive, spread)
    assert 0.5 < wanted < 0.99
    assert told.chance == close_to(wanted, RUNS)


def test_a_long_visit_endangers_the_next_appointment_by_its_own_law():
    first, then = stop("a", 600, 3000, 600), stop("b", 3600, HOUR, 0, 3900, VisitKind.DUTY)
    request, plan = one_day([first, then], [asked("a", [(0, 9000)], 3000), asked("b", [(3900, 3900)], HOUR, mandatory=True)])
    told = robustness(request, plan, Variation(0.0, 0.25, 300, RUNS)).days[0]
    assert told.stops[0].chance == 1.0
    assert told.stops[1].chance == close_to(chance_below(3600, 3000, 0.25), RUNS)


def test_being_back_and_lunch_have_their_chances():
    eaten = {"lunch": (3600, 4500), "meal": Lunch(3600, 4200, 900)}
    request, plan = one_day([stop("a", 3000, 600, 3000)], [asked("a", [(0, 90_000)], 600)], back=4500, closes=5400, **eaten)
    told = robustness(request, plan, Variation(0.3, 0.0, 0, RUNS)).days[0]
    assert told.lunch == close_to(chance_below(3600, 3000, 0.3), RUNS)
    assert told.back == close_to(chance_below(3900, 3000, 0.3), RUNS)
    assert told.stops[0].chance == 1.0
    no_rule = replace(request, days=(replace(request.days[0], lunch=None),))
    assert robustness(no_rule, plan, Variation(0.3, 0.0, 0, 100)).days[0].lunch == 1.0


def test_the_lateness_told_is_the_median_of_the_law_above_the_limit():
    drive, spread = 3600, 0.15
    request, plan = one_day([stop("m", drive, HOUR, drive)], [asked("m", [(drive, drive)], HOUR, mandatory=True)])
    told = robustness(request, plan, Variation(spread, 0.0, 300, 100_000)).days[0].stops[0]
    sigma = math.sqrt(math.log(1 + spread**2))
    law = NormalDist(-(sigma**2) / 2, sigma)
    middle = law.inv_cdf((1 + law.cdf(math.log(1 + 300 / drive))) / 2)
    assert told.late_s == pytest.approx(drive * math.exp(middle) - drive, abs=10)


def test_what_comes_too_late_is_skipped_and_told_with_its_lateness():
    lost, next_one = stop("a", 1000, 600, 1000, 400), stop("b", 1600, 600, 0)
    request, plan = one_day([lost, next_one], [asked("a", [(400, 520)], 600), asked("b", [(0, 1100)], 600)])
    missed = StopChance("a", 0.0, True, 480)
    assert robustness(request, plan, EXACT).days[0] == DayChances(MONDAY, (missed, StopChance("b", 1.0, False, 0)), 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("late", "candidates", "kept"),
    [
        (300, [asked("a", [(1000, 1000)], 600, mandatory=True)], 1.0),
        (301, [asked("a", [(1000, 1000)], 600, mandatory=True)], 0.0),
        (1, [asked("a", [(991, 1000)], 600, mandatory=True)], 0.0),
        (1, [asked("a", [(1000, 1000)], 600)], 0.0),
        (300, [], 1.0),
        (301, [], 0.0),
        (0, [asked("a", [(0, 5000)], 600, day=3)], 0.0),
    ],
)
def test_a_fixed_appointment_and_one_that_nothing_asks_for_may_begin_late_others_keep_to_their_windows(late, candidates, kept):
    request, plan = one_day([stop("a", 1000, 600, 1000 + late)], candidates)
    assert robustness(request, plan, EXACT).days[0].stops[0] == StopChance("a", kept, not kept, 0 if kept else late)


def test_a_call_ends_a_visit_that_takes_longer_and_the_drive_waits_for_its_end():
    request, plan = one_day([stop("a", 1000, 1000, 1000)], [asked("a", [(1000, 1000)], 1000)], last=500, calls=[call(2000, 2500)])
    runs = runs_of(request, plan.days[0], Variation(0.0, 0.5, 0, 500))
    assert runs.back.min() < 2000
    assert set(runs.back[runs.back > 2000].tolist()) == {3000}


def test_a_fixed_appointment_that_begins_late_is_cut_short_by_a_call_but_does_not_begin_in_it():
    stops = [stop("a", 1000, 600, 1000), stop("b", 1600, 100, 0, kind=VisitKind.DUTY)]
    candidates = [asked("a", [(0, 5000)], 600), asked("b", [(1600, 1600)], 100, mandatory=True)]
    request, plan = one_day(stops, candidates, calls=[call(1700, 1800)])
    runs = runs_of(request, plan.days[0], Variation(0.0, 0.3, 300, 500))
    begun = set(runs.start[1].tolist())
    assert {1600, 1800} < begun <= {*range(1600, 1700), 1800}
    assert runs.kept.all()
    assert set(runs.back.tolist()) == {1700, 1900}


def test_a_part_of_a_block_keeps_to_the_windows_of_the_block_moved_by_its_place_in_it():
    parts = (Part("a", "", VisitKind.CARE, HOME.point, 600, 1.0), Part("b", "", VisitKind.CARE, HOME.point, 600, 1.0, 900, 300))
    stops = [stop("a", 1000, 600, 1000, block="ab"), stop("b", 1900, 600, 300, block="ab")]
    alone = asked("b", [(0, 9000)], 600)
    request, plan = one_day(stops, [asked("ab", [(0, 1060)], 1500, parts=parts), alone])
    told = robustness(request, plan, Variation(0.0, 0.3, 0, RUNS)).days[0].stops
    assert told[0].chance == 1.0
    assert told[1].chance == close_to(chance_below(660, 600, 0.3), RUNS)


def test_the_week_is_kept_when_all_of_its_days_are_and_a_day_when_one_run_keeps_all_of_it():
    both = [stop("a", 3600, 60, 3600), stop("b", 3660, 60, 0)]
    request, plan = one_day(both, [asked("a", [(0, 3600)], 60), asked("b", [(0, 3660)], 60)])
    tuesday = MONDAY + timedelta(days=1)
    candidates = tuple(replace(c, windows=(*c.windows, replace(c.windows[0], day=1))) for c in request.candidates)
    request = WeekRequest((request.days[0], replace(request.days[0], day=tuesday)), candidates)
    plan = week_of(plan.days[0], replace(plan.days[0], day=tuesday))
    told = robustness(request, plan, Variation(0.2, 0.0, runs=20_000))
    assert [day.chance for day in told.days] == [close_to(chance_below(3600, 3600, 0.2), 20_000)] * 2  # b is kept whenever a is
    assert told.days[0].chance != told.days[1].chance
    assert told.chance == told.days[0].chance * told.days[1].chance
    assert [(day, spot.key) for day, spot in told.tight_spots] == [(MONDAY, "a"), (MONDAY, "b"), (tuesday, "a"), (tuesday, "b")]


def test_an_idle_day_is_certain_and_only_tight_spots_are_told():
    idle = robustness(*one_day([], [], leave=28_800, back=28_800), Variation())
    assert idle == Robustness((DayChances(MONDAY, (), 1.0, 1.0, 1.0),))
    spots = (StopChance("a", TIGHT, False, 0), StopChance("b", 0.2, True, 9))
    assert Robustness((DayChances(MONDAY, spots, 1.0, 1.0, 0.2),)).tight_spots == [(MONDAY, spots[1])]


def test_drawn_times_have_their_mean_and_spread_and_no_drive_is_a_miracle():
    stops = [stop("a", 100_000, 50_000, 100_000), stop("b", 150_000, 10_000, 0, kind=VisitKind.DUTY)]
    day = one_day(stops, [], last=20)[1].days[0]
    drives, visits = inside._draws(day, Variation(0.1, 0.5, 0, 100_000))
    assert drives[0].mean() == pytest.approx(100_000, rel=0.002)
    assert drives[0].std() == pytest.approx(10_000, rel=0.02)
    assert visits[0].mean() == pytest.approx(50_000, rel=0.006)
    assert visits[0].std() == pytest.approx(25_000, rel=0.02)
    assert drives[2].mean() == pytest.approx(20, abs=0.1)
    assert not drives[1].any()
    assert set(visits[1]) == {10_000}
    assert np.corrcoef([drives[0], drives[2], visits[0]]) == pytest.approx(np.eye(3), abs=0.02)
    wild, _ = inside._draws(day, Variation(drive=1.0))
    assert wild[0].min() == QUICKEST * 100_000
    assert wild[0].max() > 300_000


def test_one_seed_gives_one_answer_and_days_do_not_depend_on_each_other():
    def week(first_drive):
        days = [one_day([stop("a", 3600, 60, drive)], [], day=MONDAY + timedelta(days=k)) for k, drive in enumerate((first_drive, 3600))]
        request = WeekRequest(tuple(request.days[0] for request, _plan in days), ())
        return request, week_of(*(plan.days[0] for _request, plan in days))

    told = [robustness(*week(3600), Variation(seed=seed)) for seed in (1, 1, 2)]
    assert told[0] == told[1]
    assert told[0] != told[2]
    assert told[0].days[0].chance != told[0].days[1].chance
    assert robustness(*week(1800), Variation(seed=1)).days[1] == told[0].days[1]


def test_a_week_of_fifty_stops_takes_no_time():
    stops = [stop(f"{k}", 29_400 + 2400 * k, 1800, 600) for k in range(10)]
    request, plan = one_day(stops, [asked(each.key, [(0, 61_200)], 1800) for each in stops], 28_800, calls=[call(52_860, 53_000)])
    week, took = week_of(*plan.days * 5), []
    for _ in range(3):
        begun = time.perf_counter()
        robustness(request, week, Variation())
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.3


@settings(deadline=None, database=None)
@given(st.lists(st.integers(-3, 3) | st.integers(4, 10**7)), st.decimals(0, 2, places=3), st.sampled_from(["0", "1", "0.5", "2"]))
def test_padded_drives_are_lengthened_exactly_and_rounded_up(seconds, spread, z):
    longer = 1 + Fraction(z) * Fraction(spread)
    told = padded(np.array([seconds], dtype=np.int32), Variation(drive=float(spread)), float(z))
    assert told.dtype == np.int32
    assert told.tolist() == [[math.ceil(s * longer) if s > 0 else s for s in seconds]]


def test_a_day_that_holds_on_padded_drives_holds_on_the_true_ones(tiny):
    @settings(max_examples=150, deadline=None, database=None)
    @given(st.integers(0, 2**31), st.floats(0, 0.5))
    def holds(seed, spread):
        oracle, instance = tiny(seed)
        slack = build_instance("slack", padded(oracle.seconds, Variation(drive=spread)), oracle.days, oracle.visits)
        for d in range(len(oracle.days)):
            for route in permutations(range(len(oracle.visits)), min(3, len(oracle.visits))):
                with_slack, without = (schedule_day(each, d, route) for each in (slack, instance))
                if not isinstance(with_slack, Broken):
                    assert without.back_s <= with_slack.back_s

    holds()
