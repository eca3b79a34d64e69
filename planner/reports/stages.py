"""The steps of capture, and which of them each stage of a deal stands for."""

from enum import StrEnum

from planner.model.accounts import Opportunity


class Step(StrEnum):
    """A step on the way from a prospect to a client; the last two are ends of it."""

    PROSPECT = "prospect"
    VISITED = "first visit"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    WON = "won"
    LOST = "lost"


FORWARD = (Step.PROSPECT, Step.VISITED, Step.QUALIFIED, Step.PROPOSAL, Step.WON)
"""The steps in their order; each one takes those before it, but for the visit, which either was or was not."""

STAGES = {
    "prospecting": Step.PROSPECT,
    "qualification": Step.PROSPECT,
    "qualify": Step.PROSPECT,
    "new": Step.PROSPECT,
    "qualified": Step.QUALIFIED,
    "needs analysis": Step.QUALIFIED,
    "discovery": Step.QUALIFIED,
    "meet & present": Step.QUALIFIED,
    "value proposition": Step.QUALIFIED,
    "id. decision makers": Step.QUALIFIED,
    "perception analysis": Step.QUALIFIED,
    "proposal": Step.PROPOSAL,
    "propose": Step.PROPOSAL,
    "quote": Step.PROPOSAL,
    "proposal/price quote": Step.PROPOSAL,
    "proposal/quote": Step.PROPOSAL,
    "negotiation": Step.PROPOSAL,
    "negotiate": Step.PROPOSAL,
    "negotiation/review": Step.PROPOSAL,
    "contract sent": Step.PROPOSAL,
    "closed won": Step.WON,
    "won": Step.WON,
    "closed lost": Step.LOST,
    "lost": Step.LOST,
}
"""Stages as Salesforce has them, in small letters. Qualification is under way in its stage, and done in those after it."""


def step_of(stage: str) -> Step | None:
    """The step that a stage stands for, or None for one that is not in the table."""
    return STAGES.get(" ".join(stage.casefold().split()))


def step_of_deal(deal: Opportunity) -> Step | None:
    """The step a deal is in now: by its stage, else, when it is closed, by whether it is sure or out of reach."""
    by_stage = step_of(deal.stage)
    if by_stage is None and not deal.is_open:
        return {1.0: Step.WON, 0.0: Step.LOST}.get(deal.probability)
    return by_stage


def is_forward(before: str, after: str) -> bool:
    """Whether a change of stage leads to a later step, and not to a loss."""
    steps = step_of(before), step_of(after)
    return all(step in FORWARD for step in steps) and FORWARD.index(steps[1] or Step.PROSPECT) > FORWARD.index(steps[0] or Step.PROSPECT)
