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
from ui.team.words import need_words
from ui.visits.commands import VisitCommands
from ui.visits.log_dialog import LogVisit
from ui.words import full_day

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
    cells = [tuple(model.index(row, column).data() for column in range(model.columnCount())) for row in range(model.rowCount())]
    return [(*first.split("\n"), *others) for first, *others in cells]


def test_without_reps_the_page_says_what_to_do(page_of, filled):
    page = page_of(filled)
    assert page.currentWidget() is page.empty
    assert "Ctrl+I" in page.empty.sentence.text()


def test_every_rep_has_a_row_with_the_need_in_words(qtbot, page_of, teamed, is_quiet):
    page = page_of(teamed)
    by_name = {row[0]: row for row in rows(page)}
    assert set(by_name) == {"Rep A", "Rep B & Co"}
    assert by_name["Rep A"][1] == "Never helped yet; the pipeline covers 180 % of the quota"
    assert by_name["Rep A"][2:6] == ("$1,000", "0 %", "0 %", "$1,800")
    assert by_name["Rep A"][8:] == ("None yet", "High")
    assert by_name["Rep B & Co"][2] == "–"
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
    qtbot.waitUntil(lambda: any(each[0] == "Rep A" and each[1].startswith("Last helped yesterday") for each in rows(page)) and is_quiet())
    row = [each[0] for each in rows(page)].index("Rep A")
    assert rows(page)[row][8:] == (full_day(yesterday), "Low")
    page.table.pick(row)
    qtbot.waitUntil(lambda: page.title.text() == "One-on-one with Rep A" and "Discovery" in texts(page) and is_quiet())


@pytest.mark.parametrize(("width", "fits"), [(1400, True), (900, True)])
def test_the_table_needs_no_scroll_bar_and_leaves_no_hole(qtbot, page_of, teamed, width, fits):
    page = page_of(teamed)
    page.holder.resize(width, 800)
    table = page.table
    qtbot.waitUntil(lambda: (table.horizontalScrollBar().maximum() == 0) is fits)
    qtbot.waitUntil(lambda: table.height() - table.horizontalHeader().height() - table.verticalHeader().length() <= 2)


def test_the_reason_wraps_where_there_is_little_room(qtbot, page_of, teamed):
    page = page_of(teamed)
    page.holder.resize(1400, 800)
    qtbot.waitUntil(lambda: page.table.columnWidth(0) > 500)
    low = page.table.rowHeight(0)
    page.holder.resize(900, 800)
    qtbot.waitUntil(lambda: page.table.rowHeight(0) > low)


@pytest.mark.parametrize(("score", "words"), [(0.0, "Low"), (0.24, "Low"), (0.25, "Some"), (0.5, "High"), (1.0, "High")])
def test_a_need_is_told_in_words(score, words):
    assert need_words(score) == words


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
