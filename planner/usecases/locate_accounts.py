"""Addresses become places."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

from planner.model.accounts import Account
from planner.model.packs import RoadPack
from planner.model.places import Match, PostalAddress
from planner.model.placing import AREA_ONLY, is_settled
from planner.progress import Report
from planner.roads.pack.packs import need_sound
from planner.store import accounts as rows
from planner.store.kept_places import kept_answers
from planner.usecases.workspace import Workspace
from planner.values import replace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer

_FEW = 100  # addresses, up to which only their own answers are read


def open_gazetteer(pack: RoadPack) -> "Gazetteer":
    """The gazetteer of a pack, to be closed; raises PackProblem when it is damaged."""
    from planner.geocoding.offline import Gazetteer

    need_sound(pack, pack.gazetteer.name)
    return Gazetteer(pack.gazetteer)


def located_addresses(
    workspace: Workspace, pack: RoadPack | None, addresses: Sequence[tuple[PostalAddress, str]], report: Report
) -> list[Match]:
    """Where addresses are, each with the name of its business (or empty text): the best of the pack and of what a server said before.

    No server is asked. Without a pack those of which nothing is kept get the middle of their ZIP or town, and their notes say so.
    """
    from planner.geocoding.asked import address_key
    from planner.geocoding.chain import locate_chain
    from planner.geocoding.zips import UsZips

    with workspace.reading() as db:
        kept = kept_answers(db, [address_key(*one) for one in addresses] if len(addresses) <= _FEW else None)
    with open_gazetteer(pack) if pack else nullcontext() as gazetteer:
        return locate_chain(
            addresses,
            kept=kept,
            gazetteer=gazetteer,
            online=None,
            zips=UsZips(),
            today=date.today(),  # noqa: DTZ011 - her own calendar day
            report=report,
            keep=lambda _key, _match: None,  # nobody is asked
        ).matches


def located(workspace: Workspace, pack: RoadPack | None, accounts: Sequence[Account], report: Report) -> list[Account]:
    """The accounts with the places of their addresses, as `located_addresses` finds them."""
    matches = located_addresses(workspace, pack, [(account.address, account.name) for account in accounts], report)
    return [with_match(account, match) for account, match in zip(accounts, matches, strict=True)]


def place_accounts(workspace: Workspace, pack: RoadPack, report: Report) -> int:
    """Place the stored accounts that belong to this pack and have no place yet, or only that of their ZIP or town from elsewhere.

    What the user has settled stays. Returns how many found one.
    """
    with workspace.reading() as db:
        waiting = [account for account in rows.all_accounts(db) if _waits(account) and account.sample == pack.sample]
    if not waiting:
        return 0
    found = {account.id: account for account in located(workspace, pack, waiting, report) if account.place is not None}
    with workspace.writing(f"Place accounts by {pack.name}", sample=pack.sample) as db:
        now = {account.id: account for account in rows.all_accounts(db)}
        placed = [found[account.id] for account in waiting if account.id in found and now.get(account.id) == account]
        rows.save_accounts(db, placed)  # not those that were changed by hand in the meantime
    return len(placed)


def with_match(account: Account, match: Match) -> Account:
    """The account at the place of a match."""
    return replace(
        account,
        place=match.point,
        match_quality=match.quality,
        match_source=match.source,
        match_score=match.score,
        match_note=match.note,
        match_doubtful=match.doubtful,
    )


def match_of(account: Account) -> Match:
    """The match that placed an account, without the text of its source."""
    return Match(
        account.place,
        account.match_quality,
        account.match_source,
        account.match_score,
        note=account.match_note,
        doubtful=account.match_doubtful,
    )


def _waits(account: Account) -> bool:
    from planner.geocoding.offline import SOURCE

    by_area = account.match_quality in AREA_ONLY and account.match_source != SOURCE
    return (account.place is None or by_area) and not is_settled(account)
