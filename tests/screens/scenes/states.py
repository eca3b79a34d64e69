"""What the board, the map, the list and the settings show now and then, over the sample territory; nothing of it is kept."""

from itertools import product

from PySide6.QtCore import QPointF
from scene import LARGE, SMALL, Scene
from stage import Stage

from planner.model.places import NamedPlace
from planner.model.week import Lock, WeekPlan
from planner.settings import ONLINE, Settings
from planner.usecases.week_conflicts import Conflict
from planner.values import replace
from scenes.pages import LIGHT, at
from ui.hints.table import HINTS
from ui.week.board_layout import HOUR_S, Piece

BOTH = (LARGE, SMALL)


def show_on_board(stage: Stage, plan: WeekPlan) -> None:
    """Show a plan on the board alone."""
    at("week")(stage)
    stage.settle()
    stage.window.week.board.show_plan(plan, stage.desk.units)
    stage.window.week.board.select(stage.desk.selected)


def hotel(stage: Stage) -> None:
    """The night after Wednesday in a hotel, where Thursday begins."""
    plan = stage.desk.plan
    inn = NamedPlace("Tamarack River Inn", plan.days[2].stops[-1].place)
    days = list(plan.days)
    days[2] = replace(days[2], end=inn, away=True, last_drive_s=240, last_drive_m=2_600)
    days[3] = replace(days[3], start=inn)
    show_on_board(stage, replace(plan, days=tuple(days)))


def locks(stage: Stage) -> None:
    """Every third visit held on its day, the one after it at its time, and the order of Thursday kept."""
    plan = stage.desk.plan
    held = (Lock.DAY, Lock.TIME, Lock.NONE)
    days = [
        replace(day, stops=tuple(replace(stop, lock=held[number % 3]) for number, stop in enumerate(day.stops)), keep_order=index == 3)
        for index, day in enumerate(plan.days)
    ]
    show_on_board(stage, replace(plan, days=tuple(days)))


def conflicts(stage: Stage) -> None:
    """Two visits and a day that something does not hold for, the first of them told."""
    show_on_board(stage, stage.desk.plan)
    week = stage.window.week
    cards = [
        next(card for card in week.board.cards if card.day == day and card.piece is Piece.VISIT and card.number == 2) for day in (1, 3)
    ]
    texts = ("You would arrive 12 min late.", "It starts at 8:39, but can only start at 13:00–16:30 on Thu.")
    found = [Conflict(card.day, card.key, card.title, text) for card, text in zip(cards, texts, strict=True)]
    week._show_conflicts((*found, Conflict(4, "", "Fri", "The day ends at 18:20, but is to end at 17:45.")))
    week.board.pick(cards[0])
    week.board.tell(found[0].title, found[0].text)


def drag(*, fits: bool):
    """A visit of today over a place of another day where it fits, or where it does not."""

    def arrange(stage: Stage) -> None:
        at("week")(stage)
        stage.settle()
        week = stage.window.week
        board, scale = week.board, week.board.scale
        card = next(card for card in board.cards if card.day == 1 and card.number == 2)
        week.drag.begin(card.key, card.account_id)
        while week.drag.tries.look_further():
            pass
        day, time_s = next(
            (day, half * HOUR_S // 2)
            for day, half in product((4, 3, 2, 1, 0), range(17, 30))
            if (trial := week.drag.tries.at(day, half * HOUR_S // 2)).fits == fits and (trial.changes or not fits)
        )
        board.verticalScrollBar().setValue(max(0, round(scale.y_of(time_s) - board.viewport().height() / 3)))
        x = scale.x_of(day) + scale.column_px / 2
        week.drag.over(QPointF(x, scale.y_of(time_s) + board.header_px - board.verticalScrollBar().value()))

    return arrange


def free_time(stage: Stage) -> None:
    at("week")(stage)
    stage.settle()
    stage.window.week.free_time.choose(stage.window.week.free_time.reps[0])


def zoomed(stage: Stage) -> None:
    at("week")(stage)
    stage.settle()
    stage.window.week.board.set_hour_px(120.0)


def hover_card(stage: Stage) -> None:
    at("week")(stage)
    stage.settle()
    stage.window.tools.card.show_account(stage.desk.selected)


def layer(page: str, **chosen: bool):
    """A page with layers of the map."""

    def arrange(stage: Stage) -> None:
        at(page)(stage)
        stage.settle()
        layers = stage.window.layers
        layers.choose(replace(layers.choice, **chosen))
        stage.settle()
        if not chosen.get("heat"):
            stage.window.map.show_all()

    return arrange


def polygon(stage: Stage) -> None:
    """An area of five corners, closed, with its handles."""
    at("week")(stage)
    stage.settle()
    stage.act("tool-polygon")
    tool, room = stage.window.tools.box.polygon, stage.window.map.rect()
    for across, down in ((0.3, 0.3), (0.5, 0.18), (0.72, 0.42), (0.62, 0.8), (0.34, 0.7)):
        tool.click(QPointF(room.width() * across, room.height() * down), free=True)
    tool.double_click(QPointF())


def hint(page: str, name: str):
    """A hint on a page."""

    def arrange(stage: Stage) -> None:
        at(page)(stage)
        stage.settle()
        told = next(each for each in HINTS if each.id == name)
        stage.window.hints.card.tell(told.text, told.edge)

    return arrange


def grouped(stage: Stage) -> None:
    at("accounts")(stage)
    stage.settle()
    stage.window.accounts.group_by("stage")
    stage.settle()
    stage.window.accounts.table.scrollToTop()


def several_chosen(stage: Stage) -> None:
    at("accounts")(stage)
    stage.settle()
    accounts = stage.window.accounts
    accounts.table.choose([row.account.id for row in accounts.model.shown_rows[1:6]])
    accounts.table.scrollToTop()


def settings_group(name: str):
    """The settings scrolled to a group."""

    def arrange(stage: Stage) -> None:
        stage.turn_to("settings")
        stage.settle()
        page = stage.window.settings_page.page
        stage.settle()
        page.show_group(name)
        page.scroll.setFocus()

    return arrange


def large(page: str):
    """A page with its text a quarter larger."""

    def arrange(stage: Stage) -> None:
        stage.theme.size_text(125)
        at(page)(stage)
        if page == "settings":
            settings_group(next(iter(GROUPS.values())))(stage)

    return arrange


def written(page: str, **formats: str):
    """A page with times, dates and numbers written otherwise."""

    def arrange(stage: Stage) -> None:
        at(page)(stage)
        stage.settle()
        stage.window._use_formats(Settings({**stage.desk.settings.values, **formats}))
        stage.settle()
        at(page)(stage)

    return arrange


GROUPS = {"nights": "Nights away", "value": "Value of a visit", "planning": "Planning", "formats": "Units, dates and numbers"}
GROUPS |= {"online": ONLINE}
SCENES = (
    Scene("week-hotel", hotel, BOTH),
    Scene("week-conflicts", conflicts, BOTH),
    Scene("week-locks", locks),
    Scene("week-drag-fits", drag(fits=True), BOTH),
    Scene("week-drag-refused", drag(fits=False)),
    Scene("week-free-time", free_time),
    Scene("week-zoomed", zoomed),
    Scene("week-hover-card", hover_card),
    Scene("week-zip-areas", layer("week", zips=True)),
    Scene("week-heat", layer("week", heat=True)),
    Scene("week-polygon", polygon),
    Scene("week-hint", hint("week", "drag a card")),
    Scene("today-hint", hint("today", "press D"), themes=LIGHT),
    Scene("accounts-grouped", grouped, BOTH),
    Scene("accounts-chosen", several_chosen, BOTH),
    *(Scene(f"settings-{name}", settings_group(group)) for name, group in GROUPS.items()),
    *(Scene(f"{page}-large-text", large(page), BOTH) for page in ("week", "today", "accounts", "settings")),
    *(Scene(f"{page}-12-hours", written(page, clock="12 hours")) for page in ("week", "today")),
    *(Scene(f"{page}-german", written(page, formats="de_DE", clock="24 hours")) for page in ("week", "accounts", "reports")),
)
