import random
import sqlite3

import pytest

from planner.errors import PackProblem
from planner.geocoding.offline import Gazetteer
from planner.model.places import LatLon, PostalAddress

HOUSE = PostalAddress("50 4th Street", "Alder Falls", "PA", "17001")


def test_a_missing_gazetteer_is_told_plainly(tmp_path):
    with pytest.raises(PackProblem, match="missing"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_damaged_gazetteer_is_told_plainly(tmp_path):
    (tmp_path / "bad.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(PackProblem, match="cannot be read"):
        Gazetteer(tmp_path / "bad.sqlite")


def test_a_gazetteer_of_another_version_is_told_plainly(tmp_path, gazetteer_file):
    other = tmp_path / "other.sqlite"
    other.write_bytes(gazetteer_file.read_bytes())
    with sqlite3.connect(other) as opened:
        opened.execute("PRAGMA user_version = 99")
    opened.close()
    with pytest.raises(PackProblem, match="another version"):
        Gazetteer(other)


def test_damage_met_while_reading_is_told_plainly(tmp_path, gazetteer_file):
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(gazetteer_file.read_bytes())
    with sqlite3.connect(cut) as opened:
        opened.execute("DROP TABLE address")
    opened.close()
    with Gazetteer(cut) as broken, pytest.raises(PackProblem, match="cannot be read"):
        broken.locate(HOUSE)


def ask_everything(path):
    with Gazetteer(path) as gazetteer:
        for street in ("50 4th Street", "15 East Hamiltn Avenue", "66-115 Kamehameha Hwy", "5 Zyx Plaza"):
            gazetteer.locate(PostalAddress(street, "Alder Falls", "PA", "17001"), "Valley Printing")
        for text in ("main st", "valey print", "110 ma"):
            gazetteer.suggest(text, LatLon(40.0, -77.0))
        gazetteer.reverse(LatLon(40.0, -77.0))
        gazetteer.reverse(LatLon(40.0135, -76.958))


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bits_end_in_an_answer_or_are_told_plainly(tmp_path, gazetteer_file, seed):
    whole, chance = gazetteer_file.read_bytes(), random.Random(seed)
    damaged = tmp_path / "damaged.sqlite"
    told = []
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 20))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(content)
        try:
            ask_everything(damaged)
        except PackProblem as problem:
            told.append(problem)
    assert told
    assert all(problem.what and problem.remedy for problem in told)


def test_a_gazetteer_cut_off_anywhere_is_told_plainly(tmp_path, gazetteer_file):
    whole = gazetteer_file.read_bytes()
    cut = tmp_path / "cut.sqlite"
    for share in range(10):
        cut.write_bytes(whole[: len(whole) * share // 10])
        with pytest.raises(PackProblem):
            ask_everything(cut)
