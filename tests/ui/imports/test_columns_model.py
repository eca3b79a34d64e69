import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from planner.model.imports import RecordKind, Take
from ui.imports.choice_delegate import ChoiceDelegate, ChoiceEditor
from ui.imports.columns_model import FIELD, HEADER, OPTIONS, TAKE, VALUES, WRONG, ColumnsModel
from ui.imports.tables import as_guessed, mapping_of, with_kind


@pytest.fixture
def choice(samples_of, accounts_file):
    (sample,) = samples_of(accounts_file)
    return as_guessed(sample)


@pytest.fixture
def model(qapp, choice):
    made = ColumnsModel()
    made.show(choice)
    return made


def test_each_column_shows_heading_values_field_and_what_they_do(model):
    assert [model.index(8, column).data() for column in (HEADER, VALUES, FIELD, TAKE)] == ["Phone", "814-555-0101", "Phone", "Update"]
    assert model.index(0, TAKE).data() == ""
    assert model.index(2, VALUES).data() == "Rep B  ·  Rep C"


def test_a_value_from_a_file_is_no_html_in_a_tooltip(model):
    tip = model.index(1, VALUES).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Hoag &amp; Sons&lt;/b&gt;" in tip
    assert "<b>" not in tip


def test_another_field_is_told_with_the_whole_choice(model):
    seen = []
    model.edited.connect(seen.append)
    assert model.setData(model.index(9, FIELD), "notes")
    assert mapping_of(seen[0]).columns["notes"] == "Region"
    assert not model.setData(model.index(9, FIELD), "notes")
    assert len(seen) == 1


def test_a_field_that_two_columns_have_is_marked_in_both(model):
    model.setData(model.index(9, FIELD), "phone")
    assert [row for row in range(model.rowCount()) if model.index(row, FIELD).data(WRONG)] == [8, 9]


def test_the_choices_say_what_is_needed_and_what_is_taken(model):
    options = {value: text for value, text, _tip in model.index(9, FIELD).data(OPTIONS)}
    assert options["name"] == "Name (needed) – now “Account Name”"
    assert options["notes"] == "Notes"
    assert list(options)[:2] == ["", "custom"]


def test_custom_fields_are_only_for_accounts(model, choice):
    model.show(with_kind(choice, RecordKind.CONTACTS))
    assert "custom" not in [value for value, _text, _tip in model.index(0, FIELD).data(OPTIONS)]


def test_a_table_that_is_left_out_has_nothing_to_choose(model, choice):
    model.show(with_kind(choice, None))
    assert model.index(0, FIELD).data(OPTIONS) is None
    assert not model.flags(model.index(0, FIELD)) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_cell_is_changed_by_the_keyboard_alone(qtbot, theme, model):
    table = QTableView()
    table.setModel(model)
    ChoiceDelegate(theme, table)
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show()
    table.setCurrentIndex(model.index(8, TAKE))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    editor = table.findChild(ChoiceEditor)
    assert editor.accessibleName() == "Phone: Existing values"
    qtbot.keyClick(editor.view(), Qt.Key.Key_Down)
    qtbot.keyClick(editor.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.index(8, TAKE).data() == "Only where empty")
    qtbot.waitUntil(lambda: table.findChild(ChoiceEditor) is None)
    assert model.index(8, TAKE).data(Qt.ItemDataRole.EditRole) == Take.FILL
