"""Four accounts, with one of everything hanging on the second, which repeats the first."""

from datetime import date

from planner.model.accounts import Account, AccountKind, Activity, Contact, Location, Opportunity, Service, Tier
from planner.model.calendar import IsoWeek
from planner.model.imports import Source
from planner.model.places import LatLon, MatchQuality, NamedPlace, PostalAddress
from planner.model.week import DayPlan, LeftOut, Stop, Term, VisitKind, WeekPlan, WhyNot
from planner.model.wishes import Wish
from planner.store import accounts as rows
from planner.store import book
from planner.store.plans import save_plan
from planner.store.wishes import save_wish
from planner.values import replace

WEEK = IsoWeek(2026, 49)
DINER, TWIN, MARKET, OFFICE = 1, 2, 3, 4
ELM, OAK = PostalAddress("1 Elm St", "State College", "PA", "16801"), PostalAddress("77 Oak Ave", "State College", "PA", "16801")
_DAY = date(2026, 11, 2)
_HOUR = 3600


def fill_twin_book(workspace):
    """Put it into an empty workspace, as one step."""
    accounts = [
        Account(DINER, "c-1", "Ada's Diner", AccountKind.PROSPECT, ELM, "Rep A", tier=Tier.B, employees=10, tags=("fiber", "lunch"),
                notes="Ask for Ada", custom=(("Region", "North"), ("Segment", "SMB")), last_activity=date(2026, 3, 1),
                place=LatLon(40.79, -77.86), match_quality=MatchQuality.ROOFTOP),
        Account(TWIN, "c-2", "ADA'S DINER", AccountKind.CLIENT, OAK, "Rep B", tier=Tier.A, phone="814-555-0100", tags=("lunch", "voice"),
                notes="Closed on Mondays", custom=(("Region", "South"), ("Since", "2019")), last_activity=date(2026, 5, 1),
                place=LatLon(40.80, -77.85), match_quality=MatchQuality.STREET, duplicate_of=DINER, do_not_call=True),
        Account(MARKET, "c-3", "Weis [b]Markets[/b]", AccountKind.PROSPECT, replace(ELM, street="3 Elm St"), "Rep A"),
        Account(OFFICE, "c-4", "Pine Hall \x1b[31mOffice", AccountKind.PROSPECT, replace(ELM, street="4 Elm St")),
    ]  # fmt: skip
    origins = {
        account.id: dict.fromkeys(("name", "kind", "address", "owner", "tier", "notes", "tags"), (Source.CRM, _DAY)) for account in accounts
    }
    with workspace.writing("Fill") as db:
        rows.insert_accounts(db, accounts, origins)
        book.save_source_ids(db, [(Source.CRM, account.crm_id, account.id) for account in accounts])
        book.save_source_ids(db, [(Source.BILLING, "8345070000000001", TWIN)])
        book.insert_locations(db, [Location(1, TWIN, "Service address", PostalAddress("9 Pine St"), "billing")])
        book.save_contacts(db, [Contact(0, "p-1", TWIN, "Ada", "Lovelace", "Owner")])
        rows.save_opportunities(db, [Opportunity("d-1", "c-2", "Fiber", "Proposal", 120_050, 0.5, date(2026, 12, 18), "Rep B")])
        book.save_services(db, [Service(0, TWIN, "8345070000000001", "Voice", 4_999, date(2027, 2, 1), 1)])
        book.save_activities(db, [Activity(0, "a-1", TWIN, "Visit", date(2026, 10, 5), "Lunch", "Rep B", "Completed")])
        db.table("visits").insert({"account_id": TWIN, "day": "2026-11-20", "outcome": "met", "note": "Good talk"})
        save_wish(db, Wish(TWIN, boost=5.0, must=True))
        save_plan(db, plan_with(TWIN, "ADA'S DINER"), sample=False)


def plan_with(account_id, title):
    """A week with one visit, to this account; the third is left out."""
    key, home = f"account-{account_id}", NamedPlace("Home", LatLon(40.79, -77.86))
    stop = Stop(key, title, VisitKind.CARE, LatLon(40.8, -77.85), 9 * _HOUR, 9 * _HOUR, 10 * _HOUR, 600, 5000, 12.0, account_id)
    days = (
        DayPlan(WEEK.day(0), home, home, 8 * _HOUR, 11 * _HOUR, (stop,), 600, 5000),
        *(DayPlan(WEEK.day(number), home, home, 8 * _HOUR, 8 * _HOUR, (), 0, 0) for number in range(1, 5)),
    )
    left = LeftOut(f"account-{MARKET}", "Weis", VisitKind.CAPTURE, 3.0, WhyNot.NO_ROOM, "No room.", MARKET)
    return WeekPlan(WEEK, "America/New_York", days, (left,), {key: (Term("Tier A", 12.0),)})
