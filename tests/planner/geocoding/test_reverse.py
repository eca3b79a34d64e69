import pytest

from planner.model.places import LatLon, MatchQuality


def test_at_a_house_its_address_is_told(gazetteer, valley):
    house = valley.truth[12, "West Hamilton Avenue", "Alder Falls", "17001"]
    match = gazetteer.reverse(LatLon(house.lat + 0.0003, house.lon))
    assert match.text == "near 12 West Hamilton Avenue, Alder Falls PA"
    assert (match.point, match.quality, match.note) == (house, MatchQuality.ROOFTOP, "33 m away")


def test_on_a_road_without_houses_the_road_is_told(gazetteer):
    match = gazetteer.reverse(LatLon(40.0205, -76.9986))
    assert match.text == "on Hill Road, Alder Falls PA"
    assert match.quality is MatchQuality.STREET
    assert match.point.metres_to(LatLon(40.02, -76.9986)) < 1


@pytest.mark.parametrize(
    ("point", "text", "in_miles"),
    [
        (LatLon(40.06, -77.0), "4 km south of Birchwood", "3 miles south of Birchwood"),
        (LatLon(40.1, -77.2), "17 km west of Birchwood", "11 miles west of Birchwood"),
        (LatLon(40.2, -76.87), "16 km northeast of Birchwood", "10 miles northeast of Birchwood"),
        (LatLon(40.114, -77.0), "2 km north of Birchwood", "1 mile north of Birchwood"),
    ],
)
def test_elsewhere_the_nearest_town_is_told(gazetteer, point, text, in_miles):
    match = gazetteer.reverse(point)
    assert (match.text, match.quality) == (text, MatchQuality.CITY)
    assert gazetteer.reverse(point, miles=True).text == in_miles


def test_in_a_town_no_distance_is_told(gazetteer):
    assert gazetteer.reverse(LatLon(40.0962, -77.0)).text == "in Birchwood"


def test_far_from_everything_there_is_nothing_to_tell(gazetteer):
    match = gazetteer.reverse(LatLon(10.0, 10.0))
    assert (match.point, match.quality, match.text) == (None, MatchQuality.NONE, "10.00000, 10.00000")


@pytest.mark.parametrize("point", [LatLon(90.0, 0.0), LatLon(-90.0, 180.0), LatLon(0.0, -180.0)])
def test_the_ends_of_the_earth_are_places_too(gazetteer, point):
    assert gazetteer.reverse(point).quality is MatchQuality.NONE


def test_a_real_house_is_found_again_at_its_place(state_college):
    house = state_college.locate_text("409 S Pugh St, State College, PA 16801")
    assert state_college.reverse(house.point).text == "near 409 South Pugh Street, State College PA"
