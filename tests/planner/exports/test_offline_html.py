import json
import re

import pytest

from planner.errors import UserProblem
from planner.exports import offline_html
from planner.exports.offline_html import Page

HOSTILE = "</script><script>alert(1)</script><!-- {{ 7*7 }} {% raw %} ${1+1} `x` \\ \" ' & é \u2028 @@tiles@@"


@pytest.fixture(scope="module")
def page(web_parts) -> Page:
    return Page()


def blocks(html):
    return {
        name: json.loads(text) for name, text in re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', html, re.DOTALL)
    }


def test_data_comes_out_as_it_went_in_whatever_is_in_it(page):
    found = blocks(page.filled("Week", {"name": HOSTILE}, {"1/0/0": "H4sI"}))
    assert found == {"week": {"name": HOSTILE}, "tiles": {"1/0/0": "H4sI"}}


def test_the_title_is_text(page):
    html = page.filled("<b>Week & {{ 7*7 }}</b>", {}, {})
    assert "<title>&lt;b&gt;Week &amp; {{ 7*7 }}&lt;/b&gt;</title>" in html


def test_a_hostile_name_adds_no_markup(page):
    plain, hostile = (page.filled("Week", {"name": name}, {}) for name in ("x", HOSTILE))
    for mark in ("<script", "</script", "<!--", "<style"):
        assert hostile.lower().count(mark) == plain.lower().count(mark)


def test_nothing_is_loaded_from_anywhere(page):
    html = page.filled("Week", {}, {})
    assert not re.findall(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=", html)
    assert "url(http" not in html
    assert "@import" not in html
    assert "sourceMappingURL" not in html
    assert "default-src 'none'" in html


def test_images_of_style_sheets_are_inside(page):
    html = page.filled("Week", {}, {})
    assert re.findall(r"url\((?!data:|#)", re.search(r"<style>.*?</style>", html, re.DOTALL)[0]) == []
    assert "url(data:image/png;base64,iVBOR" in html


def test_licences_of_what_is_carried_stay_in(page):
    assert "Leaflet 1.9.4" in page.filled("Week", {}, {})


def test_the_same_week_gives_the_same_page(page):
    assert Page().filled("Week", {}, {}) == page.filled("Week", {}, {})


def test_without_the_web_parts_the_user_is_told_to_run_the_set_up(tmp_path, monkeypatch):
    monkeypatch.setattr(offline_html, "resources_dir", lambda: tmp_path)
    with pytest.raises(UserProblem, match=r"leaflet\.css") as told:
        Page()
    assert "set-up" in told.value.remedy
