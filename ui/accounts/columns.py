"""The columns of the list of accounts: what each is called, what its values are, and how they read. A cell's text is made when painted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.model.account_views import ColumnType
from planner.model.accounts import Account, Opportunity
from planner.model.places import MatchQuality
from planner.model.week import VisitKind, WeekPlan
from planner.usecases.account_extras import NOTHING, AccountExtra
from planner.values import Struct
from ui.words import SHORT_QUALITIES, account_kind, clock, full_day, money, number, short_day

TEXT, WORDS, NUMBER, MONEY, DAY, YES_NO = ColumnType
NONE = "–"
INDENT = "     "
MARKED = frozenset({"name", "placed"})
"""The columns whose texts stand behind a mark, and with what before them."""
CUSTOM = "custom:"
"""How the key of a column begins that a file brought along."""
_QUALITY_ORDER = {quality: place for place, quality in enumerate(MatchQuality)}


class Row(NamedTuple):
    """An account with its open deals, what the plan does with it as text and as a key that sorts planned visits first, and the rest."""

    account: Account
    deals: Sequence[Opportunity] = ()
    week: tuple[str, str] = ("", "~")
    extra: AccountExtra = NOTHING


class Column(Struct, frozen=True):
    """A column by its key. `value` is None, empty or () where a row has none; `order` is what it sorts by, where that is not its value;
    `words` is how a value reads, where its type does not say. `section` is where it stands in the list of columns, `width` in pixels.
    """

    key: str
    title: str
    type: ColumnType
    value: Callable[[Row], Any]
    section: str
    width: int = 110
    order: Callable[[Row], Any] | None = None
    words: Callable[[Any], str] | None = None

    @property
    def right_aligned(self) -> bool:
        """Whether it has figures, which stand to the right."""
        return self.type in {NUMBER, MONEY, DAY}

    def text(self, row: Row) -> str:
        """How the value of a row reads."""
        value = self.value(row)
        return value_words(self, value) if value not in {None, "", ()} else NONE


def value_words(column: Column, value: Any) -> str:  # noqa: PLR0911 - one return a type
    """How a value of a column reads."""
    if column.words is not None:
        return column.words(value)
    match column.type:
        case ColumnType.WORDS:
            return "; ".join(value)
        case ColumnType.NUMBER:
            return number(value)
        case ColumnType.MONEY:
            return money(value)
        case ColumnType.DAY:
            return full_day(value)
        case ColumnType.YES_NO:
            return "Yes" if value else "No"
    return " ".join(str(value).split())


def longest_text(column: Column) -> str:
    """The longest text of a column of days or times, as the settings write them; empty for other columns."""
    day = date(2026, 9, 30)
    if column.type is ColumnType.DAY:
        return full_day(day)
    return f"{short_day(day)}, {clock(22 * 3600 + 58 * 60)}" if column.key == "week" else ""


def due_words(days: int) -> str:
    """When a visit is due: "34 d over", "due", "in 4 d"."""
    return f"{number(-days)} d over" if days < 0 else "due" if days == 0 else f"in {number(days)} d"


def wants_a_look(account: Account) -> bool:
    """Whether the place of an account is doubtful or missing."""
    return account.match_doubtful or account.place is None


def _furthest(row: Row) -> Opportunity | None:
    return max(row.deals, key=lambda deal: deal.probability, default=None)


def _stage(row: Row) -> str:
    furthest = _furthest(row)
    return furthest.stage if furthest else ""


def _stage_order(row: Row) -> tuple[float, str] | None:
    furthest = _furthest(row)
    return (-furthest.probability, furthest.stage) if furthest else None


def _placed(row: Row) -> str:
    placed = SHORT_QUALITIES[row.account.match_quality]
    return f"{placed} · doubtful" if row.account.match_doubtful and row.account.place is not None else placed


def _overdue(row: Row) -> int | None:
    days = row.extra.due_days
    return -days if days is not None and days < 0 else None


def _next_close(row: Row) -> date | None:
    return min((deal.close_date for deal in row.deals if deal.close_date), default=None)


ACCOUNT_, PLACE_, DEALS_, VISITS_, FROM_, OWN_ = (
    "Account",
    "Address and place",
    "Deals and services",
    "Visits",
    "Where from",
    "From your files",
)
COLUMNS: tuple[Column, ...] = (
    Column("name", "Account", TEXT, lambda row: row.account.name, ACCOUNT_, 240),
    Column("kind", "Kind", TEXT, lambda row: account_kind(row.account), ACCOUNT_, 80),
    Column("tier", "Tier", TEXT, lambda row: row.account.tier.value, ACCOUNT_, 50),
    Column("stage", "Stage", TEXT, _stage, DEALS_, 120, order=_stage_order),
    Column("owner", "Owner", TEXT, lambda row: row.account.owner, ACCOUNT_, 104),
    Column("deals", "Open deals", MONEY, lambda row: sum(deal.amount_cents for deal in row.deals) if row.deals else None, DEALS_, 92),
    Column("due", "Due", NUMBER, lambda row: row.extra.due_days, VISITS_, 96, words=due_words),
    Column("last_visit", "Last visit", DAY, lambda row: row.account.last_activity, VISITS_, 114),
    Column("week", "This week", TEXT, lambda row: row.week[0], VISITS_, 116, order=lambda row: row.week[1] if row.week[0] else None),
    Column(
        *("placed", "Placed", TEXT, _placed, PLACE_, 96),
        order=lambda row: (row.account.match_doubtful, _QUALITY_ORDER[row.account.match_quality]),
    ),
    Column("industry", "Industry", TEXT, lambda row: row.account.industry, ACCOUNT_, 130),
    Column("rating", "Rating", TEXT, lambda row: row.account.rating, ACCOUNT_, 80),
    Column("employees", "Employees", NUMBER, lambda row: row.account.employees, ACCOUNT_, 92),
    Column("revenue", "Annual revenue", MONEY, lambda row: row.account.annual_revenue_cents, ACCOUNT_, 120),
    Column("contacts", "Contacts", WORDS, lambda row: row.extra.contacts, ACCOUNT_, 160),
    Column("phone", "Phone", TEXT, lambda row: row.account.phone, ACCOUNT_, 116),
    Column("website", "Website", TEXT, lambda row: row.account.website, ACCOUNT_, 160),
    Column("tags", "Tags", WORDS, lambda row: row.account.tags, ACCOUNT_, 130),
    Column("notes", "Notes", TEXT, lambda row: row.account.notes, ACCOUNT_, 220),
    Column("do_not_visit", "Do not visit", YES_NO, lambda row: row.account.do_not_visit, ACCOUNT_, 92),
    Column("do_not_call", "Do not call", YES_NO, lambda row: row.account.do_not_call, ACCOUNT_, 92),
    Column("duplicate", "Possible duplicate", YES_NO, lambda row: row.account.duplicate_of is not None, ACCOUNT_, 124),
    Column("street", "Street", TEXT, lambda row: row.account.address.street, PLACE_, 160),
    Column("town", "Town", TEXT, lambda row: row.account.address.city, PLACE_, 112),
    Column("state", "State", TEXT, lambda row: row.account.address.state, PLACE_, 60),
    Column("zip", "ZIP", TEXT, lambda row: row.account.address.postcode, PLACE_, 72),
    Column("place_to_check", "Place to check", YES_NO, lambda row: wants_a_look(row.account), PLACE_, 104),
    Column("place_note", "Remark on the place", TEXT, lambda row: row.account.match_note, PLACE_, 200),
    Column("hours", "Opening hours", TEXT, lambda row: row.account.hours, VISITS_, 150),
    Column("deal_count", "Number of deals", NUMBER, lambda row: len(row.deals) or None, DEALS_, 112),
    Column("close_date", "Next close date", DAY, _next_close, DEALS_, 116),
    Column("mrr", "MRR", MONEY, lambda row: row.account.mrr_cents or None, DEALS_, 86),
    Column("services", "Services", WORDS, lambda row: row.extra.services, DEALS_, 160),
    Column("contract_end", "Contract end", DAY, lambda row: row.extra.contract_end, DEALS_, 112),
    Column("value", "Value of a visit", NUMBER, lambda row: row.extra.value, VISITS_, 104, words=number),
    Column("next_due", "Next due", DAY, lambda row: row.extra.next_due, VISITS_, 112),
    Column("overdue", "Days overdue", NUMBER, _overdue, VISITS_, 100),
    Column("cadence", "Every days", NUMBER, lambda row: row.extra.cadence_days, VISITS_, 86),
    Column("next_step", "Next step", TEXT, lambda row: row.extra.next_step, VISITS_, 180),
    Column("sources", "Comes from", WORDS, lambda row: row.extra.sources, FROM_, 112),
    Column("ids", "Record IDs", WORDS, lambda row: row.extra.ids or (row.account.crm_id,), FROM_, 180),
    Column("number", "Roadbook number", NUMBER, lambda row: row.account.id, FROM_, 116, words=str),
)
USUAL = ("name", "kind", "tier", "stage", "owner", "deals", "due", "last_visit", "week", "placed")
"""The columns that are shown at first."""


def columns_of(accounts: Iterable[Account]) -> tuple[Column, ...]:
    """All columns that can be shown of these accounts: those of every account, and those that files brought along."""
    names = dict.fromkeys(name for account in accounts for name, _value in account.custom)
    return (*COLUMNS, *map(_custom, names))


def _custom(name: str) -> Column:
    def value(row: Row) -> str:
        return next((text for key, text in row.account.custom if key == name), "")

    return Column(CUSTOM + name, name, TEXT, value, OWN_, 130)


def rows_of(
    accounts: Iterable[Account],
    deals: Mapping[str, Sequence[Opportunity]],
    plan: WeekPlan | None,
    extras: Mapping[int, AccountExtra] | None = None,
) -> list[Row]:
    """The rows of the list."""
    week, known, unplanned = _this_week(plan), extras or {}, ("", "~")
    return [
        Row(account, deals.get(account.crm_id, ()), week.get(account.id, unplanned), known.get(account.id, NOTHING)) for account in accounts
    ]


def _this_week(plan: WeekPlan | None) -> dict[int, tuple[str, str]]:
    """By account id, what the plan does with it, as text and as a key that sorts planned visits first."""
    found: dict[int, tuple[str, str]] = {}
    if plan is not None:
        for each in plan.left_out:
            if each.account_id is not None:
                found[each.account_id] = (each.reason.value.capitalize(), f"b{each.reason.value}")
        for day in plan.days:
            for stop in day.stops:
                if stop.account_id is not None and stop.kind is not VisitKind.DUTY:
                    found[stop.account_id] = (f"{short_day(day.day)}, {clock(stop.start_s)}", f"a{day.day} {stop.start_s:06d}")
    return found
