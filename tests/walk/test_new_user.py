"""A new user's first hour: from an empty folder to a week on the road, by mouse and keyboard only.

It needs the real data beside the project, and Xvfb, xdotool and an accessibility bus; it is left out where one is lacking.
Pictures of every step, and what each step took, are in build/walk/.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from board import Card, cards
from kept import (
    every_step_can_be_read,
    her_days_begin_and_end,
    the_book_is_kept,
    the_map_holds_the_week,
    the_visit_is_kept,
    the_week_is_kept,
)
from openpyxl import Workbook
from reader import ScreenReader
from screen import Screen, lacking
from user import Step, User

from planner.usecases.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "walk"
HOME = "2030 N Atherton St, State College, PA 16803"
OFFICE = "403 S Allen St, State College, PA 16801"
NOTE = "Spoke with the owner, wants a quote"
NEXT_STEP = "Send the proposal"
FILES = ("accounts.csv", "opportunities.csv", "activities.csv", "billing.txt", "calendar.ics", "reps.xlsx")
TWO_OF_A_NAME = "Mid-State Literacy Council"
AT_THE_EDGE_PX = 80
"""So near the foot of the board a card that is dragged scrolls it."""
MONDAY = datetime(2026, 11, 30, 14, tzinfo=UTC)
WINDOW = """
import sys, time_machine
from datetime import datetime
time_machine.travel(datetime.fromisoformat(sys.argv.pop(1))).start()
from ui.__main__ import main
sys.exit(main())
"""
"""The window, opened at a moment: that of the tests."""
LONG_S = 300.0
"""So long what may take a while may take on a busy machine: building roads, reading six files, planning a week."""


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """A Monday morning of a week without a holiday: on Thanksgiving many are closed, and few visits can be moved to where another was."""
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def documents(shared_data: Path, tmp_path: Path) -> Path:
    """Her folder with the six files; the list of reps is a workbook, as Excel leaves it."""
    folder = tmp_path / "Documents"
    shutil.copytree(shared_data / "accounts" / "state-college", folder, ignore=shutil.ignore_patterns("truth.csv", "reps.csv"))
    book = Workbook()
    for line in (shared_data / "accounts" / "state-college" / "reps.csv").read_text(encoding="utf-8-sig").splitlines():
        book.active.append(line.split(","))
    book.save(folder / "reps.xlsx")
    return folder


@pytest.fixture
def user(shared_data: Path, tmp_path: Path) -> Iterator[User]:
    """Somebody before a screen with nothing on it."""
    if missing := lacking():
        pytest.skip(f"{missing} is not installed: a real keyboard and mouse need it")
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    folder = tmp_path / "screen"
    folder.mkdir()
    screen = Screen(folder)
    try:
        reader = ScreenReader(screen.bus)
        made = User(screen, reader, PICTURES)
        yield made
        reader.close()
    finally:
        screen.close()
    (PICTURES / "steps.txt").write_text(_table(made.steps), encoding="utf-8")


@pytest.mark.timeout(1500)
def test_a_new_user_comes_from_nothing_to_a_week_on_the_road(user: User, shared_data: Path, documents: Path, tmp_path: Path):
    home = tmp_path / "home"
    now = datetime.now(UTC).isoformat()
    roadbook = user.screen.start([sys.executable, "-c", WINDOW, now, "--home", str(home)], tmp_path / "window.log", ROOT)

    user.sees("Welcome to Roadbook")
    user.done("welcome")
    say_where_the_days_begin(user)
    get_the_roads(user, shared_data / "osm" / "state-college.osm.pbf")
    import_the_files(user, documents)
    settle_the_duplicates(user)
    settle_a_place(user)
    plan_the_week(user)
    moved = move_a_visit(user)
    lock_undo_redo(user, moved)
    visited = log_a_visit(user)
    check_before_leaving(user)
    look_at_the_history(user, moved, visited)
    user.press("ctrl+q")
    assert roadbook.wait(60) == 0
    assert "Traceback" not in (tmp_path / "window.log").read_text(encoding="utf-8")

    with open_workspace(home) as workspace:
        plan = the_week_is_kept(workspace, moved)
        her_days_begin_and_end(workspace, HOME, OFFICE)
        the_book_is_kept(workspace, TWO_OF_A_NAME)
        the_visit_is_kept(workspace, visited, NOTE, NEXT_STEP)
        every_step_can_be_read(workspace, moved, visited)
    the_map_holds_the_week(home / "exports" / f"{plan.week}.html", plan)


def say_where_the_days_begin(user: User):
    user.click("Set up your week…")
    user.fill("Home", HOME)
    user.press("Tab")
    user.write(OFFICE)
    user.press("Tab")
    user.sees("Undo change Office")
    user.done("you-and-your-week")


def get_the_roads(user: User, extract: Path):
    user.click("Next: Get the map of your area…", "push button")
    user.click("Files here")
    user.click("Choose extracts…")
    user.sees("Extracts of OpenStreetMap", "dialog")
    user.write(str(extract))
    user.done("choosing-an-extract")
    user.press("Return")
    user.sees(re.compile(rf"^{re.escape(extract.name)}, "), "list item")
    user.done("an-extract-chosen")
    user.click("Start")
    user.sees(re.compile("^Reading the extract|^Building"))
    user.done("roads-being-built")
    user.sees("“State College” is ready", within_s=LONG_S)
    user.done("roads-ready")


def import_the_files(user: User, documents: Path):
    user.press("space")  # Import has the keyboard now
    user.sees("Import", "dialog")
    user.write(str(documents))
    user.press("Return")
    user.wait(lambda: user.sees("File name:", "text").text() == "", "the folder is open")
    user.write(" ".join(f'"{name}"' for name in FILES))
    user.press("Return")
    for name in FILES:
        user.sees(re.compile(rf"^{re.escape(name)}\b.*Ready$"), "list item", LONG_S)
    user.done("files-read")
    user.click("Next")
    user.click(re.compile(r"^\d+ problems$"), "check box", LONG_S)
    user.sees("Problems", "table")
    user.done("problems-told")
    user.click("Import", "push button")
    user.sees("990 accounts added", within_s=LONG_S)
    user.done("imported")


def settle_the_duplicates(user: User):
    """Two of a name at one address are two councils; all others are one account each."""
    user.click(re.compile(r"^Look at \d+ possible duplicates$"))
    user.sees("25 possible duplicates", "label")
    for _ in range(25):
        if len([each for each in user.looks(TWO_OF_A_NAME, "label") if each.box[1] < 200]) == 2:
            break
        user.press("Down")
    user.press("n")
    user.sees("24 possible duplicates", "label")
    user.done("two-kept-apart")
    user.click("Merge all 24 as proposed…")
    user.click("Merge 24 pairs", "push button")
    user.sees(re.compile("^24 pairs merged"), within_s=LONG_S)
    user.done("duplicates-merged")
    close(user, "Possible duplicates")


def settle_a_place(user: User):
    user.click(re.compile(r"^\d+ places to check$"), "push button")
    before = how_many(user.sees(re.compile(r"^\d+ places to check$"), "label").name)
    user.click(re.compile("^A: "), "push button")
    user.press("Return")
    user.sees(f"{before - 1} places to check", "label")
    user.done("a-place-settled")
    close(user, "Places to check")


def plan_the_week(user: User):
    user.sees("This week is not planned yet")  # the first accounts have led to the week
    user.press("ctrl+Return")
    user.sees(re.compile(r"^Undo plan week \d+$"), within_s=LONG_S)
    user.sees("Week board")
    user.done("week-planned")


def move_a_visit(user: User) -> str:
    """Take a visit of the last day out, and drag one of another day to its place; returns the name of the one that moved."""
    board = user.sees("Week board")
    lowest = board.box[1] + board.box[3] - AT_THE_EDGE_PX
    shown = seen_cards(user)
    free = [card for card in shown if card.day == shown[-1].day and card.grip[1] < lowest][-1]
    user.click_at(free.grip)
    user.sees("ACCOUNT")
    user.press("Delete")
    user.sees(re.compile("^Undo take .* out$"))
    user.done("a-visit-taken-out")
    others = [card for card in seen_cards(user) if card.day != free.day and card.grip[1] < lowest]
    for card in sorted(others, key=lambda card: (card.kind != free.kind, -card.top)):
        user.drag(card.grip, free.grip, lambda: user.keep_picture("dragging"))
        if moved := moved_to(user):
            user.done("a-visit-moved")
            return moved
    pytest.fail("No visit could be dragged to where one had been taken out")


def moved_to(user: User) -> str:
    """The name of the visit that was moved last; "" when it does not fit there and stays where it was, which takes some looking to know."""
    for _ in range(8):
        if said := user.look(re.compile("^Undo move ")):
            return re.fullmatch(r"Undo move (.*) to .*", said.name)[1]
    return ""


def lock_undo_redo(user: User, moved: str):
    user.press("l")
    user.sees(re.compile(f"^Undo lock to .*{re.escape(moved)}$"))
    user.done("locked")
    user.press("ctrl+z")
    user.sees(re.compile(f"^Undo move {re.escape(moved)} "))
    user.press("ctrl+z")
    user.sees(re.compile("^Undo take .* out$"))
    user.done("undone")
    user.press("ctrl+shift+z")
    user.sees(re.compile(f"^Undo move {re.escape(moved)} "))
    user.press("ctrl+y")
    user.sees(re.compile(f"^Undo lock to .*{re.escape(moved)}$"))
    user.done("redone")


def log_a_visit(user: User) -> str:
    """In the car park, from Today; on a day without visits, from the account that is selected. Returns the name of the account."""
    user.press("ctrl+1")
    user.sees(re.compile(r"^\w+day, \w+ \d+$"), "label")
    user.done("today")
    if user.look(re.compile("^Log the visit at ")):
        user.click(re.compile("^Log the visit at "))
    else:
        user.press("ctrl+l")
    user.sees("Log visit", "dialog")
    user.click("Met", "check box")
    user.fill("Note", NOTE)
    user.fill("Next step", NEXT_STEP)
    user.click("+1 week")
    user.done("a-visit-being-logged")
    user.click("Log visit", "push button")
    said = user.sees(re.compile("^Undo log visit: "))
    user.done("a-visit-logged")
    return said.name.removeprefix("Undo log visit: ")


def check_before_leaving(user: User):
    user.press("ctrl+shift+l")
    user.sees(re.compile("things? to look at$"), "label", LONG_S)
    user.done("before-leaving")
    for button, written in (("Write the map…", "route map"), ("Write the calendar…", "calendar")):
        user.click(button)
        user.sees("Export the week", "dialog")
        user.press("Return")
        user.sees(re.compile(f"^Good. Exports: The {written} "), "label", LONG_S)
    user.done("ready-to-leave")
    close(user, "Before leaving")


def look_at_the_history(user: User, moved: str, visited: str):
    user.press("ctrl+h")
    user.sees("What was done", "table")
    user.sees(f"Log visit: {visited}", "cell")
    user.sees(re.compile(f"^Move {re.escape(moved)} to "), "cell")
    user.done("history")
    close(user, "History")


def close(user: User, dialog: str):
    user.click("Close", "push button")
    user.no_longer_sees(dialog, "dialog")


def seen_cards(user: User) -> list[Card]:
    """The cards on the board once they rest."""
    seen: list[list[Card]] = [[]]

    def rest() -> list[Card]:
        before, now = seen[0], cards(user.screen.picture(), user.sees("Week board").box)
        seen[0] = now
        return now if now == before else []

    return user.wait(rest, "the cards of the week rest")


def how_many(text: str) -> int:
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def _table(steps: list[Step]) -> str:
    lines = [f"{'step':28}{'seconds':>8}{'clicks':>8}{'keys':>6}{'texts':>7}{'drags':>7}"]
    total = Step("in all", *(sum(values) for values in zip(*((s.seconds, s.clicks, s.keys, s.texts, s.drags) for s in steps), strict=True)))
    lines += [f"{s.name:28}{s.seconds:8.1f}{s.clicks:8}{s.keys:6}{s.texts:7}{s.drags:7}" for s in (*steps, total)]
    return "\n".join(lines) + "\n"
