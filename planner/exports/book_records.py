"""The book of accounts as records of an export.

The headers are those by which the import knows its fields, best first, so that a file written here is read back as it is. What the import
has no field for stands in tables of their own, because it would keep a further column of an account as a custom field.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.exports.tables import Column, Records
from planner.model.accounts import Account, Activity, Contact, Location, Opportunity, Rep, Service
from planner.model.imports import Origins, Source
from planner.model.wishes import Wish

Row = dict[str, Any]

_OF = (Column("Account ID", "account_crm_id"), Column("Account Name", "account_name"))
"""Of which account a record is."""

_ACCOUNT = (
    Column("Account ID", "crm_id"),
    Column("Billing Account Number", "billing_number"),
    Column("Account Name", "name"),
    Column("Account Owner", "owner"),
    Column("Type", "kind"),
    Column("Industry", "industry"),
    Column("Billing Street", "street"),
    Column("Billing City", "city"),
    Column("Billing State/Province", "state"),
    Column("Billing Zip/Postal Code", "postcode"),
    Column("Shipping Street", "street", "shipping"),
    Column("Shipping City", "city", "shipping"),
    Column("Shipping State/Province", "state", "shipping"),
    Column("Shipping Zip/Postal Code", "postcode", "shipping"),
    Column("Phone", "phone"),
    Column("Employees", "employees"),
    Column("Annual Revenue", "annual_revenue_cents"),
    Column("Last Activity", "last_activity"),
    Column("Rating", "rating"),
    Column("Tier", "tier"),
    Column("Hours", "hours"),
    Column("Website", "website"),
    Column("Tags", "tags"),
    Column("Notes", "notes"),
    Column("Do Not Visit", "do_not_visit"),
    Column("Do Not Call", "do_not_call"),
)
_PLACE = (
    Column("Account ID", "crm_id"),
    Column("Account Name", "name"),
    Column("Roadbook Number", "id"),
    Column("Full Address", "address"),
    Column("Latitude", "lat"),
    Column("Longitude", "lon"),
    Column("Placed By", "match_quality"),
    Column("Placed With", "match_source"),
    Column("Sureness", "match_score"),
    Column("To Be Checked", "match_doubtful"),
    Column("Remark", "match_note"),
    Column("Possible Duplicate Of", "duplicate_of"),
)
_ID = (*_OF, Column("System", "source"), Column("Record", "ref"), Column("Through A Merge", "merged"))
_ORIGIN = (*_OF, Column("Comes From", "source"), Column("Since", "day"), Column("Fields", "fields"))
_LOCATION = (
    *_OF,
    Column("Location", "label"),
    Column("Location Street", "street"),
    Column("Location City", "city"),
    Column("Location State", "state"),
    Column("Location Zip", "postcode"),
    Column("Location Hours", "hours"),
    Column("Comes From", "source"),
    *_PLACE[4:11],
)
_CONTACT = (
    Column("Contact ID", "crm_id"),
    *_OF,
    Column("First Name", "first_name"),
    Column("Last Name", "last_name"),
    Column("Title", "title"),
    Column("Email", "email"),
    Column("Phone", "phone"),
    Column("Mobile Phone", "mobile"),
    Column("Has Opted Out Of Email", "no_email"),
    Column("Do Not Call", "no_call"),
)
_OPPORTUNITY = (
    Column("Opportunity ID", "crm_id"),
    *_OF,
    Column("Opportunity Name", "name"),
    Column("Stage", "stage"),
    Column("Amount", "amount_cents"),
    Column("Probability (%)", "probability"),
    Column("Close Date", "close_date"),
    Column("Opportunity Owner", "owner"),
    Column("Type", "kind"),
    Column("Next Step", "next_step"),
    Column("Forecast Category Name", "forecast_category"),
    Column("Is Closed", "closed"),
)
_SERVICE = (
    Column("Billing Account Number", "billing_number"),
    Column("Customer Name", "account_name"),
    Column("Service Address", "street"),
    Column("Service City", "city"),
    Column("Service State", "state"),
    Column("Service Zip", "postcode"),
    Column("Product", "product"),
    Column("Monthly Recurring Charge", "mrr_cents"),
    Column("Term End", "term_end"),
    Column("Contact Phone", "account_phone"),
    Column("Delivered To", "delivered_to"),
)
_ACTIVITY = (
    Column("Activity ID", "crm_id"),
    *_OF,
    Column("Activity Date", "day"),
    Column("Start Date Time", "starts"),
    Column("Duration In Minutes", "minutes"),
    Column("Type", "kind"),
    Column("Subject", "subject"),
    Column("Assigned", "owner"),
    Column("Status", "status"),
    Column("Description", "note"),
)
_REP = (
    Column("User ID", "crm_id"),
    Column("Name", "name"),
    Column("Role", "role"),
    Column("Email", "email"),
    Column("Home Street", "street"),
    Column("Home City", "city"),
    Column("Home State", "state"),
    Column("Home Zip", "postcode"),
    Column("Monthly Quota MRR", "quota_cents"),
    Column("Skills", "skills"),
    Column("Working Hours", "hours"),
    Column("Latitude", "lat"),
    Column("Longitude", "lon"),
)
_WISH = (
    *_OF,
    Column("Points", "boost"),
    Column("Without Fail", "must"),
    Column("Visit By", "deadline"),
    Column("Only On", "weekdays"),
    Column("Every Days", "cadence_days"),
    Column("Visit Minutes", "visit_minutes"),
    Column("Contract Ends", "contract_end"),
)
_APART = (
    Column("Account ID", "first_crm_id"),
    Column("Account Name", "first_name"),
    Column("Is Not Account ID", "second_crm_id"),
    Column("Is Not Account Name", "second_name"),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHIPPING = "Shipping address"
"""The label of a location that came with its account's own row."""


def account_records(
    accounts: Sequence[Account],
    origins: Mapping[int, Origins],
    ids: Iterable[tuple[Source, str, int, bool]],
    locations: Sequence[Location],
) -> list[Records]:
    """The accounts with all their fields; for tables also where they are, their ids and the origins of their fields.

    `ids` are the source, the id in it, the account it stands for, and whether it does so through a merge.
    """
    by_id = {account.id: account for account in accounts}
    of_account: dict[int, list[Row]] = {}
    for source, ref, account_id, merged in ids:
        if account_id in by_id:
            of_account.setdefault(account_id, []).append({"source": source.value, "ref": ref, "merged": merged})
    shipping = {location.account_id: location for location in reversed(locations) if location.label == SHIPPING}
    rows = [
        _account(account, by_id, origins.get(account.id, {}), of_account.get(account.id, []), shipping.get(account.id))
        for account in accounts
    ]
    named = [{"account_crm_id": row["crm_id"], "account_name": row["name"]} for row in rows]
    known = [owner | each for owner, row in zip(named, rows, strict=True) for each in row["ids"]]
    came = [owner | each for owner, row in zip(named, rows, strict=True) for each in _by_origin(origins.get(row["id"], {}))]
    return [
        Records("accounts", (*_ACCOUNT, *_custom_columns(accounts)), rows),
        Records("places", _PLACE, rows, in_document=False),
        Records("record-ids", _ID, known, in_document=False),
        Records("origins", _ORIGIN, came, in_document=False),
    ]


def _account(account: Account, by_id: Mapping[int, Account], origins: Origins, ids: list[Row], shipping: Location | None) -> Row:
    twin = by_id.get(account.duplicate_of or 0)
    billing = sorted((each for each in ids if each["source"] == Source.BILLING), key=lambda each: each["merged"])
    return {
        "id": account.id,
        "crm_id": account.crm_id,
        "billing_number": billing[0]["ref"] if billing else "",
        "name": account.name,
        "owner": account.owner,
        "kind": account.kind.value,
        "industry": account.industry,
        "street": account.address.street,
        "city": account.address.city,
        "state": account.address.state,
        "postcode": account.address.postcode,
        "address": account.address.one_line,
        "shipping": _address(shipping) if shipping and account.address.street else {},
        "phone": account.phone,
        "employees": account.employees,
        "annual_revenue_cents": account.annual_revenue_cents,
        "last_activity": account.last_activity,
        "rating": account.rating,
        "tier": account.tier.value,
        "hours": account.hours,
        "website": account.website,
        "tags": account.tags,
        "notes": account.notes,
        "do_not_visit": account.do_not_visit,
        "do_not_call": account.do_not_call,
        "custom": dict(account.custom),
        "lat": account.place.lat if account.place else None,
        "lon": account.place.lon if account.place else None,
        "match_quality": account.match_quality.value,
        "match_source": account.match_source,
        "match_score": account.match_score,
        "match_note": account.match_note,
        "match_doubtful": account.match_doubtful,
        "duplicate_of": twin.crm_id if twin else None,
        "ids": ids,
        "origins": {name: {"source": source.value, "day": day} for name, (source, day) in origins.items()},
    }


def _custom_columns(accounts: Sequence[Account]) -> list[Column]:
    """A column for each custom field; one that would be taken for another column, or for a field of accounts, gets a name of its own."""
    taken = {_plain(column.header) for column in _ACCOUNT}
    columns = []
    for name in dict.fromkeys(name for account in accounts for name, _value in account.custom):
        header = name
        while _plain(header) in taken:
            header += " (custom)"
        taken.add(_plain(header))
        columns.append(Column(header, name, "custom"))
    return columns


def _plain(header: str) -> str:
    """A header as the import compares it: without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", header).casefold()


def _by_origin(origins: Origins) -> list[Row]:
    """One row a source and day, with the fields that came from it then."""
    fields: dict[tuple[str, Any], list[str]] = {}
    for name, (source, day) in origins.items():
        fields.setdefault((source.value, day), []).append(name)
    return [{"source": source, "day": day, "fields": names} for (source, day), names in fields.items()]


def _address(located: Location) -> Row:
    address = located.address
    return {"street": address.street, "city": address.city, "state": address.state, "postcode": address.postcode}


def _of(account: Account) -> Row:
    return {"account_id": account.id, "account_crm_id": account.crm_id, "account_name": account.name}


def location_records(locations: Iterable[Location], by_id: Mapping[int, Account]) -> Records:
    """The other locations of the accounts."""
    rows = [
        _of(by_id[each.account_id])
        | {"label": each.label, **_address(each), "hours": each.hours, "source": each.source, "address": each.address.one_line}
        | {"lat": each.match.point.lat if each.match.point else None, "lon": each.match.point.lon if each.match.point else None}
        | {"match_quality": each.match.quality.value, "match_source": each.match.source, "match_score": each.match.score}
        | {"match_note": each.match.note, "match_doubtful": each.match.doubtful}
        for each in locations
        if each.account_id in by_id
    ]
    return Records("locations", _LOCATION, rows)


def contact_records(contacts: Iterable[Contact], by_id: Mapping[int, Account]) -> Records:
    """The people at the accounts."""
    names = ("crm_id", "first_name", "last_name", "title", "email", "phone", "mobile", "no_email", "no_call")
    rows = [_of(by_id[each.account_id]) | {name: getattr(each, name) for name in names} for each in contacts if each.account_id in by_id]
    return Records("contacts", _CONTACT, rows)


def opportunity_records(deals: Iterable[Opportunity], by_id: Mapping[int, Account]) -> Records:
    """The deals on the accounts."""
    by_crm_id = {account.crm_id: account for account in by_id.values()}
    names = [column.key for column in _OPPORTUNITY if column not in _OF]
    rows = [
        _of(by_crm_id[each.account_crm_id]) | {name: getattr(each, name) for name in names}
        for each in deals
        if each.account_crm_id in by_crm_id
    ]
    return Records("opportunities", _OPPORTUNITY, rows)


def service_records(
    services: Iterable[Service], by_id: Mapping[int, Account], locations: Iterable[Location], numbers: Mapping[int, str]
) -> Records:
    """What the accounts pay for; `numbers` are the billing numbers that the table of accounts has, by account.

    A service under another number of its account has that account's own address, by which the import joins it.
    """
    places = {location.id: location.address for location in locations}
    rows = []
    for each in services:
        account = by_id.get(each.account_id)
        if account is not None:
            delivered = places.get(each.location_id or 0, account.address)
            address = delivered if each.billing_number == numbers.get(account.id) else account.address
            rows.append(
                _of(account)
                | {"account_phone": account.phone, "billing_number": each.billing_number, "product": each.product}
                | {"street": address.street, "city": address.city, "state": address.state, "postcode": address.postcode}
                | {"mrr_cents": each.mrr_cents, "term_end": each.term_end, "delivered_to": delivered.one_line}
            )
    return Records("services", _SERVICE, rows)


def activity_records(activities: Iterable[Activity], by_id: Mapping[int, Account]) -> Records:
    """What the CRM knows was done at the accounts; times are UTC."""
    names = [column.key for column in _ACTIVITY if column not in _OF]
    rows = [_of(by_id[each.account_id]) | {name: getattr(each, name) for name in names} for each in activities if each.account_id in by_id]
    return Records("activities", _ACTIVITY, rows)


def rep_records(reps: Iterable[Rep]) -> Records:
    """The team."""
    rows = [
        {"crm_id": rep.crm_id, "name": rep.name, "role": rep.role, "email": rep.email}
        | {"street": rep.home.street, "city": rep.home.city, "state": rep.home.state, "postcode": rep.home.postcode}
        | {"quota_cents": rep.quota_cents, "skills": rep.skills, "hours": rep.hours}
        | {"lat": rep.place.lat if rep.place else None, "lon": rep.place.lon if rep.place else None}
        for rep in reps
    ]
    return Records("reps", _REP, rows)


def wish_records(wishes: Iterable[Wish], by_id: Mapping[int, Account]) -> Records:
    """What she wants of single accounts."""
    names = ("boost", "must", "deadline", "cadence_days", "visit_minutes", "contract_end")
    rows = [
        _of(by_id[each.account_id])
        | {name: getattr(each, name) for name in names}
        | {"weekdays": [_WEEKDAYS[weekday] for weekday in each.weekdays]}
        for each in wishes
        if each.account_id in by_id
    ]
    return Records("wishes", _WISH, rows)


def apart_records(pairs: Iterable[tuple[int, int]], by_id: Mapping[int, Account]) -> Records:
    """The pairs of accounts that were judged not to be the same."""
    rows = [
        {"first_crm_id": by_id[first].crm_id, "first_name": by_id[first].name}
        | {"second_crm_id": by_id[second].crm_id, "second_name": by_id[second].name}
        for first, second in sorted(pairs)
        if first in by_id and second in by_id
    ]
    return Records("kept-apart", _APART, rows)


def other_records(table: str, columns: Sequence[str], rows: Iterable[Row], by_id: Mapping[int, Account]) -> Records:
    """The rows of a table of the store as they are, each with the account it is of, where it is of one."""
    shown = [name for name in columns if name not in {"account_id", "sample"}]
    owned = _OF if "account_id" in columns else ()
    one = table.removesuffix("s").replace("_", " ")
    headers = [Column(f"{one} {name.replace('_', ' ')}".title(), name) for name in shown]
    return Records(
        table.replace("_", "-"),
        (*owned, *headers),
        [{name: row[name] for name in shown} | _of_its_account(row, by_id) for row in rows],
    )


def _of_its_account(row: Row, by_id: Mapping[int, Account]) -> Row:
    account = by_id.get(row.get("account_id") or 0)
    return _of(account) if account else {}
