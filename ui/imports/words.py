"""What the wizard calls things."""

from planner.model.imports import Action, KindCounts, RecordKind, Source, TableSample, Take
from ui.words import count, number

KIND_NAMES = {
    RecordKind.ACCOUNTS: "Accounts",
    RecordKind.CONTACTS: "Contacts",
    RecordKind.OPPORTUNITIES: "Opportunities",
    RecordKind.SERVICES: "Billing: services",
    RecordKind.ACTIVITIES: "Activities",
    RecordKind.REPS: "Reps",
    RecordKind.CALENDAR: "Calendar",
}

NOUNS = {
    RecordKind.ACCOUNTS: "account",
    RecordKind.CONTACTS: "contact",
    RecordKind.OPPORTUNITIES: "opportunity",
    RecordKind.SERVICES: "service",
    RecordKind.ACTIVITIES: "activity",
    RecordKind.REPS: "rep",
    RecordKind.CALENDAR: "appointment",
}

SOURCE_NAMES = {Source.CRM: "CRM", Source.BILLING: "Billing", Source.TYPED: "My own list"}

SOURCE_HELP = (
    "Where the table comes from. Where two sources disagree, your own list counts more than the CRM, and the CRM more than billing."
)

TAKE_NAMES = {Take.UPDATE: "Update", Take.FILL: "Only where empty", Take.ALWAYS: "Always", Take.NEVER: "Never"}

TAKE_HELP = {
    Take.UPDATE: "Takes the place of the value that is there, unless that one comes from a better source. An empty cell changes nothing.",
    Take.FILL: "Is kept only where there is no value yet.",
    Take.ALWAYS: "Takes the place of any value that is there. An empty cell empties it.",
    Take.NEVER: "Changes no record that is there; only new ones get it.",
}

ACTION_NAMES = {Action.ADDED: "Added", Action.CHANGED: "Changed", Action.UNCHANGED: "As before", Action.REMOVED: "Removed"}


def table_name(sample: TableSample) -> str:
    """A table by its file, and its sheet where it has one."""
    return f"{sample.file} · {sample.sheet}" if sample.sheet else sample.file


def counts_words(kind: RecordKind, counts: KindCounts) -> str:
    """Counts in one line: "990 accounts added, 3 changed, 2 as before"."""
    done = [(many, ACTION_NAMES[action].lower()) for action, many in numbers_of(counts).items() if many]
    if not done:
        return f"No {NOUNS[kind]}"
    (first, how), *others = done
    return ", ".join([f"{count(first, NOUNS[kind])} {how}", *(f"{number(many)} {how}" for many, how in others)])


def one_line(text: str, longest: int = 120) -> str:
    """A cell as it fits into a line of a list: without line breaks, cut where it is very long."""
    short = " ".join(text[: 4 * longest].split())
    return f"{short[:longest]}…" if len(short) > longest or len(text) > 4 * longest else short


def numbers_of(counts: KindCounts) -> dict[Action, int]:
    """The counts by what is done."""
    return {
        Action.ADDED: counts.added,
        Action.CHANGED: counts.changed,
        Action.UNCHANGED: counts.unchanged,
        Action.REMOVED: counts.removed,
    }
