from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.model.accounts import Contact, VisitOutcome
from planner.model.tracking import Sentiment, SupportKind
from planner.model.week import VisitKind
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.log_visit import draft_visit, list_visits, log_visit
from planner.usecases.undo import next_steps
from planner.values import replace
from ui.dialogs.confirm import Confirm
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.visits.choice_button import TOUCH_PX
from ui.visits.commands import VisitCommands
from ui.visits.log_dialog import LogVisit
from ui.visits.sheet import sheet_of_account, sheet_of_rep, sheet_of_visit

NOW = datetime.now().astimezone().replace(hour=15, minute=0, second=0, tzinfo=None) - timedelta(days=1)


@pytest.fixture
def known(filled):
    """The workspace with two people at the first account."""
    with filled.writing("Test") as db:
        book.save_contacts(db, [Contact(0, "003a", 1, "Ann", "Lee & Co", "Owner"), Contact(0, "003b", 1, "Bo", "Ray", email="bo@x.test")])
    return filled


@pytest.fixture
def dialog_of(qtbot, context_of, is_quiet):
    """Opens the dialog on a sheet and waits until it is filled."""

    def open_dialog(workspace, load):
        made = LogVisit(context_of(workspace), "", load)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(is_quiet)
        return made

    return open_dialog


@pytest.fixture
def dialog(dialog_of, known):
    """The dialog on the first account."""
    return dialog_of(known, lambda: sheet_of_account(known, 1, NOW))


def kept(workspace):
    return list_visits(workspace)


def test_three_keys_log_the_common_case(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    window = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(window)
    window.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    context.desk.select(4)
    qtbot.waitUntil(is_quiet)
    told = []
    context.bus.told.connect(told.append)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(LogVisit)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_M)
    with qtbot.waitSignal(context.bus.changed):
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(is_quiet)
    with filled.reading() as db:
        found = list(db.query("SELECT account_id, outcome FROM visits"))
    assert found == [{"account_id": 4, "outcome": "met"}]
    assert told == ["Logged: Pine Hall Office. Ctrl+Z takes it back."]
    assert next_steps(filled).undo == "Log visit: Pine Hall Office"


@pytest.mark.parametrize(("key", "outcome"), list(zip("MNPDO", VisitOutcome, strict=True)))
def test_every_outcome_has_its_key(qtbot, dialog, key, outcome):
    qtbot.keyClick(dialog.focusWidget(), key)
    assert dialog.form.outcomes.outcome is outcome
    assert dialog.focusWidget() is dialog.form.note


def test_letters_typed_in_the_note_are_letters(qtbot, dialog):
    dialog.form.note.setFocus()
    qtbot.keyClicks(dialog.form.note, "No")
    assert dialog.form.outcomes.outcome is VisitOutcome.MET
    assert dialog.form.note.toPlainText() == "No"
    qtbot.keyClick(dialog.form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(dialog.form.note, "2")
    assert dialog.form.note.toPlainText() == "No\n2"


def test_the_outcomes_are_big_enough_for_a_finger_and_all_fits_a_small_window(dialog):
    assert TOUCH_PX >= 44
    assert all(each.height() >= 44 for each in dialog.form.outcomes.buttons.values())
    dialog.resize(dialog.minimumSize())
    assert dialog.width() <= 860
    assert dialog.height() <= 560
    assert dialog.form.width() <= dialog.scroll.viewport().width()


def test_everything_that_can_be_said_is_kept(qtbot, dialog, known, is_quiet):
    form = dialog.form
    qtbot.keyClick(dialog.focusWidget(), "P")
    form.note.setPlainText("Quote by Friday")
    form.next_step.setText("Send the quote")
    form.next_day.quick[0].click()
    form.time.setText("2:05 pm")
    form.minutes.setText("25")
    form.people.chips[0][1].click()
    form.people.others.setText("Cy Day, Cy  Day")
    form.topics.setText("Price, Term")
    form.faces.buttons[Sentiment.BAD].click()
    form.faces.buttons[Sentiment.GOOD].click()
    form.deal.setCurrentIndex(form.deal.findData("006a"))
    form.stage.setCurrentIndex(form.stage.findData("Negotiation/Review"))
    with qtbot.waitSignal(dialog._context.bus.changed):
        dialog.save.click()
    qtbot.waitUntil(is_quiet)
    visit = kept(known)[0]
    assert (visit.outcome, visit.note, visit.start_s, visit.minutes) == (VisitOutcome.PHONE, "Quote by Friday", 14 * 3600 + 300, 25)
    assert (visit.next_step, visit.next_day) == ("Send the quote", NOW.date() + timedelta(days=7))
    assert visit.met == ("Ann Lee & Co", "Cy Day")
    assert (visit.topics, visit.sentiment) == (("Price", "Term"), Sentiment.GOOD)
    assert (visit.deal, visit.stage_before, visit.stage_after) == ("006a", "Proposal", "Negotiation/Review")
    with known.reading() as db:
        assert rows.opportunities_of(db, "001000000000000001")[0].stage == "Negotiation/Review"


def test_what_overlaps_is_refused_beside_the_time_and_nothing_typed_is_lost(qtbot, dialog, known, is_quiet):
    log_visit(known, draft_visit(known, 2, NOW))
    dialog.form.note.setPlainText("Wants a quote")
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.isVisible()
    assert dialog.form.problems["when"].isVisible()
    assert "you were at Yards Leasing" in dialog.form.problems["when"].text()
    assert dialog.form.note.toPlainText() == "Wants a quote"
    assert len(kept(known)) == 1
    dialog.form.time.setText("8:00")
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert not dialog.isVisible()
    assert [visit.note for visit in kept(known)] == ["Wants a quote", ""]


def test_a_day_to_come_and_a_time_that_is_none_are_refused(qtbot, dialog, known, is_quiet):
    dialog.form.time.setText("noonish")
    dialog.save.click()
    assert dialog.form.problems["when"].text() == "The time “noonish” cannot be read. Write it as 14:30 or 2:30 pm."
    dialog.form.time.setText("")
    dialog.form.day.show_day(NOW.date() + timedelta(days=10))
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert "is still to come" in dialog.form.problems["when"].text()
    assert kept(known) == []


def test_a_date_without_a_step_is_told_beside_the_date(qtbot, dialog, known, is_quiet):
    dialog.form.next_day.quick[2].click()
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.form.problems["next"].isVisible()
    assert "no step" in dialog.form.problems["next"].text()


def test_escape_asks_only_when_something_was_typed(qtbot, dialog):
    dialog.form.note.setPlainText("x")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog.findChild(Confirm)
    assert question.isVisible()
    question.no.click()
    assert dialog.isVisible()
    dialog.form.note.clear()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_leaving_what_was_typed_keeps_nothing(qtbot, dialog, known):
    dialog.form.next_step.setText("Call")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.findChild(Confirm).yes.click()
    assert not dialog.isVisible()
    assert kept(known) == []


def test_help_for_a_rep_needs_no_account(qtbot, dialog_of, known, is_quiet):
    dialog = dialog_of(known, lambda: sheet_of_rep(known, "Rep A"))
    assert dialog.heading.text() == "Help for Rep A"
    assert dialog.form.rep.value == ""  # nobody of this name is in the team of the tests
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert "Nobody is named who was helped" in dialog.form.problems["help"].text()


def test_a_logged_visit_is_changed_in_the_same_form(qtbot, dialog_of, known, is_quiet):
    visit, _ = log_visit(known, replace(draft_visit(known, 2, NOW), note="Old", topics=("Fiber",), start_s=25 * 3600 + 30, minutes=30))
    dialog = dialog_of(known, lambda: sheet_of_visit(known, visit))
    assert dialog.windowTitle() == "Change the visit"
    assert not dialog.form.is_changed
    assert dialog.form.read() == visit
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(VisitKind.SUPPORT.value))
    dialog.form.support.setCurrentIndex(dialog.form.support.findData(SupportKind.COACHING.value))
    dialog.form.rep.setCurrentIndex(dialog.form.rep.findData("Rep B"))
    dialog.form.note.setPlainText("New")
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    changed = kept(known)[0]
    assert (changed.id, changed.note, changed.support, changed.rep, changed.start_s) == (
        visit.id,
        "New",
        SupportKind.COACHING,
        "Rep B",
        25 * 3600 + 30,
    )


def test_an_account_that_is_gone_closes_the_form_plainly(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    holder = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(holder)
    VisitCommands(context, holder).log_at(99)
    qtbot.waitUntil(is_quiet)
    assert not any(each.isVisible() for each in holder.findChildren(LogVisit))


def test_keys_pressed_before_the_sheet_arrives_count(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    dialog = LogVisit(context, "Torrey Dental", lambda: sheet_of_account(filled, 3, NOW))
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    qtbot.keyClick(dialog.focusWidget(), "D")
    qtbot.keyClicks(dialog.form.note, "Has no time")
    qtbot.keyClick(dialog.form.note, Qt.Key.Key_Return)
    assert not dialog.form.is_filled
    qtbot.waitUntil(lambda: not dialog.isVisible())
    qtbot.waitUntil(is_quiet)
    assert [(visit.account_id, visit.outcome.value, visit.note) for visit in kept(filled)] == [(3, "declined", "Has no time")]


def test_support_where_no_rep_is_known_is_logged_as_it_is(qtbot, dialog_of, known, is_quiet):
    visit = replace(draft_visit(known, 3, NOW), kind=VisitKind.SUPPORT, support=None, rep="")
    dialog = dialog_of(known, lambda: sheet_of_visit(known, visit))
    assert not dialog.form.is_changed
    assert dialog.form.read() == visit
    dialog.save.click()
    qtbot.waitUntil(is_quiet)
    assert (kept(known)[0].kind, kept(known)[0].support) == (VisitKind.SUPPORT, None)


def test_choosing_support_offers_a_kind_of_help(dialog_of, known):
    dialog = dialog_of(known, lambda: sheet_of_account(known, 5, NOW))
    assert dialog.form.support.value == ""
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(VisitKind.SUPPORT.value))
    assert dialog.form.support.value == SupportKind.JOINT_CALL.value
    assert dialog.form.is_changed
