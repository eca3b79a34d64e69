"""Answers as a Nominatim server writes them."""

from typing import Any

_HOUSE = {
    "house_number": "500",
    "road": "East College Avenue",
    "city": "State College",
    "county": "Centre County",
    "state": "Pennsylvania",
    "ISO3166-2-lvl4": "US-PA",
    "postcode": "16801",
    "country": "United States",
    "country_code": "us",
}


def place(
    lat: float = 40.8, lon: float = -77.85, *, kind: str = "building", sort: str = "yes", osm: str = "way", name: str = "", **parts: str
) -> dict[str, Any]:
    """A place of class `kind` and type `sort`; `parts` change its address, empty ones leave it."""
    address = {key: value for key, value in (_HOUSE | parts).items() if value}
    return {
        "place_id": 1,
        "osm_type": osm,
        "osm_id": 2,
        "lat": str(lat),
        "lon": str(lon),
        "class": kind,
        "type": sort,
        "name": name,
        "display_name": ", ".join(address.values()),
        "address": address,
    }
