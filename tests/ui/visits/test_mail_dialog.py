from datetime import date
from email import message_from_bytes, policy

import pytest
from PySide6.QtCore import Qt, QUrlQuery
from PySide6.QtWidgets import QPushButton, QWidget

from planner.model.accounts import Contact, VisitOutcome
from planner.model.tracking import Visit
from planner.store.book import save_contacts
from planner.usecases.log_visit import list_visits, log_visit
from ui.accounts.name_dialog import NameDialog
from ui.dialogs.confirm import Confirm
from ui.errors import ProblemDialog
from ui.visits import mail_dialog as module
from ui.visits.commands import VisitCommands
from ui.visits.lines import visit_lines
from ui.visits.mail_dialog import MailDialog

PEOPLE = (
    Contact(0, "c1", 1, "Ann", "Lee", email="ann@example.org"),
    Contact(0, "c2", 1, "Bo", "Ray", email="bo@example.org", no_email=True),
    Contact(0, "c3", 1, "Cy", "Day"),
)
VISIT = Visit(0, 1, date(2020, 11, 2), VisitOutcome.MET, next_step="Send 100 % & more")


@pytest.fixture
def dialog_of(qtbot, context_of, filled, is_quiet):
    """Opens a draft after a visit at which some people were met."""

    def make(*met, people=PEOPLE):
        with filled.writing("Test") as db:
            save_contacts(db, people)
        log_visit(filled, visit_with(met))
        context, window = context_of(filled), QWidget()
        qtbot.addWidget(window)
        dialog = MailDialog(context, list_visits(filled)[0], window)
        dialog.window_for_test, dialog.told_for_test = window, []
        context.bus.told.connect(dialog.told_for_test.append)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        return dialog

    return make


@pytest.fixture
def opened(monkeypatch):
    """The links given to the system instead of opening them."""
    links = []
    monkeypatch.setattr(module.QDesktopServices, "openUrl", lambda url: links.append(url) is None)
    return links


def visit_with(met):
    return Visit(0, 1, VISIT.day, VISIT.outcome, next_step=VISIT.next_step, met=met)


def test_the_fitting_template_is_filled_for_who_was_met(dialog_of):
    dialog = dialog_of("Ann Lee")
    assert dialog.template.value == "thank you"
    assert dialog.to.text() == "ann@example.org"
    assert dialog.heading.text() == "Uni-Mart HQ"
    assert dialog.subject.text() == "Thank you for your time on Monday, November 2"
    assert "the next step is: Send 100 % & more." in dialog.text.toPlainText()
    assert not dialog.notes.isVisible()
    assert not dialog.is_changed


def test_who_opted_out_or_has_no_address_is_told_plainly(dialog_of):
    dialog = dialog_of("Bo Ray", "Cy Day")
    assert dialog.to.text() == ""
    assert dialog.notes.isVisible()
    assert dialog.notes.text().split("\n") == [
        "Bo Ray does not want e-mail, and is not written to.",
        "Cy Day has no e-mail address that can be used.",
        "Nobody can be written to: put an address in yourself.",
    ]


def test_an_address_that_opted_out_is_not_written_to_even_when_typed(dialog_of):
    dialog = dialog_of("Ann Lee")
    dialog.to.setText("ann@example.org, BO@example.org")
    assert not dialog.open_.isEnabled()
    assert not dialog.save.isEnabled()
    assert dialog.told.text() == "Bo Ray does not want e-mail: take the address out."
    dialog.to.setText("ann@example.org")
    assert dialog.open_.isEnabled()


def test_the_mail_program_gets_what_was_typed_to_the_letter(dialog_of, opened):
    dialog = dialog_of("Ann Lee")
    dialog.subject.setText("100 % & ünder #1?")
    dialog.text.setPlainText("a+b=c & d%20e\nnext")
    dialog.open_.click()
    query = QUrlQuery(opened[0])
    full = module.QUrl.ComponentFormattingOption.FullyDecoded
    assert opened[0].scheme() == "mailto"
    assert opened[0].path() == "ann@example.org"
    assert query.queryItemValue("subject", full) == "100 % & ünder #1?"
    assert query.queryItemValue("body", full) == "a+b=c & d%20e\r\nnext"
    assert not dialog.isVisible()
    assert "Nothing is sent until you send it." in dialog.told_for_test[-1]


def test_a_draft_too_long_for_a_link_says_so_and_can_be_saved(dialog_of):
    dialog = dialog_of("Ann Lee")
    dialog.text.setPlainText("long " * 600)
    assert not dialog.open_.isEnabled()
    assert dialog.save.isEnabled()
    assert dialog.told.text().startswith("The draft is too long for a link.")
    assert dialog.open_.toolTip() == dialog.told.text()


def test_what_is_no_address_is_told(dialog_of):
    dialog = dialog_of("Ann Lee")
    dialog.to.setText("Ann Lee")
    assert not dialog.open_.isEnabled()
    assert "is not a mail address" in dialog.told.text()


def test_without_a_mail_program_the_draft_stays(dialog_of, monkeypatch):
    monkeypatch.setattr(module.QDesktopServices, "openUrl", lambda _url: False)
    dialog = dialog_of("Ann Lee")
    dialog.open_.click()
    assert dialog.isVisible()
    assert dialog.told.text().startswith("No mail program answered.")


def test_the_draft_is_saved_as_an_unsent_mail(qtbot, dialog_of, tmp_path, is_quiet):
    dialog = dialog_of("Ann Lee")
    dialog.text.setPlainText("Grüße")
    file = tmp_path / "mail.eml"
    dialog.save_as(file)
    qtbot.waitUntil(lambda: not dialog.isVisible() and is_quiet())
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["X-Unsent"], mail.get_content().strip()) == ("ann@example.org", "1", "Grüße")
    assert dialog.told_for_test[-1] == f"Saved {file}"


def test_a_file_that_cannot_be_written_is_told_and_the_draft_stays(qtbot, dialog_of, tmp_path, is_quiet):
    dialog = dialog_of("Ann Lee")
    dialog.save_as(tmp_path / "gone" / "mail.eml")
    qtbot.waitUntil(is_quiet)
    assert dialog.isVisible()
    assert dialog.told.text().startswith("mail.eml could not be written.")


def test_another_template_asks_before_it_takes_the_place_of_what_was_typed(qtbot, dialog_of, is_quiet):
    dialog = dialog_of("Ann Lee")
    dialog.template.setCurrentIndex(dialog.template.findData("sorry we missed you"))
    qtbot.waitUntil(lambda: dialog.subject.text().startswith("Sorry we missed you") and is_quiet())
    dialog.text.setPlainText("Mine")
    dialog.template.setCurrentIndex(dialog.template.findData("thank you"))
    dialog.findChild(Confirm).reject()
    assert (dialog.template.value, dialog.text.toPlainText()) == ("sorry we missed you", "Mine")
    dialog.template.setCurrentIndex(dialog.template.findData("thank you"))
    next(each for each in dialog.findChildren(Confirm) if each.isVisible()).accept()
    qtbot.waitUntil(lambda: dialog.subject.text().startswith("Thank you") and is_quiet())


def test_leaving_asks_only_when_something_was_typed(dialog_of):
    dialog = dialog_of("Ann Lee")
    dialog.text.setPlainText("Mine")
    dialog.reject()
    assert dialog.isVisible()
    dialog.findChild(Confirm).accept()
    assert not dialog.isVisible()


def test_a_visit_that_is_gone_is_told_over_the_window(qtbot, context_of, filled, is_quiet):
    context, window = context_of(filled), QWidget()
    qtbot.addWidget(window)
    dialog = MailDialog(context, Visit(99, 1, VISIT.day, VISIT.outcome), window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.isVisible() and is_quiet())
    problem = window.findChild(ProblemDialog)
    assert problem is not None
    problem.accept()


def test_the_line_of_a_visit_opens_its_draft(qtbot, context_of, filled, is_quiet):
    log_visit(filled, VISIT)
    window = QWidget()
    qtbot.addWidget(window)
    commands = VisitCommands(context_of(filled), window)
    lines = list(visit_lines(list_visits(filled), commands))
    buttons = [each for line in lines for each in line.findChildren(QPushButton)]
    next(each for each in buttons if each.text() == "Mail draft…").click()
    qtbot.waitUntil(is_quiet)
    dialog = window.findChild(MailDialog)
    assert dialog.heading.text() == "Uni-Mart HQ"
    dialog.close()


def test_a_mail_is_kept_as_a_template_and_offered_below_the_others(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of("Ann Lee")
    dialog.text.setPlainText("Hi Ann,\n\nas said: Send 100 % & more.")
    dialog.keep.click()
    asked = dialog.findChild(NameDialog)
    asked.name.setText("Thank you")
    asked.save.click()
    qtbot.waitUntil(asked.problem.isVisible)
    assert "already" in asked.problem.text()
    asked.name.setText("Short")
    asked.save.click()
    qtbot.waitUntil(lambda: dialog.template.findData("Short") > 0 and is_quiet())
    assert (filled.home / "templates" / "Short.txt").read_text(encoding="utf-8").endswith("Hi {contact},\n\nas said: {next_step}.\n")
    assert dialog.text.toPlainText().startswith("Hi Ann")
    dialog._leave()


def test_a_template_of_her_own_is_taken_and_a_wrong_one_told_with_its_line(qtbot, dialog_of, filled, is_quiet):
    folder = filled.home / "templates"
    folder.mkdir()
    (folder / "Mine.txt").write_text("Subject: For {account}\n\nDear {contact}", encoding="utf-8")
    (folder / "Wrong.txt").write_text("Subject: Hello\n\nDear {contakt}", encoding="utf-8")
    dialog = dialog_of("Ann Lee")
    dialog.template.setCurrentIndex(dialog.template.findData("Mine"))
    qtbot.waitUntil(lambda: dialog.text.toPlainText() == "Dear Ann" and is_quiet())
    assert dialog.subject.text() == "For Uni-Mart HQ"
    dialog.template.setCurrentIndex(dialog.template.findData("Wrong"))
    qtbot.waitUntil(lambda: "“Wrong” has {contakt} in line 3" in dialog.told.text() and is_quiet())
    assert dialog.template.value == "Mine"
    assert dialog.text.toPlainText() == "Dear Ann"
