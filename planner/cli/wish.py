"""roadbook accounts wish: what she wants of one account."""

from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, day_in, message, print_json
from planner.cli.week import weekdays_in
from planner.model.wishes import Wish
from planner.usecases.accounts import find_account
from planner.usecases.settings import writing_in
from planner.usecases.wishes import clear_wish, get_wish, set_wish, wish_text
from planner.usecases.workspace import workspace_at


def wish(
    account: Annotated[str, typer.Argument(help="The account's number, CRM id or a part of its name.")],
    boost: Annotated[float | None, typer.Option(help="Points more or less for a visit.")] = None,
    must: Annotated[bool | None, typer.Option("--must/--no-must", help="A visit without fail in the weeks planned.")] = None,
    by: Annotated[str | None, typer.Option(help="See it by this day, such as 2026-12-10; “” for no such day.")] = None,
    days: Annotated[str | None, typer.Option(help="Only on these weekdays, such as Tue, Thu; “” for any.")] = None,
    every: Annotated[int | None, typer.Option(help="Visit it every so many days; 0 for as its tier says.")] = None,
    minutes: Annotated[int | None, typer.Option(help="How long a visit takes; 0 for as the settings say.")] = None,
    contract_end: Annotated[str | None, typer.Option(help="When its contract ends, such as 2027-02-01; “” for not known.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget first what you wanted of it before.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what you want of an account beyond what its file says; with nothing but the account, see what that is."""
    given = {
        "boost": boost,
        "must": must,
        "deadline": by and day_in(by),
        "weekdays": days and weekdays_in(days),
        "cadence_days": every,
        "visit_minutes": minutes,
        "contract_end": contract_end and day_in(contract_end),
    }
    changes = {name: value or getattr(Wish(0), name) for name, value in given.items() if value is not None}
    with workspace_at(home) as workspace:
        found = find_account(workspace, account)
        if clear:
            clear_wish(workspace, found.id)
        if changes:
            set_wish(workspace, found.id, **changes)
        wanted, writing = get_wish(workspace, found.id), writing_in(workspace)
    if as_json:
        print_json(_wish_data(wanted))
    else:
        message(f"{found.name}: {wish_text(wanted, writing)}.")


def _wish_data(wish: Wish) -> dict[str, Any]:
    return {
        "account": wish.account_id,
        "boost": wish.boost,
        "must": wish.must,
        "by": wish.deadline.isoformat() if wish.deadline else None,
        "days": wish.weekdays,
        "every": wish.cadence_days,
        "minutes": wish.visit_minutes,
        "contract_end": wish.contract_end.isoformat() if wish.contract_end else None,
    }
