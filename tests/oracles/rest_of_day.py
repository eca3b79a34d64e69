"""What the rest of a day that was planned anew must keep, checked with nothing but its own numbers."""

from itertools import pairwise

from planner.model.week import Lock


def busy_times(day_plan, gone):
    """Everything she does in the rest of a day, as spans of time."""
    spans = [(stop.start_s, stop.leave_s) for stop in day_plan.stops[gone:]]
    spans += [(stop.arrive_s - stop.drive_s, stop.arrive_s) for stop in day_plan.stops[gone:]]
    if day_plan.lunch:
        spans.append(day_plan.lunch)
    return sorted(span for span in spans if span[0] < span[1])


def check_rest(request, matrix, plan, now, result, *, closes_s=None):
    """Assert that the rest of the day keeps every rule and that nothing else has changed; returns its stops."""
    index = next(i for i, each in enumerate(plan.days) if each.day == now.day)
    before, after, wanted = plan.days[index], result.plan.days[index], request.days[index]
    rows = {place: row for row, place in enumerate(matrix.places)}
    known = {candidate.key: candidate for candidate in request.candidates}
    gone = [stop for stop in before.stops if stop.key in now.done]
    rest = after.stops[len(gone) :]
    assert list(after.stops[: len(gone)]) == gone
    assert [each for each in result.plan.days if each.day != now.day] == [each for each in plan.days if each.day != now.day]
    clock, here = now.time_s, now.here.point
    for stop in rest:
        candidate = known[stop.block or stop.key]
        assert stop.drive_s == matrix.seconds[rows[here], rows[stop.place]]
        assert stop.arrive_s - stop.drive_s >= clock
        assert stop.start_s >= stop.arrive_s
        if not stop.block and stop.lock is Lock.NONE:
            assert stop.leave_s == stop.start_s + candidate.service_s
            assert any(w.day == index and w.from_s <= stop.start_s <= w.to_s for w in candidate.windows)
        clock, here = stop.leave_s, stop.place
    assert after.last_drive_s == (0 if after.open_end else matrix.seconds[rows[here], rows[after.end.point]])
    assert after.back_s >= clock + after.last_drive_s
    assert after.back_s <= (closes_s or wanted.closes_s)
    assert after.drive_s <= wanted.max_drive_s or closes_s
    busy = sorted([*busy_times(after, len(gone)), *((b.start_s, b.end_s) for b in wanted.blocks if b.end_s > now.time_s)])
    assert all(b[0] >= a[1] for a, b in pairwise(busy))
    if wanted.lunch and now.time_s <= wanted.lunch.earliest_s and after.back_s > wanted.lunch.earliest_s and rest:
        assert after.lunch
        assert wanted.lunch.earliest_s <= after.lunch[0] <= wanted.lunch.latest_s
    keys = [stop.key for each in result.plan.days for stop in each.stops]
    assert len(keys) == len(set(keys))
    return rest
