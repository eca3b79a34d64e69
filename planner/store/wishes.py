"""What she wants of single accounts, as rows."""

from datetime import date

from sqlite_utils import Database

from planner.model.wishes import Wish


def all_wishes(db: Database) -> dict[int, Wish]:
    """Every wish by account id."""
    return {row["account_id"]: _wish(row) for row in db.table("wishes").rows}


def save_wish(db: Database, wish: Wish) -> None:
    """Keep a wish; one that wants nothing is taken out."""
    if wish == Wish(wish.account_id):
        db.table("wishes").delete_where("account_id = ?", [wish.account_id])
        return
    row = {
        "account_id": wish.account_id,
        "boost": wish.boost,
        "must": int(wish.must),
        "deadline": wish.deadline.isoformat() if wish.deadline else None,
        "weekdays": ",".join(str(day) for day in wish.weekdays),
        "cadence_days": wish.cadence_days,
        "visit_minutes": wish.visit_minutes,
        "contract_end": wish.contract_end.isoformat() if wish.contract_end else None,
    }
    db.table("wishes").upsert(row, pk="account_id")


def _wish(row: dict[str, object]) -> Wish:
    return Wish(
        account_id=int(str(row["account_id"])),
        boost=float(str(row["boost"])),
        must=bool(row["must"]),
        deadline=_date(row["deadline"]),
        weekdays=tuple(int(day) for day in str(row["weekdays"]).split(",") if day),
        cadence_days=_number(row["cadence_days"]),
        visit_minutes=_number(row["visit_minutes"]),
        contract_end=_date(row["contract_end"]),
    )


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
