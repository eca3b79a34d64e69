"""Addresses become places."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.model.accounts import Account
from planner.model.packs import RoadPack
from planner.model.places import Match
from planner.progress import Report
from planner.roads.pack.packs import need_sound
from planner.store import accounts as rows
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer


def open_gazetteer(pack: RoadPack) -> "Gazetteer":
    """The gazetteer of a pack, to be closed; raises PackProblem when it is damaged."""
    from planner.geocoding.offline import Gazetteer

    need_sound(pack, pack.gazetteer.name)
    return Gazetteer(pack.gazetteer)


def located(workspace: Workspace, pack: RoadPack | None, accounts: Sequence[Account], report: Report) -> list[Account]:
    """The accounts with the places of their addresses; without a pack those of their ZIP or town, marked as such."""
    if pack is None:
        from planner.geocoding.zips import UsZips, locate_by_zip

        zips = UsZips()
        found = [(account, locate_by_zip(account.address, zips)) for account in accounts]
        return [_with_match(account, replace(match, note=f"No road pack yet; {match.note}")) for account, match in found]
    with open_gazetteer(pack) as gazetteer:
        matches = gazetteer.locate_many([(account.address, account.name) for account in accounts], report)
    return [_with_match(account, match) for account, match in zip(accounts, matches, strict=True)]


def place_accounts(workspace: Workspace, pack: RoadPack, report: Report) -> int:
    """Place the stored accounts that belong to this pack and have no place yet, or only that of their ZIP from the list of all ZIPs.

    Returns how many found one.
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


def _waits(account: Account) -> bool:
    from planner.geocoding.zips import SOURCE

    return account.place is None or account.match_source == SOURCE


def _with_match(account: Account, match: Match) -> Account:
    return replace(
        account,
        place=match.point,
        match_quality=match.quality,
        match_source=match.source,
        match_score=match.score,
        match_note=match.note,
        match_doubtful=match.doubtful,
    )
