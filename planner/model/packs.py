"""Road packs: what a footprint's roads, addresses and basemap look like on disk."""

from dataclasses import dataclass
from pathlib import Path

from planner.model.places import Bounds


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack: its path inside the pack (with /), bytes and SHA-256 in hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RoadPack:
    """A published pack.

    `id` is its folder's name, `source` the extract's file name, `data_date` the newest edit in the extract (ISO date, or empty),
    `built_at` ISO time in UTC, `builders` the versions of what built it. `sample` marks the fictional territory.
    """

    id: str
    name: str
    folder: Path
    source: str
    data_date: str
    built_at: str
    bounds: Bounds
    builders: dict[str, str]
    files: tuple[PackFile, ...]
    sample: bool = False

    @property
    def basemap(self) -> Path:
        """The vector tiles."""
        return self.folder / "basemap.pmtiles"

    @property
    def gazetteer(self) -> Path:
        """Addresses, streets, places and businesses."""
        return self.folder / "gazetteer.sqlite"

    @property
    def tiles(self) -> Path:
        """The folder of routing tiles."""
        return self.folder / "tiles"

    @property
    def travel(self) -> Path:
        """The drive times kept; filled as they are asked for, so not under a checksum."""
        return self.folder / "travel.sqlite"
