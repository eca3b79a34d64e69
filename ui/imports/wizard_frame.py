"""What is around the steps of the wizard: their names above, progress and buttons below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.parts import button, label, progress_bar, set_role

_PROGRESS_PX = 160


class StepsBar(QWidget):
    """The names of the steps, the present one strong."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._labels = [label(f"{number}  {text}", "quiet") for number, text in enumerate(steps, start=1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(10)
        for number, each in enumerate(self._labels):
            if number:
                row.addWidget(_dash())
            row.addWidget(each)
        row.addStretch(1)

    def show_step(self, step: int) -> None:
        """Make a step the present one."""
        for number, each in enumerate(self._labels):
            set_role(each, "week" if number == step else "quiet")
        self.setAccessibleName(f"Step {step + 1} of {len(self._steps)}: {self._steps[step]}")


class Footer(QFrame):
    """A line of text or the progress of what is under way, and the buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "quiet", wrap=True)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = progress_bar("Progress", _PROGRESS_PX)
        self.stop = button("Stop", "link")
        self.back, self.next, self.cancel = button("Back"), button("Next", "primary"), button("Cancel")
        self.next.setDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(8)
        row.addWidget(self.progress)
        row.addWidget(self.told, 1)
        for each in (self.stop, self.back, self.next, self.cancel):
            row.addWidget(each)
        self.end()

    def begin(self) -> None:
        """Show that something is under way."""
        self.told.setText("")
        self.progress.setValue(0)
        self._show_working(True)

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far it is, and what is being done."""
        self.progress.setValue(round(1000 * fraction))
        self.told.setText(text)

    def end(self) -> None:
        """Show that nothing is under way."""
        self._show_working(False)

    def show_state(self, text: str, *, can: bool, back: bool, cancel: bool, told: str) -> None:
        """Name the button that goes on, say which of them can be pressed, and why it cannot go on."""
        self.next.setText(text)
        self.next.setEnabled(can)
        self.next.setToolTip(told)
        self.back.setVisible(back)
        self.cancel.setVisible(cancel)
        if self.progress.isHidden():
            self.told.setText(told)

    def _show_working(self, working: bool) -> None:
        for widget in (self.progress, self.stop):
            widget.setVisible(working)


def _dash() -> QWidget:
    made = label("—", "quiet")
    made.setAccessibleName("")
    return made
