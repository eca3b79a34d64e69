from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from planner.errors import Cancelled, UserProblem
from ui.errors import BugDialog, ProblemDialog, show_error


def test_a_problem_says_what_why_and_what_to_do(qtbot):
    dialog = ProblemDialog(UserProblem("The file cannot be read.", "Row 4 has no name.", "Add one and import again."))
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts == ["The file cannot be read.", "Row 4 has no name.", "Add one and import again.", "Nothing was lost."]


def test_a_problem_shows_markup_as_it_is_written(qtbot):
    dialog = ProblemDialog(UserProblem("<b>Acme</b> & Sons"))
    qtbot.addWidget(dialog)
    label = dialog.findChildren(QLabel)[0]
    assert label.text() == "<b>Acme</b> & Sons"
    assert label.textFormat().name == "PlainText"


def test_a_bug_has_a_report_that_can_be_unfolded_and_copied(qtbot, qapp):
    try:
        raise KeyError("no such thing")
    except KeyError as error:
        dialog = BugDialog(error)
    qtbot.addWidget(dialog)
    dialog.show()
    report = dialog.findChild(QPlainTextEdit)
    assert not report.isVisible()
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["Show the report"].click()
    assert report.isVisible()
    buttons["Copy the report"].click()
    copied = qapp.clipboard().text()
    assert "KeyError: 'no such thing'" in copied
    assert "test_errors.py" in copied


def test_what_the_user_cancelled_opens_nothing(qtbot, qapp):
    before = len(qapp.topLevelWidgets())
    show_error(Cancelled())
    assert len(qapp.topLevelWidgets()) == before
