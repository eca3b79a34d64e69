from datetime import date
from pathlib import Path

import pytest

from planner.model.areas import Area
from planner.model.places import Bounds, LatLon
from ui.footprint.drawing import Drawing
from ui.footprint.words import age_words, box_words, extent_words, files_take, is_extract, names_in, short_name, size_words, title_of

TODAY = date(2026, 11, 24)
DEGREE = Area("One degree", ((LatLon(40, -78), LatLon(40, -77), LatLon(41, -77), LatLon(41, -78)),))


@pytest.mark.parametrize(("count", "words"), [(0, "0.0 MB"), (640_000, "0.6 MB"), (22_000_000, "22 MB"), (1_340_000_000, "1.3 GB")])
def test_sizes_are_told_as_people_do(count, words):
    assert size_words(count) == words


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2026-11-24", "of today"),
        ("2026-11-23T10:00:00Z", "1 day old"),
        ("2026-10-10", "45 days old"),
        ("2026-03-01", "8 months old"),
        ("2024-01-02", "2 years old"),
    ],
)
def test_ages_are_told_in_words(day, age):
    assert age_words(day, TODAY).endswith(f" · {age}")


def test_unknown_age_is_told():
    assert age_words("", TODAY) == "Unknown"


def test_the_extent_of_an_area_is_that_on_the_globe():
    # Between two parallels and meridians: R^2 * dlon * (sin north - sin south) = 9,393 square kilometres.
    assert extent_words(DEGREE, "kilometres") in {f"{number:,} km²" for number in range(9_300, 9_490)}
    assert extent_words(DEGREE, "miles").endswith(" sq mi")


def test_a_box_is_told_by_its_sides():
    assert box_words(Bounds(40, -78, 41, -77), "kilometres") == "85 × 111 km"


def test_names_are_taken_apart_at_commas():
    assert names_in(" Centre, Mifflin ;; Union ") == ("Centre", "Mifflin", "Union")
    assert names_in("") == ()


def test_a_pack_is_called_after_its_file_or_area():
    assert title_of(Path("state-college_pa.osm.pbf")) == "State College Pa"
    assert short_name("Centre County, Pennsylvania, United States") == "Centre County, Pennsylvania"


def test_extracts_are_told_by_their_names():
    assert all(is_extract(Path(f"a{end}")) for end in (".osm.pbf", ".OSM", ".osm.gz", ".osm.bz2"))
    assert not is_extract(Path("accounts.csv"))


def test_what_a_pack_takes_counts_all_files(tmp_path):
    for name in "ab":
        (tmp_path / name).write_bytes(bytes(2_000_000))
    assert files_take([tmp_path / "a", tmp_path / "b", tmp_path / "gone"]).startswith("4.0 MB of extracts; the pack takes some 20 MB")


def test_a_drawing_is_an_area_from_three_corners_on():
    first, second, third = LatLon(1, 1), LatLon(1, 2), LatLon(2, 2)
    two = Drawing().plus(first).plus(second).plus(second)
    assert (len(two.corners), two.area()) == (2, None)
    assert two.plus(third).area().outlines == ((first, second, third),)
    assert two.plus(third).minus() == two
    assert Drawing().minus() == Drawing()
