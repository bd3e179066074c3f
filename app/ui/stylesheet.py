"""The style sheet, made from the token table. Widgets name their look by properties (`role`, `kind`), never by a colour."""


def sheet(t: dict[str, str], scale: float, type_: dict[str, float], radius: dict[str, int]) -> str:
    """The application's style sheet for the tokens `t` at a text scale."""

    def px(role: str) -> str:
        return f"{round(type_[role] * scale)}px"

    return f"""
QWidget {{ color: {t["ink"]}; font-size: {px("body")}; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled, QStackedWidget {{ background: transparent; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px("title")}; font-weight: 700; }}
QLabel[role="greeting"] {{ font-size: {px("greeting")}; font-weight: 700; }}
QLabel[role="lead"] {{ font-size: {px("lead")}; color: {t["ink_2"]}; }}
QLabel[role="why"] {{ color: {t["ink_2"]}; }}
QLabel[role="card_title"] {{ font-size: {px("card_title")}; font-weight: 600; }}
QLabel[role="row"] {{ font-size: {px("row")}; font-weight: 600; }}
QLabel[role="secondary"] {{ font-size: {px("secondary")}; color: {t["ink_2"]}; }}
QLabel[role="caption"] {{ font-size: {px("caption")}; color: {t["ink_3"]}; }}
QLabel[role="code"] {{ font-size: {round(18 * scale)}px; font-weight: 700; letter-spacing: 2px; }}
QLabel[role="trailing"] {{ font-size: {px("secondary")}; font-weight: 600; color: {t["ink_2"]}; }}
QLabel[role="error"] {{ font-size: {px("secondary")}; color: {t["bad"]}; }}
QFrame[kind="card"] {{ background: {t["surface"]}; border: 1px solid {t["line"]}; border-radius: {radius["card"]}px; }}
QFrame[kind="quiet"] {{ background: {t["surface_2"]}; border: none; border-radius: {radius["card"]}px; }}
QFrame[kind="line"] {{ background: {t["line"]}; border: none; }}
QFrame[kind="notice"] {{ background: {t["surface"]}; border: 1px solid {t["line"]}; border-radius: {radius["card"]}px; }}
QFrame[kind="notice-ok"] {{ background: {t["ok_soft"]}; border: 1px solid {t["ok"]}; border-radius: {radius["card"]}px; }}
QFrame[kind="notice-warn"] {{ background: {t["warn_soft"]}; border: 1px solid {t["warn"]}; border-radius: {radius["card"]}px; }}
QFrame[kind="notice-bad"] {{ background: {t["bad_soft"]}; border: 1px solid {t["bad"]}; border-radius: {radius["card"]}px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["field"]};
  border-radius: {radius["field"]}px; padding: 7px 10px; selection-background-color: {t["brand"]};
  selection-color: {t["on_brand"]}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t["brand"]}; padding: 6px 9px; }}
QComboBox {{ background: {t["surface"]}; border: 1px solid {t["field"]}; border-radius: {radius["field"]}px; padding: 7px 10px; }}
QComboBox:focus {{ border: 2px solid {t["brand"]}; padding: 6px 9px; }}
QComboBox QAbstractItemView {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]};
  selection-background-color: {t["brand_soft"]}; selection-color: {t["ink"]}; }}
QLineEdit[state="bad"] {{ border: 2px solid {t["bad"]}; padding: 6px 9px; }}
QLineEdit:disabled {{ color: {t["ink_3"]}; background: {t["surface_2"]}; }}
QToolTip {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["line"]}; padding: 4px; }}
QCheckBox, QRadioButton {{ spacing: 10px; padding: 3px; border: 2px solid transparent; border-radius: {radius["field"]}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t["brand"]}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t["off"]}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {t["field"]}; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t["off"]}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none;
  width: 0; height: 0; }}
QScrollArea[ring="true"]:focus {{ border: 2px solid {t["brand"]}; border-radius: {radius["field"]}px; }}
QWidget#rail {{ background: {t["rail"]}; }}
QWidget#rail QScrollBar::handle:vertical {{ background: {t["rail_line"]}; }}
QWidget#rail QLabel {{ color: {t["rail_ink"]}; }}
QWidget#rail QLabel[role="secondary"], QWidget#rail QLabel[role="caption"] {{ color: {t["rail_ink_2"]}; }}
QWidget#rail QLabel[role="brand"] {{ font-size: {round(18 * scale)}px; font-weight: 700; }}
QFrame#help {{ background: {t["rail_card"]}; border: none; border-radius: {radius["card"]}px; }}
QFrame#foot {{ background: {t["surface"]}; border: none; border-top: 1px solid {t["line"]}; }}
QWidget#page {{ background: {t["bg"]}; }}
QFrame#popover {{ background: {t["surface"]}; border: 1px solid {t["line"]}; border-radius: {radius["card"]}px; }}
QProgressBar#slim {{ background: {t["surface_2"]}; border: none; border-radius: 2px; }}
QProgressBar#slim::chunk {{ background: {t["brand"]}; border-radius: 2px; }}
"""
