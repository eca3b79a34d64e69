"""Sets, changes or takes off the passphrase; says plainly what that means."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.confirm import Confirm
from ui.safety.commands import SafetyCommands
from ui.safety.unlock_dialog import secret_field, show_button
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label, set_role

SHORTEST = 8
"""So many characters a passphrase has at least, as the store wants it."""
_GOOD_FROM = 16

_LOSS = "If the passphrase is lost, nobody can open the data again: no one at Roadbook, and no other program. Keep it where you find it."
_READABLE = (
    "These stay readable without it: what you export, the road packs with their kept drive times, and the logs. "
    "What of them is there is listed when it is done. A disk may also keep what was deleted until it is written over; "
    "encrypting the whole disk guards against that."
)


class PassphraseDialog(QDialog):
    """Asks twice for the new one; what is asked for then runs in the dialog it came from."""

    def __init__(self, commands: SafetyCommands, *, encrypted: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Passphrase")
        self._commands = commands
        self.first = secret_field("New passphrase")
        self.again = secret_field("The same again")
        self.hint = label("", "quiet", wrap=True)
        self.shown = show_button(self.first, self.again)
        self.use = button("Change the passphrase" if encrypted else "Encrypt the data", "primary", self._use)
        self.use.setDefault(True)
        self.off = button("Take it off…", "", self._ask_off)
        self.off.setVisible(encrypted)
        self.cancel = button("Cancel", "", self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label("Change the passphrase" if encrypted else "Set a passphrase", "title"))
        layout.addWidget(label("The data and every backup of it are encrypted. Roadbook asks for it at each start.", wrap=True))
        layout.addWidget(label(_LOSS, "support", wrap=True))
        layout.addSpacing(4)
        for name, field in (("New passphrase", self.first), ("The same again", self.again)):
            title = label(name, "heading")
            title.setBuddy(field)
            layout.addWidget(title)
            layout.addWidget(field)
            field.textChanged.connect(self._weigh)
        layout.addWidget(self.hint)
        layout.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(4)
        layout.addWidget(label(_READABLE, "small", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.off)
        row.addStretch(1)
        row.addWidget(self.use)
        row.addWidget(self.cancel)
        layout.addSpacing(6)
        layout.addLayout(row)
        self._weigh()
        fit_height(self, 520)
        self.first.setFocus()

    def _weigh(self) -> None:
        text, role, usable = hint_words(self.first.text(), self.again.text())
        self.hint.setText(text)
        set_role(self.hint, role)
        self.use.setEnabled(usable)

    def _use(self) -> None:
        self._commands.use_passphrase(self.first.text())
        self.accept()

    def _ask_off(self) -> None:
        Confirm(
            "Take the passphrase off?",
            "The data and its backups are written again without it: whoever gets at the files of this laptop can read them then.",
            "Take it off",
            self._take_off,
            self,
        ).open()

    def _take_off(self) -> None:
        self._commands.take_off()
        self.accept()


def hint_words(first: str, again: str) -> tuple[str, str, bool]:
    """What to say of a passphrase typed twice, in which role, and whether it can be used."""
    if not first:
        return f"{SHORTEST} characters at least. Several words make a good one.", "quiet", False
    missing = SHORTEST - len(first)
    if missing > 0:
        return f"{missing} more {'character' if missing == 1 else 'characters'} at least.", "support", False
    if not first.strip():
        return "Only spaces cannot be a passphrase.", "support", False
    if again != first:
        begun = again and not first.startswith(again)
        return ("The two differ." if begun else "Type the same again."), ("bad" if begun else "quiet"), False
    if len(first) < _GOOD_FROM:
        return "This will do. Longer is stronger: add a word or two.", "quiet", True
    return "Long enough to be strong, if it is not a known phrase.", "good", True
