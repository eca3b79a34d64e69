"""Who owns which accounts: what each territory is worth, how much work it is, and what is out of balance."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from planner.model.accounts import Account, AccountKind, Opportunity
from planner.model.places import LatLon
from planner.model.wishes import Wish
from planner.planning.value import cadence_of, due_in_days
from planner.progress import Report
from planner.store import accounts as rows
from planner.store.settings import read_settings
from planner.store.wishes import all_wishes
from planner.usecases.account_colours import by_owner
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

TOLERANCE = 0.25
"""A territory is out of balance when it has so much more or less than the mean."""
DAYS_A_MONTH = 365.25 / 12
_VISITS_A_DAY = 5
_DETOUR = 1.3
"""Roads are longer than straight lines by about this factor."""
_METRES_A_SECOND = 50 / 3.6
_TOUR = 0.57
"""The length of a tour through n points in an area A is about this times sqrt(n A), and the way there and back each day: Daganzo (1984)."""


class Territory(Struct, frozen=True):
    """The accounts of one owner; an empty `owner` is nobody's.

    Deals are open ones; `deals_cents` is what they would pay a month, each times its probability. `visits` are those a month that the
    cadence of the accounts asks for, without those not to be visited; `overdue` of them have waited longer than that, `unseen` never had
    one. `at_accounts_s` and `drive_s` are seconds a month, the drives an estimate. `group` is the index of its colour on the map, -1 for
    the rest.
    """

    owner: str
    ids: frozenset[int]
    clients: int
    prospects: int
    unplaced: int
    deals: int
    deals_cents: int
    mrr_cents: int
    overdue: int
    unseen: int
    visits: float
    at_accounts_s: float
    drive_s: float
    group: int

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return len(self.ids)

    @property
    def value_cents(self) -> int:
        """What the accounts pay a month and the open deals are expected to."""
        return self.mrr_cents + self.deals_cents

    @property
    def work_s(self) -> float:
        """Seconds a month at the accounts and on the road."""
        return self.at_accounts_s + self.drive_s


class Measure(StrEnum):
    """What territories are balanced by."""

    VALUE = "value"
    WORK = "work"

    def of(self, territory: Territory) -> float:
        """How much of it a territory has: cents a month, or seconds a month."""
        return territory.value_cents if self is Measure.VALUE else territory.work_s


class Imbalance(Struct, frozen=True):
    """An owner who has more or less than the others: by what, how much, the mean, and the part of the mean it is off (0.4: 40 % more)."""

    owner: str
    measure: Measure
    amount: float
    mean: float
    off: float


def territories_of(
    workspace: Workspace, accounts: Iterable[Account], deals: Mapping[str, Sequence[Opportunity]], today: date, report: Report
) -> list[Territory]:
    """The territory of each owner by name, and last that of nobody, if there is any; `deals` are the open ones by CRM id of the account."""
    report(0.0, "Adding up territories")
    sample = in_sample(workspace)
    with workspace.reading() as db:
        settings, wishes = read_settings(db, sample=sample), all_wishes(db)
        homes = {rep.name: rep.place for rep in rows.all_reps(db, sample=sample)}
    minutes = {AccountKind.PROSPECT: settings.seconds("capture_minutes"), AccountKind.CLIENT: settings.seconds("care_minutes")}
    every = list(accounts)
    by_name: dict[str, list[Account]] = {}
    for account in every:
        by_name.setdefault(account.owner, []).append(account)
    groups = by_owner(every)
    number = {name: index for index, name in enumerate(groups.names)}
    found = []
    for done, owner in enumerate(sorted(by_name, key=lambda name: (not name, name.casefold()))):
        report(done / len(by_name), "Adding up territories")
        one = _sums(owner, by_name[owner], deals, wishes, minutes, today)
        drive_s = drive_seconds(
            [each.place for each in by_name[owner] if each.place and not each.do_not_visit], one.visits, homes.get(owner)
        )
        found.append(replace(one, drive_s=drive_s, group=number.get(owner, -1)))
    report(1.0, "Adding up territories")
    return found


def imbalances(territories: Iterable[Territory]) -> list[Imbalance]:
    """Whose value or work is more than a quarter off the mean of all owners, the farthest off first; nobody's accounts count for none."""
    owned = [one for one in territories if one.owner]
    found = []
    for measure in Measure:
        mean = sum(measure.of(one) for one in owned) / len(owned) if owned else 0.0
        if mean > 0:
            off = [(one, measure.of(one) / mean - 1) for one in owned]
            found += [Imbalance(one.owner, measure, measure.of(one), mean, by) for one, by in off if abs(by) > TOLERANCE]
    return sorted(found, key=lambda each: (-abs(each.off), each.owner, each.measure))


def drive_seconds(places: Sequence[LatLon], visits: float, home: LatLon | None = None) -> float:
    """About how long the drives of so many visits a month take, five a day, from `home` or else the middle of the places.

    Each day there and back, and a tour through as much of the area as its visits: no roads are asked, so it only serves to compare.
    """
    if not places or visits <= 0:
        return 0.0
    middle = LatLon(sum(place.lat for place in places) / len(places), sum(place.lon for place in places) / len(places))
    start = home or middle
    away_m = sum(start.metres_to(place) for place in places) / len(places)
    tour_m = _TOUR * math.sqrt(visits * _area_m2(places, middle))
    return (2 * away_m * visits / _VISITS_A_DAY + tour_m) * _DETOUR / _METRES_A_SECOND


def _area_m2(places: Sequence[LatLon], middle: LatLon) -> float:
    """The area of the ellipse over which even spread would scatter as the places do: 4 pi times the root of the determinant."""
    metres_a_degree = 111_195.0
    across = metres_a_degree * math.cos(math.radians(middle.lat))
    x = [(place.lon - middle.lon) * across for place in places]
    y = [(place.lat - middle.lat) * metres_a_degree for place in places]
    xx, yy, xy = (sum(a * b for a, b in zip(left, right, strict=True)) / len(places) for left, right in ((x, x), (y, y), (x, y)))
    return 4 * math.pi * math.sqrt(max(0.0, xx * yy - xy * xy))


def _sums(
    owner: str,
    accounts: Sequence[Account],
    deals: Mapping[str, Sequence[Opportunity]],
    wishes: Mapping[int, Wish],
    seconds: Mapping[AccountKind, int],
    today: date,
) -> Territory:
    """All that can be counted of an owner's accounts."""
    wanted = [account for account in accounts if not account.do_not_visit]
    a_month = {account.id: DAYS_A_MONTH / cadence_of(account, wishes.get(account.id)) for account in wanted}
    theirs = [deal for account in accounts for deal in deals.get(account.crm_id, ())] if deals else []
    return Territory(
        owner,
        ids=frozenset(account.id for account in accounts),
        clients=sum(account.kind is AccountKind.CLIENT for account in accounts),
        prospects=sum(account.kind is AccountKind.PROSPECT for account in accounts),
        unplaced=sum(account.place is None for account in accounts),
        deals=len(theirs),
        deals_cents=round(sum(deal.amount_cents * deal.probability for deal in theirs)),
        mrr_cents=sum(account.mrr_cents for account in accounts),
        overdue=sum(account.last_activity is not None and due_in_days(account, today, wishes.get(account.id)) < 0 for account in wanted),
        unseen=sum(account.last_activity is None for account in wanted),
        visits=sum(a_month.values()),
        at_accounts_s=sum(a_month[account.id] * _visit_s(account, wishes.get(account.id), seconds) for account in wanted),
        drive_s=0.0,
        group=-1,
    )


def _visit_s(account: Account, wish: Wish | None, seconds: Mapping[AccountKind, int]) -> int:
    return wish.visit_minutes * 60 if wish and wish.visit_minutes else seconds[account.kind]
