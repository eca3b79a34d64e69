"""What a text may mean in the window: asks the index at once, and the gazetteer off the GUI thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence

from planner.model.accounts import Account, Rep
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, Match
from planner.settings import SETTINGS
from planner.usecases.find_anything import (
    FindIndex,
    Found,
    Group,
    Thing,
    account_thing,
    by_group,
    find_weeks,
    index_of_accounts,
    is_begun,
    nearest_accounts,
)
from planner.usecases.find_places import suggest_places
from planner.usecases.team import list_reps
from ui.actions import ROWS
from ui.context import AppContext
from ui.geometry import Geometry
from ui.words import SHORT_QUALITIES, distance, week_title

Section = tuple[str, Sequence[Thing]]
"""A heading and what stands under it."""

FIND = "find"
"""The action that opens the search itself; it is not found by it."""
RECENT = "Recent"
_OFFERED = ("plan-week", "reoptimise", "import", "log-visit")
"""The actions that are offered before anything is typed."""
_INDEX_AFTER_MS = 1500  # the start of the window comes first
_PLACES_AFTER_MS = 90
_PLACES_FROM = 3  # letters
_ACCOUNTS_SHOWN, _OTHERS_SHOWN, _PLACES_SHOWN, _NEAR_SHOWN, _RECENT_SHOWN = 6, 10, 5, 10, 6
_RECENT_KEPT = 20  # more than are shown: some may be gone or off


class Finder(QObject):
    """Keeps the index of the accounts up with them. `refreshed` says that the same text may find more now, `places_found` what it found."""

    refreshed = Signal()
    places_found = Signal(str, object)

    def __init__(
        self, context: AppContext, actions: Mapping[str, QAction], near: Callable[[], LatLon], geometry: Geometry, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._near = near
        self._accounts = self._others = FindIndex.of(())
        self._other_things: Sequence[Thing] = ()
        self._reps: Sequence[Rep] = ()
        self._geometry = geometry
        self._places_kept: dict[str, Thing] = {}  # places are known by their words only while the window is open
        self._asked = ""
        self._index_soon = QTimer(self, singleShot=True, interval=_INDEX_AFTER_MS)
        self._index_soon.timeout.connect(self._make_index)
        self._places_soon = QTimer(self, singleShot=True, interval=_PLACES_AFTER_MS)
        self._places_soon.timeout.connect(self._look_places_up)
        context.bus.accounts_shown.connect(lambda _accounts: self._index_soon.start())

    def prepare(self) -> None:
        """Get ready for a search: what can be done now, and whatever is not indexed yet."""
        if self._index_soon.isActive():
            self._index_soon.stop()
            self._make_index()
        self._index_others()
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: list_reps(workspace), self._take_reps, self._tell, lane="find reps", latest=True)

    def sections(self, text: str) -> list[Section]:
        """What a text may mean, without places; for an empty one what was chosen last, and what one does most."""
        if not text.strip():
            return self._offered()
        weeks = [Found(thing, 0.0) for thing in self._weeks(find_weeks(text, _today()))]
        found = [*weeks, *self._accounts.find(text, _ACCOUNTS_SHOWN), *self._others.find(text, _OTHERS_SHOWN)]
        sections = [(group.value, things) for group, things in by_group(found)]
        # Who names a week means it, though actions are called "Next week" too.
        return sorted(sections, key=lambda section: section[0] != Group.WEEKS.value)

    def with_places(self, text: str, sections: Sequence[Section], places: Sequence[Thing]) -> list[Section]:
        """Places among what else was found: before what is misspelt or not named so, if they are named so."""
        at = len(sections)
        if any(is_begun(text, place.title) for place in places):
            named = [heading == Group.WEEKS.value or is_begun(text, things[0].title) for heading, things in sections]
            at = named.index(False) if False in named else at
        return [*sections[:at], *([(Group.PLACES.value, places)] if places else []), *sections[at:]]

    def ask_places(self, text: str) -> bool:
        """Look places up, if a text can be one; `places_found` follows unless another text is asked before."""
        self._asked = text.strip()
        if len(self._asked) < _PLACES_FROM or self._context.desk.pack is None:
            self._places_soon.stop()
            return False
        self._places_soon.start()
        return True

    def keep(self, thing: Thing) -> None:
        """Remember a choice, also for the next start."""
        name = _kept_name(thing)
        if isinstance(thing.key, Match):
            self._places_kept[name] = thing
        names = [name, *(other for other in self._geometry.texts(RECENT) if other != name)]
        self._geometry.keep_texts(RECENT, names[:_RECENT_KEPT])

    def _recent(self) -> list[Thing]:
        """What was chosen last and is still there."""
        known = {_kept_name(thing): thing for thing in self._other_things} | self._places_kept
        found = (self._kept_thing(name, known) for name in self._geometry.texts(RECENT))
        return [thing for thing in found if thing is not None][:_RECENT_SHOWN]

    def _kept_thing(self, name: str, known: Mapping[str, Thing]) -> Thing | None:
        group, _, key = name.partition(" ")
        if group == Group.ACCOUNTS.name and key.isdecimal():
            account = self._context.desk.accounts.get(int(key))
            return account_thing(account) if account else None
        if group == Group.WEEKS.name:
            try:
                return self._weeks([IsoWeek.parse(key)])[0]
            except ValueError:  # somebody else wrote into the file
                return None
        return known.get(name)

    def point_of(self, thing: Thing) -> LatLon | None:
        """Where an account or a place is; None for all else."""
        if isinstance(thing.key, Match):
            return thing.key.point
        account = self._account(thing)
        return account.place if account else None

    def near(self, thing: Thing) -> list[Section]:
        """The accounts nearest to an account or a place, with how far they are."""
        point = self.point_of(thing)
        if point is None:
            return []
        desk = self._context.desk
        others = (account for account in desk.accounts.values() if account is not self._account(thing))
        nearest = nearest_accounts(others, point, _NEAR_SHOWN)
        found = [
            Thing(Group.ACCOUNTS, account.id, account.name, _away(account, distance(metres, desk.units))) for account, metres in nearest
        ]
        return [(f"Accounts near {thing.title}", found)] if found else []

    def _account(self, thing: Thing) -> Account | None:
        return self._context.desk.accounts.get(thing.key) if thing.group is Group.ACCOUNTS and isinstance(thing.key, int) else None

    def _offered(self) -> list[Section]:
        now = IsoWeek.of(_today())
        pages = [thing for thing in self._other_things if thing.group is Group.PAGES]
        actions = {thing.key: thing for thing in self._other_things if thing.group is Group.ACTIONS}
        sections: list[Section] = [
            (RECENT, self._recent()),
            (Group.ACTIONS.value, [actions[name] for name in _OFFERED if name in actions]),
            (Group.WEEKS.value, self._weeks([now, now.plus(1)])),
            (Group.PAGES.value, pages),
        ]
        return [section for section in sections if section[1]]

    def _weeks(self, weeks: Iterable[IsoWeek]) -> list[Thing]:
        now = IsoWeek.of(_today())
        return [Thing(Group.WEEKS, week, _week_name(week, now), _how_far(week, now)) for week in weeks]

    def _make_index(self) -> None:
        accounts = tuple(self._context.desk.accounts.values())
        self._context.runner.run(
            lambda _job: index_of_accounts(accounts), self._take_index, self._tell, lane="find accounts", latest=True, background=True
        )

    def _take_index(self, index: FindIndex) -> None:
        self._accounts = index
        self.refreshed.emit()

    def _take_reps(self, reps: Sequence[Rep]) -> None:
        if reps != self._reps:
            self._reps = reps
            self._index_others()
            self.refreshed.emit()

    def _index_others(self) -> None:
        reps = [Thing(Group.REPS, rep.name, rep.name, rep.role, f"rep {rep.role} {rep.email}") for rep in self._reps]
        settings = [Thing(Group.SETTINGS, each.key, each.label, each.page, f"{each.help} {each.page}") for each in SETTINGS]
        self._other_things = (*_action_things(self._actions), *reps, *settings)
        self._others = FindIndex.of(self._other_things, mends_beside=False)

    def _look_places_up(self) -> None:
        text, workspace, near = self._asked, self._context.workspace, self._near()
        self._context.runner.run(
            lambda _job: suggest_places(workspace, text, near, _PLACES_SHOWN),
            lambda matches: self._take_places(text, matches),
            lambda error: self._no_places(text, error),
            lane="find places",
            latest=True,
        )

    def _take_places(self, text: str, matches: Iterable[Match]) -> None:
        if text == self._asked:
            placed = (match for match in matches if match.point is not None)
            self.places_found.emit(text, [Thing(Group.PLACES, each, each.text, SHORT_QUALITIES[each.quality]) for each in placed])

    def _no_places(self, text: str, error: BaseException) -> None:
        self._tell(error)
        self._take_places(text, ())

    def _tell(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))


def _kept_name(thing: Thing) -> str:
    """A thing as a word of the file: its group and key."""
    return f"{thing.group.name} {thing.key.text if isinstance(thing.key, Match) else thing.key}"


def _away(account: Account, far: str) -> str:
    return f"{account.address.street} · {far}" if account.address.street else far


def _today() -> date:
    return date.today()  # noqa: DTZ011 - her own calendar day


def _action_things(actions: Mapping[str, QAction]) -> list[Thing]:
    """The actions that can be done now, with their keys."""
    made = []
    for row in ROWS:
        action = actions[row.id]
        if row.id != FIND and action.isEnabled():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            made.append(Thing(Group.PAGES if row.where == "go" else Group.ACTIONS, row.id, action.text().removesuffix("…"), keys))
    return made


def _week_name(week: IsoWeek, now: IsoWeek) -> str:
    return week_title(week) if week.year == now.year else f"{week_title(week)}, {week.day(4).year}"


def _how_far(week: IsoWeek, now: IsoWeek) -> str:
    weeks = (week.day(0) - now.day(0)).days // 7
    names = {0: "this week", 1: "next week", -1: "last week"}
    return names.get(weeks) or (f"in {weeks} weeks" if weeks > 0 else f"{-weeks} weeks ago")
