"""The style sheet; @names are colours of `ui.style.Colours`, and ^names the drawings that a style sheet takes from files."""

from typing import Literal

from planner.paths import resources_dir

_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, QWidget#page { background: @ground; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 6px 8px; }

QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="huge"] { font-size: 30px; font-weight: 600; }
QLabel[role="big"] { font-size: 17px; }
QLabel[role="bignext"] { font-size: 17px; font-weight: 600; }
QLabel[role="bigquiet"] { font-size: 17px; color: @quiet; }
QLabel[role="drive"] { font-size: 18px; font-weight: 600; }
QLabel[role="clock"] { font-size: 24px; font-weight: 600; }
QLabel[role="brief"] { font-size: 15px; }
QLabel[role="briefquiet"] { font-size: 15px; color: @quiet; }
QLabel[role="told"] { font-size: 15px; }
QLabel[role="bad told"] { font-size: 15px; color: @bad; }
QLabel[role="support"] { color: @support; }
QLabel[role="brand"] { font-size: 16px; font-weight: 700; }
QLabel[role="heading"] { font-size: 11px; font-weight: 600; color: @quiet; }
QLabel[role="quiet"] { color: @quiet; }
QLabel[role="small"] { font-size: 11px; color: @quiet; }
QLabel[role="good"] { color: @good; }
QLabel[role="bad"] { color: @bad; }
QLabel[role="week"] { font-weight: 600; }

QPushButton, QToolButton { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 6px 12px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @chosen; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 5px 11px; }
QPushButton:disabled, QToolButton:disabled { color: @duty; background: @hover; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid @quiet; border-radius: 3px;
  background: @raised; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent; border-color: @accent;
  image: url("^tick"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: @accent; border-color: @accent;
  image: url("^partly-ticked"); }
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled { border-color: @hatch; background: @hover; }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { border-color: @duty; background: @duty; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @quiet; border-radius: 8px; background: @raised; }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
  stop: 0 @accent, stop: 0.55 @accent, stop: 0.65 @raised, stop: 1 @raised); }
QPushButton[role="bigbutton"], QPushButton[role="bigprimary"] { font-size: 15px; font-weight: 600; border-radius: 8px; padding: 6px 16px; }
QPushButton[role="bigbutton"]:focus { padding: 5px 15px; }
QPushButton[role="bigprimary"] { background: @accent; color: @on_accent; border: 1px solid @accent; }
QPushButton[role="bigprimary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[role="bigprimary"]:focus { border: 2px solid @text; padding: 5px 15px; }
QPushButton[role="bigprimary"]:disabled { background: @chip; border-color: @chip; color: @duty; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid @text; padding: 5px 11px; }
QPushButton[role="primary"]:disabled { background: @chip; border-color: @chip; color: @duty; }
QPushButton[role="calm"]:focus { border: 2px solid @quiet; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 4px; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; }
QPushButton[role="biglink"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 0; font-size: 15px; }
QPushButton[role="biglink"]:hover { text-decoration: underline; }
QPushButton[role="biglink"]:focus { border: 1px solid @accent; }
QPushButton[role="linkline"], QPushButton[role="bigline"] { background: transparent; border: 1px solid transparent;
  padding: 1px -1px; text-align: left; }
QPushButton[role="bigline"] { font-size: 15px; font-weight: 600; }
QPushButton[role="linkline"]:hover, QPushButton[role="bigline"]:hover { color: @accent; }
QPushButton[role="linkline"]:focus, QPushButton[role="bigline"]:focus { border: 1px solid @accent; padding: 1px -1px; }
QWidget#deeds QPushButton { padding: 6px 8px; }
QWidget#deeds QPushButton:focus { padding: 5px 7px; }
QPushButton[role="textlink"] { background: transparent; border: 1px solid transparent; padding: 1px 0; color: @accent; text-align: left; }
QPushButton[role="textlink"]:hover { text-decoration: underline; }
QPushButton[role="textlink"]:focus { border: 1px solid @accent; padding: 1px 0; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[role="arrow"], QToolButton[role="arrow"]:focus { padding: 0; }
QFileDialog QToolButton { padding: 5px; }
QFileDialog QToolButton:focus { padding: 4px; }

QPushButton[role="chip"] { background: @chip; border: 1px solid @chip; border-radius: 9px; padding: 2px 9px; font-size: 11px; }
QPushButton[role="warning chip"] { background: @support_tint; border: 1px solid @support_tint; color: @support; font-weight: 600;
  border-radius: 9px; padding: 2px 9px; font-size: 11px; }
QPushButton[role="chip"]:hover, QPushButton[role="warning chip"]:hover { border-color: @quiet; }
QPushButton[role="chip"]:checked, QPushButton[role="warning chip"]:checked { background: @accent; border-color: @accent;
  color: @on_accent; }
QPushButton[role="chip"]:focus, QPushButton[role="warning chip"]:focus { border: 1px solid @accent; padding: 2px 9px; }

QToolButton[role="rail"] { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 6px 0; font-size: 11px;
  color: @quiet; }
QToolButton[role="rail"]:hover { background: @hover; }
QToolButton[role="rail"]:checked { background: @chosen; color: @accent; font-weight: 600; }
QToolButton[role="rail"]:focus { border: 1px solid @accent; padding: 6px 0; }

QToolButton[role="badge"] { background: transparent; color: @good; }
QToolButton[role="badge"][ready="no"] { color: @support; }
QToolButton[role="badge"][ready="alarm"] { color: @bad; }
QPushButton[role="field"] { background: @ground; text-align: left; padding: 5px 9px; }
QPushButton[role="field"]:hover { background: @hover; }
QPushButton[role="field"]:focus { padding: 4px 8px; }

QLineEdit, QTimeEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QDateEdit {
  background: @ground; border: 1px solid @line; border-radius: 6px; padding: 5px 8px; selection-background-color: @accent; }
QLineEdit, QComboBox { min-height: 18px; }
QTimeEdit, QSpinBox, QDoubleSpinBox, QDateEdit { padding: 4px 8px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 4px 7px; }
QTimeEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { border: 2px solid @accent; padding: 3px 7px; }
QLineEdit[role="find"], QLineEdit[role="find"]:focus { border: 0; background: transparent; padding: 0; font-size: 16px; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 22px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("^chevron-down"); width: 11px; height: 11px; }
QTimeEdit::up-button, QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
  width: 20px; border: 0; background: transparent; }
QTimeEdit::down-button, QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border;
  subcontrol-position: bottom right; width: 20px; border: 0; background: transparent; }
QTimeEdit::up-arrow, QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("^chevron-up"); width: 9px; height: 9px; }
QTimeEdit::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("^chevron-down"); width: 9px; height: 9px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; outline: 0; padding: 4px;
  selection-background-color: @chosen; selection-color: @text; }

QFrame#header { background: @ground; border: 0; border-bottom: 1px solid @line; }
QFrame#rail { background: @ground; border: 0; border-right: 1px solid @line; }
QFrame#statusbar { background: @ground; border: 0; border-top: 1px solid @line; }
QFrame#statusbar QLabel, QFrame#statusbar QPushButton { font-size: 11px; color: @quiet; }
QFrame#statusbar QPushButton[role="link"] { color: @accent; padding: 0 4px; }
QFrame#notice { background: @notice; border: 0; border-bottom: 1px solid @line; }
QFrame#notice[alarm="yes"] { background: @alarm; }
QFrame#notice[alarm="yes"] QLabel { font-weight: 600; }
QFrame#strip { background: @notice; border: 0; border-top: 1px solid @line; }
QFrame#card { background: @raised; border: 1px solid @line; border-radius: 10px; }
QFrame#separator { background: @faint_line; border: 0; }
QFrame#details { border: 0; border-left: 1px solid @line; }
QFrame#side { border: 0; border-right: 1px solid @line; }
QFrame#under { border: 0; border-top: 1px solid @line; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @chosen; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: @ground; border: 0; }

QListView, QTableView { background: @ground; border: 0; outline: 0; }
QListView { selection-background-color: @chosen; selection-color: @text; }
QListView#groups::item { padding: 0 8px; border-radius: 6px; }
QListView#groups::item:hover { background: @hover; }
QListView#groups::item:selected { background: @chosen; color: @accent; }
QTableView { selection-background-color: @chosen; selection-color: @text; alternate-background-color: @ground; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid @faint_line; }
QTableView#accounts::item { padding: 0 5px; }
QTableView::item:selected { background: @chosen; }
QHeaderView { background: @ground; border: 0; }
QHeaderView::section { background: @ground; color: @quiet; font-size: 11px; font-weight: 600; border: 0;
  border-bottom: 1px solid @line; padding: 6px 10px; }
QTableView#accounts QHeaderView::section { padding: 6px 7px; }
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: center right; width: 9px; right: 2px; }

QProgressBar { background: @chip; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @chosen; }
QMenu::item:disabled { color: @duty; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @ground; }

QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @hatch; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def sheet(shade: Literal["light", "dark"]) -> str:
    """The style sheet with its drawings. Arrows are of a grey that is seen on both grounds; ticks are in the ink of their shade."""
    found = _SHEET
    inked = {"partly-ticked": f"partly-ticked-{shade}", "tick": f"tick-{shade}"}
    for name in ("partly-ticked", "tick", "chevron-up", "chevron-down"):
        found = found.replace(f"^{name}", (resources_dir() / "icons" / f"{inked.get(name, name)}.svg").as_posix())
    return found
