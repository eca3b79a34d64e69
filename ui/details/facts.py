"""The fields of an account in words, and where each came from."""

from datetime import date

from planner.model.accounts import Account
from planner.model.imports import Origins, Source
from planner.values import Struct
from ui.words import account_kind, full_day, money, month_day, number

SOURCES = {Source.TYPED: "typed", Source.CRM: "CRM", Source.BILLING: "billing", Source.GUESSED: "guessed"}
_LONG_SOURCES = {
    Source.TYPED: "Typed in Roadbook",
    Source.CRM: "From the CRM",
    Source.BILLING: "From billing",
    Source.GUESSED: "Guessed by Roadbook",
}


class Fact(Struct, frozen=True):
    """One field: its name, its label, its value in words, and where that came from: in a word, and in full ("" when not known)."""

    name: str
    label: str
    text: str
    origin: str = ""
    origin_full: str = ""


def account_facts(account: Account, origins: Origins | None = None) -> list[Fact]:
    """The fields of an account that have a value, custom ones at the end."""
    texts: dict[str, tuple[str, str]] = {
        "kind": ("Kind", account_kind(account)),
        "owner": ("Owner", account.owner),
        "tier": ("Tier", account.tier.value),
        "phone": ("Phone", account.phone),
        "website": ("Website", account.website),
        "industry": ("Industry", account.industry),
        "employees": ("Employees", number(account.employees) if account.employees is not None else ""),
        "annual_revenue_cents": ("Annual revenue", money(account.annual_revenue_cents) if account.annual_revenue_cents is not None else ""),
        "rating": ("Rating", account.rating),
        "hours": ("Hours", account.hours.replace("; ", "\n")),
        "last_activity": ("Last activity", day_words(account.last_activity)),
        "tags": ("Tags", ", ".join(account.tags)),
        "notes": ("Notes", account.notes),
    }
    facts = [_fact(name, label, text, origins) for name, (label, text) in texts.items() if text]
    return facts + [_fact("custom", label, text, origins) for label, text in account.custom if text]


def origin_words(name: str, origins: Origins | None) -> tuple[str, str]:
    """Where a field came from, in a word ("CRM", "typed Nov 2") and in full; both empty when nobody knows."""
    if not origins or name not in origins:
        return "", ""
    source, day = origins[name]
    short = f"typed {month_day(day)}" if source is Source.TYPED else SOURCES[source]
    return short, f"{_LONG_SOURCES[source]}, {day_words(day)}"


def day_words(day: date | None) -> str:
    """A day with its year: "Nov 2, 2026"; empty for none."""
    return full_day(day) if day else ""


def _fact(name: str, label: str, text: str, origins: Origins | None) -> Fact:
    return Fact(name, label, text, *origin_words(name, origins))
