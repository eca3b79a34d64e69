"""Build the basemap: OSM extract in, one PMTiles file of vector tiles out."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from planner.model.places import Bounds
from planner.progress import Report, part
from planner.roads.basemap.encode import Tile
from planner.roads.basemap.features import Box, FeatureFile, from_square
from planner.roads.basemap.read import read_extract
from planner.roads.basemap.sea import sea_polygons
from planner.roads.basemap.selection import LAYERS, MAX_ZOOM, MIN_ZOOM
from planner.roads.basemap.tiling import cut_tiles

ATTRIBUTION = "© OpenStreetMap contributors"


def build_basemap(extract: Path, out: Path, report: Report) -> Bounds:
    """Build the basemap of an OSM extract (.osm.pbf or .osm) at `out` and return what it covers.

    The file is written beside its place and renamed when whole. Raises BadInputFile when the extract cannot be used.
    """
    with FeatureFile(out.parent) as features:
        coast, outline, land = read_extract(extract, features, part(report, 0.0, 0.4))
        report(0.4, "Closing the coast")
        features.extend_square("water", (("kind", "sea"),), MIN_ZOOM, sea_polygons(coast, outline, land))
        bounds = _bounds(outline)
        _write(cut_tiles(features.table(), outline, part(report, 0.42, 0.97)), bounds, out, report)
    report(1.0, "The map is ready")
    return bounds


def _bounds(outline: Box) -> Bounds:
    (west, north), (east, south) = from_square(np.array(outline).reshape(2, 2)).tolist()
    return Bounds(south, west, north, east)


def _write(tiles: Iterator[tuple[Tile, bytes]], bounds: Bounds, out: Path, report: Report) -> None:
    """Write the tiles, which come block by block, in the order that readers want; until then they wait in a file."""
    from pmtiles import writer as pmtiles
    from pmtiles.tile import zxy_to_tileid

    library: Any = pmtiles  # has no types
    beside = out.with_name(out.name + ".part")
    try:
        with tempfile.TemporaryFile(dir=out.parent) as waiting, beside.open("wb") as file:
            places: list[tuple[int, int, int]] = []
            for tile, packed in tiles:
                places.append((zxy_to_tileid(*tile), waiting.tell(), len(packed)))
                waiting.write(packed)
            report(0.97, "Writing the map")
            writer = library.Writer(file)
            for tile_id, begin, size in sorted(places):
                waiting.seek(begin)
                writer.write_tile(tile_id, waiting.read(size))
            writer.finalize(_header(bounds), _metadata())
        beside.replace(out)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _header(bounds: Bounds) -> dict[str, Any]:
    from pmtiles.tile import Compression, TileType

    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(bounds.west * 1e7),
        "min_lat_e7": round(bounds.south * 1e7),
        "max_lon_e7": round(bounds.east * 1e7),
        "max_lat_e7": round(bounds.north * 1e7),
        "center_zoom": (MIN_ZOOM + MAX_ZOOM) // 2,
        "center_lon_e7": round(bounds.centre.lon * 1e7),
        "center_lat_e7": round(bounds.centre.lat * 1e7),
    }


def _metadata() -> dict[str, Any]:
    return {
        "name": "Roadbook basemap",
        "attribution": ATTRIBUTION,
        "generator": f"roadbook {version('roadbook')}",
        "vector_layers": [{"id": layer, "fields": {}} for layer in LAYERS],
    }
