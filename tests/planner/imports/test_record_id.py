from planner.imports.columns import read_rows
from planner.imports.record_id import last_wins, record_id, referred_id


def first_row(table_of, given):
    problems = []
    (row,) = read_rows(table_of(f"Account ID,Account Name\n{given},Ada\n"), {"id": "Account ID"}, problems)
    return row, problems


def test_a_salesforce_id_becomes_18_characters(table_of):
    row, problems = first_row(table_of, "001D000000IqhSL")
    assert record_id(row, "id", "account", "Ada") == "001D000000IqhSLIAZ"
    assert problems == []


def test_a_rounded_id_is_never_a_key(table_of):
    row, problems = first_row(table_of, "8.34507E+15")
    assert record_id(row, "id", "account", "Ada").startswith("row-")
    assert "8.34507E+15 was rounded by a spreadsheet" in problems[0].text


def test_an_id_of_another_system_is_kept_and_told(table_of):
    row, problems = first_row(table_of, "CUST-17")
    assert referred_id(row, "id") == "CUST-17"
    assert "kept as it is" in problems[0].text


def test_the_last_of_equal_keys_counts(table_of):
    row, problems = first_row(table_of, "1")
    keyed = {}
    for value in ("first", "second"):
        last_wins(keyed, "key", value, row, "It")
    assert keyed == {"key": "second"}
    assert len(problems) == 1
