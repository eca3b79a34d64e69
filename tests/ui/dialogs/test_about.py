from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.dialogs.about import About, libraries, licence_of


def test_each_library_stands_there_with_its_version_and_licence():
    told = {name: (its_version, licence) for name, its_version, licence in libraries()}
    assert {"pyside6-essentials", "geopy", "folium", "osmnx", "sqlite-utils"} <= {name.lower() for name in told}
    assert told["geopy"] == (version("geopy"), licence_of("geopy"))
    assert licence_of("geopy").startswith("MIT")
    assert not any(licence == "not installed" for _, licence in told.values())


def test_a_long_licence_is_whole(qtbot):
    dialog = About()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = {each.text() for each in dialog.findChildren(QLabel)}
    longest = max((licence for *_, licence in libraries()), key=len)
    assert len(longest) > 40
    assert longest in texts
    assert not any("…" in text for text in texts)


def test_the_map_data_has_its_attribution(qtbot):
    dialog = About()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert any("© OpenStreetMap contributors" in text and "Open Database License" in text for text in texts)
    assert f"Roadbook {version('roadbook')}" in texts
