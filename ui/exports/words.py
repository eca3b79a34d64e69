"""What an export holds, in words."""

from collections.abc import Mapping

from planner.usecases.export_everything import ExportedFiles
from ui.words import count

NAMES: Mapping[str, str] = {
    "accounts": "account",
    "contacts": "contact",
    "opportunities": "deal",
    "services": "service",
    "activities": "activity",
    "visits": "visit",
    "reps": "rep",
    "plans": "plan",
}
"""The kinds that are counted in words; the others are only in the files."""


def written_words(written: ExportedFiles) -> str:
    """What was written: how many files and records, and what is to be known of them, a line each."""
    counts = ", ".join(count(written.counts[kind], noun) for kind, noun in NAMES.items() if written.counts.get(kind))
    files = count(len(written.files), "file")
    lines = [f"{files} written: {counts}." if counts else f"{files} written; there are no accounts yet."]
    if written.sample:
        lines.append("This is the fictional sample territory, which is in use. Your own data is not in it.")
    return "\n".join([*lines, *written.notes])
