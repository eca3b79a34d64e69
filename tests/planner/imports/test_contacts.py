from planner.imports.contacts import read_contacts
from planner.imports.mapping import guess_mapping


def test_a_contact_is_read_with_its_account_and_flags(table_of):
    table = table_of(
        "Id,AccountId,FirstName,LastName,Title,Email,Phone,MobilePhone,HasOptedOutOfEmail,DoNotCall\n"
        "003D000000IqhSL,001D000000IqhSL,Ann,Smith,Owner,ann@example.com,1,2,1,false\n"
    )
    (read,), problems = read_contacts(table, guess_mapping(table.headers))
    assert problems == []
    contact = read.record
    assert (contact.crm_id, contact.name, contact.title, contact.no_email, contact.no_call) == (
        "003D000000IqhSLIAZ",
        "Ann Smith",
        "Owner",
        True,
        False,
    )
    assert read.account_ref == "001D000000IqhSLIAZ"


def test_one_without_a_name_is_left_out_and_one_without_an_id_keeps_its_made_up_one(table_of):
    text = "Account Name,First Name,Last Name,Email\nAda,Ann,Smith,ann@example.com\nAda,,,x@example.com\n"
    table = table_of(text)
    first, problems = read_contacts(table, guess_mapping(table.headers))
    again, _problems = read_contacts(table_of(text), guess_mapping(table.headers))
    assert [read.record.crm_id for read in first] == [read.record.crm_id for read in again]
    assert [read.account_name for read in first] == ["Ada"]
    assert [(problem.row, "left out" in problem.text) for problem in problems] == [(2, False), (3, True)]
