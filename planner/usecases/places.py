"""Places that are not sure: which accounts to check, and her word on where they are."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.placing import CHOSEN, MARKED_RIGHT, PlaceProblem, PlaceToCheck, is_settled
from planner.model.street_names import zip5
from planner.progress import Report
from planner.store import accounts as rows
from planner.store.accounts import accounts_of
from planner.store.kept_places import kept_answers
from planner.store.placing import Placing, placings
from planner.usecases.accounts import need_account
from planner.usecases.locate_accounts import open_gazetteer, with_match
from planner.usecases.packs import active_pack
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace
from planner.values import replace

_AREAS = frozenset({MatchQuality.ZIP, MatchQuality.CITY})
_WORST_FIRST = {problem: place for place, problem in enumerate(PlaceProblem)}


def places_to_check(workspace: Workspace) -> list[PlaceToCheck]:
    """The accounts of the book in use whose places a person should look at, the worst first, those never to be visited last.

    What she has settled herself is in it only when it lies outside the road pack, where there are no roads to drive there.
    """
    pack = active_pack(workspace)
    with workspace.reading() as db:
        known = placings(db, sample=bool(pack and pack.sample))
        beyond = _beyond(known, pack)
        accounts = accounts_of(db, beyond | {each.account_id for each in known if each.poor})
    foreign = _foreign_zips(accounts, known, beyond, pack)
    name = pack.name if pack else ""
    found = [check for account in accounts if (check := _check(account, account.id in beyond, foreign, name)) is not None]
    return sorted(found, key=lambda check: (check.account.do_not_visit, _WORST_FIRST[check.problem]))


def place_candidates(workspace: Workspace, account_id: int, report: Report) -> list[Match]:
    """The places an account may be, best first, by the pack in use and what servers said before; no server is asked."""
    account = need_account(workspace, account_id)
    report(0.0, f"Looking for {account.name}")
    pack = active_pack(workspace)
    return _candidates(workspace, account.address, account.name, pack if pack and pack.sample == account.sample else None)


def address_candidates(workspace: Workspace, address: PostalAddress, name: str, report: Report) -> list[Match]:
    """The places an account that is being typed in may be, best first; no server is asked."""
    report(0.0, f"Looking for {address.one_line}")
    return _candidates(workspace, address, name, active_pack(workspace))


def choose_place(workspace: Workspace, account_id: int, match: Match) -> Changes:
    """Put an account where one of its candidates is, which then counts as settled; raises UserProblem for a match without a point."""
    account = need_account(workspace, account_id)
    if match.point is None:
        raise UserProblem("That proposal has no place.", remedy="Choose another one, or put the pin on the map.")
    return _keep(workspace, f"Choose a place for {account.name}", [with_match(account, chosen(match))])


def put_pin(workspace: Workspace, account_id: int, point: LatLon) -> Changes:
    """Put an account where she says it is; no later import moves it while its address stays."""
    account = need_account(workspace, account_id)
    return _keep(workspace, f"Move the pin of {account.name}", [with_match(account, pinned(point))])


def chosen(match: Match) -> Match:
    """A candidate that has a place as her own choice, which counts as settled."""
    assert match.point is not None
    what = match.text or match.note or f"{match.point.lat:.5f}, {match.point.lon:.5f}"
    return replace(match, note=f"{CHOSEN}: {what}", doubtful=False)


def pinned(point: LatLon) -> Match:
    """A point of the map as the place of an account, which counts as settled."""
    return Match(point, MatchQuality.MANUAL, "you", 1.0, note="Put there by you")


def mark_right(workspace: Workspace, account_ids: Iterable[int]) -> Changes:
    """Say that accounts are where the map has them; they leave the list of places to check. Raises UserProblem for one without a place."""
    accounts = [need_account(workspace, account_id) for account_id in account_ids]
    if not accounts:
        raise UserProblem("No account is chosen.", remedy="Choose one or more.")
    nowhere = next((account for account in accounts if account.place is None), None)
    if nowhere is not None:
        raise UserProblem(f"{nowhere.name} has no place yet.", remedy="Choose one of the places proposed, or put the pin on the map.")
    named = accounts[0].name if len(accounts) == 1 else f"{writing_in(workspace).number(len(accounts))} accounts"
    right = [replace(account, match_doubtful=False, match_note=MARKED_RIGHT) for account in accounts]
    return _keep(workspace, f"Mark the place of {named} as right", right)


def _candidates(workspace: Workspace, address: PostalAddress, name: str, pack: RoadPack | None) -> list[Match]:
    from planner.geocoding.asked import address_key
    from planner.geocoding.candidates import candidates

    with workspace.reading() as db:
        kept = kept_answers(db, [address_key(address, name)])
    answers = [answer.match for answer in kept.values()]
    with open_gazetteer(pack) if pack else nullcontext() as gazetteer:
        return candidates(address, name, gazetteer, answers)


def _keep(workspace: Workspace, label: str, accounts: Sequence[Account]) -> Changes:
    with workspace.writing(label, sample=accounts[0].sample) as db:
        rows.save_accounts(db, accounts)
    return Changes(label, accounts=True)


def _beyond(known: Sequence[Placing], pack: RoadPack | None) -> set[int]:
    """The accounts placed outside the pack."""
    if pack is None:
        return set()
    from planner.geocoding.coverage import all_outside

    placed = [(each.account_id, each.lat, each.lon) for each in known if each.lat is not None and each.lon is not None]
    area = pack.origin.area
    beyond = all_outside([lat for _, lat, _ in placed], [lon for *_, lon in placed], pack.bounds, area.outlines if area else ())
    return {account_id for (account_id, *_), outside in zip(placed, beyond.tolist(), strict=True) if outside}


def _foreign_zips(accounts: Iterable[Account], known: Iterable[Placing], beyond: Collection[int], pack: RoadPack | None) -> set[str]:
    """The ZIPs that lie outside the pack, of accounts that have no place or a doubtful one.

    Where another account is surely in the pack its ZIP is too: only the others are looked up in the list of all ZIPs, which is large.
    """
    unsure = [account for account in accounts if account.id not in beyond and account.match_quality not in _AREAS]
    doubted = {account.address.postcode for account in unsure if not is_settled(account)}
    sure = {each.postcode for each in known if not each.poor and each.account_id not in beyond}
    asked = {zip5(text) for text in doubted} - {zip5(text) for text in sure} - {""}
    if pack is None or not asked:
        return set()
    from planner.geocoding.coverage import outside
    from planner.geocoding.zips import UsZips

    zips, outlines = UsZips(), pack.origin.area.outlines if pack.origin.area else ()
    middles = {postcode: zips.locate(PostalAddress(postcode=postcode)) for postcode in asked}
    return {postcode for postcode, middle in middles.items() if middle and outside(middle, pack.bounds, outlines)}


def _check(account: Account, beyond: bool, foreign: Collection[str], pack_name: str) -> PlaceToCheck | None:
    """What is to be checked of an account that is poorly placed or lies `beyond` the pack; None when she settled that."""
    postcode, by_area = zip5(account.address.postcode), account.match_quality in _AREAS
    if beyond or (postcode in foreign and not by_area and not is_settled(account)):
        what = _area_name(account) if by_area or not beyond else "place"
        return PlaceToCheck(account, PlaceProblem.OUTSIDE, f"Its {what} lies outside the road pack “{pack_name}”: no roads lead there yet.")
    if is_settled(account):
        return None
    if account.place is None:
        return PlaceToCheck(account, PlaceProblem.UNPLACED, _sentence(account.match_note or "Its address was not found"))
    if by_area:
        return PlaceToCheck(account, PlaceProblem.AREA, _area_why(account))
    return PlaceToCheck(account, PlaceProblem.DOUBTFUL, _sentence(account.match_note or "The find is not sure"))


def _area_why(account: Account) -> str:
    from planner.geocoding.parse import parse_street_line

    line = parse_street_line(account.address.street)
    if line.po_box and not line.houses:
        return f"A PO box has no door: the middle of its {_area_name(account)} is shown."
    return _sentence(account.match_note or f"The middle of its {_area_name(account)} is shown")


def _area_name(account: Account) -> str:
    town = account.match_quality is MatchQuality.CITY
    return f"town {account.address.city}".strip() if town else f"ZIP {zip5(account.address.postcode)}".strip()


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."
