"""The style sheet of Qt's own controls, made from the token table. The kit's widgets paint themselves from the same table."""


def sheet(t: dict[str, str], radius: dict[str, int]) -> str:
    """The application's style sheet for the tokens `t`."""
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget#scrolled, QStackedWidget {{ background: transparent; border: none; }}
QFrame[kind="quiet"] {{ background: {t["surface_2"]}; border: none; border-radius: {radius["card"]}px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["field"]};
  border-radius: {radius["field"]}px; padding: 7px 10px; selection-background-color: {t["brand"]};
  selection-color: {t["on_brand"]}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t["brand"]}; padding: 6px 9px; }}
QComboBox {{ background: {t["surface"]}; border: 1px solid {t["field"]}; border-radius: {radius["field"]}px; padding: 7px 10px; }}
QComboBox:focus {{ border: 2px solid {t["brand"]}; padding: 6px 9px; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox QAbstractItemView {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]};
  selection-background-color: {t["brand_soft"]}; selection-color: {t["ink"]}; }}
QLineEdit[state="bad"] {{ border: 2px solid {t["bad"]}; padding: 6px 9px; }}
QLineEdit:disabled {{ color: {t["ink_3"]}; background: {t["surface_2"]}; }}
QToolTip {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]}; padding: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t["off"]}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {t["field"]}; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t["off"]}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none;
  width: 0; height: 0; }}
QScrollArea[ring="true"]:focus {{ border: 2px solid {t["brand"]}; border-radius: {radius["field"]}px; }}
QWidget#rail QScrollBar::handle:vertical {{ background: {t["rail_line"]}; }}
QProgressBar#slim {{ background: {t["surface_2"]}; border: none; border-radius: 2px; }}
QProgressBar#slim::chunk {{ background: {t["brand"]}; border-radius: 2px; }}
"""
