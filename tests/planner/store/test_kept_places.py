"""What servers said as rows: it comes back as it was kept, "nothing found" too, and is no step that can be undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from planner.model.places import LatLon, Match, MatchQuality
from planner.model.placing import KeptAnswer
from planner.store.database import prepare, reading, transaction
from planner.store.kept_places import keep_answers, kept_answers

DAY = date(2026, 11, 23)
NOTHING = KeptAnswer(Match(None, MatchQuality.NONE, "nominatim", 0.0, "1 Elm St", "The server does not know it", doubtful=True), DAY)
HOUSE = KeptAnswer(Match(LatLon(40.8, -77.86), MatchQuality.ROOFTOP, "nominatim", 0.987, "1 Elm Street", "Street read as 'Elm'"), DAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    prepare(tmp_path / "roadbook.sqlite")
    return tmp_path / "roadbook.sqlite"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with transaction(path, None) as opened:
        yield opened


points = st.builds(LatLon, st.floats(-90, 90), st.floats(-180, 180))
matches = st.builds(
    Match,
    point=points | st.none(),
    quality=st.sampled_from(MatchQuality),
    source=st.text(),
    score=st.floats(0, 1),
    text=st.text(),
    note=st.text(),
    doubtful=st.booleans(),
)
written = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@given(st.dictionaries(written, st.builds(KeptAnswer, matches, st.dates())))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_every_answer_comes_back_as_it_was_kept(db: Database, answers: dict[str, KeptAnswer]):
    keep_answers(db, answers)
    assert kept_answers(db, answers) == answers


def test_only_what_is_asked_for_comes_back_and_without_keys_everything(db: Database):
    keep_answers(db, {"1|elm st": NOTHING, "2|elm st": HOUSE})
    assert kept_answers(db, ["2|elm st", "3|elm st", "' OR 1=1 --"]) == {"2|elm st": HOUSE}
    assert kept_answers(db, []) == {}
    assert kept_answers(db) == {"1|elm st": NOTHING, "2|elm st": HOUSE}


def test_a_newer_answer_takes_the_place_of_the_older_one(db: Database):
    keep_answers(db, {"1|elm st": NOTHING})
    keep_answers(db, {"1|elm st": HOUSE})
    assert kept_answers(db) == {"1|elm st": HOUSE}


def test_answers_are_nobodys_doing(path: Path):
    with transaction(path, "Look up") as db:
        keep_answers(db, {"1|elm st": HOUSE})
        keep_answers(db, {"1|elm st": NOTHING})
    with reading(path) as db:
        assert kept_answers(db) == {"1|elm st": NOTHING}
        assert db.execute("SELECT count(*) FROM journal_entries").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM journal_changes").fetchone() == (0,)
