import pytest
from PySide6.QtWidgets import QLabel

from planner.usecases.doctor import Finding, Health
from ui.dialogs.findings import Findings, Mark, headline

GOOD = Finding(Health.GOOD, "Town", "Every file is as it was built.")
LOOK = Finding(Health.LOOK, "Accounts", "3 have no place yet.", "Look at them.")
BAD = Finding(Health.BAD, "Road packs", "<b>Damaged</b>", "Build it again.")


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ([GOOD], "All is well, with no network too"),
        ([LOOK, GOOD], "All works; 1 thing is worth a look"),
        ([BAD, BAD, LOOK], "2 things do not work"),
    ],
)
def test_the_headline_tells_the_worst(findings, says):
    assert headline(findings) == says


def test_each_finding_has_its_mark_its_text_and_its_remedy_as_plain_text(qtbot, theme):
    dialog = Findings([BAD, LOOK, GOOD], theme)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts[1:7] == ["Road packs", "<b>Damaged</b>", "Build it again.", "Accounts", "3 have no place yet.", "Look at them."]
    marks = dialog.findChildren(Mark)
    assert [mark.accessibleName() for mark in marks] == ["Does not work", "Worth a look", "Good"]
    inks = []
    for mark in marks:
        image = mark.grab().toImage()
        inks.append({image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())})
    colours = theme.colours
    assert all(colour in ink for colour, ink in zip((colours.bad, colours.support, colours.good), inks, strict=True))
