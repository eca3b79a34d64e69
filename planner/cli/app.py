"""The commands put together; problems told plainly with exit code 2."""

from collections.abc import Sequence

import typer

from planner.cli import (
    accounts,
    book,
    demo,
    edit,
    export_all,
    mileage,
    places,
    reports,
    roads,
    safety,
    settings,
    steps,
    team,
    today,
    trips,
    versions,
    visits,
    week,
)
from planner.cli.console import tell_problem
from planner.errors import Cancelled, UserProblem

EXIT_USER_PROBLEM = 2
EXIT_CANCELLED = 130

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Roadbook: plan a week of visits over real roads, without a network.")
app.add_typer(roads.app, name="roads")
app.add_typer(accounts.app, name="accounts")
app.add_typer(places.app, name="places")
app.add_typer(settings.app, name="settings")
app.add_typer(team.app, name="team")
app.add_typer(edit.app, name="week")
app.add_typer(versions.app, name="versions")
app.command("plan")(week.plan)
app.command("replan")(today.replan)
app.command("gap")(today.gap)
app.command("why")(edit.why)
app.command("solve")(week.solve)
app.command("export")(week.export)
app.command("export-all")(export_all.export_all)
app.command("log")(visits.log)
app.add_typer(visits.app, name="visits")
app.add_typer(trips.app, name="trips")
app.add_typer(mileage.app, name="mileage")
app.add_typer(reports.app, name="report")
app.add_typer(reports.duties, name="duties")
app.command("ready")(reports.ready)
app.command("mail")(reports.mail)
app.command("demo")(demo.demo)
app.callback()(safety.take_passphrase_file)
for name in ("undo", "redo", "history"):
    app.command(name)(getattr(steps, name))
for name, command in (
    ("show", book.show),
    ("set", book.set_),
    ("add", book.add),
    ("delete", book.delete),
    ("duplicates", book.duplicates),
    ("merge", book.merge_),
    ("distinct", book.distinct),
    ("history", book.history),
    ("presets", book.presets_),
):
    accounts.app.command(name)(command)
for name in ("backup", "restore", "check", "encrypt", "decrypt", "passphrase"):
    app.command(name)(getattr(safety, name))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 2 a problem the user can mend, 130 cancelled."""
    try:
        app(args=list(arguments), prog_name="roadbook", standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except UserProblem as problem:
        tell_problem(problem)
        return EXIT_USER_PROBLEM
    except (Cancelled, KeyboardInterrupt):
        return EXIT_CANCELLED
    return 0
