"""The lower panel of the Territory page: the key figures of what is picked, and what is out of balance."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.usecases.territories import Territory, imbalances
from ui.territory.words import EVERYONE, balance_words, figures_of, in_balance, mean_words, name_of
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import LinkLine, button, clear, label
from ui.widgets.scrolled import Scrolled

_FIGURE_PX = 84
_ROUND_OFF = (
    "Expected: what accounts pay a month, and open deals times their probability. Work: visits by cadence, and an estimate of the drives."
)


class TerritoryFigures(QFrame):
    """Told by the list what there is and what is picked; `choose` picks the owner of a line that is pressed."""

    def __init__(self, actions: Mapping[str, QAction], choose: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self._choose = choose
        self._territories: Sequence[Territory] = ()
        self.title = label(EVERYONE, "title", wrap=True)
        self.accounts = button("Show accounts", "", actions["page-accounts"].trigger)
        self.accounts.setToolTip("The list of accounts, with these only")
        self.lasso = button("Choose on the map", "", actions["tool-lasso"].trigger)
        self.lasso.setToolTip("Draw a line around accounts, then More, Assign owner")
        self.figures = QWidget()
        self._flow = FlowLayout(self.figures, gap=8)
        self.heading = label("OUT OF BALANCE, A MONTH", "heading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._assemble()
        self.show_chosen(None)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.accounts)
        head.addWidget(self.lasso)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.figures)
        column.addSpacing(6)
        column.addWidget(self.heading)
        column.addLayout(self._lines)
        column.addWidget(label(_ROUND_OFF, "small", wrap=True))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inside, "Key figures and balance"))

    def show_territories(self, territories: Sequence[Territory]) -> None:
        """Say what of these is out of balance."""
        self._territories = territories
        clear(self._lines)
        found = imbalances(territories)
        for each in found:
            self._lines.addWidget(LinkLine(balance_words(each), lambda owner=each.owner: self._choose(owner)))
        if found:
            self._lines.addWidget(label(mean_words(found), "small", wrap=True))
        else:
            self._lines.addWidget(label(in_balance(territories), "quiet", wrap=True))

    def show_chosen(self, territory: Territory | None) -> None:
        """Show the figures of a territory, or those of everyone."""
        self.title.setText(name_of(territory) if territory else EVERYONE)
        clear(self._flow)
        for figure, told, detail in figures_of([territory] if territory else self._territories):
            self._flow.addWidget(_card(figure, told, detail))


def _card(figure: str, told: str, detail: str) -> QWidget:
    card = QWidget()
    card.setMinimumWidth(_FIGURE_PX)
    card.setAccessibleName(f"{figure} {told}, {detail}")
    column = QVBoxLayout(card)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(0)
    column.addWidget(label(figure, "title"))
    column.addWidget(label(told))
    column.addWidget(label(detail, "small"))
    return card
