from datetime import date

import pytest
from small_book import account, deal, visit

from planner.model.accounts import AccountKind, VisitOutcome
from planner.model.week import VisitKind
from planner.reports.effort import Effort
from planner.reports.funnel import area_of, funnel
from planner.reports.periods import read_period
from planner.reports.pipeline import StageChange
from planner.reports.stages import Step

NEGOTIATION = "Negotiation/Review"
ACCOUNTS = [
    account(1),  # visited, won in December
    account(2, owner="Ben", city="TYRONE", postcode="16686"),  # visited in November, in negotiation since the import
    account(3, city="", postcode="16801"),  # only a no-show
    account(4, kind=AccountKind.CLIENT, owner="Ben"),  # a client now, who was captured: lost first
    account(5, kind=AccountKind.CLIENT),  # a client of old: not in the funnel
    account(6, city="", postcode="", owner=""),  # a prospect that nobody has seen
]
VISITS = [
    visit(1, date(2026, 11, 3), 1, minutes=60, trip_id=7),
    visit(2, date(2026, 11, 30), 2, minutes=30, outcome=VisitOutcome.PHONE, start_s=84_600),  # from 23:30 on, past midnight
    visit(3, date(2026, 12, 1), 3, minutes=15, outcome=VisitOutcome.NO_SHOW),
    visit(4, date(2026, 12, 2), 4, minutes=45),
    visit(5, date(2026, 12, 3), 5, minutes=45, kind=VisitKind.CARE),
    visit(6, date(2026, 12, 4), 1),
]
DEALS = [deal(1, "Closed Won", 500), deal(2, NEGOTIATION, 300), deal(4, "Closed Lost", 200), deal(5, "Closed Won", 900)]
CHANGES = [
    StageChange("d1", date(2026, 11, 10), "Qualification", "Needs Analysis"),
    StageChange("d1", date(2026, 12, 31), NEGOTIATION, "Closed Won"),
    StageChange("d4", date(2026, 12, 5), "Needs Analysis", "Closed Lost"),
]
TAKEN = {1: Effort(7_200, 5_000), 2: Effort(1_800, 0), 3: Effort(900, 400), 4: Effort(2_700, 600), 5: Effort(9_999, 9_999), 6: Effort()}


def counts(line):
    return [line.counts.get(step) for step in Step]


@pytest.fixture
def whole():
    return funnel(ACCOUNTS, VISITS, DEALS, CHANGES, TAKEN)


def test_each_account_in_the_funnel_counts_in_the_steps_it_reached(whole):
    """In the funnel: 1, 2, 3, 4, 6. Seen: 1, 2, 4. Qualified: 1, 2, 4. Proposal: 1, 2. Won: 1. Lost: 4."""
    assert counts(whole.total) == [5, 3, 3, 2, 1, 1]
    assert whole.total.won_cents == 50_000


def test_each_step_is_worth_what_the_deals_that_reached_it_are(whole):
    """Deals of 500 (won), 300 (in negotiation) and 200 (lost); that of the client of old is in no funnel."""
    assert [whole.total.amounts[step] for step in Step] == [100_000, 100_000, 100_000, 80_000, 50_000, 20_000]
    december = funnel(ACCOUNTS, VISITS, DEALS, CHANGES, TAKEN, read_period("2026-12")).total
    assert (december.amounts[Step.VISITED], december.amounts[Step.WON], december.amounts[Step.LOST]) == (20_000, 50_000, 20_000)


def test_prospects_that_were_ever_visited_count_whatever_the_period(whole):
    """1 and 2: the client was captured before, and at the third nobody was met."""
    assert whole.visited == 2
    assert funnel(ACCOUNTS, VISITS, DEALS, CHANGES, TAKEN, read_period("2024")).visited == 2
    assert funnel([account(6)], [], [], [], {}).visited == 0


def test_hours_and_cost_are_those_of_capture_visits_for_the_revenue_they_won(whole):
    """7,200 + 1,800 + 900 + 2,700 s = 3.5 h, and 60 dollars, for 500 a month."""
    assert whole.total.hours == 3.5
    assert whole.total.effort.cents == 6_000
    assert whole.total.hours_per_thousand == 7.0
    assert whole.total.cents_per_dollar == 12.0


def test_by_rep_and_by_area_the_accounts_are_the_same(whole):
    assert {line.name: counts(line) for line in whole.by_rep} == {
        "Ada": [2, 1, 1, 1, 1, 0],
        "Ben": [2, 2, 2, 1, 0, 1],
        "No rep": [1, 0, 0, 0, 0, 0],
    }
    assert {line.name: line.count(Step.PROSPECT) for line in whole.by_area} == {"Altoona": 2, "Tyrone": 1, "ZIP 168": 1, "No address": 1}
    ben = next(line for line in whole.by_rep if line.name == "Ben")
    assert (ben.hours_per_thousand, ben.cents_per_dollar) == (None, None)


def test_a_step_counts_in_the_month_of_its_first_day(whole):
    """The visit past midnight is one of its own day, November 30."""
    assert [(line.name, counts(line)) for line in whole.by_month] == [
        ("2026-11", [None, 2, 1, 0, 0, 0]),
        ("2026-12", [None, 1, 0, 1, 1, 1]),
    ]
    assert [line.won_cents for line in whole.by_month] == [0, 50_000]
    assert [line.effort.cents for line in whole.by_month] == [5_000, 1_000]


def test_a_quarter_ends_with_the_year():
    late = [*CHANGES[:1], StageChange("d1", date(2027, 1, 1), NEGOTIATION, "Closed Won"), CHANGES[2]]
    before, after = (funnel(ACCOUNTS, VISITS, DEALS, late, TAKEN, read_period(text)).total for text in ("2026-Q4", "2027-Q1"))
    assert (before.count(Step.WON), before.won_cents, after.count(Step.WON), after.won_cents) == (0, 0, 1, 50_000)
    assert (before.count(Step.VISITED), after.count(Step.VISITED)) == (3, 0)
    assert (before.effort.cents, after.effort.cents) == (6_000, 0)


def test_what_the_figures_leave_out_is_told():
    notes = funnel([*ACCOUNTS, account(7)], VISITS, [*DEALS, deal(7, "Blue Sky")], CHANGES, TAKEN).notes
    assert notes == (
        "Not in the table of stages, so counted in no step: Blue Sky.",
        "3 steps have no known day: the deal came with its stage, so it counts in no month and in no period.",
        "4 of 5 capture visits are on no trip: no drive and no cost counts for them.",
        "1 capture visit has no known length, and counts only with the drives.",
    )


def test_a_lost_deal_beside_an_open_one_is_no_loss():
    deals = [deal(1, "Closed Lost"), deal(1, "Prospecting", crm_id="d9")]
    assert counts(funnel(ACCOUNTS[:1], [], deals, [], {}).total) == [1, 0, 0, 0, 0, 0]


def test_a_deal_that_was_opened_again_is_neither_won_nor_lost_but_keeps_its_steps():
    changes = [
        StageChange("d1", date(2026, 11, 2), "Proposal/Price Quote", "Closed Lost"),
        StageChange("d1", date(2026, 11, 9), "Closed Lost", "Prospecting"),
    ]
    assert counts(funnel(ACCOUNTS[:1], [], [deal(1, "Prospecting")], changes, {}).total) == [1, 0, 1, 1, 0, 0]


def test_nothing_at_all_is_a_funnel_of_zeros():
    empty = funnel([], [], [], [], {})
    assert (counts(empty.total), empty.by_rep, empty.by_month, empty.notes) == ([0, 0, 0, 0, 0, 0], (), (), ())


def test_an_area_is_the_town_however_it_is_written():
    assert {area_of(account(1, city=city)) for city in ("STATE COLLEGE", "State  College", " state college ")} == {"State College"}
