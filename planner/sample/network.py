"""From drawn lines to a road network: streets meet where they cross, loose stubs go, islands go, water and rails are bridged."""

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from planner.sample.geometry import Buckets, Crosser, Line, length, meeting, nearest, point_at, stations
from planner.sample.streets import Street, insert_point
from planner.values import Struct, replace

Key = tuple[int, int]
_Piece = tuple[int, int, complex, complex]
_Cuts = defaultdict[tuple[int, int], list[tuple[float, complex]]]


def key(point: complex) -> Key:
    """What makes two vertices the same node: the same decimetre."""
    return round(point.real * 10), round(point.imag * 10)


def join(streets: list[Street]) -> list[Street]:
    """Give streets that cross at grade a shared vertex at each crossing, and ends that touch a street a vertex on it."""
    cuts: _Cuts = defaultdict(list)
    cells: defaultdict[Key, list[_Piece]] = defaultdict(list)
    for k, street in enumerate(streets):
        if street.at_grade:
            for i, (a, b) in enumerate(pairwise(street.line)):
                piece = k, i, a, b
                around = _cells(a, b)
                for other in {other for cell in around for other in cells.get(cell, ())}:
                    if other[0] != k or abs(other[1] - i) > 1:
                        _meet(piece, other, cuts)
                for cell in around:
                    cells[cell].append(piece)
    joined = []
    for k, street in enumerate(streets):
        line: Line = []
        for i, point in enumerate(street.line):
            line.append(point)
            line += [vertex for _t, vertex in sorted(cuts.get((k, i), ()), key=lambda cut: cut[0])]
        joined.append(replace(street, line=_without_repeats(line)))
    return joined


def _cells(a: complex, b: complex) -> list[Key]:
    """The squares of 90 metres that the box around a segment, a metre wider, touches."""
    low_x, high_x = sorted((a.real, b.real))
    low_y, high_y = sorted((a.imag, b.imag))
    columns = range(math.floor((low_x - 1) / 90), math.floor((high_x + 1) / 90) + 1)
    rows = range(math.floor((low_y - 1) / 90), math.floor((high_y + 1) / 90) + 1)
    return [(column, row) for column in columns for row in rows]


def _meet(one: _Piece, other: _Piece, cuts: _Cuts) -> None:
    """Note where two segments cross, or where an end of one touches the other."""
    k, i, a, b = one
    j, h, c, d = other
    hit = meeting(a, b, c, d)
    if hit:
        point = a + (b - a) * hit[0]
        point = next((end for end in (a, b, c, d) if abs(end - point) < 0.6), point)
        cuts[k, i].append((hit[0], point))
        cuts[j, h].append((hit[1], point))
        return
    for first, last, home, ends in ((c, d, (j, h), (a, b)), (a, b, (k, i), (c, d))):
        for end in ends:
            share = _foot(first, last, end)
            if share is not None:
                cuts[home].append((share, end))


def _foot(a: complex, b: complex, point: complex) -> float | None:
    """How far along a-b the point lies when it is within a metre of it; None otherwise."""
    base = b - a
    size = abs(base)
    if size < 1e-6:
        return None
    t = ((point - a) * base.conjugate()).real / (size * size)
    return t if 0 <= t <= 1 and abs(point - a - base * t) < 1.0 else None


def _without_repeats(line: Line) -> Line:
    kept = [line[0]]
    for point in line[1:]:
        if key(point) != key(kept[-1]):
            kept.append(point)
    return kept


def junctions(streets: Iterable[Street]) -> dict[Key, int]:
    """How many street ends meet at each vertex: 1 for a dead end, 2 along a street, 3 and more at a junction."""
    ends: defaultdict[Key, int] = defaultdict(int)
    for street in streets:
        for a, b in zip(street.line, street.line[1:], strict=False):
            ends[key(a)] += 1
            ends[key(b)] += 1
    return ends


def merged(streets: list[Street], reach: float) -> list[Street]:
    """Make one of junctions and ends that lie within `reach` metres of each other, and drop plain vertices that close to a junction."""
    degree = junctions(streets)
    stands_for: dict[Key, complex] = {}
    chosen: Buckets[None] = Buckets(20.0)
    for street in streets:
        for k, point in enumerate(street.line):
            if key(point) not in stands_for and (degree[key(point)] != 2 or k in {0, len(street.line) - 1}):
                known = min((at for at, _ in chosen.near(point, reach)), key=lambda at: abs(at - point), default=None)
                if known is None:
                    chosen.add(point, None)
                stands_for[key(point)] = point if known is None else known
    moved = [replace(street, line=_onto(street.line, stands_for, reach)) for street in streets]
    return [street for street in moved if len(street.line) > 1]


def _onto(line: Line, stands_for: dict[Key, complex], reach: float) -> Line:
    """The line with its junctions moved to those that stand for them, and without plain vertices close to these."""
    kept: Line = []
    for point in line:
        spot = stands_for.get(key(point))
        if spot is not None:
            while kept and key(kept[-1]) not in stands_for and abs(kept[-1] - spot) < reach:
                kept.pop()
            kept.append(spot)
        elif not kept or abs(kept[-1] - point) >= reach:
            kept.append(point)
    return _without_repeats(kept)


def without_stubs(streets: list[Street], longest: float) -> list[Street]:
    """Cut back ends that lead nowhere after at most `longest` metres; streets that stand wholly alone stay."""
    degree = junctions(streets)
    kept = []
    for street in streets:
        line = street.line
        for _end in range(2):
            line = line[::-1]
            if street.highway == "residential" and degree[key(line[-1])] == 1:
                last = next((i for i in range(len(line) - 2, -1, -1) if degree[key(line[i])] > 2), None)
                if last is not None and length(line[last:]) <= longest:
                    line = line[: last + 1]
        if len(line) > 1:
            kept.append(replace(street, line=line))
    return kept


def connected(streets: list[Street]) -> list[Street]:
    """The streets that belong to the largest network; islands are left out."""
    parent: dict[Key, Key] = {}

    def root(item: Key) -> Key:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for street in streets:
        for point in street.line[1:]:
            parent[root(key(point))] = root(key(street.line[0]))
    sizes: defaultdict[Key, float] = defaultdict(float)
    for street in streets:
        sizes[root(key(street.line[0]))] += length(street.line)
    main = max(sizes, key=lambda item: sizes[item])
    return [street for street in streets if root(key(street.line[0])) == main]


def level_crossings(streets: list[Street], track: Line) -> tuple[list[Street], Line, Line]:
    """Give streets and the railway a shared vertex where they cross; returns the streets, the track and these vertices."""
    crosser = Crosser(track)
    found: Line = []
    kept = []
    for street in streets:
        line = street.line
        for s in crosser.stations_on(line) if street.at_grade else ():
            line, vertex = insert_point(line, point_at(street.line, stations(street.line), s)[0])
            found.append(vertex)
        kept.append(replace(street, line=line))
    marked = [(nearest(track, vertex)[1], vertex) for vertex in found]
    merged = sorted([*zip(stations(track), track, strict=True), *marked], key=lambda each: each[0])
    return kept, [vertex for _s, vertex in merged], found


class Span(Struct, frozen=True):
    """A stretch of a street, all on the ground or all on a bridge."""

    street: Street
    line: Line
    bridge: bool


def spans(street: Street, water: Iterable[Crosser], below: Iterable[Crosser]) -> list[Span]:
    """Divide a street where it goes onto bridges: from bank to bank of the water's edge lines, and over the lines below it."""
    along = stations(street.line)
    marks = sorted(s for bank in water for s in bank.stations_on(street.line))
    decks = [(a - 9, b + 9) for a, b in zip(marks[::2], marks[1::2], strict=False)] + [
        (s - 24, s + 24) for line in below for s in line.stations_on(street.line)
    ]
    merged: list[tuple[float, float]] = []
    for begin, end in sorted(decks):
        low, high = max(begin, 0.0), min(end, along[-1])
        if merged and low < merged[-1][1] + 25:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return _lay(street, along, merged)


def _lay(street: Street, along: list[float], decks: list[tuple[float, float]]) -> list[Span]:
    vertices = list(zip(along, street.line, strict=True))
    breaks = []
    for s in (end for deck in decks for end in deck):
        close = min(along, key=lambda station: abs(station - s))
        if abs(close - s) > 2:
            vertices.append((s, point_at(street.line, along, s)[0]))
            close = s
        breaks.append(close)
    vertices.sort(key=lambda vertex: vertex[0])
    edges = [0.0, *breaks, along[-1]]
    found = []
    for k, (low, high) in enumerate(pairwise(edges)):
        if high > low:
            found.append(Span(street, [point for s, point in vertices if low <= s <= high], k % 2 == 1))
    return found
