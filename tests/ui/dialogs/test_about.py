from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.dialogs.about import About, libraries, licence_of


def test_each_library_stands_there_with_its_version_and_licence():
    told = dict(libraries())
    assert {"pyside6-essentials", "geopy", "folium", "osmnx", "sqlite-utils"} <= {name.lower() for name in told}
    assert told["geopy"] == f"{version('geopy')} · {licence_of('geopy')}"
    assert licence_of("geopy").startswith("MIT")
    assert not any(each.endswith("not installed") for each in told.values())


def test_the_map_data_has_its_attribution(qtbot):
    dialog = About()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert any("© OpenStreetMap contributors" in text and "Open Database License" in text for text in texts)
    assert f"Roadbook {version('roadbook')}" in texts
