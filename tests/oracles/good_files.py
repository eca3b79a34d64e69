"""Good files of every kind that is imported, made by chance from a seed, with what their rows mean."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import openpyxl
from workbook_files import ods

_ID = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_FIRST = ("Zoë", "Ada", "José", "Bo", "Dana", "Renée", "Cy", "Élodie")
_LAST = ("O’Neil", "Lovelace", "Müller", "Whitfield", "Peña", "Smith-Jones", "Van Dyke", "Fløde")
_FIRMS = (
    "Café Luca",
    'The "Best" Diner',
    "Ada, Bo & Sons",
    "Smith; Jones",
    "Müller–Bräu",
    "Total Care",
    "A | B Supply",
    "Hoag's Catering",
    "Xfer",
)
_STREETS = ("409 S Pugh St Suite 254", "12 Main St, Unit 9", "1 Peña Blvd", "2030 North Atherton Street", "5 O’Hara Rd")
_CITIES = ("State College", "Bellefonte", "Lewistown", "Boalsburg")
_NOTES = ("", "Asked for a quote.", 'Said "call me",\nthen hung up.', "Fiber; Voice | TV", "naïve – très cher")


@dataclass(frozen=True)
class Good:
    """A table: the name of its kind, its columns, the texts of its rows, the same as a spreadsheet keeps them, and what each row means."""

    kind: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    typed: tuple[tuple[object, ...], ...]
    truth: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Percent:
    """A share, which a spreadsheet keeps as a number of 0 to 1 and shows in percent."""

    percent: int


def tables(dice):
    """A good table of every kind."""
    return [make(dice, dice.randint(4, 14)) for make in (_accounts, _contacts, _deals, _billing, _activities, _reps)]


def _good(kind, headers, columns):
    """`columns` are of triples: text, what a spreadsheet keeps, and what the row means by it as {attribute: value}."""
    rows = list(zip(*columns, strict=True))
    return Good(
        kind,
        tuple(headers),
        tuple(tuple(cell[0] for cell in row) for row in rows),
        tuple(tuple(cell[1] for cell in row) for row in rows),
        tuple({name: value for cell in row for name, value in cell[2].items()} for row in rows),
    )


def _texts(values, name=""):
    return [(value, value, {name: " ".join(value.split())} if name else {}) for value in values]


def _ids(dice, prefix, count):
    found = {}
    while len(found) < count:
        made = prefix + "".join(dice.choice(_ID) for _ in range(15 - len(prefix)))
        found[made.casefold()] = made
    return list(found.values())


def _money(dice, count, name, shown="${:,.2f}"):
    amounts = [dice.randint(100, 5_000_000) for _ in range(count)]
    return [(shown.format(cents / 100), cents / 100, {name: cents}) for cents in amounts]


def _days(dice, count, name, shown="{0.month}/{0.day}/{0.year}"):
    days = [date(2020, 1, 1) + timedelta(days=dice.randrange(4000)) for _ in range(count)]
    return [(shown.format(day), day, {name: day}) for day in days]


def _many(dice, values, count):
    return [dice.choice(values) for _ in range(count)]


def _firms(dice, count):
    return [f"{dice.choice(_FIRMS)} {at}" for at in range(count)]


def _accounts(dice, count):
    zips = [f"{dice.randrange(501, 99999):05}" for _ in range(count)]
    staff = [dice.randint(1, 9000) for _ in range(count)]
    headers = ["Account ID", "Account Name", "Account Owner", "Type", "Billing Street", "Billing City", "Billing State/Province"]
    headers += ["Billing Zip/Postal Code", "Employees", "Annual Revenue", "Last Activity", "Description", "Segment"]
    return _good("accounts", headers, [
        _texts(_ids(dice, "001", count)), _texts(_firms(dice, count), "name"), _texts(_many(dice, ("Rep A", "Rep B"), count), "owner"),
        _texts(_many(dice, ("Prospect", "Customer - Direct"), count)), _texts(_many(dice, _STREETS, count), "address.street"),
        _texts(_many(dice, _CITIES, count), "address.city"), _texts(["PA"] * count, "address.state"),
        [(text, int(text), {"address.postcode": text}) for text in zips], [(str(n), n, {"employees": n}) for n in staff],
        _money(dice, count, "annual_revenue_cents"), _days(dice, count, "last_activity"), _texts(_many(dice, _NOTES, count)),
        [(word, word, {"custom": (("Segment", word),)}) for word in _many(dice, ("SMB", "Größe"), count)],
    ])  # fmt: skip


def _contacts(dice, count):
    headers = ["Contact ID", "Account ID", "Account Name", "First Name", "Last Name", "Title", "Email", "Phone"]
    return _good("contacts", headers, [
        _texts(_ids(dice, "003", count)), _texts(_ids(dice, "001", count)), _texts(_firms(dice, count)),
        _texts(_many(dice, _FIRST, count), "first_name"), _texts(_many(dice, _LAST, count), "last_name"),
        _texts(_many(dice, ("Owner", "VP, Operations", ""), count), "title"),
        _texts([f"person{at}@example.com" for at in range(count)], "email"), _texts(["(814) 555-0100"] * count, "phone"),
    ])  # fmt: skip


def _deals(dice, count):
    shares = [dice.choice((0, 5, 10, 20, 50, 90, 100)) for _ in range(count)]
    headers = ["Opportunity ID", "Account ID", "Account Name", "Opportunity Name", "Stage", "Amount", "Probability (%)", "Close Date"]
    return _good("opportunities", headers, [
        _texts(_ids(dice, "006", count)), _texts(_ids(dice, "001", count)), _texts(_firms(dice, count)),
        _texts([f"{firm} - Fiber" for firm in _firms(dice, count)], "name"),
        _texts(_many(dice, ("Proposal/Price Quote", "Closed Won", "Needs Analysis"), count), "stage"), _money(dice, count, "amount_cents"),
        [(f"{share}%", Percent(share), {"probability": share / 100}) for share in shares],
        _days(dice, count, "close_date", "{0:%Y-%m-%d}"),
    ])  # fmt: skip


def _billing(dice, count):
    numbers = [f"8345{dice.randrange(10**11):011}{1 + at % 9}" for at in range(count)]
    headers = ["ACCT_NO", "CUST_NAME", "SVC_ADDR", "SVC_CITY", "SVC_ST", "SVC_ZIP", "SVC_CODE", "MRC", "TERM_END"]
    return _good("billing", headers, [
        _texts(numbers, "billing_number"), _texts([firm.upper() for firm in _firms(dice, count)]), _texts(_many(dice, _STREETS, count)),
        _texts(_many(dice, _CITIES, count)), _texts(["PA"] * count), _texts(["16801"] * count),
        _texts(_many(dice, ("Fiber Internet", "TV", "Voice"), count), "product"), _money(dice, count, "mrr_cents", "{:.2f}"),
        _days(dice, count, "term_end", "{0:%m/%d/%Y}"),
    ])  # fmt: skip


def _activities(dice, count):
    headers = ["Activity ID", "Account ID", "Account Name", "Date", "Type", "Subject", "Assigned", "Status", "Description"]
    return _good("activities", headers, [
        _texts(_ids(dice, "00U", count)), _texts(_ids(dice, "001", count)), _texts(_firms(dice, count)), _days(dice, count, "day"),
        _texts(_many(dice, ("Visit", "Call"), count), "kind"), _texts([f"Met {name}" for name in _many(dice, _LAST, count)], "subject"),
        _texts(_many(dice, ("Rep A", "Rep B"), count), "owner"), _texts(["Completed"] * count, "status"),
        _texts(_many(dice, _NOTES, count)),
    ])  # fmt: skip


def _reps(dice, count):
    headers = ["Name", "Role", "Email", "Home Street", "Home City", "State", "Zip", "Monthly Quota MRR", "Skills"]
    names = [f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {at}" for at in range(count)]
    return _good("reps", headers, [
        _texts(names, "name"), _texts(_many(dice, ("Account Executive", "Account Manager"), count), "role"),
        _texts([f"rep{at}@example.com" for at in range(count)], "email"), _texts(_many(dice, _STREETS, count), "home.street"),
        _texts(_many(dice, _CITIES, count), "home.city"), _texts(["PA"] * count), _texts(["16801"] * count),
        _money(dice, count, "quota_cents"), _texts(_many(dice, ("Voice", "TV; Ethernet"), count)),
    ])  # fmt: skip


def as_text(rows, delimiter=",", newline="\n", quoting=csv.QUOTE_MINIMAL):
    """Rows as a CSV writer writes them."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue()


def as_xlsx(rows):
    """Rows as an Excel workbook; a Percent is a share that is shown in percent."""
    book = openpyxl.Workbook()
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if isinstance(value, Percent):
                book.active.cell(at, column, value.percent / 100).number_format = "0%"
            elif value != "":
                cell = book.active.cell(at, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type  # a text is no formula, whatever it begins with
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows):
    """Rows as an ods file."""

    def cell(value):
        if isinstance(value, Percent):
            return ("percentage", str(value.percent / 100), f"{value.percent}%")
        if isinstance(value, date):
            return ("date", value.isoformat(), f"{value:%m/%d/%y}")
        return value or None if isinstance(value, str) else value

    return ods({"Report": [[cell(value) for value in row] for row in rows]})


def calendar_blocks(dice, count):
    """Appointments as they stand in a calendar file, each with what it means: title, place, start and end in UTC."""
    found = []
    for at in range(count):
        start = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=15 * dice.randrange(4000))
        end = start + timedelta(minutes=dice.choice((15, 30, 60, 240)))
        title, place = f"{dice.choice(_FIRST)} at {dice.choice(_FIRMS)} {at}", dice.choice(("", "Office, 500 East College Avenue"))
        lines = ["BEGIN:VEVENT", f"UID:{at}-{dice.randrange(10**9)}@example.com", f"SUMMARY:{_escaped(title)}"]
        lines += [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}", *([f"LOCATION:{_escaped(place)}"] if place else [])]
        found.append(("\r\n".join([*lines, "END:VEVENT", ""]), (title, place, start, end)))
    return found


def as_calendar(blocks):
    """A calendar file of appointments."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{''.join(blocks)}END:VCALENDAR\r\n"


def _escaped(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
