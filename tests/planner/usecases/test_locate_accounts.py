"""Addresses become places: by the pack, by what a server said before, and by ZIP; what she settled stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.geocoding.asked import address_key
from planner.model.accounts import Account
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.placing import KeptAnswer
from planner.progress import silent
from planner.store.accounts import save_accounts
from planner.store.kept_places import keep_answers
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.locate_accounts import located, located_addresses, place_accounts
from planner.usecases.packs import need_pack
from planner.usecases.places import choose_place, mark_right, put_pin
from planner.usecases.workspace import Workspace
from planner.values import replace

HERE = LatLon(40.791, -77.861)
ELM = PostalAddress("1 Elm Street", "State College", "PA", "16801")
HEADERS = "Account ID,Account Name,Phone,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code\n"


def keep(workspace: Workspace, address: PostalAddress, match: Match) -> None:
    with workspace.writing(None) as db:
        keep_answers(db, {address_key(address): KeptAnswer(match, date.today())})  # noqa: DTZ011 - her own calendar day


def house_at(point: LatLon) -> Match:
    return Match(point, MatchQuality.ROOFTOP, "nominatim", 0.95)


@pytest.fixture
def sample(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def test_without_a_pack_the_zip_is_shown_and_said_so(workspace: Workspace):
    (match,) = located_addresses(workspace, None, [(ELM, "")], silent)
    assert (match.quality, match.doubtful) == (MatchQuality.ZIP, True)
    assert match.note.startswith("No road pack yet; The middle of ZIP 16801")


@pytest.mark.parametrize("others", [0, 200])
def test_what_a_server_said_before_places_an_address_however_many_are_asked_for(workspace: Workspace, others: int):
    keep(workspace, ELM, house_at(HERE))
    addresses = [(ELM, "Ada's Diner"), *((PostalAddress(f"{n} Oak St", "State College", "PA", "16801"), "") for n in range(others))]
    first, *rest = located_addresses(workspace, None, addresses, silent)
    assert (first.point, first.quality) == (HERE, MatchQuality.ROOFTOP)
    assert {match.quality for match in rest} <= {MatchQuality.ZIP}


def test_the_pack_comes_before_what_a_server_said(sample: Workspace):
    pack, accounts = need_pack(sample), list_accounts(sample)
    (account,) = [each for each in accounts if each.match_quality is MatchQuality.ROOFTOP and each.match_score == 1.0][:1]
    assert account.place is not None
    keep(sample, account.address, house_at(LatLon(account.place.lat + 0.001, account.place.lon)))
    assert located(sample, pack, [account], silent) == [account]


def test_a_new_pack_moves_what_was_placed_by_area_elsewhere_and_nothing_that_she_settled(sample: Workspace):
    pack = need_pack(sample)
    poor = {"place": HERE, "match_quality": MatchQuality.ZIP, "match_source": "zipcodes", "match_score": 0.25, "match_doubtful": True}
    sure = [account for account in list_accounts(sample) if account.match_quality is MatchQuality.ROOFTOP][:5]
    with sample.writing(None) as db:
        save_accounts(db, [replace(account, **poor) for account in sure])
        save_accounts(db, [replace(sure[1], **(poor | {"match_source": "nominatim"}))])
    put_pin(sample, sure[2].id, HERE)
    choose_place(sample, sure[3].id, Match(HERE, MatchQuality.ZIP, "zipcodes", 0.25, "Middle of ZIP 16801"))
    mark_right(sample, [sure[4].id])
    assert place_accounts(sample, pack, silent) >= 2
    now = {account.id: account for account in list_accounts(sample)}
    assert [now[account.id] for account in sure[:2]] == sure[:2]
    assert [now[account.id].place for account in sure[2:]] == [HERE] * 3


@pytest.mark.parametrize("settle", ["pin", "choice", "mark"])
def test_a_later_import_moves_what_she_settled_only_when_its_address_changes(workspace: Workspace, tmp_path: Path, settle: str):
    def bring(phone: str, street: str) -> Account:
        (tmp_path / "accounts.csv").write_text(f"{HEADERS}001Dn000000pIls,Ada's Diner,{phone},{street},State College,PA,16801\n")
        import_accounts(workspace, [tmp_path / "accounts.csv"], silent)
        (account,) = list_accounts(workspace)
        return account

    account = bring("1", "1 Elm Street")
    match settle:
        case "pin":
            put_pin(workspace, account.id, HERE)
        case "choice":
            choose_place(workspace, account.id, house_at(HERE))
        case _:
            mark_right(workspace, [account.id])
    (settled,) = list_accounts(workspace)
    keep(workspace, ELM, house_at(LatLon(40.9, -77.9)))
    again = bring("2", "1 Elm Street")
    assert again.phone != settled.phone
    assert replace(again, phone=settled.phone) == settled
    moved = bring("2", "2 Elm Street")
    assert (moved.match_quality, moved.match_note.split(";")[0]) == (MatchQuality.ZIP, "No road pack yet")
