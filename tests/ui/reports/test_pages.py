from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from ui.pages import PageWhenShown, reports_page, team_page
from ui.reports.page import ReportsPage
from ui.team.page import TeamPage
from ui.visits.commands import VisitCommands


def test_a_page_is_made_once_and_only_when_it_is_looked_at(qtbot):
    made = []

    def make():
        made.append(QLabel("Here"))
        return made[-1]

    page = PageWhenShown(make)
    qtbot.addWidget(page)
    assert page.made is None
    page.show()
    page.hide()
    page.show()
    assert len(made) == 1
    assert page.page is made[0]
    assert made[0].isVisible()


def test_team_and_reports_are_pages(qtbot, context_of, filled, is_quiet):
    context, window = context_of(filled), QLabel()
    qtbot.addWidget(window)
    for holder, kind in (
        (team_page(context, VisitCommands(context, window), QAction("Import")), TeamPage),
        (reports_page(context), ReportsPage),
    ):
        qtbot.addWidget(holder)
        holder.show()
        qtbot.waitUntil(is_quiet)
        assert isinstance(holder.page, kind)
