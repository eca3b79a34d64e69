from datetime import date

from small_book import account, activity, deal, helped, rep, visit

from planner.model.accounts import VisitOutcome
from planner.model.places import LatLon
from planner.model.tracking import Sentiment, SupportKind
from planner.model.week import Stop, VisitKind
from planner.reports.one_on_one import DealNews, one_on_one, since_last
from planner.reports.pipeline import StageChange

TODAY = date(2027, 1, 4)
LAST = date(2026, 12, 20)
NEGOTIATION = "Negotiation/Review"


def sheet(**more):
    facts = {
        "accounts": [account(1)],
        "visits": [helped(1, LAST, SupportKind.ONE_ON_ONE)],
        "deals": [],
        "changes": [],
        "activities": [],
        "news": [],
        "planned": [],
        "open_step_visits": [],
    }
    facts |= more
    return one_on_one(rep(), **facts, cadence_days=dict.fromkeys(range(1, 99), 30), today=TODAY)


def stop(account_id, start_s, value=10.0):
    return Stop(
        f"account-{account_id}",
        f"Account {account_id}",
        VisitKind.CARE,
        LatLon(40, -77),
        start_s,
        start_s,
        start_s + 1,
        1,
        1,
        value,
        account_id,
    )


def test_it_goes_back_to_the_last_one_on_one_that_took_place():
    visits = [
        helped(1, LAST, SupportKind.ONE_ON_ONE),
        helped(2, date(2026, 12, 28), SupportKind.ONE_ON_ONE, outcome=VisitOutcome.NO_SHOW),
        helped(3, date(2026, 12, 29), SupportKind.COACHING),
        helped(4, date(2026, 12, 30), SupportKind.ONE_ON_ONE, rep="Ben"),
        helped(5, TODAY, SupportKind.ONE_ON_ONE),
    ]
    assert since_last(visits, "Ada", TODAY) == (LAST, True)
    assert since_last([], "Ada", TODAY) == (date(2026, 12, 21), False)


def test_activity_since_then_is_counted_by_kind():
    activities = [activity(1, LAST), activity(2, TODAY), activity(3, date(2026, 12, 19)), activity(4, TODAY, "Visit", owner="Ben")]
    assert sheet(activities=activities).activities == (("Call", 2),)


def test_the_pipeline_says_what_moved_what_is_new_and_what_slipped():
    deals = [
        deal(1, NEGOTIATION),
        deal(2, "Prospecting", close_date=date(2027, 3, 1)),
        deal(3, "Prospecting", owner="Ben"),
        deal(4, "Prospecting", close_date=date(2027, 1, 1)),
    ]
    moved = StageChange("d1", date(2026, 12, 31), "Prospecting", NEGOTIATION)
    changes = [StageChange("d1", date(2026, 12, 19), "", "Prospecting"), moved, StageChange("d3", TODAY, "", "Prospecting")]
    news = [
        DealNews("d1", came_in=TODAY),
        DealNews("d2", close_date_before=date(2027, 1, 31)),
        DealNews("d3", came_in=TODAY),
        DealNews("d4", close_date_before=date(2027, 2, 1)),
        DealNews("gone", came_in=TODAY),
    ]
    found = sheet(deals=deals, changes=changes, news=news)
    assert found.moved == ((moved, deals[0]),)
    assert found.new_deals == (deals[0],)
    assert found.slipped == ((deals[1], date(2027, 1, 31)),)


def test_the_ten_longest_overdue_accounts_are_named_and_the_others_counted():
    """Due after 30 days: those seen in October and November are over, by 65 days and more for the first."""
    accounts = [account(number, last_activity=date(2026, 10, number)) for number in range(1, 13)]
    accounts += [account(20, do_not_visit=True), account(21, owner="Ben")]
    found = sheet(accounts=accounts)
    assert [late.account.id for late in found.overdue] == list(range(1, 11))
    assert (found.overdue[0].days, found.overdue_in_all) == (65, 12)


def test_next_steps_are_those_with_the_rep_and_at_the_accounts_of_the_rep():
    visits = [
        visit(5, LAST, 1, next_step="Send it", next_day=date(2027, 1, 9)),
        visit(6, LAST, 9, next_step="Not Ada's"),
        helped(7, LAST, SupportKind.COACHING, next_step="Role play", next_day=date(2027, 1, 5)),
        visit(8, LAST, 1, next_step="Done already", next_done=True),
    ]
    assert [step.text for step in sheet(open_step_visits=visits).next_steps] == ["Role play", "Send it"]


def test_the_last_three_with_notes_or_topics_are_what_was_coached():
    visits = [
        helped(1, date(2026, 9, 1), SupportKind.COACHING, topics=("Old",)),
        helped(2, date(2026, 10, 1), SupportKind.COACHING, topics=("Pricing",)),
        helped(3, date(2026, 11, 1), SupportKind.COACHING),
        helped(4, date(2026, 12, 1), SupportKind.RIDE_ALONG, note="Better questions"),
        helped(5, LAST, SupportKind.ONE_ON_ONE, topics=("Closing",)),
        helped(6, LAST, SupportKind.ONE_ON_ONE, topics=("No",), outcome=VisitOutcome.DECLINED),
    ]
    assert [one.id for one in sheet(visits=visits).coached] == [5, 4, 2]


def test_the_planned_day_with_the_most_of_the_accounts_is_proposed_for_a_ride_along():
    monday, tuesday = date(2027, 1, 4), date(2027, 1, 5)
    planned = [(monday, stop(1, 36_000, 90.0)), (tuesday, stop(2, 40_000)), (tuesday, stop(1, 30_000)), (monday, stop(9, 50_000))]
    found = sheet(accounts=[account(1), account(2)], planned=planned).ride_along
    assert found is not None
    assert (found.day, [each.account_id for each in found.stops]) == (tuesday, [1, 2])
    assert sheet(planned=[(monday, stop(9, 1))]).ride_along is None


def test_wins_are_what_was_won_what_moved_forward_and_what_went_well():
    deals = [deal(1, "Closed Won", 1_250, name="Fiber"), deal(2, NEGOTIATION, name="Voice"), deal(3, "Prospecting", name="Back")]
    changes = [
        StageChange("d1", date(2026, 12, 31), NEGOTIATION, "Closed Won"),
        StageChange("d2", TODAY, "Needs Analysis", NEGOTIATION),
        StageChange("d3", TODAY, NEGOTIATION, "Prospecting"),
    ]
    visits = [
        helped(1, LAST, SupportKind.ONE_ON_ONE),
        helped(2, date(2027, 1, 2), SupportKind.JOINT_CALL, account_id=1, sentiment=Sentiment.GOOD),
        visit(3, date(2027, 1, 2), 1, sentiment=Sentiment.GOOD),  # she was there alone
    ]
    assert sheet(deals=deals, changes=changes, visits=visits).wins == (
        "Won: Fiber, $1,250 a month",
        "Moved forward: Voice, now Negotiation/Review",
        "Went well: Account 1, Jan 2",
    )
