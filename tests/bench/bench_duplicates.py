"""How long it takes to find duplicates, and to join billing lines: `python tests/bench/bench_duplicates.py [accounts]`.

The book is made up: chains whose stores share a phone number and a website, buildings full of firms, and one account in forty that repeats
an earlier one, written differently.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable

from planner.imports.duplicates import find_duplicates
from planner.imports.same_account import AccountFinder
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.values import replace

ACCOUNTS, LINES, NEW = 20_000, 5_000, 200
DUPLICATES_S, DUPLICATES_MB, BILLING_S = 1.0, 100.0, 1.0
"""The bars for 20,000 accounts, and for 5,000 billing lines against them."""
SURNAME_WORDS = """Adler Baker Castillo Dvorak Eckert Fournier Gruber Haas Ibarra Jansen Keller Lindqvist Moreno Novak Okafor Petrov Quinn
Rossi Schmidt Takeda Ueda Varga Weaver Xiong Yoder Zimmermann Hartman Klinger Ostrander Pellegrino"""
FIRST_NAME_WORDS = "Alice Bruno Clara Dmitri Elena Felix Greta Hugo Irene Jonas Karin Leo Marta Nils Olga Paul Rosa Simon Tessa Victor"
WHAT_WORDS = """Bakery Plumbing Roofing Insurance Dental Accounting Realty Landscaping Motors Electric Catering Fitness Photography
Logistics Veterinary Orthodontics Flooring Printing Consulting Pharmacy Upholstery Engineering Optical Brewing"""
SURNAMES, FIRST_NAMES, WHAT = SURNAME_WORDS.split(), FIRST_NAME_WORDS.split(), WHAT_WORDS.split()
FORMS = ("", "", "", " LLC", " Inc", ", Inc.", " & Sons", " Group", " Associates", " Center")
CHAINS = [f"{name} {what}" for name, what in zip(SURNAMES, WHAT, strict=False)]
KINDS = ("Street", "Avenue", "Road", "Drive", "Lane", "Boulevard")
SHORT = {
    "Street": "St",
    "Avenue": "Ave",
    "Road": "Rd",
    "Drive": "Dr",
    "Lane": "Ln",
    "Boulevard": "Blvd",
    "Associates": "Assoc",
    "Center": "Ctr",
}
STREETS = [f"{side}{name} {kind}" for side in ("", "North ", "West ") for name in ("Main", "Market", "Oak", *SURNAMES) for kind in KINDS]
TOWNS = [(f"{name}ville", f"{number:05d}") for number, name in enumerate(SURNAMES, start=16_800)]


def made_account(number: int, chance: random.Random) -> Account:
    """An account: a store of a chain, a practice, or a firm."""
    town, postcode = chance.choice(TOWNS)
    house = chance.choice((chance.randrange(1, 130), chance.randrange(100, 4_000)))
    street = f"{house} {chance.choice(STREETS)}" + (f" Suite {chance.randrange(1, 400)}" if chance.random() < 0.15 else "")
    phone, website = f"+1-814-{chance.randrange(200, 999)}-{chance.randrange(10_000):04d}" if chance.random() < 0.6 else "", ""
    kind = chance.random()
    if kind < 0.15:
        name = chance.choice(CHAINS)
        website, phone = f"https://www.{name.replace(' ', '').lower()}.com/", f"800-555-{CHAINS.index(name):04d}" if phone else ""
    elif kind < 0.3:
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice('ABCDEFG')}. {chance.choice(SURNAMES)}, {chance.choice(('DMD', 'DDS', 'CPA'))}"
    else:
        name = f"{chance.choice(SURNAMES)} {chance.choice(('', 'Valley ', 'Creek ', 'Summit '))}{chance.choice(WHAT)}{chance.choice(FORMS)}"
    return Account(
        number,
        f"001Dn{number:013d}",
        name,
        AccountKind.PROSPECT,
        PostalAddress(street, town, "PA", postcode if chance.random() < 0.9 else ""),
        phone=phone,
        website=website,
    )


def rewritten(account: Account, number: int, chance: random.Random) -> Account:
    """The same account as another person, or a billing system, writes it."""
    name, street = account.name, account.address.street
    for long, short in SHORT.items():
        name, street = name.replace(long, short), street.replace(long, short)
    name = chance.choice((name, name.upper(), f"{name} Inc", name.replace("&", "and")))
    return replace(account, id=number, crm_id=f"002Dn{number:013d}", name=name, address=replace(account.address, street=street.upper()))


def made_book(size: int, seed: int = 1) -> tuple[list[Account], int]:
    """A book of accounts and how many of them repeat an earlier one."""
    chance = random.Random(seed)
    repeats = size // 40
    accounts = [made_account(number, chance) for number in range(1, size - repeats + 1)]
    accounts += [rewritten(account, size - repeats + at, chance) for at, account in enumerate(chance.sample(accounts, repeats), start=1)]
    return accounts, repeats


def timed[T](work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the best of three times in seconds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        given = work()
        times.append(time.perf_counter() - began)
    return given, min(times)


def peak_mb(work: Callable[[], object]) -> float:
    """The most memory some work takes, in megabytes."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def billing_ids(accounts: list[Account], lines: list[Account]) -> list[int | None]:
    """The ids of the accounts that billing lines are joined to."""
    finder = AccountFinder(accounts)
    found = [finder.find(line.name.upper()[:30], line.address.street.upper(), line.address.city.upper(), "", line.phone) for line in lines]
    return [one.account.id if one.account else None for one in found]


def row(what: str, found: int, of: int, taken: float, bar: float, unit: str) -> None:
    print(f"{what:<42}{found:>7} of {of:<7}{taken:>8.3f} {unit:<3}{taken / bar:>7.2f} of the bar")


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ACCOUNTS
    accounts, repeats = made_book(size)
    pairs, taken = timed(lambda: find_duplicates(accounts))
    repeated = {account.id for account in accounts[size - repeats :]}
    row("duplicates among all accounts", len({pair.second.id for pair in pairs} & repeated), repeats, taken, DUPLICATES_S, "s")
    print(f"{'  pairs besides, which chance made':<42}{sum(pair.second.id not in repeated for pair in pairs):>7}")
    row("  its memory", len(pairs), len(pairs), peak_mb(lambda: find_duplicates(accounts)), DUPLICATES_MB, "MB")
    lines = random.Random(2).sample(accounts[: size - repeats], min(LINES, size // 4))
    ids, taken = timed(lambda: billing_ids(accounts, lines))
    row("billing lines joined", sum(found == line.id for found, line in zip(ids, lines, strict=True)), len(lines), taken, BILLING_S, "s")
    print(f"{'  joined to another account':<42}{sum(found not in {None, line.id} for found, line in zip(ids, lines, strict=True)):>7}")


if __name__ == "__main__":
    main()
