"""Where accounts were placed, as little of each row as it takes to find those to be checked."""

import json
from typing import NamedTuple

from sqlite_utils import Database

from planner.model.placing import AREA_ONLY

_AREAS = json.dumps(sorted(AREA_ONLY))


class Placing(NamedTuple):
    """The place of an account in degrees, or None; `poor`: none, only that of its ZIP or town, or a doubtful one."""

    account_id: int
    lat: float | None
    lon: float | None
    poor: int
    postcode: str


def placings(db: Database, *, sample: bool) -> list[Placing]:
    """The places of all accounts, the user's or the sample's."""
    query = (
        "SELECT id, lat, lon, lat IS NULL OR match_doubtful OR match_quality IN (SELECT value FROM json_each(?)), postcode"
        " FROM accounts WHERE sample = ?"
    )
    return list(map(Placing._make, db.execute(query, [_AREAS, int(sample)])))
