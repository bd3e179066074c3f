"""The widgets: names, keyboard, direction, room for their words."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.contracts.outcomes import Owner
from app.contracts.spoken_code import spoken_code
from app.core.content import Action, Advice, Picture
from app.ui import fonts, i18n, theme, widgets
from app.ui.advice_view import AdviceView
from app.ui.announce import said
from app.ui.text import SizedText
from tests.ui import a11y

LONG = "Ce texte est volontairement long pour devoir passer à la ligne plusieurs fois, même en grand"


def test_labels_lie_at_the_start_edge_whatever_their_script(app: QApplication) -> None:
    window = QWidget()
    down = QVBoxLayout(window)
    latin, arabic = widgets.label("Huawei B535"), widgets.label("علبة")
    down.addWidget(latin)
    down.addWidget(arabic)
    window.resize(400, 80)
    window.show()
    i18n.set_language(app, "ar")
    assert all(ink_begins(part) > 200 for part in (latin, arabic))
    i18n.set_language(app, "fr")
    assert all(ink_begins(part) < 10 for part in (latin, arabic))


def ink_begins(label: QWidget) -> int:
    """The leftmost column, in pixels, in which a widget's words are."""
    image = label.grab().toImage()
    ground = image.pixelColor(0, 0)
    return next(x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height())))


def test_arabic_that_begins_with_latin_stays_right_to_left(app: QApplication) -> None:
    text = "VPN متصل"
    label = widgets.label(text)
    assert label.text() == text
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name).startswith("\u200f")
    assert not a11y.unnamed(label)


def test_what_is_on_screen_takes_a_new_text_size_and_theme_at_once(app: QApplication) -> None:
    window = QWidget()
    down = QVBoxLayout(window)
    plain, rich, sized = widgets.label("Word", "title"), widgets.rich("<b>Word</b>"), SizedText("row", 20)
    sized.setText("Word")
    labels = (plain, rich, sized)
    for part in labels:
        down.addWidget(part)
    window.show()
    app.sendPostedEvents()
    before = [part.sizeHint().height() for part in labels]
    for name, scale in (("light", 2.0), ("dark", 2.0), ("dark", 1.0), ("light", 2.0)):
        theme.apply(app, name, scale)
        app.sendPostedEvents()
        after = [part.sizeHint().height() for part in labels]
        assert all(now >= (1.8 if scale == 2 else 0.95) * was for now, was in zip(after, before, strict=True)), (name, scale, before, after)
        assert scale == 2 or after == before
        assert rich.palette().windowText().color() == theme.current().color("ink")


def test_a_link_on_screen_takes_the_colour_of_a_new_theme(app: QApplication) -> None:
    link = widgets.rich('<a href="x"><b>MMMM</b></a>')
    link.show()
    for name in ("contrast", "light", "dark"):
        theme.apply(app, name, 2.0)
        app.sendPostedEvents()
        image = link.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert theme.current().color("brand").name() in seen, name


def test_arabic_lines_are_not_much_taller(app: QApplication) -> None:
    arabic, latin = widgets.label("علبة"), widgets.label("box")
    for part in (arabic, latin):
        part.ensurePolished()
    if "Marhaba Sans Arb" not in fonts.families():
        pytest.skip("the bundled fonts are not here")
    assert arabic.sizeHint().height() < 1.25 * latin.sizeHint().height()


def test_odd_font_bytes_come_back_unchanged() -> None:
    assert fonts.tightened(b"not a font") == b"not a font"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_widget_has_room_for_its_words(app: QApplication, qtbot: QtBot, scale: float, language: str) -> None:
    theme.apply(app, "light", scale)
    i18n.set_language(app, language)
    inner = QWidget()
    down = QVBoxLayout(inner)
    card = widgets.Card(LONG)
    card.body.addWidget(widgets.RowList(widgets.Row("ok", LONG, LONG, "08:12"), widgets.Row("busy", LONG)))
    card.body.addWidget(widgets.ButtonRow(widgets.PrimaryButton(LONG), widgets.QuietButton(LONG), widgets.LinkButton(LONG)))
    for part in (
        card, widgets.Notice(LONG, "warn"), widgets.CheckBox(LONG), widgets.RadioButton(LONG), widgets.ChoiceCard("A", LONG),
        widgets.Columns(widgets.Card(LONG), widgets.Card(LONG)), widgets.rich(f"<b>{LONG}</b> <a href='x'>{LONG}</a>"),
    ):  # fmt: skip
        down.addWidget(part)
    area = widgets.scroll(inner)
    qtbot.addWidget(area)
    area.resize(640, 420)
    area.show()
    qtbot.waitExposed(area)
    qtbot.wait(20)
    assert a11y.clipped(area) == []
    assert a11y.sideways(area) == []
    assert a11y.overlapping(area) == []


def test_choices_are_a_radio_group(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    down = QVBoxLayout(window)
    cards = [widgets.ChoiceCard(letter, f"answer {letter}") for letter in "ABC"]
    for card in cards:
        down.addWidget(card)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    cards[0].setFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Space)
    assert cards[0].state == "chosen"
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    assert [card.state for card in cards] == ["idle", "chosen", "idle"]
    cards[1].set_state("right")
    cards[1].set_reply("Because.")
    interface = QAccessible.queryAccessibleInterface(cards[1])
    assert interface.role() == QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "B. answer B. Right answer. Because"
    assert not cards[1].reply.isHidden()


def test_buttons_answer_to_enter(app: QApplication, qtbot: QtBot) -> None:
    button = widgets.QuietButton("Go")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_nothing_turns_where_movement_is_not_wanted(app: QApplication, qtbot: QtBot) -> None:
    spinner = widgets.Spinner("Checking")
    qtbot.addWidget(spinner)
    spinner.show()
    assert not spinner.turning()
    theme.current().still = False
    spinner.hide()
    spinner.show()
    assert spinner.turning() == (not theme.reduced_motion())


def test_announcements_are_kept(app: QApplication) -> None:
    widgets.announce(QWidget(), "Code accepted")
    assert said[-1] == "Code accepted"


ADVICE = Advice("vpn.password_refused", Owner.HELPDESK, "Refused", "Only the password.", (Action("Type it again", "Capitals too."),))


def test_advice_view_says_who_and_what(app: QApplication, qtbot: QtBot) -> None:
    view = AdviceView(ADVICE)
    qtbot.addWidget(view)
    view.set_details({"tries_left": 3, "host": "vpn-casa-2"}, "2026-11-24T08:12:00Z", "01J0")
    view.show()
    assert view.owner.title.text() == "The helpdesk"
    assert view.code.text() == spoken_code("vpn.password_refused")
    assert not view.technical.isVisible()
    view.toggle.click()
    assert view.technical.isVisible()
    for part in ("vpn.password_refused", "tries_left: 3", "vpn-casa-2", "01J0", "08:12"):
        assert part in view.raw.toPlainText()
    view.copy.click()
    assert QApplication.clipboard().text() == view.details()
    with qtbot.waitSignals([view.retry, view.help]):
        view.retry_button.click()
        view.help_button.click()
    assert a11y.unnamed(view) == []


def test_advice_shows_its_pictures_in_reading_order_and_leaves_out_what_is_not_drawn(app: QApplication, qtbot: QtBot) -> None:
    pictures = (Picture("box/label", "The label"), Picture("box/never-drawn", "?"), Picture("box/wifi", "The list"))
    view = AdviceView(Advice("a.b", Owner.AGENT, "t", "m", (), pictures))
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    shown = view.pictures.findChildren(widgets.Picture)
    assert [picture.accessibleName() for picture in shown] == ["The label", "The list"]
    assert shown[0].x() < shown[1].x()
    i18n.set_language(app, "ar")
    qtbot.waitUntil(lambda: shown[0].x() > shown[1].x())
    i18n.set_language(app, "en")
    view.set_advice(ADVICE)
    assert not view.pictures.isVisible()


def test_a_drawing_with_a_direction_follows_the_reading_and_a_card_s_cut_corner_does_not(app: QApplication, qtbot: QtBot) -> None:
    for name, turns in (("cable", True), ("sim", False), ("wait", False)):
        picture = widgets.Picture(f"pictures/box/{name}.svg", "x")
        qtbot.addWidget(picture)
        picture.resize(216, 148)
        picture.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        left = picture.grab().toImage()
        picture.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        right = picture.grab().toImage()
        assert (left != right) is turns, name


@pytest.mark.parametrize("owner", Owner)
def test_every_owner_has_words(app: QApplication, qtbot: QtBot, owner: Owner) -> None:
    view = AdviceView(Advice("a.b", owner, "t", "m"))
    qtbot.addWidget(view)
    assert view.owner.title.text()
    assert view.owner.detail.text()


def test_spoken_codes_are_stable_and_detect_one_wrong_sign() -> None:
    assert spoken_code("vpn.password_refused").startswith("VPN-")
    assert spoken_code("identity.code_refused").startswith("IDN-")
    assert spoken_code("x") == spoken_code("x")
    for code in ("box.unreachable", "a.b", "guidelines.quiz_failed"):
        area, number, check = spoken_code(code).split("-")
        assert len(area) == 3
        assert number.isdigit()
        assert len(check) == 1


def test_a_grown_block_takes_the_height_there_is_and_no_more(app: QApplication, qtbot: QtBot) -> None:
    ground, block = QWidget(), widgets.Card()
    text = widgets.label(LONG)
    block.body.addWidget(text)
    down = QVBoxLayout(ground)
    down.setContentsMargins(0, 0, 0, 0)
    down.addWidget(widgets.Grown(block, 300))
    qtbot.addWidget(ground)
    ground.resize(400, 200)
    ground.show()
    assert block.height() == 200
    ground.resize(400, 900)
    qtbot.waitUntil(lambda: block.height() == 300)
    assert block.y() == 0, "what is left stays below"
    text.setText(LONG * 12)
    qtbot.waitUntil(lambda: block.height() > 300)
    assert a11y.clipped(ground) == []


def test_what_a_layout_of_ours_lays_out_is_nobodys_child_to_pyside(app: QApplication, qtbot: QtBot) -> None:
    """Else it is forgotten with its parent, the layout's next answer is an error, and on Python 3.11 that ends the program (segfault)."""
    ground = QWidget()
    qtbot.addWidget(ground)
    down = QVBoxLayout(ground)
    grown, row = widgets.Grown(widgets.label(LONG)), widgets.ButtonRow(widgets.Button("Continuer"))
    down.addWidget(grown)
    down.addWidget(row)
    for layout in (grown.within, row.flow):
        item = layout.itemAt(0)
        assert item is not None
        about = shiboken6.dump(item)
        assert "validCppObject.... 1" in about
        assert "parent" not in about
        del item


def test_rows_that_share_a_card_stand_in_line_with_those_of_the_card_beside(app: QApplication, qtbot: QtBot) -> None:
    three, two = ([widgets.Row("ok", "Ligne", "Détail") for _ in range(count)] for count in (3, 2))
    cards = [widgets.Card(), widgets.Card()]
    for card, rows in zip(cards, (three, two), strict=True):
        card.add_rows(widgets.RowList(*rows), spread=4)
    both = widgets.Columns(*cards)
    qtbot.addWidget(both)
    both.resize(800, 480)
    both.show()
    tops = [[row.mark.mapTo(both, row.mark.rect().topLeft()).y() for row in rows] for rows in (three, two)]
    assert all(abs(a - b) <= 2 for a, b in zip(*tops, strict=False))
    assert tops[0][1] - tops[0][0] > three[0].height(), "they share the height"
