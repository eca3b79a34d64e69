"""Texts that hurt where they are taken for something else than text, and files of every kind that have them in every place."""

import csv

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>window.hurt = 1</script>",
    '"onmouseover=x onerror="alert(1)" x="',
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; & <!-- ]]>",
    "'; DROP TABLE accounts; --",
    '" OR 1=1 --',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "../../etc/passwd",
    "C:\\Windows\\System32",
    "$(rm -rf ~) `reboot`",
    "%s%n%x {0} {name} ${x} {{ 7*7 }} {% raw %}",
    "\u202egnihtemos \u2066x",
    "👩‍👩‍👧 🏴‍☠️ z͑ͫ̓ͪ̂a",
    "Begin\r\nEND:VEVENT\r\nBEGIN:VEVENT\nX-HURT:1",
    "A\x00B",
    "[bold red]hot[/] \\[x",
    "\x1b[31mred\x1b]0;title\x07",
    "x" * 5000,
    '* OR name:* NEAR("',
)  # fmt: skip

CUSTOM = '=1+1 <script>"onload=x'
"""The name of a custom field."""


def hostile(number):
    """A text of its own for a number, which hurts in one of the ways."""
    return f"{HOSTILE[number % len(HOSTILE)]} {number}"


def plain(text):
    """The text as an import keeps it: on one line, without NULs, and without the apostrophe that keeps spreadsheets from reckoning."""
    return " ".join(text.replace("\x00", "").split())


def write_files(folder, accounts):
    """Write files that rename the accounts and hang something hostile on each; returns their paths."""
    reps = [hostile(number) for number in range(len(HOSTILE))]
    columns = ("Account ID", "Account Name", "Account Owner", "Type", "Billing Street", "Billing City", "Billing State/Province")
    more = ("Billing Zip/Postal Code", "Industry", "Phone", "Description", "Tags", "Website", CUSTOM)
    tables = {
        "'; DROP TABLE accounts; --.csv": [
            (*columns, *more),
            *(
                (account.crm_id, hostile(at), reps[at % len(reps)], "Prospect", *_address(account), *map(hostile, range(at + 1, at + 7)))
                for at, account in enumerate(accounts)
            ),
        ],
        "=cmd|' C calc'!A0.csv": [["Contact ID", "Account ID", "First Name", "Last Name", "Title", "Email", "Phone"]]
        + [[f"003Dn{at:010}", account.crm_id, *(hostile(at + shift) for shift in range(5))] for at, account in enumerate(accounts)],
        "$(rm -rf ~)&%s%n.csv": [["Opportunity ID", "Account ID", "Opportunity Name", "Stage", "Amount", "Owner", "Next Step"]]
        + [
            [f"006Dn{at:010}", account.crm_id, hostile(at), hostile(at + 1), "$1,200.00", reps[at % len(reps)], hostile(at + 2)]
            for at, account in enumerate(accounts)
        ],
        "<script>alert(1)<script>.csv": [["Activity ID", "Account ID", "Date", "Type", "Subject", "Assigned", "Description"]]
        + [
            [f"00UDn{at:010}", account.crm_id, "11/02/2026", hostile(at), hostile(at + 1), hostile(at + 2), hostile(at + 3)]
            for at, account in enumerate(accounts)
        ],
        "\u202evsc.csv": [["ACCT_NO", "CUST_NAME", "SVC_ADDR", "SVC_CITY", "SVC_ST", "SVC_ZIP", "SVC_CODE", "MRC"]]
        + [
            [f"83450000000{at:04}1", hostile(at), account.address.street, account.address.city, "PA", "16801", hostile(at + 1), "10"]
            for at, account in enumerate(accounts)
        ],
        '"onmouseover=x.csv': [["Name", "Role", "Monthly Quota", "Email", "Skills", "Home City"]]
        + [[rep, hostile(at), "5000", hostile(at + 1), hostile(at + 2), hostile(at + 3)] for at, rep in enumerate(reps)],
    }
    folder.mkdir()
    paths = []
    for name, rows in tables.items():
        paths.append(folder / name)
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return [*paths, _calendar(folder)]


def _address(account):
    return account.address.street, account.address.city, account.address.state, account.address.postcode


def _calendar(folder):
    def escaped(text):
        text = (
            text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        )
        return text.replace("\n", "\\n")

    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{at}\r\nSUMMARY:{escaped(hostile(at))}\r\nDTSTART:202612{day:02}T{10 + at % 5}0000Z\r\n"
        f"DTEND:202612{day:02}T{10 + at % 5}3000Z\r\nLOCATION:{escaped(hostile(at + 1))}\r\nEND:VEVENT\r\n"
        for at in range(len(HOSTILE))
        for day in [1 + at % 4]
    )
    path = folder / "%s%n.ics"
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode())
    return path
