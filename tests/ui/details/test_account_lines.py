from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from planner.model.accounts import Activity, Contact, Location, Service
from planner.model.imports import Source
from planner.model.places import PostalAddress
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.accounts import account_details
from planner.values import replace
from ui.details.account_lines import account_lines


@pytest.fixture
def details(filled, accounts):
    """The first account with everything that can hang on one."""
    account = replace(
        accounts[0], do_not_visit=True, do_not_call=True, notes="Ring <b>twice</b>", tags=("Fiber", "Key"), custom=(("Fleet", "12"),)
    )
    with filled.writing("Test") as db:
        rows.save_accounts(db, [account])
        book.save_contacts(db, [Contact(0, "003a", 1, "Ann", "Lee", "Owner", "ann@x.test", "814 555 0101", no_call=True)])
        book.save_services(db, [Service(0, 1, "8345000000000017", "Fiber 500", 24_000, date(2027, 3, 1))])
        book.save_locations(db, [Location(0, 1, "Warehouse", PostalAddress("9 Mill St", "Lewistown", "PA", "17044"), "billing")])
        book.save_activities(db, [Activity(0, "00Ua", 1, "Call", date(2026, 7, 26), "Wants a quote", "Rep A")])
        book.save_source_ids(db, [(Source.CRM, account.crm_id, 1), (Source.BILLING, "8345000000000017", 1)])
        book.save_origins(db, 1, {"owner": (Source.CRM, date(2026, 11, 2))})
    return account_details(filled, 1)


@pytest.fixture
def texts(qtbot, details):
    """All texts of the panel."""
    widgets = account_lines(details, None)
    holder = QWidget()
    qtbot.addWidget(holder)
    for each in widgets:
        each.setParent(holder)
    return [label.text() for label in holder.findChildren(QLabel)]


def test_flags_cannot_be_overlooked(texts):
    assert "✕ Do not visit" in texts
    assert "✕ Do not call" in texts


def test_people_services_and_other_locations_are_told(texts):
    assert {"Ann Lee", "Owner", "814 555 0101"} <= set(texts)
    assert "SERVICES · $240 a month" in texts
    assert "until Mar 1, 2027 · billed under 8345000000000017" in texts
    assert "9 Mill St, Lewistown, PA 17044" in texts
    assert "Warehouse · not placed on the map" in texts


def test_who_may_be_written_to_but_not_called_has_a_link_for_that_alone(qtbot, details):
    holder = QWidget()
    qtbot.addWidget(holder)
    for each in account_lines(details, None):
        each.setParent(holder)
    links = {each.accessibleName() for each in holder.findChildren(QPushButton)}
    assert "Write to Ann Lee: ann@x.test" in links
    assert not any("814 555 0101" in name for name in links)


def test_activities_and_the_last_contact_are_its_history(texts):
    assert "Jul 26, 2026 · Call, Rep A: Wants a quote" in texts


def test_fields_say_where_they_came_from_and_ids_of_which_source_they_are(texts):
    assert "Rep A · CRM" in texts
    assert "Fleet" in texts
    assert "Fiber, Key" in texts
    assert "Ring <b>twice</b>" in texts
    assert {"8345000000000017", "billing"} <= set(texts)


def test_a_bare_account_has_no_empty_headings(qtbot, filled):
    labels = [text for each in account_lines(account_details(filled, 6), None) for text in [each.property("text")] if text]
    assert not {"CONTACTS", "OTHER LOCATIONS", "IDS IN CRM AND BILLING", "PIPELINE"} & set(labels)
