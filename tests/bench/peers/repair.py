"""The simplest mending of a plan that breaks rules: leave visits out of broken days until they hold."""

from itertools import combinations
from types import ModuleType

from instances import Plan, Week

TOGETHER = 3


def repaired(week: Week, plan: Plan, checker: ModuleType) -> Plan:
    """The plan with the least value left out of each broken day: one visit, else two, else three; where that does not do, the visit of the
    least value goes first.

    Mandatory visits stay. What it cannot mend (a mandatory visit that is missing) stays as it is.
    """
    visits = {visit["id"]: visit for visit in week["visits"]}

    def value(ids: list[str]) -> float:
        return sum(visits[name]["value"] for name in ids)

    def holds(day: int, ids: list[str]) -> bool:
        return checker.check_day(week, day, [visits[name] for name in ids])[0] is None

    def mended(day: int, ids: list[str]) -> list[str]:
        while not holds(day, ids):
            free = [name for name in ids if not visits[name]["mandatory"]]
            if not free:
                break
            for count in range(1, TOGETHER + 1):
                shorter = ([name for name in ids if name not in out] for out in combinations(free, count))
                good = [rest for rest in shorter if holds(day, rest)]
                if good:
                    return max(good, key=value)
            ids = [name for name in ids if name != min(free, key=lambda name: visits[name]["value"])]
        return ids

    return [mended(day, ids) for day, ids in enumerate(plan)]
