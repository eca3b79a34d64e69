"""A quarter as it might have been: weeks planned, changed, driven and logged, with what was logged written down beside it as plain facts.

What the reports say is recounted from these facts alone, in plain Python: nothing here is read back from the store.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from planner.errors import PlanProblem
from planner.model.accounts import AccountKind, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.tracking import Cost, CostKind, SupportKind, Visit
from planner.model.week import VisitKind
from planner.progress import silent
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.board import edit_week, open_board
from planner.usecases.edit_accounts import AccountEdit, edit_accounts
from planner.usecases.edits import move, remove
from planner.usecases.log_visit import draft_visit, log_visit
from planner.usecases.mileage import confirm_drives, correct_drive, propose_drives
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.trip_costs import add_cost
from planner.usecases.trips import finish_trip, make_trips
from planner.usecases.workspace import Workspace
from planner.values import replace

CADENCE_A_DAYS = 30
LOOK_AHEAD_DAYS = 7
MOST_CALLS = 12
OUTCOMES, ODDS = list(VisitOutcome), [85, 6, 5, 2, 2]
SEEN = {VisitOutcome.MET, VisitOutcome.PHONE}
LADDER = ["Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review", "Closed Won"]


@dataclass
class Facts:
    """What was logged: visits as they were given, changes of stage, drives by the log's line, and money."""

    visits: list[dict] = field(default_factory=list)
    stages: list[tuple[str, date, str, str]] = field(default_factory=list)
    drives: dict[int, dict] = field(default_factory=dict)
    costs: list[dict] = field(default_factory=list)
    moved: int = 0
    removed: int = 0


class Quarter:
    """Lives through weeks on a workspace. The same seed lives the same weeks."""

    def __init__(self, workspace: Workspace, seed: int, tier_a: int, iterations: int) -> None:
        self.workspace = workspace
        self.facts = Facts()
        self._chance = random.Random(seed)
        self._iterations = iterations
        self.accounts = {account.id: account for account in list_accounts(workspace)}
        self.deals = {deal.crm_id: deal for deals in open_opportunities(workspace).values() for deal in deals}
        self.stage = {crm_id: deal.stage for crm_id, deal in self.deals.items()}
        self.seen = {account.id: account.last_activity for account in self.accounts.values()}
        self.tier_a = self._choose_tier_a(tier_a)
        self.reps = sorted({account.owner for account in self.accounts.values() if account.owner})

    def _choose_tier_a(self, count: int) -> set[int]:
        """She keeps her most valuable accounts in tier A, and as many as she can see."""
        worth: dict[str, float] = {}
        for deal in self.deals.values():
            worth[deal.account_crm_id] = worth.get(deal.account_crm_id, 0.0) + deal.amount_cents * deal.probability
        placed = [account for account in self.accounts.values() if account.place is not None and not account.match_doubtful]
        ranked = sorted(placed, key=lambda each: (-(worth.get(each.crm_id, 0.0) + each.mrr_cents), each.id))
        chosen = {account.id for account in ranked[:count]}
        others = [account.id for account in self.accounts.values() if account.tier.value == "A" and account.id not in chosen]
        edit_accounts(self.workspace, sorted(chosen), AccountEdit({"tier": "A"}))
        if others:
            edit_accounts(self.workspace, others, AccountEdit({"tier": "B"}))
        return chosen

    def live(self, week: IsoWeek) -> None:
        """Plan a week, change it, drive it, and log it."""
        plan_week(self.workspace, week, PlanOptions(iterations=self._iterations, seed=week.number), silent)
        self._change(week)
        trips, _changes = make_trips(self.workspace, week)
        for trip in trips:
            logged = [self._visit(stop.account_id, stop.day) for stop in trip.stops if stop.account_id is not None]
            if logged:
                finished, _changes = finish_trip(self.workspace, trip.id)
                self._spend(trip.id, trip.last)
                self._drive(finished.id, trip.last)
        self._help(week)
        self._call(week.day(4))

    def _change(self, week: IsoWeek) -> None:
        """One visit is called off, and one of another day takes its room where it fits."""
        board = open_board(self.workspace, week)
        planned = [(number, stop) for number, day in enumerate(board.plan.days) for stop in day.stops if stop.account_id and not stop.block]
        if not planned:
            return
        freed, off = self._chance.choice(planned)
        board, _changes = edit_week(self.workspace, board, partial(remove, key=off.key))
        self.facts.removed += 1
        others = [stop for number, stop in planned if number != freed]
        for stop in self._chance.sample(others, len(others)):
            try:
                edit_week(self.workspace, board, partial(move, key=stop.key, day=freed))
            except PlanProblem:
                continue  # no room for that one
            self.facts.moved += 1
            return

    def _visit(self, account_id: int, day: date) -> dict:
        outcome = self._chance.choices(OUTCOMES, ODDS)[0]
        drafted = draft_visit(self.workspace, account_id, datetime.combine(day, time(18)))
        visit = replace(drafted, outcome=outcome, deal="")
        account = self.accounts[account_id]
        if outcome in SEEN:
            mine = sorted(crm_id for crm_id, deal in self.deals.items() if deal.account_crm_id == account.crm_id)
            if mine and self._chance.random() < 0.4:
                visit = self._with_stage(visit, mine[0])
            if self._chance.random() < 0.2:
                visit = replace(visit, next_step="Send the proposal", next_day=day + timedelta(days=self._chance.randrange(5, 20)))
        return self._log(visit, day)

    def _with_stage(self, visit: Visit, deal: str) -> Visit:
        before = self.stage[deal]
        if before.startswith("Closed"):
            return visit
        at = LADDER.index(before) if before in LADDER else 0
        after = "Closed Lost" if self._chance.random() < 0.1 else LADDER[min(at + 1, len(LADDER) - 1)]
        if after == before:
            return visit
        self.stage[deal] = after
        self.facts.stages.append((deal, visit.day, before, after))
        return replace(visit, deal=deal, stage_after=after)

    def _log(self, visit: Visit, today: date) -> dict:
        kept, _changes = log_visit(self.workspace, visit, today)
        names = ("account_id", "day", "outcome", "kind", "support", "minutes", "rep", "next_step", "next_day")
        fact = {name: getattr(visit, name) for name in names} | {"id": kept.id}
        if visit.support:
            fact["kind"] = VisitKind.SUPPORT
        self.facts.visits.append(fact)
        if visit.account_id is not None and visit.outcome in SEEN:
            self.seen[visit.account_id] = visit.day
        return fact

    def _help(self, week: IsoWeek) -> None:
        """Every week another two reps have their one-on-one at the office."""
        for number, rep in enumerate(self.reps):
            if number % 3 == week.number % 3:
                day = week.day(1 + number % 4)
                visit = Visit(0, None, day, VisitOutcome.MET, support=SupportKind.ONE_ON_ONE, rep=rep, minutes=45, topics=("pipeline",))
                self._log(visit, day)

    def _call(self, friday: date) -> None:
        """On Friday she calls the tier A accounts that would be overdue before long, the longest waiting first; a fifth does not answer."""
        waiting = sorted(self.tier_a, key=lambda account_id: (self.seen[account_id] or date.min, account_id))
        due = [a for a in waiting if self.seen[a] is None or (friday - self.seen[a]).days > CADENCE_A_DAYS - LOOK_AHEAD_DAYS]
        for account_id in due[:MOST_CALLS]:
            answered = self._chance.random() < 0.8
            kind = VisitKind.CARE if self.accounts[account_id].kind is AccountKind.CLIENT else VisitKind.CAPTURE
            outcome = VisitOutcome.PHONE if answered else VisitOutcome.OTHER
            self._log(Visit(0, account_id, friday, outcome, "Called", kind, minutes=10), friday)

    def _spend(self, trip_id: int, day: date) -> None:
        if self._chance.random() < 0.7:
            cents = self._chance.randrange(500, 3000)
            add_cost(self.workspace, Cost(0, trip_id, day, CostKind.MEALS, cents))
            self.facts.costs.append({"trip": trip_id, "cents": cents})

    def _drive(self, trip_id: int, day: date) -> None:
        """Nearly all proposed drives are confirmed, and some were longer than planned."""
        drives, _changes = propose_drives(self.workspace, trip_id)
        for drive in drives:
            metres = drive.metres
            if self._chance.random() < 0.05:
                metres += self._chance.randrange(200, 5000)
                correct_drive(self.workspace, drive.id, metres=metres)
            self.facts.drives[drive.id] = {
                "day": drive.day,
                "metres": metres,
                "kind": drive.kind.value,
                "trip": trip_id,
                "confirmed": False,
            }
        sure = [drive.id for drive in drives if self._chance.random() < 0.95 and drive.metres > 0]
        if sure:
            confirm_drives(self.workspace, sure, day)
        for drive_id in sure:
            self.facts.drives[drive_id]["confirmed"] = True

    def kept(self, on: date) -> float:
        """The share of tier A that was seen within its cadence on a day."""
        within = [account_id for account_id in self.tier_a if (day := self.seen[account_id]) and (on - day).days <= CADENCE_A_DAYS]
        return len(within) / len(self.tier_a)


def claimed_cents(drives: Sequence[dict], dollars_a_mile: dict[int, str]) -> int:
    """What confirmed business drives come to, each line rounded as a person with a pocket calculator would."""
    cents = 0
    for drive in drives:
        if drive["confirmed"] and drive["kind"] == "business":
            miles = (Decimal(drive["metres"]) / Decimal("1609.344")).quantize(Decimal("0.1"), ROUND_HALF_UP)
            cents += int((miles * Decimal(dollars_a_mile[drive["day"].year]) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return cents


def first_capture(visits: Sequence[dict]) -> dict[int, date]:
    """The day each account was first met or called to win it."""
    first: dict[int, date] = {}
    for visit in visits:
        if visit["kind"] is VisitKind.CAPTURE and visit["account_id"] is not None and visit["outcome"] in SEEN:
            first[visit["account_id"]] = min(visit["day"], first.get(visit["account_id"], date.max))
    return first
