"""The map's colours, by day and by night."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from planner.model.week import VisitKind

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour the map uses, as #rrggbb or #aarrggbb.

    `fills` by kind of land, `roads` by class (fill, casing), `kinds` by purpose of the visit (fill, darker edge).
    """

    ground: str
    empty: str
    grid: str
    water: str
    water_line: str
    building: str
    building_edge: str
    boundary: str
    boundary_faint: str
    rail: str
    path: str
    apron: str
    fills: MappingProxyType[str, str]
    roads: MappingProxyType[str, tuple[str, str]]
    place_text: str
    minor_text: str
    street_text: str
    water_text: str
    park_text: str
    halo: str
    sign_paper: str
    sign_blue: str
    sign_red: str
    kinds: MappingProxyType[VisitKind, str]
    ring: str
    cluster: str
    cluster_text: str
    route: str
    route_casing: str
    other_route: str
    other_casing: str
    mark: str
    mark_text: str
    accent: str
    panel: str
    panel_edge: str
    panel_text: str
    panel_quiet: str
    scale_ink: str


LIGHT = Palette(
    ground="#f6f4ef",
    empty="#f1f3f6",
    grid="#e4e8ee",
    water="#b4d6ea",
    water_line="#a3cbe4",
    building="#e5e0d7",
    building_edge="#d3ccc0",
    boundary="#a895b4",
    boundary_faint="#c9bfd0",
    rail="#b9b8c0",
    path="#c8bca6",
    apron="#d9dbe6",
    fills=MappingProxyType(
        {
            "wood": "#d6e6ca",
            "grass": "#e2ecd5",
            "farm": "#f2f1e2",
            "residential": "#f0ede8",
            "commercial": "#f5ece5",
            "industrial": "#ecebf1",
            "aero": "#e7e9f0",
            "school": "#f4efdf",
            "hospital": "#f8e9e9",
            "rock": "#e8e5e0",
            "sand": "#f6eed5",
            "ice": "#f0f7fa",
            "wetland": "#d8e8e0",
            "park": "#cfe6c0",
            "pitch": "#c1dfb2",
            "parking": "#edeae6",
        }
    ),
    roads=MappingProxyType(
        {
            "highway": ("#f3b67c", "#d3935a"),
            "major": ("#fbe1a4", "#dcc184"),
            "medium": ("#fff7dd", "#d9d0b6"),
            "link": ("#f8d3a5", "#d9aa72"),
            "minor": ("#ffffff", "#d8d3ca"),
            "service": ("#ffffff", "#e3dfd7"),
        }
    ),
    place_text="#2b3240",
    minor_text="#556070",
    street_text="#5a5f69",
    water_text="#3f7ba6",
    park_text="#4c7a45",
    halo="#f2ffffff",
    sign_paper="#ffffff",
    sign_blue="#2f5597",
    sign_red="#b5353c",
    kinds=MappingProxyType(
        {
            VisitKind.CAPTURE: "#1f5fd6",
            VisitKind.CARE: "#0f766e",
            VisitKind.SUPPORT: "#b45309",
            VisitKind.DUTY: "#667085",
        }
    ),
    ring="#ffffff",
    cluster="#34507f",
    cluster_text="#ffffff",
    route="#1f5fd6",
    route_casing="#ffffff",
    other_route="#99a3b5",
    other_casing="#ccffffff",
    mark="#1d2430",
    mark_text="#ffffff",
    accent="#1f5fd6",
    panel="#f5ffffff",
    panel_edge="#dfe3ea",
    panel_text="#1d2430",
    panel_quiet="#5d6778",
    scale_ink="#2b3240",
)

DARK = Palette(
    ground="#1d2128",
    empty="#1a1e25",
    grid="#252b34",
    water="#22394d",
    water_line="#2a4459",
    building="#2a3039",
    building_edge="#353c47",
    boundary="#6f6480",
    boundary_faint="#453f50",
    rail="#4a5059",
    path="#4a4a48",
    apron="#333947",
    fills=MappingProxyType(
        {
            "wood": "#222d2b",
            "grass": "#232b2b",
            "farm": "#22272a",
            "residential": "#20252d",
            "commercial": "#26262d",
            "industrial": "#242732",
            "aero": "#262a34",
            "school": "#25262b",
            "hospital": "#2b262d",
            "rock": "#25282d",
            "sand": "#2d2b28",
            "ice": "#283039",
            "wetland": "#212f33",
            "park": "#22342d",
            "pitch": "#283c31",
            "parking": "#22272f",
        }
    ),
    roads=MappingProxyType(
        {
            "highway": ("#8a6a46", "#15181d"),
            "major": ("#665b45", "#15181d"),
            "medium": ("#4d4f50", "#171a20"),
            "link": ("#755c41", "#15181d"),
            "minor": ("#3a414b", "#191d23"),
            "service": ("#30363f", "#1b1f25"),
        }
    ),
    place_text="#dde3ec",
    minor_text="#a9b3c2",
    street_text="#a3abb8",
    water_text="#7fb2d6",
    park_text="#86b58b",
    halo="#e6161a20",
    sign_paper="#c3cad5",
    sign_blue="#345a96",
    sign_red="#a2474c",
    kinds=MappingProxyType(
        {
            VisitKind.CAPTURE: "#4d8bff",
            VisitKind.CARE: "#2bb3a2",
            VisitKind.SUPPORT: "#e8963a",
            VisitKind.DUTY: "#98a2b3",
        }
    ),
    ring="#10141a",
    cluster="#8fb0e8",
    cluster_text="#10141a",
    route="#5b96ff",
    route_casing="#0e1218",
    other_route="#6f7a8b",
    other_casing="#aa10141a",
    mark="#eef2f8",
    mark_text="#10141a",
    accent="#5b96ff",
    panel="#f0232932",
    panel_edge="#39414d",
    panel_text="#e8ecf2",
    panel_quiet="#a3adbb",
    scale_ink="#d5dbe5",
)

PALETTES: MappingProxyType[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})
