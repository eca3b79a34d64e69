"""Cut a footprint out of one or several OSM extracts, which may overlap or adjoin."""

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import BadInputFile
from planner.model.areas import Area
from planner.model.places import Bounds
from planner.progress import Report, part
from planner.roads.extract.sources import Source, node_places, survey
from planner.roads.extract.writer import ExtractWriter
from planner.values import Struct

Ids = NDArray[np.int64]
"""Ids in order. Bit sets would be quicker, but those of OSM are so scattered that a set for one town takes more than a gigabyte."""

_BATCH = 100_000
_REPORT_EVERY = 20_000
_NO_IDS = np.empty(0, np.int64)
_DRAWN_AS_LINES = frozenset(("2", "3", "4"))  # admin levels of borders too long to be kept whole


class _Kept(Struct, frozen=True):
    """The ids of the objects to keep."""

    nodes: Ids
    ways: Ids
    relations: Ids


class _Ways(Struct, frozen=True):
    """Ways that are kept, and their nodes that lie outside the area."""

    ids: Ids
    outside: Ids


class _Members(Struct, frozen=True):
    """The members of all relations, one a row: its relation, its kind (n, w or r) and id, and whether the relation is kept whole."""

    relation: Ids
    kind: NDArray[np.str_]
    ref: Ids
    whole: NDArray[np.bool_]


def cut_extract(sources: Sequence[Path], area: Area | None, target: Path, report: Report) -> None:
    """Merge extracts (.osm.pbf, .osm, .osm.gz, .osm.bz2) and write what lies in `area` (None: all of it) to `target`, a PBF file.

    Every object is written once, in its newest version. Ways with a node in the area are kept with all their nodes, and relations with a
    member that is kept: turn restrictions among them. Multipolygons and boundaries below the states' are kept with all their ways, so
    that a lake or a county at the edge stays whole; coastlines are kept in the whole box around the area, so that the sea can be closed.
    Memory grows by 8 bytes for each node in the box around the area.

    Raises BadInputFile when a source cannot be read or the area has nothing in it, and OSError when the disk does not take the file.
    """
    with tempfile.TemporaryDirectory(prefix=".cut-", dir=target.parent) as scratch:
        share = 0.3 / len(sources)
        read = [survey(path, Path(scratch), part(report, share * at, share * (at + 1))) for at, path in enumerate(sources)]
        kept = None if area is None else _kept(read, area, part(report, 0.3, 0.7))
        bounds = _union([one.bounds for one in read]) if area is None else area.bounds
        with ExtractWriter(target, bounds, min(one.data_date for one in read)) as writer:
            for thing in _told(_chosen(read, kept), _expected(read, kept), "Writing the extract", part(report, 0.7, 1.0)):
                writer.add(thing)


def _union(boxes: list[Bounds | None]) -> Bounds | None:
    """The box around all boxes; unknown when one of them is."""
    known = [box for box in boxes if box is not None]
    if len(known) < len(boxes):
        return None
    return Bounds(
        min(box.south for box in known),
        min(box.west for box in known),
        max(box.north for box in known),
        max(box.east for box in known),
    )


def _expected(sources: list[Source], kept: _Kept | None) -> int:
    if kept is None:
        return sum(one.nodes + one.ways + one.relations for one in sources)
    return len(kept.nodes) + len(kept.ways) + len(kept.relations)


def _chosen(sources: list[Source], kept: _Kept | None) -> Iterator[Any]:
    from osmium.osm import NODE, RELATION, WAY

    if kept is None:
        return chain.from_iterable(_merged(sources, kind) for kind in (NODE, WAY, RELATION))
    wanted = ((NODE, kept.nodes), (WAY, kept.ways), (RELATION, kept.relations))
    return chain.from_iterable(_only(_merged(sources, kind), ids) for kind, ids in wanted)


def _merged(sources: list[Source], kinds: Any) -> Iterator[Any]:
    """The objects of all sources in order, each in its newest version; of equal versions, the one that others have not shortened."""
    import osmium

    processors = [osmium.FileProcessor(one.path, kinds) for one in sources]
    if len(processors) == 1:
        yield from processors[0]
        return
    for versions in osmium.zip_processors(*processors):
        found = [one for one in versions if one is not None]
        yield found[0] if len(found) == 1 else max(found, key=_newness)


def _newness(thing: Any) -> tuple[int, int]:
    if thing.is_node():
        return thing.version, 0
    return thing.version, len(thing.nodes if thing.is_way() else thing.members)


def _only(things: Iterator[Any], ids: Ids) -> Iterator[Any]:
    """Those of the things, which come by id, whose id is among `ids`."""
    wanted = chain.from_iterable(ids[at : at + _BATCH].tolist() for at in range(0, len(ids), _BATCH))
    goal = next(wanted, None)
    for thing in things:
        while goal is not None and goal < thing.id:
            goal = next(wanted, None)
        if goal is None:
            return
        if goal == thing.id:
            yield thing


def _told(things: Iterable[Any], expected: int, text: str, report: Report) -> Iterator[Any]:
    report(0.0, text)
    for count, thing in enumerate(things, 1):
        if count % _REPORT_EVERY == 0:
            report(count / max(expected, count), text)
        yield thing
    report(1.0, text)


def _kept(sources: list[Source], area: Area, report: Report) -> _Kept:
    from osmium.osm import RELATION, WAY

    ways, relations = sum(one.ways for one in sources), sum(one.relations for one in sources)
    text = "Looking for what lies in the area"
    report(0.0, text)
    inside, beside = _nodes_in(sources, area)
    crossing = _ways_with(_told(_merged(sources, WAY), ways, text, part(report, 0.2, 0.8)), inside, beside)
    if not len(crossing.ids):
        raise BadInputFile(
            f"The extract has nothing in the area '{area.name}'.",
            "No road or other line of it has a point there.",
            "Choose an extract that covers the area, or another area.",
        )
    members = _members(_told(_merged(sources, RELATION), relations, text, part(report, 0.8, 0.85)))
    held = _relations_with(members, inside, crossing.ids)
    missing = np.setdiff1d(members.ref[members.whole & (members.kind == "w") & _among(members.relation, held)], crossing.ids)
    completing = _told(_only(_merged(sources, WAY), missing), len(missing), text, part(report, 0.85, 1.0))
    outside = np.fromiter((node.ref for way in completing for node in way.nodes), np.int64)
    return _Kept(np.unique(np.concatenate((inside, crossing.outside, outside))), np.union1d(crossing.ids, missing), held)


def _nodes_in(sources: list[Source], area: Area) -> tuple[Ids, Ids]:
    """The ids of the nodes in the area, and of those that are only in the box around it."""
    import shapely

    shape = shapely.union_all([shapely.make_valid(shapely.Polygon([(at.lon, at.lat) for at in ring])) for ring in area.outlines])
    shapely.prepare(shape)
    west, south, east, north = shape.bounds
    inside, beside = [_NO_IDS], [_NO_IDS]
    for ids, lon, lat in chain.from_iterable(map(node_places, sources)):
        boxed = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        taken = ids[boxed]
        within = shapely.intersects_xy(shape, lon[boxed], lat[boxed])
        inside.append(taken[within])
        beside.append(taken[~within])
    return np.unique(np.concatenate(inside)), np.unique(np.concatenate(beside))


def _ways_with(ways: Iterator[Any], inside: Ids, beside: Ids) -> _Ways:
    """The ways with a node `inside`, and the coastlines with one inside or `beside`."""
    kept, outside = [_NO_IDS], [_NO_IDS]
    ids, sizes, refs, coasts = array("q"), array("q"), array("q"), array("b")

    def sort_out() -> None:
        taken, ref = np.array(ids), np.array(refs, np.int64)
        owner = np.repeat(np.arange(len(taken)), np.array(sizes))
        here = _among(ref, inside)
        near = here | _among(ref, beside) & np.array(coasts, bool)[owner]
        keep = np.bincount(owner[near], minlength=len(taken)) > 0
        kept.append(taken[keep])
        outside.append(np.unique(ref[keep[owner] & ~here]))
        del ids[:], sizes[:], refs[:], coasts[:]

    for way in ways:
        before = len(refs)
        refs.extend(node.ref for node in way.nodes)
        ids.append(way.id)
        sizes.append(len(refs) - before)
        coasts.append(way.tags.get("natural") == "coastline")
        if len(refs) >= _BATCH:
            sort_out()
    sort_out()
    return _Ways(np.concatenate(kept), np.concatenate(outside))


def _members(relations: Iterator[Any]) -> _Members:
    owner, ref, kind, whole = array("q"), array("q"), [], array("b")
    for relation in relations:
        wholly = _is_kept_whole(relation.tags)
        for member in relation.members:
            owner.append(relation.id)
            ref.append(member.ref)
            kind.append(member.type)
            whole.append(wholly)
    return _Members(np.array(owner, np.int64), np.array(kind, "U1"), np.array(ref, np.int64), np.array(whole, bool))


def _is_kept_whole(tags: Any) -> bool:
    kind = tags.get("type")
    return kind == "multipolygon" or (kind == "boundary" and tags.get("admin_level", "") not in _DRAWN_AS_LINES)


def _relations_with(members: _Members, nodes: Ids, ways: Ids) -> Ids:
    """The relations with a member that is kept; relations that are kept count as well."""
    is_kept = ((members.kind == "n") & _among(members.ref, nodes)) | ((members.kind == "w") & _among(members.ref, ways))
    kept: Ids = np.unique(members.relation[is_kept])
    while True:
        more = np.union1d(kept, members.relation[(members.kind == "r") & _among(members.ref, kept)])
        if len(more) == len(kept):
            return kept
        kept = more


def _among(values: Ids, ids: Ids) -> NDArray[np.bool_]:
    """Which of the values are among the ids, which are in order."""
    if not len(ids):
        return np.zeros(len(values), bool)
    found: NDArray[np.bool_] = ids[np.minimum(np.searchsorted(ids, values), len(ids) - 1)] == values
    return found
