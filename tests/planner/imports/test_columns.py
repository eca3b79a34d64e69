from planner.imports.columns import ACCOUNT, find_columns, read_rows
from planner.imports.values import whole_number


def test_report_labels_and_api_names_mean_the_same():
    labels = ["Account ID", "Account Name", "Billing State/Province", "Billing Zip/Postal Code", "Employees", "Last Activity"]
    names = ["Id", "Name", "BillingState", "BillingPostalCode", "NumberOfEmployees", "LastActivityDate"]
    assert (
        find_columns(labels, ACCOUNT)
        == find_columns(names, ACCOUNT)
        == {"id": 0, "name": 1, "state": 2, "postcode": 3, "employees": 4, "last_activity": 5}
    )


def test_the_more_exact_header_is_preferred_and_the_first_of_equals():
    assert find_columns(["Name", "Account Name", "ACCOUNT NAME"], ACCOUNT)["name"] == 1


def test_a_cell_that_makes_no_sense_is_told_with_its_line_and_left_empty(table_of):
    problems = []
    (row,) = read_rows(table_of("Account Name,Employees\nAda,several\n"), ACCOUNT, problems)
    assert row.value("employees", whole_number, "Employees") is None
    assert [(problem.file, problem.row, problem.text) for problem in problems] == [
        ("export.csv", 2, "Employees: 'several' is not a whole number; it was left empty.")
    ]
