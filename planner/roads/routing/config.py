"""The configuration of Valhalla: the library's own defaults, with what is ours."""

from pathlib import Path
from typing import Any

SNAP_CUTOFF_M = 1000
"""A point farther than this from any road is nowhere near one: without a limit Valhalla snaps over many kilometres, silently."""


def valhalla_config(tiles: Path, *, log: bool = False) -> dict[str, Any]:
    """Configuration for building the tiles in the folder `tiles` and for routing on them; with `log`, progress goes to standard output."""
    from valhalla import get_config

    config: dict[str, Any] = get_config(tile_extract="", tile_dir=str(tiles), verbose=False)
    config["logging"] = {"type": "std_out" if log else "", "color": False}
    # Empty names, not the library's defaults: those point at files elsewhere on the machine.
    config["mjolnir"] |= dict.fromkeys(("tile_extract", "traffic_extract", "admin", "timezone", "landmarks"), "")
    config["mjolnir"] |= {"concurrency": 2, "max_cache_size": 500_000_000}
    # Places in parts of the road network that do not meet are an ordinary answer (no road leads there), not an error of the whole request.
    config["loki"]["use_connectivity"] = False
    # One search from each source: 1/6 of the time and 1/10 of the memory of the default for hundreds of places.
    config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
    # The default sets 4 million labels aside at each search, which costs more than a short search itself.
    config["thor"]["max_reserved_labels_count_dijkstras"] = 200_000
    config["service_limits"]["auto"] |= {
        "max_distance": 10_000_000.0,
        "max_locations": 20_000,
        "max_matrix_distance": 5_000_000.0,
        "max_matrix_location_pairs": 50_000_000,
    }
    config["service_limits"]["isochrone"] |= {"max_contours": 24, "max_time_contour": 600}
    config["service_limits"]["max_alternates"] = 8
    return config
