"""Left turns that real data forbids."""

from collections.abc import Iterator

from overpass_data import OsmData

from planner.model.places import LatLon


def left_turns(data: OsmData) -> Iterator[tuple[int, LatLon, LatLon, float]]:
    """Each forbidden left turn: its relation, a point before and one after the crossing, and the metres between them over it."""

    def at(node: int) -> LatLon:
        return LatLon(data.nodes[node]["lat"], data.nodes[node]["lon"])

    for number, relation in data.relations.items():
        if relation["tags"].get("restriction") != "no_left_turn":
            continue
        roles = {member["role"]: member["ref"] for member in relation["members"]}
        via = roles["via"]
        before, after = (data.ways[roles[role]]["nodes"] for role in ("from", "to"))
        begin = before[-2] if before[-1] == via else before[1]
        end = after[1] if after[0] == via else after[-2]
        yield number, at(begin), at(end), at(begin).metres_to(at(via)) + at(via).metres_to(at(end))
