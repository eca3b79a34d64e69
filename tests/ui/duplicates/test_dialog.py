import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from planner.store.accounts import mark_duplicate, save_accounts
from planner.usecases.accounts import list_accounts, need_account
from planner.usecases.merge import list_duplicates
from planner.usecases.undo import list_steps, undo
from planner.values import replace
from ui.duplicates import dialog as dialog_module
from ui.duplicates.dialog import DuplicatesDialog
from ui.duplicates.merge_all import MergeAll
from ui.errors import ProblemDialog


@pytest.fixture
def doubled(filled, accounts):
    """The filled workspace, where the first two accounts stand twice, with another phone, owner and note each."""
    first, second = accounts[0], accounts[1]
    with filled.writing("Test") as db:
        save_accounts(db, [replace(first, notes="Old <b>note</b>")])
        again = [
            replace(first, id=0, crm_id="001again1", name="Uni-Mart H.Q.", phone="814 555 0107", owner="Rep C", notes="New note"),
            replace(second, id=0, crm_id="001again2", phone="814 555 0108"),
        ]
        save_accounts(db, again)
        mark_duplicate(db, 7, 1)
        mark_duplicate(db, 8, 2)
    return filled


@pytest.fixture
def dialog_of(qtbot, context_of, is_quiet):
    """Opens the dialog on a workspace."""
    window = QWidget()
    window.resize(1100, 700)
    qtbot.addWidget(window)

    def make(workspace):
        dialog = DuplicatesDialog(context_of(workspace), window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(is_quiet, timeout=30_000)  # the first one loads the library that compares names
        return dialog

    return make


def texts(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def test_pairs_are_listed_and_the_first_one_stands_side_by_side(qtbot, dialog_of, doubled):
    dialog = dialog_of(doubled)
    assert dialog.title.text() == "2 possible duplicates"
    assert dialog.list.item(0).text().startswith("Uni-Mart HQ / Uni-Mart H.Q.\n")
    # A layout shows what was put into it in the next round of events.
    qtbot.waitUntil(lambda: {"STAYS", "GOES INTO IT", "Old <b>note</b>", "814 555 0107"} <= set(texts(dialog.form)))
    assert dialog.why.text().endswith("On the same spot")
    proposed = {field.name: field.proposed for field in list_duplicates(doubled)[0].fields}
    assert dialog.form.take() == proposed
    assert dialog.focusWidget() is dialog.list


def test_enter_merges_what_is_chosen_and_the_next_pair_follows(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    dialog.form.choices["owner"]["second"].setChecked(True)
    dialog.form.choices["notes"]["both"].setChecked(True)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(is_quiet)
    kept = need_account(doubled, 1)
    assert (kept.owner, kept.phone, kept.notes) == ("Rep C", "814 555 0107", "Old <b>note</b>\nNew note")
    assert 7 not in {account.id for account in list_accounts(doubled)}
    assert dialog.title.text() == "1 possible duplicate"
    assert dialog.form.duplicate.first.name == "Yards Leasing"
    assert dialog.told.text().startswith("Merge Uni-Mart H.Q. into Uni-Mart HQ.")


def test_undo_brings_a_pair_back(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    dialog.merge.click()
    qtbot.waitUntil(is_quiet)
    dialog._context.bus.changed.emit(undo(doubled))
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "2 possible duplicates"


def test_n_keeps_two_apart_for_good_and_s_leaves_them_for_later(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    qtbot.keyClick(dialog.list, Qt.Key.Key_S)
    assert dialog.form.duplicate.first.name == "Yards Leasing"
    qtbot.keyClick(dialog.list, Qt.Key.Key_S)
    assert dialog.form.duplicate.first.name == "Uni-Mart HQ"
    qtbot.keyClick(dialog.list, Qt.Key.Key_N)
    qtbot.waitUntil(is_quiet)
    assert [pair.first.name for pair in list_duplicates(doubled)] == ["Yards Leasing"]
    dialog._look_again()
    qtbot.waitUntil(is_quiet)
    assert [pair.first.name for pair in dialog.pairs] == ["Yards Leasing"]


def test_swapped_the_other_one_stays_with_the_values_that_were_chosen(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    dialog.form.choices["owner"]["second"].setChecked(True)
    qtbot.keyClick(dialog.list, Qt.Key.Key_W)
    assert dialog.form.take()["owner"] == "first"
    dialog.merge.click()
    qtbot.waitUntil(is_quiet)
    assert need_account(doubled, 7).owner == "Rep C"
    assert 1 not in {account.id for account in list_accounts(doubled)}


def test_a_key_that_comes_too_soon_is_about_no_pair(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    dialog.merge.click()
    dialog.merge.click()
    qtbot.waitUntil(is_quiet)
    assert not dialog.findChildren(ProblemDialog)
    assert len(dialog.pairs) == 1


def test_all_are_merged_only_after_each_was_named_and_each_is_one_step(qtbot, dialog_of, doubled, is_quiet):
    dialog = dialog_of(doubled)
    assert dialog.all.text() == "Merge all 2 as proposed…"
    dialog.all.click()
    question = dialog.findChild(MergeAll)
    assert "Uni-Mart H.Q. goes into Uni-Mart HQ" in texts(question)
    assert len(list_duplicates(doubled)) == 2
    question.yes.click()
    qtbot.waitUntil(is_quiet)
    assert list_duplicates(doubled) == []
    assert [entry.label for entry in list_steps(doubled)][:2] == [
        "Merge Yards Leasing into Yards Leasing",
        "Merge Uni-Mart H.Q. into Uni-Mart HQ",
    ]
    assert dialog.told.text().startswith("2 pairs merged")
    assert dialog.stack.currentWidget() is dialog.empty


def test_a_pair_that_cannot_be_merged_is_told_and_the_others_are(doubled):
    from planner.progress import silent
    from planner.usecases.merge import merge_accounts
    from ui.duplicates.merge_all import merge_all

    pairs = list_duplicates(doubled)
    merge_accounts(doubled, 1, 7)
    merged, problems = merge_all(doubled, pairs, silent)
    assert merged == 1
    assert problems[0].startswith("Uni-Mart H.Q.: There is no account 7")


def test_without_duplicates_it_says_so_and_offers_to_look_again(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(filled)
    assert "No possible duplicates" in texts(dialog)
    buttons = {each.text(): each for each in dialog.empty.findChildren(QPushButton)}
    buttons["Look again"].click()
    qtbot.waitUntil(is_quiet)
    assert dialog.told.text() == "Looked again: there is none."


def listed_slowly(monkeypatch, halfway):
    """Have the pairs listed so slowly that it shows, and wait for a sign in the middle."""

    def slow(workspace, report):
        report(0.0, "Reading the accounts")
        time.sleep(dialog_module.SOON_S + 0.1)
        report(0.4, "Comparing <b>Uni-Mart</b>")
        while not halfway.is_set():
            report(0.4, "Comparing <b>Uni-Mart</b>")
            time.sleep(0.01)
        return list_duplicates(workspace, report)

    monkeypatch.setattr(dialog_module, "list_duplicates", slow)


def test_listing_shows_how_far_it_is_and_is_cancelled(qtbot, monkeypatch, context_of, doubled, is_quiet):
    halfway = threading.Event()
    listed_slowly(monkeypatch, halfway)
    dialog = DuplicatesDialog(context_of(doubled))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.empty.title.text() == "Looking…"
    qtbot.waitUntil(dialog.progress.isVisible)
    assert dialog.progress.bar.value() == 400
    assert dialog.progress.text.text() == "Comparing <b>Uni-Mart</b>"
    next(each for each in dialog.progress.findChildren(QPushButton) if each.text() == "Cancel").click()
    qtbot.waitUntil(is_quiet)
    assert not dialog.progress.isVisible()
    assert dialog.pairs == []
    assert dialog.empty.title.text() == "Not all was looked through"
    halfway.set()
    dialog.anew.click()
    qtbot.waitUntil(lambda: is_quiet() and len(dialog.pairs) == 2)
    assert not dialog.progress.isVisible()
    assert list_steps(doubled, 1)[0].label == "Test"  # looking for all of them anew would be a step


def test_what_takes_no_time_shows_no_progress(dialog_of, doubled):
    dialog = dialog_of(doubled)
    assert dialog.progress.text.text() == ""
