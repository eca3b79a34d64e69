"""Tiny random weeks, and a slow clock to judge them by."""

from itertools import pairwise

import numpy as np
import pytest

from planner.planning.instance import DaySpec, VisitSpec, build_instance


def _clear(time, length, blocks):
    """The first time from `time` at which something of this length lies free of blocks, found second by second of the blocks' ends."""
    for candidate in sorted({time, *(end for _begin, end in blocks if end > time)}):
        if all(candidate + length <= begin or candidate >= end for begin, end in blocks):
            return candidate
    raise AssertionError


def _starts(spans, time, length, blocks):
    """The first start in one of the spans that is free of blocks, or None."""
    for begin, end in sorted(spans):
        start = _clear(max(begin, time), length, blocks) if time <= end else None
        if start is not None and start <= end:
            return start
    return None


class Oracle:
    """Try lunch at every possible moment, and every order of every choice of visits."""

    def __init__(self, seconds, days, visits):
        self.seconds, self.days, self.visits = seconds, days, visits

    def end(self, d, route):
        """The earliest end of a day, or None when it breaks a rule."""
        day = self.days[d]
        places = [day.start, *(self.visits[v].place for v in route), day.end]
        if sum(int(self.seconds[a, b]) for a, b in pairwise(places)) > day.max_drive:
            return None
        ends = []
        for lunch_at in (-1, *range(1, 2 * len(route) + 3)) if day.lunch else (-1,):
            end = self._run(d, route, places, lunch_at)
            if end is not None and end <= day.closes:
                ends.append(end)
        return min(ends, default=None)

    def _run(self, d, route, places, lunch_at):
        """Event 2i is on reaching place i, event 2i - 1 on being ready to leave place i - 1; lunch is at one of them or nowhere (-1)."""
        day, time = self.days[d], self.days[d].opens
        for i in range(len(route) + 2):
            if i > 0:
                if lunch_at == 2 * i - 1:
                    time = self._lunch(day, time)
                    if time is None:
                        return None
                hop = int(self.seconds[places[i - 1], places[i]])
                time = _clear(time, hop, day.blocks) + hop if hop else time
                if lunch_at == 2 * i:
                    time = self._lunch(day, time)
                    if time is None:
                        return None
            if 0 < i <= len(route):
                visit = self.visits[route[i - 1]]
                start = _starts([(a, b) for at, a, b in visit.windows if at == d], time, visit.service, day.blocks)
                if start is None:
                    return None
                time = start + visit.service
        return None if day.lunch and lunch_at == -1 and time > day.lunch[0] else time

    @staticmethod
    def _lunch(day, time):
        start = _starts([day.lunch[:2]], time, day.lunch[2], day.blocks)
        return None if start is None else start + day.lunch[2]

    def best_value(self):
        """The greatest value of any plan that keeps every rule, or None when the mandatory visits cannot all be met."""
        must = {v for v, visit in enumerate(self.visits) if visit.mandatory}
        best, stack = None, [(0, (), frozenset(), 0.0)]
        while stack:
            d, route, used, value = stack.pop()
            if d == len(self.days):
                if must <= used and (best is None or value > best):
                    best = value
                continue
            idle = not route and self.days[d].start == self.days[d].end
            if idle or self.end(d, route) is not None:
                stack.append((d + 1, (), used, value))
            for v, visit in enumerate(self.visits):
                groups = {group for u in used for group in self.visits[u].groups}
                if v not in used and not groups.intersection(visit.groups):
                    stack.append((d, (*route, v), used | {v}, value + visit.value))
        return best


def _tiny(seed):
    draw = np.random.default_rng(seed)
    places, count, day_count = 4, int(draw.integers(1, 5)), int(draw.integers(1, 3))
    seconds = draw.integers(1, 25, (places, places)).astype(np.int32)
    np.fill_diagonal(seconds, 0)
    for k in range(places):  # shortest ways, as drive times are
        seconds = np.minimum(seconds, seconds[:, k : k + 1] + seconds[k : k + 1, :])
    days = []
    for _ in range(day_count):
        opens, length = int(draw.integers(0, 20)), int(draw.integers(60, 160))
        lunch_from = int(draw.integers(20, 90))
        lunch = (lunch_from, lunch_from + int(draw.integers(0, 40)), int(draw.integers(5, 20))) if draw.random() < 0.7 else None
        begins = draw.integers(0, 120, int(draw.integers(0, 3)))
        blocks = tuple((int(b), int(b + draw.integers(1, 20))) for b in begins)
        start, end = (int(x) for x in draw.integers(0, 2, 2))
        days.append(DaySpec(start, end, opens, opens + length, int(draw.integers(30, 120)), lunch, blocks))
    visits = []
    for v in range(count):
        windows = []
        for d in range(day_count):
            begins = draw.integers(0, 130, int(draw.integers(0, 3)))
            windows += [(d, int(begin), int(begin + draw.integers(0, 40))) for begin in begins]
        groups = tuple(group for group in "gh" if draw.random() < 0.2)
        visits.append(
            VisitSpec(
                f"v{v}",
                int(draw.integers(0, places)),
                int(draw.integers(1, 25)),
                float(draw.integers(1, 30)),
                tuple(windows),
                mandatory=bool(draw.random() < 0.12),
                groups=groups,
            )
        )
    return Oracle(seconds, days, visits), build_instance(f"tiny-{seed}", seconds, days, visits)


@pytest.fixture(scope="session")
def tiny():
    """A function from a seed to an oracle and the same week as an instance."""
    return _tiny
