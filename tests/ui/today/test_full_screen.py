from PySide6.QtWidgets import QWidget

from ui.commands import Commands


def test_the_window_takes_the_whole_screen_and_gives_it_back(qtbot, context_of, workspace):
    window = QWidget()
    qtbot.addWidget(window)
    run = Commands(context_of(workspace), window).handlers()["full-screen"]
    window.showMaximized()
    run()
    assert window.isFullScreen()
    run()
    assert not window.isFullScreen()
    assert window.isMaximized()
