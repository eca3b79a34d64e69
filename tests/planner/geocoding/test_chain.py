"""The geocoding chain: the real gazetteer of a made-up valley, and a Nominatim server on this machine asked over HTTP."""

import csv
from datetime import date, timedelta

import pytest
from map_servers import Fault, MapServer
from nominatim_answers import place

from planner.errors import Cancelled
from planner.geocoding.asked import address_key
from planner.geocoding.chain import locate_chain, wants_a_server
from planner.geocoding.nominatim import Nominatim, Refused
from planner.geocoding.zips import UsZips
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.placing import KeptAnswer
from planner.progress import silent

TODAY = date(2026, 11, 23)


def alder(street, postcode="17001"):
    return PostalAddress(street, "Alder Falls", "PA", postcode)


KNOWN = (alder("12 West Hamilton Ave"), "")  # in the valley's gazetteer
UNKNOWN = [(alder(f"{house} Elm Street"), "") for house in range(1, 7)]  # Elm Street is not
BOX = (alder("PO Box 12"), "")


def answer(asked):
    """What the server knows: every house of Elm Street."""
    number, _, street = asked.get("street", "").partition(" ")
    if street != "Elm Street":
        return []
    where = {"house_number": number, "road": "Elm Street", "city": "Alder Falls", "postcode": "17001"}
    return [place(40.0 + int(number) / 1000, -77.0, **where)]


@pytest.fixture
def server():
    with MapServer() as running:
        running.names = answer
        yield running


@pytest.fixture
def online(server):
    return Nominatim(server.url, "Roadbook/0.1.0", min_delay_s=0.0, timeout_s=0.5, retry_wait_s=0.0)


@pytest.fixture
def run(gazetteer, online):
    """Runs the chain with what was kept before, keeps what it says, and remembers its reports."""

    class Run:
        kept: dict[str, KeptAnswer]

        def __init__(self):
            self.kept, self.told = {}, []

        def __call__(self, addresses, **changes):
            def keep(key, match):
                self.kept[key] = KeptAnswer(match, changes.get("today", TODAY))

            def report(fraction, text):
                self.told.append((fraction, text))
                changes.get("report", silent)(fraction, text)

            usual = {"gazetteer": gazetteer, "online": online, "zips": UsZips(), "today": TODAY}
            return locate_chain(addresses, **(usual | changes | {"report": report}), kept=dict(self.kept), keep=keep)

    return Run()


def streets_asked(server):
    return [asked.get("street", asked.get("q")) for asked in server.searches]


def test_a_server_is_asked_only_of_what_the_pack_does_not_know(run, server, valley):
    located = run([KNOWN, UNKNOWN[0], BOX])
    house, elm, box = located.matches
    assert house.point == valley.truth[12, "West Hamilton Avenue", "Alder Falls", "17001"]
    assert (elm.source, elm.quality, elm.point) == ("nominatim", MatchQuality.ROOFTOP, LatLon(40.001, -77.0))
    assert (box.quality, box.source) == (MatchQuality.ZIP, "gazetteer")
    assert streets_asked(server) == ["1 Elm Street"]
    assert (located.problem, located.unasked) == (None, 0)


def test_one_address_of_several_accounts_is_asked_once(run, server):
    same = [(alder("1 Elm Street, Suite 4"), "A"), (alder("1 ELM ST", "17001-0001"), "B")]
    assert len({match.point for match in run([UNKNOWN[0], *same]).matches}) == 1
    assert len(server.searches) == 1


def test_without_a_server_the_middle_of_the_zip_remains_and_nothing_is_sent(run, server):
    (match,) = run([UNKNOWN[0]], online=None).matches
    assert (match.quality, match.doubtful, server.requests) == (MatchQuality.ZIP, True, [])


def test_without_a_road_pack_the_zip_is_the_last_resort(run):
    matches = run([UNKNOWN[0], (PostalAddress("9 Oak St", "State College", "PA", "16801"), "")], gazetteer=None).matches
    assert [(match.quality, match.source) for match in matches] == [
        (MatchQuality.ROOFTOP, "nominatim"),
        (MatchQuality.ZIP, "zipcodes"),
    ]
    assert matches[1].note.startswith("No road pack yet")


def test_what_was_kept_is_not_asked_again_found_or_not(run, server):
    nowhere = (alder("5 Nowhere Lane"), "")
    first = run([UNKNOWN[0], nowhere]).matches
    asked = len(server.searches)
    assert run([UNKNOWN[0], nowhere], today=TODAY + timedelta(days=29)).matches == first
    assert len(server.searches) == asked


def test_what_was_not_found_is_asked_again_after_thirty_days_and_what_was_found_never(run, server):
    nowhere = (alder("5 Nowhere Lane"), "")
    run([UNKNOWN[0], nowhere])
    server.searches.clear()
    run([UNKNOWN[0], nowhere], today=TODAY + timedelta(days=30))
    assert streets_asked(server)[0] == "5 Nowhere Lane"
    assert "1 Elm Street" not in streets_asked(server)


def test_a_cancelled_run_goes_on_where_it_stopped_and_asks_nobody_twice(run, server):
    def until_three(_fraction, text):
        if text.startswith("Asking for 4 "):
            raise Cancelled

    with pytest.raises(Cancelled):
        run(UNKNOWN, report=until_three)
    assert len(run.kept) == 3
    located = run(UNKNOWN)
    assert all(match.quality is MatchQuality.ROOFTOP for match in located.matches)
    assert sorted(streets_asked(server)) == sorted(address.street for address, _ in UNKNOWN)


def test_what_the_user_placed_stays_whatever_others_say(run, server):
    for one in (KNOWN, UNKNOWN[0]):
        run.kept[address_key(*one)] = KeptAnswer(Match(LatLon(40.5, -77.5), MatchQuality.MANUAL, "user", 1.0), TODAY)
    assert [match.quality for match in run([KNOWN, UNKNOWN[0]]).matches] == [MatchQuality.MANUAL] * 2
    assert server.searches == []


def test_kept_and_pack_that_contradict_ask_for_a_look(run):
    run.kept[address_key(*KNOWN)] = KeptAnswer(Match(LatLon(40.05, -77.0), MatchQuality.ROOFTOP, "nominatim", 0.9), TODAY)
    (match,) = run([KNOWN]).matches
    assert (match.source, match.doubtful) == ("gazetteer", True)
    assert "km apart" in match.note


def test_a_server_that_fails_three_times_running_is_given_up_and_what_was_found_is_kept(run, server):
    def break_down(_fraction, text):
        if text.startswith("Asking for 3 ") and not server.faults:
            server.fail("/search", *[Fault(500)] * 20)

    located = run(UNKNOWN, report=break_down)
    assert [match.quality for match in located.matches] == [MatchQuality.ROOFTOP] * 2 + [MatchQuality.ZIP] * 4
    assert located.unasked == 4
    assert "has a problem of its own" in str(located.problem)
    assert len(server.requests) == 2 + 2 * 3  # each is tried twice
    server.faults.clear()
    assert run(UNKNOWN).unasked == 0
    assert sorted(streets_asked(server)) == sorted(address.street for address, _ in UNKNOWN)


def test_a_failure_now_and_then_leaves_only_its_own_address_for_later(run, server):
    server.fail("/search", Fault(500), Fault(500))
    located = run(UNKNOWN)
    assert (located.problem, located.unasked) == (None, 1)
    assert [match.quality for match in located.matches] == [MatchQuality.ZIP] + [MatchQuality.ROOFTOP] * 5


@pytest.mark.parametrize("status", [429, 403])
def test_a_server_that_refuses_is_given_up_at_once(run, server, status):
    server.fail("/search", *[Fault(status)] * 9)
    located = run(UNKNOWN)
    assert isinstance(located.problem, Refused)
    assert (len(server.requests), located.unasked) == (1, 6)
    assert all(match.point for match in located.matches)
    assert run.kept == {}


def test_progress_tells_how_far_it_is_and_how_long_it_takes(run, server):
    slow = Nominatim(server.url, "Roadbook/0.1.0", min_delay_s=0.3)
    run(UNKNOWN[:3], online=slow)
    asking = [text for _, text in run.told if text.startswith("Asking")]
    assert asking[0] == "Asking for 1 of 3 addresses, about 1 s left"
    assert asking[-1].startswith("Asking for 3 of 3 addresses, about ")
    assert [fraction for fraction, _ in run.told] == sorted(fraction for fraction, _ in run.told)
    assert len(asking) > 5  # while it waits too, so that it can be cancelled


def test_nothing_hostile_in_an_address_or_an_answer_breaks_the_chain(run, server):
    evil = "'; DROP TABLE accounts; --<script>\x00%s{}"
    server.names = lambda _asked: [place(name=evil, road=evil, city=evil), {"lat": evil}]
    located = run([(PostalAddress(evil, evil, "PA", "17001"), evil), (PostalAddress("1 " + "x" * 9000, "Alder Falls", "PA", ""), evil)])
    assert len(located.matches) == 2


def test_a_real_book_of_business_is_placed_by_its_road_pack_and_its_boxes_never_go_online(run, server, state_college, shared_data):
    parts = ("Billing Street", "Billing City", "Billing State/Province", "Billing Zip/Postal Code")
    with (shared_data / "accounts" / "state-college" / "accounts.csv").open(encoding="latin-1", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Billing Street"]]
    located = run([(PostalAddress(*(row[part] for part in parts)), row["Account Name"]) for row in rows], gazetteer=state_college)
    poor = [row["Billing Street"] for row, match in zip(rows, located.matches, strict=True) if wants_a_server(match)]
    assert len(poor) > 5
    assert all("box" in street.lower() for street in poor)
    assert server.requests == []


def test_no_addresses_are_no_work(run):
    assert run([]).matches == []
