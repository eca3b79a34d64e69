from datetime import date

from planner.imports.mapping import guess_mapping
from planner.imports.services import read_services
from planner.model.places import PostalAddress

HEADER = "ACCT_NO|CUST_NAME|SVC_ADDR|SVC_CITY|SVC_ST|SVC_ZIP|SVC_CODE|MRC|TERM_END\n"


def services_of(table):
    return read_services(table, guess_mapping(table.headers))


def test_a_line_is_a_service_under_its_number(table_of):
    (read,), problems = services_of(
        table_of(HEADER + "8345070000000004|ADA INC|1 MAIN ST|BELLEFONTE|PA|1623|Fiber Internet|4400.05|04/11/2027\n")
    )
    assert problems == []
    service = read.record
    assert (service.billing_number, service.product, service.mrr_cents, service.term_end) == (
        "8345070000000004",
        "Fiber Internet",
        440_005,
        date(2027, 4, 11),
    )
    assert (read.account_name, read.other_address) == ("ADA INC", PostalAddress("1 MAIN ST", "BELLEFONTE", "PA", "01623"))


def test_numbers_that_a_spreadsheet_rounded_are_refused_with_their_rows(table_of):
    reads, problems = services_of(table_of(HEADER + "8.34507E+15|ADA|1 MAIN ST|B|PA|16823|TV|5|\n8345070000000004|BOB|||||TV|5|\n"))
    assert [read.account_name for read in reads] == ["BOB"]
    assert [(problem.row, "rounded by a spreadsheet" in problem.text, "left out" in problem.text) for problem in problems] == [
        (2, True, True)
    ]


def test_a_whole_file_of_rounded_numbers_is_refused(table_of):
    rows = "".join(f"8345070000000{n}0|ADA {n}|{n} MAIN ST|B|PA|16823|TV|5|\n" for n in range(10, 20))
    reads, problems = services_of(table_of(HEADER + rows))
    assert reads == []
    assert "All account numbers end in zero" in problems[0].text


def test_a_line_without_a_number_is_left_out_and_nonsense_is_told(table_of):
    reads, problems = services_of(table_of(HEADER + "|ADA|1 MAIN ST|B|PA|16823|TV|5|\n8345070000000004|BOB|||||TV|much|soon\n"))
    assert [(read.record.mrr_cents, read.record.term_end) for read in reads] == [(0, None)]
    assert [problem.row for problem in problems] == [2, 3, 3]
