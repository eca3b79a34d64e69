"""What an import does beyond reading its files: one step, kept as it was previewed, joined anew when something else was done since."""

from datetime import date
from pathlib import Path

import pytest
from whole_store import contents

from planner.errors import BadInputFile, Cancelled
from planner.model.accounts import Account
from planner.model.imports import KindCounts, RecordKind, Source
from planner.model.places import LatLon
from planner.progress import silent
from planner.store import book
from planner.store.visits import stage_changes
from planner.usecases.accounts import account_details, list_accounts
from planner.usecases.backups import BackupReason, list_backups
from planner.usecases.edit_accounts import AccountEdit, edit_account, edit_accounts
from planner.usecases.import_accounts import commit_import, import_accounts
from planner.usecases.import_draft import draft_import
from planner.usecases.places import put_pin
from planner.usecases.undo import list_steps, undo
from planner.usecases.workspace import Workspace

HEADERS = "Account ID,Account Name,Type,Phone,Billing Street,Billing City,Billing State,Billing Zip,Owner\n"
ADA = "001D000000IqhSL,Ada's Bakery,Prospect,814-555-0100,1 Main St,Bellefonte,PA,16823,Rep A\n"
BO = "003D000000QOMqG,Bo Motors,Customer - Direct,,2 High St,Lewistown,PA,17044,Rep B\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text(HEADERS + ADA + BO, encoding="utf-8")
    return path


def named(workspace: Workspace, name: str) -> Account:
    return next(account for account in list_accounts(workspace) if account.name == name)


def test_a_preview_keeps_nothing_and_tells_what_would_be_kept(workspace: Workspace, file: Path):
    before = contents(workspace.database)
    draft = draft_import(workspace, [file], silent)
    assert draft.counts == {RecordKind.ACCOUNTS: KindCounts(added=2)}
    assert [(change.name, change.row) for change in draft.changes] == [("Ada's Bakery", 2), ("Bo Motors", 3)]
    assert commit_import(workspace, draft, silent, dry_run=True).of(RecordKind.ACCOUNTS).added == 2
    assert contents(workspace.database) == before


@pytest.mark.timeout(20)
def test_an_import_after_a_verb_that_changed_nothing_is_kept_at_once(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent)
    import_accounts(workspace, [file], silent)
    newer = file.with_name("newer.csv")
    newer.write_text(HEADERS + ADA.replace("0100", "0199"), encoding="utf-8")
    assert import_accounts(workspace, [newer], silent).of(RecordKind.ACCOUNTS) == KindCounts(changed=1)
    assert [step.label for step in list_steps(workspace)] == ["Import newer.csv", "Import accounts.csv"]


def test_what_was_done_between_preview_and_import_is_not_lost(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent)
    file.write_text(HEADERS + ADA.replace("0100", "0199") + BO, encoding="utf-8")
    draft = draft_import(workspace, [file], silent)
    ada = named(workspace, "Ada's Bakery")
    edit_account(workspace, ada.id, {"notes": "Typed meanwhile", "owner": "Rep C"})
    assert commit_import(workspace, draft, silent).of(RecordKind.ACCOUNTS) == KindCounts(changed=1, unchanged=1)
    after = named(workspace, "Ada's Bakery")
    assert (after.phone, after.notes, after.owner) == ("814-555-0199", "Typed meanwhile", "Rep C")


def test_what_she_typed_outranks_a_newer_file_until_she_lets_it(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent)
    ada = named(workspace, "Ada's Bakery")
    edit_account(workspace, ada.id, {"phone": "814-555-0111"})
    file.write_text(HEADERS + ADA.replace("0100", "0199").replace("Rep A", "Rep D"), encoding="utf-8")
    import_accounts(workspace, [file], silent)
    after = account_details(workspace, ada.id)
    assert (after.account.phone, after.account.owner) == ("814-555-0111", "Rep D")
    assert (after.origins["phone"][0], after.origins["owner"][0]) == (Source.TYPED, Source.CRM)


def test_a_pin_she_put_stays_when_the_address_is_only_written_otherwise(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent)
    ada = named(workspace, "Ada's Bakery")
    put_pin(workspace, ada.id, LatLon(40.9, -77.8))
    for street, stays in (("1 Main Street", True), ("99 Bishop St", False)):
        file.write_text(HEADERS + ADA.replace("1 Main St", street), encoding="utf-8")
        import_accounts(workspace, [file], silent)
        after = named(workspace, "Ada's Bakery")
        assert after.address.street == street
        assert (after.place == LatLon(40.9, -77.8)) is stays


def test_before_an_import_that_changes_something_a_backup_is_kept(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent, dry_run=True)
    assert list_backups(workspace) == []
    import_accounts(workspace, [file], silent)
    import_accounts(workspace, [file], silent)
    (backup,) = list_backups(workspace)
    assert (backup.reason, backup.accounts) == (BackupReason.IMPORT, 0)


def test_cancelled_anywhere_nothing_is_kept(workspace: Workspace, file: Path):
    before = contents(workspace.database)
    for wanted in range(1, 40):
        told = 0

        def report(_fraction: float, _text: str) -> None:
            nonlocal told
            told += 1
            if told == wanted:  # noqa: B023 - called within the turn
                raise Cancelled

        try:
            import_accounts(workspace, [file], report)
        except Cancelled:
            assert contents(workspace.database) == before
        else:
            assert told < wanted
            break
    else:
        pytest.fail("It reports more often than this test looks.")


def test_one_bad_file_of_several_keeps_nothing_of_the_others(workspace: Workspace, file: Path, tmp_path: Path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"%PDF-1.7 not a table")
    before = contents(workspace.database)
    with pytest.raises(BadInputFile, match=r"bad\.csv"):
        import_accounts(workspace, [file, bad], silent)
    assert contents(workspace.database) == before


def test_a_deal_that_the_crm_has_in_another_stage_now_has_changed_it_today(workspace: Workspace, file: Path, tmp_path: Path):
    deals = tmp_path / "deals.csv"

    def brought(stage: str) -> None:
        deals.write_text(
            f"Opportunity ID,Account ID,Opportunity Name,Stage,Amount\n006D000000IqhSL,001D000000IqhSL,Fiber,{stage},1200\n",
            encoding="utf-8",
        )
        import_accounts(workspace, [deals], silent)

    def changes() -> list[tuple[date, str, str]]:
        with workspace.reading() as db:
            return [(day, before, after) for _deal, day, before, after in stage_changes(db)]

    import_accounts(workspace, [file], silent)
    brought("Qualification")
    assert changes() == []
    brought("Proposal/Price Quote")
    brought("Proposal/Price Quote")
    assert changes() == [(date.today(), "Qualification", "Proposal/Price Quote")]  # noqa: DTZ011 - her own calendar day
    undo(workspace)
    assert changes() == []


def test_the_log_of_an_import_names_its_files_counts_and_problems(workspace: Workspace, file: Path):
    file.write_text(HEADERS + ADA + ",,Prospect,,,,,,\n" + BO, encoding="utf-8")
    import_accounts(workspace, [file], silent)
    (step,) = list_steps(workspace)
    assert step.details["files"] == ["accounts.csv"]
    assert step.details["counts"][RecordKind.ACCOUNTS.value] == [2, 0, 0, 0]
    assert [row for _file, row, _text in step.details["problems"]] == [3]


def test_an_import_is_one_step_among_others_and_goes_back_alone(workspace: Workspace, file: Path):
    import_accounts(workspace, [file], silent)
    edit_accounts(workspace, [account.id for account in list_accounts(workspace)], AccountEdit({"tags": "fiber; voice"}))
    before = contents(workspace.database)
    newer = file.with_name("newer.csv")
    newer.write_text(HEADERS + ADA.replace("Rep A", "Rep E"), encoding="utf-8")
    import_accounts(workspace, [newer], silent)
    assert undo(workspace).label == "Undo: Import newer.csv"
    assert contents(workspace.database) == before
    with workspace.reading() as db:
        assert len(book.source_ids(db, Source.CRM)) == 2
