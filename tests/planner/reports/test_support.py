from datetime import date

import pytest
from small_book import activity, deal, helped, rep

from planner.model.accounts import VisitOutcome
from planner.model.tracking import SupportKind
from planner.reports.periods import read_period
from planner.reports.pipeline import StageChange
from planner.reports.support import NO_PROOF, Helped, need_of, support_ledger

TODAY = date(2026, 12, 31)
MONTH = read_period("2026-11")
NEED = need_of(0.5, 0.2, 0.3, 0.6, 9)
VISITS = [
    helped(1, date(2026, 10, 31), SupportKind.RIDE_ALONG, minutes=300),
    helped(2, date(2026, 11, 1), SupportKind.COACHING, minutes=30, topics=("Pricing", "Questions")),
    helped(3, date(2026, 11, 20), SupportKind.COACHING, minutes=45, topics=("Pricing",), next_step="Role play", next_day=date(2026, 12, 1)),
    helped(4, date(2026, 11, 30), SupportKind.ONE_ON_ONE, start_s=84_600, minutes=60, next_step="Read it"),  # past midnight
    helped(5, date(2026, 11, 25), SupportKind.RIDE_ALONG, outcome=VisitOutcome.NO_SHOW, minutes=60),
    helped(6, date(2026, 11, 26), SupportKind.PRE_SALE, rep="Ben"),
    helped(7, date(2026, 12, 1), SupportKind.COACHING, minutes=30, next_step="Done", next_done=True),
]


def ledger(visits=VISITS, deals=(), changes=(), activities=(), needs=None, today=TODAY):
    needs = needs or {"Ada": NEED, "Ben": NEED}
    return support_ledger([rep("Ada"), rep("Ben")], visits, deals, changes, activities, needs, MONTH, today, 30)


def line(name, **more):
    return next(one for one in ledger(**more).lines if one.rep.name == name)


def test_help_of_the_month_counts_by_kind_and_what_did_not_take_place_is_none():
    """Two times coaching, 75 minutes, and an hour that began in November."""
    ada = line("Ada")
    assert ada.helped == (Helped(SupportKind.COACHING, 2, 75), Helped(SupportKind.ONE_ON_ONE, 1, 60))
    assert (ada.times, ada.minutes) == (3, 135)
    assert line("Ben").helped == (Helped(SupportKind.PRE_SALE, 1, 0),)


def test_the_next_ride_along_is_due_thirty_days_after_the_last():
    """October 31 is 61 days before December 31."""
    assert (line("Ada").last_ride_along, line("Ada").ride_along_in) == (date(2026, 10, 31), -31)
    assert line("Ada", today=date(2026, 11, 20)).ride_along_in == 10
    assert (line("Ben").last_ride_along, line("Ben").ride_along_in) == (None, 0)


def test_topics_have_their_days_and_follow_ups_are_those_still_open():
    ada = line("Ada")
    assert ada.topics == (
        (date(2026, 11, 20), "Pricing"),
        (date(2026, 11, 1), "Questions"),
        (date(2026, 11, 1), "Pricing"),
    )
    assert [(step.visit_id, step.text, step.due) for step in ada.follow_ups] == [(3, "Role play", date(2026, 12, 1)), (4, "Read it", None)]


def test_before_and_after_are_the_twenty_eight_days_on_either_side_without_the_day():
    """Help on November 20: from October 23 to November 19, and from November 21 to December 18."""
    days = [
        date(2026, 10, 22),
        date(2026, 10, 23),
        date(2026, 11, 19),
        date(2026, 11, 20),
        date(2026, 11, 21),
        date(2026, 12, 18),
        date(2026, 12, 19),
    ]
    activities = [activity(number, day) for number, day in enumerate(days)]
    activities += [activity(90, date(2026, 11, 22), status="Cancelled"), activity(91, date(2026, 11, 22), owner="Ben")]
    deals = [deal(1, "Closed Won", 100), deal(2, "Needs Analysis", 40)]
    changes = [
        StageChange("d2", date(2026, 11, 2), "Prospecting", "Needs Analysis"),
        StageChange("d1", date(2026, 12, 18), "Negotiation/Review", "Closed Won"),
    ]
    effect = next(one for one in line("Ada", activities=activities, deals=deals, changes=changes).effects if one.day.day == 20)
    assert (effect.activities, effect.forward, effect.open_cents, effect.days_after) == ((2, 2), (1, 1), (14_000, 4_000), 28)


def test_a_time_after_that_is_not_over_is_told_by_its_days():
    effects = line("Ada", today=date(2026, 11, 30)).effects
    assert [(one.day.day, one.days_after) for one in effects] == [(30, 0), (20, 10), (1, 28)]
    assert NO_PROOF in ledger().notes


def test_who_needs_help_most_comes_first_then_whose_ride_along_is_longest_overdue():
    assert [one.rep.name for one in ledger(needs={"Ada": need_of(0.2, 0.2, 0, 0.6, 0), "Ben": NEED}).lines] == ["Ben", "Ada"]
    assert [one.rep.name for one in ledger().lines] == ["Ada", "Ben"]


@pytest.mark.parametrize(
    ("covered", "days", "words"),
    [
        (0.6, 41, "last helped 41 days ago; the pipeline covers 60 % of the quota"),
        (1.5, 1, "last helped yesterday; the pipeline covers 150 % of the quota"),
        (None, None, "never helped yet; no quota is known"),
        (0.0, 0, "last helped today; the pipeline covers 0 % of the quota"),
    ],
)
def test_a_need_says_why_in_words_and_its_terms_add_up(covered, days, words):
    need = need_of(0.7, 0.2, 0.5, covered, days)
    assert need.why == words
    assert sum(term.points for term in need.terms) == pytest.approx(need.score)
