"""One day's clock, exactly: when she arrives, starts, eats and leaves, how late she may be, and which rule is broken."""

from collections.abc import Sequence

from planner.model.travel import AS_USUAL
from planner.planning.instance import FAR, Instance, Span
from planner.values import Struct

NEVER_BY = -(1 << 40)
"""The latest time for what cannot be done at all."""


class StopTime(Struct, frozen=True):
    """When she arrives at a visit, starts it and leaves; `drive_s` the drive to it; `slack_s` how much later she may arrive and keep every
    rule; `binding` the rule that would break then, and at which visit.
    """

    visit: int
    arrive_s: int
    start_s: int
    leave_s: int
    drive_s: int
    slack_s: int
    binding: "Broken"


class DayTimes(Struct, frozen=True):
    """The times of a day: she leaves as late as she can without any stop being later, is back at `back_s`; lunch is (from, to) or None."""

    leave_s: int
    back_s: int
    stops: tuple[StopTime, ...]
    last_drive_s: int
    lunch: Span | None

    @property
    def drive_s(self) -> int:
        """Driving between stops in seconds; that inside of blocks is the same whatever the order."""
        return sum(stop.drive_s for stop in self.stops) + self.last_drive_s


class Broken(Struct, frozen=True):
    """The rule that a day breaks, at which of its visits (-1: the day as a whole), and how many seconds are missing."""

    rule: str
    visit: int = -1
    short_s: int = 0


NO_ROAD = "no road"
CLOSED = "closed that day"
TOO_LATE = "past its last start"
NO_LUNCH = "no room for lunch"
BACK_LATE = "back too late"
DRIVES_LONG = "too much driving"
CALLED = "a call in between"


class _Ready(Struct, frozen=True):
    """The earliest time ready to leave a node, when she got there and began, the lunch taken there, and the state it came from."""

    time: int
    arrive: int
    start: int
    lunch: Span | None = None
    lunch_first: bool = False
    before: "_Ready | None" = None


type _States = tuple[_Ready | None, _Ready | None]  # lunch still to come, lunch taken
type _By = tuple[int, Broken]  # the latest time, and the rule that would break after it


def schedule_day(instance: Instance, day: int, route: Sequence[int], ends: tuple[int, int] | None = None) -> DayTimes | Broken:
    """The earliest schedule of a day's visits in this order, or the rule that it breaks first.

    `ends` are the nodes where it starts and ends when they are not the day's own. Lunch is taken at a stop or at the start or end, never in
    mid-drive, and only owed by who is not back before its earliest start. Drives, visits and lunch begin after a block that they would
    overlap.
    """
    clock = _Clock(instance, day, ends or (instance.start_node(day), instance.end_node(day)))
    start, finish = clock.ends
    last_hop = int(instance.hop[route[-1] if route else start, finish])
    if not route and last_hop == 0:
        return DayTimes(clock.spec.opens, clock.spec.opens, (), 0, None)
    states, node, drive = clock.morning(), start, last_hop
    for v in route:
        hop = int(instance.hop[node, v])
        drive += hop + int(instance.inner[v])
        states_after = clock.visit(states, v, hop)
        if states_after == (None, None):
            return clock.why_missed(states, v, hop)
        states, node = states_after, v
    end = clock.evening(states, last_hop)
    broken = None
    if last_hop >= FAR:
        broken = Broken(NO_ROAD)
    elif drive > clock.spec.max_drive:
        broken = Broken(DRIVES_LONG, -1, drive - clock.spec.max_drive)
    elif end is None:
        broken = Broken(NO_LUNCH)
    elif end.time > clock.spec.closes:
        broken = Broken(BACK_LATE, -1, end.time - clock.spec.closes)
    if broken or end is None:
        return broken or Broken(NO_LUNCH)
    return _told(clock, route, end, last_hop)


class _Clock:
    """The rules of one day."""

    def __init__(self, instance: Instance, day: int, ends: tuple[int, int]) -> None:
        self.instance, self.day, self.spec, self.ends = instance, day, instance.days[day], ends
        self.blocks, self.lunches = instance.blocks_of(day), instance.lunches_of(day)

    def arrive(self, time: int, hop: int) -> int:
        """When a drive begun at a time arrives."""
        for begin, end in self.blocks if hop > 0 else ():
            if time < end and self.drive(time, hop) > begin:
                time = end
        return self.drive(time, hop)

    def drive(self, time: int, hop: int) -> int:
        """When a drive of usually so many seconds ends that begins at a time, calls or not."""
        return time + hop if self.instance.rush == AS_USUAL or hop >= FAR else self.instance.rush.arrive_s(time, hop)

    def drive_by(self, by: int, hop: int) -> int:
        """When it must begin to end by a time."""
        return by - hop if self.instance.rush == AS_USUAL or hop >= FAR else self.instance.rush.depart_s(by, hop)

    def depart_by(self, by: _By, hop: int) -> _By:
        """The latest time ready from which a drive arrives no later than `by`."""
        time, rule = self.drive_by(by[0], hop), by[1]
        for begin, end in reversed(self.blocks) if hop > 0 else ():
            if time < end and self.drive(time, hop) > begin:
                time, rule = self.drive_by(begin, hop), Broken(CALLED, rule.visit)
        return time, rule

    def lunch(self, time: int) -> Span | None:
        """The first lunch from a time on."""
        start = _serve(self.lunches, time)
        return None if start is None or self.spec.lunch is None else (start, start + self.spec.lunch[2])

    def lunch_by(self, by: _By) -> _By:
        """The latest time from which lunch is over no later than `by`."""
        length = self.spec.lunch[2] if self.spec.lunch else 0
        return _serve_by(self.lunches, (by[0] - length, by[1]), Broken(NO_LUNCH)) if self.spec.lunch else (NEVER_BY, Broken(NO_LUNCH))

    def morning(self) -> _States:
        """The states at the start of the day."""
        ready = _Ready(self.spec.opens, self.spec.opens, self.spec.opens)
        if self.spec.lunch is None:
            return None, ready
        lunch = self.lunch(ready.time)
        return ready, lunch and _Ready(lunch[1], ready.arrive, ready.start, lunch)

    def visit(self, states: _States, v: int, hop: int) -> _States:
        """The states after a visit; of equal times the one with lunch after the visit is kept."""
        windows, service = self.instance.windows_of(v, self.day), int(self.instance.service[v])
        to_come, taken = states
        after: list[_Ready] = []
        leave: _Ready | None = None
        if taken:
            there = self.arrive(taken.time, hop)
            start = _serve(windows, there)
            if start is not None:
                after.append(_Ready(start + service, there, start, before=taken))
        if to_come:
            there = self.arrive(to_come.time, hop)
            start = _serve(windows, there)
            if start is not None:
                leave = _Ready(start + service, there, start, before=to_come)
                lunch = self.lunch(leave.time)
                if lunch:
                    after.append(_Ready(lunch[1], there, start, lunch, before=to_come))
            lunch = self.lunch(there)
            start = _serve(windows, lunch[1]) if lunch else None
            if start is not None:
                after.append(_Ready(start + service, there, start, lunch, lunch_first=True, before=to_come))
        return leave, min(after, key=lambda ready: ready.time, default=None)

    def evening(self, states: _States, hop: int) -> _Ready | None:
        """The earliest end of the day; None where lunch has no room."""
        to_come, taken = states
        ends = []
        if taken:
            there = self.arrive(taken.time, hop)
            ends.append(_Ready(there, there, there, before=taken))
        if to_come and self.spec.lunch:
            there = self.arrive(to_come.time, hop)
            lunch = None if there <= self.spec.lunch[0] else self.lunch(there)
            if lunch or there <= self.spec.lunch[0]:
                ends.append(_Ready(lunch[1] if lunch else there, there, there, lunch, before=to_come))
        return min(ends, key=lambda ready: ready.time, default=None)

    def why_missed(self, states: _States, v: int, hop: int) -> Broken:
        """The rule that keeps a visit from being made next."""
        windows = self.instance.windows_of(v, self.day)
        if hop >= FAR:
            return Broken(NO_ROAD, v)
        if not windows:
            return Broken(CLOSED, v)
        there = min(self.arrive(state.time, hop) for state in states if state)
        return Broken(TOO_LATE, v, max(0, there - windows[-1][1]))

    def latest(self, route: Sequence[int]) -> list[tuple[_By, _By]]:
        """The latest arrival at each visit that the rest of the day bears, by lunch state."""
        by1: _By = (self.spec.closes, Broken(BACK_LATE))
        by0: _By = (NEVER_BY, Broken(NO_LUNCH))
        if self.spec.lunch:
            by0 = _later((min(self.spec.lunch[0], by1[0]), Broken(NO_LUNCH)), self.lunch_by(by1))
        latest, node = [], self.ends[1]
        for v in reversed(route):
            hop, service = int(self.instance.hop[v, node]), int(self.instance.service[v])
            windows, missed = self.instance.windows_of(v, self.day), Broken(TOO_LATE, v)
            ready1 = self.depart_by(by1, hop)
            ready0 = _later(self.depart_by(by0, hop), self.lunch_by(ready1))
            by1 = _serve_by(windows, (ready1[0] - service, ready1[1]), missed)
            by0 = _later(_serve_by(windows, (ready0[0] - service, ready0[1]), missed), self.lunch_by(by1))
            latest.append((by0, by1))
            node = v
        return latest[::-1]


def alone_problem(instance: Instance, day: int, visit: int | None) -> Broken | None:
    """The rule that a day breaks with nothing but this visit (or none at all) in it; None when it holds."""
    result = schedule_day(instance, day, [] if visit is None else [visit])
    return result if isinstance(result, Broken) else None


def _told(clock: _Clock, route: Sequence[int], end: _Ready, last_drive: int) -> DayTimes:
    """Follow the states back and write the day down."""
    chain = [end]
    while chain[-1].before is not None:
        chain.append(chain[-1].before)
    home, *visited, back = reversed(chain)
    lunch = next((ready.lunch for ready in chain if ready.lunch), None)
    stops: list[StopTime] = []
    latest = clock.latest(route)
    node, leave = clock.ends[0], home.time
    for i, (v, ready) in enumerate(zip(route, visited, strict=True)):
        hop, arrive = int(clock.instance.hop[node, v]), ready.arrive
        if i == 0:  # she leaves so as to be there in time, not to wait there
            wanted = ready.lunch[0] if ready.lunch and ready.lunch_first else ready.start
            leave = max(leave, clock.depart_by((wanted, Broken("")), hop)[0])
            arrive = clock.arrive(leave, hop)
        before = ready.before
        state = 0 if clock.spec.lunch and before is not None and not _had_lunch(before) else 1
        leaves = ready.start + int(clock.instance.service[v])
        by, rule = latest[i][state]
        stops.append(StopTime(v, arrive, ready.start, leaves, arrive - clock.drive_by(arrive, hop), max(0, by - arrive), rule))
        node = v
    return DayTimes(leave, back.time, tuple(stops), back.arrive - clock.drive_by(back.arrive, last_drive), lunch)


def _had_lunch(ready: _Ready) -> bool:
    step: _Ready | None = ready
    while step is not None and step.lunch is None:
        step = step.before
    return step is not None


def _serve(spans: Sequence[Span], time: int) -> int | None:
    """The earliest start at or after a time."""
    for begin, end in spans:
        if time <= end:
            return begin if begin > time else time  # noqa: FURB136 - the hottest line of a drag
    return None


def _serve_by(spans: Sequence[Span], by: _By, missed: Broken) -> _By:
    """The latest arrival whose start is no later than `by`; where the spans end before, `missed` is what binds."""
    for begin, end in reversed(spans):
        if begin <= by[0]:
            return by if by[0] <= end else (end, missed)
    return NEVER_BY, missed


def _later(a: _By, b: _By) -> _By:
    return a if a[0] >= b[0] else b
