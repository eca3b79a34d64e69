from PySide6.QtCore import Qt

from planner.model.placing import PlaceProblem, PlaceToCheck
from ui.places.model import PlacesModel


def test_a_screen_reader_is_told_whole_sentences(accounts):
    model = PlacesModel()
    model.show([PlaceToCheck(accounts[3], PlaceProblem.AREA, "A PO box has no door: the middle of its ZIP is shown.")])
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("the middle of its ZIP is shown. 4 Pine Hall Rd, State College, PA 16801")
