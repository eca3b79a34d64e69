"""The map's colours, by day and by night: one table, a row for each thing that is drawn, with both colours in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from planner.model.week import VisitKind
from planner.values import Struct

Theme = Literal["light", "dark"]
Shades = tuple[str, str]
"""One colour as #rrggbb or #aarrggbb: by day, by night."""


class Palette(Struct, frozen=True):
    """Every colour the map uses, as #rrggbb or #aarrggbb.

    `fills` by kind of land, `roads` by class (fill) with their `casings`, `kinds` by purpose of the visit, `groups` for what has no order,
    `ramp` from the most to the least of what has one.
    """

    fills: Mapping[str, str]
    roads: Mapping[str, str]
    casings: Mapping[str, str]
    kinds: Mapping[VisitKind, str]
    groups: tuple[str, ...]
    ramp: tuple[str, ...]
    ground: str
    empty: str
    grid: str
    water: str
    water_line: str
    ferry: str
    pier: str
    building: str
    building_edge: str
    outside: str
    boundary: str
    boundary_band: str
    boundary_faint: str
    rail: str
    path: str
    apron: str
    runway: str
    one_way: str
    place_text: str
    minor_text: str
    street_text: str
    water_text: str
    park_text: str
    halo: str
    sign_paper: str
    sign_ink: str
    sign_blue: str
    sign_red: str
    ring: str
    cluster: str
    cluster_text: str
    route: str
    route_casing: str
    other_route: str
    other_casing: str
    mark: str
    mark_text: str
    rest: str
    area_edge: str
    area_text: str
    reach_near: str
    reach_middle: str
    reach_far: str
    accent: str
    panel: str
    panel_edge: str
    panel_text: str
    panel_quiet: str
    scale_ink: str
    is_light: bool


COLOURS: Mapping[str, Shades] = MappingProxyType(
    {
        # the ground and what lies on it
        "ground": ("#f6f4ef", "#1d2128"),
        "empty": ("#f1f3f6", "#1a1e25"),
        "grid": ("#e4e8ee", "#252b34"),
        "water": ("#b4d6ea", "#22394d"),
        "water_line": ("#a3cbe4", "#2a4459"),
        "ferry": ("#6d9fc4", "#4f7896"),
        "pier": ("#f6f4ef", "#1d2128"),
        "building": ("#e5e0d7", "#2a3039"),
        "building_edge": ("#cfc7ba", "#3b434f"),
        "outside": ("#1c4a5670", "#52000000"),
        "boundary": ("#a895b4", "#7f7392"),
        "boundary_band": ("#38a895b4", "#28857a99"),
        "boundary_faint": ("#c9bfd0", "#453f50"),
        "rail": ("#b0afb9", "#59606b"),
        "path": ("#c8bca6", "#4d4d4a"),
        "apron": ("#d9dbe6", "#333947"),
        "runway": ("#c6cad9", "#424958"),
        "one_way": ("#666b76", "#bcc4cf"),
        # words and signs
        "place_text": ("#2b3240", "#dde3ec"),
        "minor_text": ("#525d6d", "#a9b3c2"),
        "street_text": ("#575c66", "#a3abb8"),
        "water_text": ("#295b82", "#8cbbdc"),
        "park_text": ("#3b6735", "#86b58b"),
        "halo": ("#f2ffffff", "#e6161a20"),
        "sign_paper": ("#ffffff", "#c3cad5"),
        "sign_ink": ("#26303d", "#26303d"),
        "sign_blue": ("#2f5597", "#2f5188"),
        "sign_red": ("#b5353c", "#a2474c"),
        # accounts and routes
        "ring": ("#ffffff", "#10141a"),
        "cluster": ("#34507f", "#8fb0e8"),
        "cluster_text": ("#ffffff", "#10141a"),
        "route": ("#1f5fd6", "#5b96ff"),
        "route_casing": ("#ffffff", "#0e1218"),
        "other_route": ("#99a3b5", "#6f7a8b"),
        "other_casing": ("#ccffffff", "#aa10141a"),
        "mark": ("#1d2430", "#eef2f8"),
        "mark_text": ("#ffffff", "#10141a"),
        "rest": ("#8b93a1", "#7c8594"),
        # what lies under them
        "area_edge": ("#56627a", "#a9b6cc"),
        "area_text": ("#2b3240", "#e8edf5"),
        "reach_near": ("#0b3d91", "#c9dcff"),
        "reach_middle": ("#1f5fd6", "#6ea2ff"),
        "reach_far": ("#5b8def", "#3f6fc4"),
        # what does not move with the map
        "accent": ("#1f5fd6", "#5b96ff"),
        "panel": ("#f5ffffff", "#f0232932"),
        "panel_edge": ("#dfe3ea", "#39414d"),
        "panel_text": ("#1d2430", "#e8ecf2"),
        "panel_quiet": ("#5d6778", "#a3adbb"),
        "scale_ink": ("#2b3240", "#d5dbe5"),
    }
)

FILLS: Mapping[str, Shades] = MappingProxyType(
    {
        "wood": ("#d6e6ca", "#222d2b"),
        "grass": ("#e2ecd5", "#232b2b"),
        "farm": ("#f2f1e2", "#22272a"),
        "residential": ("#f0ede8", "#20252d"),
        "commercial": ("#f5ece5", "#26262d"),
        "industrial": ("#ecebf1", "#242732"),
        "aero": ("#e7e9f0", "#262a34"),
        "school": ("#f4efdf", "#25262b"),
        "hospital": ("#f8e9e9", "#2b262d"),
        "rock": ("#e8e5e0", "#25282d"),
        "sand": ("#f6eed5", "#2d2b28"),
        "ice": ("#f0f7fa", "#283039"),
        "wetland": ("#d8e8e0", "#212f33"),
        "park": ("#cfe6c0", "#22342d"),
        "pitch": ("#c1dfb2", "#283c31"),
        "parking": ("#edeae6", "#22272f"),
    }
)
"""By kind of land."""

ROADS: Mapping[str, tuple[Shades, Shades]] = MappingProxyType(
    {
        "highway": (("#f3b67c", "#8a6a46"), ("#d3935a", "#15181d")),
        "major": (("#fbe1a4", "#665b45"), ("#dcc184", "#15181d")),
        "medium": (("#fff7dd", "#4f5254"), ("#d9d0b6", "#171a20")),
        "link": (("#f8d3a5", "#755c41"), ("#d9aa72", "#15181d")),
        "minor": (("#ffffff", "#404853"), ("#d3cdc3", "#191d23")),
        "service": (("#ffffff", "#353c46"), ("#ddd8cf", "#1b1f25")),
        "drive": (("#ffffff", "#2f353f"), ("#e3dfd7", "#1b1f25")),
    }
)
"""By class of road: the fill and the casing around it."""

VISITS: Mapping[VisitKind, Shades] = MappingProxyType(
    {
        VisitKind.CAPTURE: ("#1f5fd6", "#4d8bff"),
        VisitKind.CARE: ("#0f766e", "#2bb3a2"),
        VisitKind.SUPPORT: ("#b45309", "#e8963a"),
        VisitKind.DUTY: ("#667085", "#98a2b3"),
    }
)

GROUPS: tuple[Shades, ...] = (
    ("#3251ef", "#257cfe"),
    ("#8e4e1c", "#e08617"),
    ("#036443", "#97f8c2"),
    ("#993db1", "#ba0cde"),
    ("#09968b", "#15b4b2"),
    ("#a5801a", "#e6be66"),
    ("#3b1474", "#cfadfc"),
    ("#f31373", "#f6437f"),
)
"""For groups without an order, such as owners, each of one hue by day and by night: readers who see red, green or blue otherwise can tell
any two of them apart."""

RAMP: tuple[Shades, ...] = (
    ("#2c1258", "#fcedab"),
    ("#6f2070", "#f6aa66"),
    ("#ab3054", "#e2708a"),
    ("#c75c2f", "#b062ab"),
    ("#b39426", "#6f62c4"),
)
"""From the most to the least: what is more stands out more from the ground, so that the order is seen without any colour."""


def _column[Key](rows: Mapping[Key, Shades], theme: int) -> Mapping[Key, str]:
    return MappingProxyType({name: shades[theme] for name, shades in rows.items()})


def _palette(theme: int) -> Palette:
    """One column of the table: 0 by day, 1 by night. A missing row ends the program at its start."""
    return Palette(
        fills=_column(FILLS, theme),
        roads=_column({name: fill for name, (fill, _) in ROADS.items()}, theme),
        casings=_column({name: casing for name, (_, casing) in ROADS.items()}, theme),
        kinds=_column(VISITS, theme),
        groups=tuple(shades[theme] for shades in GROUPS),
        ramp=tuple(shades[theme] for shades in RAMP),
        is_light=theme == 0,
        **_column(COLOURS, theme),
    )


LIGHT, DARK = _palette(0), _palette(1)
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})
