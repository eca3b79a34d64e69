"""The best worth of a small week by trying every plan there is. It shares no arithmetic with the planner: a slow clock tries lunch at every
moment, every order of every choice of visits on every day, every bed of every night.
"""

from itertools import product


def clear(time, length, blocks):
    """The first time from `time` at which something of this length lies free of blocks."""
    for candidate in sorted({time, *(end for _begin, end in blocks if end > time)}):
        if all(candidate + length <= begin or candidate >= end for begin, end in blocks):
            return candidate
    raise AssertionError


def first_start(spans, time, length, blocks):
    """The first start in one of the spans that is free of blocks, or None."""
    for begin, end in sorted(spans):
        start = clear(max(begin, time), length, blocks) if time <= end else None
        if start is not None and start <= end:
            return start
    return None


class EveryPlan:
    """A week as the instance was built from, and all that can be done in it. -1 as a day's end is its last stop, as its start where the day
    before ended.
    """

    def __init__(self, seconds, days, visits, nights=(), goal=None):
        self.seconds, self.days, self.visits, self.nights, self.goal = seconds, days, visits, nights, goal

    def end_of_day(self, d, route, start, end):
        """The earliest end of a day between two places (None: the last stop), or None when it breaks a rule; and its driving."""
        day = self.days[d]
        come = [start, *(self.visits[v].place for v in route)]
        leave = [start, *(self._left(v) for v in route)]
        come.append(leave[-1] if end is None else end)
        drive = sum(int(self.seconds[a, b]) for a, b in zip(leave, come[1:], strict=True)) + sum(self.visits[v].drive for v in route)
        if drive > day.max_drive:
            return None, drive
        hops = [int(self.seconds[a, b]) for a, b in zip(leave, come[1:], strict=True)]
        moments = (-1, *range(1, 2 * len(route) + 3)) if day.lunch else (-1,)
        ends = [time for moment in moments if (time := self._run(d, route, hops, moment)) is not None and time <= day.closes]
        return min(ends, default=None), drive

    def reaches(self, d, route, start):
        """Whether the last visit of a route can be begun at all, whatever comes after."""
        hops = [int(self.seconds[a, b]) for a, b in zip([start, *(self._left(v) for v in route)], [self.visits[v].place for v in route])]  # noqa: B905
        moments = (-1, *range(1, 2 * len(route) + 1)) if self.days[d].lunch else (-1,)
        return any(self._run(d, route, hops, moment, home=False) is not None for moment in moments)

    def _left(self, v):
        visit = self.visits[v]
        return visit.place if visit.leave_place < 0 else visit.leave_place

    def _run(self, d, route, hops, lunch_at, *, home=True):
        """Moment 2i is on reaching stop i, moment 2i - 1 on being ready to leave stop i - 1; lunch is at one of them or nowhere (-1)."""
        day, time = self.days[d], self.days[d].opens
        for i, hop in enumerate(hops, start=1):
            if lunch_at == 2 * i - 1:
                time = self._lunch(day, time)
                if time is None:
                    return None
            time = clear(time, hop, day.blocks) + hop if hop else time
            if lunch_at == 2 * i:
                time = self._lunch(day, time)
                if time is None:
                    return None
            if i <= len(route):
                visit = self.visits[route[i - 1]]
                start = first_start([(a, b) for at, a, b in visit.windows if at == d], time, visit.service, day.blocks)
                if start is None:
                    return None
                time = start + visit.service
        return None if home and day.lunch and lunch_at == -1 and time > day.lunch[0] else time

    @staticmethod
    def _lunch(day, time):
        start = first_start([day.lunch[:2]], time, day.lunch[2], day.blocks)
        return None if start is None else start + day.lunch[2]

    def day_plans(self, d, start, end):
        """The least driving of each (visits, last place) of a day."""
        found, stack = {}, [()]
        while stack:
            route = stack.pop()
            last = self._left(route[-1]) if route else start
            idle = not route and self.seconds[start, start if end is None else end] == 0
            time, drive = self.end_of_day(d, route, start, end)
            if idle or time is not None:
                key = (frozenset(route), last if end is None else end)
                found[key] = min(found.get(key, 1 << 40), 0 if idle else drive)
            used = {group for v in route for group in self.visits[v].groups}
            for v, visit in enumerate(self.visits):
                if v not in route and not used.intersection(visit.groups) and self.reaches(d, (*route, v), start):
                    stack.append((*route, v))
        return found

    def best_worth(self):
        """The greatest worth of any plan that keeps every rule, or None when the mandatory visits cannot all be met."""
        choices = [[None, *zip(n.places, n.points, strict=True)] for n in self.nights]
        best, memo = None, {}
        for beds in product(*choices):
            slept = {night.after: bed for night, bed in zip(self.nights, beds, strict=True) if bed}
            paid = sum(points for _place, points in slept.values())
            for used, drive in self._weeks(slept, memo).items():
                if self._complete(used):
                    worth = sum(self.visits[v].value for v in used) - paid - self._price(used, drive)
                    best = worth if best is None else max(best, worth)
        return best

    def _weeks(self, slept, memo):
        """The least driving of each choice of visits over the whole week."""
        states = {(frozenset(), None): 0}
        for d, day in enumerate(self.days):
            after = {}
            for (used, place), drive in states.items():
                start = slept[d - 1][0] if d - 1 in slept else place if day.start < 0 else day.start
                end = slept[d][0] if d in slept else None if day.end < 0 else day.end
                if (d, start, end) not in memo:
                    memo[d, start, end] = self.day_plans(d, start, end)
                groups = {group for v in used for group in self.visits[v].groups}
                for (visits, last), more in memo[d, start, end].items():
                    if used & visits or any(groups.intersection(self.visits[v].groups) for v in visits):
                        continue
                    key = (used | visits, last if d + 1 < len(self.days) and self.days[d + 1].start < 0 else None)
                    after[key] = min(after.get(key, 1 << 40), drive + more)
            states = after
        least = {}
        for (used, _place), drive in states.items():
            least[used] = min(least.get(used, 1 << 40), drive)
        return least

    def _complete(self, used):
        met = {self.visits[v].one_of or v for v in used if self.visits[v].mandatory}
        return {visit.one_of or v for v, visit in enumerate(self.visits) if visit.mandatory} <= met

    def _price(self, used, drive):
        if self.goal is None:
            return 0.0
        times = [sum(self.visits[v].service for v in used if self.visits[v].kind == k) for k in range(len(self.goal.shares))]
        missing = sum(max(0.0, share * sum(times) - time) for share, time in zip(self.goal.shares, times, strict=True))
        return self.goal.drive * drive + self.goal.share * missing


def shortest(seconds):
    """Drive times by the shortest ways, as real ones are."""
    import numpy as np

    for k in range(len(seconds)):
        seconds = np.minimum(seconds, seconds[:, k : k + 1] + seconds[k : k + 1, :])
    return seconds
