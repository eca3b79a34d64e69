"""Every command for a planned week once, with good input and with bad: what is printed where, what is kept, and how problems are told."""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from planner.cli.app import run
from planner.model.calendar import IsoWeek
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.usecases import edits
from planner.usecases.accounts import list_accounts
from planner.usecases.board import open_board
from planner.usecases.plan_versions import list_versions
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace

WEEK = IsoWeek(2026, 49)
IN_WEEK = ("--week", str(WEEK))
QUICK = ("--iterations", "60")


class Roadbook:
    """The command line on a home of its own: what it printed on stdout and stderr, and its exit code."""

    def __init__(self, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
        self.workspace = workspace
        self._capfd = capfd

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capfd.readouterr()
        code = run([*arguments, "--home", str(self.workspace.home)])
        out, err = self._capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    def done(self, *arguments: str) -> str:
        """What a command that succeeds printed."""
        code, out, err = self(*arguments)
        assert code == 0, err
        return out + err

    def data(self, *arguments: str) -> Any:
        """What a command that succeeds printed as data."""
        code, out, err = self(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)

    def told(self, *arguments: str) -> str:
        """The problem that a command told."""
        code, out, err = self(*arguments)
        assert (code, out) == (2, "")
        return " ".join(err.split())

    @property
    def plan(self) -> WeekPlan:
        plan = load_week(self.workspace, WEEK)
        assert plan is not None
        return plan

    @property
    def labels(self) -> list[str]:
        return [version.label for version in list_versions(self.workspace, WEEK)]


@pytest.fixture
def roadbook(planned_home: Path, copy_of: Callable[[Path], Workspace], capfd: pytest.CaptureFixture[str]) -> Roadbook:
    return Roadbook(copy_of(planned_home), capfd)


def visits(day: DayPlan) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is not VisitKind.DUTY]


def test_a_visit_is_taken_out_and_put_back(roadbook: Roadbook):
    stop = visits(roadbook.plan.days[2])[-1]
    printed = roadbook.done("week", "remove", str(stop.account_id), *IN_WEEK)
    assert f"Take {stop.title} out. The week is worth" in printed
    assert stop.key not in {each.key for day in roadbook.plan.days for each in day.stops}
    printed = roadbook.done("week", "insert", stop.title, "Wed", *IN_WEEK)
    assert f"Add {stop.title} to Wed" in printed
    assert stop.title in printed.split("Add ")[0]
    assert stop.key in {each.key for each in roadbook.plan.days[2].stops}
    assert len(roadbook.labels) == 3


def test_a_visit_is_moved_within_its_day(roadbook: Roadbook):
    board = open_board(roadbook.workspace, WEEK)
    before = [stop.key for stop in roadbook.plan.days[3].stops]
    tries = [(key, at) for key in before for at in range(len(before)) if before.index(key) != at]
    key, at = next(each for each in tries if isinstance(edits.move(board, each[0], 3, each[1]), edits.Edited))
    printed = roadbook.done("week", "move", key, "2026-12-03", "--at", str(at + 1), *IN_WEEK)
    assert [stop.key for stop in roadbook.plan.days[3].stops].index(key) == at
    assert roadbook.labels[0] in printed
    assert printed.startswith("Thursday Dec 3 · ")


def test_two_visits_change_places(roadbook: Roadbook):
    board, keys = open_board(roadbook.workspace, WEEK), [[stop.key for stop in visits(day)] for day in roadbook.plan.days]
    pairs = [pair for day in keys for pair in combinations(day, 2)]
    first, second = next(pair for pair in pairs if isinstance(edits.swap(board, *pair), edits.Edited))
    assert "Swap " in roadbook.done("week", "swap", first, second, *IN_WEEK)
    after = [[stop.key for stop in visits(day)] for day in roadbook.plan.days]
    swapped = {first: second, second: first}
    assert after == [[swapped.get(key, key) for key in day] for day in keys]
    assert "Nothing changed" in roadbook.done("week", "swap", first, first, *IN_WEEK)


def test_a_day_is_reversed(roadbook: Roadbook):
    for stop in visits(roadbook.plan.days[4])[2:]:
        roadbook.done("week", "remove", stop.key, *IN_WEEK)
    keys = [stop.key for stop in roadbook.plan.days[4].stops]
    assert "Reverse Fri" in roadbook.done("week", "reverse", "Fri", *IN_WEEK)
    assert [stop.key for stop in roadbook.plan.days[4].stops] == keys[::-1]


def test_a_day_is_put_in_order(roadbook: Roadbook):
    keys = [stop.key for stop in roadbook.plan.days[1].stops]
    assert "Nothing changed" in roadbook.done("week", "order", "Tue", *keys, *IN_WEEK)
    assert roadbook.labels == ["Plan week 49"]
    assert "not an order of the visits of Tue" in roadbook.told("week", "order", "Tue", *keys[1:], *IN_WEEK)


def test_a_visit_is_locked_and_unlocked(roadbook: Roadbook):
    stop = visits(roadbook.plan.days[1])[0]
    assert "care, locked" in roadbook.done("week", "lock", stop.key, *IN_WEEK).replace(stop.kind.value, "care")
    assert "locked; unlock it first" in roadbook.told("week", "move", stop.key, "Wed", *IN_WEEK)
    assert "locked; unlock it first" in roadbook.told("week", "remove", stop.key, *IN_WEEK)
    assert "time locked" in roadbook.done("week", "lock", stop.key, "--time", *IN_WEEK)
    assert "locked" not in roadbook.done("week", "unlock", stop.key, *IN_WEEK).split("Unlock")[0]
    assert [label.split()[0] for label in roadbook.labels] == ["Unlock", "Lock", "Lock", "Plan"]


def test_the_order_of_a_day_is_kept_and_let_go_of(roadbook: Roadbook):
    assert "order kept" in roadbook.done("week", "keep-order", "Fri", *IN_WEEK)
    before = [stop.key for stop in roadbook.plan.days[4].stops]
    roadbook.done("plan", *IN_WEEK, *QUICK)
    assert [stop.key for stop in roadbook.plan.days[4].stops if stop.key in before] == before
    assert "order kept" not in roadbook.done("week", "keep-order", "Fri", "--off", *IN_WEEK)


def test_the_best_day_is_a_table_and_data(roadbook: Roadbook):
    stop = visits(roadbook.plan.days[2])[0]
    best = ("week", "best", str(stop.account_id), "--from", "2026-11-30")
    assert "planned here" in roadbook.done(*best)
    days = roadbook.data(*best)
    assert len(days) == 10
    assert [day["day"] for day in days if day["text"] == "planned here"] == ["2026-12-02"]
    assert all((day["start_s"] is None) == (day["detour_s"] is None) == bool(day["text"] not in ("", "planned here")) for day in days)


def test_who_still_fits_is_told_with_the_day(roadbook: Roadbook):
    out = visits(roadbook.plan.days[1])[-1]
    roadbook.done("week", "remove", out.key, *IN_WEEK)
    fits = roadbook.data("week", "gaps", "--most", "3", *IN_WEEK)
    assert 1 <= len(fits) <= 3
    assert {fit["day"] for fit in fits} <= {day.day.isoformat() for day in roadbook.plan.days}
    printed = roadbook.done("week", "gaps", *IN_WEEK)
    assert fits[0]["title"].split()[0] in printed
    assert "Tue " in printed


def test_the_robustness_of_a_week_is_told_visit_by_visit(roadbook: Roadbook):
    printed = roadbook.done("week", "robustness", *IN_WEEK)
    assert "Monday: back in time" in printed
    assert "kept with a chance of" in printed
    found = roadbook.data("week", "robustness", *IN_WEEK)
    assert 0 <= found["chance"] <= 1
    assert [stop["key"] for stop in found["stops"]] == [stop.key for day in roadbook.plan.days for stop in day.stops]


def test_why_an_account_is_in_and_why_another_is_not(roadbook: Roadbook):
    stop = visits(roadbook.plan.days[2])[0]
    told = roadbook.data("why", stop.key, *IN_WEEK)
    assert (told["name"], told["left_out"], told["planned"][0]["day"]) == (stop.title, None, "2026-12-02")
    assert sum(term["points"] for term in told["terms"]) == pytest.approx(told["value"], abs=0.1)
    assert "Planned for Wednesday" in roadbook.done("why", str(stop.account_id), *IN_WEEK)
    left = next(left for left in roadbook.plan.left_out if left.reason.value == "no room")
    told = roadbook.data("why", str(left.account_id), *IN_WEEK)
    assert told["left_out"] == {"reason": "no room", "text": left.text}
    assert len(told["days"]) == 5
    assert "Not in the plan: " in roadbook.done("why", str(left.account_id), *IN_WEEK)


def test_the_rest_of_a_day_is_replanned(roadbook: Roadbook):
    plan = roadbook.data("replan", "--now", "2026-12-01 10:30", "--cancel", visits(roadbook.plan.days[1])[-1].key)
    assert (plan["week"], plan["missed"]) == ("2026-W49", [])
    printed = roadbook.done("replan", "--now", "2026-12-01T11:00", "--only-planned")
    assert "Tuesday Dec 1" in printed
    assert printed.strip().endswith("Re-plan Tuesday from 11:00.")
    assert roadbook.labels[:2] == ["Re-plan Tuesday from 11:00", "Re-plan Tuesday from 10:30"]


def test_who_can_be_seen_in_the_time_that_came_free(roadbook: Roadbook):
    out = visits(roadbook.plan.days[1])[-1]
    roadbook.done("week", "remove", out.key, *IN_WEEK)
    fits = roadbook.data("gap", "--now", f"2026-12-01 {out.arrive_s // 3600}:{out.arrive_s % 3600 // 60:02d}", "--here", "home")
    assert all(fit["day"] == "2026-12-01" and fit["start_s"] >= out.arrive_s - 60 for fit in fits)
    assert "Nobody fits there." in roadbook.done("gap", "1", "--now", "2026-12-01 12:00")


def test_a_week_is_planned_with_days_ends_a_block_and_slack(roadbook: Roadbook):
    ends = ("--days", "Wed-Sat", "--start", "Sat=office", "--start", "Thu=last stop", "--end", "Wed=last stop")
    printed = roadbook.done(
        "plan", "--week", "2026-W50", *QUICK, *ends, "--block", "Dana=150", "--coach", "Tom=30", "--coach-at", "office", "--slack"
    )
    assert "Saturday Dec 12" in printed
    assert "Leave Office" in printed
    assert "Ends at" in printed
    assert "support: Dana Whitfield" in printed
    assert "One-on-one: Tom Kessler" in printed
    assert "Monday" not in printed
    both = roadbook.data("plan", "--week", "2026-W50", "--weeks", "2", *QUICK)
    assert [plan["week"] for plan in both] == ["2026-W50", "2026-W51"]


def test_a_team_is_listed_and_its_hours_and_calendars_are_kept(roadbook: Roadbook, tmp_path: Path):
    assert "Change the working hours of Priya Raman" in roadbook.done("team", "hours", "priya", "Mo-Th 09:00-16:00")
    assert {rep["name"]: rep["hours"] for rep in roadbook.data("team", "list")}["Priya Raman"] == "Mo-Th 09:00-16:00"
    assert "08:00-18:00 (usual)" in roadbook.done("team", "list")
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "SUMMARY:Training")
    (tmp_path / "p.ics").write_text(
        "\r\n".join((*lines, "DTSTART:20261201T140000Z", "DTEND:20261201T150000Z", "END:VEVENT", "END:VCALENDAR", ""))
    )
    assert roadbook.done("team", "calendar", "Priya", str(tmp_path / "p.ics")).strip().endswith("1 appointment.")


def test_a_wish_is_set_shown_and_forgotten(roadbook: Roadbook):
    stop = visits(roadbook.plan.days[2])[0]
    wish = ("accounts", "wish", str(stop.account_id))
    told = roadbook.done(*wish, "--boost", "20", "--days", "Tue, Thu", "--by", "2026-12-10", "--must")
    assert told.strip() == f"{stop.title}: a visit without fail; by Dec 10, 2026; only Tue, Thu; +20 points."
    assert roadbook.done(*wish, "--no-must", "--by", "", "--days", "").strip() == f"{stop.title}: +20 points."
    assert roadbook.data(*wish)["boost"] == 20
    assert roadbook.done(*wish, "--clear", "--every", "30").strip() == f"{stop.title}: every 30 days."
    assert roadbook.done(*wish, "--every", "0").strip() == f"{stop.title}: nothing beyond what its file says."


def test_a_setting_is_shown_as_it_is_kept(roadbook: Roadbook):
    assert roadbook.done("settings", "set", "nights", "Mon-Thu").strip() == "Nights away may be: Mon-Thu"
    assert roadbook.done("settings", "set", "nights", "").strip() == "Nights away may be: empty"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("week", "move", "Xanadu", "Wed", *IN_WEEK), "No account is called “Xanadu”"),
        (("week", "move", "", "Wed", *IN_WEEK), "No visit is named"),
        (("week", "move", "1", "Funday", *IN_WEEK), "“Funday” is not a day"),
        (("week", "move", "1", "Sat", *IN_WEEK), "Its days are Mon, Tue, Wed, Thu, Fri"),
        (("week", "reverse", "Mon-Tue", *IN_WEEK), "not one day of this plan"),
        (("week", "remove", "staff meeting", *IN_WEEK), "an appointment of your calendar"),
        (("week", "gaps", "--week", "2026-W52"), "not planned yet"),
        (("week", "best", "Xanadu"), "No account is called “Xanadu”"),
        (("week", "best", "1", "--from", "next"), "“next” is not a day"),
        (("why", "Xanadu", *IN_WEEK), "No account is called “Xanadu”"),
        (("replan", "--now", "later"), "“later” is not a day and time"),
        (("replan", "--now", "2026-12-05 10:00"), "Saturday Dec 5 is not part of the plan"),
        (("gap", "--now", "2026-12-01 10:00", "--here", "1 Nowhere Lane"), "not in the road pack"),
        (("plan", "--days", "Mon-Fun"), "“Mon-Fun” names no weekdays"),
        (("plan", "--days", ","), "names no weekdays"),
        (("plan", "--start", "Wed"), "does not say where"),
        (("plan", *QUICK, "--week", "2026-W50", "--start", "Sun=office"), "Sunday is not among the days"),
        (("plan", "--block", "Nobody"), "No rep is called “Nobody”"),
        (("plan", "--coach", "Tom=1"), "does not say how long"),
        (("plan", *QUICK, "--nights", "Tue"), "no hotel"),
        (("team", "hours", "Priya", "nine to five"), "cannot be read"),
        (("team", "calendar", "Priya", "none.ics"), "none.ics could not be opened"),
        (("accounts", "wish", "1", "--boost", "500"), "500 points cannot be given"),
        (("accounts", "wish", "1", "--by", "soon"), "“soon” is not a day"),
        (("log", "1", "--day", "soon"), "“soon” is not a day"),
        (("settings", "set", "working_days", "Funday"), "weekdays such as Mon-Fri"),
    ],
)
def test_bad_input_is_told_plainly_and_keeps_nothing(roadbook: Roadbook, arguments: tuple[str, ...], what: str):
    assert what in roadbook.told(*arguments)
    assert roadbook.labels == ["Plan week 49"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("week", "gaps", "--most", "0"),
        ("gap", "0"),
        ("week", "move", "1", "Wed", "--at", "0"),
        ("plan", "--weeks", "5"),
        ("plan", "--coach-at", "the moon"),
    ],
)
def test_numbers_out_of_bounds_are_refused(roadbook: Roadbook, arguments: tuple[str, ...]):
    assert "Invalid value" in roadbook.told(*arguments)


def test_accounts_of_the_same_name_are_told_apart_by_their_street(roadbook: Roadbook):
    first, second = list_accounts(roadbook.workspace)[:2]
    with roadbook.workspace.writing("Test") as db:
        db.execute("UPDATE accounts SET name = 'Weis' WHERE id IN (?, ?)", [first.id, second.id])
    told = roadbook.told("accounts", "wish", "weis", "--must")
    for account in (first, second):
        assert f"Weis, {account.address.street} (number {account.id})" in told
