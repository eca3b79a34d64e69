import pytest
from small_book import deal

from planner.reports.stages import STAGES, Step, is_forward, step_of, step_of_deal


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        ("Prospecting", Step.PROSPECT),
        ("Qualification", Step.PROSPECT),
        ("Needs Analysis", Step.QUALIFIED),
        ("Value Proposition", Step.QUALIFIED),
        ("Id. Decision Makers", Step.QUALIFIED),
        ("Perception Analysis", Step.QUALIFIED),
        ("Proposal/Price Quote", Step.PROPOSAL),
        ("Negotiation/Review", Step.PROPOSAL),
        ("Closed Won", Step.WON),
        ("Closed Lost", Step.LOST),
        ("  closed   WON ", Step.WON),
        ("Blue", None),
        ("", None),
    ],
)
def test_the_stages_of_salesforce_have_their_step(stage, step):
    assert step_of(stage) is step


def test_the_table_is_written_as_it_is_looked_up():
    assert all(step_of(stage) is step for stage, step in STAGES.items())


def test_a_closed_deal_of_an_unknown_stage_is_won_or_lost_by_its_probability():
    assert step_of_deal(deal(1, "Signed", closed=True, probability=1.0)) is Step.WON
    assert step_of_deal(deal(1, "Gone", closed=True, probability=0.0)) is Step.LOST
    assert step_of_deal(deal(1, "Gone", closed=True, probability=0.4)) is None
    assert step_of_deal(deal(1, "Signed", probability=1.0)) is None


@pytest.mark.parametrize(
    ("before", "after", "forward"),
    [
        ("Prospecting", "Needs Analysis", True),
        ("Negotiation/Review", "Closed Won", True),
        ("Negotiation/Review", "Closed Lost", False),
        ("Closed Lost", "Prospecting", False),
        ("Proposal/Price Quote", "Negotiation/Review", False),
        ("Negotiation/Review", "Needs Analysis", False),
        ("Blue", "Closed Won", False),
    ],
)
def test_a_deal_moves_forward_when_its_step_is_a_later_one(before, after, forward):
    assert is_forward(before, after) is forward
