"""How long the answers take that a person waits for: a drag, a gap, a re-planned day, the reasons of a week, the first plan, a cancel.

usage: python tests/bench/bench_planning.py [--candidates 400]
A made-up week, so that it runs anywhere; medians of several runs, and the bar beside each.
"""

import argparse
import statistics
import threading
import time

import numpy as np

from planner.errors import Cancelled
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, DayRequest, Lunch, WeekRequest, Window
from planner.model.travel import TravelMatrix
from planner.model.week import VisitKind
from planner.planning import edits
from planner.planning.board import board_of
from planner.planning.fitting import Fitting
from planner.planning.plan import plan_request, warm_up
from planner.planning.replan import Now, replan_today

WEEK = IsoWeek(2026, 49)
HOME = NamedPlace("Home", LatLon(40.79, -77.86))
HOUR = 3600


def made_up(count, seed=1):
    """A week of visits around five towns, and the drives between them (asymmetric, with shortest ways)."""
    draw = np.random.default_rng(seed)
    towns = draw.normal(0, 0.15, (5, 2))
    spots = [HOME.point] + [
        LatLon(40.79 + float(towns[k % 5, 0] + draw.normal(0, 0.03)), -77.86 + float(towns[k % 5, 1] + draw.normal(0, 0.03)))
        for k in range(count)
    ]
    metres = np.array([[1.3 * a.metres_to(b) for b in spots] for a in spots])
    seconds = metres / 13 * draw.uniform(1.0, 1.15, metres.shape)
    for k in range(len(spots)):
        seconds = np.minimum(seconds, seconds[:, k : k + 1] + seconds[k : k + 1, :])
    days = tuple(DayRequest(WEEK.day(k), HOME, HOME, 27_000, 64_800, 16_200, Lunch(41_400, 48_600, 2700), ()) for k in range(5))
    candidates = []
    for k in range(count):
        opens = int(draw.integers(8, 11)) * HOUR
        windows = tuple(Window(d, opens, int(draw.integers(14, 17)) * HOUR) for d in range(5) if draw.random() < 0.8)
        kind = (VisitKind.CAPTURE, VisitKind.CARE, VisitKind.SUPPORT)[k % 3]
        value = float(draw.integers(10, 60))
        candidates.append(Candidate(f"a{k}", f"Account {k}", kind, spots[k + 1], 2700, value, windows, account_id=k))
    request = WeekRequest(days, tuple(candidates), drive_points=0.1)
    return request, TravelMatrix(tuple(spots), seconds.astype(np.int32), metres.astype(np.int32))


def timed(what, bar, work, runs=9):
    """Run something several times and print the median beside its bar, in milliseconds."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    middle = statistics.median(took)
    print(f"{what:58} {middle:8.1f} ms   bar {bar:6.0f} ms   {'ok' if middle <= bar else 'MISSED'}   (worst {max(took):.1f})", flush=True)


def first_plan(request, matrix):
    """Seconds until the first plan is shown."""
    began, shown = time.perf_counter(), []
    plan_request(request, matrix, WEEK, "UTC", seconds=60, improved=lambda _p: shown.append(time.perf_counter()), stop=lambda: bool(shown))
    return shown[0] - began


def cancel_delay(request, matrix):
    """Milliseconds from a cancel until the search is over."""
    cancelled = threading.Event()
    ended = []

    def report(_fraction, _text):
        if cancelled.is_set():
            raise Cancelled

    def work():
        try:
            plan_request(request, matrix, WEEK, "UTC", seconds=60, report=report)
        except Cancelled:
            ended.append(time.perf_counter())

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.0)
    began = time.perf_counter()
    cancelled.set()
    thread.join()
    return 1000 * (ended[0] - began)


def longest_hold(request, matrix, seconds=3.0):
    """Milliseconds that the interpreter was away at most from a thread that only wants a turn every millisecond, against an idle run."""
    held = []
    for busy in (False, True):
        thread = threading.Thread(target=lambda: plan_request(request, matrix, WEEK, "UTC", seconds=seconds))
        if busy:
            thread.start()
        gaps, last, until = [], time.perf_counter(), time.perf_counter() + seconds
        while time.perf_counter() < until:
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
        if busy:
            thread.join()
        held.append([1000 * gap for gap in sorted(gaps)])
    return held


def main():
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--candidates", type=int, default=400)
    count = asked.parse_args().candidates
    began = time.perf_counter()
    warm_up()
    print(f"machine code ready after {time.perf_counter() - began:.1f} s")
    request, matrix = made_up(count)
    firsts = [first_plan(request, matrix) for _ in range(5)]
    print(f"{'first plan':58} {1000 * statistics.median(firsts):8.1f} ms   bar    300 ms")
    plan = plan_request(request, matrix, WEEK, "UTC", iterations=2000)
    board = board_of(request, matrix, plan)
    stops = [stop.key for day in plan.days for stop in day.stops]
    left = [c.key for c in request.candidates if c.key not in stops]
    print(f"{plan.visits} visits planned, {len(left)} left out")
    timed("drag: move to another day, best place", 5, lambda: edits.move(board, stops[0], 3))
    timed("drag: insert from the list at one place", 5, lambda: edits.insert(board, left[0], 2, 3))
    timed("pricing a board (once after each change)", 50, lambda: Fitting(board))
    fitting = Fitting(board)
    freed = Fitting(edits.remove(board, plan.days[1].stops[3].key).board)
    print(f"{len(freed.gap(1, 3, most=400))} fit where a visit was cancelled")
    timed("gap between two stops, all candidates", 10, lambda: freed.gap(1, 3))
    timed("gaps of the whole week, all candidates", 10, freed.gaps)
    timed(f"why not: {len(left)} reasons, day by day", 1500, lambda: fitting.why_not(left), runs=5)
    timed("best day of one account", 50, lambda: fitting.best_days(left[0]))
    now = Now(
        WEEK.day(1), 12 * HOUR + 1800, NamedPlace("Here", plan.days[1].stops[2].place), frozenset(s.key for s in plan.days[1].stops[:3])
    )
    timed("re-plan the rest of today", 400, lambda: replan_today(request, matrix, plan, now), runs=5)
    delays = [cancel_delay(request, matrix) for _ in range(5)]
    print(f"{'cancel':58} {statistics.median(delays):8.1f} ms   bar    100 ms   (worst {max(delays):.1f})")
    idle, busy = longest_hold(request, matrix)
    usual, worst, quiet = busy[int(0.999 * len(busy))], busy[-1], idle[-1]
    print(f"{'a window kept waiting by a search, at most':58} {worst:8.1f} ms   bar     20 ms   (99.9 %: {usual:.1f}; idle {quiet:.1f})")
    thousand, roads = made_up(1000, seed=2)
    print(f"{'first plan of 1,000 candidates':58} {1000 * first_plan(thousand, roads):8.1f} ms   bar   1000 ms")


if __name__ == "__main__":
    main()
