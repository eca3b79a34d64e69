"""What a list of accounts shows beyond the accounts themselves: their people, services, dates, worth, and where they come from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.model.accounts import Account, Opportunity
from planner.model.imports import Source
from planner.planning.value import cadence_of, contract_end, due_in_days, value_terms
from planner.progress import Report, part
from planner.store import book, whole
from planner.store.settings import read_settings
from planner.store.visits import all_visits
from planner.store.wishes import all_wishes
from planner.tracking.next_steps import with_next_steps
from planner.usecases.packs import in_sample
from planner.usecases.settings import weights_of
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from sqlite_utils import Database

_EVERY = 500
"""So many accounts are looked at between two reports."""
SOURCES = {Source.TYPED: "You", Source.CRM: "CRM", Source.BILLING: "Billing", Source.GUESSED: "Guessed"}


class AccountExtra(Struct, frozen=True):
    """What else is known of an account today.

    `due_days` until the next visit is due by its cadence (0 or less: due, or nobody has been there), `next_due` the day of that (None when
    nobody has been there), `value` what a visit is worth, in points. `sources` say where its fields came from, `ids` are those there.
    """

    due_days: int | None = None
    next_due: date | None = None
    cadence_days: int | None = None
    contract_end: date | None = None
    value: float | None = None
    next_step: str = ""
    contacts: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


NOTHING = AccountExtra()


def account_extras(
    workspace: Workspace, accounts: Sequence[Account], deals: Mapping[str, Sequence[Opportunity]], on: date, report: Report
) -> dict[int, AccountExtra]:
    """What else is known of these accounts on a day, by account id; `deals` are the open ones by the CRM id of their account."""
    sample = in_sample(workspace)
    reading, reckoning = part(report, 0.0, 0.4), part(report, 0.4, 1.0)
    text = "Looking at the accounts"
    with workspace.reading() as db:
        reading(0.0, text)
        contacts = _together((each.account_id, each.name) for each in book.all_contacts(db))
        reading(0.3, text)
        services = _together((each.account_id, each.product) for each in book.all_services(db))
        reading(0.6, text)
        sources, ids = _sources(db), _together((account_id, ref) for _source, ref, account_id, _merged in whole.all_source_ids(db))
        wishes = with_next_steps(all_wishes(db), all_visits(db, sample=sample))
        weights = weights_of(read_settings(db, sample=sample))
    extras = {}
    for number, account in enumerate(accounts):
        if number % _EVERY == 0:
            reckoning(number / len(accounts), text)
        wish = wishes.get(account.id)
        due = due_in_days(account, on, wish)
        extras[account.id] = AccountExtra(
            due_days=due,
            next_due=on + timedelta(days=due) if account.last_activity else None,
            cadence_days=cadence_of(account, wish),
            contract_end=contract_end(account, on, wish),
            value=round(sum(term.points for term in value_terms(account, deals.get(account.crm_id, ()), on, weights, wish)), 1),
            next_step=wish.next_step if wish else "",
            contacts=contacts.get(account.id, ()),
            services=services.get(account.id, ()),
            sources=sources.get(account.id, ()),
            ids=ids.get(account.id, ()),
        )
    return extras


def _together(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The texts of each account, each once and none empty."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for account_id, text in pairs:
        if text:
            found[account_id][text] = None
    return {account_id: tuple(texts) for account_id, texts in found.items()}


def _sources(db: "Database") -> dict[int, tuple[str, ...]]:
    """By account, where its fields came from."""
    known: dict[str, tuple[str, ...]] = {}  # most accounts came with the same file
    found = {}
    for account_id, text in db.execute("SELECT id, origins FROM accounts WHERE origins <> '{}'"):
        if text not in known:
            named = {SOURCES[source]: None for source, _day in book.read_origins(text).values()}
            known[text] = tuple(name for name in SOURCES.values() if name in named)
        found[account_id] = known[text]
    return found
