"""Join answers of an Overpass server to one extract."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.errors import ServerProblem
from planner.model.places import Bounds
from planner.progress import Report


def write_pbf(answers: Sequence[Path], bounds: Bounds, target: Path, scratch: Path, report: Report) -> None:
    """Write all elements of some Overpass JSON answers to the `.osm.pbf` file `target`, each once, sorted by type and id.

    Answers are read one at a time, by way of a file in the folder `scratch`; joined they take some 90 bytes of memory a node. The header
    tells `bounds` and the date of the oldest answer. Raises ServerProblem when something in an answer is not an OSM element.
    """
    import osmium

    dates = []
    merged = osmium.MergeInputReader()
    one = scratch / "answer.osm.pbf"
    for number, path in enumerate(answers):
        report(0.9 * number / len(answers), "Writing the extract")
        answer = json.loads(path.read_text(encoding="utf-8"))
        dates.append(str(answer.get("osm3s", {}).get("timestamp_osm_base", "")))
        _write_elements(answer.get("elements", ()), one)
        merged.add_file(str(one))
    report(0.9, "Writing the extract")
    header = osmium.io.Header()
    header.set("generator", "Roadbook")
    header.set("sorting", "Type_then_ID")
    header.set("osmosis_replication_timestamp", min(filter(None, dates), default=""))
    header.add_box(osmium.osm.Box(bounds.west, bounds.south, bounds.east, bounds.north))
    with osmium.SimpleWriter(str(target), header=header, overwrite=True) as writer:
        merged.apply(writer, simplify=True)
    report(1.0, "The extract is written")


def _write_elements(elements: Sequence[dict[str, Any]], target: Path) -> None:
    import osmium

    with osmium.SimpleWriter(str(target), overwrite=True) as writer:
        try:
            for element in elements:
                writer.add(_osm_object(element))
        except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
            raise ServerProblem(
                "The Overpass server answers with something that is not a map.", f"{error!r}.", "Choose another server in the settings."
            ) from error


def _osm_object(element: dict[str, Any]) -> Any:
    """An element as osmium writes it; see https://wiki.openstreetmap.org/wiki/Overpass_API/Output_formats."""
    from osmium.osm import mutable

    tags = element.get("tags", {})
    match element["type"]:
        case "node":
            return mutable.Node(id=element["id"], location=(element["lon"], element["lat"]), tags=tags)
        case "way":
            return mutable.Way(id=element["id"], nodes=element.get("nodes", []), tags=tags)
        case "relation":
            members = [(member["type"][0], member["ref"], member["role"]) for member in element.get("members", [])]
            return mutable.Relation(id=element["id"], members=members, tags=tags)
        case kind:
            raise ValueError(f"an element of type {kind}")
