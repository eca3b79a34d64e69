"""What was promised at a visit and is still to be done: by when, and as a wish that planning can keep."""

from collections.abc import Iterable, Mapping
from datetime import date

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.model.wishes import Wish
from planner.values import replace

SEEN = (VisitOutcome.MET, VisitOutcome.PHONE)
"""Outcomes after which somebody was talked to."""


def open_steps(visits: Iterable[Visit]) -> dict[int, Visit]:
    """The visit whose next step is due first at each account, by its id; one at which somebody was met later ends those before."""
    steps: dict[int, Visit] = {}
    for visit in sorted(visits, key=lambda each: (each.day, each.start_s or 0, each.id)):
        if visit.account_id is None:
            continue
        if visit.outcome in SEEN:
            steps.pop(visit.account_id, None)
        if visit.next_step and not visit.next_done:
            kept = steps.get(visit.account_id)
            if kept is None or (visit.next_day or date.max) < (kept.next_day or date.max):
                steps[visit.account_id] = visit
    return steps


def with_next_steps(wishes: Mapping[int, Wish], visits: Iterable[Visit]) -> dict[int, Wish]:
    """The wishes with the open next steps of visits: a visit is asked for by the day of the step, or by an earlier deadline of her own."""
    asked = dict(wishes)
    for account_id, visit in open_steps(visits).items():
        wish = asked.get(account_id, Wish(account_id))
        deadline = min(filter(None, (wish.deadline, visit.next_day)), default=None)
        asked[account_id] = replace(wish, deadline=deadline, next_step=visit.next_step)
    return asked
