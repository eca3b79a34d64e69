"""Columns named by hand: over what would be guessed, for tables nobody would recognise, and wrong names told."""

from pathlib import Path

import pytest

from planner.errors import UserProblem
from planner.model.imports import RecordKind
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.import_draft import look_at_files
from planner.usecases.map_columns import map_columns, table_to_keep
from planner.usecases.presets import save_preset
from planner.usecases.workspace import Workspace

COLUMNS = {"Firm": "name", "where": "Street", "Place": "city"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list whose headers say nothing."""
    path = tmp_path / "list.csv"
    path.write_text("Key,Firm,Where,Place,Area\nk-1,Ada's Diner,1 Elm St,State College,North\nk-2,Weis,2 Elm St,State College,South\n")
    return path


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A list that is recognised."""
    path = tmp_path / "accounts.csv"
    path.write_text("Account ID,Account Name,Street,City,Remark,Owner\na-1,Weis,1 Elm St,State College,Knock twice,Rep A\n")
    return path


def test_a_list_that_nobody_would_recognise_is_read(workspace: Workspace, file: Path):
    read = map_columns(workspace, [file], COLUMNS | {"Key": "id", "Area": "custom"}, silent)
    (mapping,) = read.values()
    assert mapping is not None
    assert (mapping.kind, mapping.custom) == (RecordKind.ACCOUNTS, ("Area",))
    import_accounts(workspace, [file], silent, read)
    assert {(each.crm_id, each.name, each.address.street, each.custom) for each in list_accounts(workspace)} == {
        ("k-1", "Ada's Diner", "1 Elm St", (("Area", "North"),)),
        ("k-2", "Weis", "2 Elm St", (("Area", "South"),)),
    }


def test_a_column_is_put_over_what_is_guessed(workspace: Workspace, known: Path):
    read = map_columns(workspace, [known], {"Remark": "Notes", "Owner": "nothing"}, silent)
    import_accounts(workspace, [known], silent, read)
    (account,) = list_accounts(workspace)
    assert (account.notes, account.custom, account.owner) == ("Knock twice", (), "")


def test_other_files_stay_as_they_are(workspace: Workspace, file: Path, known: Path):
    read = map_columns(workspace, [file, known], COLUMNS, silent)
    assert list(read) == ["list.csv|"]
    import_accounts(workspace, [file, known], silent, read)
    assert len(list_accounts(workspace)) == 3


def test_it_goes_over_a_preset_and_is_kept_as_one(workspace: Workspace, file: Path):
    read = map_columns(workspace, [file], COLUMNS, silent)
    table = table_to_keep(workspace, [file], read, COLUMNS, silent)
    mapping = read[table.key]
    assert mapping is not None
    save_preset(workspace, "Lists", table, mapping)
    (again,) = look_at_files(workspace, [file], silent)
    assert again.mapping is not None
    assert (again.mapping.preset, again.mapping.columns) == ("Lists", mapping.columns)
    (changed,) = map_columns(workspace, [file], {"Area": "owner"}, silent, {again.key: again.mapping}).values()
    assert changed is not None
    assert changed.columns == {**mapping.columns, "owner": "Area"}


def test_a_kind_is_said_where_it_is_not_clear(workspace: Workspace, tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text("Firm,Who,Mail\nWeis,Ann Lee,ann@weis.com\n")
    with pytest.raises(UserProblem, match="Say it with --as: accounts, contacts"):
        map_columns(workspace, [path], {"Firm": "account_name"}, silent)
    named = {"Firm": "account_name", "Who": "last_name", "Mail": "email"}
    (mapping,) = map_columns(workspace, [path], named, silent, kind="contacts").values()
    assert mapping is not None
    assert (mapping.kind, mapping.columns) == (RecordKind.CONTACTS, {"account_name": "Firm", "last_name": "Who", "email": "Mail"})


@pytest.mark.parametrize(
    ("columns", "kind", "told"),
    [
        ({"Frim": "name"}, "", "No file has a column “Frim”. There is: Key, Firm, Where, Place, Area."),
        ({"Firm": "nmae"}, "", "“nmae” is no field of accounts. A column can be: id, number, name, "),
        ({"Firm": "nmae"}, "accounts", "“nmae” is no field of accounts."),
        ({"Area": "custom"}, "contacts", "“custom” is no field of contacts."),
        ({"Firm": "name"}, "people", "“people” is no kind of file. Choose one of: accounts, "),
        ({"Firm": "name", "Where": "Name"}, "accounts", "Two columns would be name: Firm and Where."),
        ({"Firm": "name"}, "accounts", "list.csv cannot be read as accounts yet. Say which column is Street. Say which column is City."),
    ],
)
def test_wrong_names_are_told_with_the_possible_ones(workspace: Workspace, file: Path, columns, kind, told):
    with pytest.raises(UserProblem) as problem:
        map_columns(workspace, [file], columns, silent, kind=kind)
    assert told in str(problem.value)


def test_a_preset_is_of_one_table(workspace: Workspace, file: Path, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_bytes(file.read_bytes())
    read = map_columns(workspace, [file, other], COLUMNS, silent)
    with pytest.raises(UserProblem, match="The columns are in 2 tables"):
        table_to_keep(workspace, [file, other], read, COLUMNS, silent)
