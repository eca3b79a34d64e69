"""What servers said of addresses, as rows: kept for good, and no step that can be undone."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database

from planner.model.places import LatLon, Match, MatchQuality
from planner.model.placing import KeptAnswer


def kept_answers(db: Database, keys: Iterable[str] | None = None) -> dict[str, KeptAnswer]:
    """What is kept of the addresses with these keys, or of all, by the key; "nothing found" is an answer too."""
    if keys is None:
        found = db.query("SELECT * FROM kept_places")
    else:
        found = db.query("SELECT * FROM kept_places WHERE address IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))])
    return {row["address"]: _answer(row) for row in found}


def keep_answers(db: Database, answers: Mapping[str, KeptAnswer]) -> None:
    """Keep answers by the keys of their addresses, in place of older ones."""
    db.table("kept_places").upsert_all([_row(key, answer) for key, answer in answers.items()], pk="address")


def _answer(row: Mapping[str, Any]) -> KeptAnswer:
    match = Match(
        point=LatLon(row["lat"], row["lon"]) if row["lat"] is not None else None,
        quality=MatchQuality(row["quality"]),
        source=row["source"],
        score=row["score"],
        text=row["text"],
        note=row["note"],
        doubtful=bool(row["doubtful"]),
    )
    return KeptAnswer(match, date.fromisoformat(row["day"]))


def _row(key: str, answer: KeptAnswer) -> dict[str, Any]:
    match = answer.match
    return {
        "address": key,
        "lat": match.point.lat if match.point else None,
        "lon": match.point.lon if match.point else None,
        "quality": match.quality.value,
        "source": match.source,
        "score": match.score,
        "text": match.text,
        "note": match.note,
        "doubtful": int(match.doubtful),
        "day": answer.day.isoformat(),
    }
