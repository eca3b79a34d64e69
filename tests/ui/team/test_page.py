from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from planner.model.accounts import VisitOutcome
from planner.model.tracking import SupportKind, Visit
from planner.model.week import VisitKind
from planner.usecases.log_visit import list_visits, log_visit
from ui.duties.dialog import DutiesDialog
from ui.team.page import TeamPage
from ui.team.propose_dialog import ProposeDialog
from ui.visits.commands import VisitCommands
from ui.visits.log_dialog import LogVisit

TODAY = datetime.now().astimezone().date()


@pytest.fixture
def page_of(qtbot, context_of, is_quiet):
    """Opens the page on a workspace."""

    def open_page(workspace):
        context = context_of(workspace)
        window = QWidget()
        qtbot.addWidget(window)
        made = TeamPage(context, VisitCommands(context, window))
        QVBoxLayout(window).addWidget(made)
        window.resize(1200, 800)
        window.show()
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        made.holder = window
        return made

    return open_page


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def rows(page):
    model = page.model
    return [tuple(model.index(row, column).data() for column in range(model.columnCount())) for row in range(model.rowCount())]


def test_without_reps_the_page_says_what_to_do(page_of, filled):
    page = page_of(filled)
    assert page.currentWidget() is page.empty
    assert "Ctrl+I" in page.empty.sentence.text()


def test_every_rep_has_a_row_with_the_need_in_words(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    by_name = {row[0]: row for row in rows(page)}
    assert set(by_name) == {"Rep A", "Rep B & Co"}
    assert by_name["Rep A"][1:5] == ("$1,000", "0 %", "0 %", "$1,800")
    assert by_name["Rep A"][7] == "Never"
    assert by_name["Rep A"][9] == "Never helped yet; the pipeline covers 180 % of the quota"
    assert by_name["Rep B & Co"][1] == "–"
    assert page.sheet.rep.name == rows(page)[0][0]


def test_the_sheet_follows_the_row(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    row = [each[0] for each in rows(page)].index("Rep A")
    page.table.pick(1 - row)
    qtbot.waitUntil(is_quiet)
    page.table.pick(row)
    qtbot.waitUntil(lambda: "OVERDUE · 3" in texts(page) and is_quiet())
    assert page.title.text() == "One-on-one with Rep A"
    shown = texts(page)
    assert "No coaching is logged yet: log it with what was talked about." in shown
    link = next(each for each in page.findChildren(QPushButton) if each.accessibleName().startswith("Uni-Mart HQ"))
    link.click()
    assert page._context.desk.selected == 1


def test_help_that_is_logged_changes_table_and_sheet(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    yesterday = TODAY - timedelta(days=1)
    visit = Visit(
        0, None, yesterday, VisitOutcome.MET, kind=VisitKind.SUPPORT, support=SupportKind.RIDE_ALONG, rep="Rep A", topics=("Discovery",)
    )
    _, changes = log_visit(teamed, visit)
    page._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: any(each[0] == "Rep A" and each[7] != "Never" for each in rows(page)) and is_quiet())
    row = [each[0] for each in rows(page)].index("Rep A")
    page.table.pick(row)
    qtbot.waitUntil(lambda: page.title.text() == "One-on-one with Rep A" and "Discovery" in texts(page) and is_quiet())


def test_help_at_no_account_is_logged_from_the_page(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    name = page.chosen.rep.name
    page.log.click()
    qtbot.waitUntil(is_quiet)
    dialog = page.holder.findChild(LogVisit)
    assert dialog.heading.text() == f"Help for {name}"
    dialog.save.click()
    qtbot.waitUntil(lambda: len(list_visits(teamed)) == 1 and is_quiet())
    assert (list_visits(teamed)[0].rep, list_visits(teamed)[0].support) == (name, SupportKind.ONE_ON_ONE)


def test_the_sheet_is_saved_as_a_page_with_names_as_names(qtbot, page_of, teamed, tmp_path, is_quiet, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.team.page.QDesktopServices.openUrl", opened.append)
    page = page_of(teamed)
    page.table.pick([each[0] for each in rows(page)].index("Rep B & Co"))
    qtbot.waitUntil(lambda: page.sheet.rep.name == "Rep B & Co" and is_quiet())
    page.save_page(tmp_path / "sheet.html")
    qtbot.waitUntil(is_quiet)
    text = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert "Rep B &amp; Co" in text
    assert len(opened) == 1


def test_time_with_the_rep_and_recurring_duties_are_one_press_away(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    page.propose.click()
    qtbot.waitUntil(is_quiet)
    asked = page.holder.findChild(ProposeDialog)
    assert asked._rep == page.chosen.rep.name
    asked.reject()
    page.duties.click()
    page.duties.click()
    qtbot.waitUntil(is_quiet)
    assert len(page.holder.findChildren(DutiesDialog)) == 1


def test_a_window_that_only_shows_offers_no_change(page_of, teamed, monkeypatch):
    monkeypatch.setattr(teamed, "read_only", True)
    page = page_of(teamed)
    assert [each.isEnabled() for each in (page.log, page.propose, page.duties)] == [False, False, True]
