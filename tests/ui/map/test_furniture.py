import pytest

from ui.map.furniture import scale_bar


@pytest.mark.parametrize(
    ("metres_per_px", "metric", "text"),
    [(40.0, False, "2 mi"), (12.0, False, "½ mi"), (2.0, False, "500 ft"), (40.0, True, "2 km"), (2.0, True, "200 m")],
)
def test_the_scale_bar_shows_a_round_length(metres_per_px, metric, text):
    assert scale_bar(metres_per_px, metric=metric).text == text


@pytest.mark.parametrize("metric", [True, False])
def test_the_scale_bar_is_as_long_as_it_says(metric):
    units = {"mi": 1609.344, "ft": 0.3048, "km": 1000.0, "m": 1.0}
    for exponent in range(-8, 60):
        metres_per_px = 1.3**exponent / 10
        bar = scale_bar(metres_per_px, metric=metric)
        amount, unit = bar.text.replace("½", "0.5").replace(",", "").split()
        assert bar.width_px * metres_per_px == pytest.approx(float(amount) * units[unit])
        assert bar.width_px <= 110.01
