"""For solvers that use one thread: as many searches as there are threads, each in a process of its own, with different seeds."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from instances import Plan, Week

type Search = Callable[[Week, float, int], Plan]


def side_by_side(search: Search, week: Week, seconds: float, threads: int) -> tuple[list[Plan], float]:
    """The plan of each search, and the seconds that the slowest took. `search` takes the week, its seconds and its seed, 1 and up.

    Starting the processes is not counted.
    """
    with ProcessPoolExecutor(threads, mp_context=get_context("spawn")) as pool:
        begun = [pool.submit(_timed, search, week, seconds, seed) for seed in range(1, threads + 1)]
        plans, took = zip(*(search.result() for search in begun), strict=True)
    return list(plans), max(took)


def _timed(search: Search, week: Week, seconds: float, seed: int) -> tuple[Plan, float]:
    began = time.perf_counter()
    return search(week, seconds, seed), time.perf_counter() - began
