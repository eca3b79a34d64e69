from zoneinfo import ZoneInfo

from planner.usecases.time_zones import time_zones


def test_zones_of_the_united_states_come_first_and_others_by_their_city():
    found = time_zones()
    assert found[0] == ("America/New_York", "Eastern time · New York")
    assert ("Europe/Berlin", "Berlin · Europe") in found
    assert ("America/Indiana/Knox", "Knox · Indiana · America") in found
    assert len({name for name, _ in found}) == len(found) > 200
    assert all(ZoneInfo(name) for name, _ in found[:20])
    assert not any(name.startswith(("Etc/", "GMT")) for name, _ in found)
