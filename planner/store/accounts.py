"""Accounts, opportunities and reps as rows."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from planner.model.accounts import Account, AccountKind, Opportunity, Rep, Tier
from planner.model.imports import Origins
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.store.book import write_origins

_KINDS = {kind.value: kind for kind in AccountKind}
_TIERS = {tier.value: tier for tier in Tier}
_QUALITIES = {quality.value: quality for quality in MatchQuality}
_AT_ONCE = 500
_SELECT = """\
SELECT id, crm_id, name, kind, street, city, state, postcode, owner, industry, phone, employees, annual_revenue_cents, rating, tier, hours,
    last_activity, lat, lon, match_quality, match_source, match_score, match_note, match_doubtful, duplicate_of, sample, website, tags,
    notes, do_not_visit, do_not_call, mrr_cents, term_ends, custom
FROM accounts LEFT JOIN (
    SELECT account_id, sum(mrr_cents) AS mrr_cents, group_concat(DISTINCT term_end) AS term_ends FROM services GROUP BY account_id
) ON account_id = id
"""


def all_accounts(db: Database) -> list[Account]:
    """Every account, by name."""
    return _accounts(db, "ORDER BY name COLLATE NOCASE, id")


def account_places(db: Database, *, sample: bool) -> list[LatLon | None]:
    """Where the accounts of the sample are, or the user's own; None for each that has no place."""
    found = db.execute("SELECT lat, lon FROM accounts WHERE sample = ? ORDER BY id", [int(sample)])
    return [LatLon(lat, lon) if lat is not None else None for lat, lon in found]


def account_by_id(db: Database, account_id: int) -> Account | None:
    """The account with this id, or None."""
    return next(iter(_accounts(db, "WHERE id = ?", [account_id])), None)


def accounts_of(db: Database, account_ids: Collection[int]) -> list[Account]:
    """The accounts with these ids, by name."""
    return _accounts(db, "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name COLLATE NOCASE, id", [json.dumps(list(account_ids))])


def save_accounts(db: Database, accounts: Iterable[Account]) -> None:
    """Insert accounts with id 0 and rewrite the others; what their services say is not theirs to keep."""
    rows = [_account_row(account) for account in accounts]
    table = db.table("accounts")
    table.insert_all([{**row, "id": None} for row in rows if not row["id"]])
    table.upsert_all([row for row in rows if row["id"]], pk="id")


def insert_accounts(db: Database, accounts: Iterable[Account], origins: Mapping[int, Origins]) -> None:
    """Insert accounts under the ids that they have, with where their fields came from."""
    rows = [_account_row(account) | {"origins": write_origins(origins.get(account.id, {}))} for account in accounts]
    db.table("accounts").insert_all(rows)


def update_accounts(db: Database, accounts: Iterable[Account], origins: Mapping[int, Origins]) -> None:
    """Rewrite accounts, with where their fields came from for those that are in `origins`."""
    table = db.table("accounts")
    rows = [_account_row(account) for account in accounts]
    table.upsert_all([row | {"origins": write_origins(origins[row["id"]])} for row in rows if row["id"] in origins], pk="id")
    table.upsert_all([row for row in rows if row["id"] not in origins], pk="id")


def delete_accounts(db: Database, account_ids: Iterable[int]) -> None:
    """Take accounts out with all that hangs on them."""
    ids = [(account_id,) for account_id in account_ids]
    db.conn.executemany("UPDATE accounts SET duplicate_of = NULL WHERE duplicate_of = ?", ids)
    db.conn.executemany("DELETE FROM accounts WHERE id = ?", ids)


def newest_account(db: Database) -> int:
    """The highest id of an account, 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM accounts").fetchone()[0])


def mark_duplicate(db: Database, account_id: int, duplicate_of: int | None) -> None:
    """Mark an account as a possible duplicate of another one, or as none."""
    db.execute("UPDATE accounts SET duplicate_of = ? WHERE id = ? AND duplicate_of IS NOT ?", [duplicate_of, account_id, duplicate_of])


def all_opportunities(db: Database) -> list[Opportunity]:
    """Every opportunity, nearest close date first."""
    rows = db.table("opportunities").rows_where(order_by="close_date, crm_id")
    return [_opportunity(row) for row in rows]


def opportunities_of(db: Database, account_crm_id: str) -> list[Opportunity]:
    """The opportunities of one account, nearest close date first."""
    rows = db.table("opportunities").rows_where("account_crm_id = ?", [account_crm_id], order_by="close_date, crm_id")
    return [_opportunity(row) for row in rows]


def opportunities_owned(db: Database, owner: str) -> list[Opportunity]:
    """The opportunities of one rep, nearest close date first."""
    rows = db.table("opportunities").rows_where("owner = ?", [owner], order_by="close_date, crm_id")
    return [_opportunity(row) for row in rows]


def save_opportunities(db: Database, opportunities: Iterable[Opportunity]) -> None:
    """Insert or rewrite opportunities; their accounts must be there."""
    db.table("opportunities").upsert_all(
        (
            {
                "crm_id": deal.crm_id,
                "account_crm_id": deal.account_crm_id,
                "name": deal.name,
                "stage": deal.stage,
                "amount_cents": deal.amount_cents,
                "probability": deal.probability,
                "close_date": deal.close_date.isoformat() if deal.close_date else None,
                "owner": deal.owner,
                "kind": deal.kind,
                "next_step": deal.next_step,
                "forecast_category": deal.forecast_category,
                "closed": int(deal.closed),
            }
            for deal in opportunities
        ),
        pk="crm_id",
    )


def all_reps(db: Database, *, sample: bool) -> list[Rep]:
    """The team, by name: the sample's, or the user's own."""
    return [
        Rep(
            name=row["name"],
            role=row["role"],
            email=row["email"],
            home=PostalAddress(row["street"], row["city"], row["state"], row["postcode"]),
            quota_cents=row["quota_cents"],
            skills=tuple(skill for skill in row["skills"].split("; ") if skill),
            place=_point(row),
            hours=row["hours"],
            crm_id=row["crm_id"],
        )
        for row in db.table("reps").rows_where("sample = ?", [int(sample)], order_by="name")
    ]


def save_reps(db: Database, reps: Iterable[Rep], *, sample: bool) -> None:
    """Insert or rewrite reps; their working hours, which no file tells, stay."""
    db.table("reps").upsert_all(
        (
            {
                "name": rep.name,
                "role": rep.role,
                "email": rep.email,
                "street": rep.home.street,
                "city": rep.home.city,
                "state": rep.home.state,
                "postcode": rep.home.postcode,
                "quota_cents": rep.quota_cents,
                "skills": "; ".join(rep.skills),
                "lat": rep.place.lat if rep.place else None,
                "lon": rep.place.lon if rep.place else None,
                "crm_id": rep.crm_id,
                "sample": int(sample),
            }
            for rep in reps
        ),
        pk=("name", "sample"),
    )


def set_rep_hours(db: Database, name: str, hours: str, *, sample: bool) -> None:
    """Keep the working hours of a rep."""
    db.table("reps").update((name, int(sample)), {"hours": hours})


def _opportunity(row: dict[str, Any]) -> Opportunity:
    return Opportunity(**{**row, "close_date": _day(row["close_date"]), "closed": bool(row["closed"])})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _point(row: dict[str, Any]) -> LatLon | None:
    return LatLon(row["lat"], row["lon"]) if row["lat"] is not None else None


def _accounts(db: Database, rest: str, values: Sequence[object] = ()) -> list[Account]:
    """The accounts a query is about.

    A book of 20,000 is read at every start: by position, the further columns of many accounts parsed in one go, and what many have is
    kept once.
    """
    found = db.execute(f"{_SELECT} {rest}", list(values))
    known: dict[Any, Any] = {}
    accounts: list[Account] = []
    while rows := found.fetchmany(_AT_ONCE):
        customs = json.loads(f"[{','.join([row[-1] for row in rows])}]")
        accounts += [_account(row, custom, known.setdefault) for row, custom in zip(rows, customs, strict=True)]
    return accounts


def _account(row: Sequence[Any], custom: dict[str, str], once: Callable[[Any, Any], Any]) -> Account:
    (number, crm_id, name, kind, street, city, state, postcode, owner, industry, phone, employees, revenue, rating, tier, hours, *row) = row
    (seen, lat, lon, quality, source, score, note, doubtful, duplicate_of, sample, website, tags, notes, no_visit, no_call, *row) = row
    mrr_cents, term_ends, _custom = row
    return Account(
        number,
        crm_id,
        name,
        _KINDS[kind],
        PostalAddress(street, once(city, city), once(state, state), once(postcode, postcode)),
        once(owner, owner),
        once(industry, industry),
        phone,
        employees,
        revenue,
        once(rating, rating),
        _TIERS[tier],
        once(hours, hours),
        date.fromisoformat(seen) if seen else None,
        LatLon(lat, lon) if lat is not None else None,
        _QUALITIES[quality],
        once(source, source),
        score,
        once(note, note),
        bool(doubtful),
        duplicate_of,
        bool(sample),
        website,
        once(parts := tuple(tags.split("; ")), parts) if tags else (),
        once(notes, notes),
        tuple([once(pair, pair) for pair in custom.items()]),
        bool(no_visit),
        bool(no_call),
        mrr_cents or 0,
        tuple(sorted(map(date.fromisoformat, term_ends.split(",")))) if term_ends else (),
    )


def _account_row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "crm_id": account.crm_id,
        "name": account.name,
        "kind": account.kind.value,
        "street": account.address.street,
        "city": account.address.city,
        "state": account.address.state,
        "postcode": account.address.postcode,
        "owner": account.owner,
        "industry": account.industry,
        "phone": account.phone,
        "employees": account.employees,
        "annual_revenue_cents": account.annual_revenue_cents,
        "rating": account.rating,
        "tier": account.tier.value,
        "hours": account.hours,
        "last_activity": account.last_activity.isoformat() if account.last_activity else None,
        "lat": account.place.lat if account.place else None,
        "lon": account.place.lon if account.place else None,
        "match_quality": account.match_quality.value,
        "match_source": account.match_source,
        "match_score": account.match_score,
        "match_note": account.match_note,
        "match_doubtful": int(account.match_doubtful),
        "duplicate_of": account.duplicate_of,
        "sample": int(account.sample),
        "website": account.website,
        "tags": "; ".join(account.tags),
        "notes": account.notes,
        "custom": json.dumps(dict(account.custom), ensure_ascii=False),
        "do_not_visit": int(account.do_not_visit),
        "do_not_call": int(account.do_not_call),
    }
