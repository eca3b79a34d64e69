"""Cells of an export as values: each reader returns None for an empty cell and raises ValueError for nonsense."""

import hashlib
import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

_MONEY = re.compile(r"(?:USD)?\s*\$?\s*((?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?|\.\d{1,6})\s*(?:USD)?", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: .*)?")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.0+)?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*(%?)")


def one_line(text: str) -> str:
    """The text on one line with single spaces: exports hold line breaks, tabs and hard spaces."""
    return " ".join(text.split())


def money_cents(text: str) -> int | None:
    """Read "$2,280,000", "1500.00", "USD 12.50" as integer cents, half a cent up; "(3.20)" and "-3.20" are negative."""
    bare = text.strip()
    if not bare:
        return None
    negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    amount = _MONEY.fullmatch(bare.removeprefix("-").removeprefix("(").removesuffix(")").strip()) if negative else _MONEY.fullmatch(bare)
    if amount is None:
        raise ValueError(f"{bare!r} is not an amount of money")
    cents = int((Decimal(amount[1].replace(",", "")) * 100).to_integral_value(ROUND_HALF_UP))
    return -cents if negative else cents


def calendar_day(text: str) -> date | None:
    """Read an ISO date or an American one (7/26/2026, 7/26/26), with or without a time after it."""
    bare = text.strip()
    if not bare:
        return None
    iso, us = _ISO_DAY.fullmatch(bare), _US_DAY.fullmatch(bare)
    year, month, day = iso.groups() if iso else (us[3], us[1], us[2]) if us else ("0", "0", "0")
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise ValueError(f"{bare!r} is not a date") from None


def whole_number(text: str) -> int | None:
    """Read "1,200" or "40" as a number of things."""
    bare = text.strip()
    if not bare:
        return None
    count = _COUNT.fullmatch(bare)
    if count is None:
        raise ValueError(f"{bare!r} is not a whole number")
    return int(count[1].replace(",", ""))


def share(text: str) -> float | None:
    """Read a probability as 0..1 from "20", "20%" or "20.0", which are percent, or "0.2" (below 1 and no percent sign), which is not."""
    bare = text.strip()
    if not bare:
        return None
    found = _SHARE.fullmatch(bare)
    value = Decimal(found[1]) if found else Decimal(101)
    if found is None or value > 100:
        raise ValueError(f"{bare!r} is not a probability from 0 to 100 percent")
    return float(value if value < 1 and not found[2] else value / 100)


def yes_no(text: str) -> bool:
    """Read "Yes", "1", "TRUE", "x" as True, an empty cell and "No", "0", "FALSE" as False."""
    bare = text.strip().casefold()
    if bare in {"", "0", "no", "n", "false", "off"}:
        return False
    if bare in {"1", "yes", "y", "true", "x", "on", "checked"}:
        return True
    raise ValueError(f"{text.strip()!r} is neither yes nor no")


def several(text: str) -> tuple[str, ...]:
    """Read "Voice; Ethernet|TV" as words, each once."""
    return tuple(dict.fromkeys(word for part in re.split(r"[;|]", text) if (word := one_line(part))))


def moment(text: str) -> datetime | None:
    """Read an ISO date and time ("2026-11-23T14:00:00.000Z"); one without a zone is UTC, as Salesforce exports it."""
    bare = text.strip()
    if not bare:
        return None
    try:
        found = datetime.fromisoformat(bare.replace("+0000", "+00:00"))
    except ValueError:
        raise ValueError(f"{bare!r} is not a date with a time") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


MADE_UP = "row-"
"""How a key begins that was made for a record without an id."""


def made_up_id(*parts: str) -> str:
    """An 18-character key for a record that came without an id, the same for the same parts; never a Salesforce id, which has no hyphen."""
    joined = "\x1f".join(one_line(part).casefold() for part in parts)
    return MADE_UP + hashlib.sha256(joined.encode()).hexdigest()[:14]
