"""A book in which every field of every kind has something in it, among it what hurts elsewhere than in text."""

from datetime import UTC, date, datetime

from planner.model.accounts import Account, AccountKind, Activity, Contact, Location, Opportunity, Rep, Service, Tier
from planner.model.calendar import CalendarEvent
from planner.model.imports import Source
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.model.wishes import Wish
from planner.store import accounts as rows
from planner.store import book
from planner.store.calendar import replace_events
from planner.store.wishes import save_wish

HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE accounts; --",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "../../etc/passwd, C:\\Windows",
    '"onmouseover=x "quoted" \'single\'',
    "\u202egnihtemos 👩‍👩‍👧 ü",
    "[bold]x[/] \x1b[31mred",
    "Total (3 records)",
    "a;b|c\td,e",
)


def fill_full_book(workspace):
    """Put it into an empty workspace, as one step."""
    accounts = [
        Account(
            id=number,
            crm_id=f"row-{number:014}",
            name=f"{' '.join(text.split())} {number}",
            kind=AccountKind.CLIENT if number % 2 else AccountKind.PROSPECT,
            address=PostalAddress(f"{number} Main St", "State College", "PA", "16801"),
            owner=" ".join(text.split()),
            industry=" ".join(text.split()),
            phone="+1 814-555-0100",
            employees=number * 1000,
            annual_revenue_cents=number * 123_456_789 + 1,
            rating="Hot",
            tier=Tier.A if number % 3 else Tier.C,
            hours="Mo-Fr 08:00-17:00",
            last_activity=date(2026, 1, number),
            place=LatLon(40.79 + number / 1000, -77.86),
            match_quality=MatchQuality.ROOFTOP,
            match_source="pack",
            match_score=0.9,
            website="https://example.org/?a=1&b=2",
            tags=("fiber", f"nr {number}"),
            notes=f'{text}\n\n=second line\r\nthird, “quoted” "too"',
            custom=(("Region", f"North, {number}"), ("Segment", "“SMB”\nand more")),
            do_not_visit=number == 2,
            do_not_call=number == 3,
        )
        for number, text in enumerate(HOSTILE, start=1)
    ]
    with workspace.writing("Fill") as db:
        rows.save_reps(
            db,
            [Rep("Rep A", "AE", "a@example.org", PostalAddress("1 Home Rd", "Bellefonte", "PA", "16823"), 500_050, ("Voice", "TV"))],
            sample=False,
        )
        rows.insert_accounts(db, accounts, {account.id: {"tier": (Source.CRM, date(2026, 11, 2))} for account in accounts})
        book.save_source_ids(db, [(Source.CRM, account.crm_id, account.id) for account in accounts])
        book.save_source_ids(db, [(Source.BILLING, f"834507000000{account.id:04}", account.id) for account in accounts])
        other = PostalAddress("99 Pine St", "Bellefonte", "PA", "16823")
        book.insert_locations(db, [Location(1, 1, "Shipping address", other, Source.CRM.value)])
        book.save_contacts(
            db, [Contact(0, f"c-{at}", at + 1, "Ann", text.split()[0], text.split()[-1], "a@b.org", "+1", "-2", True, True) for at, text in
                 enumerate(HOSTILE)]
        )  # fmt: skip
        rows.save_opportunities(
            db,
            [
                Opportunity(f"d-{at}", account.crm_id, account.name, "Negotiation", 123_401 * at, at / 12 // 0.0001 / 10_000,
                            date(2026, 12, at + 1), "Rep A", "New", account.owner, "Commit", at == 4)
                for at, account in enumerate(accounts)
            ],
        )  # fmt: skip
        book.save_services(
            db,
            [Service(0, at + 1, f"834507000000{at + 1:04}", account.name, 9_999 + at, date(2027, 1, at + 1), 1 if at == 0 else None) for
             at, account in enumerate(accounts)],
        )  # fmt: skip
        book.save_activities(
            db,
            [Activity(0, f"a-{at}", at + 1, account.name, date(2026, 11, at + 1), account.industry, "Rep A", "Completed", account.notes,
                      datetime(2026, 11, at + 1, 14, 30, tzinfo=UTC), 45) for at, account in enumerate(accounts)],
        )  # fmt: skip
        replace_events(
            db,
            [CalendarEvent("e1", "Staff", datetime(2026, 11, 30, 14, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC))],
            sample=False,
            rep="Rep A",
        )
        db.table("visits").insert({"account_id": 1, "day": "2026-11-20", "outcome": "met", "note": "=1+1"})
        save_wish(db, Wish(2, boost=5.0, must=True, deadline=date(2026, 12, 10), weekdays=(0, 4)))
