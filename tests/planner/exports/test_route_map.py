import functools
import http.server
import threading
from datetime import date
from itertools import pairwise

import pytest

from planner.errors import Cancelled
from planner.exports.route_map import write_route_map
from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import Leg, Route
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.model.writing import Writing
from planner.progress import silent

WEEK = IsoWeek(2026, 49)
HOME = NamedPlace("Home & <Office>", LatLon(40.0, -75.04))
HOSTILE = "<script>window.hurt = 1</script>\"'`${window.hurt = 2}{{ 7*7 }}<img src=x onerror='window.hurt = 3'>"


# Whether the tile in the middle of the map is painted in the blue of water there.
BLUE_IN_THE_MIDDLE = """(() => {
  const box = map_roadbook.getContainer().getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return [...document.querySelectorAll('canvas.leaflet-tile-loaded')].some((tile) => {
    const at = tile.getBoundingClientRect();
    if (x < at.left || x >= at.right || y < at.top || y >= at.bottom) return false;
    const [r, , b] = tile.getContext('2d').getImageData(x - at.left, y - at.top, 1, 1).data;
    return b > r + 40;
  });
})()"""


def stop(key: str, title: str, kind: VisitKind, lon: float, arrive_s: int) -> Stop:
    return Stop(key, title, kind, LatLon(40.0, lon), arrive_s, arrive_s + 300, arrive_s + 3000, 600, 8_000)


def day(index: int, *stops: Stop) -> DayPlan:
    call = Duty("call", "Call with <b>Rep</b>", WEEK.day(index), 15 * 3600, 15 * 3600 + 1800)
    lunch = (12 * 3600, 12 * 3600 + 1800) if stops else None
    return DayPlan(WEEK.day(index), HOME, HOME, 8 * 3600, 16 * 3600, stops, 720 if stops else 0, 9_000 if stops else 0, lunch, (call,))


@pytest.fixture
def plan() -> WeekPlan:
    monday = day(
        0,
        stop("a", HOSTILE, VisitKind.CAPTURE, -75.02, 9 * 3600),
        stop("b", 'O\'Brien "Bros" & Sons', VisitKind.CARE, -75.00, 10 * 3600),
        stop("c", "Ride-along", VisitKind.SUPPORT, -75.00, 11 * 3600),
        stop("d", "Staff meeting", VisitKind.DUTY, -74.98, 13 * 3600),
    )
    return WeekPlan(WEEK, "America/New_York", (monday, day(1, stop("e", "Solo", VisitKind.CARE, -74.97, 9 * 3600)), day(2)))


@pytest.fixture
def routes(plan) -> dict[date, Route]:
    """Monday has its drives along the road; Tuesday's are not known."""
    points = [HOME.point, *(one.place for one in plan.days[0].stops), HOME.point]
    legs = tuple(Leg(600, 8_000, (a, LatLon(40.0, (a.lon + b.lon) / 2), b)) for a, b in pairwise(points))
    return {plan.days[0].day: Route(legs)}


@pytest.fixture
def write(plan, routes, tile_source, tmp_path, web_parts):
    """Write the map of the week with other options."""
    twelve_hours, made = Writing(twelve_hours=True), date(2026, 11, 23)
    return functools.partial(write_route_map, plan, routes, tile_source, tmp_path / "week.html", silent, made=made, writing=twelve_hours)


@pytest.fixture
def page(write, browser):
    """The map, open in a browser."""
    browser.open(write(notice="Fictional sample territory", addresses={"a": "1 <i>Main</i> St"}).as_uri())
    browser.until("document.querySelector('canvas.leaflet-tile-loaded')")
    return browser


def texts(page, selector):
    return page.run(f"[...document.querySelectorAll({selector!r})].map((one) => one.innerText)")


def choose(page, tab):
    page.run(f"document.querySelectorAll('.tabs button')[{tab}].click()")


def test_the_page_asks_for_nothing_but_itself(page):
    for tab in range(4):
        choose(page, tab)
    page.run("document.querySelector('.leaflet-marker-icon').click(); map_roadbook.setZoom(17, {animate: false}); 0")
    page.until("document.querySelector('.leaflet-popup')")
    assert [url for url in page.requests if not url.startswith("data:")] == [page.run("location.href")]


def test_the_check_for_requests_sees_those_of_another_page(browser, tmp_path):
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # the name the library calls
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            host = f"http://127.0.0.1:{server.server_port}"
            control = tmp_path / "control.html"
            control.write_text(
                f"<title>Control</title><img src='{host}/tile.png'><script>fetch('{host}/late', {{mode: 'no-cors'}})</script>"
            )
            browser.open(control.as_uri())
            browser.run(f"fetch('{host}/waited', {{mode: 'no-cors'}}).then(() => 0)")
        finally:
            server.shutdown()
    assert {"/tile.png", "/waited"} <= set(asked)
    assert {f"{host}/tile.png", f"{host}/late", f"{host}/waited"} <= set(browser.requests)


def test_even_a_page_that_was_tampered_with_may_not_ask(page):
    assert page.run("fetch('http://127.0.0.1:9/x', {mode: 'no-cors'}).then(() => 'asked', () => 'refused')") == "refused"


def test_the_page_has_no_errors(page):
    choose(page, 1)
    page.run("new Promise(requestAnimationFrame).then(() => 0)")
    assert page.console == []


def test_names_are_shown_as_they_are_and_run_nothing(page):
    choose(page, 1)
    assert HOSTILE in texts(page, ".list li b")
    page.run("document.querySelectorAll('.list li button')[1].click()")
    page.until("document.querySelector('.leaflet-popup .card')")
    card = texts(page, ".leaflet-popup .card")[0]
    assert HOSTILE in card
    assert "1 <i>Main</i> St" in card
    assert page.run("window.hurt === undefined")
    assert page.run("document.querySelectorAll('.panel img, .panel b b, .card i, .leaflet-marker-pane img').length") == 0


def test_the_basemap_is_painted_where_the_lake_is(page):
    page.run("map_roadbook.setView([40.02, -75.02], 14, {animate: false}); 0")
    page.until(BLUE_IN_THE_MIDDLE)


def test_the_head_says_which_week_it_is_and_that_it_is_fictional(page):
    assert page.run("document.title") == "Week 49 · Nov 30 – Dec 2, 2026"  # the dash of a span
    assert texts(page, ".notice") == ["Fictional sample territory"]
    assert texts(page, "header p") == ["4 visits · 1 h 14 min driving · 36.0 mi"]
    assert texts(page, "footer") == ["Made Nov 23, 2026 with Roadbook"]
    assert texts(page, ".leaflet-control-attribution") == ["© OpenStreetMap contributors"]
    assert texts(page, ".leaflet-control-scale")


def test_a_map_of_a_real_territory_has_no_banner(write, browser):
    browser.open(write().as_uri())
    assert browser.run("document.querySelector('.notice')") is None


def test_a_day_lists_its_stops_in_order_with_times_and_drives(page):
    choose(page, 1)
    rows = [row.replace("\n", " | ") for row in texts(page, ".list li")]
    assert [row.split(" | ")[0] for row in rows] == [
        "8:00 AM", "9:00 AM", "10:00 AM", "11:00 AM", "12:00 PM", "1:00 PM", "3:00 PM", "4:00 PM",
    ]  # fmt: skip
    assert "45 min · 10 min drive, 5.0 mi" in rows[2]
    assert "Lunch, 30 min" in rows[4]
    assert "Call with <b>Rep</b>, 30 min" in rows[6]
    assert "12 min drive, 5.6 mi" in rows[7]


def test_the_card_of_a_stop_leads_to_it(page):
    choose(page, 1)
    page.run("document.querySelectorAll('.list li button')[2].click()")
    page.until("document.querySelector('.leaflet-popup .card')")
    card = texts(page, ".leaflet-popup .card")[0]
    assert "Client care · Monday, Nov 30, stop 2" in card
    assert "wait 5 min, then 10:05 AM – 10:50 AM, 45 min" in card  # the dash of a span
    links = page.run("[...document.querySelectorAll('.card a')].map((a) => [a.innerText, a.href, a.rel])")
    assert [name for name, _, _ in links] == ["Google Maps", "Apple Maps", "Waze"]
    assert all("40.000000%2C-75.000000" in href and rel == "noopener noreferrer" for _, href, rel in links)


def test_a_chosen_day_is_strong_and_the_others_are_dimmed(page):
    choose(page, 2)
    dimmed = page.run("[...document.querySelectorAll('.stop-marker')].filter((m) => m.classList.contains('dimmed')).map((m) => m.title)")
    assert any(title.startswith("Mon 1") for title in dimmed)
    assert not any(title.startswith("Tue") for title in dimmed)
    choose(page, 0)
    assert page.run("document.querySelectorAll('.dimmed').length") == 0


def test_kinds_of_visit_differ_in_shape_and_colour(page):
    signs = page.run(
        "[...document.querySelectorAll('.stop-marker path:first-child')].map((p) => [p.getAttribute('fill'), p.getAttribute('d')])"
    )
    by_colour = dict(map(tuple, signs))
    assert {"#1f5fd6", "#0f766e", "#b45309", "#667085"} <= by_colour.keys()
    assert len({by_colour[colour] for colour in ("#1f5fd6", "#0f766e", "#b45309", "#667085")}) == 4


def test_drives_without_a_known_road_are_dashed(page):
    dashed = page.run("[...document.querySelectorAll('.leaflet-overlay-pane path[stroke-dasharray]')].map((p) => p.getAttribute('stroke'))")
    assert len(dashed) == 1


def test_a_day_without_stops_says_so(page):
    choose(page, 3)
    assert "No visits" in texts(page, ".list section")[0]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 568)])
def test_map_and_panel_share_the_window_without_overlap_or_overflow(write, browser, width, height):
    browser.open(write(notice="Fictional sample territory").as_uri(), width, height)
    choose(browser, 1)
    edges = "const b = document.querySelector(one).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]"
    boxes = browser.run(f"['.folium-map', '.panel'].map((one) => {{ {edges}; }})")
    (left, top, right, bottom), (p_left, p_top, p_right, p_bottom) = boxes
    assert p_right <= left or p_left >= right or p_top >= bottom - 0.5 or p_bottom <= top
    assert max(right, p_right) <= width
    assert (right - left) * (bottom - top) > 0.4 * width * height
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("[...document.querySelectorAll('.tabs button, .list button')].every((b) => b.scrollWidth <= b.clientWidth + 1)")


def test_the_file_stays_within_its_size_by_leaving_tiles_out(write):
    whole = write().stat().st_size
    smaller = write(max_bytes=whole - 1_000).stat().st_size
    assert smaller <= whole - 1_000


def test_where_close_tiles_are_missing_the_map_enlarges_farther_ones(write, browser):
    source = write.args[2]
    browser.open(write_route_map(*write.args[:2], lambda z, x, y: source(z, x, y) if z < 11 else None, *write.args[3:]).as_uri())
    browser.run("map_roadbook.setView([40.02, -75.02], 15, {animate: false}); 0")
    browser.until(BLUE_IN_THE_MIDDLE)


def test_a_map_without_basemap_still_shows_the_week(write, browser):
    browser.open(write_route_map(*write.args[:2], lambda *_: None, *write.args[3:]).as_uri())
    assert browser.run("document.querySelectorAll('.stop-marker').length") > 4
    assert browser.console == []


def test_a_week_without_days_is_a_page_too(browser, tmp_path, web_parts):
    out = write_route_map(WeekPlan(WEEK, "America/New_York", ()), {}, lambda *_: None, tmp_path / "none.html", silent)
    browser.open(out.as_uri())
    assert browser.run("document.title").startswith("Week 49")
    assert browser.console == []


def test_distances_follow_the_units(write):
    assert "8.0 km" not in write().read_text("utf-8")
    assert "8.0 km" in write(units="kilometres").read_text("utf-8")


def test_days_times_and_numbers_are_written_as_asked(write, browser):
    browser.open(write(writing=Writing("de_DE")).as_uri())
    assert browser.run("document.title") == "Week 49 · 30. Nov. – 2. Dez. 2026"  # the dash of a span
    assert texts(browser, "header p") == ["4 visits · 1 h 14 min driving · 36,0 mi"]
    assert texts(browser, "footer") == ["Made 23. Nov. 2026 with Roadbook"]
    choose(browser, 1)
    rows = texts(browser, ".list li")
    assert [row.split("\n")[0] for row in rows] == ["8:00", "9:00", "10:00", "11:00", "12:00", "13:00", "15:00", "16:00"]
    assert "5,0 mi" in rows[2]


def test_a_cancelled_export_leaves_the_old_file_whole(plan, routes, tile_source, tmp_path, web_parts):
    out = tmp_path / "week.html"
    out.write_text("the old map")

    def stop_late(fraction, _text):
        if fraction >= 0.9:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_route_map(plan, routes, tile_source, out, stop_late)
    assert [path.name for path in tmp_path.iterdir()] == ["week.html"]
    assert out.read_text() == "the old map"
