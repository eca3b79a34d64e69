"""Addresses become places."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.model.accounts import Account
from planner.model.packs import RoadPack
from planner.model.places import Match, MatchQuality
from planner.progress import Report
from planner.roads.packs import need_sound
from planner.store import accounts as rows
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer


def open_gazetteer(pack: RoadPack) -> "Gazetteer":
    """The gazetteer of a pack, to be closed; raises PackProblem when it is damaged."""
    from planner.geocoding.offline import Gazetteer

    need_sound(pack, pack.gazetteer.name)
    return Gazetteer(pack.gazetteer)


def located(pack: RoadPack | None, accounts: Sequence[Account], report: Report) -> list[Account]:
    """The accounts with the places of their addresses; without a pack they stay unplaced, and say so."""
    if pack is None:
        return [replace(account, match_quality=MatchQuality.NONE, match_note="No road pack yet") for account in accounts]
    with open_gazetteer(pack) as gazetteer:
        matches = gazetteer.locate_many([(account.address, account.name) for account in accounts], report)
    return [_with_match(account, match) for account, match in zip(accounts, matches, strict=True)]


def place_accounts(workspace: Workspace, pack: RoadPack, report: Report) -> int:
    """Place the stored accounts that have no place yet and belong to this pack; returns how many found one."""
    with workspace.reading() as db:
        waiting = [account for account in rows.all_accounts(db) if account.place is None and account.sample == pack.sample]
    if not waiting:
        return 0
    placed = [account for account in located(pack, waiting, report) if account.place is not None]
    with workspace.writing() as db:
        rows.save_accounts(db, placed)
    return len(placed)


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
