"""What the journal knows of deals: when each came in, and the close dates they had before."""

import json
from datetime import UTC, date, datetime

from sqlite_utils import Database

from planner.values import Struct


class DealHistory(Struct, frozen=True):
    """A deal since some moment: when it came in (UTC, None when it was there before), and the first close date it had, if that changed."""

    deal: str
    came_in: datetime | None
    close_date_before: date | None


_CHANGES = "journal_changes c JOIN journal_entries e ON e.id = c.entry WHERE c.tab = 'opportunities' AND e.state = 'done' AND e.sample = ?"


def deal_history(db: Database, since: datetime, *, sample: bool) -> list[DealHistory]:
    """What happened to deals since an aware moment, by their CRM id: the sample's or the user's own; what was undone is left out.

    The deals of the very first step that brought any in were there all along, and did not come in.
    """
    came = f"SELECT min(c.entry) FROM {_CHANGES} AND c.operation = 'insert'"  # noqa: S608 - all of it is our own
    first = db.execute(came, [int(sample)]).fetchone()[0]
    columns = "c.operation, c.row_key, c.before, c.entry, e.at"
    query = f"SELECT {columns} FROM {_CHANGES} AND c.operation <> 'delete' AND e.at >= ? ORDER BY c.id"  # noqa: S608 - as above
    came_in: dict[str, datetime] = {}
    first_close: dict[str, date | None] = {}
    for row in db.query(query, [int(sample), since.astimezone(UTC).isoformat(timespec="seconds")]):
        deal = str(json.loads(row["row_key"])[0])
        if row["operation"] == "insert":
            if row["entry"] != first:
                came_in[deal] = datetime.fromisoformat(row["at"])
        else:
            close = json.loads(row["before"]).get("close_date")
            first_close.setdefault(deal, date.fromisoformat(close) if close else None)
    return [DealHistory(deal, came_in.get(deal), first_close.get(deal)) for deal in sorted({*came_in, *first_close})]
