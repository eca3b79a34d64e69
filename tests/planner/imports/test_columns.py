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
    (row,) = read_rows(table_of("Account Name,Employees\nAda,several\n"), {"employees": "Employees"}, problems)
    assert row.value("employees", whole_number, "Employees") is None
    assert [(problem.file, problem.row, problem.text) for problem in problems] == [
        ("export.csv", 2, "Employees: 'several' is not a whole number; it was left empty.")
    ]


def test_what_a_row_gives_and_leaves_blank_is_known_but_not_what_cannot_be_read(table_of):
    columns = {"name": "Name", "employees": "Employees", "rating": "Rating", "phone": "Phone"}
    (row,) = read_rows(table_of("Name,Employees,Rating\nAda,several,\n"), columns, [])
    row.value("employees", whole_number, "Employees")
    attributes = {"name": "name", "employees": "employees", "rating": "rating", "phone": "phone"}
    assert row.given(attributes) == (frozenset({"name"}), frozenset({"rating"}))


def test_the_apostrophe_before_what_a_spreadsheet_would_reckon_is_taken_off_again(table_of):
    (row,) = read_rows(table_of("Name,Phone,Note\n'=1+1,'+1-814,'tis\n"), {"name": "Name", "phone": "Phone", "note": "Note"}, [])
    assert (row.raw("name"), row.raw("phone"), row.raw("note")) == ("=1+1", "+1-814", "'tis")
