from datetime import date

from small_book import account, activity, deal, helped, rep, visit

from planner.model.accounts import Tier, VisitOutcome
from planner.model.calendar import Duty
from planner.model.tracking import SupportKind
from planner.reports.pipeline import StageChange
from planner.reports.team import Coverage, team_report

TODAY = date(2027, 1, 15)
CADENCE = dict.fromkeys(range(1, 9), 30)


def ada(**more):
    facts = {"accounts": [], "visits": [], "deals": [], "changes": [], "activities": [], "duties": {}, "reps": [rep()], "today": TODAY}
    facts |= more
    (standing,) = team_report(**facts, cadence_days=CADENCE)
    return standing


def test_what_was_won_this_month_and_this_quarter_counts_against_the_monthly_quota():
    """600 in January is 60 % of 1,000; the 900 of New Year's Eve belong to the quarter before."""
    deals = [deal(1, "Closed Won", 600), deal(2, "Closed Won", 900), deal(3, "Closed Won", 300, owner="Ben")]
    changes = [StageChange(f"d{number}", day, "", "Closed Won") for number, day in ((1, date(2027, 1, 2)), (2, date(2026, 12, 31)))]
    one = ada(deals=deals, changes=changes)
    assert (one.won_month_cents, one.won_quarter_cents) == (60_000, 60_000)
    assert (one.month_attainment, one.quarter_attainment) == (0.6, 0.2)
    eve = ada(deals=deals, changes=changes, today=date(2026, 12, 31))
    assert (eve.won_month_cents, eve.won_quarter_cents, eve.quarter_attainment) == (90_000, 90_000, 0.3)


def test_a_close_date_to_come_is_not_won_yet():
    assert ada(deals=[deal(1, "Closed Won", 600, close_date=date(2027, 1, 16))]).won_month_cents == 0


def test_without_a_quota_there_is_no_attainment():
    assert (ada(reps=[rep(quota_dollars=0)]).month_attainment, ada(reps=[rep(quota_dollars=0)]).quarter_attainment) == (None, None)


def test_open_pipeline_is_weighted_by_probability():
    """100 x 0.5 + 300 x 0.9 = 320."""
    one = ada(deals=[deal(1, "Prospecting", 100), deal(2, "Negotiation/Review", 300, probability=0.9), deal(3, "Closed Lost", 50)])
    assert (one.open_cents, one.weighted_cents) == (40_000, 32_000)


def test_activity_is_that_of_the_last_twenty_eight_days_over_new_year():
    """From December 19 to January 15."""
    activities = [
        activity(1, date(2026, 12, 18)),
        activity(2, date(2026, 12, 19)),
        activity(3, date(2027, 1, 15), "Visit"),
        activity(4, date(2027, 1, 2)),
        activity(5, date(2027, 1, 2), "Meeting", status="No Show"),
    ]
    visits = [
        visit(1, date(2026, 12, 19), 1),
        visit(2, date(2026, 12, 18), 1),
        visit(3, TODAY, 1, outcome=VisitOutcome.NO_SHOW),
        visit(4, TODAY, 9),
        helped(5, TODAY, SupportKind.COACHING),
    ]
    one = ada(accounts=[account(1)], activities=activities, visits=visits)
    assert one.activities == (("Call", 2), ("Visit", 1))
    assert one.visits == 2


def test_coverage_is_who_was_seen_within_the_cadence_by_tier():
    """Seen on December 16, 30 days ago, is within; on December 15 is not."""
    accounts = [
        account(1, tier=Tier.A, last_activity=date(2026, 12, 16)),
        account(2, tier=Tier.A, last_activity=date(2026, 12, 15)),
        account(3, tier=Tier.C),
        account(4, tier=Tier.C, last_activity=date(2026, 10, 1)),
        account(5, tier=Tier.C, do_not_visit=True),
        account(6, owner="Ben"),
    ]
    one = ada(accounts=accounts)
    assert one.coverage == (Coverage(Tier.A, 1, 2), Coverage(Tier.C, 0, 2))
    assert [(late.account.id, late.days) for late in one.overdue] == [(2, 1), (4, 76), (3, None)]


def test_a_rep_has_the_next_three_duties():
    duties = [Duty(str(k), "One-on-one: Ada", date(2027, 1, 18 + k), 0, 1) for k in range(5)]
    assert ada(duties={"Ada": duties}).duties == tuple(duties[:3])
    assert ada(duties={"Ben": duties}).duties == ()
