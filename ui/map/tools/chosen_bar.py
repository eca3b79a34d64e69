"""What the bar says of the accounts that are chosen on the map, and what it offers to do with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from planner.model.accounts import Account, Opportunity
from ui.context import AppContext
from ui.map.tools.ask import AskWord
from ui.map.tools.bar import MapBar
from ui.safety.read_only import WHY
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds
from ui.words import count, money

ONLY_THESE, SHOW_ALL = "Only these", "Show all"


class ChosenBar(QObject):
    """`narrowed` carries the ids that lists are to be kept to, or None for all; `cleared` that nothing is to be chosen any more."""

    narrowed = Signal(object)
    cleared = Signal()

    def __init__(self, context: AppContext, bar: MapBar, deeds: AccountDeeds, visits: VisitCommands) -> None:
        super().__init__(bar)
        self._context, self._bar, self._deeds, self._visits = context, bar, deeds, visits
        self._ids: tuple[int, ...] = ()
        self._where = ""
        self._narrow = False
        self.more = QMenu(bar)
        self.more.setToolTipsVisible(True)
        self._log = self.more.addAction("Log visit…", self._log_visit)
        self._owner = self.more.addAction("Assign owner…", self._ask_owner)
        self._tag = self.more.addAction("Tag…", self._ask_tag)
        context.bus.narrowed.connect(self._hear)

    def tell(self, ids: Collection[int], where: str, *, final: bool) -> None:
        """Say how many accounts are chosen, and offer what can be done with them; `where` says where they lie, empty for what was drawn.

        While the hand still draws only their number is told: what they pay would be added up for each step.
        """
        accounts = self._context.desk.accounts
        if not final and self._bar.isVisible() and ids:
            self._bar.say(count(len(ids), "account"))
            return
        self._ids = tuple(sorted(key for key in ids if key in accounts))
        if final and self._narrow:
            self.narrowed.emit(frozenset(self._ids) or None)
        self._where = where
        if self._ids:
            self._show()
        else:
            self._bar.tell(f"No account {where or 'in there'}", [("Clear", self.cleared.emit)])

    def _show(self) -> None:
        chosen = [self._context.desk.accounts[key] for key in self._ids]
        for action in (self._log, self._owner, self._tag):
            action.setEnabled(not self._deeds.read_only)
            action.setToolTip(WHY if self._deeds.read_only else "")
        self._log.setVisible(len(chosen) == 1)
        only = SHOW_ALL if self._narrow else ONLY_THESE
        self._bar.tell(
            chosen_words(chosen, self._context.desk.deals, self._where),
            [(only, self._toggle), ("Add to week", self._add), ("More", self.more), ("Clear", self.cleared.emit)],
        )

    def end(self) -> None:
        """Nothing is chosen any more: lists show everything again."""
        self._ids = ()
        if self._narrow:
            self._narrow = False
            self.narrowed.emit(None)

    def _hear(self, ids: object) -> None:
        """Somebody else may show everything again."""
        if ids is None and self._narrow:
            self._narrow = False
            if self._ids:
                self._show()

    def _toggle(self) -> None:
        self._narrow = not self._narrow
        self.narrowed.emit(frozenset(self._ids) if self._narrow else None)
        self._show()

    def _add(self) -> None:
        if self._deeds.read_only:
            self._context.bus.told.emit(WHY)
        else:
            self._deeds.add_to_week(self._ids)

    def _log_visit(self) -> None:
        self._visits.log_at(self._ids[0])

    def _ask_owner(self) -> None:
        ids, owners = self._ids, sorted({account.owner for account in self._context.desk.accounts.values() if account.owner})
        title = f"Who looks after {self._named()}?"
        AskWord(title, "Owner", owners, "Assign", lambda owner: self._deeds.assign(ids, owner), self._bar.window()).open()

    def _ask_tag(self) -> None:
        ids, tags = self._ids, sorted({tag for account in self._context.desk.accounts.values() for tag in account.tags})
        AskWord(f"Tag {self._named()}", "Tag", tags, "Tag", lambda tag: self._deeds.tag(ids, tag), self._bar.window()).open()

    def _named(self) -> str:
        return self._context.desk.accounts[self._ids[0]].name if len(self._ids) == 1 else f"these {count(len(self._ids), 'account')}"


def chosen_words(accounts: Sequence[Account], deals: Mapping[str, Iterable[Opportunity]], where: str = "") -> str:
    """How many accounts, what they pay a month, and what their open deals would: "42 accounts · $12,400 a month · $8,100 in open deals".

    `where` they are stands after their number.
    """
    pays = sum(account.mrr_cents for account in accounts)
    open_cents = sum(deal.amount_cents for account in accounts for deal in deals.get(account.crm_id, ()))
    parts = [accounts[0].name if len(accounts) == 1 else count(len(accounts), "account")]
    parts[0] += f" {where}" if where else ""
    parts += [f"{money(pays)} a month"] if pays else []
    parts += [f"{money(open_cents)} in open deals"] if open_cents else []
    return " · ".join(parts)
