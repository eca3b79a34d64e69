"""Accounts, the pipeline on them, and the reps who own them. Money is in integer cents."""

from datetime import date, datetime
from enum import StrEnum

from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.values import Struct, field


class AccountKind(StrEnum):
    """Whether the account buys from us yet."""

    PROSPECT = "prospect"
    CLIENT = "client"


class Tier(StrEnum):
    """How much attention an account deserves."""

    A = "A"
    B = "B"
    C = "C"


class Account(Struct, frozen=True):
    """One business at one address.

    `id` is the row in the store (0 when not stored yet), `crm_id` the 18-character Salesforce id, `owner` the name of its rep,
    `hours` OSM opening hours or empty, `last_activity` the day of the last contact. `place` is None when the address could not be placed;
    `duplicate_of` is the id of the account this one probably repeats; `sample` marks the fictional territory. `custom` are further columns
    of its file with their values; `mrr_cents` and `term_ends` come from its services: the monthly charges, and when their terms end.
    """

    id: int
    crm_id: str
    name: str
    kind: AccountKind
    address: PostalAddress
    owner: str = ""
    industry: str = ""
    phone: str = ""
    employees: int | None = None
    annual_revenue_cents: int | None = None
    rating: str = ""
    tier: Tier = Tier.C
    hours: str = ""
    last_activity: date | None = None
    place: LatLon | None = None
    match_quality: MatchQuality = MatchQuality.NONE
    match_source: str = ""
    match_score: float = 0.0
    match_note: str = ""
    match_doubtful: bool = False
    duplicate_of: int | None = None
    sample: bool = False
    website: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    custom: tuple[tuple[str, str], ...] = ()
    do_not_visit: bool = False
    do_not_call: bool = False
    mrr_cents: int = 0
    term_ends: tuple[date, ...] = ()


class Opportunity(Struct, frozen=True):
    """A deal in the pipeline.

    `account_crm_id` joins it to its account, `probability` is 0..1, `amount_cents` the monthly amount; `closed` is the CRM's own word.
    """

    crm_id: str
    account_crm_id: str
    name: str
    stage: str
    amount_cents: int
    probability: float
    close_date: date | None
    owner: str = ""
    kind: str = ""
    next_step: str = ""
    forecast_category: str = ""
    closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can still be won."""
        return not self.closed and not self.stage.startswith("Closed")


class Contact(Struct, frozen=True):
    """A person at an account, whose row in the store is `account_id`."""

    id: int
    crm_id: str
    account_id: int
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    no_email: bool = False
    no_call: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class Service(Struct, frozen=True):
    """What an account pays for every month: the 16-digit number it is billed under, the product, the charge, and when its term ends."""

    id: int
    account_id: int
    billing_number: str
    product: str
    mrr_cents: int
    term_end: date | None = None
    location_id: int | None = None


class Location(Struct, frozen=True):
    """Another place of an account beside its main address, such as the one a service is delivered to; `source` says who told of it."""

    id: int
    account_id: int
    label: str
    address: PostalAddress
    source: str = ""
    hours: str = ""
    match: Match = field(default_factory=lambda: Match(None, MatchQuality.NONE))


class Activity(Struct, frozen=True):
    """Something the CRM knows was done at an account: its kind as written there ("Visit", "Call"), the day, and its time if any (UTC)."""

    id: int
    crm_id: str
    account_id: int
    kind: str
    day: date
    subject: str = ""
    owner: str = ""
    status: str = ""
    note: str = ""
    starts: datetime | None = None
    minutes: int | None = None


class Rep(Struct, frozen=True):
    """An account executive or account manager of the team; `hours` are OSM opening hours, empty for the usual ones."""

    name: str
    role: str
    email: str = ""
    home: PostalAddress = field(default_factory=PostalAddress)
    quota_cents: int = 0
    skills: tuple[str, ...] = ()
    place: LatLon | None = None
    hours: str = ""
    crm_id: str = ""


class VisitOutcome(StrEnum):
    """How a visit went."""

    MET = "met"
    NO_SHOW = "no-show"
    PHONE = "phone instead"
    DECLINED = "declined"
    OTHER = "other"


class ImportProblem(Struct, frozen=True):
    """Something in a file that a person should know of: the file, the line (1 = its first, 0 = the whole file), what and what was done."""

    file: str
    row: int
    text: str
