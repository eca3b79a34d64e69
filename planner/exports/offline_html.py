"""A folium map as one HTML file that asks no network for anything.

Texts and data go into the page after folium has rendered it: branca renders every element as a Jinja template, twice, and a name with
braces in it would be run.
"""

import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.paths import resources_dir

if TYPE_CHECKING:
    import folium

_MODULES = "node_modules"
_STYLES = (f"{_MODULES}/leaflet/dist/leaflet.css", "route_map.css")
_SCRIPTS = (
    f"{_MODULES}/leaflet/dist/leaflet.js",
    f"{_MODULES}/protomaps-leaflet/dist/protomaps-leaflet.js",
    "basemap_style.js",
    "offline_tiles.js",
    "route_markers.js",
    "route_map.js",
)
_START = "roadbookRouteMap"

# The browser itself then refuses to load anything; links that the reader follows are no part of this.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_META = (
    f"""<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="referrer" content="no-referrer">"""
)


class Page:
    """The rendered page without its data; `filled` puts the data in."""

    def __init__(self) -> None:
        """Render the map; raises UserProblem when the web parts are not installed."""
        self._template = _rendered()

    def filled(self, title: str, data: Mapping[str, Any], tiles: Mapping[str, str]) -> str:
        """The whole file with its title, the data of the week and the basemap's tiles."""
        values = {"title": html.escape(title), "data": _json_block("week", data), "tiles": _json_block("tiles", tiles)}
        return re.sub(r"@@(title|data|tiles)@@", lambda slot: values[slot[1]], self._template)


def _rendered() -> str:
    web = resources_dir() / "web"
    missing = [name for name in (*_STYLES, *_SCRIPTS) if not (web / name).is_file()]
    if missing:
        raise UserProblem(
            "The map page cannot be written.",
            f"A part of it is not installed: {Path(missing[0]).name}.",
            'Run the set-up once more ("make setup"), with a network.',
        )
    page = _folium_map().get_root().render()
    styles = "".join(f"<style>{_style(web / name)}</style>" for name in _STYLES)
    scripts = "".join(f"<script>{_script(web / name)}</script>" for name in _SCRIPTS)
    head = f"{_META}<title>@@title@@</title>{styles}{scripts}"
    page = re.sub(r"<head>", lambda _: f"<head>{head}", page, count=1)
    page = re.sub(r"<html>", '<html lang="en">', page, count=1)
    return re.sub(r"</body>", lambda _: "@@data@@@@tiles@@</body>", page, count=1)


def _folium_map() -> "folium.Map":
    import folium
    from branca.element import MacroElement
    from jinja2 import Template

    class Start(MacroElement):
        """Hand the map to our own script, which draws the week on it."""

        _template = Template(f"{{% macro script(this, kwargs) %}}{_START}({{{{ this._parent.get_name() }}}});{{% endmacro %}}")

    page_map = folium.Map(tiles=None, location=(0, 0), zoom_start=2, min_zoom=7, max_zoom=18, zoom_control="topright")
    page_map.default_js, page_map.default_css = [], []  # folium's own are loaded from the network; the page carries its own
    page_map._id = "roadbook"  # noqa: SLF001 - folium's own is random, and the same week should give the same file
    start: Any = Start
    page_map.add_child(start())
    return page_map


def _style(path: Path) -> str:
    """A style sheet with its images inside."""

    def inlined(found: re.Match[str]) -> str:
        image = b64encode((path.parent / found[1]).read_bytes()).decode()
        return f"url(data:image/png;base64,{image})"

    return re.sub(r"url\([\"']?(?!data:|#)([^)\"']+\.png)[\"']?\)", inlined, path.read_text("utf-8"))


def _script(path: Path) -> str:
    """A script that may stand in a page, and does not send a debugger for its source map."""
    text = re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", path.read_text("utf-8"))
    return re.sub(r"<(?=/script|!--)", r"\\x3C", text, flags=re.IGNORECASE)


def _json_block(name: str, value: Mapping[str, Any]) -> str:
    """Data for scripts to read. Nothing in it can end the block, since it has no "<"."""
    text = json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'
