"""The kit in one import."""

from app.ui.announce import announce
from app.ui.buttons import Button, LinkButton, PlainButton, PrimaryButton, QuietButton
from app.ui.cards import Card, ChoiceCard, Columns, Notice, Row, RowList, empty, line, scroll
from app.ui.layouts import ButtonRow, Flow, Grown
from app.ui.marks import Mark, Pill, Spinner
from app.ui.pictures import Picture, PictureRow
from app.ui.text import Text, label, rich
from app.ui.toggles import CheckBox, RadioButton

__all__ = [
    "Button", "ButtonRow", "Card", "CheckBox", "ChoiceCard", "Columns", "Flow", "Grown",
    "LinkButton", "Mark", "Notice", "Picture", "PictureRow", "Pill", "PlainButton", "PrimaryButton", "QuietButton",
    "RadioButton", "Row", "RowList", "Spinner", "Text", "announce", "empty", "label",
    "line", "rich", "scroll",
]  # fmt: skip
