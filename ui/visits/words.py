"""Visits in words: outcomes with their keys, faces, and the line of a visit."""

from datetime import date

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Sentiment, SupportKind, Visit
from planner.settings import time_of_day_s
from ui.words import clock, full_day, month_day

OUTCOMES = (
    (VisitOutcome.MET, "Met", "M"),
    (VisitOutcome.NO_SHOW, "No-show", "N"),
    (VisitOutcome.PHONE, "Phone instead", "P"),
    (VisitOutcome.DECLINED, "Declined", "D"),
    (VisitOutcome.OTHER, "Other", "O"),
)
"""Every outcome with its name and its key, in the order of the buttons."""
FACES = ((Sentiment.GOOD, "Well", "face-good"), (Sentiment.NEUTRAL, "So-so", "face-neutral"), (Sentiment.BAD, "Badly", "face-bad"))
"""How it went: the value, its name and its icon."""


def support_words(kind: SupportKind) -> str:
    """How a rep was helped: "Ride-along"."""
    return kind.value.capitalize()


def when_words(visit: Visit) -> str:
    """When a visit was: "Nov 30, 2026, 9:00, 60 min", as far as that is known."""
    parts = [full_day(visit.day)]
    if visit.start_s is not None:
        parts.append(clock(visit.start_s))
    if visit.minutes is not None:
        parts.append(f"{visit.minutes} min")
    return ", ".join(parts)


def outcome_words(visit: Visit) -> str:
    """What came of a visit, and for whom: "Met", "Ride-along with Rep A, phone instead"."""
    outcome = visit.outcome.value
    if visit.support is None:
        return outcome.capitalize() + (f", with {visit.rep}" if visit.rep else "")
    return f"{support_words(visit.support)}{f' with {visit.rep}' if visit.rep else ''}, {outcome}"


def next_words(visit: Visit) -> str:
    """What is to be done next: "Send the quote by Dec 7"; empty when there is nothing."""
    return f"{visit.next_step} by {month_day(visit.next_day)}" if visit.next_day else visit.next_step


def seconds_of(text: str) -> int | None:
    """Seconds after midnight of "14:30" or "2:30 pm", None for an empty text; ValueError for anything else."""
    typed = text.strip().lower().replace(".", "")
    if not typed:
        return None
    bare = typed.removesuffix("am").removesuffix("pm").strip()
    seconds = time_of_day_s(bare)
    if typed == bare:
        return seconds
    if not 3600 <= seconds < 13 * 3600:
        raise ValueError(text)
    return seconds % (12 * 3600) + (12 * 3600 if typed.endswith("pm") else 0)


def names_in(text: str) -> tuple[str, ...]:
    """The names written in one line, each once: "Ann Lee, Bo Ray"."""
    return tuple(dict.fromkeys(name for part in text.replace(";", ",").split(",") if (name := " ".join(part.split()))))


def place_of_problem(visit: Visit, today: date) -> str:
    """Which part of the form a visit that was refused has to be mended in: "when", "next", "help" or "deal"."""
    if visit.day > today:
        return "when"
    if visit.support and not visit.rep:
        return "help"
    if visit.next_day and (not visit.next_step or visit.next_day < visit.day):
        return "next"
    return "deal" if visit.start_s is None and visit.stage_after else "when"
