"""What the tests of the window share: no screen, and a small territory of real use cases over a real store."""

import threading
from datetime import date
from pathlib import Path

import pytest
from gui_steps import BAR_MS, slowness
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, MatchQuality, NamedPlace, PostalAddress
from planner.model.week import DayPlan, LeftOut, Stop, Term, VisitKind, WeekPlan, WhyNot

HOUR = 3600


def pytest_collection_modifyitems(items):
    """Windows without a screen cannot tell a window manager how small they may get, nor come to the front, and say so."""
    for item in (item for item in items if Path(__file__).parent in item.path.parents):
        item.add_marker(pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)", extend=True))


WEEK = IsoWeek(2026, 49)
HOME = NamedPlace("Home", LatLon(40.79, -77.86))


@pytest.fixture(scope="session")
def longest_step_ms():
    """Three times the bar, on a machine like the one it was set on: no test fails for a bad moment; the bench holds to the bar itself."""
    from ui.pages import read_ahead

    read_ahead()  # as the window does soon after its start
    return 3 * BAR_MS * slowness()


@pytest.fixture(autouse=True)
def no_long_step(qapp, longest_step_ms):
    """No event kept the window's thread busy for long."""
    yield
    long = [str(step) for step in qapp.take_steps() if step.took_ms > longest_step_ms]
    assert not long, f"The window stood still: {'; '.join(long)}. The bar is {longest_step_ms:.0f} ms here."


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """No thread of ours works on after a test, and no window stands open."""
    before = set(threading.enumerate())
    yield
    if any(each.isVisible() for each in qapp.topLevelWidgets()):
        QTest.qWait(0)  # what is to be deleted goes with its window
    standing = [type(each).__name__ for each in qapp.topLevelWidgets() if each.isVisible()]
    assert not standing, f"Still in sight: {', '.join(standing)}"
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.name.startswith(("roadbook", "map"))]
    assert not left, f"Still at work: {', '.join(left)}"


@pytest.fixture
def accounts() -> list[Account]:
    """Six accounts; the fifth is doubtful, the sixth has no place."""
    names = ("Uni-Mart HQ", "Yards Leasing", "Torrey Dental", "Pine Hall Office", "Hoag's Catering", "Nowhere & Sons <b>")
    made = []
    for number, name in enumerate(names, start=1):
        placed = number < 6
        made.append(
            Account(
                id=number,
                crm_id=f"001{number:015d}",
                name=name,
                kind=AccountKind.CLIENT if number == 2 else AccountKind.PROSPECT,
                address=PostalAddress(f"{number} Pine Hall Rd", "State College", "PA", "16801"),
                owner="Rep A" if number % 2 else "Rep B",
                tier=Tier.A if number == 1 else Tier.B,
                hours="Mo-Fr 08:00-17:00",
                last_activity=date(2026, 7, number),
                place=LatLon(40.79 + number / 1000, -77.86) if placed else None,
                match_quality=MatchQuality.ROOFTOP if number < 5 else MatchQuality.STREET if placed else MatchQuality.NONE,
                match_doubtful=number == 5,
            )
        )
    return made


@pytest.fixture
def deals(accounts) -> list[Opportunity]:
    """One open deal on the first account."""
    return [Opportunity("006a", accounts[0].crm_id, "Uni-Mart HQ - Fiber", "Proposal", 240_000, 0.75, date(2026, 12, 18), "Rep A")]


@pytest.fixture
def plan(accounts) -> WeekPlan:
    """Monday: two visits with lunch between them. Tuesday: an appointment and a visit. Friday: a call. Two accounts are left out."""

    def stop(number, kind, start, minutes, drive_minutes, value=10.0):
        account = accounts[number - 1]
        return Stop(
            f"account-{number}",
            account.name,
            kind,
            account.place,
            start,
            start,
            start + minutes * 60,
            drive_minutes * 60,
            5000,
            value,
            number,
        )

    monday = DayPlan(
        WEEK.day(0),
        HOME,
        HOME,
        8 * HOUR,
        14 * HOUR + 1800,
        (stop(1, VisitKind.CAPTURE, 9 * HOUR, 60, 60, 44.0), stop(2, VisitKind.CARE, 13 * HOUR, 60, 30, 20.0)),
        1800,
        9000,
        lunch=(12 * HOUR, 12 * HOUR + 1800),
    )
    meeting = Stop("duty-1", "Staff meeting", VisitKind.DUTY, HOME.point, 8 * HOUR, 8 * HOUR + 1800, 9 * HOUR + 1800, 0, 0, mandatory=True)
    tuesday = DayPlan(
        WEEK.day(1), HOME, HOME, 8 * HOUR, 11 * HOUR + 1800, (meeting, stop(3, VisitKind.SUPPORT, 10 * HOUR, 60, 30, 15.0)), 1800, 9000
    )
    empty = [DayPlan(WEEK.day(index), HOME, HOME, 8 * HOUR, 8 * HOUR, (), 0, 0) for index in (2, 3)]
    call = Duty("call", "One-on-one by phone", WEEK.day(4), 15 * HOUR, 16 * HOUR)
    friday = DayPlan(WEEK.day(4), HOME, HOME, 8 * HOUR, 8 * HOUR, (), 0, 0, blocks=(call,))
    left_out = (
        LeftOut("account-4", "Pine Hall Office", VisitKind.CAPTURE, 12.0, WhyNot.NO_ROOM, "No room: Monday is full until 14:30.", 4),
        LeftOut("account-5", "Hoag's Catering", VisitKind.CAPTURE, 31.0, WhyNot.TOO_FAR, "52 min detour for a value of 31.", 5),
        LeftOut("account-6", "Nowhere & Sons <b>", VisitKind.CAPTURE, 3.0, WhyNot.UNPLACED, "The address could not be placed.", 6),
    )
    terms = {"account-1": (Term("Potential 2,400 a month x 75 %", 38.0), Term("Tier A", 6.0))}
    return WeekPlan(WEEK, "America/New_York", (monday, tuesday, *empty, friday), left_out, terms)


@pytest.fixture
def theme(qapp):
    """The light theme."""
    from ui.style import Theme

    return Theme(qapp, "light")


@pytest.fixture
def workspace(tmp_path):
    """An empty workspace."""
    from planner.usecases.workspace import open_workspace

    with open_workspace(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def filled(workspace, accounts, deals, plan):
    """The workspace with the accounts, the deal and the plan, and no road pack."""
    from planner.store.accounts import save_accounts, save_opportunities
    from planner.store.plans import save_plan

    with workspace.writing("Test") as db:
        save_accounts(db, accounts)
        save_opportunities(db, deals)
        save_plan(db, plan, sample=False)
    return workspace


@pytest.fixture
def runner(qapp):
    """A runner whose threads have all ended when the test has."""
    from ui.workers import Runner

    before = set(threading.enumerate())
    made = Runner()
    yield made
    assert made.shut_down()
    left = {thread for thread in set(threading.enumerate()) - before if thread.name.startswith("roadbook")}
    assert not left


@pytest.fixture
def context_of(theme, runner):
    """Makes a context over a workspace, on the week of the plan."""
    from ui.bus import Bus
    from ui.context import AppContext
    from ui.desk import Desk

    def make(workspace):
        bus = Bus()
        return AppContext(workspace, runner, bus, theme, Desk(workspace, runner, bus, WEEK))

    return make


@pytest.fixture
def is_quiet(runner):
    """Says whether no work is under way."""
    return lambda: not runner.jobs


@pytest.fixture
def window_of(qtbot, context_of, is_quiet):
    """Opens the window on a workspace and waits until everything is loaded."""

    from ui.geometry import Geometry
    from ui.main_window import MainWindow

    def open_window(workspace):
        context = context_of(workspace)
        window = MainWindow(context, Geometry(workspace.home))
        qtbot.addWidget(window)
        window.resize(1200, 760)
        window.show()
        window.activateWindow()
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        return window

    return open_window


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Wait longer than pytest-qt does by itself: a shared machine may stand still for seconds, and waiting in vain fails anyway."""
    wait = QtBot.waitUntil

    def wait_until(qtbot, callback, *, timeout=30_000):
        return wait(qtbot, callback, timeout=timeout)

    monkeypatch.setattr(QtBot, "waitUntil", wait_until)
