"""The day on which all of it is: what is planned from then on is not planned again."""

from collections.abc import Iterator
from datetime import date
from typing import Self

import pytest


@pytest.fixture(scope="session", autouse=True)
def today() -> Iterator[date]:
    """A Monday in November for everything that looks at the calendar on the wall."""

    class Today(date):
        @classmethod
        def today(cls) -> Self:
            return cls(2026, 11, 23)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.usecases.week_request.date", Today)
        yield Today.today()
