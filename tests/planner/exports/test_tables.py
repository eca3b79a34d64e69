"""Records as tables and as one document."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Cancelled
from planner.exports.tables import Column, Records, dollars, guarded, percent, write_document, write_table
from planner.exports.whole_set import whole_set
from planner.imports.values import money_cents, share
from planner.progress import silent


def one(key: str, value: object) -> Records:
    return Records("things", (Column("Thing", key),), [{key: value}])


def cell(tmp_path: Path, key: str, value: object) -> str:
    write_table(one(key, value), tmp_path / "out.csv", silent)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (_header, (text,)) = list(csv.reader(file))
    return text


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("amount_cents", 123456, "1234.56"),
        ("amount_cents", -5, "-0.05"),
        ("cents", 1200, "12.00"),
        ("amount_cents", None, ""),
        ("probability", 0.0725, "7.25%"),
        ("day", date(2026, 11, 30), "2026-11-30"),
        ("starts", datetime(2026, 11, 30, 14, tzinfo=UTC), "2026-11-30T14:00:00+00:00"),
        ("closed", True, "yes"),
        ("closed", False, "no"),
        ("tags", ("fiber", "voice"), "fiber; voice"),
        ("name", "=1+1", "'=1+1"),
        ("name", "\tcmd", "'\tcmd"),
        ("tags", ("=1+1",), "'=1+1"),
        ("note", "Two\r\nlines, and “quotes”", "Two\r\nlines, and “quotes”"),
        ("lon", -77.86, "-77.86"),
        ("details", {"files": ["ü.csv"]}, '{"files": ["ü.csv"]}'),
    ],
)
def test_a_value_stands_in_its_cell_as_an_import_reads_it(tmp_path: Path, key: str, value: object, text: str):
    assert cell(tmp_path, key, value) == text


def test_a_table_begins_with_the_mark_of_utf_8_and_its_headers(tmp_path: Path):
    write_table(Records("things", (Column("=Name", "name"), Column("Region", "Region", "custom")), []), tmp_path / "out.csv", silent)
    assert (tmp_path / "out.csv").read_bytes() == b"\xef\xbb\xbf'=Name,Region\r\n"


def test_a_value_within_another_is_found(tmp_path: Path):
    records = Records("things", (Column("Region", "Region", "custom"),), [{"custom": {"Region": "North"}}, {"custom": {}}])
    write_table(records, tmp_path / "out.csv", silent)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").split() == ["Region", "North", '""']


@given(st.integers(-(10**14), 10**14))
def test_money_is_read_back_to_the_cent(cents: int):
    assert money_cents(dollars(cents)) == cents


@given(st.integers(0, 10_000))
def test_a_probability_is_read_back_as_it_is(hundredths: int):
    assert share(percent(hundredths / 10_000)) == hundredths / 10_000


@given(st.text(min_size=1))
def test_no_cell_is_a_formula(text: str):
    assert guarded(text)[0] not in "=+-@\t\r"
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


def test_a_document_has_a_list_a_kind_and_money_in_cents(tmp_path: Path):
    kinds = [
        Records("plan-days", (), [{"day": date(2026, 11, 30), "tags": ("a", "b")}, {"amount_cents": 5, "name": "=ü</script>"}]),
        Records("only-in-tables", (), [{"name": "x"}], in_document=False),
        Records("visits", (), []),
    ]
    write_document(kinds, tmp_path / "out.json", silent)
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == {
        "plan_days": [{"day": "2026-11-30", "tags": ["a", "b"]}, {"amount_cents": 5, "name": "=ü</script>"}],
        "visits": [],
    }


def test_what_has_no_form_in_json_is_a_mistake(tmp_path: Path):
    with pytest.raises(TypeError, match="object has no form"):
        write_document([one("name", object())], tmp_path / "out.json", silent)


def test_progress_rises_to_the_end(tmp_path: Path):
    seen: list[float] = []
    many = Records("things", (Column("Name", "name"),), [{"name": "x"}] * 1600)
    write_table(many, tmp_path / "out.csv", lambda fraction, text: seen.append(fraction))
    assert seen == [0.0, 500 / 1600, 1000 / 1600, 1500 / 1600]


class TestWholeSet:
    """Files that take their places together."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "out").mkdir()
        for name in ("a.csv", "b.csv", "hers.csv"):
            (tmp_path / "out" / name).write_text(f"old {name}")
        return tmp_path / "out"

    @staticmethod
    def texts(folder: Path) -> dict[str, str]:
        return {path.name: path.read_text() if path.is_file() else "folder" for path in folder.iterdir()}

    def test_new_files_take_the_place_of_all_of_these_names_and_of_no_other(self, folder: Path):
        with whole_set(folder, {"a.csv", "b.csv", "c.csv"}) as beside:
            (beside / "a.csv").write_text("new")
            (beside / "c.csv").write_text("new")
        assert self.texts(folder) == {"a.csv": "new", "c.csv": "new", "hers.csv": "old hers.csv"}

    def test_what_is_cancelled_leaves_everything_as_it_was(self, folder: Path):
        before = self.texts(folder)
        with pytest.raises(Cancelled), whole_set(folder, {"a.csv", "b.csv"}) as beside:  # noqa: PT012
            (beside / "a.csv").write_text("half")
            raise Cancelled
        assert self.texts(folder) == before

    def test_a_file_that_does_not_move_takes_all_others_back(self, folder: Path):
        (folder / "c.csv").mkdir()
        before = self.texts(folder)
        with pytest.raises(OSError), whole_set(folder, {"a.csv", "b.csv", "c.csv"}) as beside:  # noqa: PT011, PT012 - each system has its own
            for name in ("a.csv", "b.csv", "c.csv"):
                (beside / name).write_text("new")
        assert self.texts(folder) == before

    def test_a_folder_that_was_made_for_nothing_is_gone(self, tmp_path: Path):
        with pytest.raises(Cancelled), whole_set(tmp_path / "new", {"a.csv"}):
            raise Cancelled
        assert list(tmp_path.iterdir()) == []
