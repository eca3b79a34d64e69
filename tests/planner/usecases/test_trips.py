"""Trips kept: made from a plan again and again, finished from logged visits, with costs and receipts."""

from datetime import date, datetime
from pathlib import Path

import pytest

from planner.errors import PlanProblem, UserProblem
from planner.model.accounts import Account, AccountKind, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace, PostalAddress
from planner.model.tracking import Cost, CostKind, Purpose, Source, Trip, TripState, TripStop, Visit
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.store import receipts
from planner.store.accounts import save_accounts
from planner.store.plans import save_plan
from planner.usecases import trip_costs
from planner.usecases.log_visit import log_visit
from planner.usecases.mileage import confirm_drives, list_drives, propose_drives
from planner.usecases.trip_costs import add_cost, delete_cost, edit_cost, list_costs, receipt_file
from planner.usecases.trips import (
    add_trip,
    begin_trip,
    cancel_trip,
    delete_trip,
    edit_trip,
    finish_trip,
    get_trip,
    list_trips,
    make_trips,
    trip_now,
    trip_sums,
)
from planner.usecases.undo import undo
from planner.usecases.workspace import Workspace
from planner.values import replace

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
WEEK = IsoWeek(2024, 49)  # long past, whatever the day is
NOON = 12 * 3600


def keep_plan(workspace: Workspace, *days: tuple[int, tuple[int, ...]]) -> None:
    """A plan with these shops on these weekdays, an hour apart from noon on."""
    plans = []
    for index, shops in days:
        stops = tuple(
            Stop(f"account-{n}", f"Shop {n}", VisitKind.CARE, HOME.point, s := NOON + 3600 * at, s, s + 1800, 600, 5_000, account_id=n)
            for at, n in enumerate(shops)
        )
        plans.append(DayPlan(WEEK.day(index), HOME, HOME, 28_800, 61_200, stops, 600, 7_000))
    with workspace.writing("Plan week 49") as db:
        save_plan(db, WeekPlan(WEEK, "America/New_York", tuple(plans)), sample=False)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    shops = [
        Account(0, f"{n:018}", f"Shop {n}", AccountKind.CLIENT, PostalAddress("1 Main St", "LEMONT", "PA"), place=HOME.point)
        for n in range(1, 6)
    ]
    with workspace.writing("Test") as db:
        save_accounts(db, shops)
    keep_plan(workspace, (0, (1, 2)), (2, (3,)))
    return workspace


def met(workspace: Workspace, shop: int, index: int, at_s: int | None = NOON) -> Visit:
    visit = Visit(0, shop, WEEK.day(index), VisitOutcome.MET, start_s=at_s, minutes=20 if at_s is not None else None)
    return log_visit(workspace, visit)[0]


def by_hand(**more: object) -> Trip:
    stops = (TripStop(0, WEEK.day(4), "Shop 1", None, 1, metres=9_000), TripStop(1, WEEK.day(4), "Home", None, metres=8_000))
    fields = {"name": "Errand", "first": WEEK.day(4), "last": WEEK.day(4), "state": TripState.PLANNED, "purpose": Purpose.OTHER}
    return Trip(**{"id": 0, "start": "Home", "leave_s": None, "stops": stops} | fields | more)


def test_a_planned_week_becomes_trips_and_making_them_again_changes_nothing(workspace: Workspace):
    made, changes = make_trips(workspace, WEEK)
    assert [(trip.name, trip.first, len(trip.stops)) for trip in made] == [
        ("Lemont and 1 more", WEEK.day(0), 3),
        ("Shop 3, Lemont", WEEK.day(2), 2),
    ]
    assert changes.label == "Make the trips of week 49"
    again, _changes = make_trips(workspace, WEEK)
    assert again == made == list_trips(workspace, WEEK.day(0), WEEK.day(6))
    undo(workspace)  # the first making: the second one left no step
    assert list_trips(workspace) == []


def test_a_week_without_a_plan_has_no_trips(workspace: Workspace):
    with pytest.raises(PlanProblem, match="not planned yet"):
        make_trips(workspace, IsoWeek(2025, 3))


def test_a_changed_plan_changes_the_trips_but_nothing_that_was_logged(workspace: Workspace):
    (monday, wednesday), _changes = make_trips(workspace, WEEK)
    met(workspace, 1, 0, NOON + 300)
    keep_plan(workspace, (0, (4, 5)), (3, (3,)))
    changed, _changes = make_trips(workspace, WEEK)
    assert [(trip.id, trip.first) for trip in changed] == [(monday.id, WEEK.day(0)), (changed[1].id, WEEK.day(3))]
    assert [stop.name for stop in changed[0].stops] == ["Shop 1", "Shop 4", "Shop 5", "Home"]
    assert changed[0].stops[0] == monday.stops[0]
    assert wednesday.id not in {trip.id for trip in list_trips(workspace) if trip.first == WEEK.day(2)}


def test_trips_that_are_done_or_cancelled_are_left_alone(workspace: Workspace):
    (monday, wednesday), _changes = make_trips(workspace, WEEK)
    met(workspace, 1, 0)
    done, _changes = finish_trip(workspace, monday.id)
    cancelled, _changes = cancel_trip(workspace, wednesday.id)
    keep_plan(workspace, (0, (5,)), (2, (4,)), (4, (2,)))
    assert make_trips(workspace, WEEK)[0][:2] == [done, cancelled]
    assert [trip.first for trip in list_trips(workspace)] == [WEEK.day(0), WEEK.day(2), WEEK.day(4)]


def test_a_trip_that_the_plan_dropped_stays_when_money_was_spent_on_it(workspace: Workspace):
    (_monday, wednesday), _changes = make_trips(workspace, WEEK)
    add_cost(workspace, Cost(0, wednesday.id, WEEK.day(2), CostKind.PARKING, 500))
    keep_plan(workspace, (0, (1, 2)))
    assert [trip.id for trip in make_trips(workspace, WEEK)[0]] == [_monday.id, wednesday.id]


def test_a_trip_is_finished_from_its_logged_visits(workspace: Workspace):
    monday = make_trips(workspace, WEEK)[0][0]
    with pytest.raises(UserProblem, match="Nothing of “Lemont and 1 more” was logged"):
        finish_trip(workspace, monday.id)
    met(workspace, 2, 0, NOON + 4000)
    seen, state, hint = trip_now(workspace, monday.id, datetime(2024, 12, 9))  # noqa: DTZ001 - a clock on the wall
    assert (state, hint, seen.stops[1].came_s) == (TripState.DONE, "", NOON + 4000)
    assert get_trip(workspace, monday.id) == monday
    done, changes = finish_trip(workspace, monday.id)
    assert changes.label == "Finish trip: Lemont and 1 more"
    assert (done.state, done.source, done.driven_m) == (TripState.DONE, Source.PLAN, done.planned_m)
    assert [stop.came_s for stop in done.stops] == [None, NOON + 4000, None]
    assert get_trip(workspace, monday.id) == done
    with pytest.raises(UserProblem, match="is done"):
        cancel_trip(workspace, monday.id)
    undo(workspace)
    assert get_trip(workspace, monday.id) == monday


def test_what_she_says_was_driven_is_not_overwritten_by_the_plan(workspace: Workspace):
    monday = make_trips(workspace, WEEK)[0][0]
    edit_trip(workspace, replace(monday, stops=(replace(monday.stops[0], drove_m=6_000), *monday.stops[1:])))
    assert finish_trip(workspace, monday.id)[0].driven_m == 6_000


def test_a_trip_made_by_hand_is_kept_changed_begun_and_taken_out(workspace: Workspace):
    kept, changes = add_trip(workspace, by_hand())
    assert (changes.label, get_trip(workspace, kept.id)) == ("Add trip: Errand", kept)
    assert begin_trip(workspace, kept.id)[0].state is TripState.UNDER_WAY
    with pytest.raises(UserProblem, match="is under way"):
        begin_trip(workspace, kept.id)
    changed, _changes = edit_trip(workspace, replace(get_trip(workspace, kept.id), name="Long errand", stops=kept.stops[::-1]))
    assert [stop.position for stop in get_trip(workspace, kept.id).stops] == [0, 1]
    assert changed.name == "Long errand"
    (first, second), _changes = propose_drives(workspace, kept.id)
    confirm_drives(workspace, [first.id])
    add_cost(workspace, Cost(0, kept.id, WEEK.day(4), CostKind.MEALS, 1_234))
    delete_trip(workspace, kept.id)
    assert [(drive.id, drive.trip_id) for drive in list_drives(workspace)] == [(first.id, None)]
    undo(workspace)
    assert get_trip(workspace, kept.id) == changed
    assert [drive.id for drive in list_drives(workspace)] == [first.id, second.id]
    assert len(list_costs(workspace, kept.id)) == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": " "}, "has no name"),
        ({"last": date(2024, 12, 1)}, "would end before it begins"),
        ({"first": date(2024, 12, 7), "last": date(2024, 12, 8)}, "on a day outside the trip"),
        ({"nights": -1}, "less than no nights"),
        ({"stops": (TripStop(0, WEEK.day(4), "Shop", metres=-1),)}, "shorter than nothing"),
        ({"stops": (TripStop(0, WEEK.day(4), "Shop", came_s=50, went_s=40),)}, "would leave before she comes"),
    ],
)
def test_a_trip_that_cannot_be_is_refused(workspace: Workspace, fields: dict[str, object], problem: str):
    with pytest.raises(UserProblem, match=problem):
        add_trip(workspace, by_hand(**fields))
    assert list_trips(workspace) == []


def test_a_trip_that_is_gone_is_a_plain_problem(workspace: Workspace):
    for ask in (get_trip, cancel_trip, begin_trip, finish_trip, delete_trip, trip_sums, propose_drives):
        with pytest.raises(UserProblem, match="There is no trip 99"):
            ask(workspace, 99)


def test_costs_are_summed_by_kind_beside_the_miles(workspace: Workspace):
    monday = make_trips(workspace, WEEK)[0][0]
    hotel, _changes = add_cost(workspace, Cost(0, monday.id, WEEK.day(0), CostKind.HOTEL, 12_000))
    add_cost(workspace, Cost(0, monday.id, WEEK.day(0), CostKind.MEALS, 1_500))
    edit_cost(workspace, replace(hotel, cents=11_000))
    sums = trip_sums(workspace, monday.id)
    assert sums.costs == {CostKind.HOTEL: 11_000, CostKind.MEALS: 1_500}
    assert (sums.planned_m, sums.driven_m, sums.planned_mileage_cents) == (
        17_000,
        None,
        2 * 208 + 288,
    )  # 3.1, 3.1 and 4.3 miles at 67 cents
    with pytest.raises(UserProblem, match="no amount of money"):
        add_cost(workspace, Cost(0, monday.id, WEEK.day(0), CostKind.TOLLS, 0))


def test_a_receipt_is_copied_under_a_name_of_our_own_and_outlives_undo(workspace: Workspace, tmp_path: Path):
    trip, _changes = add_trip(workspace, by_hand())
    theirs = tmp_path / "..; rm -rf $HOME é.PDF"
    theirs.write_bytes(b"a receipt")
    cost, _changes = add_cost(workspace, Cost(0, trip.id, WEEK.day(4), CostKind.HOTEL, 9_900), theirs)
    assert cost.receipt == f"{cost.id}-1.pdf"
    theirs.unlink()
    ours = receipt_file(workspace, cost)
    assert ours is not None
    assert ours.read_bytes() == b"a receipt"
    assert ours.parent == workspace.home / "receipts"
    delete_cost(workspace, cost.id)
    assert ours.is_file()
    undo(workspace)
    assert list_costs(workspace, trip.id) == [cost]
    other = tmp_path / "second.jpeg; no suffix at all"
    other.write_bytes(b"another")
    changed, _changes = edit_cost(workspace, cost, other)
    assert changed.receipt == f"{cost.id}-2"
    assert sorted(path.name for path in ours.parent.iterdir()) == [f"{cost.id}-1.pdf", f"{cost.id}-2"]


def test_an_id_that_is_given_again_does_not_overwrite_the_old_receipt(workspace: Workspace, tmp_path: Path):
    trip, _changes = add_trip(workspace, by_hand())
    receipt = tmp_path / "r.png"
    receipt.write_bytes(b"first")
    first, _changes = add_cost(workspace, Cost(0, trip.id, WEEK.day(4), CostKind.HOTEL, 1), receipt)
    delete_cost(workspace, first.id)
    receipt.write_bytes(b"second")
    second, _changes = add_cost(workspace, Cost(0, trip.id, WEEK.day(4), CostKind.HOTEL, 1), receipt)
    assert (second.id, second.receipt) == (first.id, f"{first.id}-2.png")
    assert (workspace.home / "receipts" / first.receipt).read_bytes() == b"first"


@pytest.mark.parametrize("kind", ["gone", "empty", "huge", "folder"])
def test_a_receipt_that_cannot_be_kept_leaves_no_cost(workspace: Workspace, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trip_costs, "MOST_BYTES", 10)
    trip, _changes = add_trip(workspace, by_hand())
    receipt = tmp_path / "receipt.pdf"
    if kind == "folder":
        receipt.mkdir()
    elif kind != "gone":
        receipt.write_bytes(b"" if kind == "empty" else b"x" * 11)
    with pytest.raises(UserProblem, match=r"receipt\.pdf"):
        add_cost(workspace, Cost(0, trip.id, WEEK.day(4), CostKind.HOTEL, 1), receipt)
    assert list_costs(workspace, trip.id) == []


def test_a_receipt_whose_cost_could_not_be_kept_leaves_no_file(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    trip, _changes = add_trip(workspace, by_hand())
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"x")
    monkeypatch.setattr(receipts, "replace_durably", lambda *_paths: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(UserProblem, match="No space left on device"):
        add_cost(workspace, Cost(0, trip.id, WEEK.day(4), CostKind.HOTEL, 1), receipt)
    assert (list_costs(workspace, trip.id), list((workspace.home / "receipts").iterdir())) == ([], [])


INN = NamedPlace("Inn", LatLon(40.5, -78.4))
NEXT = WEEK.plus(1)


def over_the_weekend(workspace: Workspace, *, away: bool = True) -> None:
    """Friday ends at an inn, and Monday of the next week begins there; or both begin and end at home."""

    def stop(n: int) -> tuple[Stop, ...]:
        return (Stop(f"account-{n}", f"Shop {n}", VisitKind.CARE, HOME.point, NOON, NOON, NOON + 1800, 600, 5_000, account_id=n),)

    there = INN if away else HOME
    friday = DayPlan(WEEK.day(4), HOME, there, 28_800, 61_200, stop(4), 600, 7_000, away=away)
    monday = DayPlan(NEXT.day(0), there, HOME, 28_800, 61_200, stop(5), 600, 7_000)
    with workspace.writing("Plan two weeks") as db:
        for week, day in ((WEEK, friday), (NEXT, monday)):
            save_plan(db, WeekPlan(week, "America/New_York", (day,)), sample=False)


def spans(workspace: Workspace) -> list[tuple[date, date, str]]:
    return [(trip.first, trip.last, trip.week) for trip in list_trips(workspace)]


@pytest.mark.parametrize("first", [WEEK, NEXT])
def test_a_night_away_between_two_weeks_makes_one_trip_from_either_week(workspace: Workspace, first: IsoWeek):
    over_the_weekend(workspace)
    one = [(WEEK.day(4), NEXT.day(0), str(WEEK))]
    for week in (first, WEEK, NEXT):
        (trip,), _changes = make_trips(workspace, week)
        assert trip.nights == 3
        assert spans(workspace) == one


def test_two_trips_become_one_and_two_again_as_the_plans_change(workspace: Workspace):
    over_the_weekend(workspace, away=False)
    for week in (WEEK, NEXT):
        make_trips(workspace, week)
    two = [(WEEK.day(4), WEEK.day(4), str(WEEK)), (NEXT.day(0), NEXT.day(0), str(NEXT))]
    assert spans(workspace) == two
    over_the_weekend(workspace)
    make_trips(workspace, NEXT)
    assert spans(workspace) == [(WEEK.day(4), NEXT.day(0), str(WEEK))]
    over_the_weekend(workspace, away=False)
    make_trips(workspace, NEXT)
    assert spans(workspace) == two


def test_what_was_logged_of_the_next_week_keeps_its_trip(workspace: Workspace):
    over_the_weekend(workspace, away=False)
    for week in (WEEK, NEXT):
        make_trips(workspace, week)
    log_visit(workspace, Visit(0, 5, NEXT.day(0), VisitOutcome.MET, start_s=NOON, minutes=20))
    before = list_trips(workspace)
    over_the_weekend(workspace)
    make_trips(workspace, NEXT)
    assert [trip.id for trip in list_trips(workspace)] == [trip.id for trip in before]
    assert [trip.first for trip in list_trips(workspace)] == [WEEK.day(4), NEXT.day(0)]


def test_a_settled_friday_leaves_the_monday_after_it(workspace: Workspace):
    over_the_weekend(workspace, away=False)
    (friday,), _changes = make_trips(workspace, WEEK)
    cancel_trip(workspace, friday.id)
    over_the_weekend(workspace)
    make_trips(workspace, NEXT)
    assert [(trip.first, trip.last, trip.state) for trip in list_trips(workspace)] == [
        (WEEK.day(4), WEEK.day(4), TripState.CANCELLED),
        (NEXT.day(0), NEXT.day(0), TripState.PLANNED),
    ]
