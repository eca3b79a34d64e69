from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.imports.file_drop import FileDrop


def drop(qapp, widget, *urls):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    how = (QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(*how)
    qapp.sendEvent(widget, enter)
    qapp.sendEvent(widget, QDropEvent(*how))
    return enter.isAccepted()


def test_several_files_come_at_once_and_only_those_of_this_computer(qtbot, qapp):
    widget = QWidget()
    qtbot.addWidget(widget)
    seen = []
    FileDrop(widget).dropped.connect(seen.append)
    assert drop(qapp, widget, "file:///tmp/a.csv", "https://example.com/b.csv", "file:///tmp/c%20d.ics")
    assert [[path.name for path in files] for files in seen] == [["a.csv", "c d.ics"]]
    assert not drop(qapp, widget, "https://example.com/b.csv")
    assert len(seen) == 1
