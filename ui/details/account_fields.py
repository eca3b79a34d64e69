"""The fields of an account that can be typed, as a person writes them."""

from planner.model.accounts import Account
from ui.words import money

LABELS = {
    "name": "Name",
    "street": "Street",
    "city": "City",
    "state": "State",
    "postcode": "ZIP",
    "kind": "Kind",
    "tier": "Tier",
    "owner": "Owner",
    "phone": "Phone",
    "website": "Website",
    "industry": "Industry",
    "employees": "Employees",
    "annual_revenue_cents": "Annual revenue",
    "rating": "Rating",
    "hours": "Opening hours",
    "last_activity": "Last activity",
    "tags": "Tags",
    "notes": "Notes",
    "do_not_visit": "Do not visit",
    "do_not_call": "Do not call",
}
"""In the order in which they are asked for."""
PLACEHOLDERS = {
    "hours": "Mo-Fr 08:00-17:00",
    "last_activity": "2026-11-24",
    "tags": "Fiber; Key account",
}
NUMBERS = frozenset({"employees", "annual_revenue_cents"})
"""What is typed as the settings write numbers."""


def example(name: str) -> str:
    """What could be typed for a field; empty where that needs no saying."""
    return money(120_000_000) if name == "annual_revenue_cents" else PLACEHOLDERS.get(name, "")


def typed_values(account: Account) -> dict[str, str]:
    """What a person would have typed for each field."""
    address, revenue = account.address, account.annual_revenue_cents
    return {
        "name": account.name,
        "kind": account.kind.value,
        "owner": account.owner,
        "industry": account.industry,
        "phone": account.phone,
        "website": account.website,
        "rating": account.rating,
        "hours": account.hours,
        "tier": account.tier.value,
        "employees": "" if account.employees is None else str(account.employees),
        "annual_revenue_cents": "" if revenue is None else money(revenue, 2 if revenue % 100 else 0),
        "last_activity": account.last_activity.isoformat() if account.last_activity else "",
        "tags": "; ".join(account.tags),
        "notes": account.notes,
        "do_not_visit": "yes" if account.do_not_visit else "no",
        "do_not_call": "yes" if account.do_not_call else "no",
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "postcode": address.postcode,
    }
