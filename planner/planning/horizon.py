"""Plans of several weeks: put together to be planned as one, and taken apart to be kept week by week."""

from collections.abc import Sequence

from planner.model.calendar import IsoWeek
from planner.model.week import Term, WeekPlan
from planner.values import replace


def joined(plans: Sequence[WeekPlan]) -> WeekPlan:
    """The days of several weeks as one plan; the terms of each visit are those of the last plan that tells them."""
    days = tuple(sorted((day for plan in plans for day in plan.days), key=lambda day: day.day))
    terms = {key: told for plan in plans for key, told in plan.terms.items()}
    costs = tuple(cost for plan in plans for cost in plan.costs)
    return replace(plans[0], days=days, terms=terms, costs=costs, left_out=plans[0].left_out)


def by_week(plan: WeekPlan) -> tuple[WeekPlan, ...]:
    """A plan week by week; what the whole costs is divided by driving, or by days where there is none."""
    weeks = sorted({IsoWeek.of(day.day) for day in plan.days})
    if len(weeks) < 2:
        return (plan,)
    parts = []
    for week in weeks:
        days = tuple(day for day in plan.days if IsoWeek.of(day.day) == week)
        share = sum(day.drive_s for day in days) / plan.drive_s if plan.drive_s else len(days) / len(plan.days)
        costs = tuple(Term(f"{cost.label} (of {len(weeks)} weeks)", round(cost.points * share, 1)) for cost in plan.costs)
        parts.append(replace(plan, week=week, days=days, costs=costs))
    return tuple(parts)
