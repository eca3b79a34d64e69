"""Regions whose extracts a server offers."""

from planner.model.areas import Area
from planner.values import Struct


class Region(Struct, frozen=True):
    """A region with an extract to download.

    `full_name` leads to it ("North America / US / Pennsylvania"), `iso` is its ISO 3166-2 code ("US-PA", empty where it has none or
    several), `outline` what the extract covers.
    """

    id: str
    name: str
    parent: str
    full_name: str
    url: str
    iso: str
    outline: Area | None
