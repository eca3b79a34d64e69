"""A mail after a visit: drafted from a template, looked through here, and sent by hand from the mail program."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Visit
from planner.usecases.accounts import account_details
from planner.usecases.mail_drafts import (
    TEMPLATES,
    MailDraft,
    draft_mail,
    fitting_template,
    keep_template,
    mailto_link,
    own_templates,
    write_eml,
)
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace
from ui.accounts.name_dialog import NameDialog
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.file_dialogs import Purpose, save_file
from ui.visits.fields import Choice
from ui.visits.words import when_words
from ui.widgets.parts import button, label, set_role

_UNSENT = "Roadbook sends nothing: the mail opens as a draft, and you send it."
_NO_PROGRAM = "No mail program answered. Save the draft as a file, and open that."


class MailSheet(Struct, frozen=True):
    """A draft, the name of its account, who of the account does not want e-mail, by address, and the names of her own templates."""

    draft: MailDraft
    account: str
    refused: dict[str, str]
    own: tuple[str, ...] = ()


class MailDialog(QDialog):
    """Template, addresses, subject, text; says plainly whom not to write to, and why the mail program cannot be used."""

    def __init__(self, context: AppContext, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Mail draft")
        self._context, self._visit = context, visit
        self._sheet: MailSheet | None = None
        self._chosen = self._taken = fitting_template(visit)
        self.heading = label("", "title", wrap=True)
        self.template = Choice("Template")
        self._offer(())
        self.notes = label("", "support", wrap=True, selectable=True)
        self.to, self.subject = QLineEdit(), QLineEdit()
        self.to.setPlaceholderText("Addresses, with commas between")
        self.to.setAccessibleName("To")
        self.subject.setAccessibleName("Subject")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text")
        self.told = label(_UNSENT, "small", wrap=True)
        self.open_ = button("Open in mail program", "primary", self._open)
        self.save = button("Save as .eml…", "", self._ask_where)
        self.keep = button("Save as template…", "", self._ask_name)
        self.keep.setToolTip("Keep subject and text for other mails: names, days and next steps of this visit become placeholders")
        self._lay_out()
        self._enable()
        self.template.currentIndexChanged.connect(lambda _index: self._choose())
        for changed in (self.to.textChanged, self.subject.textChanged, self.text.textChanged):
            changed.connect(self._enable)
        self.resize(QSize(620, 560).boundedTo(self.screen().availableSize() - QSize(40, 60)))
        self._load()

    @property
    def draft(self) -> MailDraft:
        """The draft as it is typed."""
        to = tuple(address for part in self.to.text().replace(";", ",").split(",") if (address := part.strip()))
        return MailDraft(to, self.subject.text().strip(), self.text.toPlainText())

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        if self._sheet is None:
            return False
        kept, typed = self._sheet.draft, self.draft
        return (typed.to, typed.subject, typed.body) != (kept.to, kept.subject.strip(), kept.body)

    def reject(self) -> None:
        """Close; asks first when something was typed."""
        if self.is_changed:
            Confirm("Leave the draft?", "What you typed is not kept.", "Leave", self._leave, self, stay="Go on editing").open()
        else:
            super().reject()

    def _leave(self) -> None:
        super().reject()

    def save_as(self, file: Path) -> None:
        """Write the draft as a file that mail programs open unsent."""
        draft, bus = self.draft, self._context.bus
        job = self._context.runner.run(lambda _job: write_eml(draft, file), lambda out: bus.told.emit(f"Saved {out}"), self._refused)
        job.done.connect(self.accept)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        for name, field in (("Template", self.template), ("To", self.to), ("Subject", self.subject)):
            form.addRow(name, field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keep)
        row.addStretch(1)
        for each in (self.open_, self.save, button("Cancel", "", self.reject)):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(label(f"After the visit of {when_words(self._visit)}", "quiet", wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.notes)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.told)
        layout.addLayout(row)
        self.notes.hide()

    def _load(self) -> None:
        workspace, visit, template = self._context.workspace, self._visit, self._chosen
        self._context.runner.run(
            lambda _job: mail_sheet(workspace, visit, template), self._fill, self._not_filled, lane=f"mail draft {visit.id}", latest=True
        )

    def _fill(self, sheet: MailSheet) -> None:
        self._sheet, self._taken = sheet, self._chosen
        self._offer(sheet.own)
        self.heading.setText(sheet.account)
        self.notes.setText("\n".join(sheet.draft.notes))
        self.notes.setVisible(bool(sheet.draft.notes))
        self.to.setText(", ".join(sheet.draft.to))
        self.subject.setText(sheet.draft.subject)
        self.text.setPlainText(sheet.draft.body)
        self._enable()
        (self.text if sheet.draft.to else self.to).setFocus()

    def _offer(self, own: tuple[str, ...]) -> None:
        """Her own templates stand below those that Roadbook brings."""
        offered = [(name, name[:1].upper() + name[1:]) for name in TEMPLATES if name not in own]
        self.template.offer([*offered, *((name, name) for name in own)], self._chosen)

    def _not_filled(self, error: BaseException) -> None:
        """A template that cannot be read is told, with the draft before it still there."""
        if self._sheet is None or not isinstance(error, UserProblem):
            self._gone(error)
            return
        self._chosen = self._taken
        self._offer(self._sheet.own)
        self._tell(str(error))

    def _gone(self, error: BaseException) -> None:
        show_error(error, self.parentWidget())
        super().reject()

    def _choose(self) -> None:
        if self.template.value == self._chosen:
            return
        if not self.is_changed:
            self._take_template()
            return
        question = Confirm("Take the other template?", "It takes the place of what you typed.", "Take it", self._take_template, self)
        question.rejected.connect(lambda: self.template.setCurrentIndex(self.template.findData(self._chosen)))
        question.open()

    def _take_template(self) -> None:
        self._chosen = self.template.value
        self._load()

    def _enable(self) -> None:
        refused = self._refusal()
        link = "" if refused else self._link_problem()
        self.open_.setEnabled(self._sheet is not None and not refused and not link)
        self.save.setEnabled(self._sheet is not None and not refused)
        self.keep.setEnabled(self._sheet is not None and bool(self.draft.body.strip()) and not self._context.workspace.read_only)
        self.open_.setToolTip(refused or link)
        self._tell(refused or link)

    def _refusal(self) -> str:
        """Who among the addresses does not want e-mail, or empty."""
        refused = self._sheet.refused if self._sheet is not None else {}
        names = [refused[address.casefold()] for address in self.draft.to if address.casefold() in refused]
        return f"{names[0]} does not want e-mail: take the address out." if names else ""

    def _link_problem(self) -> str:
        try:
            mailto_link(self.draft)
        except UserProblem as problem:
            return str(problem)
        return ""

    def _tell(self, problem: str) -> None:
        self.told.setText(problem or _UNSENT)
        set_role(self.told, "bad" if problem else "small")

    def _open(self) -> None:
        # The link is encoded already; as a text Qt would read some of it anew.
        if QDesktopServices.openUrl(QUrl.fromEncoded(mailto_link(self.draft).encode("ascii"))):
            self._context.bus.told.emit("The draft is in your mail program. Nothing is sent until you send it.")
            self.accept()
        else:
            self._tell(_NO_PROGRAM)

    def _ask_where(self) -> None:
        home, name = self._context.workspace.home, f"mail-{self._visit.day}-{self._visit.id}.eml"
        file, _kind = save_file(self, home, Purpose.MAILS, "Save the draft", name, "Mail (*.eml)")
        if file:
            self.save_as(file)

    def _ask_name(self) -> None:
        workspace, visit, draft = self._context.workspace, self._visit, self.draft

        def keep(name: str) -> Changes:
            return Changes(f"Save the template “{keep_template(workspace, visit.id, name, draft.subject, draft.body)}”")

        asked = NameDialog(self._context, "Save as template", "", keep, self)
        asked.accepted.connect(self._read_names)
        asked.open()

    def _read_names(self) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: tuple(own_templates(workspace)), self._show_names, self._refused)

    def _show_names(self, own: tuple[str, ...]) -> None:
        if self._sheet is not None:
            self._sheet = replace(self._sheet, own=own)
            self._offer(own)
            self._context.bus.told.emit("Saved as a template. It is a text file in the templates folder beside your data.")

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._tell(str(error))
        else:
            show_error(error, self)


def mail_sheet(workspace: Workspace, visit: Visit, template: str) -> MailSheet:
    """A draft after a visit; raises UserProblem when the visit or its account is gone."""
    draft = draft_mail(workspace, visit.id, template)
    assert visit.account_id is not None  # without one there is no draft
    details = account_details(workspace, visit.account_id)
    refused = {person.email.strip().casefold(): person.name for person in details.contacts if person.no_email and person.email.strip()}
    return MailSheet(draft, details.account.name, refused, tuple(own_templates(workspace)))
