"""Add an account that no file has."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QFormLayout, QGridLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from planner.errors import UserProblem
from planner.model.accounts import AccountKind, Tier
from planner.model.changes import Changes
from planner.model.places import LatLon, Match, PostalAddress
from planner.usecases.edit_accounts import add_account
from planner.usecases.places import address_candidates, chosen, pinned
from planner.usecases.reach import called
from ui.context import AppContext
from ui.details.account_fields import LABELS
from ui.dialogs.frame import button_row, column_of, problem_line, tell_problem
from ui.places.candidate_list import CandidateList
from ui.widgets.parts import button, label, set_role

_PAUSE_MS = 350
_ADDRESS = ("street", "city", "state", "postcode")
_CHOICES = {"kind": [(each.value.capitalize(), each.value) for each in AccountKind], "tier": [(each.value, each.value) for each in Tier]}
_USUAL = {"kind": AccountKind.PROSPECT.value, "tier": Tier.C.value}
_NOT_FOUND = "Nothing on this laptop knows this address. The account is added all the same; put its pin on the map later."


class AddAccount(QDialog):
    """The name is needed; the address is looked up as it is typed, and may be chosen from what is found. `added` carries the new account.

    With a `place`, a point that was clicked on the map, the account is put there.
    """

    added = Signal(int)

    def __init__(self, context: AppContext, place: LatLon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(520)
        self._context, self._place = context, place
        self.fields: dict[str, QWidget] = {}
        self.matches: Sequence[Match] = ()
        self.match: Match | None = None
        self.where = label("", "quiet", wrap=True)
        self.where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.candidates = CandidateList(context.theme)
        self.candidates.chosen.connect(self._choose)
        self.candidates.hide()
        self.problem = problem_line()
        self.save = button("Add", "primary", self._save)
        self.save.setDefault(True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._look_up)
        column = column_of(self, "Add an account", window_title="Add an account")
        column.addLayout(self._form())
        column.addWidget(self.problem)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject)))
        self._line("name").textChanged.connect(self._follow_name)
        self._follow_name()
        self.fields["name"].setFocus()
        if place is not None:
            self._say_place(place)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed or chosen, by field."""
        texts = {name: _text_of(field) for name, field in self.fields.items()}
        return {name: text for name, text in texts.items() if text}

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in ("name", "kind"):
            form.addRow(LABELS[name], self._make(name))
        for name in _ADDRESS:
            self._make(name)
            if self._place is None:
                self._line(name).textChanged.connect(self._soon.start)
        form.addRow(LABELS["street"], self.fields["street"])
        form.addRow("City, state, ZIP", self._town())
        for widget in (self.where, self.candidates):
            form.addRow("", widget)
        for name in ("owner", "phone", "tier", "notes"):
            form.addRow(LABELS[name], self._make(name))
        return form

    def _make(self, name: str) -> QWidget:
        if name in _CHOICES:
            made: QWidget = _combo(_CHOICES[name], _USUAL[name])
        elif name == "notes":
            made = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(64)
        else:
            made = QLineEdit()
        if isinstance(made, QLineEdit) and name == "owner":
            owners = sorted({account.owner for account in self._context.desk.accounts.values() if account.owner})
            completer = QCompleter(owners, made)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.setCompleter(completer)
        made.setAccessibleName(LABELS[name])
        self.fields[name] = made
        return made

    def _town(self) -> QGridLayout:
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(6)
        for column, (name, stretch) in enumerate((("city", 3), ("state", 1), ("postcode", 2))):
            row.addWidget(self.fields[name], 0, column)
            row.setColumnStretch(column, stretch)
        return row

    def _line(self, name: str) -> QLineEdit:
        line = self.fields[name]
        assert isinstance(line, QLineEdit)
        return line

    def _follow_name(self) -> None:
        named = bool(self._line("name").text().strip())
        self.save.setEnabled(named)
        self.save.setToolTip("" if named else "Give the account a name first.")

    # Where it is

    def _say_place(self, place: LatLon) -> None:
        workspace = self._context.workspace
        self._tell("It is put where you clicked on the map.", "good")
        self._context.runner.run(
            lambda _job: called(workspace, place),
            lambda found: self._tell(f"It is put where you clicked on the map, {found.name}.", "good"),
            lambda _error: None,
            lane="place of a new account",
            latest=True,
        )

    def _look_up(self) -> None:
        workspace, name = self._context.workspace, self._line("name").text().strip()
        address = PostalAddress(**{part: self._line(part).text().strip() for part in _ADDRESS})
        self.match = None
        if not (address.street or address.city or address.postcode):
            self.show_candidates(())
            return
        self._context.runner.run(
            lambda job: address_candidates(workspace, address, name, job.report),
            self.show_candidates,
            self._none_found,
            lane="place of a new account",
            latest=True,
        )

    def show_candidates(self, matches: Sequence[Match]) -> None:
        """Show the places the address may be, the best first."""
        asked = any(self._line(part).text().strip() for part in _ADDRESS)
        self.matches = [match for match in matches if match.point is not None]
        self.candidates.setVisible(bool(self.matches))
        self.candidates.show_candidates(self.matches, None, self._context.desk.units)
        found = "It is placed by its address, or where you choose." if self.matches else _NOT_FOUND
        self._tell(found if asked else "", "quiet" if self.matches else "support")
        self.adjustSize()

    def _none_found(self, error: BaseException) -> None:
        self.show_candidates(())
        if not isinstance(error, UserProblem):
            tell_problem(self.problem, error)

    def _choose(self, index: int) -> None:
        if index < len(self.matches):
            self.match = self.matches[index]
            self._tell(f"Placed at {self.match.text or self.match.note}.", "good")

    def _tell(self, text: str, role: str) -> None:
        set_role(self.where, role)
        self.where.setText(text)
        self.where.setVisible(bool(text))

    # Adding it

    def _save(self) -> None:
        workspace, typed = self._context.workspace, self.typed
        match = pinned(self._place) if self._place is not None else chosen(self.match) if self.match is not None else None
        self.save.setEnabled(False)
        job = self._context.runner.run(lambda _job: add_account(workspace, typed, match), self._keep, self._refused, lane="data")
        job.done.connect(self.accept)

    def _keep(self, answer: tuple[int, Changes]) -> None:
        number, changes = answer
        self._context.bus.changed.emit(changes)
        self._context.bus.told.emit(f"{changes.label}. Ctrl+Z takes that back.")
        self.added.emit(number)

    def _refused(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        tell_problem(self.problem, error)


def _combo(choices: Sequence[tuple[str, str]], usual: str) -> QComboBox:
    combo = QComboBox()
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(combo.findData(usual))
    return combo


def _text_of(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    return (
        field.toPlainText().strip() if isinstance(field, QPlainTextEdit) else field.text().strip() if isinstance(field, QLineEdit) else ""
    )
