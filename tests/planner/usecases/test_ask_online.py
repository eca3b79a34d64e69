"""Addresses looked up online: only when allowed, each answer kept at once, accounts placed in one step; the server is on this machine."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from map_servers import Fault, MapServer
from nominatim_answers import place

from planner import __version__
from planner.errors import Cancelled, UserProblem
from planner.geocoding.nominatim import Nominatim
from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.progress import silent
from planner.store.accounts import save_accounts
from planner.store.kept_places import kept_answers
from planner.usecases import ask_online as asking
from planner.usecases.accounts import list_accounts
from planner.usecases.ask_online import ask_online, online_queue
from planner.usecases.locate_accounts import located
from planner.usecases.places import mark_right, place_candidates, places_to_check, put_pin
from planner.usecases.settings import set_setting
from planner.usecases.undo import list_steps, next_steps, undo
from planner.usecases.workspace import Workspace
from planner.values import replace

HOUSES = 5
"""So many houses of Elm Street have an account; the server knows all of the street."""


def elm(house: int, name: str = "") -> Account:
    address = PostalAddress(f"{house} Elm Street", "State College", "PA", "16801")
    return Account(0, f"crm-{house}{name}", name or f"Business {house}", AccountKind.CLIENT, address)


def add(workspace: Workspace, *accounts: Account) -> None:
    """Keep accounts as an import would: placed by their ZIP, as there is no road pack."""
    with workspace.writing(None) as db:
        save_accounts(db, located(workspace, None, accounts, silent))


def by_name(workspace: Workspace) -> dict[str, Account]:
    return {account.name: account for account in list_accounts(workspace)}


def placed_online(workspace: Workspace) -> list[str]:
    return sorted(account.name for account in list_accounts(workspace) if account.match_source == "nominatim")


def answer(asked: dict[str, str]) -> list[dict[str, object]]:
    number, _, street = asked.get("street", "").partition(" ")
    if street != "Elm Street":
        return []
    return [place(40.79 + int(number) / 1000, -77.86, house_number=number, road="Elm Street")]


def streets_asked(server: MapServer) -> list[str]:
    return [asked["street"] for asked in server.searches if "street" in asked]


def stop_at(text: str, error: type[BaseException] = Cancelled) -> Callable[[float, str], None]:
    def report(_fraction: float, told: str) -> None:
        if told.startswith(text):
            raise error

    return report


@pytest.fixture
def server() -> Iterator[MapServer]:
    with MapServer() as running:
        running.names = answer
        yield running


@pytest.fixture
def allowed(workspace: Workspace, server: MapServer, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with the accounts of Elm Street that may ask the server, which is asked without a pause."""
    quick = Nominatim(server.url, asking.USER_AGENT, 0.0, timeout_s=0.5, retry_wait_s=0.0)
    monkeypatch.setattr(asking, "_server", lambda _address: quick)
    set_setting(workspace, "nominatim", f"{server.url}/")
    set_setting(workspace, "ask_online", "yes")
    add(workspace, *map(elm, range(1, HOUSES + 1)))
    return workspace


def test_nothing_is_sent_until_it_is_allowed(allowed: Workspace, server: MapServer):
    set_setting(allowed, "ask_online", "no")
    assert not online_queue(allowed).allowed
    with pytest.raises(UserProblem, match="ask_online yes") as told:
        ask_online(allowed, silent)
    assert (told.value.what, server.requests) == ("Addresses are not looked up online.", [])


def test_the_queue_says_how_many_addresses_go_where(allowed: Workspace, server: MapServer):
    add(allowed, elm(1, "Upstairs of Business 1"), replace(elm(9), address=PostalAddress("PO Box 9", "State College", "PA", "16801")))
    queue = online_queue(allowed)
    assert (queue.addresses, queue.seconds, queue.allowed) == (HOUSES, float(HOUSES), True)
    assert queue.server == server.url.removeprefix("http://")
    assert server.requests == []


def test_accounts_are_placed_by_the_answers_in_one_step_that_can_be_undone(allowed: Workspace, server: MapServer):
    before = list_accounts(allowed)
    told: list[str] = []
    outcome = ask_online(allowed, lambda _fraction, text: told.append(text))
    assert (outcome.asked, outcome.found, outcome.left, outcome.problem) == (HOUSES, HOUSES, 0, None)
    assert outcome.changes.accounts
    assert next_steps(allowed).undo == outcome.changes.label == "Place 5 accounts by Nominatim"
    assert told[0].startswith("Asking for 1 of 5 addresses")
    account = by_name(allowed)["Business 3"]
    assert (account.place, account.match_quality) == (LatLon(40.793, -77.86), MatchQuality.ROOFTOP)
    assert places_to_check(allowed) == []
    assert undo(allowed).accounts
    assert list_accounts(allowed) == before


def test_an_address_of_several_accounts_is_asked_for_once_and_places_all_of_them(allowed: Workspace, server: MapServer):
    add(allowed, elm(1, "Upstairs of Business 1"))
    assert ask_online(allowed, silent).changes.label == "Place 6 accounts by Nominatim"
    assert streets_asked(server).count("1 Elm Street") == 1
    assert by_name(allowed)["Upstairs of Business 1"].place == by_name(allowed)["Business 1"].place


def test_what_is_not_found_is_kept_too_and_asked_again_after_a_month(
    allowed: Workspace, server: MapServer, monkeypatch: pytest.MonkeyPatch
):
    server.names = lambda _asked: []
    outcome = ask_online(allowed, silent)
    assert (outcome.asked, outcome.found, outcome.left) == (HOUSES, 0, 0)
    assert not outcome.changes.accounts
    assert "Nominatim" not in next_steps(allowed).undo
    assert online_queue(allowed).addresses == 0
    server.requests.clear()
    assert ask_online(allowed, silent).asked == 0
    assert server.requests == []
    later = date.today() + timedelta(days=30)  # noqa: DTZ011 - her own calendar day
    monkeypatch.setattr(asking, "_today", lambda: later)
    assert online_queue(allowed).addresses == HOUSES


def test_a_cancel_keeps_what_was_answered_and_the_next_run_goes_on(allowed: Workspace, server: MapServer):
    outcome = ask_online(allowed, stop_at("Asking for 3 of"))
    assert (outcome.asked, outcome.found, outcome.left, outcome.problem) == (2, 2, HOUSES - 2, None)
    assert outcome.changes.label == "Place 2 accounts by Nominatim"
    assert len(placed_online(allowed)) == 2
    assert online_queue(allowed).addresses == HOUSES - 2
    rest = ask_online(allowed, silent)
    assert (rest.asked, rest.left, rest.changes.label) == (HOUSES - 2, 0, "Place 3 accounts by Nominatim")
    assert sorted(streets_asked(server)) == [f"{house} Elm Street" for house in range(1, HOUSES + 1)]


def test_a_run_that_is_killed_loses_no_answer(allowed: Workspace, server: MapServer, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(asking, "_place_by_answers", lambda *_arguments: None)  # as when the process is gone
        with pytest.raises(KeyboardInterrupt):
            ask_online(allowed, stop_at("Asking for 4 of", KeyboardInterrupt))
    assert placed_online(allowed) == []
    with allowed.reading() as db:
        assert len(kept_answers(db)) == 3
    assert ask_online(allowed, silent).asked == HOUSES - 3
    assert len(placed_online(allowed)) == HOUSES
    assert len(streets_asked(server)) == HOUSES


def test_a_server_that_fails_is_told_and_what_it_had_answered_is_placed(allowed: Workspace, server: MapServer):
    def break_down(_fraction: float, text: str) -> None:
        if text.startswith("Asking for 3 of") and not server.faults:
            server.fail("/search", *[Fault(500)] * 20)

    outcome = ask_online(allowed, break_down)
    assert (outcome.asked, outcome.found, outcome.left) == (2, 2, HOUSES - 2)
    assert outcome.problem is not None
    assert outcome.problem.remedy
    assert len(placed_online(allowed)) == 2


def test_no_more_than_so_many_are_asked_for(allowed: Workspace, server: MapServer):
    outcome = ask_online(allowed, silent, most=2)
    assert (outcome.asked, outcome.left, len(server.searches)) == (2, HOUSES - 2, 2)


def test_a_pin_and_what_was_marked_as_right_are_never_asked_for_nor_moved(allowed: Workspace, server: MapServer):
    known = by_name(allowed)
    put_pin(allowed, known["Business 1"].id, LatLon(40.5, -77.5))
    mark_right(allowed, [known["Business 2"].id])
    add(allowed, elm(1, "Upstairs of Business 1"))  # so that the address of the pin is asked for all the same
    settled = [by_name(allowed)[name] for name in ("Business 1", "Business 2")]
    ask_online(allowed, silent)
    assert [by_name(allowed)[name] for name in ("Business 1", "Business 2")] == settled
    assert "2 Elm Street" not in streets_asked(server)


def test_an_answer_worse_than_the_place_there_is_changes_nothing(allowed: Workspace, server: MapServer):
    doubtful = replace(by_name(allowed)["Business 1"], match_quality=MatchQuality.STREET, match_score=0.6, match_doubtful=True)
    with allowed.writing(None) as db:
        save_accounts(db, [doubtful])
    server.names = lambda _asked: [place(41.0, -77.0, kind="boundary", sort="administrative", house_number="", road="")]
    ask_online(allowed, silent)
    assert by_name(allowed)["Business 1"] == doubtful


def test_what_she_changes_meanwhile_is_not_overwritten(allowed: Workspace, monkeypatch: pytest.MonkeyPatch):
    really = asking.located

    def slowly(workspace: Workspace, *arguments):
        put_pin(workspace, by_name(workspace)["Business 1"].id, LatLon(40.5, -77.5))
        return really(workspace, *arguments)

    monkeypatch.setattr(asking, "located", slowly)
    ask_online(allowed, silent)
    assert by_name(allowed)["Business 1"].match_quality is MatchQuality.MANUAL
    assert len(placed_online(allowed)) == HOUSES - 1


def test_keeping_answers_is_no_step(allowed: Workspace):
    steps = len(list_steps(allowed))
    ask_online(allowed, silent)
    assert len(list_steps(allowed)) == steps + 1


def test_what_is_found_is_among_the_candidates_later_without_asking(allowed: Workspace, server: MapServer):
    ask_online(allowed, silent)
    undo(allowed)
    server.requests.clear()
    best = place_candidates(allowed, by_name(allowed)["Business 2"].id, silent)[0]
    assert (best.point, best.source, server.requests) == (LatLon(40.792, -77.86), "nominatim", [])


def test_the_server_is_told_who_asks_and_is_asked_once_a_second_by_all_runs(server: MapServer):
    asked = asking._server(server.url)
    assert asked is asking._server(server.url)
    assert asked.min_delay_s == 1.0
    assert asked.locate(elm(4).address) is not None
    assert f"Roadbook/{__version__}" in server.requests[0][2]["User-Agent"]


def test_a_business_is_named_only_where_its_address_has_no_street(allowed: Workspace, server: MapServer):
    add(allowed, replace(elm(7, "Penn's Diner"), address=PostalAddress("", "State College", "PA", "16801")))
    ask_online(allowed, silent)
    sent = [" ".join(asked.values()) for asked in server.searches]
    assert sum("Penn's Diner" in text for text in sent) == 1
    assert not any("Business" in text for text in sent)
