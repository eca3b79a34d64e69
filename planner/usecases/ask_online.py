"""Ask a Nominatim server for the addresses that nothing on this laptop places well, when she allows it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planner import __version__
from planner.errors import Cancelled, UserProblem
from planner.model.accounts import Account
from planner.model.changes import Changes
from planner.model.places import Match
from planner.model.placing import KeptAnswer, OnlineQueue, wants_place
from planner.progress import Report, silent
from planner.settings import Settings
from planner.store import accounts as rows
from planner.store.accounts import accounts_of
from planner.store.kept_places import keep_answers, kept_answers
from planner.usecases.locate_accounts import located, match_of
from planner.usecases.packs import active_pack
from planner.usecases.places import places_to_check
from planner.usecases.settings import get_settings, writing_in
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from planner.geocoding.asked import Asked
    from planner.geocoding.chain import Keep
    from planner.geocoding.nominatim import Nominatim

USER_AGENT = f"Roadbook/{__version__} (desktop territory and travel planner)"
"""Who asks, as the usage policy of Nominatim servers wants it."""
_PAUSE_S = 1.0  # between two questions, by the same policy


class OnlineOutcome(Struct, frozen=True):
    """How many addresses were asked for and found, and how many are left for another run; `problem` is why the server was given up."""

    asked: int
    found: int
    left: int
    problem: UserProblem | None
    changes: Changes


def online_queue(workspace: Workspace) -> OnlineQueue:
    """The addresses that a run of `ask_online` would ask for, each once however many accounts share it."""
    settings, poor = get_settings(workspace), _poor_ones(workspace)
    waiting, server = _waiting(poor, _kept_of(workspace, poor)), settings.text("nominatim")
    return OnlineQueue(len(waiting), len(waiting) * _PAUSE_S, urlsplit(server).netloc or server, _is_allowed(settings))


def ask_online(workspace: Workspace, report: Report, *, most: int | None = None) -> OnlineOutcome:
    """Ask for the addresses of accounts that are poorly placed, `most` of them at most, and place the accounts by the answers in one step.

    Every answer is kept at once, "nothing found" included, so a run that is stopped or killed loses nothing and the next one goes on.
    A server that fails, or a cancel, ends the asking: what was found is told all the same. Raises UserProblem when she has not allowed it.
    """
    workspace.refuse_read_only()
    settings = get_settings(workspace)
    if not _is_allowed(settings):
        raise UserProblem(
            "Addresses are not looked up online.",
            "The setting “Look addresses up online” is off, so nothing is sent to any server.",
            "Switch it on in the settings, or with roadbook settings set ask_online yes.",
        )
    poor = _poor_ones(workspace)
    before = _kept_of(workspace, poor)
    waiting = _waiting(poor, before)
    answers: dict[str, KeptAnswer] = {}

    def keep(key: str, match: Match) -> None:
        answer = KeptAnswer(match, _today())
        with workspace.writing(None) as db:
            keep_answers(db, {key: answer})
        answers[key] = answer

    problem: UserProblem | None = None
    try:
        problem = _ask(settings.text("nominatim"), dict(islice(waiting.items(), most)), report, keep)
    except Cancelled:
        pass  # what was kept is told
    finally:
        changes = _place_by_answers(workspace, poor, before | answers)
    found = sum(answer.match.point is not None for answer in answers.values())
    return OnlineOutcome(len(answers), found, len(waiting) - len(answers), problem, changes)


def _ask(server: str, waiting: "Mapping[str, Asked]", report: Report, keep: "Keep") -> UserProblem | None:
    from planner.geocoding.chain import ask_server

    return ask_server(_server(server), waiting, report, keep)[1] if waiting else None


@cache
def _server(address: str) -> "Nominatim":
    """One for each server as long as the program runs: it keeps the pause between two questions, of two runs too."""
    from planner.geocoding.nominatim import Nominatim

    return Nominatim(address, USER_AGENT, _PAUSE_S)


def _poor_ones(workspace: Workspace) -> "list[tuple[Account, Asked]]":
    """The accounts of the book in use for which a better place should be looked for, the worst first, with what is asked of them."""
    from planner.geocoding.asked import read_asked

    accounts = [each.account for each in places_to_check(workspace) if wants_place(each.account)]
    return [(account, read_asked(account.address, account.name)) for account in accounts]


def _kept_of(workspace: Workspace, poor: "Sequence[tuple[Account, Asked]]") -> dict[str, KeptAnswer]:
    with workspace.reading() as db:
        return kept_answers(db, {asked.key for _account, asked in poor})


def _waiting(poor: "Sequence[tuple[Account, Asked]]", kept: Mapping[str, KeptAnswer]) -> "dict[str, Asked]":
    """What to ask for, by its key: what a server can know, and has not been asked for of late."""
    asked = {one.key: one for _account, one in poor if one.may_go_online}
    return {key: one for key, one in asked.items() if key not in kept or not kept[key].holds(_today())}


def _place_by_answers(workspace: Workspace, poor: "Sequence[tuple[Account, Asked]]", kept: Mapping[str, KeptAnswer]) -> Changes:
    """Place the poorly placed accounts by the answers that are kept, where those are better, as one step."""
    better = _better_placed(workspace, poor, kept)
    label = f"Place {writing_in(workspace).number(len(better))} account{'s' if len(better) != 1 else ''} by Nominatim"
    if not better:
        return Changes(label)
    with workspace.writing(label, sample=better[0][0].sample) as db:
        now = {account.id: account for account in accounts_of(db, [before.id for before, _after in better])}
        rows.save_accounts(db, [after for before, after in better if now.get(before.id) == before])  # not what she changed meanwhile
    return Changes(label, accounts=True)


def _better_placed(
    workspace: Workspace, poor: "Sequence[tuple[Account, Asked]]", kept: Mapping[str, KeptAnswer]
) -> list[tuple[Account, Account]]:
    """The poorly placed accounts that a kept answer places better, before and after."""
    from planner.geocoding.confidence import SOURCE, trust

    known = [(account, kept[asked.key].match) for account, asked in poor if asked.key in kept]
    promising = [account for account, match in known if trust(match) > trust(match_of(account))]
    placed = located(workspace, active_pack(workspace), promising, silent) if promising else []
    return [
        (before, after)
        for before, after in zip(promising, placed, strict=True)
        if after.match_source == SOURCE and trust(match_of(after)) > trust(match_of(before))
    ]


def _is_allowed(settings: Settings) -> bool:
    return settings.text("ask_online") == "yes"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - her own calendar day
