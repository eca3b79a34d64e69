import threading

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel

from planner.model.imports import Action, RecordKind
from planner.usecases import undo
from planner.usecases.accounts import list_accounts
from planner.usecases.presets import list_presets
from ui.errors import ProblemDialog
from ui.imports import wizard as module
from ui.imports.columns_model import FIELD
from ui.imports.entries import State
from ui.imports.mapping_panel import _KINDS
from ui.imports.preset_name import PresetName
from ui.imports.wizard import DONE, FILES, PREVIEW


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def names(workspace):
    return [account.name for account in list_accounts(workspace)]


def read_as(wizard, kind):
    """Choose what the rows of the table on show are."""
    wizard.files.mapping.kind.setCurrentIndex(_KINDS.index(kind))
    wizard.files.mapping.kind.activated.emit(_KINDS.index(kind))


def map_column(wizard, header, field):
    columns = wizard.files.mapping.columns
    row = wizard.files.entry.table.sample.headers.index(header)
    assert columns.setData(columns.index(row, FIELD), field)


def test_a_file_that_is_known_needs_only_next(wizard_of, go_on, workspace, accounts_file, calendar_file, deals_file):
    wizard = wizard_of(accounts_file, deals_file, calendar_file)
    changed = []
    wizard._context.bus.changed.connect(changed.append)
    assert wizard.footer.next.isDefault()
    assert wizard.footer.next.hasFocus()
    go_on(wizard)
    assert wizard.step == PREVIEW
    assert {kind: counts.added for kind, counts in wizard.draft.counts.items()} == {
        RecordKind.ACCOUNTS: 3,
        RecordKind.OPPORTUNITIES: 1,
        RecordKind.CALENDAR: 1,
    }
    assert names(workspace) == []
    go_on(wizard)
    assert wizard.step == DONE
    assert "3 accounts added" in texts(wizard)
    assert names(workspace) == ["<b>Hoag & Sons</b>", "Lifestyle Financial", "Salon Beautiful"]
    assert [each.label for each in changed] == [wizard.draft.label]
    go_on(wizard)
    assert not wizard.isVisible()


def test_a_file_that_cannot_be_read_is_shown_first_and_the_others_go_on(wizard_of, go_on, workspace, accounts_file, file_of):
    wizard = wizard_of(accounts_file, file_of("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    assert wizard.files.entry.state is State.REFUSED
    assert wizard.files.mapping.message.text().startswith("photo.png is not")
    go_on(wizard)
    go_on(wizard)
    assert len(names(workspace)) == 3


def test_a_table_of_no_kind_is_read_as_it_is_mapped_by_hand(wizard_of, go_on, workspace, firms_file):
    wizard = wizard_of(firms_file)
    assert not wizard.footer.next.isEnabled()
    assert wizard.footer.told.text().startswith("Nothing is to be read yet")
    read_as(wizard, RecordKind.ACCOUNTS)
    assert wizard.footer.told.text() == "firms.csv: Say which column is Name."
    for header, field in (("Firm", "name"), ("Where", "street"), ("Town", "city")):
        map_column(wizard, header, field)
    map_column(wizard, "Ring", "name")
    assert wizard.files.mapping.trouble.text() == "Name is taken by “Firm” and “Ring”: keep one of them."
    assert not wizard.footer.next.isEnabled()
    map_column(wizard, "Ring", "phone")
    go_on(wizard)
    go_on(wizard)
    assert [(each.name, each.phone) for each in list_accounts(workspace)] == [("Acme", "814-555-0100"), ("Beta & <b>Co</b>", "")]


def test_another_mapping_after_the_preview_makes_another_preview(wizard_of, go_on, accounts_file, deals_file):
    wizard = wizard_of(accounts_file, deals_file)
    go_on(wizard)
    before = wizard.draft
    wizard.footer.back.click()
    assert wizard.step == FILES
    wizard.files.list.setCurrentIndex(wizard.files.list.model_.index(1))
    read_as(wizard, None)
    go_on(wizard)
    assert wizard.draft is not before
    assert list(wizard.draft.counts) == [RecordKind.ACCOUNTS]
    assert [path.name for path in wizard.draft.files] == ["accounts.csv"]


def test_cancel_keeps_nothing(wizard_of, go_on, workspace, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    wizard.footer.cancel.click()
    assert not wizard.isVisible()
    assert names(workspace) == []
    assert undo.next_steps(workspace) == undo.Steps()


def test_a_file_that_changes_after_the_preview_is_kept_as_the_preview_showed_it(wizard_of, go_on, workspace, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    accounts_file.unlink()
    go_on(wizard)
    assert len(names(workspace)) == 3


def test_the_same_file_again_has_nothing_to_keep(wizard_of, go_on, workspace, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    go_on(wizard)
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    assert wizard.preview.nothing.isVisible()
    assert wizard.footer.next.text() == "Close"
    go_on(wizard)
    assert not wizard.isVisible()
    assert len(undo.list_steps(workspace)) == 1


def test_a_changed_record_shows_each_field_before_and_after(wizard_of, go_on, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    go_on(wizard)
    accounts_file.write_text(accounts_file.read_text().replace("814-555-0101", "814-555-0199").replace("Rep C", "Rep A"))
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    preview = wizard.preview
    assert [change.name for change in preview.changes.shown] == ["Lifestyle Financial", "<b>Hoag & Sons</b>"]
    assert [preview.fields.index(0, column).data() for column in range(3)] == ["Phone", "814-555-0101", "814-555-0199"]
    preview.table.selectRow(1)
    assert [preview.fields.index(0, column).data() for column in range(3)] == ["Owner", "Rep C", "Rep A"]
    assert not preview.cards.figures[RecordKind.ACCOUNTS, Action.UNCHANGED].isEnabled()


def test_a_figure_shows_only_its_records_and_all_when_pressed_again(wizard_of, go_on, accounts_file, deals_file):
    wizard = wizard_of(accounts_file, deals_file)
    go_on(wizard)
    figure = wizard.preview.cards.figures[RecordKind.OPPORTUNITIES, Action.ADDED]
    figure.click()
    assert [change.name for change in wizard.preview.changes.shown] == ["Salon Beautiful - TV"]
    assert wizard.preview.shown.text() == "1 of 4"
    figure.click()
    assert len(wizard.preview.changes.shown) == 4
    wizard.preview.search.setText("hoag")
    assert [change.name for change in wizard.preview.changes.shown] == ["<b>Hoag & Sons</b>"]


def test_problems_are_told_with_file_and_row_copied_and_saved(
    monkeypatch, qtbot, is_quiet, wizard_of, go_on, accounts_file, tmp_path, deals_file
):
    wizard = wizard_of(accounts_file, deals_file)
    go_on(wizard)
    preview, out = wizard.preview, tmp_path / "problems.csv"
    preview.tabs[1].click()
    lines = [[preview.problem_lines.index(row, column).data() for column in range(2)] for row in range(preview.problem_lines.rowCount())]
    assert ["deals.csv", "3"] in lines
    preview.copy_problems()
    assert "deals.csv\t3\t" in QGuiApplication.clipboard().text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    preview.save_wanted.emit()
    qtbot.waitUntil(is_quiet)
    assert "deals.csv,3," in out.read_text(encoding="utf-8-sig")


def test_undo_takes_back_the_import_while_it_is_the_last_thing_done(qtbot, is_quiet, wizard_of, go_on, workspace, accounts_file):
    action = QAction("Undo")
    action.triggered.connect(lambda: undo.undo(workspace))
    wizard = wizard_of(accounts_file, actions={"undo": action})
    go_on(wizard)
    go_on(wizard)
    with workspace.writing("Something else") as db:
        db.execute("update accounts set notes = 'x'")
    wizard.done_.undo.click()
    qtbot.waitUntil(is_quiet)
    assert wizard.isVisible()
    assert wizard.footer.told.text().startswith("Something else was done since")
    undo.undo(workspace)
    wizard.done_.undo.click()
    qtbot.waitUntil(is_quiet)
    assert not wizard.isVisible()
    assert names(workspace) == []


def test_a_preset_is_saved_read_by_next_time_and_forgotten(qtbot, is_quiet, wizard_of, workspace, file_of, firms_file):
    wizard = wizard_of(firms_file)
    read_as(wizard, RecordKind.ACCOUNTS)
    for header, field in (("Firm", "name"), ("Where", "street"), ("Town", "city")):
        map_column(wizard, header, field)
    wizard.files.mapping.save.click()
    asked = wizard.findChild(PresetName)
    asked.name.setText("   ")
    assert not asked.save.isEnabled()
    asked.name.setText("  My   firms ")
    asked.save.click()
    qtbot.waitUntil(is_quiet)
    assert list(list_presets(workspace)) == ["My firms"]
    assert wizard.files.mapping.preset.currentText() == "My firms"
    again = wizard_of(file_of("firms 2.csv", firms_file.read_text()))
    assert again.files.mapping.preset.currentText() == "My firms"
    assert again.footer.next.isEnabled()
    again.files.mapping.forget.click()
    qtbot.waitUntil(is_quiet)
    assert list_presets(workspace) == {}
    assert again.files.mapping.preset.currentText() == "By their headings"


def test_files_added_while_others_are_being_read_are_not_lost(qtbot, is_quiet, wizard_of, accounts_file, calendar_file, deals_file):
    wizard = wizard_of()
    for file in (accounts_file, deals_file, calendar_file):
        wizard.add_files([file])
    qtbot.waitUntil(is_quiet)
    assert [entry.name for entry in wizard.files.entries] == ["accounts.csv", "deals.csv", "calendar.ics"]


def test_a_file_is_taken_off_the_list(qtbot, wizard_of, accounts_file, calendar_file):
    wizard = wizard_of(accounts_file, calendar_file)
    wizard.files.remove.click()
    assert [entry.name for entry in wizard.files.entries] == ["calendar.ics"]
    wizard.files.remove.click()
    assert wizard.footer.told.text() == "Add the files to import."
    assert not wizard.files.remove.isEnabled()


@pytest.fixture
def slow(monkeypatch):
    """Makes a verb of the wizard wait; a deaf one hears of no cancelling. Gives the function that lets it go on."""

    def make(name, *, deaf=False):
        real, let_go = getattr(module, name), threading.Event()

        def wait(workspace, what, report, *rest):
            while not let_go.wait(0.01):
                if not deaf:
                    report(0.3, "Waiting")
            return real(workspace, what, lambda _fraction, _text: None, *rest)

        monkeypatch.setattr(module, name, wait)
        return let_go.set

    return make


def test_a_preview_is_stopped_and_the_columns_are_still_there(qtbot, is_quiet, slow, wizard_of, accounts_file):
    wizard = wizard_of(accounts_file)
    slow("draft_import")
    wizard.next_()
    qtbot.waitUntil(lambda: wizard.footer.told.text() == "Waiting")
    assert not wizard.footer.next.isEnabled()
    wizard.footer.stop.click()
    qtbot.waitUntil(is_quiet)
    assert wizard.step == FILES
    assert wizard.footer.next.isEnabled()


def test_cancel_while_it_is_being_kept_stops_that_and_keeps_nothing(qtbot, is_quiet, slow, wizard_of, go_on, workspace, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    slow("commit_import")
    wizard.next_()
    wizard.footer.cancel.click()
    qtbot.waitUntil(is_quiet)
    assert not wizard.isVisible()
    assert names(workspace) == []


def test_what_was_kept_before_cancel_was_heard_is_told(qtbot, is_quiet, slow, wizard_of, go_on, workspace, accounts_file):
    wizard = wizard_of(accounts_file)
    go_on(wizard)
    let_go = slow("commit_import", deaf=True)
    wizard.next_()
    wizard.reject()
    let_go()
    qtbot.waitUntil(is_quiet)
    assert len(names(workspace)) == 3
    assert wizard.isVisible()
    assert wizard.step == DONE


def test_a_file_that_is_gone_before_the_preview_is_told_and_the_list_stays(wizard_of, go_on, accounts_file):
    wizard = wizard_of(accounts_file)
    accounts_file.unlink()
    go_on(wizard)
    (dialog,) = wizard.findChildren(ProblemDialog)
    assert any("accounts.csv could not be opened" in text for text in texts(dialog))
    dialog.accept()
    assert wizard.step == FILES


def test_its_size_is_remembered(wizard_of, accounts_file):
    wizard = wizard_of(accounts_file)
    wizard.resize(900, 600)
    wizard.reject()
    assert (wizard_of(accounts_file).width(), wizard_of(accounts_file).height()) == (900, 600)


def test_the_sample_territory_goes_in_by_next_alone(wizard_of, go_on, workspace, sample_files):
    wizard = wizard_of(sample_files.accounts, sample_files.opportunities, sample_files.reps, sample_files.calendar)
    assert [entry.state for entry in wizard.files.entries] == [State.READY] * 4
    go_on(wizard)
    go_on(wizard)
    assert len(names(workspace)) == wizard.draft.counts[RecordKind.ACCOUNTS].added > 100


def test_state_college_goes_in_by_next_alone(wizard_of, go_on, workspace, shared_data):
    folder = shared_data / "accounts" / "state-college"
    files = ("accounts.csv", "opportunities.csv", "billing.txt", "reps.csv", "activities.csv", "calendar.ics")
    wizard = wizard_of(*(folder / name for name in files))
    assert [entry.state for entry in wizard.files.entries] == [State.READY] * 6
    go_on(wizard)
    assert wizard.draft.counts[RecordKind.ACCOUNTS].added == 990
    go_on(wizard)
    assert len(names(workspace)) == 990
