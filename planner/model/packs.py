"""Road packs: what a footprint's roads, addresses and basemap look like on disk."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from planner.model.areas import Area
from planner.model.places import Bounds
from planner.values import Struct, field


class OriginKind(StrEnum):
    """How the data of a pack got onto the laptop."""

    FILE = "file"  # extracts on this laptop
    REGION = "region"  # an extract of the list of regions
    AREA = "area"  # an area by name or drawn, asked for piece by piece


class PackOrigin(Struct, frozen=True):
    """What a pack was built from, so that it can be built again.

    `sources` are the paths of extracts, or the addresses they were downloaded from; `area` is what was cut out of them, or asked for;
    `etag` and `last_modified` are what the server said of the downloaded file.
    """

    kind: OriginKind = OriginKind.FILE
    sources: tuple[str, ...] = ()
    area: Area | None = None
    etag: str = ""
    last_modified: str = ""


class PackFile(Struct, frozen=True):
    """One file of a pack: its path inside the pack (with /), bytes and SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class RoadPack(Struct, frozen=True):
    """A published pack.

    `id` is its folder's name, `source` the extract's file name, `data_date` the newest edit in the extract (ISO date, or empty),
    `built_at` ISO time in UTC, `builders` the versions of what built it. `sample` marks the fictional territory; `parts` says of each part
    (tiles, basemap, gazetteer) by a stamp what it was made from, so that only what changed is built again.
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
    origin: PackOrigin = PackOrigin()
    parts: Mapping[str, str] = field(default_factory=dict)

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

    @property
    def size(self) -> int:
        """Bytes of all files under a checksum."""
        return sum(file.size for file in self.files)
