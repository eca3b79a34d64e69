from datetime import date

from planner.imports.accounts import read_accounts
from planner.imports.text_table import read_table
from planner.model.accounts import AccountKind, MatchQuality, Tier
from planner.model.places import PostalAddress


def accounts_of(table):
    reads, problems = read_accounts(table)
    return [read.record for read in reads], problems


REPORT = """Account ID,Account Name,Account Owner,Type,Industry,Billing Street,Billing City,Billing State/Province,\
Billing Zip/Postal Code,Phone,Employees,Annual Revenue,Last Activity,Rating,Hours
001D000000IqhSL,"Ada, Inc",Rep B,Customer - Direct,Bakery,"2601  MAIN ST
Suite 4",Bellefonte,PA,16823,+1-814-237-2763,"1,200","$2,280,000",7/26/2026,Hot,Mo-Fr 08:00-17:00; Sa off
"""


def names(accounts):
    return [account.name for account in accounts]


def test_a_report_row_becomes_an_account(table_of):
    (account,), problems = accounts_of(table_of(REPORT))
    assert problems == []
    assert (account.id, account.crm_id, account.name, account.kind) == (0, "001D000000IqhSLIAZ", "Ada, Inc", AccountKind.CLIENT)
    assert account.address == PostalAddress("2601 MAIN ST, Suite 4", "Bellefonte", "PA", "16823")
    assert (account.owner, account.industry, account.phone, account.rating) == ("Rep B", "Bakery", "+1-814-237-2763", "Hot")
    assert (account.employees, account.annual_revenue_cents, account.last_activity) == (1200, 228_000_000, date(2026, 7, 26))
    assert (account.hours, account.tier, account.place, account.match_quality) == (
        "Mo-Fr 08:00-17:00; Sa off",
        Tier.C,
        None,
        MatchQuality.NONE,
    )


def test_a_data_loader_file_gives_the_same_account_as_a_report(table_of):
    headers = (
        "Id,Name,OwnerName,Type,Industry,BillingStreet,BillingCity,BillingState,BillingPostalCode,Phone,NumberOfEmployees,"
        "AnnualRevenue,LastActivityDate,Rating,Hours"
    )
    row = '001D000000IqhSLIAZ,"Ada, Inc",Rep B,Customer - Direct,Bakery,"2601 MAIN ST\nSuite 4",Bellefonte,PA,16823,+1-814-237-2763,1200'
    assert accounts_of(table_of(f"{headers}\n{row},2280000,2026-07-26,Hot,Mo-Fr 08:00-17:00; Sa off\n")) == accounts_of(table_of(REPORT))


def test_only_customers_and_clients_are_clients(table_of):
    types = ["Customer - Channel", "client", "Prospect", "", "Partner", "Former customer"]
    rows = "".join(f"Ada {number},{kind}\n" for number, kind in enumerate(types))
    accounts, _problems = accounts_of(table_of(f"Account Name,Type\n{rows}"))
    assert [account.kind is AccountKind.CLIENT for account in accounts] == [True, True, False, False, False, False]


def test_an_account_without_an_id_keeps_its_made_up_one_in_the_next_export(table_of):
    first, problems = accounts_of(table_of("Account ID,Account Name,Billing Street,Employees\n,Ada,1 Main St,4\n"))
    again, _problems = accounts_of(table_of("Employees,Account Name,Billing Street,Account ID\n9,ADA,1  Main St,\n"))
    assert first[0].crm_id == again[0].crm_id != ""
    assert [(problem.row, "has no id" in problem.text) for problem in problems] == [(2, True)]


def test_a_row_without_a_name_is_left_out_and_told(table_of):
    accounts, problems = accounts_of(table_of("Account ID,Account Name,City\n001D000000IqhSL,,Bellefonte\n003D000000QOMqG,Bo,Boalsburg\n"))
    assert names(accounts) == ["Bo"]
    assert [(problem.row, "001D000000IqhSL" in problem.text) for problem in problems] == [(2, True)]


def test_the_last_row_of_one_id_counts_in_15_or_18_characters(table_of):
    accounts, problems = accounts_of(table_of("Account ID,Account Name\n001D000000IqhSL,Old\n001D000000IqhSLIAZ,New\n"))
    assert names(accounts) == ["New"]
    assert [problem.row for problem in problems] == [3]


def test_ids_that_differ_only_in_case_are_two_accounts(table_of):
    accounts, problems = accounts_of(table_of("Account ID,Account Name\n001D000000IqhSL,Ada\n001D000000IqhSl,Bo\n"))
    assert (names(accounts), problems) == (["Ada", "Bo"], [])


def test_nonsense_in_a_cell_costs_the_cell_and_not_the_row(table_of):
    accounts, problems = accounts_of(
        table_of("Account ID,Account Name,Employees,Annual Revenue,Last Activity,Tier\n001D000000IqhSL,Ada,some,lots,31/31/2026,Z\n")
    )
    assert (accounts[0].employees, accounts[0].annual_revenue_cents, accounts[0].last_activity, accounts[0].tier) == (
        None,
        None,
        None,
        Tier.C,
    )
    assert [problem.text.split(":")[0] for problem in problems] == ["Employees", "Annual Revenue", "Tier", "Last Activity"]


def test_a_tier_column_is_heeded(table_of):
    accounts, _problems = accounts_of(table_of("Account Name,Tier\nAda,A\nBo,Tier b\nCy,\n"))
    assert [account.tier for account in accounts] == [Tier.A, Tier.B, Tier.C]


def test_the_shipping_address_stands_in_for_a_missing_billing_street(table_of):
    headers = "Account Name,Billing Street,Billing City,Shipping Street,Shipping City"
    rows = ["Ada,,Altoona,1 Main St,Bellefonte", "Bo,2 Main St,Altoona,9 Far Rd,Reno"]
    accounts, _problems = accounts_of(table_of("\n".join([headers, *rows])))
    assert [account.address.one_line for account in accounts] == ["1 Main St, Bellefonte", "2 Main St, Altoona"]


def test_a_zip_gets_its_lost_zero_back(table_of):
    accounts, _problems = accounts_of(table_of("Account Name,Zip\nAda,2139\nBo,16801-4017\n"))
    assert [account.address.postcode for account in accounts] == ["02139", "16801-4017"]


def test_problems_of_the_table_are_passed_on(table_of):
    _accounts, problems = accounts_of(table_of("Account Name,Account ID,City\nAda,001D000000IqhSL\n"))
    assert "only 2 values" in problems[0].text


def test_every_real_account_is_read_without_a_problem(state_college):
    accounts, problems = accounts_of(read_table(state_college / "accounts.csv"))
    assert (len(accounts), len({account.crm_id for account in accounts}), problems) == (990, 990, [])
    assert sum(account.kind is AccountKind.CLIENT for account in accounts) == 386
    assert accounts[0].annual_revenue_cents == 228_000_000
    assert sum(account.last_activity is None for account in accounts) == 183
    assert "3180 West College Avenue" in {account.address.street for account in accounts}
