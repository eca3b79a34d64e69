from datetime import date, datetime

import pytest

from planner.errors import UserProblem
from planner.model.accounts import VisitOutcome
from planner.model.tracking import SupportKind, Visit
from planner.settings import Settings
from planner.usecases.log_visit import log_visit
from ui.visits.sheet import sheet_of_account, sheet_of_rep, stop_to_log, visit_of_stop, visits_on, wall_clock

HOUR = 3600


def visit(account_id, key=""):
    return Visit(account_id, account_id, date(2026, 11, 30), VisitOutcome.MET, stop_key=key)


@pytest.mark.parametrize(
    ("now_h", "logged", "wanted"),
    [
        (7, [], "account-1"),
        (9.5, [], "account-1"),
        (13.2, [], "account-2"),
        (13.2, [visit(2)], "account-1"),
        (7, [visit(1, "account-1")], "account-2"),
        (15, [visit(1), visit(2)], None),
    ],
)
def test_the_stop_of_now_is_the_last_begun_that_is_not_logged_else_the_next(plan, now_h, logged, wanted):
    stop = stop_to_log(plan.days[0], int(now_h * HOUR), logged)
    assert (stop.key if stop else None) == wanted


def test_an_appointment_is_never_the_stop_to_log(plan):
    assert stop_to_log(plan.days[1], 9 * HOUR, []).key == "account-3"


def test_a_stop_is_logged_by_its_key_or_by_a_visit_without_one(plan):
    stop = plan.days[0].stops[0]
    assert visit_of_stop(stop, [visit(1, "another")]) is None
    assert visit_of_stop(stop, [visit(1, "another"), visit(1)]) == visit(1)
    assert visit_of_stop(stop, [visit(1), visit(1, "account-1")]) == visit(1, "account-1")
    assert visit_of_stop(plan.days[1].stops[0], [visit(1)]) is None


def test_a_sheet_holds_the_visit_as_planned_and_what_can_be_chosen(filled):
    sheet = sheet_of_account(filled, 1, datetime(2026, 11, 30, 10))  # noqa: DTZ001 - a wall clock
    assert (sheet.title, sheet.visit.start_s, sheet.visit.minutes, sheet.visit.stop_key) == ("Uni-Mart HQ", 9 * HOUR, 60, "account-1")
    assert [deal.crm_id for deal in sheet.deals] == ["006a"]
    assert sheet.reps == ("Rep A",)
    with pytest.raises(UserProblem):
        sheet_of_account(filled, 99, datetime(2026, 11, 30, 10))  # noqa: DTZ001 - a wall clock


def test_help_at_no_account_is_a_one_on_one_and_can_be_logged(filled):
    sheet = sheet_of_rep(filled, "Rep A")
    assert (sheet.visit.account_id, sheet.visit.support, sheet.visit.rep) == (None, SupportKind.ONE_ON_ONE, "Rep A")
    kept, _ = log_visit(filled, sheet.visit)
    assert visits_on(filled, sheet.visit.day) == [kept]


def test_the_wall_clock_is_that_of_the_settings_and_falls_back_to_the_system():
    assert str(wall_clock(Settings({"timezone": "Pacific/Honolulu"})).tzinfo) == "Pacific/Honolulu"
    assert wall_clock(Settings({"timezone": "no/where"})).tzinfo is not None
