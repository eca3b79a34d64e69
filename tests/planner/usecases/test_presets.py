"""How files are read, kept under a name."""

from pathlib import Path

import pytest
from whole_store import contents

from planner.errors import UserProblem
from planner.model.imports import RecordKind, TableMapping, TableSample, Take
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.import_draft import look_at_files
from planner.usecases.presets import delete_preset, fields_of, lacking, list_presets, read_as, read_by_preset, save_preset
from planner.usecases.undo import undo
from planner.usecases.workspace import Workspace
from planner.values import replace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list whose headers say nothing."""
    path = tmp_path / "list.csv"
    path.write_text("Key,Firm,Where,Place,Area\nk-1,Ada's Diner,1 Elm St,State College,North\nk-2,Weis,2 Elm St,State College,South\n")
    return path


def table_of(workspace: Workspace, file: Path) -> TableSample:
    (table,) = look_at_files(workspace, [file], silent)
    return table


MAPPING = TableMapping(
    RecordKind.ACCOUNTS,
    {"id": "Key", "name": "Firm", "street": "Where", "city": "Place"},
    custom=("Area",),
    takes={"name": Take.FILL},
)


@pytest.fixture
def kept(workspace: Workspace, file: Path) -> Workspace:
    save_preset(workspace, "  My   list ", table_of(workspace, file), MAPPING)
    return workspace


def test_a_preset_is_kept_as_it_was_made_under_one_line_of_a_name(kept: Workspace):
    assert list_presets(kept) == {"My list": MAPPING}


def test_a_file_with_the_same_columns_is_read_by_it_without_being_asked(kept: Workspace, file: Path):
    table = table_of(kept, file)
    assert table.mapping == replace(MAPPING, preset="My list")
    import_accounts(kept, [file], silent)
    assert {(account.crm_id, account.name, account.custom) for account in list_accounts(kept)} == {
        ("k-1", "Ada's Diner", (("Area", "North"),)),
        ("k-2", "Weis", (("Area", "South"),)),
    }


def test_a_file_with_other_columns_is_not(kept: Workspace, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_text("Key,Firm,Where,Place,Area,More\nk-1,Ada,1 Elm St,X,North,y\n")
    assert table_of(kept, other).mapping is None


def test_asked_for_by_name_it_reads_a_file_with_more_columns(kept: Workspace, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_text("Key,Firm,Where,Place,Area,More\nk-1,Ada,1 Elm St,X,North,y\n")
    chosen = read_by_preset(kept, "My list", [other], silent)
    assert chosen == {"other.csv|": replace(MAPPING, preset="My list")}
    import_accounts(kept, [other], silent, chosen)
    assert [account.name for account in list_accounts(kept)] == ["Ada"]


def test_a_file_without_its_columns_is_told(kept: Workspace, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_text("Key,Firm\nk-1,Ada\n")
    with pytest.raises(UserProblem, match=r"other.csv cannot be read by the preset “My list”. It has no column Place; Where"):
        read_by_preset(kept, "My list", [other], silent)
    with pytest.raises(UserProblem, match=r"There is no preset “x”. There is: My list"):
        read_by_preset(kept, "x", [other], silent)


def test_a_preset_is_forgotten_and_comes_back(kept: Workspace):
    before = contents(kept.database)
    assert delete_preset(kept, "My list").label == "Forget the preset “My list”"
    assert list_presets(kept) == {}
    with pytest.raises(UserProblem, match="There is: none yet"):
        delete_preset(kept, "My list")
    undo(kept)
    assert contents(kept.database) == before


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_none_is_told(workspace: Workspace, file: Path, name: str):
    with pytest.raises(UserProblem, match="needs a name"):
        save_preset(workspace, name, table_of(workspace, file), MAPPING)
    assert list_presets(workspace) == {}


def test_a_kind_has_its_fields_and_says_what_it_lacks(workspace: Workspace, file: Path):
    needed = {field.key for field in fields_of(RecordKind.ACCOUNTS) if field.needed}
    assert needed == {"name", "street", "city"}
    mapping = read_as(table_of(workspace, file), RecordKind.ACCOUNTS)
    assert mapping.kind is RecordKind.ACCOUNTS
    assert len(lacking(mapping)) == len(needed - set(mapping.columns))
    assert lacking(MAPPING) == []
