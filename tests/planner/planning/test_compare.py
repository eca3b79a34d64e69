"""What is different between two plans of a week, and how it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.versions import PlanDiff, Slot
from planner.model.week import DayPlan, LeftOut, Stop, Term, VisitKind, WeekPlan, WhyNot
from planner.planning.compare import MOVED_S, compare
from planner.values import replace

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
WEEK = IsoWeek(2026, 49)
MON, WED = WEEK.day(0), WEEK.day(2)
TOTALS = ("value", "visits", "drive_s", "drive_m", "nights")


def at(hour: int, minute: int = 0) -> int:
    return hour * 3600 + minute * 60


def stop(title: str, start_s: int, *, value: float = 10.0, drive_s: int = 600, kind: VisitKind = VisitKind.CARE, block: str = "") -> Stop:
    return Stop(title.lower(), title, kind, LatLon(40.8, -77.8), start_s, start_s, start_s + 1800, drive_s, 5_000, value, block=block)


def plan(*days: list[Stop], left_out: tuple[LeftOut, ...] = (), nights: int = 0, costs: tuple[Term, ...] = ()) -> WeekPlan:
    made = tuple(
        DayPlan(WEEK.day(index), HOME, HOME, at(8), at(17), tuple(stops), 0, 0, away=index < nights)
        for index, stops in enumerate([*days, *[[]] * (5 - len(days))])
    )
    return WeekPlan(WEEK, "America/New_York", made, left_out, costs=costs)


def mirror(diff: PlanDiff) -> PlanDiff:
    """The same difference seen from the other side; what is only there for reading left out."""
    return PlanDiff(
        tuple(replace(one, why="") for one in diff.removed),
        tuple(replace(one, why="") for one in diff.added),
        tuple(replace(one, before=one.after, after=one.before) for one in diff.other_day),
        tuple(replace(one, before=one.after, after=one.before) for one in diff.other_time),
        tuple(replace(one, before=one.after, after=one.before) for one in diff.reordered),
        *(-getattr(diff, total) for total in TOTALS),
    )


def in_key_order(diff: PlanDiff) -> PlanDiff:
    listed = ("added", "removed", "other_day", "other_time")
    return replace(diff, summary="", lines=(), **{name: tuple(sorted(getattr(diff, name), key=lambda one: one.key)) for name in listed})


@st.composite
def plans(draw: st.DrawFn) -> WeekPlan:
    days = []
    titles = draw(st.permutations(["Ada", "Bo", "Cy", "Di", "Eve", "Flo"]))
    for _day in range(draw(st.integers(1, 4))):
        taken = draw(st.integers(0, len(titles)))
        here, titles = titles[:taken], titles[taken:]
        starts = sorted(draw(st.lists(st.integers(at(8), at(17)), min_size=taken, max_size=taken)))
        days.append(
            [
                stop(title, start_s, value=draw(st.floats(0, 99)), drive_s=draw(st.integers(0, 7200)), kind=_kind(title))
                for title, start_s in zip(here, starts, strict=True)
            ]
        )
    return plan(*days, nights=draw(st.integers(0, 3)), costs=(Term("Driving", -draw(st.floats(0, 50))),))


def _kind(title: str) -> VisitKind:
    return VisitKind.DUTY if title == "Flo" else VisitKind.CARE


@given(plans())
def test_a_plan_compared_with_itself_has_changed_nothing(one: WeekPlan):
    assert compare(one, one) == PlanDiff(summary="Nothing changed")


@given(plans(), plans())
def test_the_way_back_mirrors_the_way_there(one: WeekPlan, other: WeekPlan):
    assert in_key_order(compare(other, one)) == in_key_order(mirror(compare(one, other)))


@given(plans(), plans())
def test_every_visit_is_told_once_or_has_not_moved(one: WeekPlan, other: WeekPlan):
    diff = compare(one, other)
    was = {stop.key: Slot(day.day, stop.start_s) for day in one.days for stop in day.stops}
    now = {stop.key: Slot(day.day, stop.start_s) for day in other.days for stop in day.stops}
    moved = {one.key for one in (*diff.other_day, *diff.other_time)}
    assert len(moved) == len(diff.other_day) + len(diff.other_time)
    assert {one.key: one.slot for one in diff.added} == {key: slot for key, slot in now.items() if key not in was}
    assert {one.key: one.slot for one in diff.removed} == {key: slot for key, slot in was.items() if key not in now}
    for key in was.keys() & now.keys():
        same = was[key].day == now[key].day and abs(was[key].start_s - now[key].start_s) < MOVED_S
        assert (key in moved) is not same


def test_a_visit_on_another_day_is_told_with_both_times():
    diff = compare(plan([stop("Uni-Mart", at(10, 15))]), plan([], [], [stop("Uni-Mart", at(9))]))
    (moved,) = diff.other_day
    assert (moved.before, moved.after) == (Slot(MON, at(10, 15)), Slot(WED, at(9)))
    assert diff.lines == ("Uni-Mart: Mon 10:15 -> Wed 9:00",)
    assert diff.summary == "The totals stay the same"


@pytest.mark.parametrize(
    ("by_s", "told"), [(299, ()), (-299, ()), (300, ("Giant: Mon 9:00 -> 9:05",)), (-300, ("Giant: Mon 9:00 -> 8:55",))]
)
def test_five_minutes_on_the_same_day_are_a_move(by_s: int, told: tuple[str, ...]):
    diff = compare(plan([stop("Giant", at(9))]), plan([stop("Giant", at(9) + by_s)]))
    assert diff.lines == told
    assert len(diff.other_time) == len(told)
    assert diff.summary == ("The totals stay the same" if told else "Nothing changed")


def test_what_is_new_and_what_fell_out_is_told_with_its_reason():
    out = LeftOut("weis", "Weis", VisitKind.CARE, 3.0, WhyNot.NO_ROOM, "No room: Mon is full until 16:30.")
    diff = compare(plan([stop("Weis", at(9)), stop("Sheetz", at(11))]), plan([stop("Giant", at(9))], left_out=(out,)))
    assert [(one.title, one.slot, one.why) for one in diff.added] == [("Giant", Slot(MON, at(9)), "")]
    assert [(one.title, one.why) for one in diff.removed] == [("Weis", "No room: Mon is full until 16:30."), ("Sheetz", "")]
    assert diff.lines == ("New: Giant, Mon 9:00", "Out: Weis, Mon 9:00 (No room: Mon is full until 16:30)", "Out: Sheetz, Mon 11:00")


def test_visits_of_a_block_go_by_their_own_keys_and_share_its_reason():
    one, two = stop("Giant", at(9), block="downtown"), stop("Weis", at(10), block="downtown")
    out = LeftOut("downtown", "Downtown", VisitKind.CARE, 9.0, WhyNot.TOO_FAR, "Too far this week")
    assert compare(plan([one, two]), plan([replace(one, block=""), replace(two, block="")])).lines == ()
    assert [single.why for single in compare(plan([one, two]), plan(left_out=(out,))).removed] == ["Too far this week"] * 2


def test_another_order_of_a_day_is_told_among_the_visits_that_stay_there():
    before = plan([stop("Giant", at(9)), stop("Weis", at(10)), stop("Sheetz", at(11))])
    after = plan([stop("Weis", at(10)), stop("New", at(10, 30)), stop("Giant", at(11))], [stop("Sheetz", at(11))])
    (day,) = compare(before, after).reordered
    assert (day.day, day.before, day.after) == (MON, ("Giant", "Weis"), ("Weis", "Giant"))
    assert "Order on Mon: Weis, Giant" in compare(before, after).lines


def test_the_gain_is_told_in_one_line():
    before = plan([stop("Giant", at(9), drive_s=3000, value=20)])
    after = plan(
        [stop("Giant", at(9), drive_s=1000, value=20), stop("Weis", at(10), drive_s=300, value=8), stop("Ada", at(11), drive_s=320)]
    )
    after = replace(after, costs=(Term("Driving", -4.0),))
    diff = compare(before, after)
    assert (diff.visits, diff.value, diff.drive_s, diff.drive_m) == (2, 14.0, -1380, 10_000)
    assert diff.summary == "+2 visits, +14 value, 23 min less driving"
    assert compare(after, before).summary == "-2 visits, -14 value, 23 min more driving"


def test_nights_hours_and_single_things_are_told_as_people_say_them():
    before, after = plan([], nights=0), plan([stop("Giant", at(9), value=0.4, drive_s=at(1, 5))], nights=1)
    assert compare(before, after).summary == "+1 visit, 1 h 05 more driving, +1 night away"
    assert compare(after, before).summary == "-1 visit, 1 h 05 less driving, -1 night away"


def test_a_fixed_appointment_is_no_visit():
    diff = compare(plan(), plan([stop("Board", at(9), kind=VisitKind.DUTY, value=0, drive_s=0)]))
    assert diff.visits == 0
    assert diff.lines == ("New: Board, Mon 9:00",)
