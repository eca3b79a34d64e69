import pytest

from planner.model.accounts import Rep
from planner.store.accounts import save_reps


@pytest.fixture
def teamed(filled):
    """The workspace with two reps."""
    with filled.writing("Test") as db:
        save_reps(db, [Rep("Rep A", "Account Executive", quota_cents=100_000), Rep("Rep B & Co", "Account Manager")], sample=False)
    return filled
