"""The pages over the sample territory, with what unfolds, opens and lies over them."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QToolButton
from scene import LARGE, SMALL, Scene
from stage import Stage, popup

from ui.options import FOOTPRINT, PAGES

BOTH = (LARGE, SMALL)
LIGHT = ("light",)
"""For what differs from other pictures by what lies over the page only."""


def on_a_stop(stage: Stage) -> None:
    """Select the first account that is planned for today, else of the week."""
    plan = stage.desk.plan
    stops = [stop for day in (plan.days[1:] if plan else ()) for stop in day.stops if stop.account_id is not None]
    stage.desk.select(stops[0].account_id if stops else None)


def at(page: str):
    """Turn to a page with a planned account selected."""

    def arrange(stage: Stage) -> None:
        on_a_stop(stage)
        stage.turn_to(page)

    return arrange


def report(number: int):
    """A tab of the reports."""

    def arrange(stage: Stage) -> None:
        stage.turn_to("reports")
        stage.window.reports.page.tabs.show_tab(number)

    return arrange


def today_unfolded(stage: Stage) -> None:
    """Today with all that folds out, and who is near."""
    stage.turn_to("today")
    stage.settle()
    page = stage.window.today_page.page
    if page.coming is not None and not page._unfolded:
        page.coming.buttons["R"].click()
    stage.settle()
    if page.coming is not None and page._near is None:
        page.buttons["W"].click()


def today_alone(stage: Stage) -> None:
    """Today in large type, without the window around it."""
    stage.turn_to("today")
    stage.act("full-screen")


def two_weeks(stage: Stage) -> None:
    at("week")(stage)
    stage.window.week.show_two_weeks(two=True)


def week_without_panels(stage: Stage) -> None:
    at("week")(stage)
    for panel in ("left", "details"):
        stage.act(f"panel-{panel}")


def week_after(page: str):
    """A page in the next week, which is not planned."""

    def arrange(stage: Stage) -> None:
        stage.turn_to(page)
        stage.act("next-week")

    return arrange


def accounts_filtered(stage: Stage) -> None:
    at("accounts")(stage)
    stage.window.accounts.search.setText("dental")


def accounts_none(stage: Stage) -> None:
    at("accounts")(stage)
    stage.window.accounts.search.setText("no such account")


def layers(stage: Stage) -> None:
    at("accounts")(stage)
    stage.settle()
    stage.act("map-layers")


def tool(name: str):
    """A tool of the map taken up."""

    def arrange(stage: Stage) -> None:
        at("week")(stage)
        stage.act(name)

    return arrange


def near(stage: Stage) -> None:
    at("week")(stage)
    account = stage.desk.accounts[stage.desk.selected]
    stage.window.tools.near(account.place)


def reach(stage: Stage) -> None:
    at("week")(stage)
    stage.window.layers.reach.show_reach(stage.desk.accounts[stage.desk.selected].place, 15)


def palette(text: str):
    """The search over the window."""

    def arrange(stage: Stage) -> None:
        at("week")(stage)
        stage.act("find")
        stage.window.command_palette.panel.field.setText(text)

    return arrange


def header_menu(number: int):
    """A menu of the header."""

    def arrange(stage: Stage) -> None:
        at("week")(stage)
        buttons = [
            each for kind in (QPushButton, QToolButton) for each in stage.window.header.findChildren(kind) if each.menu() is not None
        ]
        popup(stage, buttons[number].menu(), buttons[number])

    return arrange


def more_menu(number: int):
    """A menu within the second menu of the header."""

    def arrange(stage: Stage) -> None:
        header_menu(1)(stage)
        menu = stage.window.header.more.menu()
        menu.setActiveAction(menu.actions()[number])
        inside = menu.actions()[number].menu()
        inside.popup(menu.mapToGlobal(menu.actionGeometry(menu.actions()[number]).topRight()))

    return arrange


def account_menu(stage: Stage) -> None:
    """The menu of an account on the list of what is left out."""
    at("week")(stage)
    stage.settle()
    view = stage.window.left_out.view
    rect = view.visualRect(view.model().index(1, 0))
    view.setCurrentIndex(view.model().index(1, 0))
    menu = _menus(stage)
    menu.open(stage.desk.selected, view.viewport().mapToGlobal(rect.center()))


def _menus(stage: Stage):
    from ui.visits.menus import AccountMenus

    return stage.window.findChild(AccountMenus) or next(each for each in stage.window.map.children() if isinstance(each, AccountMenus))


def place_menu(stage: Stage) -> None:
    at("week")(stage)
    stage.settle()
    menus = _menus(stage)
    place = stage.desk.accounts[stage.desk.selected].place
    menus._on_map(None, place, stage.window.map.mapToGlobal(QPoint(120, 60)))


def planning(stage: Stage) -> None:
    at("week")(stage)
    header = stage.window.header
    header.show_planning(planning=True)
    header.progress.begin()
    header.progress.show_progress(0.42, "Planning week 49")
    header.progress.show_value(1890)


def footprint_way(number: int):
    """Another way to the roads."""

    def arrange(stage: Stage) -> None:
        stage.turn_to(FOOTPRINT)
        stage.window.footprint.tabs[number].click()

    return arrange


def alarm(stage: Stage) -> None:
    at("week")(stage)
    stage.window.banner.tell("The data is damaged. Go back to a good backup before you go on.")


SCENES = (
    *(Scene(page, at(page), BOTH) for page in (*PAGES, FOOTPRINT)),
    Scene("footprint-area", footprint_way(1)),
    Scene("footprint-files", footprint_way(2)),
    Scene("reports-mileage", report(1), BOTH),
    Scene("reports-funnel", report(2), BOTH),
    Scene("reports-trips", report(0), themes=LIGHT),
    Scene("today-next-week", week_after("today"), themes=LIGHT),
    Scene("today-alone", today_alone),
    Scene("today-unfolded", today_unfolded, BOTH),
    Scene("week-two", two_weeks, BOTH),
    Scene("week-wide", week_without_panels),
    Scene("week-account-menu", account_menu),
    Scene("week-place-menu", place_menu, themes=LIGHT),
    Scene("week-alarm", alarm, BOTH),
    Scene("week-lasso", tool("tool-lasso"), themes=LIGHT),
    Scene("week-measure", tool("tool-measure"), themes=LIGHT),
    Scene("week-near", near, themes=LIGHT),
    Scene("week-reach", reach, themes=LIGHT),
    Scene("week-planning", planning, themes=LIGHT),
    Scene("palette", palette("")),
    Scene("palette-found", palette("bak")),
    Scene("palette-nothing", palette("zzqx"), themes=LIGHT),
    Scene("menu-first", header_menu(0), themes=LIGHT),
    Scene("menu-second", header_menu(1), themes=LIGHT),
    *(Scene(f"menu-more-{name}", more_menu(number), themes=LIGHT) for number, name in enumerate(("file", "edit", "plan", "view", "help"))),
    Scene("accounts-filtered", accounts_filtered, BOTH),
    Scene("accounts-none", accounts_none),
    Scene("accounts-layers", layers, themes=LIGHT),
    Scene("week-not-planned", week_after("week"), BOTH),
    Scene("reports-not-planned", week_after("reports"), themes=LIGHT),
)
