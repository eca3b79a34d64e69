from datetime import date

from planner.model.imports import Source
from planner.values import replace
from ui.details.facts import account_facts, origin_words

DAY = date(2026, 11, 2)


def test_only_fields_with_a_value_are_told_and_custom_ones_come_last(accounts):
    account = replace(accounts[0], custom=(("Fleet size", "12"), ("Empty", "")), employees=0)
    facts = {fact.label: fact.text for fact in account_facts(account)}
    assert "Rating" not in facts
    assert facts["Employees"] == "0"
    assert list(facts)[-1] == "Fleet size"


def test_each_field_says_where_it_came_from(accounts):
    origins = {"owner": (Source.CRM, DAY), "tier": (Source.TYPED, DAY)}
    facts = {fact.label: (fact.origin, fact.origin_full) for fact in account_facts(accounts[0], origins)}
    assert facts["Owner"] == ("CRM", "From the CRM, Nov 2, 2026")
    assert facts["Tier"] == ("typed Nov 2", "Typed in Roadbook, Nov 2, 2026")
    assert facts["Kind"] == ("", "")
    assert origin_words("owner", None) == ("", "")
