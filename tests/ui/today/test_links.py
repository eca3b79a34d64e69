import pytest

from planner.model.places import LatLon
from planner.usecases.navigation import stop_links
from ui.today.links import call_link, mail_link


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("+1-814-555-0112", "tel:+18145550112"),
        ("(814) 555-0142", "tel:8145550142"),
        ("814-555-0142 x12", "tel:8145550142;ext=12"),
        ("814 555 0142 ext. 7", "tel:8145550142;ext=7"),
        ("ask at the desk", ""),
        ("", ""),
    ],
)
def test_a_number_as_people_write_it_can_be_called(number, link):
    assert call_link(number) == link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("ann.lee@example.com", "mailto:ann.lee@example.com"),
        ("a?bcc=x@example.com", "mailto:a%3Fbcc%3Dx@example.com"),
        ("ann@example.com?bcc=all", "mailto:ann@example.com%3Fbcc%3Dall"),
        ("a@b@c", ""),
        ("nobody", ""),
    ],
)
def test_a_mail_link_carries_an_address_and_nothing_else(address, link):
    assert mail_link(address) == link


def test_only_coordinates_are_handed_over():
    links = dict(stop_links(LatLon(40.79, -77.8612345678)))
    assert links == {
        "Google Maps": "https://www.google.com/maps/dir/?api=1&destination=40.790000%2C-77.861235&travelmode=driving",
        "Apple Maps": "https://maps.apple.com/directions?destination=40.790000%2C-77.861235&mode=driving",
        "Waze": "https://waze.com/ul?ll=40.790000%2C-77.861235&navigate=yes",
    }
