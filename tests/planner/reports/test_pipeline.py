from datetime import date

from small_book import deal

from planner.reports.pipeline import StageChange, by_deal, closed_on, open_cents_on, won_in

NEGOTIATION = "Negotiation/Review"


def test_a_deal_was_won_on_the_day_of_its_change_or_else_on_its_close_date():
    won = deal(1, "Closed Won", close_date=date(2026, 12, 20))
    assert closed_on(won, []) == date(2026, 12, 20)
    assert closed_on(won, [StageChange("d1", date(2026, 12, 31), NEGOTIATION, "Closed Won")]) == date(2026, 12, 31)


def test_the_last_day_of_a_quarter_is_in_it_and_the_next_is_not():
    deals = [deal(1, "Closed Won"), deal(2, "Closed Won"), deal(3, "Closed Lost"), deal(4, NEGOTIATION), deal(5, "Closed Won")]
    changes = [StageChange("d1", date(2026, 12, 31), "", "Closed Won"), StageChange("d2", date(2027, 1, 1), "", "Closed Won")]
    found = won_in(deals, by_deal(changes), date(2026, 10, 1), date(2026, 12, 31))
    assert [each.crm_id for each in found] == ["d1"]


def test_open_pipeline_is_what_was_open_on_the_day():
    deals = [deal(1, "Closed Won", 100), deal(2, NEGOTIATION, 20), deal(3, "Closed Lost", 3, close_date=date(2026, 11, 10))]
    changes = by_deal(
        [
            StageChange("d1", date(2026, 11, 5), "Prospecting", NEGOTIATION),
            StageChange("d1", date(2026, 11, 20), NEGOTIATION, "Closed Won"),
        ]
    )
    assert open_cents_on(deals, changes, date(2026, 11, 1)) == 12_300
    assert open_cents_on(deals, changes, date(2026, 11, 9)) == 12_300
    assert open_cents_on(deals, changes, date(2026, 11, 10)) == 12_000
    assert open_cents_on(deals, changes, date(2026, 11, 19)) == 12_000
    assert open_cents_on(deals, changes, date(2026, 11, 20)) == 2_000


def test_a_deal_that_was_opened_again_was_not_open_between():
    changes = by_deal(
        [
            StageChange("d1", date(2026, 11, 5), NEGOTIATION, "Closed Lost"),
            StageChange("d1", date(2026, 11, 20), "Closed Lost", NEGOTIATION),
        ]
    )
    days = [date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 19), date(2026, 11, 20)]
    assert [open_cents_on([deal(1, NEGOTIATION)], changes, day) for day in days] == [10_000, 0, 0, 10_000]
