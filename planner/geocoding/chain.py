"""Place many addresses: by answers kept, by the road pack, by a server when online, and by ZIP at last."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from planner.errors import ServerProblem
from planner.geocoding.asked import Asked, read_asked
from planner.geocoding.confidence import SOURCE, best_of
from planner.geocoding.nominatim import Nominatim, Refused
from planner.geocoding.offline import Gazetteer
from planner.geocoding.zips import UsZips, locate_by_zip
from planner.model.places import Match, MatchQuality, PostalAddress
from planner.model.placing import AREA_ONLY, KeptAnswer
from planner.progress import Report, part
from planner.values import Struct, replace

_FAILURES = 3  # in a row, and it is not worth asking on
_OFFLINE_PART = 0.1  # of the whole work, when a server is asked too


class Located(Struct, frozen=True):
    """The matches in the order asked for; `problem` is why the server was given up, `unasked` how many addresses wait for another run."""

    matches: list[Match]
    problem: ServerProblem | None = None
    unasked: int = 0


Keep = Callable[[str, Match], None]
"""Called with an address's key and what the server said of it, as soon as it did."""


def locate_chain(
    addresses: Sequence[tuple[PostalAddress, str]],
    *,
    kept: Mapping[str, KeptAnswer],
    gazetteer: Gazetteer | None,
    online: Nominatim | None,
    zips: UsZips,
    today: date,
    report: Report,
    keep: Keep,
) -> Located:
    """Find the places of addresses, each with the name of its business (or empty text), the best of all that is known.

    `kept` holds the answers of servers by `address_key`; without a `gazetteer` the pack's part falls to ZIPs, without `online` no server is
    asked. A server that fails does not fail the work: the rest stays as the pack has it and is asked of another time. `report` is called
    ten times a second while a server is waited for; when it raises, what `keep` was given is not asked for again.
    """
    offline = _offline(addresses, gazetteer, zips, part(report, 0.0, _OFFLINE_PART if online else 1.0))
    if not kept and online is None:
        return Located(offline)
    asked = [read_asked(address, name) for address, name in addresses]
    answers = {key: one.match for key in {one.key for one in asked} if (one := kept.get(key)) is not None and one.holds(today)}
    problem, unasked = None, 0
    if online is not None:
        waiting = _waiting(asked, offline, answers)
        found, problem = ask_server(online, waiting, part(report, _OFFLINE_PART, 1.0), keep)
        answers |= found
        unasked = len(waiting) - len(found)
    matches = [best_of(match, answers.get(one.key)) for one, match in zip(asked, offline, strict=True)]
    return Located(matches, problem, unasked)


def wants_a_server(match: Match) -> bool:
    """Whether the pack's find is so poor that a server should be asked."""
    return match.quality in AREA_ONLY or (match.quality is MatchQuality.STREET and match.doubtful)


def ask_server(
    online: Nominatim, waiting: Mapping[str, Asked], report: Report, keep: Keep
) -> tuple[dict[str, Match], ServerProblem | None]:
    """Ask a server of one address after the other until it fails too often; returns what it said by their keys, and why it was given up.

    `report` and `keep` as for `locate_chain`.
    """
    found: dict[str, Match] = {}
    failures = 0
    begun = time.monotonic()
    for done, (key, one) in enumerate(waiting.items()):
        left = _left(done, len(waiting), time.monotonic() - begun, online.min_delay_s)
        text = f"Asking for {done + 1} of {len(waiting)} addresses, {left}"
        try:
            match = online.locate(one.address, one.name, partial(report, done / len(waiting), text))
        except ServerProblem as problem:
            failures += 1
            if failures == _FAILURES or isinstance(problem, Refused):
                return found, problem
            continue
        failures = 0
        found[key] = match or Match(
            None, MatchQuality.NONE, SOURCE, 0.0, one.address.one_line, "The server does not know it", doubtful=True
        )
        keep(key, found[key])
    return found, None


def _offline(addresses: Sequence[tuple[PostalAddress, str]], gazetteer: Gazetteer | None, zips: UsZips, report: Report) -> list[Match]:
    if gazetteer is not None:
        return gazetteer.locate_many(addresses, report)  # it falls back on ZIPs itself
    found = [locate_by_zip(address, zips) for address, _ in addresses]
    return [replace(match, note=f"No road pack yet; {match.note}") for match in found]


def _waiting(asked: Sequence[Asked], offline: Sequence[Match], answers: Mapping[str, Match]) -> dict[str, Asked]:
    """What to ask of a server: each address once."""
    waiting: dict[str, Asked] = {}
    for one, match in zip(asked, offline, strict=True):
        if wants_a_server(match) and one.may_go_online and one.key not in answers:
            waiting.setdefault(one.key, one)
    return waiting


def _left(done: int, total: int, spent_s: float, delay_s: float) -> str:
    """How long the rest will take at the pace so far, and never quicker than a server may be asked."""
    pace_s = max(delay_s, spent_s / done if done else 0.0)
    left_s = pace_s * (total - done)
    return f"about {left_s:.0f} s left" if left_s < 120 else f"about {left_s / 60:.0f} min left"
