"""Look accounts up, one by one and all together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.model.accounts import Account, Activity, Contact, Location, Opportunity, Service, VisitOutcome
from planner.model.imports import Origins, Source
from planner.model.places import LatLon, Match
from planner.model.tracking import Visit
from planner.model.week import Term, VisitKind
from planner.model.wishes import Wish
from planner.model.writing import USUAL_WRITING, Writing
from planner.planning.value import Weights, due_text, joint_rep, value_terms, visit_kind
from planner.store import accounts as rows
from planner.store import book
from planner.store import visits as visit_rows
from planner.store.settings import read_settings
from planner.store.wishes import all_wishes
from planner.tracking.cadence import CrmContact, with_last_seen
from planner.tracking.next_steps import with_next_steps
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.packs import in_sample, need_pack
from planner.usecases.settings import weights_of, writing_of
from planner.usecases.team import help_need
from planner.usecases.workspace import Workspace
from planner.values import Struct, field, replace

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST_NAMED = 5
"""So many accounts are named when several fit what a user wrote."""


class AccountDetails(Struct, frozen=True):
    """An account with its pipeline, its visits, what a visit is worth today and why, and when it is due.

    Also its people, what it pays for, its other locations, what the CRM knows was done there (the newest first), the ids it is known by in
    each source, and where each field came from and when.
    """

    account: Account
    opportunities: tuple[Opportunity, ...]
    visits: tuple[Visit, ...]
    kind: VisitKind
    value: float
    terms: tuple[Term, ...]
    due_text: str
    contacts: tuple[Contact, ...] = ()
    services: tuple[Service, ...] = ()
    locations: tuple[Location, ...] = ()
    activities: tuple[Activity, ...] = ()
    ids: tuple[tuple[Source, str], ...] = ()
    origins: Origins = field(default_factory=dict)


def list_accounts(workspace: Workspace) -> list[Account]:
    """The accounts of the territory in use, by name: the sample's when its pack is in use, else the user's own."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        accounts = with_last_seen(rows.all_accounts(db), *_contacts(db, sample=sample))
    return [account for account in accounts if account.sample == sample]


def account_places(workspace: Workspace) -> list[LatLon | None]:
    """Where the accounts of the territory in use are, None for each that has no place: all that drive times and totals need of them."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return rows.account_places(db, sample=sample)


def open_opportunities(workspace: Workspace) -> dict[str, list[Opportunity]]:
    """The deals that can still be won, by the CRM id of their account."""
    with workspace.reading() as db:
        deals = rows.all_opportunities(db)
    by_account: dict[str, list[Opportunity]] = {}
    for deal in deals:
        if deal.is_open:
            by_account.setdefault(deal.account_crm_id, []).append(deal)
    return by_account


def account_details(workspace: Workspace, account_id: int, today: date | None = None) -> AccountDetails:
    """Everything about one account, a visit valued as planning would on that day; raises UserProblem when there is none with this id."""
    on = today or date.today()  # noqa: DTZ011 - her own calendar day
    with workspace.reading() as db:
        account = rows.account_by_id(db, account_id)
        if account is None:
            raise UserProblem(f"There is no account {account_id}.", remedy="See roadbook accounts list.")
        account = with_last_seen([account], *_contacts(db, sample=account.sample))[0]
        deals = rows.opportunities_of(db, account.crm_id)
        visits = visit_rows.visits_of(db, account_id)
        settings = read_settings(db)
        wish = with_next_steps(all_wishes(db), visits).get(account_id)
        known = _known_of(db, account_id)
        joint = joint_rep(account, deals) if visit_kind(account, deals) is VisitKind.SUPPORT else ""
        need = help_need(db, joint, on, sample=account.sample) if joint else 0.0
    return replace(details_of(account, deals, visits, on, weights_of(settings), wish, need, writing_of(settings)), **known)


def purpose_of_visit(account: Account, opportunities: Sequence[Opportunity]) -> VisitKind:
    """What a visit to an account is for, as planning sees it."""
    return visit_kind(account, opportunities)


def _contacts(db: "Database", *, sample: bool) -> tuple[dict[int, date], dict[int, CrmContact]]:
    """When each account was last seen: by the visits kept, and by what the CRM counts; as the settings say."""
    settings = read_settings(db, sample=sample)
    outcomes = [outcome for outcome in VisitOutcome if outcome.value in settings.words("cadence_outcomes")]
    return visit_rows.last_visits(db, outcomes), book.crm_contacts(db, settings.words("cadence_activities"))


def _known_of(db: "Database", account_id: int) -> Mapping[str, Any]:
    """What else hangs on an account, by the names in AccountDetails."""
    return {
        "contacts": tuple(book.contacts_of(db, account_id)),
        "services": tuple(book.services_of(db, account_id)),
        "locations": tuple(book.locations_of(db, account_id)),
        "activities": tuple(book.activities_of(db, account_id)),
        "ids": tuple(book.ids_of(db, account_id)),
        "origins": book.origins_of(db, account_id),
    }


def details_of(
    account: Account,
    deals: list[Opportunity],
    visits: list[Visit],
    on: date,
    weights: Weights,
    wish: Wish | None = None,
    need: float = 0.0,
    writing: Writing = USUAL_WRITING,
) -> AccountDetails:
    """Put an account's details together for a day."""
    terms = value_terms(account, deals, on, weights, wish, need, writing)
    return AccountDetails(
        account,
        tuple(deals),
        tuple(visits),
        visit_kind(account, deals),
        round(sum(term.points for term in terms), 1),
        terms,
        due_text(account, on, wish, writing),
    )


def need_account(workspace: Workspace, account_id: int) -> Account:
    """The account with this number; raises UserProblem when there is none."""
    with workspace.reading() as db:
        account = rows.account_by_id(db, account_id)
    if account is None:
        raise UserProblem(f"There is no account {account_id}.", remedy="See roadbook accounts list.")
    return account


def find_account(workspace: Workspace, text: str) -> Account:
    """The account with this number, CRM id or name; raises UserProblem when none or several fit."""
    fitting = fitting_accounts(workspace, text)
    if len(fitting) == 1:
        return fitting[0]
    raise which_account(text, fitting)


def fitting_accounts(workspace: Workspace, text: str) -> list[Account]:
    """The accounts that a user may mean: that with this number or CRM id, else those of this name, else those with it in their name."""
    accounts, wanted = list_accounts(workspace), text.strip()
    if not wanted:
        return []
    return (
        [account for account in accounts if wanted in (str(account.id), account.crm_id)]
        or [account for account in accounts if account.name.casefold() == wanted.casefold()]
        or [account for account in accounts if wanted.casefold() in account.name.casefold()]
    )


def which_account(text: str, fitting: Sequence[Account]) -> UserProblem:
    """The problem that none or several accounts fit what a user wrote."""
    if not fitting:
        return UserProblem(f"No account is called “{text}”.", remedy="See roadbook accounts list.")
    some = "; ".join(f"{account.name}, {account.address.street} (number {account.id})" for account in fitting[:MOST_NAMED])
    more = f"; and {len(fitting) - MOST_NAMED} more" if len(fitting) > MOST_NAMED else ""
    return UserProblem(f"{len(fitting)} accounts fit “{text}”: {some}{more}.", remedy="Give the number of the one you mean.")


def locate_address(workspace: Workspace, text: str) -> Match:
    """Where an address written in one line is, by the pack in use."""
    with open_gazetteer(need_pack(workspace)) as gazetteer:
        return gazetteer.locate_text(text)
