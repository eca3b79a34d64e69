"""How long logging a visit and the reports take beside a book of 20,000 accounts: `python tests/bench/bench_tracking.py`.

The book has 10,000 visits of two years, 20,000 deals and 40,000 activities.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from planner.model.accounts import Account, AccountKind, Activity, Opportunity, Rep, VisitOutcome
from planner.model.places import LatLon, PostalAddress
from planner.model.tracking import Visit
from planner.model.week import VisitKind
from planner.process import settle
from planner.reports.periods import Period
from planner.store.accounts import save_accounts, save_opportunities, save_reps
from planner.store.book import save_activities
from planner.store.visits import save_visit
from planner.usecases.log_visit import draft_visit, log_visit
from planner.usecases.reports import funnel_report, one_on_one_sheet, support_report, team_standings
from planner.usecases.workspace import Workspace, open_workspace
from planner.values import replace

ACCOUNTS, DEALS, VISITS, ACTIVITIES = 20_000, 20_000, 10_000, 40_000
REPS = [f"Rep {letter}" for letter in "ABCDEF"]
STAGES = ("Qualification", "Needs Analysis", "Proposal/Price Quote", "Closed Won", "Closed Lost")
TODAY = date.today()  # noqa: DTZ011 - only what is over is logged
SAVE_BAR_MS = 50


def fill(workspace: Workspace) -> None:
    """A large book with a past."""
    chance = random.Random(3)
    days = [TODAY - timedelta(days=number) for number in range(1, 730)]
    with workspace.writing(None) as db:
        address = PostalAddress("100 Beaver Ave", "State College", "PA", "16801")
        kinds = list(AccountKind)
        save_accounts(
            db,
            [
                Account(0, f"{n:018d}", f"Account {n}", kinds[n % 2], address, owner=REPS[n % 6], place=LatLon(40.8, -77.8))
                for n in range(ACCOUNTS)
            ],
        )
        save_opportunities(
            db,
            [
                Opportunity(f"006{n:015d}", f"{n % ACCOUNTS:018d}", f"Deal {n}", chance.choice(STAGES), 50_000, 0.5, TODAY, REPS[n % 6])
                for n in range(DEALS)
            ],
        )
        save_reps(db, [Rep(name, "Account Executive", quota_cents=2_000_000) for name in REPS], sample=False)
        save_activities(
            db, [Activity(0, f"a{n}", 1 + n % ACCOUNTS, "Visit", chance.choice(days), owner=REPS[n % 6]) for n in range(ACTIVITIES)]
        )
        for n in range(VISITS):
            kind = VisitKind.CAPTURE if n % 2 else VisitKind.CARE
            visit = Visit(0, 1 + chance.randrange(ACCOUNTS), chance.choice(days), VisitOutcome.MET, kind=kind, minutes=45)
            save_visit(db, replace(visit, rep=REPS[n % 6] if n % 5 == 0 else ""))


def median_ms(work: Callable[[int], object], turns: int) -> tuple[float, float]:
    """The median and the longest of some turns, in milliseconds."""
    spans = []
    for turn in range(turns):
        begin = time.perf_counter()
        work(turn)
        spans.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spans), max(spans)


def main() -> None:
    """Measure and print the table."""
    settle()
    now = datetime.now()  # noqa: DTZ005 - her own wall clock
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "home") as workspace:
        fill(workspace)
        drafts = [draft_visit(workspace, 1 + turn, now) for turn in range(60)]
        quarter = Period(TODAY - timedelta(days=90), TODAY)
        verbs: dict[str, tuple[Callable[[int], object], int]] = {
            "draft a visit": (lambda turn: draft_visit(workspace, 1 + turn, now), 60),
            "save a visit": (lambda turn: log_visit(workspace, replace(drafts[turn], start_s=None)), 60),
            "funnel of a quarter": (lambda _turn: funnel_report(workspace, quarter), 5),
            "support ledger of a quarter": (lambda _turn: support_report(workspace, quarter, TODAY), 5),
            "the team": (lambda _turn: team_standings(workspace, TODAY), 5),
            "one-on-one sheet": (lambda _turn: one_on_one_sheet(workspace, "Rep A", TODAY), 5),
        }
        print(f"{ACCOUNTS:,} accounts, {DEALS:,} deals, {VISITS:,} visits, {ACTIVITIES:,} activities: median, longest")
        for name, (work, turns) in verbs.items():
            median, longest = median_ms(work, turns)
            told = f"   bar {SAVE_BAR_MS} ms, {median / SAVE_BAR_MS:.2f} of it" if name == "save a visit" else ""
            print(f"  {name:28} {median:8.1f} ms {longest:8.1f} ms{told}")


if __name__ == "__main__":
    main()
