"""A made-up town of two street grids that do not meet."""

from planner.model.places import LatLon

STEP = 0.001  # degrees between two streets
SIDE = 9  # streets each way in a grid: more than Valhalla asks for to call roads a network
ISLAND = 0.05  # degrees from one grid to the other


def crossing(row: int, column: int, *, island: bool = False) -> LatLon:
    """A crossing of the town's grid, or of the one that no road leads to."""
    return LatLon(round(40.0 + row * STEP, 6), round(-77.0 + ISLAND * island + column * STEP, 6))


def town_xml(highway: str = "residential") -> str:
    """The town as OSM XML; every street has a name and the first house has an address."""
    nodes, ways = [], []
    for grid in (0, 1):
        first = grid * 1000 + 1

        def number(row: int, column: int, first: int = first) -> int:
            return first + row * SIDE + column

        for row in range(SIDE):
            for column in range(SIDE):
                point = crossing(row, column, island=grid == 1)
                nodes.append(
                    f'<node id="{number(row, column)}" lat="{point.lat}" lon="{point.lon}" version="1" timestamp="2024-05-06T07:08:09Z"/>'
                )
        lines = [[number(row, column) for column in range(SIDE)] for row in range(SIDE)]
        for index, line in enumerate([*lines, *map(list, zip(*lines, strict=True))]):
            refs = "".join(f'<nd ref="{node}"/>' for node in line)
            tags = f'<tag k="highway" v="{highway}"/><tag k="name" v="Street {grid}-{index}"/>'
            ways.append(f'<way id="{first + index}" version="1" timestamp="2024-05-06T07:08:09Z">{refs}{tags}</way>')
    house = '<tag k="addr:housenumber" v="1"/><tag k="addr:street" v="Street 0-0"/>'
    nodes.append(f'<node id="5000" lat="40.00005" lon="-76.9995" version="1" timestamp="2024-05-06T07:08:09Z">{house}</node>')
    return f'<?xml version="1.0"?><osm version="0.6" generator="test">{"".join(nodes)}{"".join(ways)}</osm>'
