"""The book of accounts, undo and the export of everything, as typed: data on stdout, messages on stderr, problems with exit code 2."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from twin_book import DINER, MARKET, OFFICE, TWIN, fill_twin_book
from whole_store import contents

from planner.cli.app import run
from planner.model.imports import RecordKind, TableMapping
from planner.progress import silent
from planner.usecases.accounts import list_accounts, need_account
from planner.usecases.import_draft import look_at_files
from planner.usecases.presets import save_preset
from planner.usecases.workspace import DATABASE, Workspace, open_workspace

Call = Callable[..., tuple[str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "home") as workspace:
        fill_twin_book(workspace)
    return tmp_path / "home"


@pytest.fixture
def call(home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command, which ends with this exit code; returns what it printed and what it told."""
    monkeypatch.setenv("COLUMNS", "240")

    def called(*arguments: str, code: int = 0) -> tuple[str, str]:
        capfd.readouterr()
        assert run([*arguments, "--home", str(home)]) == code
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "\x1b" not in out + err
        assert code == 0 or not out.strip()
        return out, err

    return called


def data(printed: tuple[str, str]) -> Any:
    return json.loads(printed[0])


def opened(home: Path) -> Workspace:
    return open_workspace(home)


def test_possible_duplicates_are_listed_with_why_and_in_what_they_differ(call: Call):
    out, err = call("accounts", "duplicates")
    assert "1. Ada's Diner (number 1) and ADA'S DINER (number 2)" in out
    assert "second: the higher tier" in out
    assert "1 pair." in err
    (pair,) = data(call("accounts", "duplicates", "--json"))
    assert (pair["number"], pair["first"]["id"], pair["second"]["id"]) == (1, DINER, TWIN)
    assert {"name": "tier", "label": "Tier", "first": "B", "second": "A", "proposed": "second", "why": "the higher tier"} in pair["fields"]
    assert pair["why"]


def test_they_are_looked_for_anew(call: Call):
    assert data(call("accounts", "duplicates", "--again", "--json")) == []  # they stand at different addresses
    call("accounts", "set", str(TWIN), "street=1 Elm St")
    (pair,) = data(call("accounts", "duplicates", "--again", "--json"))
    assert pair["second"]["crm_id"] == "c-2"


def test_two_are_merged_as_told_and_that_is_undone_and_done_again(call: Call, home: Path):
    before = contents(home / DATABASE)
    _out, err = call("accounts", "merge", "c-1", str(TWIN), "--take", "name=second", "--take", "Tags=both", "--take", "tier=first")
    assert err == "Merge ADA'S DINER into Ada's Diner.\n"
    with opened(home) as workspace:
        account = need_account(workspace, DINER)
        assert (account.name, account.tier, account.tags) == ("ADA'S DINER", "B", ("fiber", "lunch", "voice"))
    after = contents(home / DATABASE)
    assert "Undo: Merge ADA'S DINER into Ada's Diner." in call("undo")[1]
    assert contents(home / DATABASE) == before
    assert "Redo: Merge" in call("redo")[1]
    assert contents(home / DATABASE) == after


def test_any_two_are_shown_side_by_side_before_they_are_merged(call: Call, home: Path):
    before = contents(home / DATABASE)
    out, _err = call("accounts", "merge", "c-1", str(TWIN), "--compare")
    assert "ADA'S DINER" in out
    assert "chosen by you" in " ".join(out.split())
    assert "Proposed" in out
    assert contents(home / DATABASE) == before


def test_two_are_kept_apart(call: Call):
    assert "is not the same as" in call("accounts", "distinct", str(DINER), str(TWIN))[1]
    assert data(call("accounts", "duplicates", "--json")) == []


def test_fields_of_several_accounts_are_set_in_one_step(call: Call, home: Path):
    _out, err = call("accounts", "set", "weis", "tier=A", "notes=a=b, c", "revenue=1,200.50", "--account", "c-1", "--account", "1")
    assert err == "Change tier, notes, annual revenue of 2 accounts.\n"
    with opened(home) as workspace:
        for number in (DINER, MARKET):
            account = need_account(workspace, number)
            assert (account.tier, account.notes, account.annual_revenue_cents) == ("A", "a=b, c", 120_050)


def test_an_account_is_added(call: Call, home: Path):
    number = data(call("accounts", "add", "name=Corner Shop", "street=5 Main St", "zip=16801", "--json"))["id"]
    with opened(home) as workspace:
        assert need_account(workspace, number).address.one_line == "5 Main St, 16801"
    assert "Add Other: number" in call("accounts", "add", "name=Other")[1]


def test_accounts_are_deleted_when_that_is_meant(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("typer.confirm", lambda *_args, **_more: False)
    assert "Nothing was deleted" in call("accounts", "delete", "weis", "c-1")[1]
    monkeypatch.setattr("typer.confirm", lambda *_args, **_more: True)
    _out, err = call("accounts", "delete", "weis")
    assert "Weis [b]Markets[/b], 3 Elm St" in err
    assert "Delete 2 accounts." in call("accounts", "delete", "c-1", "c-2", "1", "--yes")[1]
    with opened(home) as workspace:
        assert [account.id for account in list_accounts(workspace)] == [OFFICE]


def test_where_nobody_can_be_asked_nothing_is_deleted(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "There was nobody to ask" in call("accounts", "delete", "weis", code=2)[1]
    with opened(home) as workspace:
        assert len(list_accounts(workspace)) == 4


def test_everything_about_an_account_is_shown(call: Call):
    out, err = call("accounts", "show", str(TWIN))
    for part in (
        "ADA'S DINER, 77 Oak Ave",
        "Closed on Mondays",
        "crm",
        "2026-11-02",
        "Since",
        "2019",
        "Ada Lovelace",
        "$1,200.50",
        "$49.99",
    ):
        assert part in out, part
    for title in ("Contacts", "Deals", "Services", "Other locations", "Visits", "Activities", "Record ids"):
        assert title in out, title
    assert "points today" in err


def test_the_same_as_data(call: Call):
    shown = data(call("accounts", "show", str(TWIN), "--json"))
    assert (shown["account"]["name"], shown["account"]["custom"]["Since"]) == ("ADA'S DINER", "2019")
    assert shown["origins"]["name"] == ["crm", "2026-11-02"]
    assert shown["opportunities"][0]["amount_cents"] == 120_050
    assert shown["services"][0]["term_end"] == "2027-02-01"
    assert ["billing", "8345070000000001"] in shown["ids"]


def test_texts_of_files_do_nothing_to_the_terminal(call: Call):
    assert "Pine Hall [31mOffice" in call("accounts", "show", str(OFFICE))[0]
    assert "Weis [b]Markets[/b]" in call("accounts", "show", str(MARKET))[0]
    call("accounts", "set", str(OFFICE), "notes=line\n\x1b]0;title\x07end", "tags=[red]x[/red]")
    assert "line ]0;titleend" in call("accounts", "show", str(OFFICE))[0]
    assert "[red]x[/red]" in call("accounts", "history", str(OFFICE))[0]
    assert "Change notes, tags of Pine Hall [31mOffice" in call("history")[0]


def test_the_history_of_an_account(call: Call):
    call("accounts", "set", str(DINER), "tier=A")
    out, _err = call("accounts", "history", str(DINER))
    assert "Change tier of Ada's Diner" in out
    newest, *_older = data(call("accounts", "history", str(DINER), "--json"))
    assert (newest["what"], newest["before"], newest["after"]) == ("Tier", "B", "A")
    assert newest["at"] > "2026"
    assert newest["who"]


def test_what_was_done_is_listed_the_newest_first(call: Call):
    call("accounts", "set", str(DINER), "tier=A")
    call("undo")
    steps = data(call("history", "--json"))
    assert [(step["label"], step["state"]) for step in steps] == [("Change tier of Ada's Diner", "undone"), ("Fill", "done")]
    assert len(data(call("history", "--most", "1", "--json"))) == 1
    assert "undone" in call("history")[0]


@pytest.fixture
def listed(home: Path, tmp_path: Path) -> Path:
    """A file that only the preset “Mine” reads."""
    file = tmp_path / "list.csv"
    file.write_text("Key,Firm,Where,Place\nk-1,Corner Shop,9 Elm St,State College\n")
    with opened(home) as workspace:
        (table,) = look_at_files(workspace, [file], silent)
        columns = {"id": "Key", "name": "Firm", "street": "Where", "city": "Place"}
        save_preset(workspace, "Mine", table, TableMapping(RecordKind.ACCOUNTS, columns))
    return file


def test_presets_are_listed_used_and_forgotten(call: Call, home: Path, listed: Path, tmp_path: Path):
    assert "Firm → name" in call("accounts", "presets")[0]
    (preset,) = data(call("accounts", "presets", "--json"))
    assert (preset["name"], preset["kind"], preset["columns"]["street"]) == ("Mine", "accounts", "Where")
    assert data(call("accounts", "import", str(listed), "--preset", "Mine", "--json"))["added"] == 1
    assert "There is no preset “x”" in call("accounts", "import", str(listed), "--preset", "x", code=2)[1]
    (tmp_path / "other.csv").write_text("Key,Firm\nk-2,Shop\n")
    assert "no column Place; Where" in call("accounts", "import", str(tmp_path / "other.csv"), "--preset", "Mine", code=2)[1]
    assert "Forget the preset “Mine”." in call("accounts", "presets", "--delete", "Mine")[1]
    assert data(call("accounts", "presets", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("accounts", "merge", "1", "1"), "cannot be merged with itself"),
        (("accounts", "merge", "1", "nobody"), "No account is called “nobody”"),
        (("accounts", "merge", "1", "2", "--take", "name"), "does not say which field"),
        (("accounts", "merge", "1", "2", "--take", "colour=first"), "no field in which they differ"),
        (("accounts", "merge", "1", "2", "--take", "name=both"), "cannot be kept"),
        (("accounts", "distinct", "3", "3"), "with itself"),
        (("accounts", "set", "elm", "tier=A"), "No account is called “elm”"),
        (("accounts", "set", "ada", "tier=A"), "2 accounts fit “ada”"),
        (("accounts", "set", "1", "tier=Z"), "Tier cannot be “Z”"),
        (("accounts", "set", "1", "=x"), "does not say which field"),
        (("accounts", "set", "1", "crm_id=x"), "cannot be changed"),
        (("accounts", "add", "street=1 Main St"), "has no name"),
        (("accounts", "delete", "99", "--yes"), "No account is called “99”"),
        (("accounts", "show", "99"), "No account is called “99”"),
        (("accounts", "history", ""), "No account is called “”"),
        (("accounts", "presets", "--delete", "x"), "There is no preset “x”"),
        (("redo",), "nothing to redo"),
        (("accounts", "set", "1"), "Missing argument"),
        (("history", "--most", "0"), "Invalid value"),
        (("export-all", "--format", "xml"), "Invalid value"),
    ],
)
def test_what_cannot_be_is_told_plainly_and_changes_nothing(call: Call, home: Path, arguments: tuple[str, ...], told: str):
    before = contents(home / DATABASE)
    assert told in " ".join(call(*arguments, code=2)[1].split())
    assert contents(home / DATABASE) == before


def test_nothing_to_undo_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert run(["undo", "--home", str(tmp_path / "empty")]) == 2
    assert "nothing to undo" in capfd.readouterr().err


@pytest.mark.parametrize(("form", "name"), [("csv", "roadbook-accounts.csv"), ("json", "roadbook.json")])
def test_everything_is_written_into_a_folder(call: Call, tmp_path: Path, form: str, name: str):
    _out, err = call("export-all", "--format", form, "--out", str(tmp_path / "out"))
    assert f"Written: {tmp_path / 'out' / name}" in err
    assert "accounts 4" in err
    written = data(call("export-all", "--format", form, "--out", str(tmp_path / "out"), "--json"))
    assert str(tmp_path / "out" / name) in written["files"]
    assert (written["counts"]["accounts"], written["sample"], written["notes"]) == (4, False, [])


def test_without_a_folder_it_goes_where_exports_are(call: Call, home: Path):
    call("export-all")
    assert (home / "exports" / "roadbook-accounts.csv").is_file()


def test_a_folder_that_is_a_file_is_told(call: Call, tmp_path: Path):
    (tmp_path / "out").write_text("hers")
    assert "is not a folder" in call("export-all", "--out", str(tmp_path / "out"), code=2)[1]
    assert (tmp_path / "out").read_text() == "hers"
