"""What the planner writes for people follows the settings for dates, times and numbers; what programs read does not."""

import re
from datetime import UTC, date, datetime

import pytest

from planner.model.accounts import VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind
from planner.model.writing import USUAL_WRITING, Writing
from planner.planning.edits import move
from planner.progress import silent
from planner.settings import Settings
from planner.usecases.board import open_board
from planner.usecases.export_week import export_week
from planner.usecases.log_visit import delete_visit, draft_visit, log_visit
from planner.usecases.mileage import MileageForm, export_mileage
from planner.usecases.plan_versions import compare_versions
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.report_pages import team_page, writing_for
from planner.usecases.reports import team_standings
from planner.usecases.settings import set_setting, writing_in, writing_of

WEEK = IsoWeek(2026, 49)
TODAY = date(2026, 11, 23)
GERMAN_DAYS = r"(Mo|Di|Mi|Do|Fr)\."


@pytest.fixture
def german(copy_of, planned_home):
    """The sample territory with its week planned, and German dates with AM and PM from now on."""
    copy = copy_of(planned_home)
    set_setting(copy, "formats", "de_DE")
    set_setting(copy, "clock", "12 hours")
    return copy


@pytest.mark.parametrize(
    ("values", "writing"),
    [
        ({}, USUAL_WRITING),
        ({"formats": "fr_FR"}, Writing("fr_FR")),
        ({"formats": "en_GB", "clock": "12 hours"}, Writing("en_GB", twelve_hours=True)),
    ],
)
def test_the_settings_say_how_it_is_written(values, writing):
    assert writing_of(Settings(values)) == writing


def test_as_the_system_has_it_is_asked_anew(monkeypatch):
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    assert writing_of(Settings({})) == Writing("es_ES")
    assert writing_of(Settings({"formats": "en_US"})) == USUAL_WRITING


def test_the_map_of_a_week_is_written_as_set(german, tmp_path):
    page = export_week(german, WEEK, "html", tmp_path / "week.html", silent).read_text("utf-8")
    assert "<title>Week 49 · 30. Nov. – 4. Dez. 2026</title>" in page
    assert "Montag, 30. Nov." in page
    assert re.search(r'"time":"\d+:\d\d AM"', page)


def test_reasons_and_undo_are_written_as_set(german):
    board = open_board(german, WEEK)
    stop = next(stop for stop in board.plan.days[0].stops if stop.kind is not VisitKind.DUTY)
    answers = [move(board, stop.key, day) for day in range(1, len(board.plan.days))]
    texts = [answer.text for answer in answers]
    assert all(re.search(GERMAN_DAYS, text) for text in texts), texts
    assert not any(re.search(r"\d:\d\d(?! [AP]M)", text) for text in texts), texts


def test_a_plan_tells_what_it_left_out_as_set(german):
    again = plan_week(german, WEEK, PlanOptions(iterations=200), silent).plan
    texts = [left.text for left in again.left_out]
    assert any(re.search(GERMAN_DAYS, text) for text in texts), texts[:5]
    assert not any(re.search(r"\b(Mon|Tue|Wed|Thu|Fri)\b", text) for text in texts)
    assert all(stop.binding.endswith(("AM", "PM")) for day in again.days for stop in day.stops if " by " in stop.binding)
    driving = next(cost.label for cost in again.costs if cost.label.startswith("Driving"))
    assert re.fullmatch(r"Driving \d+,\d h at 0,1 a minute", driving)
    lines = compare_versions(german, WEEK).lines
    assert not any(re.search(r"\b(Mon|Tue|Wed|Thu|Fri)\b", line) for line in lines)


def test_what_is_undone_is_called_as_set(german):
    account = open_board(german, WEEK).plan.days[0].stops[0].account_id or 1
    kept, _changes = log_visit(german, draft_visit(german, account, datetime(2026, 11, 23, 11, tzinfo=UTC)), TODAY)
    assert delete_visit(german, kept.id).label.startswith("Delete the visit of 23. Nov.: ")
    assert kept.outcome is VisitOutcome.MET


def test_reports_are_written_as_set_and_their_tables_as_usual(german, tmp_path):
    standings = team_standings(german, TODAY)
    page = team_page(standings, TODAY, writing_for(german, tmp_path / "team.html"))
    assert page.subtitle == "Montag, 23. Nov. 2026"
    assert all(row[1].endswith("\N{NO-BREAK SPACE}$") for row in page.sections[0].rows)
    assert writing_for(german, tmp_path / "team.CSV") == USUAL_WRITING
    assert writing_for(german, None) == writing_in(german) == Writing("de_DE", twelve_hours=True)


def test_the_mileage_log_is_the_same_for_everybody(german, copy_of, planned_home, tmp_path):
    logs = [
        export_mileage(workspace, 2026, tmp_path / name, MileageForm.CSV).read_bytes()
        for workspace, name in ((german, "a.csv"), (copy_of(planned_home), "b.csv"))
    ]
    assert logs[0] == logs[1]


@pytest.mark.parametrize(("of_system", "twelve_hours"), [("en_US.UTF-8", True), ("en_GB.UTF-8", False), ("de_DE", False), ("C", False)])
def test_the_time_of_day_is_told_as_the_system_tells_it_unless_set(monkeypatch, of_system, twelve_hours):
    monkeypatch.setenv("LC_ALL", of_system)
    assert writing_of(Settings({})).twelve_hours is twelve_hours
    assert writing_of(Settings({"clock": "12 hours"})).twelve_hours
    assert not writing_of(Settings({"clock": "24 hours"})).twelve_hours
