"""When an account was last seen: what starts its cadence anew, and what does not."""

from collections.abc import Iterable, Mapping
from datetime import date

from planner.model.accounts import Account
from planner.values import replace

CrmContact = tuple[date | None, date]
"""What the CRM's activities say of an account: the newest day of one that counts as a contact, or None, and of any."""


def last_seen(account: Account, visit: date | None, crm: CrmContact | None) -> date | None:
    """The day an account was last seen: the newest of the visit kept and of what the CRM counts.

    The CRM's own last activity may be an e-mail: it counts only where no activity is known, or none that new.
    """
    told = account.last_activity
    counted, newest = crm or (None, date.min)
    if told is not None and told <= newest:
        told = None
    return max(filter(None, (told, visit, counted)), default=None)


def with_last_seen(accounts: Iterable[Account], visits: Mapping[int, date], crm: Mapping[int, CrmContact]) -> list[Account]:
    """The accounts, with the day on which each was last seen as its last activity."""
    seen = ((account, last_seen(account, visits.get(account.id), crm.get(account.id))) for account in accounts)
    return [account if account.last_activity == day else replace(account, last_activity=day) for account, day in seen]
