"""A small plot of measured points with both axes logarithmic, written as SVG by hand."""

import math
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 460, 340
LEFT, RIGHT, TOP, BOTTOM = 74, 20, 44, 52
INK, GRID, POINT, LINE = "#1f2933", "#d5dbe1", "#0b6bcb", "#c2410c"


@dataclass(frozen=True)
class Panel:
    """One plot: (x, y) points; `lines` are (label, two ends) drawn dashed, `x_ticks` and `y_ticks` are labelled."""

    title: str
    x_label: str
    y_label: str
    points: list[tuple[float, float]]
    x_ticks: list[float]
    y_ticks: list[float]
    lines: list[tuple[str, tuple[float, float], tuple[float, float]]] = field(default_factory=list)


def as_svg(panels: list[Panel]) -> str:
    """The panels side by side on white."""
    drawn = "\n".join(f'<g transform="translate({number * WIDTH} 0)">\n{_panel(panel)}\n</g>' for number, panel in enumerate(panels))
    size = f'width="{WIDTH * len(panels)}" height="{HEIGHT}" viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}"'
    style = f'font-family="sans-serif" font-size="12" fill="{INK}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n<rect width="100%" height="100%" fill="#fff"/>\n{drawn}\n</svg>\n'


def _panel(panel: Panel) -> str:
    def x(value: float) -> float:
        return _along(value, panel.x_ticks, LEFT, WIDTH - RIGHT)

    def y(value: float) -> float:
        return _along(value, panel.y_ticks, HEIGHT - BOTTOM, TOP)

    middle, bottom = (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM
    parts = [_text(panel.title, LEFT, 24, "start", 'font-weight="bold" font-size="14"')]
    for tick in panel.x_ticks:
        parts += [_line(x(tick), bottom, x(tick), TOP, GRID), _text(f"{tick:,g}", x(tick), bottom + 18)]
    for tick in panel.y_ticks:
        parts += [_line(LEFT, y(tick), WIDTH - RIGHT, y(tick), GRID), _text(f"{tick:,g}", LEFT - 8, y(tick) + 4, "end")]
    parts += [_line(LEFT, bottom, WIDTH - RIGHT, bottom, INK), _line(LEFT, bottom, LEFT, TOP, INK)]
    for label, (x0, y0), (x1, y1) in panel.lines:
        parts.append(_line(x(x0), y(y0), x(x1), y(y1), LINE, 'stroke-dasharray="6 4"'))
        parts.append(_text(label, x(x1), y(y1) - 8, "end", f'fill="{LINE}"'))
    parts += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="4" fill="{POINT}"/>' for a, b in panel.points]
    parts.append(_text(panel.x_label, middle, HEIGHT - 12))
    parts.append(_text(panel.y_label, 0, 0, "middle", f'transform="translate(18 {(TOP + bottom) / 2:.0f}) rotate(-90)"'))
    return "\n".join(parts)


def _along(value: float, ticks: list[float], begin: float, end: float) -> float:
    """Where a value lies between the first and the last tick, on a logarithmic scale."""
    low, high = math.log(ticks[0]), math.log(ticks[-1])
    return begin + (math.log(value) - low) / (high - low) * (end - begin)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" {more}/>'


def _text(text: str, x: float, y: float, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'
