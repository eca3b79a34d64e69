"""Reports as pages: every figure is on them, and they are written where they are asked for."""

from datetime import date

import pytest
from small_book import account, deal, helped, rep, visit

from planner.errors import UserProblem
from planner.model.tracking import SupportKind
from planner.model.writing import USUAL_WRITING
from planner.reports.effort import Effort
from planner.reports.funnel import funnel
from planner.reports.one_on_one import one_on_one
from planner.reports.periods import read_period
from planner.reports.quiet import gone_quiet
from planner.reports.support import need_of, support_ledger
from planner.reports.team import team_report
from planner.usecases.report_pages import (
    MOST_LINES,
    funnel_page,
    one_on_one_page,
    quiet_page,
    share,
    support_page,
    team_page,
    write_page,
)

TODAY = date(2027, 1, 4)
CADENCE = dict.fromkeys(range(1, 99), 30)


def test_the_funnel_has_a_row_for_each_rep_area_and_month():
    visits = [visit(1, date(2026, 12, 30), 1, minutes=90, trip_id=7)]
    deals = [deal(1, "Closed Won", 500, close_date=date(2026, 12, 31))]
    page = funnel_page(funnel([account(1)], visits, deals, [], {1: Effort(5_400, 2_550)}, read_period("2026-Q4")))
    assert page.subtitle == "Oct 1, 2026 – Dec 31, 2026"
    total, reps, areas, months, notes = page.sections
    assert total.rows == [("All", "1", "1", "1", "1", "1", "0", "$500", "1.5", "$26", "3.0", "$0.05")]
    assert [row[0] for section in (reps, areas, months) for row in section.rows] == ["Ada", "Altoona", "2026-12"]
    assert months.rows[0][1] == "–"  # prospects are of no month
    assert notes.lines == ()


def test_a_funnel_in_which_nothing_was_won_has_no_cost_per_dollar():
    page = funnel_page(funnel([account(1)], [], [], [], {}))
    assert (page.subtitle, page.sections[0].rows[0][-2:]) == ("Since the beginning", ("–", "–"))


def test_quiet_prospects_are_named_with_their_days():
    page = quiet_page(gone_quiet([account(1)], [visit(1, date(2026, 11, 1), 1)], [], set(), TODAY), 45, TODAY)
    assert page.sections[0].rows == [("Account 1", "Ada", "Nov 1", "Nov 1", "64", "$0")]
    assert page.subtitle == "Monday, Jan 4, 2027"


def test_the_support_ledger_says_who_is_next_and_that_it_proves_nothing():
    visits = [helped(1, date(2026, 12, 1), SupportKind.RIDE_ALONG, minutes=90, topics=("Pricing",), next_step="Role play", account_id=1)]
    needs = {"Ada": need_of(0.7, 0.2, 0.5, 0.6, 34), "Ben": need_of(0.5, 0.0, 0.5, 1.2, None)}
    ledger = support_ledger([rep("Ada"), rep("Ben")], visits, [], [], [], needs, read_period("2026-12"), TODAY, 30)
    first, coached, effect, care = support_page(ledger, {1: "Uni-Mart"}).sections
    assert first.rows == [
        ("Ada", "0.70", "last helped 34 days ago; the pipeline covers 60 % of the quota", "1.5", "1", "ride-along 1", "Dec 1",
         "overdue 4 days"),
        ("Ben", "0.50", "never helped yet; the pipeline covers 120 % of the quota", "0.0", "0", "", "never", "now"),
    ]  # fmt: skip
    assert coached.lines == ["Dec 1: Pricing", "Open: Role play (Uni-Mart)"]
    assert effect.rows == [("Dec 1", "ride-along", "0", "0", "0", "0", "$0", "$0")]
    assert "did not come because of it" in care.lines[0]


def test_the_team_has_a_row_for_each_rep_and_names_who_is_overdue():
    standings = team_report([rep()], [account(1)], [], [deal(1, "Prospecting", 100)], [], [], CADENCE, {}, TODAY)
    table, overdue = team_page(standings, TODAY).sections
    assert table.rows == [("Ada", "$1,000", "$0 (0 %)", "$0 (0 %)", "$100", "$50", "0", "–", "B 0 of 1")]
    assert overdue.lines == ["Account 1 (B): never seen"]


def test_a_one_on_one_fits_on_a_page_however_much_there_is():
    steps = [visit(number, TODAY, 1, next_step=f"Step {number}") for number in range(1, 30)]
    accounts = [account(number) for number in range(1, 20)]
    found = one_on_one(rep(), accounts, [], [], [], [], CADENCE, [], [], steps, TODAY)
    page = one_on_one_page(found, {1: "Uni-Mart"})
    sections = {section.heading: section for section in page.sections}
    assert len(sections["Next steps open"].lines) == MOST_LINES
    assert sections["Next steps open"].lines[0] == "Step 1 (Uni-Mart)"
    assert sections["Next steps open"].lines[-1] == "And 18 more."
    assert (len(sections["Overdue accounts"].lines), sections["Overdue accounts"].note) == (10, "And 9 more.")
    assert page.subtitle == "Monday, Jan 4, 2027 · Since Dec 21"
    assert sections["Ride-along to propose"].lines == []


def test_a_page_is_written_by_the_ending_of_its_name(tmp_path):
    page = quiet_page([], 45, TODAY)
    assert "No prospect that was visited has gone quiet." in write_page(page, tmp_path / "new" / "quiet.HTML").read_text("utf-8")
    assert write_page(page, tmp_path / "quiet.csv").read_text("utf-8-sig").startswith('"Nothing for 45 days')
    for name in ("quiet.docx", "quiet", "new"):
        with pytest.raises(UserProblem, match="cannot be written as"):
            write_page(page, tmp_path / name)
    with pytest.raises(UserProblem, match="could not be written"):
        write_page(page, tmp_path / "quiet.csv" / "below.html")


def test_figures_in_words():
    assert tuple(map(USUAL_WRITING.money, (125_049, -500, 0))) == ("$1,250", "-$5", "$0")
    assert (share(0.666), share(None), share(1.5)) == ("67 %", "–", "150 %")
