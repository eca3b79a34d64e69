"""A home with the sample territory planned and 20,000 accounts more in it, for benchmarks of the window."""

import random
from pathlib import Path

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.progress import silent
from planner.store.accounts import save_accounts, save_opportunities
from planner.usecases.packs import need_pack
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.sample import add_sample
from planner.usecases.settings import set_setting
from planner.usecases.workspace import open_workspace

NAMES = ["Adler", "Baker", "Castillo", "Dvorak", "Eckert", "Fournier", "Gruber", "Haas", "Ibarra", "Jansen", "Keller", "Moreno"]
WORK = ["Bakery", "Plumbing", "Roofing", "Insurance", "Dental", "Accounting", "Realty", "Motors", "Catering", "Logistics"]
CUSTOM = tuple((f"Field {number}", "some value of it") for number in range(1, 11))


def make_large_home(home: Path, week: IsoWeek, accounts: int = 20_000) -> None:
    """Make it: a plan of the week over the sample's own accounts, then the others, an open deal on each tenth. Takes half a minute."""
    chance = random.Random(5)
    with open_workspace(home) as workspace:
        add_sample(workspace, silent)
        plan_week(workspace, week, PlanOptions(iterations=2000), silent)
        set_setting(workspace, "fill_drive_times", "no")
        box = need_pack(workspace).bounds
        made = [
            _account(number, LatLon(chance.uniform(box.south, box.north), chance.uniform(box.west, box.east)), chance)
            for number in range(accounts)
        ]
        deals = [
            Opportunity(
                f"006B{number:014d}",
                made[number].crm_id,
                "Fiber",
                "Proposal",
                chance.randrange(20_000, 400_000),
                0.5,
                None,
                made[number].owner,
            )
            for number in range(0, accounts, 10)
        ]
        with workspace.writing(None) as db:
            save_accounts(db, made)
            save_opportunities(db, deals)


def _account(number: int, place: LatLon, chance: random.Random) -> Account:
    return Account(
        id=0,
        crm_id=f"001B{number:014d}",
        name=f"{chance.choice(NAMES)} {chance.choice(NAMES)} {chance.choice(WORK)} {number}",
        kind=AccountKind.CLIENT if chance.random() < 0.3 else AccountKind.PROSPECT,
        address=PostalAddress(
            f"{chance.randrange(1, 4000)} {chance.choice(NAMES)} St", "Alder Falls", "PA", f"169{chance.randrange(10, 99)}"
        ),
        owner=f"Rep {chance.choice('ABCDEF')}",
        industry="Retail",
        phone=f"814-555-{chance.randrange(10_000):04d}",
        tier=chance.choice(tuple(Tier)),
        hours="Mo-Fr 08:00-17:00",
        place=place,
        match_quality=MatchQuality.ROOFTOP,
        sample=True,
        tags=("fiber",),
        notes="What is known of it",
        custom=CUSTOM,
    )
