"""What is different between two plans of a week: what moved, and what it gained."""

from collections.abc import Iterator

from planner.model.versions import Moved, PlanDiff, Reordered, Single, Slot
from planner.model.week import DayPlan, Stop, WeekPlan
from planner.model.writing import USUAL_WRITING, Writing
from planner.values import replace

MOVED_S = 300
"""A visit that starts less than this earlier or later on its day has not moved: she would not notice."""

type Placed = dict[str, tuple[Slot, Stop]]


def compare(before: WeekPlan, after: WeekPlan, writing: Writing = USUAL_WRITING) -> PlanDiff:
    """What is different in the later of two plans; visits are the same when their keys are."""
    was, now = _placed(before), _placed(after)
    moved = [Moved(key, stop.title, stop.kind, was[key][0], slot) for key, (slot, stop) in now.items() if key in was]
    why = {left.key: left.text for left in after.left_out}
    diff = PlanDiff(
        added=tuple(Single(key, stop.title, stop.kind, slot) for key, (slot, stop) in now.items() if key not in was),
        removed=tuple(  # a block is left out as a whole, so its visits share its reason
            Single(key, stop.title, stop.kind, slot, why.get(key, why.get(stop.block, "")))
            for key, (slot, stop) in was.items()
            if key not in now
        ),
        other_day=tuple(one for one in moved if one.before.day != one.after.day),
        other_time=tuple(
            one for one in moved if one.before.day == one.after.day and abs(one.before.start_s - one.after.start_s) >= MOVED_S
        ),
        reordered=tuple(_reordered(before, after)),
        value=after.value - before.value,
        visits=after.visits - before.visits,
        drive_s=after.drive_s - before.drive_s,
        drive_m=after.drive_m - before.drive_m,
        nights=_nights(after) - _nights(before),
    )
    lines = tuple(_lines(diff, writing))
    return replace(diff, summary=_summary(diff, writing) or ("The totals stay the same" if lines else "Nothing changed"), lines=lines)


def _placed(plan: WeekPlan) -> Placed:
    return {stop.key: (Slot(day.day, stop.start_s), stop) for day in plan.days for stop in day.stops}


def _reordered(before: WeekPlan, after: WeekPlan) -> Iterator[Reordered]:
    days = {day.day: day for day in before.days}
    for now in after.days:
        was = days.get(now.day)
        if was is None:
            continue
        first, second = _stops_also_in(now, was), _stops_also_in(was, now)
        if [stop.key for stop in first] != [stop.key for stop in second]:
            yield Reordered(now.day, tuple(stop.title for stop in first), tuple(stop.title for stop in second))


def _stops_also_in(other: DayPlan, day: DayPlan) -> list[Stop]:
    keys = {stop.key for stop in other.stops}
    return [stop for stop in day.stops if stop.key in keys]


def _nights(plan: WeekPlan) -> int:
    return sum(day.away for day in plan.days)


def _lines(diff: PlanDiff, writing: Writing) -> Iterator[str]:
    for moved in (*diff.other_day, *diff.other_time):
        then = _when(moved.after, writing) if moved.before.day != moved.after.day else writing.clock(moved.after.start_s)
        yield f"{moved.title}: {_when(moved.before, writing)} -> {then}"
    for new in diff.added:
        yield f"New: {new.title}, {_when(new.slot, writing)}"
    for gone in diff.removed:
        yield f"Out: {gone.title}, {_when(gone.slot, writing)}" + (f" ({gone.why.rstrip('.')})" if gone.why else "")
    for day in diff.reordered:
        yield f"Order on {writing.weekday(day.day)}: {', '.join(day.after)}"


def _summary(diff: PlanDiff, writing: Writing) -> str:
    """The totals that changed, as rounded for reading; empty when none did."""
    told = [
        f"{diff.visits:+d} {_plural('visit', diff.visits)}" if diff.visits else "",
        f"{'+' if diff.value > 0 else ''}{writing.number(diff.value)} value" if round(diff.value) else "",
        f"{_span(abs(diff.drive_s))} {'less' if diff.drive_s < 0 else 'more'} driving" if round(diff.drive_s / 60) else "",
        f"{diff.nights:+d} {_plural('night', diff.nights)} away" if diff.nights else "",
    ]
    return ", ".join(part for part in told if part)


def _plural(noun: str, number: int) -> str:
    return noun if abs(number) == 1 else f"{noun}s"


def _when(slot: Slot, writing: Writing) -> str:
    return f"{writing.weekday(slot.day)} {writing.clock(slot.start_s)}"


def _span(seconds: int) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"
