import json

import pytest

from planner.errors import BadInputFile
from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.instance import DaySpec, Solution, VisitSpec, build_instance

DAY = {"start": 0, "end": 0, "opens": 0, "closes": 36000, "max_drive": 9000, "lunch": {"earliest": 100, "latest": 200, "seconds": 50}}
VISIT = {"id": "a", "place": 1, "service": 60, "value": 5, "windows": [[0, 10, 20]], "mandatory": False, "group": None}
WEEK = {"format": "roadbook-week-1", "name": "w", "seconds": [[0, 5], [6, 0]], "days": [DAY], "visits": [VISIT]}


def test_a_week_is_read_from_its_file(tmp_path):
    path = tmp_path / "week.json"
    path.write_text(json.dumps(WEEK))
    instance = read_benchmark(path)
    assert instance.hop[instance.start_node(0), 0] == 5
    assert instance.hop[0, instance.end_node(0)] == 6
    assert instance.windows_of(0, 0) == [(10, 20)]
    assert instance.lunches_of(0) == [(100, 200)]
    assert benchmark_plan(instance, Solution(((0,),), 5.0, 11)) == {"days": [["a"]]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "other"}, "other"),
        ({"seconds": [[0, 1]]}, "square"),
        ({"seconds": [[0, 1.5], [1, 0]]}, "whole"),
        ({"seconds": [[0, 1], [1]]}, "not a week"),
        ({"seconds": [[0, -7], [1, 0]]}, "less than no time"),
        ({"seconds": [[0, float("nan")], [1, 0]]}, "whole"),
        ({"days": []}, "no days"),
        ({"days": [{**DAY, "start": 7}]}, "start"),
        ({"days": [{**DAY, "opens": "early"}]}, "opens"),
        ({"days": [{k: v for k, v in DAY.items() if k != "closes"}]}, "closes"),
        ({"visits": [VISIT, VISIT]}, "share an id"),
        ({"visits": [{**VISIT, "windows": [[3, 0, 1]]}]}, "windows"),
        ({"visits": [{**VISIT, "value": "NaN"}]}, "value"),
        ({"visits": [{**VISIT, "service": -1}]}, "service"),
        ({"visits": 4}, "not a week"),
    ],
)
def test_a_file_that_is_not_such_a_week_is_refused_with_what_is_wrong(tmp_path, change, told):
    path = tmp_path / "week.json"
    path.write_text(json.dumps(WEEK | change))
    with pytest.raises(BadInputFile, match=told):
        read_benchmark(path)


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", "\x00"])
def test_a_file_that_is_not_json_at_all_is_refused(tmp_path, text):
    path = tmp_path / "week.json"
    path.write_text(text)
    with pytest.raises(BadInputFile, match=r"week\.json"):
        read_benchmark(path)


def test_blocks_cut_the_windows_they_overlap():
    day = DaySpec(0, 0, 0, 1000, 1000, None, ((100, 200), (150, 250)))
    visit = VisitSpec("a", 0, 50, 1.0, ((0, 0, 400),))
    assert build_instance("w", [[0]], [day], [visit]).windows_of(0, 0) == [(0, 50), (250, 400)]
