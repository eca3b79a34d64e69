"""Regions whose extracts a server offers."""

from dataclasses import dataclass

from planner.model.areas import Area


@dataclass(frozen=True, slots=True)
class Region:
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
