"""A real book of accounts from six files, held against the files themselves as the csv module reads them."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from whole_store import contents

from planner.model.accounts import Account, AccountKind
from planner.model.imports import KindCounts, RecordKind, Source
from planner.progress import silent
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.merge import list_duplicates, merge_accounts
from planner.usecases.undo import redo, undo
from planner.usecases.workspace import Workspace, open_workspace

PLANTED = 24


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Path:
    return shared_data / "accounts" / "state-college"


@pytest.fixture(scope="module")
def kept(state_college_home: Path) -> Iterator[Workspace]:
    with open_workspace(state_college_home) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def lines(files: Path) -> list[dict[str, str]]:
    """The accounts as the file has them: written on Windows, with a footer of four lines."""
    with (files / "accounts.csv").open(encoding="cp1252", newline="") as file:
        return [line for line in csv.DictReader(file) if line["Account ID"].startswith("001")]


@pytest.fixture(scope="module")
def by_id(kept: Workspace) -> dict[str, Account]:
    """The accounts by the fifteen characters of their ids that the files have."""
    with kept.reading() as db:
        return {account.crm_id[:15]: account for account in rows.all_accounts(db)}


def cents(text: str) -> int:
    return int(Decimal(text.replace("$", "").replace(",", "")) * 100)


def american(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None  # noqa: DTZ007 - a day has no zone


def test_each_account_is_as_its_line_says(lines: list[dict[str, str]], by_id: dict[str, Account]):
    assert len(lines) == len(by_id) == 990
    for line in lines:
        account = by_id[line["Account ID"]]
        assert account.name == " ".join(line["Account Name"].split())
        assert (account.owner, account.rating, account.industry) == (line["Account Owner"], line["Rating"], line["Industry"])
        assert account.kind is (AccountKind.PROSPECT if line["Type"] == "Prospect" else AccountKind.CLIENT)
        assert account.annual_revenue_cents == (cents(line["Annual Revenue"]) if line["Annual Revenue"] else None)
        assert account.employees == (int(line["Employees"]) if line["Employees"] else None)
        assert account.last_activity == american(line["Last Activity"])
        assert account.address.street == " ".join(line["Billing Street"].split())
        assert account.address.postcode[:5] == line["Billing Zip/Postal Code"].strip()[:5]


def test_each_deal_is_joined_to_its_account_with_its_money_and_day(kept: Workspace, files: Path, by_id: dict[str, Account]):
    with kept.reading() as db:
        deals = {deal.crm_id[:15]: deal for deal in rows.all_opportunities(db)}
    with (files / "opportunities.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == len(deals)
    for line in read:
        deal = deals[line["Id"]]
        assert deal.account_crm_id == by_id[line["AccountId"]].crm_id
        assert (deal.amount_cents, deal.close_date) == (cents(line["Amount"]), date.fromisoformat(line["CloseDate"]))
        assert (deal.name, deal.stage, deal.owner) == (line["Name"], line["StageName"], line["Owner"])
        assert deal.probability == int(line["Probability"]) / 100


def test_each_service_is_joined_to_the_account_that_pays_for_it(
    kept: Workspace, files: Path, lines: list[dict[str, str]], by_id: dict[str, Account]
):
    """The extract has no ids of the CRM, names cut at thirty letters, and addresses written otherwise; its numbers count the accounts."""
    with kept.reading() as db:
        found = sorted(
            (service.billing_number, service.product, service.mrr_cents, service.term_end, service.account_id)
            for service in book.all_services(db)
        )
    with (files / "billing.txt").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="|"))
    assert len(read) == 657
    truth = sorted(
        (
            line["ACCT_NO"],
            line["SVC_CODE"],
            cents(line["MRC"]),
            american(line["TERM_END"]),
            by_id[lines[int(line["ACCT_NO"][-6:])]["Account ID"]].id,
        )
        for line in read
    )
    assert found == truth
    assert sum(account.mrr_cents for account in by_id.values()) == sum(cents(line["MRC"]) for line in read)


def test_each_activity_is_joined_to_its_account(kept: Workspace, files: Path, by_id: dict[str, Account]):
    with kept.reading() as db:
        found = sorted((each.account_id, each.day, each.kind, each.owner, each.status) for each in book.all_activities(db))
    with (files / "activities.csv").open(encoding="utf-8", newline="") as file:
        truth = sorted(
            (by_id[line["AccountId"]].id, date.fromisoformat(line["ActivityDate"]), line["Type"], line["Owner"], line["Status"])
            for line in csv.DictReader(file)
        )
    assert found == truth


def test_the_duplicates_found_are_the_planted_ones(kept: Workspace, files: Path):
    with (files / "truth.csv").open(encoding="utf-8", newline="") as file:
        real = {line["Account ID"] for line in csv.DictReader(file)}
    pairs = list_duplicates(kept)
    planted = [pair for pair in pairs if pair.second.crm_id[:15] not in real]
    assert len(real) == 966
    assert len(planted) >= PLANTED - 1
    assert len(pairs) - len(planted) <= 3
    assert all(pair.first.crm_id[:15] in real for pair in planted)
    assert all(pair.why for pair in pairs)


def test_merged_as_proposed_966_accounts_are_left_and_nothing_that_hung_on_them_is_lost(
    state_college_home: Path, files: Path, copy_of: Callable[[Path], Workspace]
):
    with (files / "truth.csv").open(encoding="utf-8", newline="") as file:
        real = {line["Account ID"] for line in csv.DictReader(file)}
    workspace = copy_of(state_college_home)
    before = contents(workspace.database)
    planted = [pair for pair in list_duplicates(workspace) if pair.second.crm_id[:15] not in real]
    for pair in planted:
        merge_accounts(workspace, pair.first.id, pair.second.id)
    left = list_accounts(workspace)
    assert {account.crm_id[:15] for account in left} == real
    assert len(left) == 966
    after = contents(workspace.database)
    for table in ("opportunities", "services", "activities", "source_ids"):
        assert len(after[table]) == len(before[table])
    first = planted[0]
    with workspace.reading() as db:
        ids = dict.fromkeys(book.ids_of(db, first.first.id))
    assert {(Source.CRM, first.first.crm_id), (Source.CRM, first.second.crm_id)} <= set(ids)

    again = import_accounts(workspace, [files / name for name in ("accounts.csv", "opportunities.csv", "billing.txt")], silent)
    assert (again.of(RecordKind.ACCOUNTS).added, again.of(RecordKind.OPPORTUNITIES).added, again.of(RecordKind.SERVICES).added) == (0, 0, 0)
    assert len(list_accounts(workspace)) == 966
    for _pair in planted:
        undo(workspace)
    assert contents(workspace.database) == before


def test_an_import_is_one_step_back_and_forth_also_after_a_restart(files: Path, tmp_path: Path):
    with open_workspace(tmp_path / "home") as workspace:
        empty = contents(workspace.database)
        import_accounts(workspace, sorted(path for path in files.iterdir() if path.name != "truth.csv"), silent)
        full = contents(workspace.database)
    with open_workspace(tmp_path / "home") as workspace:
        assert undo(workspace).label == "Undo: Import accounts.csv and 5 other files"
        assert contents(workspace.database) == empty
    with open_workspace(tmp_path / "home") as workspace:
        redo(workspace)
        assert contents(workspace.database) == full


def test_of_a_newer_file_only_what_changed_is_changed(
    state_college_home: Path, files: Path, copy_of: Callable[[Path], Workspace], tmp_path: Path
):
    workspace = copy_of(state_college_home)
    text = (files / "accounts.csv").read_bytes().decode("cp1252")
    newer = text.replace(",Rep B,Prospect,Financial,409 S Pugh St", ",Rep A,Prospect,Financial,409 S Pugh St", 1)
    newer = newer.replace("(990 records)", "(991 records)").replace(
        "001Dn00000MQP2m,",
        "001Dn00000ZZZZZ,A New Prospect,Rep A,Prospect,Retail,100 W College Ave,State College,PA,16801,,5,,,Hot,\r\n001Dn00000MQP2m,",
        1,
    )
    (tmp_path / "accounts.csv").write_bytes(newer.encode("cp1252"))
    before = contents(workspace.database)
    outcome = import_accounts(workspace, [tmp_path / "accounts.csv"], silent)
    assert outcome.of(RecordKind.ACCOUNTS) == KindCounts(added=1, changed=1, unchanged=989)
    after = contents(workspace.database)
    assert len(set(after["accounts"]) - set(before["accounts"])) == 2
    assert {table for table in before if after[table] != before[table]} == {"accounts", "source_ids"}
