"""How many places are to be checked, told in the status bar."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from planner.model.accounts import Account
from planner.model.placing import AREA_ONLY, wants_place
from planner.usecases.places import places_to_check
from ui.context import AppContext
from ui.words import count


class PlacesLink(QPushButton):
    """Seen only while there are any; opens them. Those in the middle of their ZIP count only with a road pack: without one all are."""

    def __init__(self, context: AppContext, action: QAction) -> None:
        super().__init__()
        self._context = context
        self.setProperty("role", "link")
        self.clicked.connect(lambda _checked=False: action.trigger())
        context.bus.accounts_shown.connect(self._look)
        context.bus.pack_shown.connect(self._look)
        self._show(0)

    def _look(self, _news: object) -> None:
        workspace, desk = self._context.workspace, self._context.desk
        if not desk.loaded:
            return
        accounts = None if desk.pack is not None else list(desk.accounts.values())

        def work(_job: object) -> int:
            if accounts is None:
                return len(places_to_check(workspace))
            return sum(wants_place(each) and not _is_area(each) for each in accounts)

        self._context.runner.run(work, self._show, self._fail, lane="number of places", latest=True, background=True)

    def _show(self, number: int) -> None:
        self.setText(f"{count(number, 'place')} to check")
        self.setVisible(number > 0)

    def _fail(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))


def _is_area(account: Account) -> bool:
    return account.place is not None and account.match_quality in AREA_ONLY
