"""The team's exports: accounts as a Salesforce report, opportunities as Data Loader writes them, the reps; with the usual small mess."""

import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from planner.sample.addresses import STATE, Premises
from planner.sample.business import Business
from planner.sample.chance import dice
from planner.sample.names import word_lists
from planner.values import Struct, replace

PROSPECTS, CLIENTS, OPPORTUNITIES = 100, 50, 90

_STAGES = (
    ("Prospecting", 10, 4),
    ("Qualification", 10, 4),
    ("Needs Analysis", 20, 4),
    ("Value Proposition", 50, 4),
    ("Id. Decision Makers", 60, 3),
    ("Perception Analysis", 70, 3),
    ("Proposal/Price Quote", 75, 4),
    ("Negotiation/Review", 90, 2),
)
"""Salesforce's open stages, their probabilities in percent, and how common they are."""

_AMOUNTS = (300, 450, 650, 900, 1200, 1500, 2400, 3600, 5200)
_LONG = ("Street", "Avenue", "Drive", "Road", "Lane", "Court", "Boulevard", "North", "South", "East", "West")
_SHORT = dict(zip(_LONG, ("St", "Ave", "Dr", "Rd", "Ln", "Ct", "Blvd", "N", "S", "E", "W"), strict=True))
_ACCOUNT_COLUMNS = (
    *("Account ID", "Account Name", "Account Owner", "Type", "Industry", "Billing Street", "Billing City", "Billing State/Province"),
    *("Billing Zip/Postal Code", "Phone", "Employees", "Annual Revenue", "Last Activity", "Rating", "Hours"),
)
_ID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class AccountRow(Struct, frozen=True):
    """One account as the report shows it; `noise` says what was done to its address."""

    id: str
    business: Business
    client: bool
    owner: str
    street: str
    city: str
    postcode: str
    activity: date | None
    rating: str
    noise: str = ""


class RepRow(Struct, frozen=True):
    """One rep of the team."""

    name: str
    role: str
    home: Premises
    quota: int
    skills: tuple[str, ...]


def hire_reps(homes: list[Premises]) -> list[RepRow]:
    """Five reps who live at real house numbers across the county."""
    chance = dice("reps")
    products = word_lists("businesses")["products"]
    team = [("Dana Whitfield", 5000), ("Marcus Oyelaran", 6500), ("Priya Raman", 5500), ("Tom Kessler", 4500), ("Elena Soto", 4000)]
    towns = ["Alder Falls", "Alder Falls", "Lindley", "Alder Falls", "Kettle Mills"]
    found = []
    for (name, quota), town, role in zip(team, towns, ["Account Executive"] * 3 + ["Account Manager"] * 2, strict=True):
        home = chance.choice([place for place in homes if place.city == town])
        found.append(RepRow(name, role, home, quota, tuple(chance.sample(products, 4))))
    return found


def book_accounts(businesses: list[Business], reps: list[RepRow], today: date) -> list[AccountRow]:
    """Make prospects and clients of the first businesses, with the usual mess in their addresses."""
    chance = dice("accounts")
    executives, managers = ([rep.name for rep in reps if rep.role.endswith(role)] for role in ("Executive", "Manager"))
    total = PROSPECTS + CLIENTS
    clients = set(chance.sample(range(total - 2), CLIENTS))
    rows = []
    for k, business in enumerate(businesses[: total - 2]):
        client = k in clients
        place = business.premises
        last = today - timedelta(days=int(3 + 362 * chance.random() ** (1.9 if client else 1.2)))
        activity = None if chance.random() < 0.06 else last
        rating = chance.choices(["Hot", "Warm", "Cold", ""], [3, 5, 5, 1])[0]
        owner = chance.choice(managers if client else executives)
        row = AccountRow(_id("001", chance), business, client, owner, place.line, place.city, place.postcode, activity, rating)
        rows.append(_with_noise(row, k, chance))
    for k, original in enumerate((rows[17], rows[64])):
        name = original.business.name.upper() if k else f"{original.business.name} Inc"
        twin = replace(original.business, name=name)
        rows.append(replace(original, id=_id("001", chance), business=twin, street=_abbreviated(original.street), noise="duplicate"))
    return rows


def _with_noise(row: AccountRow, k: int, chance: Random) -> AccountRow:
    if k in {23, 91}:
        return replace(row, street=f"PO Box {chance.randint(100, 990)}", noise="po box")
    if k in {12, 47, 88, 120}:
        number, _, name = row.street.partition(" ")
        at = max(2, len(name.split(" ")[-2]) // 2 + name.rfind(" ", 0, name.rfind(" ")) + 1) if name.count(" ") else 2
        return replace(row, street=f"{number} {name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}", noise="typo")
    roll = chance.random()
    if roll < 0.34:
        row = replace(row, street=_abbreviated(row.street), noise="abbreviated")
    elif roll < 0.42:
        row = replace(row, street=row.street.upper(), city=row.city.upper(), noise="upper case")
    elif roll < 0.52:
        room = f"{chance.choice([' Suite ', ', Unit ', ' Ste '])}{chance.randint(1, 4) * 100 + chance.randint(1, 20)}"
        row = replace(row, street=_abbreviated(row.street) + room, noise="suite")
    if chance.random() < 0.07:
        row = replace(row, postcode="", noise=row.noise or "no zip")
    return row


def _abbreviated(street: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in street.split(" "))


def _id(prefix: str, chance: Random) -> str:
    return f"{prefix}Dn00000" + "".join(chance.choice(_ID_LETTERS) for _ in range(5))


def write_accounts(rows: list[AccountRow], path: Path, today: date) -> None:
    """Write the accounts as a Salesforce report: Latin-1, US dates, a footer that is no data."""
    table: list[list[str]] = [list(_ACCOUNT_COLUMNS)]
    for row in rows:
        b = row.business
        last = f"{row.activity.month}/{row.activity.day}/{row.activity.year}" if row.activity else ""
        address = [row.street, row.city, STATE, row.postcode]
        size = [str(b.employees), f"${b.revenue:,}"]
        kind = "Customer - Direct" if row.client else "Prospect"
        table.append([row.id, b.name, row.owner, kind, b.industry, *address, b.phone, *size, last, row.rating, b.hours])
    notes = (
        "Accounts by Owner",
        "Sample data of a fictional county",
        f"Copyright (c) {today.year}",
        "Confidential Information - Do Not Distribute",
    )
    footer = ["", f'"Grand Totals ({len(rows)} records)"', "", *(f'"{note}"' for note in notes)]
    path.write_bytes((_csv(table) + "".join(f"{line}\r\n" for line in footer)).encode("latin-1"))


def write_opportunities(rows: list[AccountRow], path: Path, today: date) -> None:
    """Write the pipeline: stages and probabilities as Salesforce has them, close dates after today."""
    chance = dice("opportunities")
    products = word_lists("businesses")["products"]
    table = [["Id", "AccountId", "Name", "StageName", "Amount", "Probability", "CloseDate", "Owner"]]
    for row in chance.sample(rows, OPPORTUNITIES):
        stage, probability, _weight = chance.choices(_STAGES, [weight for *_rest, weight in _STAGES])[0]
        close = today + timedelta(days=int(4 + 120 * chance.random() ** (2.2 if probability >= 70 else 1.0)))
        amount = chance.choice(_AMOUNTS[3:] if row.business.employees > 60 else _AMOUNTS[:7])
        name = f"{row.business.name} - {chance.choice(products)}"
        table.append([_id("006", chance), row.id, name, stage, f"{amount}.00", str(probability), close.isoformat(), row.owner])
    path.write_bytes(_csv(table).encode("utf-8-sig"))


def write_reps(reps: list[RepRow], path: Path) -> None:
    """Write the team."""
    table = [["Name", "Role", "Email", "Home Street", "Home City", "State", "Zip", "Monthly Quota MRR", "Skills"]]
    for rep in reps:
        email = f"{rep.name.lower().replace(' ', '.')}@example.com"
        table.append(
            [rep.name, rep.role, email, rep.home.line, rep.home.city, STATE, rep.home.postcode, str(rep.quota), "; ".join(rep.skills)]
        )
    path.write_bytes(_csv(table).encode("utf-8"))


def _csv(table: list[list[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(table)
    return text.getvalue()
