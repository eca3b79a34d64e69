"""Filters, orders and groups against a plain recount of the same rows."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.account_views import BARE, COMPARISONS, ColumnType, Comparison, Condition
from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.places import PostalAddress
from planner.usecases.account_extras import NOTHING, AccountExtra
from ui.accounts.arrange import AccountList, check, group_title
from ui.accounts.columns import COLUMNS, Row

TODAY = date(2026, 11, 30)
KEYS = (
    "name",
    "kind",
    "tier",
    "stage",
    "owner",
    "deals",
    "due",
    "last_visit",
    "tags",
    "do_not_visit",
    "mrr",
    "zip",
    "employees",
    "contract_end",
)
BY_KEY = {column.key: column for column in COLUMNS}
WORDS = ["Rep A", "rep a", "Rep B", "Ärzte", "", "Straße & Co", "x"]


def made_rows(number, seed):
    """So many rows, with values that are often alike and often missing; drawn by a seed, as each has a dozen of them."""
    chance = random.Random(seed)

    def day():
        return chance.choice([None, TODAY, TODAY + timedelta(days=chance.randrange(-400, 400))])

    made = []
    for each in range(1, number + 1):
        account = Account(
            each,
            f"001{each}",
            chance.choice(WORDS) or "Weis",
            chance.choice(list(AccountKind)),
            PostalAddress("1 Main St", "State College", "PA", chance.choice(["16801", "16802", ""])),
            owner=chance.choice(WORDS),
            tier=chance.choice(list(Tier)),
            employees=chance.choice([None, 0, 3, 12]),
            tags=tuple(word for word in chance.sample(WORDS, chance.randrange(3)) if word),
            last_activity=day(),
            do_not_visit=chance.random() < 0.5,
            mrr_cents=chance.randrange(4) * 10_000,
        )
        deals = [
            Opportunity(f"d{deal}", account.crm_id, "", chance.choice(["Proposal", "Closing"]), chance.randrange(10) * 5_000, 0.5, None)
            for deal in range(chance.randrange(3))
        ]
        extra = AccountExtra(due_days=chance.choice([None, 0, chance.randrange(-90, 90)]), contract_end=day())
        made.append(Row(account, deals, extra=chance.choice([NOTHING, extra])))
    return made


rows = st.builds(made_rows, st.integers(0, 25), st.integers(0, 1_000_000))


@st.composite
def conditions(draw):
    column = BY_KEY[draw(st.sampled_from(KEYS))]
    comparison = draw(st.sampled_from(COMPARISONS[column.type]))
    if comparison in BARE:
        return Condition(column.key, comparison)
    if column.type in {ColumnType.TEXT, ColumnType.WORDS}:
        return Condition(column.key, comparison, draw(st.sampled_from(["Rep A", "REP", "rep b; x", "16801", "A", "prospect", "straße"])))
    if column.type is ColumnType.DAY and comparison not in {Comparison.IN_NEXT, Comparison.IN_LAST, Comparison.LONGER_AGO}:
        return Condition(column.key, comparison, draw(st.dates(TODAY - timedelta(days=300), TODAY + timedelta(days=300))).isoformat())
    return Condition(column.key, comparison, str(draw(st.integers(0, 200))))


def holds(condition, each):  # noqa: PLR0911 - one return a comparison
    """A condition as one would check it with a pencil."""
    column, comparison, wanted = BY_KEY[condition.column], condition.comparison, condition.value
    value = column.value(each)
    if value in {None, "", ()}:
        return comparison in {Comparison.EMPTY, Comparison.IS_NOT, Comparison.CONTAINS_NOT}
    if comparison in BARE:
        return {Comparison.EMPTY: False, Comparison.NOT_EMPTY: True, Comparison.YES: value, Comparison.NO: not value}[comparison]
    if column.type in {ColumnType.TEXT, ColumnType.WORDS}:
        texts = [text.casefold() for text in (value if isinstance(value, tuple) else [value])]
        parts = [part.strip().casefold() for part in wanted.split(";")]
        if comparison in {Comparison.IS, Comparison.IS_NOT}:
            return any(text == part for text in texts for part in parts) == (comparison is Comparison.IS)
        return any(part in text for text in texts for part in parts) == (comparison is Comparison.CONTAINS)
    if comparison is Comparison.IN_NEXT:
        return 0 <= (value - TODAY).days <= int(wanted)
    if comparison is Comparison.IN_LAST:
        return 0 <= (TODAY - value).days <= int(wanted)
    if comparison is Comparison.LONGER_AGO:
        return (TODAY - value).days > int(wanted)
    other = date.fromisoformat(wanted) if column.type is ColumnType.DAY else int(wanted) * (100 if column.type is ColumnType.MONEY else 1)
    return {
        Comparison.IS: value == other,
        Comparison.IS_NOT: value != other,
        Comparison.MORE: value > other,
        Comparison.AFTER: value > other,
        Comparison.LESS: value < other,
        Comparison.BEFORE: value < other,
        Comparison.AT_LEAST: value >= other,
        Comparison.AT_MOST: value <= other,
    }[comparison]


@settings(deadline=None, database=None)
@given(rows, st.lists(conditions(), max_size=3))
def test_a_filter_leaves_the_rows_for_which_every_condition_holds(given_rows, wanted):
    found = AccountList(given_rows, COLUMNS).found((), wanted, TODAY)
    assert found == [number for number, each in enumerate(given_rows) if all(holds(condition, each) for condition in wanted)]


@settings(deadline=None, database=None)
@given(rows, st.sampled_from(["rep", "rep a", "straße", "16801 x", "001"]))
def test_a_text_leaves_the_rows_that_have_all_its_words(given_rows, text):
    found = AccountList(given_rows, COLUMNS).found(text.casefold().split(), (), TODAY)
    plain = [f"{a.name} {a.address.one_line} {a.owner} {a.crm_id}".casefold() for a in (each.account for each in given_rows)]
    assert found == [number for number, each in enumerate(plain) if all(word in each for word in text.casefold().split())]


@settings(deadline=None, database=None)
@given(rows, st.sampled_from([key for key in KEYS if key != "stage"]), st.booleans())
def test_an_order_is_that_of_the_values_with_equal_rows_as_they_were_and_empty_ones_last(given_rows, key, descending):
    column = BY_KEY[key]

    def folded(number):
        value = column.value(given_rows[number])
        if isinstance(value, tuple):
            return tuple(each.casefold() for each in value)
        return value.casefold() if isinstance(value, str) else value

    numbers = range(len(given_rows))
    filled = [number for number in numbers if folded(number) not in {None, "", ()}]
    expected = sorted(filled, key=folded, reverse=descending) + [number for number in numbers if number not in filled]
    assert AccountList(given_rows, COLUMNS).sorted(numbers, key, descending=descending) == expected


@settings(deadline=None, database=None)
@given(rows, st.sampled_from(KEYS), st.sampled_from(KEYS))
def test_groups_hold_every_row_once_in_its_order_and_sum_to_the_whole(given_rows, key, sort_key):
    accounts = AccountList(given_rows, COLUMNS)
    order = accounts.sorted(range(len(given_rows)), sort_key)
    groups = accounts.grouped(order, key)
    assert sorted(number for group in groups for number in group.numbers) == sorted(order)
    assert len({group.title for group in groups}) == len(groups)
    for group in groups:
        assert group.numbers == [number for number in order if number in set(group.numbers)]
        values = [accounts.values(key)[number] for number in group.numbers]
        assert {group_title(BY_KEY[key], value).casefold() for value in values} == {group.title.casefold()}
    assert sum(accounts.sum_cents(group.numbers, "deals") for group in groups) == sum(
        deal.amount_cents for each in given_rows for deal in each.deals
    )


@settings(deadline=None, database=None)
@given(rows, st.sampled_from(KEYS))
def test_the_groups_come_in_the_order_of_their_values(given_rows, key):
    accounts = AccountList(given_rows, COLUMNS)
    by_value = accounts.sorted(range(len(given_rows)), key)
    seen = []
    for number in by_value:
        title = next(group.title for group in accounts.grouped(by_value, key) if number in group.numbers)
        if title not in seen:
            seen.append(title)
    assert [group.title for group in accounts.grouped(list(reversed(by_value)), key)] == seen


@pytest.mark.parametrize(
    ("key", "comparison", "value"),
    [
        ("deals", Comparison.MORE, "many"),
        ("last_visit", Comparison.BEFORE, "soon"),
        ("owner", Comparison.IS, " ; "),
        ("due", Comparison.LESS, "1e99"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_and_holds_for_nothing(key, comparison, value):
    account = Account(1, "001", "Weis", AccountKind.CLIENT, PostalAddress(), owner="Rep A", last_activity=TODAY, mrr_cents=1)
    condition = Condition(key, comparison, value)
    with pytest.raises(ValueError):  # noqa: PT011 - its text is for nobody
        check(condition, BY_KEY[key].type, TODAY)
    assert AccountList([Row(account, extra=AccountExtra(due_days=1))], COLUMNS).found((), [condition], TODAY) == []


def test_a_comparison_that_a_column_does_not_have_holds_for_nothing_and_an_unknown_column_is_empty():
    account = Account(1, "001", "Weis", AccountKind.CLIENT, PostalAddress(), last_activity=TODAY)
    accounts = AccountList([Row(account)], COLUMNS)
    assert accounts.found((), [Condition("last_visit", Comparison.MORE, "2026-01-01")], TODAY) == []
    assert accounts.found((), [Condition("custom:gone", Comparison.EMPTY)], TODAY) == [0]
    assert accounts.found((), [Condition("custom:gone", Comparison.IS, "x")], TODAY) == []


def test_the_choices_of_a_column_are_its_values_in_order():
    made = [
        Account(n, f"00{n}", "W", AccountKind.CLIENT, PostalAddress(), owner=owner, tags=tags)
        for n, owner, tags in [(1, "Rep B", ("TV", "Voice")), (2, "rep a", ("TV",)), (3, "", ())]
    ]
    accounts = AccountList([Row(account) for account in made], COLUMNS)
    assert accounts.choices("owner") == ["rep a", "Rep B"]
    assert accounts.choices("tags") == ["TV", "Voice"]
