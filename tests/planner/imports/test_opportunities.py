from datetime import date

from planner.imports.accounts import read_accounts
from planner.imports.opportunities import read_opportunities
from planner.imports.text_table import read_table


def deals_of(table):
    reads, problems = read_opportunities(table)
    return [read.record for read in reads], problems


HEADERS = "Id,AccountId,Name,StageName,Amount,Probability,CloseDate,Owner\n"


def test_a_row_becomes_an_opportunity(table_of):
    (deal,), problems = deals_of(
        table_of(HEADERS + "006Dn000003j3BP,001D000000IqhSL,Ada - TV,Needs Analysis,1500.10,20,2027-01-22,Rep B\n")
    )
    assert problems == []
    assert (deal.crm_id[:15], deal.account_crm_id, deal.name, deal.stage) == (
        "006Dn000003j3BP",
        "001D000000IqhSLIAZ",
        "Ada - TV",
        "Needs Analysis",
    )
    assert (deal.amount_cents, deal.probability, deal.close_date, deal.owner) == (150_010, 0.2, date(2027, 1, 22), "Rep B")


def test_a_report_has_the_same_opportunity_under_other_labels(table_of):
    report = (
        "Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Probability (%),Close Date,Opportunity Owner\n"
        '006Dn000003j3BP,001D000000IqhSL,Ada - TV,Needs Analysis,"$1,500.10",20%,1/22/2027,Rep B\n'
    )
    loader = HEADERS + "006Dn000003j3BP,001D000000IqhSL,Ada - TV,Needs Analysis,1500.10,20,2027-01-22,Rep B\n"
    assert deals_of(table_of(report)) == deals_of(table_of(loader))


def test_an_empty_amount_is_nothing_and_a_bad_one_is_told(table_of):
    deals, problems = deals_of(
        table_of(HEADERS + "006Dn000003j3BP,001D000000IqhSL,A,New,,,,\n006Dn00000UjzTz,001D000000IqhSL,B,New,much,often,soon,\n")
    )
    assert [(deal.amount_cents, deal.probability, deal.close_date) for deal in deals] == [(0, 0.0, None)] * 2
    assert [(problem.row, problem.text.split(":")[0]) for problem in problems] == [(3, "Amount"), (3, "Probability"), (3, "Close Date")]


def test_an_opportunity_of_no_account_is_told_and_not_dropped(table_of):
    deals, problems = deals_of(table_of(HEADERS + "006Dn000003j3BP,,A,New,1,1,2027-01-22,\n"))
    assert deals[0].account_crm_id == ""
    assert [problem.row for problem in problems] == [2]


def test_of_rows_with_one_id_the_last_counts(table_of):
    row = "006Dn000003j3BP,001D000000IqhSL,{},New,1,1,2027-01-22,\n"
    deals, problems = deals_of(table_of(HEADERS + row.format("Old") + row.format("New")))
    assert [deal.name for deal in deals] == ["New"]
    assert len(problems) == 1


def test_every_real_opportunity_joins_its_account(state_college):
    accounts, _problems = read_accounts(read_table(state_college / "accounts.csv"))
    table = read_table(state_college / "opportunities.csv")
    deals, problems = deals_of(table)
    assert (len(deals), table.encoding, problems) == (377, "utf-8-sig", [])
    assert {deal.account_crm_id for deal in deals} <= {account.record.crm_id for account in accounts}
    assert all(0 < deal.probability < 1 and deal.amount_cents > 0 and deal.close_date for deal in deals)
